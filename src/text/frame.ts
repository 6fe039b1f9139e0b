import { type Lines, lineSpan, spanByLine } from './lines.ts';
import type { Span } from './span.ts';
import { type Cell, cells } from './width.ts';

/** A source line and the marks below it, cut to a width. */
export interface FrameLine {
  readonly line: number;
  readonly source: string;
  readonly marks: string;
}

const MARGIN = 12;

/**
 * The lines that `span` touches, with `~` under its words; of more than `most` lines the first ones.
 * `width` is in terminal cells; a longer line is cut around the marks, with an ellipsis.
 */
export function frame(lines: Lines, span: Span, width = Number.POSITIVE_INFINITY, most = 3): FrameLine[] {
  return spanByLine(lines, span, most).map(({ line, span: part }) => {
    const { start, end } = around(lineSpan(lines, line), part, lines.text, width);
    const row = cells(lines.text.slice(start, end));
    return { line, ...cut(row, part.start - start, Math.max(part.end, part.start + 1) - start, width) };
  });
}

/** Of a long line what may be shown, so that many findings in it do not each read all of it. */
function around(line: Span, { start }: Span, text: string, width: number): Span {
  const reach = width + MARGIN;
  if (line.end - line.start <= 4 * reach) return line;
  let from = Math.max(line.start, start - reach);
  // not between the halves of a character
  if (from > line.start && /[\udc00-\udfff]/.test(text[from]!)) from--;
  return { start: from, end: Math.min(line.end, start + 2 * reach) };
}

function cut(row: readonly Cell[], start: number, end: number, width: number): Omit<FrameLine, 'line'> {
  const total = row.reduce((sum, cell) => sum + cell.width, 0);
  const before = row.filter((cell) => cell.offset < start).reduce((sum, cell) => sum + cell.width, 0);
  const from = total > width && before + MARGIN > width ? before - MARGIN : 0;
  let source = '';
  let marks = '';
  let column = 0;
  for (const cell of row) {
    const shown = column >= from && column + cell.width <= from + width;
    if (shown) {
      source += cell.text;
      marks += (cell.offset >= start && cell.offset < end ? '~' : ' ').repeat(cell.width);
    }
    column += cell.width;
  }
  if (before >= total) marks += `${' '.repeat(Math.max(0, before - from - marks.length))}~`;
  if (from > 0) source = `…${source.slice(1)}`;
  if (total > from + width) source = `${source.slice(0, -1)}…`;
  return { source, marks: marks.trimEnd() };
}
