import { fileSpan, type Piece, plainMap } from '../src/text/map.ts';
import type { Span } from '../src/text/span.ts';
import type { Bom, Comment, Directive, EscapeCharacter, Heredoc, LineEnd, ParseError, Trivia } from './ast.ts';
import { skipSpace, trimSpaceEnd } from './characters.ts';
import { type Opener, openers } from './heredocs.ts';
import { leaf, type Source } from './source.ts';
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

export interface Lines {
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
export function readLines(file: string): Lines {
  const errors: ParseError[] = [];
  const directives: Directive[] = [];
  const comments: Comment[] = [];
  const trivia: Trivia[] = [];
  const splices: Trivia[] = [];
  const logical: LogicalLine[] = [];
  const texts: string[] = [];
  const pieces: Piece[] = [];
  const source = { file, text: '', map: pieces, splices, escape: '\\' as EscapeCharacter };
  let inDirectives = true;
  let textLength = 0;
  let at = 0;

  const next = (): Line => {
    const line = lineAt(file, at);
    at = line.end;
    if (line.end - line.start > LINE_LIMIT / 3 && bytes(file, line) > LINE_LIMIT) {
      const message = `The line is longer than ${LINE_LIMIT} bytes, which is all that BuildKit reads; continue it on further lines.`;
      errors.push({ message, span: { start: line.start, end: line.stop } });
    }
    return line;
  };
  const comment = (line: Line, start: number, into: Trivia[]): Comment => {
    if (start > line.start) into.push(leaf(source, 'Space', { start: line.start, end: start }));
    const node = leaf(source, 'Comment', { start, end: line.stop });
    return { ...node, text: node.raw.slice(1).trim() };
  };
  const lineEnd = (line: Line, into: Trivia[]): void => {
    if (line.end > line.stop) into.push(leaf(source, 'LineEnd', { start: line.stop, end: line.end }) as LineEnd);
  };

  /** Joins the lines of the instruction that begins in `first`. */
  const join = (first: Line): { parts: Span[]; last: Line } => {
    const parts: Span[] = [];
    let line = first;
    let start = skipSpace(file, first.start, first.stop);
    while (true) {
      const stop = continuation(file, start, line.stop, source.escape);
      if (stop === undefined) {
        if (line.stop > start) parts.push({ start, end: line.stop });
        return { parts, last: line };
      }
      if (stop > start) parts.push({ start, end: stop });
      splices.push(leaf(source, 'Continuation', { start: stop, end: line.end }));
      while (true) {
        if (at >= file.length) return { parts, last: { start: at, stop: at, end: at } };
        line = next();
        const content = skipSpace(file, line.start, line.stop);
        if (content < line.stop && file[content] === '#') {
          splices.push(comment(line, content, splices));
          lineEnd(line, splices);
        } else if (content === line.stop) {
          splices.push(leaf(source, 'Blank', { start: line.start, end: line.end }));
        } else break;
      }
      start = line.start;
    }
  };

  /** Delimiters that no line further down holds alone, so that a thousand open here-documents are not a thousand searches. */
  const endless = new Set<string>();
  const body = (opener: Opener, span: Span): Heredoc => {
    const start = at;
    const trivia: Trivia[] = [];
    let alike: number | undefined;
    const sought = `${opener.stripTabs} ${opener.delimiter}`;
    const likely = /^[\w-]+/.exec(opener.delimiter)?.[0] ?? opener.delimiter;
    while (at < file.length) {
      const line = next();
      let from = line.start;
      if (opener.stripTabs) while (file[from] === '\t') from++;
      const text = file.slice(from, line.stop);
      if (text === opener.delimiter) {
        if (from > line.start) trivia.push(leaf(source, 'Space', { start: line.start, end: from }));
        const terminator = { ...leaf(source, 'Name', { start: from, end: line.stop }), text };
        return heredoc(source, opener, span, { start, end: line.start }, terminator, trivia);
      }
      if (alike === undefined && (text === likely || text.trim() === opener.delimiter)) alike = line.end;
      if (alike !== undefined && endless.has(sought)) break;
    }
    endless.add(sought);
    errors.push({ ...unterminated(opener, likely, alike !== undefined), span });
    const end = alike ?? file.length;
    at = end;
    return heredoc(source, opener, span, { start, end }, undefined, trivia);
  };

  const instruction = (first: Line): void => {
    const start = skipSpace(file, first.start, first.stop);
    if (start > first.start) trivia.push(leaf(source, 'Space', { start: first.start, end: start }));
    const { parts, last } = join(first);
    const trimmed = trim(file, parts);
    const from = textLength;
    for (const part of trimmed) {
      pieces.push({ at: textLength, length: part.end - part.start, from: part.start, to: part.end });
      textLength += part.end - part.start;
    }
    const text = trimmed.map((part) => file.slice(part.start, part.end)).join('');
    if (trimmed.length === 0) pieces.push({ at: from, length: 0, from: start, to: start });
    textLength++;
    texts.push(text);
    const heredocs: Heredoc[] = [];
    const found = openers(text, source.escape);
    if (found.length > 0) lineEnd(last, splices);
    const map = pieces.slice(pieces.length - Math.max(trimmed.length, 1));
    for (const opener of found) heredocs.push(body(opener, fileSpan(map, from + opener.start, from + opener.end)));
    const final = heredocs.at(-1)?.span.end ?? last.stop;
    logical.push({ at: from, text, heredocs, span: { start, end: final } });
    // the line behind the last terminator ends outside the instruction
    if (final < at) trivia.push(leaf(source, 'LineEnd', { start: final, end: at }));
  };

  if (file.charCodeAt(0) === 0xfeff) {
    trivia.push(leaf(source, 'Bom', { start: 0, end: 1 }) as Bom);
    at = 1;
  }
  while (at < file.length) {
    const line = next();
    const start = skipSpace(file, line.start, line.stop);
    if (inDirectives) {
      const directive = readDirective(source, start, line, directives, errors);
      inDirectives = directive !== undefined;
      if (directive) {
        if (start > line.start) trivia.push(leaf(source, 'Space', { start: line.start, end: start }));
        directives.push(directive);
        if (directive.name === 'escape' && isEscape(directive.value)) source.escape = directive.value;
        lineEnd(line, trivia);
        continue;
      }
    }
    if (start === line.stop) trivia.push(leaf(source, 'Blank', { start: line.start, end: line.end }));
    else if (file[start] === '#') {
      comments.push(comment(line, start, trivia));
      lineEnd(line, trivia);
    } else instruction(line);
  }
  source.text = texts.length > 0 ? `${texts.join('\n')}\n` : '';
  return { escape: source.escape, directives, comments, logical, trivia, source, errors };
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
  const value = match?.[2]?.replace(/[\t\n\f\r ]+$/, '');
  if (!match || !name || !value || !directiveNames.has(name)) return undefined;
  const valueStart = start + match[0].length - match[2]!.length;
  const valueSpan = { start: valueStart, end: valueStart + value.length };
  const node = leaf(source, 'Directive', { start, end: line.stop });
  if (before.some((directive) => directive.name === name)) {
    errors.push({
      message: `The directive ${name} is given twice; one is allowed. Remove this line.`,
      span: node.span,
    });
  } else if (name === 'escape' && !isEscape(value)) {
    const message = `The escape character can be \\ or \`, not ${value}.`;
    errors.push({ message, span: valueSpan, meant: '`' });
  }
  return { ...node, name: name as Directive['name'], value, valueSpan };
}

function heredoc(
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
    body: { ...leaf(source, 'HeredocBody', body), parts: [] },
    terminator,
    trivia,
  };
}

