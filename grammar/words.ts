import { type Piece, plainMap, sliceMap, type TextMap } from '../src/text/map.ts';
import { countBefore, type Span } from '../src/text/span.ts';
import type { Name, Operator, Trivia, Variable, Word, WordPart, WordProblem } from './ast.ts';
import { append, gap, leaf, type Source, spanOf } from './source.ts';

const DOUBLE = 0x22;
const DOLLAR = 0x24;
const SINGLE = 0x27;
const SLASH = 0x2f;
const COLON = 0x3a;
const OPEN = 0x7b;
const CLOSE = 0x7d;
/** In place of a character: the end of the word. */
const END = -1;

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
  if (special) return { kind: 'Word', span, raw, ...new PartsReader(source, start, end, span, options).read() };
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
  const splice = source.splices[countBefore(source.splices, span.start)];
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

/** A variable whose operand is being read. */
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

/** Reads one word that has syntax. The open frames are on a stack of its own: depth costs memory, not call stack. */
class PartsReader {
  private readonly source: Source;
  private readonly end: number;
  private readonly whole: Span;
  private readonly quotes: boolean;
  private readonly escapes: boolean;
  private readonly variables: boolean;
  private readonly escape: number;
  /** The innermost open frame, and those around it. */
  private top: Frame;
  private readonly outer: Frame[] = [];
  /** The place of reading, and the start of the plain text before it that has no leaves yet. */
  private at: number;
  private run: number;
  /** The end of the last leaf, in the file. */
  private cursor: number;
  /** The text of the word and the pieces of its map, up to `run`, or up to the outermost open variable. */
  private readonly chunks: string[] = [];
  private readonly pieces: Piece[] = [];
  private length = 0;
  /** How many variables are open, and where the outermost begins. */
  private depth = 0;
  private outermost = 0;
  private problem: WordProblem | undefined = undefined;

  constructor(source: Source, start: number, end: number, whole: Span, options: Options) {
    const { quotes = true, escapes = quotes, variables = true } = options;
    this.source = source;
    this.end = end;
    this.whole = whole;
    this.quotes = quotes;
    this.escapes = escapes;
    this.variables = variables;
    this.escape = source.escape.charCodeAt(0);
    this.top = { start, parts: [], stop: END, quoted: false, variable: undefined };
    this.at = start;
    this.run = start;
    this.cursor = whole.start;
  }

  read(): Parts {
    while (this.at < this.end) this.token(this.source.text.charCodeAt(this.at));
    this.flush(this.end);
    while (this.outer.length > 0) this.closeUnfinished();
    this.fill(this.whole.end, this.top.parts);
    return {
      text: this.chunks.join(''),
      map: this.pieces.length > 0 ? this.pieces : plainMap(0, this.whole.start),
      parts: this.top.parts,
      problem: this.problem,
    };
  }

  private token(code: number): void {
    const { quoted, stop } = this.top;
    if (code === stop) this.closing();
    else if (this.escapes && code === this.escape) this.escaped();
    else if (this.quotes && code === DOUBLE && !quoted) this.doubleQuote();
    else if (this.quotes && code === SINGLE && !quoted) this.singleQuote();
    else if (this.variables && code === DOLLAR) this.dollar();
    else this.at++;
  }

  /** An escape and what it escapes: anything, but in double quotes only a quote, a dollar and the escape itself. */
  private escaped(): void {
    const next = this.codeAt(this.at + 1);
    const escapes = !this.top.quoted || next === DOUBLE || next === DOLLAR || next === this.escape || next === END;
    if (!escapes) {
      this.at++;
      return;
    }
    this.flush(this.at);
    this.sign(this.top.parts);
    this.at = Math.min(this.at + width(this.source.text, this.at), this.end);
  }

  private doubleQuote(): void {
    this.flush(this.at);
    this.open({ start: this.at, parts: [], stop: DOUBLE, quoted: true, variable: undefined });
    this.sign(this.top.parts);
  }

  /** A single-quoted string, all at once: nothing is special in it. */
  private singleQuote(): void {
    const { at, end } = this;
    const found = this.source.text.indexOf("'", at + 1);
    const last = found < 0 || found >= end ? end : found;
    if (last === end) this.refuse('unterminated-quote', at, end);
    this.flush(at);
    this.sign(this.top.parts);
    this.flush(last);
    this.at = last;
    if (last < end) this.sign(this.top.parts);
  }

  /** `$name`, or `${name` up to its operator or brace; a dollar that begins no variable is plain. */
  private dollar(): void {
    const start = this.at;
    const braced = this.codeAt(start + 1) === OPEN;
    const nameStart = braced ? start + 2 : start + 1;
    const nameEnd = endOfName(this.source.text, nameStart, this.end);
    if (braced ? this.refuseNameless(start, nameStart) : nameEnd === nameStart) {
      this.at++;
      return;
    }
    this.flush(start);
    if (this.depth++ === 0) this.outermost = start;
    const trivia: Trivia[] = [this.leaf('Punctuation', start, nameStart, this.top.parts)];
    const name = this.named('Name', nameStart, nameEnd, trivia);
    const next = this.codeAt(nameEnd);
    if (!braced) this.addVariable(start, { name, operator: undefined, trivia });
    else if (next === CLOSE || next === END) this.closingBrace(start, name, trivia);
    else this.operator(start, name, trivia);
  }

