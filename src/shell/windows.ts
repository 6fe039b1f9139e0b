import type { Command, Joint, Redirect, ShellWord } from './command.ts';
import type { Mapped } from './mapped.ts';
import type { Call } from './unwrap.ts';
import { draft, keep, mapped, spanIn } from './words.ts';

/** A call with its words as texts of their own. */
export interface WindowsCall {
  readonly call: Call;
  readonly texts: (word: ShellWord) => Mapped | undefined;
}

interface Token {
  readonly kind: 'word' | 'joint' | 'redirect';
  readonly start: number;
  readonly end: number;
  /** The ranges that are left without quotes. */
  readonly ranges: readonly (readonly [start: number, end: number])[];
  readonly text: string;
  readonly literal: boolean;
}

type Windows = 'cmd' | 'powershell';

/** The calls of a script for cmd or PowerShell; none at all where blocks, escapes or here-strings leave a doubt. */
export function windowsCalls(source: Mapped, dialect: Windows, firstPipeline: number): readonly WindowsCall[] {
  const tokens = tokenize(source.text, dialect);
  if (!tokens) return [];
  const calls: WindowsCall[] = [];
  let pipeline = firstPipeline;
  let joint: Token | undefined;
  let group: Token[] = [];
  for (const token of [...tokens, undefined]) {
    if (token && token.kind !== 'joint') {
      group.push(token);
      continue;
    }
    const call = group.length > 0 ? statement(source, dialect, group, joint, pipeline) : null;
    if (call === undefined) return [];
    if (call) calls.push(call);
    if (token?.text !== '|') pipeline++;
    joint = token;
    group = [];
  }
  return calls;
}

/** Words in which the rest of a line is more than a call. */
const keywords: Readonly<Record<Windows, ReadonlySet<string>>> = {
  cmd: new Set(['if', 'for', 'rem', 'goto', 'else', 'setlocal', 'endlocal']),
  powershell: new Set([
    'if',
    'for',
    'foreach',
    'while',
    'do',
    'switch',
    'function',
    'try',
    'trap',
    'param',
    'begin',
    'end',
  ]),
};

/** One statement; undefined where it is not a plain one, null where it only computes. */
function statement(
  source: Mapped,
  dialect: Windows,
  tokens: readonly Token[],
  joint: Token | undefined,
  pipeline: number,
): WindowsCall | null | undefined {
  const split = wordsOf(source, tokens);
  if (!split) return undefined;
  const { words, redirects, originals } = split;
  const first = words[0]?.text ?? '';
  if (keywords[dialect].has(first.toLowerCase()) || (dialect === 'cmd' && /^[@:]/.test(first))) return undefined;
  const value = dialect === 'powershell' ? assigned(words) : undefined;
  if (dialect === 'powershell' && !value && /^[$'"[\d-]/.test(words[0]?.raw ?? '')) return null;
  if (value) words.splice(0, /^[A-Za-z]/.test(words[2]?.raw ?? '') ? 2 : words.length);
  const call: Call = {
    span: spanIn(source, tokens[0]!.start, tokens.at(-1)!.end),
    words,
    assignments: value ? [value] : [],
    redirects,
    joint: joint ? (joint.text as Joint) : 'start',
    jointSpan: joint && source.text[joint.start] !== '\n' ? spanIn(source, joint.start, joint.end) : undefined,
    pipeline,
    within: [],
  };
  return { call, texts: (own) => textOf(source, originals.get(own)) };
}

interface Words {
  readonly words: ShellWord[];
  readonly redirects: readonly Redirect[];
  readonly originals: ReadonlyMap<ShellWord, Token>;
}

/** The words and redirections of a statement; undefined where a target is missing. */
function wordsOf(source: Mapped, tokens: readonly Token[]): Words | undefined {
  const words: ShellWord[] = [];
  const redirects: Redirect[] = [];
  const originals = new Map<ShellWord, Token>();
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]!;
    if (token.kind === 'word') {
      const own = word(source, token);
      originals.set(own, token);
      words.push(own);
      continue;
    }
    // `2>&1` has its target in it
    const target = token.text.includes('&') ? undefined : tokens[++index];
    if (!token.text.includes('&') && target?.kind !== 'word') return undefined;
    redirects.push(redirect(source, token, target));
  }
  return { words, redirects, originals };
}

const word = (source: Mapped, { start, end, text, literal }: Token): ShellWord => ({
  span: spanIn(source, start, end),
  raw: source.text.slice(start, end),
  text,
  literal,
});

