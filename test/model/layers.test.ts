import { describe, expect, test } from 'vitest';
import { analyze, imageLayers, parse } from '../../src/index.ts';
import type { Builder } from '../../src/model/layers.ts';

/** `RUN+` for a layer, `RUN?` for a likely one, `ENV` for none. */
const show = (text: string, builder: Builder = 'buildkit', target?: string): string => {
  const image = imageLayers(analyze(parse(text.replaceAll(' ⏎ ', '\n')).ast, { target }), builder)!;
  const rows = image.instructions.map(({ instruction, layer, certain }) => {
    const sign = layer ? (certain ? '+' : '?') : certain ? '' : '-';
    return instruction.keyword.text + sign;
  });
  return `${image.ownLayers}: ${rows.join(' ')}`;
};

describe('BuildKit', () => {
  test.for<[string, string, string]>([
    [
      'RUN, COPY, ADD and WORKDIR make one each',
      'FROM a ⏎ RUN true ⏎ COPY a b c /d/ ⏎ ADD x /y ⏎ WORKDIR /z',
      '4: FROM RUN+ COPY+ ADD+ WORKDIR+',
    ],
    [
      'settings make none',
      'FROM a ⏎ ARG A=1 ⏎ CMD a ⏎ ENTRYPOINT a ⏎ ENV A=1 B=2 ⏎ EXPOSE 1 ⏎ HEALTHCHECK NONE ⏎ LABEL a=b ⏎ MAINTAINER me ⏎ SHELL ["sh"] ⏎ STOPSIGNAL 9 ⏎ USER 1 ⏎ VOLUME /v',
      '0: FROM ARG CMD ENTRYPOINT ENV EXPOSE HEALTHCHECK LABEL MAINTAINER SHELL STOPSIGNAL USER VOLUME',
    ],
    ['a WORKDIR that exists too', 'FROM a ⏎ WORKDIR /x ⏎ WORKDIR /x', '2: FROM WORKDIR+ WORKDIR+'],
    ['not the root', 'FROM a ⏎ WORKDIR /', '0: FROM WORKDIR'],
    ['nor what comes to the root', 'FROM a ⏎ WORKDIR /x ⏎ WORKDIR ..', '1: FROM WORKDIR+ WORKDIR'],
    ['nor the root by a variable', 'FROM a ⏎ ENV D=/ ⏎ WORKDIR $D', '0: FROM ENV WORKDIR'],
    ['a relative one on an unknown folder is likely', 'FROM a ⏎ WORKDIR app', '1: FROM WORKDIR?'],
    [
      'a here-document is one',
      'FROM a ⏎ RUN <<EOF ⏎ a ⏎ b ⏎ EOF ⏎ COPY <<A <<B /x/ ⏎ a ⏎ A ⏎ b ⏎ B',
      '2: FROM RUN+ COPY+',
    ],
    ['mounts change nothing', 'FROM a ⏎ RUN --mount=type=cache,target=/c true', '1: FROM RUN+'],
    ['an empty base', 'FROM scratch ⏎ COPY a /', '1: FROM COPY+'],
    ['a continued instruction is one', 'FROM a ⏎ RUN a \\⏎ && b', '1: FROM RUN+'],
    [
      'stages under the image count',
      'FROM a AS x ⏎ RUN 1 ⏎ FROM x AS y ⏎ RUN 2 ⏎ FROM y ⏎ RUN 3',
      '3: FROM RUN+ FROM RUN+ FROM RUN+',
    ],
    [
      'stages that are copied from do not',
      'FROM a AS x ⏎ RUN 1 ⏎ RUN 2 ⏎ FROM b ⏎ COPY --from=x /a /b',
      '1: FROM COPY+',
    ],
    [
      'triggers run in the child',
      'FROM a AS x ⏎ ONBUILD COPY . /app ⏎ ONBUILD ENV A=1 ⏎ FROM x ⏎ RUN 1',
      '2: FROM ONBUILD ONBUILD FROM COPY+ ENV RUN+',
    ],
    [
      'and not in the grandchild',
      'FROM a AS x ⏎ ONBUILD RUN 1 ⏎ FROM x AS y ⏎ FROM y',
      '1: FROM ONBUILD FROM RUN+ FROM',
    ],
    ['a global ARG is in no image', 'ARG V=1 ⏎ FROM a:$V ⏎ RUN 1', '1: FROM RUN+'],
  ])('%s', ([, text, expected]) => expect(show(text)).toBe(expected));

  test('the target decides', () => {
    const text = 'FROM a AS x ⏎ RUN 1 ⏎ RUN 2 ⏎ FROM b AS y ⏎ COPY --from=x /a /b';
    expect(show(text, 'buildkit', 'x')).toBe('2: FROM RUN+ RUN+');
    expect(show(text, 'buildkit', 'Y')).toBe('1: FROM COPY+');
    expect(show(text, 'buildkit', '0')).toBe('2: FROM RUN+ RUN+');
    expect(imageLayers(analyze(parse('FROM a').ast, { target: 'gone' }))).toBeUndefined();
  });
});

describe('other builders', () => {
  test.for<[string, Builder, string, string]>([
    [
      'classic: only where files change',
      'classic',
      'FROM a ⏎ RUN make ⏎ COPY a b ⏎ WORKDIR /app',
      '3: FROM RUN? COPY? WORKDIR?',
    ],
    ['classic: nothing that runs changes a file', 'classic', 'FROM a ⏎ RUN grep -q b /c', '0: FROM RUN-'],
    [
      'classic: a folder that was made before',
      'classic',
      'FROM a ⏎ WORKDIR /app/x ⏎ WORKDIR /app',
      '1: FROM WORKDIR? WORKDIR',
    ],
    ['classic: a folder that images have', 'classic', 'FROM a ⏎ WORKDIR /srv', '0: FROM WORKDIR-'],
    ['classic: but not an empty one', 'classic', 'FROM scratch ⏎ WORKDIR /srv', '1: FROM WORKDIR?'],
    ['buildah: WORKDIR makes none', 'buildah', 'FROM a ⏎ WORKDIR /app ⏎ RUN true', '1: FROM WORKDIR RUN+'],
  ])('%s', ([, builder, text, expected]) => expect(show(text, builder)).toBe(expected));
});
