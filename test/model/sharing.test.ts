import { describe, expect, test } from 'vitest';
import type { Instruction } from '../../src/index.ts';
import { apartOf, sharingOf } from '../../src/model/cache/sharing.ts';
import { context } from '../../src/model/context/context.ts';
import { memoryHost } from '../../src/model/context/memory.ts';
import type { Builder } from '../../src/model/layers.ts';
import { dependency } from '../../src/rewrite/dependency.ts';
import { lines, modelOf } from './model.ts';

const options = { context: context(memoryHost({ a: '', b: '' }), 'Dockerfile') };

/** `base n layers: parts (causes) | parts; later^above…`, an instruction by its text. */
function told(texts: readonly string[], builder: Builder = 'buildkit'): string[] {
  const models = texts.map((text) => modelOf(text, options));
  const words = (index: number, it: Instruction | undefined): string =>
    it ? lines(texts[index]!).slice(it.span.start, it.span.end) : '-';
  const found = sharingOf(models, builder, (earlier, later) => !dependency(earlier, later, () => ''));
  return found.map(({ base, layers, members, later }) => {
    const parts = members.map(({ index, parts: first, causes }) => {
      const why = causes.map(({ kind, name, source }) => [kind, name, source ? words(index, source) : '?'].join(' '));
      return words(index, first) + (why.length > 0 ? ` (${why.join(', ')})` : '');
    });
    const moves = later.map((places) =>
      places.map(({ index, instruction, above }) => `${words(index, instruction)}^${words(index, above)}`).join(' '),
    );
    return [`${base} ${layers}: ${parts.join(' | ')}`, ...moves].join('; ');
  });
}

describe('what images share', () => {
  test.for<[string, string[], string[], Builder?]>([
    ['another base', ['FROM a ⏎ RUN x', 'FROM b ⏎ RUN x'], []],
    ['a base that only the build knows', ['FROM $A ⏎ RUN x', 'FROM $A ⏎ RUN x'], []],
    ['one base written in two ways', ['FROM a ⏎ RUN x', 'FROM docker.io/library/a:latest ⏎ RUN x'], ['a 1: - | -']],
    ['another platform', ['FROM a ⏎ RUN x', 'FROM --platform=linux/arm64 a ⏎ RUN x'], []],
    ['nothing below', ['FROM scratch ⏎ COPY a /', 'FROM scratch ⏎ COPY a /'], ['scratch 1: - | -']],
    ['the same file', ['FROM a ⏎ RUN x ⏎ COPY a /', 'FROM a ⏎ RUN x ⏎ COPY a /'], ['a 2: - | -']],
    ['the first is another', ['FROM a ⏎ RUN x', 'FROM a ⏎ RUN y'], ['a 0: RUN x | RUN y']],
    ['a shared beginning', ['FROM a ⏎ RUN x ⏎ COPY a /', 'FROM a ⏎ RUN x ⏎ COPY b /'], ['a 1: COPY a / | COPY b /']],
    ['a label matters to none', ['FROM a ⏎ LABEL a=1 ⏎ RUN x', 'FROM a ⏎ RUN x'], ['a 1: - | -']],
    [
      'a label matters to others',
      ['FROM a ⏎ LABEL a=1 ⏎ RUN x', 'FROM a ⏎ RUN x'],
      ['a 0: LABEL a=1 | RUN x'],
      'classic',
    ],
    ['an ARG without a value reaches nothing', ['FROM a ⏎ ARG A ⏎ RUN x', 'FROM a ⏎ RUN x'], ['a 1: - | -']],
    [
      'a variable reaches a RUN',
      ['FROM a ⏎ ENV A=1 ⏎ RUN x', 'FROM a ⏎ ENV A=2 ⏎ RUN x', 'FROM a ⏎ RUN x'],
      ['a 0: RUN x (variable A ENV A=1) | RUN x (variable A ENV A=2) | RUN x (variable A ?)'],
    ],
    [
      'so do user and folder',
      ['FROM a ⏎ USER a ⏎ RUN x', 'FROM a ⏎ USER b ⏎ RUN x'],
      ['a 0: RUN x (user  USER a) | RUN x (user  USER b)'],
    ],
    ['a variable does not reach a COPY', ['FROM a ⏎ ENV A=1 ⏎ COPY a /', 'FROM a ⏎ COPY a /'], ['a 1: - | -']],
    ['an equal default', ['FROM a ⏎ ARG D=a ⏎ COPY $D /', 'FROM a ⏎ ARG D=a ⏎ COPY $D /'], ['a 1: - | -']],
    [
      'another default',
      ['FROM a ⏎ ARG D=a ⏎ COPY $D /', 'FROM a ⏎ ARG D=b ⏎ COPY $D /'],
      ['a 0: COPY $D / | COPY $D /'],
    ],
    ['comments and letters of the keyword', ['FROM a ⏎ RUN x', 'from a ⏎ # c ⏎ run x'], ['a 1: - | -']],
    ['parent stages', ['FROM a AS p ⏎ RUN x ⏎ FROM p ⏎ RUN y', 'FROM a ⏎ RUN x ⏎ RUN z'], ['a 1: RUN y | RUN z']],
    [
      'stages copied from, whatever their names',
      ['FROM g AS p ⏎ RUN x ⏎ FROM a ⏎ COPY --from=p /x /', 'FROM g AS q ⏎ RUN x ⏎ FROM a ⏎ COPY --from=q /x /'],
      ['a 1: - | -'],
    ],
    [
      'other stages of one name',
      ['FROM g AS p ⏎ RUN x ⏎ FROM a ⏎ COPY --from=p /x /', 'FROM g AS p ⏎ RUN y ⏎ FROM a ⏎ COPY --from=p /x /'],
      ['a 0: COPY --from=p /x / (stage p ?) | COPY --from=p /x / (stage p ?)'],
    ],
    [
      'triggers of a parent stage',
      ['FROM a AS p ⏎ ONBUILD RUN x ⏎ FROM p ⏎ RUN y', 'FROM a ⏎ RUN x ⏎ RUN y'],
      ['a 2: - | -'],
    ],
    ['two bases of three', ['FROM a ⏎ RUN x', 'FROM b ⏎ RUN x', 'FROM a ⏎ RUN x ⏎ RUN y'], ['a 1: - | RUN y']],
    [
      'two that go on together',
      ['FROM a ⏎ RUN x ⏎ RUN y ⏎ RUN 1', 'FROM a ⏎ RUN x ⏎ RUN y ⏎ RUN 2', 'FROM a ⏎ RUN x'],
      ['a 1: RUN y | RUN y | -', 'a 2: RUN 1 | RUN 2'],
    ],
  ])('%s', ([, texts, expected, builder]) => {
    expect(told(texts, builder)).toEqual(expected);
  });
});

