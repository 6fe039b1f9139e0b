import { type Piece, plainMap, sliceMap, type TextMap } from '../src/text/map.ts';
import type { Span } from '../src/text/span.ts';
import type { Name, Operator, Trivia, Variable, Word, WordPart, WordProblem } from './ast.ts';
import { append, firstSplice, gap, leaf, type Source, spanOf } from './source.ts';

const DOUBLE = 0x22;
const DOLLAR = 0x24;
const SINGLE = 0x27;
const SLASH = 0x2f;
const COLON = 0x3a;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const NO_STOP = -1;

interface Options {
  /** The file span of the word, where it is more than its text (the quotes of a JSON string). */
  readonly span?: Span;
  /** Read quotes. Default true; names that BuildKit takes as they stand and here-document bodies have none. */
  readonly quotes?: boolean;
  /** Read escapes. Default: as `quotes`. */
  readonly escapes?: boolean;
  /** Look for variables. Default true. */
  readonly variables?: boolean;
}

/**
 * Reads the word that stands at `start`..`end` of `source.text` as BuildKit's word expansion reads it
 * (moby/buildkit frontend/dockerfile/shell): quotes, escapes, variables with every modifier, nested without limit.
 * Never throws; what the expansion would refuse is the word's `problem`.
 */
export function readWord(source: Source, start: number, end: number, options: Options = {}): Word {
  const inner = spanOf(source, start, end);
  const span = options.span ?? inner;
  const raw = source.file.slice(span.start, span.end);
  const text = source.text.slice(start, end);
  const special = hasSpecial(text, source.escape, options) || hasSplice(source, span);
  if (special) return { kind: 'Word', span, raw, ...readParts(source, start, end, span, options) };
  return { kind: 'Word', span, raw, text, map: mapOf(source, start, end, inner), parts: [], problem: undefined };
}

/** The leaves of a text that has no syntax of its own but may be cut by continuations; none where it is whole. */
export function readText(source: Source, start: number, end: number): WordPart[] {
  const span = spanOf(source, start, end);
  return hasSplice(source, span) ? textLeaves(source, start, end) : [];
}

/** The map of `start`..`end` of the source's text. */
export function mapOf(source: Source, start: number, end: number, span = spanOf(source, start, end)): TextMap {
  return span.end - span.start === end - start ? plainMap(end - start, span.start) : sliceMap(source.map, start, end);
}

function hasSpecial(
  text: string,
  escape: string,
  { quotes = true, escapes = quotes, variables = true }: Options,
): boolean {
  if ((variables && text.includes('$')) || (escapes && text.includes(escape))) return true;
  return quotes && (text.includes('"') || text.includes("'"));
}

function hasSplice(source: Source, span: Span): boolean {
  const splice = source.splices[firstSplice(source.splices, span.start)];
  return splice !== undefined && splice.span.end <= span.end;
}

function textLeaves(source: Source, start: number, end: number): WordPart[] {
  const parts: WordPart[] = [];
  let cursor = spanOf(source, start, start).start;
  for (const piece of sliceMap(source.map, start, end)) {
    if (piece.from > cursor) append(parts, gap(source, cursor, piece.from, 'Punctuation') as WordPart[]);
    if (piece.to > piece.from) parts.push(leaf(source, 'Text', { start: piece.from, end: piece.to }));
    cursor = piece.to;
  }
  return parts;
}

/** A variable whose closing brace is still to come. */
interface OpenVariable {
  readonly name: Name;
  readonly operator: Operator;
  readonly trivia: Trivia[];
  /** The pattern of `/pattern/replacement`, once the second slash was seen. */
  readonly pattern: readonly WordPart[] | undefined;
}

/** What is open at a place: the word itself, a double-quoted string, or an operand of a variable. */
interface Frame {
  readonly start: number;
  readonly parts: WordPart[];
  /** The character that closes it. */
  readonly stop: number;
  readonly quoted: boolean;
  readonly variable: OpenVariable | undefined;
}

type Parts = Pick<Word, 'text' | 'map' | 'parts' | 'problem'>;

