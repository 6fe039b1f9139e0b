import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { leaves, parse, print } from '../../grammar/index.ts';
import { lexerFor } from '../../grammar/lexer.ts';
import { DockerfileParser } from '../../grammar/parser.ts';
import { anyText, editedText, likelyText, samples, violation } from './arbitrary.ts';

describe('whatever the text: it is read, its tree tiles it, spans nest, errors lie in it', () => {
  const files = samples();
  const holds = (texts: fc.Arbitrary<string>, numRuns: number) =>
    fc.assert(
      fc.property(texts, (text) => {
        expect(violation(text)).toBeUndefined();
      }),
      { numRuns },
    );
  test('any characters', () => holds(anyText, 1500));
  test('tokens of the language in any order', () => holds(likelyText, 3000));
  test('real files with slips of the hand', () => holds(editedText(files), 700));
  test.each(files.map((text) => [text.slice(0, 40), text] as const))('%s', (_, text) => {
    expect(violation(text)).toBeUndefined();
    // and with the line ends of Windows, and cut off anywhere
    expect(violation(text.replace(/\r?\n/g, '\r\n'))).toBeUndefined();
    const step = Math.max(1, Math.floor(text.length / 40));
    for (let end = 0; end < text.length; end += step) expect(violation(text.slice(0, end))).toBeUndefined();
  });
});

test.each([
  ['variables, open', `FROM a\nENV a=${'${a:-'.repeat(10_000)}`],
  ['variables, closed', `FROM a\nENV a=${'${a:-'.repeat(10_000)}${'}'.repeat(10_000)}`],
  ['variables in quotes', `FROM a\nENV a=${'"${a:-'.repeat(10_000)}${'}"'.repeat(10_000)}`],
  ['patterns', `FROM a\nENV a=${'${a/b/'.repeat(10_000)}${'}'.repeat(10_000)}`],
  ['ONBUILD', `FROM a\n${'ONBUILD '.repeat(5_000)}RUN a`],
  ['JSON arrays', `FROM a\nCMD ${'['.repeat(20_000)}${']'.repeat(20_000)}`],
])('depth is no limit: %s', (_, text) => {
  const { ast } = parse(text);
  expect(print(ast) === text).toBe(true);
  expect(leaves(ast).length).toBeGreaterThan(3);
});

test.each([
  ['a megabyte of continued RUN', `FROM a\nRUN ${'a \\\n'.repeat(250_000)}b\n`, 0],
  ['continuations inside a word', `FROM a\nENV a="${'x \\\n'.repeat(200_000)}"\n`, 0],
  ['continuations inside a flag', `FROM a\nRUN --mount=a${',b\\\n'.repeat(150_000)} x\n`, 0],
  ['continuations before an instruction', `FROM a\n${'\\\n'.repeat(200_000)}RUN a\n`, 0],
  ['empty lines inside an instruction', `FROM a\nRUN a \\\n${'\n'.repeat(200_000)}b\n`, 0],
  ['here-documents', `FROM a\n${'RUN <<EOF\na\nEOF\n'.repeat(20_000)}`, 0],
  ['here-documents on one line', `FROM a\nRUN ${'<<E '.repeat(10_000)}\n${'E\n'.repeat(10_000)}`, 0],
  ['here-documents that never end', `FROM a\n${'RUN <<EOF;\na\nEOF\n'.repeat(5_000)}`, 5_000],
  ['comments', `${'# a\n'.repeat(100_000)}FROM a`, 0],
  ['instructions', `FROM a\n${'ENV a=b\n'.repeat(20_000)}`, 0],
])('size is no limit: %s', (_, text, count) => {
  const { ast, errors } = parse(text);
  expect(errors.length).toBe(count);
  expect(print(ast) === text).toBe(true);
});

test('the vocabulary and the grammar are sound: nothing unreachable, nothing ambiguous', () => {
  for (const escape of ['\\', '`'] as const) expect(lexerFor(escape, true).lexerDefinitionErrors).toEqual([]);
  expect(() => new DockerfileParser(true)).not.toThrow();
});