function redirect(source: Mapped, { start, end, text }: Token, target: Token | undefined): Redirect {
  const [, descriptor, operator, duplicate] = /^([\d*]?)(>>|>&|<&|>|<|>>&)(\d?)$/.exec(text)!;
  const digit = { start: end - 1, end, text: duplicate!, literal: true, kind: 'word', ranges: [] } as const;
  const to = target ?? (duplicate ? digit : undefined);
  return {
    span: spanIn(source, start, target?.end ?? end),
    operator: operator!,
    descriptor: /\d/.test(descriptor!) ? Number(descriptor) : undefined,
    target: to && word(source, to),
  };
}

/** `$name = …`, the value being known where it is one word. */
function assigned(words: readonly ShellWord[]): Command['assignments'][number] | undefined {
  const [first, sign, value, more] = words;
  const tight = words.length === 1 && first ? /^\$([\w:]+)=/.exec(first.raw) : undefined;
  if (tight) return { name: tight[1]!, value: undefined, span: first!.span };
  if (sign?.raw !== '=' || !value || !/^\$[\w:]+$/.test(first!.raw)) return undefined;
  const known = !more && !/^[A-Za-z]/.test(value.raw);
  const end = known ? value.span.end : sign.span.end;
  return { name: first!.raw.slice(1), value: known ? value : undefined, span: { start: first!.span.start, end } };
}

function textOf(source: Mapped, token: Token | undefined): Mapped | undefined {
  if (!token) return undefined;
  const to = draft();
  for (const [start, end] of token.ranges) keep(to, source, start, end);
  return mapped(to, spanIn(source, token.start, token.end));
}

/** What no plain word has. */
const unsure: Readonly<Record<Windows, RegExp>> = { cmd: /[()^]/, powershell: /[(){}`@]/ };

/** Words, signs between commands and redirections; undefined where it is not certain. */
function tokenize(text: string, dialect: Windows): readonly Token[] | undefined {
  const joints = dialect === 'cmd' ? /&&|\|\||[&|\n]/y : /&&|\|\||[|;\n]/y;
  const redirects = dialect === 'cmd' ? /\d?(?:[<>]&\d|>>|[<>])/y : /[\d*]?(?:>&\d|>>|>)/y;
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    if (/[ \t\r]/.test(text[at]!)) {
      at++;
      continue;
    }
    if (dialect === 'powershell' && text[at] === '#') {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
      continue;
    }
    const sign = match(joints, text, at) ?? match(redirects, text, at);
    if (sign === undefined) {
      const found = readWord(text, at, dialect);
      if (!found) return undefined;
      tokens.push(found);
      at = found.end;
      continue;
    }
    const kind = /[<>]/.test(sign) ? 'redirect' : 'joint';
    const end = at + sign.length;
    tokens.push({ kind, start: at, end, ranges: [], text: sign === '\n' ? ';' : sign, literal: true });
    at = end;
  }
  return tokens;
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** A word with quotes in it; undefined where it does not end or holds what may be an escape or a block. */
function readWord(text: string, start: number, dialect: Windows): Token | undefined {
  const ranges: [number, number][] = [];
  const ends = dialect === 'cmd' ? /[\s&|<>]/ : /[\s&|;<>]/;
  const quotes = dialect === 'cmd' ? '"' : '"\'';
  let value = '';
  let literal = true;
  let at = start;
  while (at < text.length && !ends.test(text[at]!)) {
    const quote = quotes.includes(text[at]!) ? text[at]! : undefined;
    const from = quote ? at + 1 : at;
    const to = quote ? text.indexOf(quote, from) : from + 1;
    if (to < 0) return undefined;
    const part = text.slice(from, to);
    if (!quote && unsure[dialect].test(part)) return undefined;
    // in PowerShell a doubled quote stands for itself
    if (quote && dialect === 'powershell' && text[to + 1] === quote) return undefined;
    if (quote === '"' && dialect === 'powershell' && /`|\$\(/.test(part)) return undefined;
    if (quote !== "'" && part.includes(dialect === 'cmd' ? '%' : '$')) literal = false;
    const last = ranges.at(-1);
    if (last?.[1] === from) last[1] = to;
    else if (to > from) ranges.push([from, to]);
    value += part;
    at = quote ? to + 1 : to;
  }
  // a call operator, a background sign or a blank of another kind
  if (at === start) return undefined;
  return { kind: 'word', start, end: at, ranges, text: value, literal };
}
