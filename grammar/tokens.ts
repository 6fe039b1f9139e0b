import { type CustomPatternMatcherFunc, createToken, type IToken, Lexer, type TokenType } from 'chevrotain';
import type { EscapeCharacter } from './ast.ts';
import { isBlank, isNarrowSpace, isSpace } from './characters.ts';
import { endOfFlag } from './flags.ts';
import { isJsonArray } from './json.ts';

/**
 * The vocabulary. The text to be read is logical lines (see lines.ts), each ended by a newline, so no pattern knows of
 * continuations or comments. A keyword chooses the mode in which its arguments are read; the line end leaves it.
 * The escape character matters in flags and in name=value pairs only: `vocabulary` takes it.
 */

const BLANK = '\t\v\f\r ';
/** First characters for `ensureOptimizations`: all codes but these. Chevrotain puts codes above 255 in buckets of 256. */
const anyBut = (excluded: string): (number | string)[] => {
  const hints: number[] = [];
  for (let code = 0; code < 256; code++) if (!excluded.includes(String.fromCharCode(code))) hints.push(code);
  for (let code = 256; code < 0x10000; code += 128) hints.push(code);
  return hints;
};

/** What most tokens may begin with; made once, as it is long. */
const NO_BLANK = anyBut(`${BLANK}\n`);

/** The end of the line at `at`. Remembered, as a long line is asked about at every token of it. */
const lineEnd = (() => {
  let last = { text: '', from: 0, to: -1 };
  return (text: string, at: number): number => {
    if (last.text !== text || at < last.from || at > last.to) last = { text, from: at, to: text.indexOf('\n', at) };
    return last.to;
  };
})();

/** Where a token that begins at `at` ends; undefined where none does. */
type EndOfToken = (text: string, at: number, before: IToken | undefined) => number | undefined;

const custom =
  (end: EndOfToken): CustomPatternMatcherFunc =>
  (text, at, matched) => {
    const to = end(text, at, matched.at(-1));
    return to === undefined || to <= at ? null : ([text.slice(at, to)] as unknown as RegExpExecArray);
  };

/** Tokens behind which flags may stand. */
const takesFlags = (token: IToken | undefined): boolean => is(token, Flag) || isKeyword(token);
/** Tokens behind which arguments have not begun: a JSON array may stand here. */
const isOpening = (token: IToken | undefined): boolean => takesFlags(token) || is(token, FlagsEnd);

/** By index, as `vocabulary` makes variants of a type. */
const is = (token: IToken | undefined, type: TokenType): boolean => token?.tokenTypeIdx === type.tokenTypeIdx!;
const isKeyword = (token: IToken | undefined): boolean => token !== undefined && keywordIndexes.has(token.tokenTypeIdx);

const Space = createToken({
  name: 'Space',
  pattern: /[\t\v\f\r ]+/,
  start_chars_hint: [...BLANK],
  group: Lexer.SKIPPED,
  line_breaks: false,
});
const wideSpaces = [0x85, 0xa0, 0x1680, 0x2000, 0x3000];
const endOfSpace = (text: string, at: number): number => {
  let to = at;
  while (isSpace(text.charCodeAt(to)) && text[to] !== '\n') to++;
  return to;
};
/** White space that only trimming sees: around the keyword and before the first argument. */
const WideSpace = createToken({
  name: 'WideSpace',
  pattern: custom((text, at, before) =>
    before && !is(before, LineEnd) && !isOpening(before) ? undefined : endOfSpace(text, at),
  ),
  start_chars_hint: wideSpaces,
  group: Lexer.SKIPPED,
  line_breaks: false,
});
export const LineEnd = createToken({ name: 'LineEnd', pattern: '\n', line_breaks: true, pop_mode: true });

export const Flag = createToken({ name: 'Flag', pattern: Lexer.NA });
/** A bare `--`: what follows are arguments. */
export const FlagsEnd = createToken({
  name: 'FlagsEnd',
  pattern: custom((text, at, before) =>
    takesFlags(before) && text.startsWith('--', at) && isNarrowSpace(text.charCodeAt(at + 2)) ? at + 2 : undefined,
  ),
  start_chars_hint: ['-'],
  line_breaks: false,
});

const keyword = (name: string, mode?: string): TokenType =>
  createToken({
    name,
    pattern: new RegExp(`${name}(?=[\\t\\v\\f\\r \\n])`, 'i'),
    start_chars_hint: [name[0]!.toUpperCase(), name[0]!.toLowerCase()],
    line_breaks: false,
    ...(mode ? { push_mode: mode } : {}),
  });

