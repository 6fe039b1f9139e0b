import { fileSpan, type Piece, plainMap } from '../src/text/map.ts';
import type { Span } from '../src/text/span.ts';
import type { Comment, Directive, EscapeCharacter, Heredoc, ParseError, Trivia } from './ast.ts';
import { skipSpace, trimSpaceEnd, withoutEnd } from './characters.ts';
import { type Opener, openers } from './heredocs.ts';
import { append, leaf, type Source } from './source.ts';
import { readWord } from './words.ts';

/** An instruction with its continued lines joined; the grammar reads `text`. */
export interface LogicalLine {
  /** Where `text` begins in the joined text of all logical lines. */
  readonly at: number;
  readonly text: string;
  readonly heredocs: readonly Heredoc[];
  /** From the first character of its first line to the end of its last, here-documents included, the line end left out. */
  readonly span: Span;
}

/** What the first pass makes of a file. */
export interface JoinedLines {
  readonly escape: EscapeCharacter;
  readonly directives: readonly Directive[];
  readonly comments: readonly Comment[];
  readonly logical: readonly LogicalLine[];
  /** What stands between logical lines, comments and directives. */
  readonly trivia: readonly Trivia[];
  /** All logical lines, each ended by a newline, and the way back to the file. */
  readonly source: Source;
  readonly errors: readonly ParseError[];
}

/** The longest line that BuildKit reads, in bytes of UTF-8, its end included. */
const LINE_LIMIT = 65_535;

/**
 * The first pass, as BuildKit's parser.Parse does it: physical lines become directives, comments, blank lines and logical
 * lines; continuations are joined, comment lines and blank lines inside them taken out, here-document bodies set aside.
 */
export const readLines = (file: string): JoinedLines => new LineReader(file).read();

/** Reads the lines of one file, in order. */
class LineReader {
  private readonly file: string;
  private readonly source: Source & { text: string; escape: EscapeCharacter };
  /** The start of the next line. */
  private at = 0;
  private readonly directives: Directive[] = [];
  private readonly comments: Comment[] = [];
  private readonly logical: LogicalLine[] = [];
  private readonly trivia: Trivia[] = [];
  private readonly errors: ParseError[] = [];
  /** The joined text, which becomes the source's, with its map and what was taken out. */
  private readonly texts: string[] = [];
  private textLength = 0;
  private readonly pieces: Piece[] = [];
  private readonly splices: Trivia[] = [];
  /** Delimiters that no line further down holds alone, so that a thousand open here-documents are not a thousand searches. */
  private readonly endless = new Set<string>();

  constructor(file: string) {
    this.file = file;
    this.source = { file, text: '', map: this.pieces, splices: this.splices, escape: '\\' };
  }

  read(): JoinedLines {
    const { file, source, directives, comments, logical, trivia, errors } = this;
    this.byteOrderMark();
    let inDirectives = true;
    while (this.at < file.length) {
      const line = this.next();
      const start = skipSpace(file, line.start, line.stop);
      inDirectives &&= this.directive(line, start);
      if (!inDirectives && !this.commentOrBlank(line, start, comments, trivia)) this.instruction(line, start);
    }
    source.text = this.texts.length > 0 ? `${this.texts.join('\n')}\n` : '';
    return { escape: source.escape, directives, comments, logical, trivia, source, errors };
  }

  private byteOrderMark(): void {
    if (this.file.charCodeAt(0) !== 0xfeff) return;
    this.trivia.push(leaf(this.source, 'Bom', { start: 0, end: 1 }));
    this.at = 1;
  }

  /** The next physical line. */
  private next(): Line {
    const line = lineAt(this.file, this.at);
    this.at = line.end;
    if (line.end - line.start > LINE_LIMIT / 3 && bytes(this.file, line) > LINE_LIMIT) {
      const message = `The line is longer than ${LINE_LIMIT} bytes, the most that BuildKit reads; split it with a backslash.`;
      this.errors.push({ message, span: { start: line.start, end: line.stop } });
    }
    return line;
  }

  /** Takes a line that is a directive; false where it is none. */
  private directive(line: Line, start: number): boolean {
    const { source, directives, trivia } = this;
    const directive = readDirective(source, start, line, directives, this.errors);
    if (!directive) return false;
    this.space(line.start, start, trivia);
    directives.push(directive);
    if (directive.name === 'escape' && isEscape(directive.value)) source.escape = directive.value;
    this.lineEnd(line, trivia);
    return true;
  }

  /** Takes a comment line or a blank line; false where it is neither. */
  private commentOrBlank(line: Line, start: number, comments: Trivia[], trivia: Trivia[]): boolean {
    if (start === line.stop) trivia.push(leaf(this.source, 'Blank', { start: line.start, end: line.end }));
    else if (this.file[start] === '#') this.comment(line, start, comments, trivia);
    else return false;
    return true;
  }

