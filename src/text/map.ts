import type { Span } from './span.ts';

/**
 * One run of a derived text that stands together in the file: `length` units of the text from `at`
 * stand at `from`..`to` of the file. Where `to - from` is not `length` (a JSON escape, say) the piece is not divisible.
 */
export interface Piece {
  readonly at: number;
  readonly length: number;
  readonly from: number;
  readonly to: number;
}

/** From a derived text (lines joined, quotes removed) back to the file: pieces in order, gapless in the text. Offsets are UTF-16 units. */
export type TextMap = readonly Piece[];

/** The map of a text that stands in the file as it is, from offset `from`. */
export const plainMap = (length: number, from: number): TextMap => [{ at: 0, length, from, to: from + length }];

/** The index of the piece that holds text offset `offset`: the last that begins at or before it. */
function indexAt(map: TextMap, offset: number): number {
  let low = 0;
  let high = map.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (map[middle]!.at <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

const pieceAt = (map: TextMap, offset: number): Piece | undefined => map[indexAt(map, offset)];

const isPlain = (piece: Piece): boolean => piece.to - piece.from === piece.length;

/** The file offset of text offset `offset`; the end of the text gives the end of its last piece. */
export function fileOffset(map: TextMap, offset: number): number {
  const piece = pieceAt(map, offset);
  if (!piece) return 0;
  if (offset >= piece.at + piece.length) return piece.to;
  return isPlain(piece) ? piece.from + offset - piece.at : piece.from;
}

/** Where the text from `start` to `end` stands in the file; an end at the border of two pieces stays with the first. */
export function fileSpan(map: TextMap, start: number, end: number): Span {
  const from = fileOffset(map, start);
  if (end <= start) return { start: from, end: from };
  const last = pieceAt(map, end - 1)!;
  return { start: from, end: isPlain(last) ? last.from + end - last.at : last.to };
}

/** The part of `map` for the text from `start` to `end`, its offsets counted from `start`. */
export function sliceMap(map: TextMap, start: number, end: number): TextMap {
  const pieces: Piece[] = [];
  for (let index = indexAt(map, start); index < map.length; index++) {
    const piece = map[index]!;
    if (piece.at >= end) break;
    const first = Math.max(piece.at, start);
    const last = Math.min(piece.at + piece.length, end);
    if (first >= last) continue;
    const plain = isPlain(piece);
    pieces.push({
      at: first - start,
      length: last - first,
      from: plain ? piece.from + first - piece.at : piece.from,
      to: plain ? piece.from + last - piece.at : piece.to,
    });
  }
  return pieces.length > 0 ? pieces : [{ at: 0, length: 0, from: fileOffset(map, start), to: fileOffset(map, start) }];
}
