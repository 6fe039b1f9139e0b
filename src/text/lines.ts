import type { Span } from './span.ts';

/** A place for people: line and column from 1, the column in UTF-16 units; the offset from 0. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** Lines of a text, as BuildKit divides it: at newlines only. */
export interface Lines {
  readonly text: string;
  /** The offset at which each line begins; the first entry is line 1. */
  readonly starts: readonly number[];
}

export function linesOf(text: string): Lines {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return { text, starts };
}

/** The position of `offset`; the end of the text is a position too. */
export function position({ starts }: Lines, offset: number): Position {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - starts[low]! + 1, offset };
}

/** Where line `line` (from 1) stands, its end left out. */
export function lineSpan({ text, starts }: Lines, line: number): Span {
  const start = starts[line - 1] ?? text.length;
  let end = (starts[line] ?? text.length + 1) - 1;
  while (end > start && text.charCodeAt(end - 1) === 0x0d) end--;
  return { start, end };
}

/** Where `span` stands on each line that it touches, or on the first `most`, leading and trailing blanks left out; the parts that people underline. */
export function spanByLine(
  lines: Lines,
  span: Span,
  most = Number.POSITIVE_INFINITY,
): { readonly line: number; readonly span: Span }[] {
  const first = position(lines, span.start).line;
  const last = position(lines, Math.max(span.start, span.end - 1)).line;
  if (first === last) return [{ line: first, span }];
  const parts: { line: number; span: Span }[] = [];
  for (let line = first; line <= last && parts.length < most; line++) {
    const whole = lineSpan(lines, line);
    let start = Math.max(whole.start, span.start);
    let end = Math.min(whole.end, span.end);
    while (start < end && ' \t'.includes(lines.text[start]!)) start++;
    while (end > start && ' \t'.includes(lines.text[end - 1]!)) end--;
    if (end > start) parts.push({ line, span: { start, end } });
  }
  return parts;
}
