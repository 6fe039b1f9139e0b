import { countBefore, type Edit, type Span } from './span.ts';

const touch = (a: Span, b: Span): boolean =>
  a.start === b.start || (a.start < b.end && b.start < a.end) || (a.start === a.end && a.start === b.end);

/** Those groups of edits that do not touch a group before them: a group is applied whole or not at all. */
export function compatible(groups: readonly (readonly Edit[])[]): (readonly Edit[])[] {
  // in the order of the text; they do not overlap, so an edit has to be compared with its neighbours only
  const taken: Edit[] = [];
  const isFree = ({ span }: Edit): boolean => {
    const at = countBefore(taken, span.start);
    for (let index = Math.max(0, at - 1); index < taken.length; index++) {
      const other = taken[index]!.span;
      if (touch(span, other)) return false;
      if (other.start > span.end) break;
    }
    return true;
  };
  return groups.filter((group) => {
    const free = group.every(isFree);
    if (free) for (const edit of group) taken.splice(countBefore(taken, edit.span.start + 1), 0, edit);
    return free;
  });
}

const inOrder = (edits: readonly Edit[]): Edit[] =>
  [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);

/** Whether two of the edits replace the same text. */
export const overlap = (edits: readonly Edit[]): boolean =>
  inOrder(edits).some(({ span }, index, all) => index > 0 && span.start < all[index - 1]!.span.end);

/** `text` with `edits` applied. Throws a RangeError where they overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const ordered = inOrder(edits);
  const chunks: string[] = [];
  let at = 0;
  for (const { span, text: replacement } of ordered) {
    if (span.start < at) throw new RangeError(`edits overlap at offset ${span.start}`);
    chunks.push(text.slice(at, span.start), replacement);
    at = span.end;
  }
  return chunks.join('') + text.slice(at);
}
