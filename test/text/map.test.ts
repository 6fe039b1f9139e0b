import { describe, expect, test } from 'vitest';
import { fileOffset, fileSpan, plainMap, sliceMap, type TextMap } from '../../src/text/map.ts';
import { contains } from '../../src/text/span.ts';

/** `ab` at 10, an escape of six characters for one at 13, `cd` at 25; and a text that stands nowhere twice. */
const map: TextMap = [
  { at: 0, length: 2, from: 10, to: 12 },
  { at: 2, length: 1, from: 13, to: 19 },
  { at: 3, length: 2, from: 25, to: 27 },
];

test.each([
  ['the first character', 0, 10],
  ['inside a piece', 1, 11],
  ['an escape: where it begins', 2, 13],
  ['behind it', 3, 25],
  ['the last character', 4, 26],
  ['the end', 5, 27],
  ['past the end', 9, 27],
])('fileOffset: %s', (_, offset, expected) => expect(fileOffset(map, offset)).toBe(expected));

test.each([
  ['one piece', 0, 2, 10, 12],
  ['a part of one', 1, 2, 11, 12],
  ['over two: the gap between is inside', 1, 3, 11, 19],
  ['an escape is not divided', 2, 3, 13, 19],
  ['all', 0, 5, 10, 27],
  ['an end at a border stays with the first piece', 0, 2, 10, 12],
  ['nothing', 3, 3, 25, 25],
  ['nothing, at the end', 5, 5, 27, 27],
  ['a turned range is nothing', 4, 3, 26, 26],
])('fileSpan: %s', (_, start, end, from, to) => expect(fileSpan(map, start, end)).toEqual({ start: from, end: to }));

describe('sliceMap', () => {
  test.each([
    ['all', 0, 5, map],
    ['within a piece', 1, 2, [{ at: 0, length: 1, from: 11, to: 12 }]],
    [
      'over a border',
      1,
      4,
      [
        { at: 0, length: 1, from: 11, to: 12 },
        { at: 1, length: 1, from: 13, to: 19 },
        { at: 2, length: 1, from: 25, to: 26 },
      ],
    ],
    ['an escape whole', 2, 3, [{ at: 0, length: 1, from: 13, to: 19 }]],
    ['nothing', 3, 3, [{ at: 0, length: 0, from: 25, to: 25 }]],
  ])('%s', (_, start, end, expected) => expect(sliceMap(map, start, end)).toEqual(expected));

  test('leads where the whole map leads', () => {
    for (let start = 0; start < 5; start++) {
      for (let end = start + 1; end <= 5; end++) {
        const slice = sliceMap(map, start, end);
        for (let at = start; at < end; at++) expect(fileOffset(slice, at - start)).toBe(fileOffset(map, at));
      }
    }
  });
});

test('a plain map counts from its place', () => {
  expect(fileOffset(plainMap(3, 7), 2)).toBe(9);
  expect(fileSpan(plainMap(3, 7), 1, 3)).toEqual({ start: 8, end: 10 });
  expect(fileSpan(plainMap(0, 7), 0, 0)).toEqual({ start: 7, end: 7 });
  expect(fileOffset([], 3)).toBe(0);
});

test.each([
  [0, 5, 0, 5, true],
  [0, 5, 2, 3, true],
  [0, 5, 5, 5, true],
  [0, 5, 4, 6, false],
  [1, 5, 0, 2, false],
])('contains: %i..%i and %i..%i', (a, b, c, d, expected) =>
  expect(contains({ start: a, end: b }, { start: c, end: d })).toBe(expected),
);
