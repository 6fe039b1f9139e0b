import { bytesText } from '../text/bytes.ts';
import { cells, widthOf } from '../text/width.ts';

/** What a file, its name or an archive says may hold control characters: these are shown, not sent to the terminal. */
export const visible = (text: string): string =>
  steering.test(text)
    ? cells(text)
        .map((cell) => cell.text)
        .join('')
    : text;

/** The same without tabs, which would break the width of a line. */
export const inLine = (text: string): string => visible(text).replaceAll('\t', ' ');

/** A line of a diff: its line end stays, so that the diff can be applied. */
export const diffLine = (line: string): string =>
  line.endsWith('\r') ? `${visible(line.slice(0, -1))}\r` : visible(line);

/** Characters that steer a terminal or hide from it, tabs left out. */
const steering = /[\0-\x08\x0a-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;

/** Lines of at most `width` cells, each indented; a longer word stands alone. */
export function wrap(text: string, width: number, indent: string): string[] {
  const rows: string[] = [];
  let row = indent;
  for (const word of inLine(text).split(' ')) {
    const joined = row === indent ? row + word : `${row} ${word}`;
    if (row !== indent && widthOf(joined) > width) {
      rows.push(row);
      row = indent + word;
    } else row = joined;
  }
  return row === indent ? rows : [...rows, row];
}

/** Several lines of no more than `width` cells; numbers stay with what they count. */
export function wrapped(text: string, width: number, indent = ''): string[] {
  const joined = text.replace(/\b(\d+) (?=(?:[kMGTP]?B|layers?|files?)\b)|\b(line) (?=\d)/g, '$1$2\u00a0');
  return wrap(joined, width, indent).map((line) => cut(line.replaceAll('\u00a0', ' '), width));
}

/** The text cut or filled to a number of cells. */
export function sized(text: string, room: number): string {
  let shown = '';
  let column = 0;
  const tooWide = widthOf(text) > room;
  for (const cell of cells(text)) {
    if (tooWide && column + cell.width > room - 1) {
      shown += '…';
      column++;
      break;
    }
    shown += cell.text;
    column += cell.width;
  }
  return shown + ' '.repeat(Math.max(0, room - column));
}

/** The text cut to a number of cells. */
export const cut = (text: string, room: number): string => sized(text, room).trimEnd();

/** `a, b and 3 more`. */
export function some(all: readonly string[], what = ''): string {
  const more = all.length - 2;
  return more > 1 ? `${all.slice(0, 2).join(', ')} and ${more} more${what === '' ? '' : ` ${what}`}` : all.join(', ');
}

/** ` (1.4 MB)`; nothing where that is not known. */
export const sizeText = (bytes: number | null | undefined): string =>
  bytes === null || bytes === undefined ? '' : ` (${bytesText(bytes)})`;

/** `1 layer`, `3 layers`. */
export const layerCount = (count: number): string => `${count} layer${count === 1 ? '' : 's'}`;