export const From = keyword('From', 'image');
export const Run = keyword('Run', 'command');
export const Cmd = keyword('Cmd', 'command');
export const Entrypoint = keyword('Entrypoint', 'command');
export const Shell = keyword('Shell', 'command');
export const Healthcheck = keyword('Healthcheck', 'check');
export const Label = keyword('Label', 'pairs');
export const Env = keyword('Env', 'pairs');
export const Arg = keyword('Arg', 'names');
export const Add = keyword('Add', 'paths');
export const Copy = keyword('Copy', 'paths');
export const Volume = keyword('Volume', 'paths');
export const Expose = keyword('Expose', 'words');
export const User = keyword('User', 'line');
export const Workdir = keyword('Workdir', 'line');
export const Stopsignal = keyword('Stopsignal', 'line');
export const Maintainer = keyword('Maintainer', 'line');
const onbuild = /onbuild(?=[\t\v\f\r \n])/iy;
/** Stays in the mode of instructions: an instruction follows. A second one triggers nothing; it is `Unknown`, so that a chain of them has no depth. */
export const Onbuild = createToken({
  name: 'Onbuild',
  pattern: (text: string, at: number, matched: IToken[]) => {
    const before = matched.findLast((token) => !is(token, Flag) && !is(token, FlagsEnd));
    onbuild.lastIndex = at;
    return is(before, Onbuild) ? null : onbuild.exec(text);
  },
  start_chars_hint: ['O', 'o'],
  line_breaks: false,
});
export const Unknown = createToken({
  name: 'Unknown',
  pattern: /[^\t\v\f\r \n]+/,
  start_chars_hint: NO_BLANK,
  line_breaks: false,
  push_mode: 'line',
});
const keywords = [
  [From, Run, Cmd, Copy, Env, Label, Workdir, Arg, Add, Expose, Entrypoint, User, Volume],
  [Maintainer, Healthcheck, Shell, Stopsignal, Onbuild],
].flat();
const keywordIndexes = new Set([...keywords, Unknown].map((type) => type.tokenTypeIdx!));

export const As = createToken({
  name: 'As',
  pattern: /as(?=[\t\v\f\r \n])/i,
  start_chars_hint: ['a', 'A'],
  line_breaks: false,
});
export const Word = createToken({
  name: 'Word',
  pattern: /[^\t\v\f\r \n]+/,
  start_chars_hint: NO_BLANK,
  line_breaks: false,
});
/** All the rest of the line: a command for the shell, or the one argument of USER, WORKDIR, STOPSIGNAL and MAINTAINER. */
export const Rest = createToken({
  name: 'Rest',
  pattern: /[^\n]+/,
  start_chars_hint: NO_BLANK,
  line_breaks: false,
});
/** CMD or NONE behind HEALTHCHECK: the first word, whatever it is. */
export const CheckType = createToken({
  name: 'CheckType',
  pattern: custom((text, at, before) => {
    if (!isOpening(before)) return undefined;
    let to = at;
    while (!isNarrowSpace(text.charCodeAt(to))) to++;
    return to;
  }),
  start_chars_hint: NO_BLANK,
  line_breaks: false,
});

