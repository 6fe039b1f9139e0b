import { expect, test } from 'vitest';
import { memoryHost } from '../../src/dev/memory-host.ts';
import type { Instruction } from '../../src/index.ts';
import { context } from '../../src/model/context.ts';
import type { Builder } from '../../src/model/layers.ts';
import { sharingOf } from '../../src/model/sharing.ts';
import { lines, modelOf } from './model.ts';

/** `base n layers: parts | parts; later…`, a part by the text of its instruction. */
function told(texts: readonly string[], builder: Builder = 'buildkit'): string[] {
  const options = { context: context(memoryHost({ a: '', b: '' }), 'Dockerfile') };
  const models = texts.map((text) => modelOf(text, options));
  const words = (index: number, it: Instruction | undefined): string =>
    it ? lines(texts[index]!).slice(it.span.start, it.span.end) : '-';
  return sharingOf(models, builder).map(({ base, layers, members, later }) => {
    const parts = members.map(({ index, parts: first }) => words(index, first)).join(' | ');
    return [`${base} ${layers}: ${parts}`, ...later.map(({ text }) => text)].join('; ');
  });
}

test.for<[string, string[], string[], Builder?]>([
  ['another base', ['FROM a ⏎ RUN x', 'FROM b ⏎ RUN x'], []],
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
  ['a variable reaches a RUN', ['FROM a ⏎ ENV A=1 ⏎ RUN x', 'FROM a ⏎ ENV A=2 ⏎ RUN x'], ['a 0: RUN x | RUN x']],
  ['a variable does not reach a COPY', ['FROM a ⏎ ENV A=1 ⏎ COPY a /', 'FROM a ⏎ COPY a /'], ['a 1: - | -']],
  ['comments and letters of the keyword', ['FROM a ⏎ RUN x', 'from a ⏎ # c ⏎ run x'], ['a 1: - | -']],
  ['parent stages', ['FROM a AS p ⏎ RUN x ⏎ FROM p ⏎ RUN y', 'FROM a ⏎ RUN x ⏎ RUN z'], ['a 1: RUN y | RUN z']],
  [
    'what both have further on',
    ['FROM a ⏎ COPY a / ⏎ RUN apt-get install -y curl', 'FROM a ⏎ COPY b / ⏎ RUN apt-get install -y curl'],
    ['a 0: COPY a / | COPY b /; apt-get install -y curl'],
  ],
  ['three', ['FROM a ⏎ RUN x', 'FROM b ⏎ RUN x', 'FROM a ⏎ RUN x ⏎ RUN y'], ['a 1: - | RUN y']],
])('%s', ([, texts, expected, builder]) => {
  expect(told(texts, builder)).toEqual(expected);
});
