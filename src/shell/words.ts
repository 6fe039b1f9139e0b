import type * as un from 'unbash';
import { fileSpan, type Piece, sliceMap } from '../text/map.ts';
import type { Span } from '../text/span.ts';
import type { Command, Redirect, ShellWord } from './command.ts';
import type { Mapped } from './mapped.ts';

/** Where a range of the text stands in the file; positions behind the text, which a lone backslash at its end brings, are its end. */
export const spanIn = ({ text, map }: Mapped, start: number, end: number): Span =>
  fileSpan(map, Math.min(start, text.length), Math.min(end, text.length));

/** A word of the tree as commands have it. */
export function shellWord(source: Mapped, word: un.Word): ShellWord {
  return {
    span: spanIn(source, word.pos, word.end),
    raw: source.text.slice(word.pos, word.end),
    text: word.value,
    literal: isLiteral(word.parts),
  };
}

/** `A=b` behind `export` and its like. */
export function assignmentWord(source: Mapped, it: un.Assignment): ShellWord {
  const { pos, end, text, name, append, index, value } = it;
  const plain = value.type === 'Word' && !index;
  return {
    span: spanIn(source, pos, end),
    raw: text,
    text: plain ? `${name}${append ? '+=' : '='}${value.value}` : text,
    literal: plain && isLiteral(value.parts),
  };
}

/** Only parts that stand for themselves. */
function isLiteral(parts: readonly un.WordPart[] | undefined): boolean {
  return (parts ?? []).every(
    (part) =>
      part.type === 'Literal' ||
      part.type === 'SingleQuoted' ||
      part.type === 'AnsiCQuoted' ||
      ((part.type === 'DoubleQuoted' || part.type === 'LocaleString') &&
        part.parts.every(({ type }) => type === 'Literal')),
  );
}

/** The assignments in front of a command. */
export const assignments = (source: Mapped, { prefix }: un.Command): Command['assignments'] =>
  prefix
    .filter((item) => item.type === 'Assignment')
    .map(({ name, value, pos, end }) => ({
      name,
      value: value.type === 'Word' ? shellWord(source, value) : undefined,
      span: spanIn(source, pos, end),
    }));

/** A redirection as commands have it. */
export function redirect(source: Mapped, item: un.Redirection): Redirect {
  return {
    span: spanIn(source, item.pos, item.end),
    operator: item.operator,
    descriptor: item.descriptor?.type === 'FileDescriptor' ? item.descriptor.value : undefined,
    target: item.type !== 'HereDoc' && item.target ? shellWord(source, item.target) : undefined,
  };
}

/** Whether it says what standard input is. */
export const isInput = ({ operator, descriptor }: un.Redirection): boolean =>
  operator.startsWith('<') && (!descriptor || (descriptor.type === 'FileDescriptor' && descriptor.value === 0));

/** What is written into the script itself to be read from standard input. */
export function inputText(source: Mapped, item: un.Redirection): Mapped | undefined {
  if (item.type === 'HereDoc') return hereText(source, item);
  if (item.type !== 'HereString' || !item.target || !isLiteral(item.target.parts)) return undefined;
  return unquoted(source, item.target);
}

/** A text that is put together from parts of another, each with its way back. */
export interface Draft {
  text: string;
  readonly pieces: Piece[];
}

export const draft = (): Draft => ({ text: '', pieces: [] });

/** Adds a part of the source as it stands. */
export function keep(to: Draft, source: Mapped, start: number, end: number): void {
  if (end <= start) return;
  for (const piece of sliceMap(source.map, start, end)) to.pieces.push({ ...piece, at: to.text.length + piece.at });
  to.text += source.text.slice(start, end);
}

/** Adds a text that stands in the file in another form. */
export function put(to: Draft, text: string, { start, end }: Span): void {
  if (text === '') return;
  to.pieces.push({ at: to.text.length, length: text.length, from: start, to: end });
  to.text += text;
}

/** The text that was put together; an empty one stands at the start of `otherwise`. */
export const mapped = ({ text, pieces }: Draft, otherwise: Span): Mapped => ({
  text,
  map: pieces.length > 0 ? pieces : [{ at: 0, length: 0, from: otherwise.start, to: otherwise.start }],
});

/** Texts with blanks between them. */
export function joined(parts: readonly Mapped[], span: Span): Mapped {
  const whole = draft();
  for (const [index, part] of parts.entries()) {
    const gap = whole.pieces.at(-1)?.to ?? span.start;
    if (index > 0) put(whole, ' ', { start: gap, end: Math.max(gap, part.map[0]?.from ?? gap) });
    keep(whole, part, 0, part.text.length);
  }
  return mapped(whole, span);
}

/** A literal word without its quotes, as a text of its own. */
export function unquoted(source: Mapped, word: un.Word): Mapped {
  const to = draft();
  if (!word.parts) keepEscaped(to, source, word.pos, word.end, /[\s\S]/);
  for (const part of word.parts ?? []) {
    const { pos, end } = part;
    if (part.type === 'SingleQuoted') keep(to, source, pos + 1, end - 1);
    else if (part.type === 'DoubleQuoted') keepEscaped(to, source, pos + 1, end - 1, /[$`"\\\n]/);
    else if (part.type === 'LocaleString') keepEscaped(to, source, pos + 2, end - 1, /[$`"\\\n]/);
    else if (part.type === 'AnsiCQuoted' && !part.text.includes('\\')) keep(to, source, pos + 2, end - 1);
    else if (part.type === 'AnsiCQuoted') put(to, part.value, spanIn(source, pos, end));
    else keepEscaped(to, source, pos, end, /[\s\S]/);
  }
  const span = spanIn(source, word.pos, word.end);
  if (to.text === word.value) return mapped(to, span);
  const whole = draft();
  put(whole, word.value, span);
  return mapped(whole, span);
}

/** Adds a part without the backslashes in front of what they escape. */
function keepEscaped(to: Draft, source: Mapped, start: number, end: number, escapable: RegExp): void {
  const text = source.text.slice(start, end);
  let from = 0;
  for (let at = text.indexOf('\\'); at >= 0 && at + 1 < text.length; at = text.indexOf('\\', at + 2)) {
    const next = text[at + 1]!;
    if (!escapable.test(next)) continue;
    keep(to, source, start + from, start + at);
    from = next === '\n' ? at + 2 : at + 1;
  }
  keep(to, source, start + from, end);
}

/** What a program reads from a here-document. */
function hereText(source: Mapped, { operator, delimiter, body }: un.HereDoc): Mapped {
  const to = draft();
  for (let at = body.pos; at < body.end; ) {
    const found = source.text.indexOf('\n', at);
    const next = found < 0 || found >= body.end ? body.end : found + 1;
    while (operator === '<<-' && at < next && source.text[at] === '\t') at++;
    if (delimiter?.quoted) keep(to, source, at, next);
    else keepEscaped(to, source, at, next, /[$`\\\n]/);
    at = next;
  }
  return mapped(to, spanIn(source, body.pos, body.pos));
}
