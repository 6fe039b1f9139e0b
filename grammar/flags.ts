import type { Piece } from '../src/text/map.ts';
import { isNarrowSpace, skipSpace } from './characters.ts';
import { type Source, spanOf } from './source.ts';

/**
 * The end of the flag that begins at `start` (reference: parser.extractBuilderFlags): up to white space outside quotes;
 * the escape character takes the next character with it, in single quotes too.
 */
export function endOfFlag(text: string, start: number, end: number, escape: string): number {
  let quote = '';
  for (let at = start; at < end; at++) {
    const char = text[at]!;
    if (char === escape) at++;
    else if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (isNarrowSpace(text.charCodeAt(at))) return at;
  }
  return end;
}

/** The offset of the first argument at or behind `start`: flags, and a bare `--`, skipped. */
export function skipFlags(text: string, start: number, escape: string): number {
  let at = skipSpace(text, start, text.length);
  while (text.startsWith('--', at)) {
    const end = endOfFlag(text, at, text.length, escape);
    const last = end === at + 2;
    at = skipSpace(text, end, text.length);
    if (last) break;
  }
  return at;
}

/** A flag's text with quotes and escapes taken off, as a source of its own that still leads to the file. */
export function unquoteFlag(source: Source, start: number, end: number): Source {
  const chunks: string[] = [];
  const pieces: Piece[] = [];
  let length = 0;
  let quote = '';
  const take = (from: number, to: number): void => {
    for (let at = from; at < to; ) {
      const span = spanOf(source, at, to);
      const whole = span.end - span.start === to - at;
      const next = whole ? to : at + 1;
      const part = whole ? span : spanOf(source, at, next);
      chunks.push(source.text.slice(at, next));
      pieces.push({ at: length, length: next - at, from: part.start, to: part.end });
      length += next - at;
      at = next;
    }
  };
  let run = start;
  for (let at = start; at < end; at++) {
    const char = source.text[at]!;
    if (char === source.escape) {
      take(run, at);
      run = ++at;
    } else if (quote === '' ? char === '"' || char === "'" : char === quote) {
      take(run, at);
      run = at + 1;
      quote = quote === '' ? char : '';
    }
  }
  take(run, end);
  return { ...source, text: chunks.join(''), map: pieces };
}
