/** A range of text: UTF-16 offsets from 0, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Replaces what `span` covers by `text`; an empty span inserts. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** Whether `inner` lies in `outer`, borders included. */
export const contains = (outer: Span, inner: Span): boolean => outer.start <= inner.start && inner.end <= outer.end;

export type Spanned = { readonly span: Span };

/** How many of these, which stand in the order of the text, begin before an offset. */
export function countBefore(sorted: readonly Spanned[], offset: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]!.span.start < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Those of a list in the order of the text that lie between two offsets, borders included. */
export function between<T extends Spanned>(sorted: readonly T[], start: number, end: number): T[] {
  const found: T[] = [];
  for (let at = countBefore(sorted, start); at < sorted.length && sorted[at]!.span.start <= end; at++)
    if (sorted[at]!.span.end <= end) found.push(sorted[at]!);
  return found;
}
