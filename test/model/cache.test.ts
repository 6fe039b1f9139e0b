import { describe, expect, test } from 'vitest';
import { analyze, parse, reruns } from '../../src/index.ts';
import { context, type Host } from '../../src/model/context.ts';
import type { Builder } from '../../src/model/layers.ts';

interface Change {
  readonly paths?: readonly string[];
  readonly args?: readonly string[];
  readonly ignore?: string;
  readonly target?: string;
  readonly builder?: Builder;
}

const host = (ignore: string): Host => ({
  list: () => [],
  read: (path) => (path === '.dockerignore' ? ignore : undefined),
});

/** Per step what becomes of it: `RUN!` again, `RUN?` maybe, `RUN` from the cache. */
const show = (text: string, { paths = [], args = [], ignore, target, builder = 'buildkit' }: Change): string => {
  const options = { target, context: ignore === undefined ? undefined : context(host(ignore), 'Dockerfile') };
  const model = analyze(parse(text.replaceAll(' ⏎ ', '\n')).ast, options);
  const sign = { yes: '!', maybe: '?', no: '' } as const;
  return reruns(model, { paths, args }, builder)
    .map(({ instruction, rerun }) => instruction.keyword.text + sign[rerun])
    .join(' ');
};

describe('a path of the context', () => {
  const node =
    'FROM node ⏎ WORKDIR /app ⏎ COPY package.json package-lock.json ./ ⏎ RUN npm ci ⏎ COPY . . ⏎ RUN npm run build ⏎ CMD ["a"]';
  test.for<[string, string, Change, string]>([
    ['the manifest runs all below', node, { paths: ['package.json'] }, 'FROM WORKDIR COPY! RUN! COPY! RUN! CMD'],
    ['a source file the last part', node, { paths: ['src/a.js'] }, 'FROM WORKDIR COPY RUN COPY! RUN! CMD'],
    ['nothing changed', node, {}, 'FROM WORKDIR COPY RUN COPY RUN CMD'],
    ['what is ignored', node, { paths: ['README.md'], ignore: '*.md' }, 'FROM WORKDIR COPY RUN COPY RUN CMD'],
    ['a folder', 'FROM a ⏎ COPY src /s', { paths: ['src/x/y.c'] }, 'FROM COPY!'],
    ['a folder written otherwise', 'FROM a ⏎ COPY ./src/ /s', { paths: ['src/x'] }, 'FROM COPY!'],
    ['beside the folder', 'FROM a ⏎ COPY src /s', { paths: ['srcs/x'] }, 'FROM COPY'],
    ['a pattern', 'FROM a ⏎ COPY *.json /s', { paths: ['a.json'] }, 'FROM COPY!'],
    ['a pattern does not go deeper', 'FROM a ⏎ COPY *.json /s', { paths: ['x/a.json'] }, 'FROM COPY'],
    ['a pattern that takes a folder', 'FROM a ⏎ COPY s* /s', { paths: ['src/x/a.json'] }, 'FROM COPY!'],
    ['out of the context is the root', 'FROM a ⏎ COPY ../a /s', { paths: ['a'] }, 'FROM COPY!'],
    ['what is excluded', 'FROM a ⏎ COPY --exclude=*.md . /s', { paths: ['a.md'] }, 'FROM COPY'],
    ['a download', 'FROM a ⏎ ADD https://example.com/a /s', { paths: ['a'] }, 'FROM ADD'],
    [
      'a bind mount',
      'FROM a ⏎ RUN --mount=type=bind,source=package.json,target=/p true',
      { paths: ['package.json'] },
      'FROM RUN!',
    ],
    [
      'another file than is mounted',
      'FROM a ⏎ RUN --mount=source=package.json,target=/p true',
      { paths: ['x'] },
      'FROM RUN',
    ],
    ['the whole context mounted', 'FROM a ⏎ RUN --mount=target=. true', { paths: ['x'] }, 'FROM RUN!'],
    ['a cache mount is no part', 'FROM a ⏎ RUN --mount=type=cache,target=/c true', { paths: ['c'] }, 'FROM RUN'],
    [
      'a linked copy stands alone',
      'FROM a ⏎ COPY a /a ⏎ COPY --link b /b ⏎ RUN true',
      { paths: ['a'] },
      'FROM COPY! COPY RUN!',
    ],
    ['but not with a mode', 'FROM a ⏎ COPY a /a ⏎ COPY --link --chmod=644 b /b', { paths: ['a'] }, 'FROM COPY! COPY!'],
    ['by a variable', 'FROM a ⏎ ENV D=src ⏎ COPY $D /s', { paths: ['src/a'] }, 'FROM ENV COPY!'],
  ])('%s', ([, text, change, expected]) => expect(show(text, change)).toBe(expected));
});