/** Frames on a stack of our own, so that depth costs memory and no call stack. */
function readParts(source: Source, start: number, end: number, whole: Span, options: Options): Parts {
  const { quotes = true, escapes = quotes, variables = true } = options;
  const { text } = source;
  const escape = source.escape.charCodeAt(0);
  const frames: Frame[] = [];
  const pieces: Piece[] = [];
  const chunks: string[] = [];
  let top: Frame = { start, parts: [], stop: NO_STOP, quoted: false, variable: undefined };
  const root = top;
  let depth = 0;
  let outermost = start;
  let length = 0;
  let cursor = whole.start;
  let problem: WordProblem | undefined;
  let at = start;
  let run = start;

  const refuse = (reason: WordProblem['reason'], from: number, to: number): void => {
    problem ??= { reason, span: spanOf(source, from, to) };
  };
  /** Adds what stands at `from`..`to` to the text of the word. */
  const say = (from: number, to: number): void => {
    chunks.push(text.slice(from, to));
    for (const piece of mapOf(source, from, to)) pieces.push({ ...piece, at: piece.at + length });
    length += to - from;
  };
  /** The leaves between the last leaf and `to`. */
  const between = (to: number): Trivia[] => {
    const trivia = to > cursor ? gap(source, cursor, to, 'Punctuation') : [];
    cursor = Math.max(cursor, to);
    return trivia;
  };
  const token = <K extends string>(kind: K, from: number, to: number, trivia: { push(item: Trivia): unknown }) => {
    const span = spanOf(source, from, to);
    for (const item of between(span.start)) trivia.push(item);
    cursor = span.end;
    return leaf(source, kind, span);
  };
  const parts = (): { push(item: Trivia): unknown } => top.parts as Trivia[];
  const punctuation = (from: number, to: number): void => {
    top.parts.push(token('Punctuation', from, to, parts()));
  };
  const flush = (to: number): void => {
    if (to > run) {
      const first = spanOf(source, run, run + 1).start;
      for (const item of between(first)) parts().push(item);
      append(top.parts, textLeaves(source, run, to));
      cursor = spanOf(source, run, to).end;
      if (depth === 0) say(run, to);
    }
    run = to;
  };
  const open = (frame: Omit<Frame, 'parts'>): void => {
    frames.push(top);
    top = { ...frame, parts: [] };
  };
  const variable = (from: number, name: Name, operator: Operator | undefined, rest: Partial<Variable>): Variable => ({
    kind: 'Variable',
    span: { start: spanOf(source, from, from + 1).start, end: cursor },
    name,
    operator,
    operand: rest.operand ?? [],
    replacement: rest.replacement ?? [],
    trivia: rest.trivia ?? [],
  });
  const leaveVariable = (): void => {
    depth--;
    if (depth === 0) say(outermost, at);
  };
  /** Closes the topmost frame at `at`, whether its end was found or not. */
  const close = (): void => {
    const frame = top;
    top = frames.pop()!;
    if (!frame.variable) {
      append(top.parts, frame.parts);
      return;
    }
    const { name, operator, trivia, pattern } = frame.variable;
    const operand = pattern ?? frame.parts;
    const replacement = pattern ? frame.parts : [];
    top.parts.push(variable(frame.start, name, operator, { operand, replacement, trivia }));
    leaveVariable();
  };
  /** `$name`, or `${name` up to its operator or brace; false where the dollar is only a dollar. */
  const dollar = (): boolean => {
    const from = at;
    const braced = text.charCodeAt(at + 1) === OPEN && at + 1 < end;
    const nameStart = at + (braced ? 2 : 1);
    if (braced) {
      const next = nameStart < end ? text.charCodeAt(nameStart) : NO_STOP;
      if (next === NO_STOP) refuse('missing-brace', from, end);
      if (next === OPEN || next === CLOSE || next === COLON) refuse('bad-substitution', from, nameStart + 1);
      if (next === NO_STOP || next === OPEN || next === CLOSE || next === COLON) return false;
    }
    const nameEnd = endOfName(text, nameStart, end);
    if (!braced && nameEnd === nameStart) return false;
    flush(from);
    if (depth === 0) outermost = from;
    const trivia: Trivia[] = [];
    trivia.push(token('Punctuation', from, nameStart, parts()));
    const name = { ...token('Name', nameStart, nameEnd, trivia), text: text.slice(nameStart, nameEnd) };
    depth++;
    at = run = nameEnd;
    const next = at < end ? text.charCodeAt(at) : NO_STOP;
    if (!braced || next === CLOSE || next === NO_STOP) {
      if (braced && next === NO_STOP) refuse('missing-brace', from, end);
      if (braced && next === CLOSE) trivia.push(token('Punctuation', at, ++at, trivia));
      run = at;
      top.parts.push(variable(from, name, undefined, { trivia }));
      leaveVariable();
      return true;
    }
    const operatorEnd = endOfOperator(text, at, end);
    const operator = { ...token('Operator', at, operatorEnd, trivia), text: text.slice(at, operatorEnd) };
    if (!supported.has(operator.text)) refuse('unsupported-modifier', at, operatorEnd);
    at = run = operatorEnd;
    const stop = operator.text.startsWith('/') ? SLASH : CLOSE;
    open({ start: from, stop, quoted: false, variable: { name, operator, trivia, pattern: undefined } });
    return true;
  };

  while (at < end) {
    const code = text.charCodeAt(at);
    if (code === top.stop) {
      flush(at);
      if (top.variable && code === SLASH) {
        const { variable: half } = top;
        half.trivia.push(token('Punctuation', at, ++at, half.trivia));
        run = at;
        const second = { start: top.start, stop: CLOSE, quoted: false, variable: { ...half, pattern: top.parts } };
        top = { ...second, parts: [] };
      } else if (top.variable) {
        top.variable.trivia.push(token('Punctuation', at, ++at, top.parts as Trivia[]));
        run = at;
        close();
      } else {
        punctuation(at, ++at);
        run = at;
        close();
      }
    } else if (escapes && code === escape) {
      const next = text.charCodeAt(at + 1);
      const literal = top.quoted && at + 1 < end && next !== DOUBLE && next !== DOLLAR && next !== escape;
      if (literal) {
        at++;
      } else {
        flush(at);
        punctuation(at, at + 1);
        run = at + 1;
        at = Math.min(at + 1 + width(text, at + 1), end);
      }
    } else if (quotes && code === DOUBLE && !top.quoted) {
      flush(at);
      open({ start: at, stop: DOUBLE, quoted: true, variable: undefined });
      punctuation(at, ++at);
      run = at;
    } else if (quotes && code === SINGLE && !top.quoted) {
      const closing = text.indexOf("'", at + 1);
      const last = closing < 0 || closing >= end ? end : closing;
      if (last === end) refuse('unterminated-quote', at, end);
      flush(at);
      punctuation(at, at + 1);
      run = at + 1;
      flush(last);
      at = last;
      if (last < end) punctuation(at, ++at);
      run = at;
    } else if (variables && code === DOLLAR) {
      if (!dollar()) at++;
    } else {
      at++;
    }
  }
  flush(end);
  while (top !== root) {
    if (top.variable) refuse(top.stop === SLASH ? 'missing-slash' : 'missing-brace', top.start, end);
    else refuse('unterminated-quote', top.start, end);
    close();
  }
  for (const item of between(whole.end)) parts().push(item);
  return {
    text: chunks.join(''),
    map: pieces.length > 0 ? pieces : plainMap(0, whole.start),
    parts: top.parts,
    problem,
  };
}