/** `[` only where the whole rest of the line is a JSON array; anything else is no exec form, without a word from BuildKit. */
export const ArrayStart = createToken({
  name: 'ArrayStart',
  pattern: custom((text, at, before) => {
    const first = isOpening(before) || is(before, CheckType);
    return first && isJsonArray(text.slice(at, lineEnd(text, at))) ? at + 1 : undefined;
  }),
  start_chars_hint: ['['],
  line_breaks: false,
  push_mode: 'json',
});
export const ArrayEnd = createToken({
  name: 'ArrayEnd',
  pattern: custom((text, at) => (isSpaceUpTo(text, at + 1, lineEnd(text, at)) ? at + 1 : undefined)),
  start_chars_hint: [']'],
  line_breaks: false,
  pop_mode: true,
});
export const Comma = createToken({ name: 'Comma', pattern: ',', line_breaks: false });
export const JsonString = createToken({
  name: 'JsonString',
  pattern: custom((text, at) => {
    let to = at + 1;
    while (text[to] !== '"' && text[to] !== '\n') to += text[to] === '\\' ? 2 : 1;
    return to + 1;
  }),
  start_chars_hint: ['"'],
  line_breaks: false,
});
/** A number, a nested array, null: valid JSON that BuildKit refuses. */
export const JsonOther = createToken({
  name: 'JsonOther',
  pattern: /[^\t\v\f\r \n",\]]+|\]/,
  start_chars_hint: anyBut(`${BLANK}\n",`),
  line_breaks: false,
});

/** `name=value`, quotes and escapes kept together. */
export const Assignment = createToken({ name: 'Assignment', pattern: Lexer.NA });
/** A word without an equals sign: a bare ARG, or the key of the legacy form. */
export const Bare = createToken({ name: 'Bare', pattern: Lexer.NA });
/** Everything behind the key of the legacy form `ENV key value`. */
export const LegacyValue = createToken({
  name: 'LegacyValue',
  pattern: custom((text, at, before) => (is(before, Bare) ? lineEnd(text, at) : undefined)),
  start_chars_hint: NO_BLANK,
  line_breaks: false,
});

/** For the parser: every type once. */
export const tokenTypes: TokenType[] = [
  ...[LineEnd, Flag, FlagsEnd, ...keywords, Unknown, As, Word, Rest, CheckType],
  ...[ArrayStart, ArrayEnd, Comma, JsonString, JsonOther, Assignment, Bare, LegacyValue],
];

/**
 * The tokens and modes for a file with this escape character. What depends on it is a variant of the grammar's type:
 * the same index, another pattern.
 */
export function vocabulary(escape: EscapeCharacter): { modes: Record<string, TokenType[]>; defaultMode: string } {
  const { POP_MODE: _, ...emptyLineEnd } = LineEnd;
  const flag = flagToken(escape);
  const { assignment, bare, legacyKey } = pairTokens(escape);
  // pairs and names are divided at white space of any kind
  const anySpace = variant(WideSpace, endOfSpace, wideSpaces);
  const flags = [Space, LineEnd, FlagsEnd, flag];
  const modes = {
    instruction: [Space, emptyLineEnd, WideSpace, FlagsEnd, flag, ...keywords, Unknown],
    image: [...flags, WideSpace, As, Word],
    words: [...flags, WideSpace, Word],
    paths: [...flags, WideSpace, ArrayStart, Word],
    command: [...flags, WideSpace, ArrayStart, Rest],
    check: [...flags, WideSpace, CheckType, ArrayStart, Rest],
    pairs: [...flags, LegacyValue, anySpace, assignment, legacyKey],
    names: [...flags, anySpace, assignment, bare],
    line: [...flags, WideSpace, Rest],
    json: [Space, LineEnd, Comma, JsonString, ArrayEnd, JsonOther],
  };
  return { modes, defaultMode: 'instruction' };
}

const variant = (type: TokenType, end: EndOfToken, hints: (number | string)[]): TokenType => ({
  ...type,
  PATTERN: custom(end),
  START_CHARS_HINT: hints,
  LINE_BREAKS: false,
});

function flagToken(escape: EscapeCharacter): TokenType {
  const end: EndOfToken = (text, at, before) =>
    takesFlags(before) && text.startsWith('--', at) ? endOfFlag(text, at, lineEnd(text, at), escape) : undefined;
  return variant(Flag, end, ['-']);
}

/** The tokens of ENV, LABEL and ARG: a pair, a bare name, and the key of the legacy form. */
function pairTokens(escape: EscapeCharacter): { assignment: TokenType; bare: TokenType; legacyKey: TokenType } {
  const pair: EndOfToken = (text, at) => {
    const to = endOfPair(text, at, escape);
    return text.slice(at, to).includes('=') ? to : undefined;
  };
  // the legacy form divides at the first blank, quoted or not
  const key: EndOfToken = (text, at, before) => {
    let to = isOpening(before) ? at : endOfPair(text, at, escape);
    while (text[to] !== '\n' && !isBlank(text.charCodeAt(to))) to++;
    return to;
  };
  return {
    assignment: variant(Assignment, pair, NO_BLANK),
    bare: variant(Bare, (text, at) => endOfPair(text, at, escape), NO_BLANK),
    legacyKey: variant(Bare, key, NO_BLANK),
  };
}

/** Where the word at `at` ends: at the first white space that is neither quoted nor escaped. */
function endOfPair(text: string, at: number, escape: EscapeCharacter): number {
  const limit = lineEnd(text, at);
  let quote = '';
  let to = at;
  for (; to < limit; to++) {
    const char = text[to]!;
    if (char === escape && quote !== "'") to++;
    else if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (isSpace(text.charCodeAt(to))) break;
  }
  return Math.min(to, limit);
}

const isSpaceUpTo = (text: string, from: number, to: number): boolean => {
  for (let at = from; at < to; at++) if (!isSpace(text.charCodeAt(at))) return false;
  return true;
};