function unterminated(opener: Opener, likely: string, alike: boolean): Pick<ParseError, 'message' | 'meant'> {
  const { delimiter } = opener;
  if (alike && likely !== delimiter) {
    const meant = `<<${opener.stripTabs ? '-' : ''}${likely} ${delimiter.slice(likely.length)}`;
    const message = `BuildKit takes the whole word ${delimiter} for the delimiter of this here-document, and no line is that; put a blank behind ${likely}.`;
    return { message, meant };
  }
  if (alike) {
    return {
      message: `The line that ends this here-document has blanks around ${delimiter}; it must hold ${delimiter} alone.`,
    };
  }
  return { message: `The here-document that opens here never ends: no line holds ${delimiter} alone.` };
}

/** The body of a COPY or ADD here-document with its variables; quotes are plain there, escapes are not. */
export function expandBody(source: Source, heredoc: Heredoc): Heredoc {
  const { body } = heredoc;
  if (!heredoc.expand || !/[$\\`]/.test(body.raw)) return heredoc;
  const plain = { ...source, text: body.raw, map: plainMap(body.raw.length, body.span.start), splices: [] };
  const word = readWord(plain, 0, body.raw.length, { quotes: false, escapes: true });
  return { ...heredoc, body: { ...body, parts: word.parts } };
}
