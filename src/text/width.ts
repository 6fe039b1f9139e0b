import { eastAsianWidth } from 'get-east-asian-width';

const TAB = 4;

/** A character as a terminal shows it: `text` to print and the cells it takes. */
export interface Cell {
  readonly offset: number;
  readonly text: string;
  readonly width: number;
}

let segmenter: Intl.Segmenter | undefined;

/**
 * The cells of one line: tabs become blanks up to the next stop, control characters their pictures, wide characters take
 * two cells, a grapheme made of several code points takes those of its first. Offsets are UTF-16 units in `line`.
 */
export function cells(line: string): Cell[] {
  const found: Cell[] = [];
  let column = 0;
  const add = (offset: number, text: string, width: number): void => {
    found.push({ offset, text, width });
    column += width;
  };
  for (const [offset, text] of isAscii(line) ? ascii(line) : graphemes(line)) {
    const code = text.codePointAt(0)!;
    if (text === '\t') add(offset, ' '.repeat(TAB - (column % TAB)), TAB - (column % TAB));
    else if (code >= 0x20 && code < 0x7f && text.length === 1) add(offset, text, 1);
    else if (code < 0x20) add(offset, String.fromCodePoint(0x2400 + code), 1);
    else if (code >= 0x7f && code < 0xa0) add(offset, '\u2421', 1);
    else if (isInvisible(text)) add(offset, '\u00b7', 1);
    else add(offset, text, text.length > 1 && /\ufe0f|\u200d/.test(text) ? 2 : eastAsianWidth(code));
  }
  return found;
}

const isAscii = (text: string): boolean => /^[\t\x20-\x7e]*$/.test(text);

/** Direction marks and zero-width characters are made visible: a terminal would show another text than the builder reads. */
const isInvisible = (text: string): boolean => /^[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\u00ad]$/.test(text);

function* ascii(line: string): Generator<[number, string]> {
  for (let offset = 0; offset < line.length; offset++) yield [offset, line[offset]!];
}

function* graphemes(line: string): Generator<[number, string]> {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  for (const { index, segment } of segmenter.segment(line)) yield [index, segment];
}

/** The cells that one line takes. */
export const widthOf = (text: string): number =>
  isAscii(text) && !text.includes('\t') ? text.length : cells(text).reduce((sum, cell) => sum + cell.width, 0);