const install = 'RUN apt-get update && apt-get install -y curl';

describe('what they would share in another order', () => {
  test.for<[string, string[], boolean]>([
    ['an install below a copy', [`FROM a ⏎ COPY a /x ⏎ ${install}`, `FROM a ⏎ COPY b /x ⏎ ${install}`], true],
    ['below a variable', [`FROM a ⏎ ENV PORT=1 ⏎ ${install}`, `FROM a ⏎ ENV PORT=2 ⏎ ${install}`], true],
    ['in one file at the top', [`FROM a ⏎ ENV PORT=1 ⏎ ${install}`, `FROM a ⏎ ${install}`], true],
    ['not where the tool reads it', [`FROM a ⏎ ENV https_proxy=1 ⏎ ${install}`, `FROM a ⏎ ${install}`], false],
    [
      'not where it needs the files',
      ['FROM a ⏎ COPY a package.json ./ ⏎ RUN npm install', 'FROM a ⏎ COPY b package.json ./ ⏎ RUN npm install'],
      false,
    ],
    ['not what only one has', [`FROM a ⏎ COPY a /x ⏎ ${install}`, 'FROM a ⏎ COPY b /x'], false],
    ['not what costs nothing', ['FROM a ⏎ COPY a /x ⏎ RUN mkdir /y', 'FROM a ⏎ COPY b /x ⏎ RUN mkdir /y'], false],
    [
      'not an index by itself',
      ['FROM a ⏎ COPY a /x ⏎ RUN apt-get update', 'FROM a ⏎ COPY b /x ⏎ RUN apt-get update'],
      false,
    ],
    ['not as another user', [`FROM a ⏎ USER a ⏎ ${install}`, `FROM a ⏎ USER b ⏎ ${install}`], false],
  ])('%s', ([, texts, expected]) => {
    expect(told(texts).map((it) => it.includes('^'))).toEqual([expected]);
  });
});

test('what some of several would share', () => {
  const below = (line: string): string => `FROM a ⏎ ${line} ⏎ ${install}`;
  const files = [below('COPY a /x'), below('COPY b /x'), 'FROM a ⏎ COPY a /x', below('COPY a /x')];
  expect(told(files)).toEqual([
    `a 0: COPY a /x | COPY b /x | COPY a /x | COPY a /x; ${install}^COPY a /x ${install}^COPY b /x ${install}^COPY a /x`,
    `a 1: ${install} | - | ${install}`,
    'a 2: - | -',
  ]);
});

test('one repository, several tags', () => {
  const apart = (...texts: string[]): string[] =>
    apartOf(
      texts.map((text) => modelOf(text, options)),
      'buildkit',
    ).map(({ bases, layers }) => `${bases.map(({ base, members }) => `${base} ${members}`).join(' | ')}: ${layers}`);
  expect(apart('FROM a:1 ⏎ RUN x ⏎ RUN y', 'FROM a:2 ⏎ RUN x', 'FROM a:1 ⏎ RUN x')).toEqual(['a:1 0,2 | a:2 1: 1']);
  expect(apart('FROM a:1 ⏎ RUN x', 'FROM a:2 ⏎ RUN y')).toEqual([]);
  expect(apart('FROM a:1 ⏎ RUN x', 'FROM b:1 ⏎ RUN x')).toEqual([]);
});