const supported = new Set([':-', '-', ':+', '+', ':?', '?', '#', '##', '%', '%%', '/', '//']);

const width = (text: string, at: number): number => ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);

/** `:x` is two characters whatever x is; `##`, `%%` and `//` are doubled; the rest is one. */
function endOfOperator(text: string, at: number, end: number): number {
  const first = text.charCodeAt(at);
  if (first === COLON) return Math.min(at + 1 + width(text, at + 1), end);
  const doubles = first === 0x23 || first === 0x25 || first === SLASH;
  return doubles && at + 1 < end && text.charCodeAt(at + 1) === first ? at + 2 : at + width(text, at);
}

const letter = /\p{L}|\p{Nd}/u;
const digit = /\p{Nd}/u;

const isNameCharacter = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  if (code < 0x80)
    return (code >= 0x30 && code <= 0x39) || ((code | 0x20) - 0x61 < 26 && (code | 0x20) >= 0x61) || code === 0x5f;
  return letter.test(String.fromCodePoint(text.codePointAt(at)!));
};

/** A name is letters, digits and `_`; a leading digit takes digits only; one of `@*#?-$!0` is a name by itself. */
function endOfName(text: string, start: number, end: number): number {
  if (start >= end) return start;
  if (digit.test(text[start]!)) {
    let at = start;
    while (at < end && digit.test(text[at]!)) at++;
    return at;
  }
  if ('@*#?-$!'.includes(text[start]!)) return start + 1;
  let at = start;
  while (at < end && isNameCharacter(text, at)) at += width(text, at);
  return Math.min(at, end);
}
