import { describe, expect, test } from 'vitest';
import { violation } from './arbitrary.ts';
import { errors, show } from './show.ts';

/** What stands before each text of a table, and the tree of that. */
export interface Before {
  readonly text: string;
  readonly tree: string;
}
export const nothing: Before = { text: '', tree: '' };
export const from: Before = { text: 'FROM a\n', tree: 'From image=«a» | ' };

/** [the statement, a text that BuildKit reads, its tree in short (see show.ts)] */
export type Read = readonly [why: string, text: string, tree: string];

export function reads(name: string, before: Before, rows: readonly Read[]): void {
  describe(name, () => {
    test.each(rows)('%s', (_, text, tree) => {
      expect(show(before.text + text)).toBe(before.tree + tree);
      expect(errors(before.text + text)).toEqual([]);
      expect(violation(before.text + text)).toBeUndefined();
    });
  });
}

/** [the statement, a text that BuildKit refuses, and per mistake: what is pointed at, what is said, what was likely meant] */
export type Refused = readonly [
  why: string,
  text: string,
  ...(readonly [at: string, message: string, meant?: string])[],
];

export function refuses(name: string, before: Before, rows: readonly Refused[]): void {
  describe(name, () => {
    test.each(rows)('%s', (_, text, ...mistakes) => {
      expect(errors(before.text + text)).toEqual(mistakes);
      expect(violation(before.text + text)).toBeUndefined();
    });
  });
}
