import { plainMap } from '../src/text/map.ts';
import { isBlank, isSpace } from './characters.ts';
import { skipFlags } from './flags.ts';
import { isJsonArray } from './json.ts';
import { leaves } from './walk.ts';
import { readWord } from './words.ts';

/** A here-document that a line opens; offsets in the line. */
export interface Opener {
  readonly start: number;
  readonly end: number;
  readonly delimiter: string;
  readonly expand: boolean;
  readonly stripTabs: boolean;
}

const carriers = new Set(['run', 'copy', 'add']);

/**
 * The here-documents that BuildKit sees in a logical line (reference: parser.heredocsFromLine): the operator begins a word,
 * the delimiter is the whole rest of that word, the lexer's escape is the backslash whatever the file's is, and a line that
 * the lexer cannot read (an open quote, a modifier it does not know) has none.
 */
export function openers(line: string, escape: string): Opener[] {
  if (!line.includes('<<') || !carriesHeredocs(line, escape)) return [];
  const found: Opener[] = [];
  for (const { start, end } of shellWords(line)) {
    const opener = openerOf(line.slice(start, end));
    if (opener) found.push({ start, end, ...opener });
  }
  return found;
}

/** What a word opens, if it does (reference: parser.ParseHeredoc): behind the operator stands one shell word, not empty. */
export function openerOf(word: string): Omit<Opener, 'start' | 'end'> | undefined {
  const match = /^\d*<<(-?)[\t\n\f\r ]*([^<]*)$/.exec(word);
  const words = match ? shellWords(match[2]!) : [];
  if (!match || words.length !== 1) return undefined;
  const name = lexed(match[2]!.slice(words[0]!.start, words[0]!.end));
  const quoted = leaves(name).some(({ kind, raw }) => kind === 'Punctuation' && (raw === '"' || raw === "'"));
  return name.text === '' ? undefined : { delimiter: name.text, expand: !quoted, stripTabs: match[1] === '-' };
}

function carriesHeredocs(line: string, escape: string): boolean {
  const [keyword, rest] = splitKeyword(line, escape);
  if (keyword !== 'onbuild') return carriers.has(keyword) && !isJsonArray(rest);
  const [inner, innerRest] = splitKeyword(rest, escape);
  return carriers.has(inner) && !isJsonArray(innerRest);
}

/** The keyword in lower case, and what follows it and its flags. */
function splitKeyword(line: string, escape: string): [string, string] {
  let end = 0;
  while (end < line.length && !isBlank(line.charCodeAt(end))) end++;
  return [line.slice(0, end).toLowerCase(), line.slice(skipFlags(line, end, escape))];
}

const lexed = (text: string) =>
  readWord({ file: text, text, map: plainMap(text.length, 0), splices: [], escape: '\\' }, 0, text.length);

/** Words divided at blanks outside quotes; blanks behind `<<` or `<<-` do not divide. */
function shellWords(line: string): { start: number; end: number }[] {
  const word = lexed(line);
  if (word.problem) return [];
  const words: { start: number; end: number }[] = [];
  let start = -1;
  let quote = '';
  let escaped = false;
  let last = 0;
  const divide = (from: number, to: number): void => {
    for (let at = from; at < to; at++) {
      const space = isSpace(line.charCodeAt(at)) && !(escaped && at === from);
      if (!space) last = at + 1;
      if (!space && start < 0) start = at;
      if (space && start >= 0 && !line.startsWith('<<', last - 2) && !line.startsWith('<<-', last - 3)) {
        words.push({ start, end: at });
        start = -1;
      }
    }
  };
  for (const part of word.parts.length > 0 ? word.parts : [{ kind: 'Text', span: word.span, raw: line } as const]) {
    const { start: from, end: to } = part.span;
    if (part.kind === 'Text' && quote === '') divide(from, to);
    else if (start < 0) start = from;
    if (part.kind !== 'Text' || quote !== '') last = to;
    if (part.kind === 'Punctuation' && part.raw !== '\\') quote = quote === '' ? part.raw : '';
    escaped = part.kind === 'Punctuation' && part.raw === '\\' && quote === '';
  }
  if (start >= 0) words.push({ start, end: line.length });
  return words;
}