  private comment(line: Line, start: number, comments: Trivia[], trivia: Trivia[]): void {
    this.space(line.start, start, trivia);
    const node = leaf(this.source, 'Comment', { start, end: line.stop });
    comments.push({ ...node, text: node.raw.slice(1).trim() });
    this.lineEnd(line, trivia);
  }

  /** Takes an instruction with the lines that continue it and the bodies of its here-documents. */
  private instruction(first: Line, start: number): void {
    this.space(first.start, start, this.trivia);
    const { parts, last } = this.join(first, start);
    const textStart = this.textLength;
    const { text, map } = this.addText(trim(this.file, parts), start);
    const found = openers(text, this.source.escape);
    if (found.length > 0) this.lineEnd(last, this.splices);
    const heredocs = found.map((it) => this.heredoc(it, fileSpan(map, textStart + it.start, textStart + it.end)));
    const end = heredocs.at(-1)?.span.end ?? last.stop;
    this.logical.push({ at: textStart, text, heredocs, span: { start, end } });
    // the end of the last line stands outside the instruction
    if (end < this.at) this.trivia.push(leaf(this.source, 'LineEnd', { start: end, end: this.at }));
  }

  /** The parts of an instruction without what joining takes out, and its last line. */
  private join(first: Line, begin: number): { parts: Span[]; last: Line } {
    const parts: Span[] = [];
    let line: Line | undefined = first;
    let start = begin;
    while (true) {
      const stop = continuation(this.file, start, line.stop, this.source.escape);
      const end = stop ?? line.stop;
      if (end > start) parts.push({ start, end });
      if (stop === undefined) return { parts, last: line };
      this.splices.push(leaf(this.source, 'Continuation', { start: stop, end: line.end }));
      line = this.continued();
      if (!line) return { parts, last: { start: this.at, stop: this.at, end: this.at } };
      start = line.start;
    }
  }

  /** The line that goes on with an instruction, after comments and blank lines; undefined at the end of the file. */
  private continued(): Line | undefined {
    while (this.at < this.file.length) {
      const line = this.next();
      const start = skipSpace(this.file, line.start, line.stop);
      if (!this.commentOrBlank(line, start, this.splices, this.splices)) return line;
    }
    return undefined;
  }

  /** Adds a line to the joined text; an empty one stands at `start` of the file. */
  private addText(parts: readonly Span[], start: number): { text: string; map: Piece[] } {
    const map: Piece[] = [];
    for (const { start: from, end: to } of parts.length > 0 ? parts : [{ start, end: start }]) {
      map.push({ at: this.textLength, length: to - from, from, to });
      this.textLength += to - from;
    }
    append(this.pieces, map);
    const text = parts.map((part) => this.file.slice(part.start, part.end)).join('');
    this.texts.push(text);
    this.textLength++;
    return { text, map };
  }

  /** Takes the body of a here-document, up to the line that ends it. */
  private heredoc(opener: Opener, span: Span): Heredoc {
    const { file, source, at: start } = this;
    const { delimiter, stripTabs } = opener;
    const sought = `${stripTabs} ${delimiter}`;
    const likely = /^[\w-]+/.exec(delimiter)?.[0] ?? delimiter;
    let alike: number | undefined;
    while (this.at < file.length) {
      const line = this.next();
      const from = stripTabs ? skipTabs(file, line.start) : line.start;
      const text = file.slice(from, line.stop);
      if (text === delimiter) {
        const trivia: Trivia[] = [];
        this.space(line.start, from, trivia);
        const terminator = { ...leaf(source, 'Name', { start: from, end: line.stop }), text };
        return heredocNode(source, opener, span, { start, end: line.start }, terminator, trivia);
      }
      if (alike === undefined && (text === likely || text.trim() === delimiter)) alike = line.end;
      if (alike !== undefined && this.endless.has(sought)) break;
    }
    this.endless.add(sought);
    this.errors.push({ ...unterminated(opener, likely, alike !== undefined), span });
    this.at = alike ?? file.length;
    return heredocNode(source, opener, span, { start, end: this.at }, undefined, []);
  }

  private space(start: number, end: number, into: Trivia[]): void {
    if (end > start) into.push(leaf(this.source, 'Space', { start, end }));
  }

  private lineEnd({ stop, end }: Line, into: Trivia[]): void {
    if (end > stop) into.push(leaf(this.source, 'LineEnd', { start: stop, end }));
  }
}

/** A physical line: `stop` leaves out its end (any number of carriage returns, a newline), `end` is behind it. */
interface Line {
  readonly start: number;
  readonly stop: number;
  readonly end: number;
}

function lineAt(file: string, start: number): Line {
  const newline = file.indexOf('\n', start);
  const end = newline < 0 ? file.length : newline + 1;
  let stop = newline < 0 ? end : newline;
  while (stop > start && file.charCodeAt(stop - 1) === 0x0d) stop--;
  return { start, stop, end };
}