  /** Refuses `${` before what cannot begin a name. */
  private refuseNameless(start: number, nameStart: number): boolean {
    const next = this.codeAt(nameStart);
    if (next === END) this.refuse('missing-brace', start, this.end);
    else if (next === OPEN || next === CLOSE || next === COLON) this.refuse('bad-substitution', start, nameStart + 1);
    else return false;
    return true;
  }

  /** The end of `${name}`. */
  private closingBrace(start: number, name: Name, trivia: Trivia[]): void {
    if (this.at < this.end) this.sign(trivia);
    else this.refuse('missing-brace', start, this.end);
    this.addVariable(start, { name, operator: undefined, trivia });
  }

  /** The operator of `${name:-word}`; its operand is a frame. */
  private operator(start: number, name: Name, trivia: Trivia[]): void {
    const from = this.at;
    const to = endOfOperator(this.source.text, from, this.end);
    const operator = this.named('Operator', from, to, trivia);
    if (!supported.has(operator.text)) this.refuse('unsupported-modifier', from, to);
    const stop = operator.text.startsWith('/') ? SLASH : CLOSE;
    this.open({ start, parts: [], stop, quoted: false, variable: { name, operator, trivia, pattern: undefined } });
  }

  /** The character that ends the open frame. */
  private closing(): void {
    this.flush(this.at);
    const { parts, stop, variable } = this.top;
    if (variable && stop === SLASH) this.secondSlash(variable);
    else {
      this.sign(variable ? variable.trivia : parts, parts);
      this.close();
    }
  }

  /** The slash between the pattern and the replacement. */
  private secondSlash(variable: OpenVariable): void {
    this.sign(variable.trivia);
    this.top = { ...this.top, parts: [], stop: CLOSE, variable: { ...variable, pattern: this.top.parts } };
  }

  /** Closes a frame that the end of the word cuts off. */
  private closeUnfinished(): void {
    const { start, stop, variable } = this.top;
    if (!variable) this.refuse('unterminated-quote', start, this.end);
    else this.refuse(stop === SLASH ? 'missing-slash' : 'missing-brace', start, this.end);
    this.close();
  }

  /** Closes the open frame, whether its end was found or not. */
  private close(): void {
    const { start, parts, variable } = this.top;
    this.top = this.outer.pop()!;
    if (!variable) append(this.top.parts, parts);
    else if (variable.pattern) this.addVariable(start, variable, variable.pattern, parts);
    else this.addVariable(start, variable, parts);
  }

  private open(frame: Frame): void {
    this.outer.push(this.top);
    this.top = frame;
  }

  /** Adds a variable that has been read up to here. */
  private addVariable(
    start: number,
    { name, operator, trivia }: Pick<Variable, 'name' | 'operator' | 'trivia'>,
    operand: readonly WordPart[] = [],
    replacement: readonly WordPart[] = [],
  ): void {
    const span = { start: spanOf(this.source, start, start + 1).start, end: this.cursor };
    this.top.parts.push({ kind: 'Variable', span, name, operator, operand, replacement, trivia });
    this.depth--;
    if (this.depth === 0) this.say(this.outermost, this.at);
  }

  /** Turns the plain text up to `to` into leaves. */
  private flush(to: number): void {
    const { source, run, top } = this;
    this.run = to;
    if (to <= run) return;
    this.fill(spanOf(source, run, run + 1).start, top.parts);
    append(top.parts, textLeaves(source, run, to));
    this.cursor = spanOf(source, run, to).end;
    if (this.depth === 0) this.say(run, to);
  }

  /** Takes the character here as punctuation; the leaves before it go to `before`. */
  private sign(into: (WordPart | Trivia)[], before = into): void {
    into.push(this.leaf('Punctuation', this.at, this.at + 1, before));
    this.at++;
    this.run = this.at;
  }

  /** Takes `from`..`to` as a name or an operator. */
  private named<K extends 'Name' | 'Operator'>(kind: K, from: number, to: number, before: Trivia[]) {
    const node = { ...this.leaf(kind, from, to, before), text: this.source.text.slice(from, to) };
    this.at = to;
    this.run = to;
    return node;
  }

  private leaf<K extends string>(kind: K, from: number, to: number, before: (WordPart | Trivia)[]) {
    const span = spanOf(this.source, from, to);
    this.fill(span.start, before);
    this.cursor = span.end;
    return leaf(this.source, kind, span);
  }

  /** Adds the leaves between the last leaf and `to` of the file. */
  private fill(to: number, into: (WordPart | Trivia)[]): void {
    if (to <= this.cursor) return;
    append(into, gap(this.source, this.cursor, to, 'Punctuation'));
    this.cursor = to;
  }

  /** Adds what stands at `from`..`to` to the text of the word. */
  private say(from: number, to: number): void {
    this.chunks.push(this.source.text.slice(from, to));
    for (const piece of mapOf(this.source, from, to)) this.pieces.push({ ...piece, at: piece.at + this.length });
    this.length += to - from;
  }

  private refuse(reason: WordProblem['reason'], from: number, to: number): void {
    this.problem ??= { reason, span: spanOf(this.source, from, to) };
  }

  private codeAt(at: number): number {
    return at < this.end ? this.source.text.charCodeAt(at) : END;
  }
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
