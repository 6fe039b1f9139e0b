import { expect, test } from 'vitest';
import { closest } from '../../src/text/closest.ts';

const instructions = ['FROM', 'RUN', 'CMD', 'COPY', 'ADD', 'ENV', 'EXPOSE', 'ENTRYPOINT', 'MAINTAINER', 'HEALTHCHECK'];

test.each([
  ['the word itself', 'RUN', 'RUN'],
  ['another case', 'copy', 'COPY'],
  ['a letter too many', 'RUNN', 'RUN'],
  ['a letter too few', 'ENTRYPOIT', 'ENTRYPOINT'],
  ['another letter', 'EXPOST', 'EXPOSE'],
  ['letters in the wrong order', 'CPOY', 'COPY'],
  ['two letters off, in a long word', 'MANTANER', 'MAINTAINER'],
  ['two letters off, in a short word', 'ABC', undefined],
  ['three letters off', 'HEALTCHEK2', undefined],
  ['nothing alike', 'FOOBAR', undefined],
  ['an empty word', '', undefined],
  ['the nearer of two', 'ENVV', 'ENV'],
])('%s: %s', (_, word, expected) => expect(closest(word, instructions)).toBe(expected));

test('the first of two that are as near', () => {
  expect(closest('b', ['a', 'c'])).toBe('a');
  expect(closest('bat', ['cat', 'rat'])).toBe('cat');
});
test('no candidates, nothing', () => expect(closest('a', [])).toBeUndefined());
test('any iterable', () => expect(closest('--form', new Set(['--from']))).toBe('--from'));