function skipTabs(file: string, start: number): number {
  let at = start;
  while (file[at] === '\t') at++;
  return at;
}

/** Where the escape character that continues the line stands; a doubled one continues nothing. */
function continuation(file: string, start: number, stop: number, escape: EscapeCharacter): number | undefined {
  let last = stop - 1;
  while (last >= start && (file[last] === ' ' || file[last] === '\t')) last--;
  if (last < start || file[last] !== escape) return undefined;
  return last > start && file[last - 1] === escape ? undefined : last;
}

/** The parts of a logical line without the white space at its two ends. */
function trim(file: string, parts: readonly Span[]): Span[] {
  const trimmed = [...parts];
  while (trimmed.length > 0) {
    const { start, end } = trimmed[0]!;
    const first = skipSpace(file, start, end);
    if (first < end) {
      trimmed[0] = { start: first, end };
      break;
    }
    trimmed.shift();
  }
  while (trimmed.length > 0) {
    const { start, end } = trimmed.at(-1)!;
    const last = trimSpaceEnd(file, start, end);
    if (last > start) {
      trimmed[trimmed.length - 1] = { start, end: last };
      break;
    }
    trimmed.pop();
  }
  return trimmed;
}

function bytes(file: string, line: Line): number {
  let count = 0;
  for (let at = line.start; at < line.end; at++) {
    const code = file.charCodeAt(at);
    // each half of a surrogate pair counts two of the pair's four bytes
    count += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 2 : 3;
  }
  return count;
}

const directiveShape = /^#[\t\n\f\r ]*([A-Za-z][A-Za-z0-9]*)[\t\n\f\r ]*=[\t\n\f\r ]*(.+)$/s;
const directiveNames = new Set(['escape', 'syntax', 'check']);
const isEscape = (value: string): value is EscapeCharacter => value === '\\' || value === '`';

function readDirective(
  source: Source,
  start: number,
  line: Line,
  before: readonly Directive[],
  errors: ParseError[],
): Directive | undefined {
  const match = directiveShape.exec(source.file.slice(start, line.stop));
  const name = match?.[1]?.toLowerCase();
  const value = match?.[2] && withoutEnd(match[2], '\t\n\f\r ');
  if (!match || !name || !value || !directiveNames.has(name)) return undefined;
  const valueStart = start + match[0].length - match[2]!.length;
  const valueSpan = { start: valueStart, end: valueStart + value.length };
  const node = leaf(source, 'Directive', { start, end: line.stop });
  if (before.some((directive) => directive.name === name)) {
    errors.push({
      message: `The directive ${name} is given twice; only one is allowed. Remove this line.`,
      span: node.span,
    });
  } else if (name === 'escape' && !isEscape(value)) {
    const message = `The escape character can be \\ or \`, not ${value}.`;
    errors.push({ message, span: valueSpan, meant: '`' });
  }
  return { ...node, name: name as Directive['name'], value, valueSpan };
}

function heredocNode(
  source: Source,
  opener: Opener,
  span: Span,
  body: Span,
  terminator: Heredoc['terminator'],
  trivia: readonly Trivia[],
): Heredoc {
  return {
    kind: 'Heredoc',
    span: { start: body.start, end: terminator?.span.end ?? body.end },
    opener: span,
    delimiter: opener.delimiter,
    expand: opener.expand,
    stripTabs: opener.stripTabs,
    body: { ...leaf(source, 'HeredocBody', body), parts: [], problem: undefined },
    terminator,
    trivia,
  };
}

function unterminated(opener: Opener, likely: string, alike: boolean): Pick<ParseError, 'message' | 'meant'> {
  const { delimiter } = opener;
  if (alike && likely !== delimiter) {
    const meant = `<<${opener.stripTabs ? '-' : ''}${likely} ${delimiter.slice(likely.length)}`;
    const message = `BuildKit takes the whole word ${delimiter} for the delimiter of this here-document, and no line is just that; put a space after ${likely}.`;
    return { message, meant };
  }
  if (alike) {
    return {
      message: `The line that ends this here-document has spaces around ${delimiter}; it must contain only ${delimiter}.`,
    };
  }
  return { message: `This here-document does not end: no line contains only ${delimiter}.` };
}

/** The body of a COPY or ADD here-document with its variables; quotes are plain there, escapes are not. */
export function expandBody(source: Source, heredoc: Heredoc): Heredoc {
  const { body } = heredoc;
  if (!heredoc.expand || !/[$\\`]/.test(body.raw)) return heredoc;
  const plain = { ...source, text: body.raw, map: plainMap(body.raw.length, body.span.start), splices: [] };
  const word = readWord(plain, 0, body.raw.length, { quotes: false, escapes: true });
  return { ...heredoc, body: { ...body, parts: word.parts, problem: word.problem } };
}
