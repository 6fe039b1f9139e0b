import { fileSpan, type TextMap } from '../src/text/map.ts';
import { countBefore, type Span } from '../src/text/span.ts';
import type { EscapeCharacter, Trivia } from './ast.ts';
import { skipSpace, trimSpaceEnd } from './characters.ts';

/** What the readers of words work on: a text, and the way back to the file that it was made of. */
export interface Source {
  readonly file: string;
  readonly text: string;
  readonly map: TextMap;
  /** What joining lines took out, in order: continuations, comments, blank lines, line ends. */
  readonly splices: readonly Trivia[];
  readonly escape: EscapeCharacter;
}

export const spanOf = (source: Source, start: number, end: number): Span => fileSpan(source.map, start, end);

/** A leaf of `kind` for `span` of the file. */
export const leaf = <K extends string>(source: Source, kind: K, span: Span): { kind: K; span: Span; raw: string } => ({
  kind,
  span,
  raw: source.file.slice(span.start, span.end),
});

/** `into.push(...items)` for lists of any length; a call takes no more arguments than the stack holds. */
export function append<T>(into: T[], items: Iterable<T>): void {
  for (const item of items) into.push(item);
}

/**
 * Leaves for the file between `start` and `end`, where no node stands: splices, blanks, and `otherwise` for the rest
 * (quotes that were taken off a flag, or what the grammar skipped).
 */
export function gap(source: Source, start: number, end: number, otherwise: 'Punctuation' | 'Skipped'): Trivia[] {
  const trivia: Trivia[] = [];
  let at = start;
  const plain = (to: number): void => {
    const first = skipSpace(source.file, at, to);
    const last = trimSpaceEnd(source.file, first, to);
    if (first > at) trivia.push(leaf(source, 'Space', { start: at, end: first }));
    if (last > first) trivia.push(leaf(source, otherwise, { start: first, end: last }));
    if (to > last) trivia.push(leaf(source, 'Space', { start: last, end: to }));
  };
  for (let index = countBefore(source.splices, start); at < end; index++) {
    const splice = source.splices[index];
    if (!splice || splice.span.end > end) break;
    if (splice.span.start > at) plain(splice.span.start);
    trivia.push(splice);
    at = splice.span.end;
  }
  if (at < end) plain(end);
  return trivia;
}

/** Leaves for all of `start`..`end` that `nodes`, in order, leave uncovered. */
export function fill(source: Source, start: number, end: number, nodes: Iterable<{ readonly span: Span }>): Trivia[] {
  const trivia: Trivia[] = [];
  let at = start;
  for (const { span } of nodes) {
    if (span.start > at) append(trivia, gap(source, at, span.start, 'Skipped'));
    at = Math.max(at, span.end);
  }
  if (end > at) append(trivia, gap(source, at, end, 'Skipped'));
  return trivia;
}