describe('stages', () => {
  const two =
    'FROM a AS build ⏎ COPY . /src ⏎ RUN make ⏎ FROM b ⏎ RUN prepare ⏎ COPY --from=build /out /out ⏎ RUN finish';
  test.for<[string, string, Change, string]>([
    ['a copy is a firewall', two, { paths: ['x'] }, 'FROM COPY! RUN! FROM RUN COPY? RUN?'],
    [
      'standing on a stage is none',
      'FROM a AS x ⏎ COPY . / ⏎ FROM x ⏎ RUN 1',
      { paths: ['x'] },
      'FROM COPY! FROM! RUN!',
    ],
    [
      'a mount from a stage',
      'FROM a AS x ⏎ COPY . / ⏎ FROM b ⏎ RUN --mount=from=x,target=/x 1',
      { paths: ['x'] },
      'FROM COPY! FROM RUN?',
    ],
    ['stages that the target does not need', two, { paths: ['x'], target: 'build' }, 'FROM COPY! RUN!'],
    ['an unneeded stage', 'FROM a AS x ⏎ COPY . / ⏎ FROM b ⏎ RUN 1', { paths: ['x'] }, 'FROM RUN'],
    [
      'by index, in capitals',
      'FROM a AS x ⏎ COPY . / ⏎ FROM b ⏎ COPY --from=0 /a /a ⏎ COPY --from=X /b /b',
      { paths: ['x'] },
      'FROM COPY! FROM COPY? COPY?',
    ],
    [
      'an image of another name',
      'FROM a AS x ⏎ COPY . / ⏎ FROM b ⏎ COPY --from=nginx /a /a',
      { paths: ['x'] },
      'FROM COPY',
    ],
  ])('%s', ([, text, change, expected]) => expect(show(text, change)).toBe(expected));
});

describe('build arguments', () => {
  test.for<[string, string, Change, string]>([
    [
      'every RUN below, used or not',
      'FROM a ⏎ RUN 1 ⏎ ARG V ⏎ RUN 2 ⏎ RUN 3',
      { args: ['V'] },
      'FROM RUN ARG RUN! RUN!',
    ],
    ['no COPY, unless it uses it', 'FROM a ⏎ ARG V ⏎ COPY a /a ⏎ COPY $V /b', { args: ['V'] }, 'FROM ARG COPY COPY!'],
    ['an undeclared one does nothing', 'FROM a ⏎ RUN 1', { args: ['V'] }, 'FROM RUN'],
    ['a global one that is not declared again', 'ARG V ⏎ FROM a ⏎ RUN 1', { args: ['V'] }, 'FROM RUN'],
    ['a global one that is', 'ARG V ⏎ FROM a ⏎ ARG V ⏎ RUN 1', { args: ['V'] }, 'FROM ARG RUN!'],
    ['in FROM', 'ARG V=1 ⏎ FROM a:$V ⏎ RUN 1', { args: ['V'] }, 'FROM! RUN!'],
    ['through ENV', 'FROM a ⏎ ARG V ⏎ ENV W=$V ⏎ RUN 1', { args: ['V'] }, 'FROM ARG ENV RUN!'],
    ['ENV of the same name shields', 'FROM a ⏎ ARG V ⏎ ENV V=1 ⏎ RUN 1', { args: ['V'] }, 'FROM ARG ENV RUN'],
    ['inherited by a stage', 'FROM a AS x ⏎ ARG V ⏎ FROM x ⏎ RUN 1', { args: ['V'] }, 'FROM ARG FROM RUN!'],
    ['WORKDIR by it', 'FROM a ⏎ ARG V=/x ⏎ WORKDIR $V ⏎ COPY a b', { args: ['V'] }, 'FROM ARG WORKDIR! COPY!'],
  ])('%s', ([, text, change, expected]) => expect(show(text, change)).toBe(expected));
});

describe('other builders compare the whole history', () => {
  test.for<[string, Change, string]>([
    [
      'FROM a ⏎ COPY a /a ⏎ LABEL x=1 ⏎ RUN 1 ⏎ CMD a',
      { paths: ['a'], builder: 'buildah' },
      'FROM COPY! LABEL! RUN! CMD!',
    ],
    [
      'FROM a ⏎ COPY a /a ⏎ LABEL x=1 ⏎ RUN 1 ⏎ CMD a',
      { paths: ['a'], builder: 'classic' },
      'FROM COPY! LABEL! RUN! CMD!',
    ],
    ['FROM a ⏎ ARG V ⏎ ENV W=$V ⏎ RUN 1 ⏎ CMD a', { args: ['V'], builder: 'buildah' }, 'FROM ARG ENV RUN! CMD!'],
    ['FROM a ⏎ ARG V ⏎ ENV W=$V ⏎ RUN 1', { args: ['V'], builder: 'classic' }, 'FROM ARG ENV! RUN!'],
    ['FROM a ⏎ COPY a /a ⏎ COPY --link b /b', { paths: ['a'], builder: 'buildah' }, 'FROM COPY! COPY!'],
  ])('%s after %j', ([text, change, expected]) => expect(show(text, change)).toBe(expected));
});
