import type { ShellForm, Span, Word } from '../../src/engine/rule.ts';

/** Where the text from `start` to `end` of a word or command stands in the file. */
export function spanIn({ map, span }: Word | ShellForm, start: number, end: number): Span {
  const place = (offset: number): number => {
    const piece = map.findLast(({ at }) => at <= offset);
    if (!piece) return span.start;
    return piece.to - piece.from === piece.length ? piece.from + offset - piece.at : piece.from;
  };
  const first = place(start);
  return { start: first, end: end > start ? place(end - 1) + 1 : first };
}

/** Whether a word stands in the file as it is meant: no quotes, escapes, variables or continuations. */
export const isPlain = ({ raw, text, parts }: Word): boolean => parts.length === 0 && raw === text;
