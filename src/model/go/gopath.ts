/** Whether one Unicode code point is accepted. */
export type RuneTest = (rune: number) => boolean;

/**
 * Go's `filepath.Match` on Linux, compiled: from a pattern to a test of whole paths. `*` and `?` stop at `/`, a class does
 * not. The test gives undefined where Go says `ErrBadPattern`, which it does only for paths that fit up to the last star
 * before the fault. Source: https://pkg.go.dev/path/filepath#Match
 */
export function glob(pattern: string): (path: string) => boolean | undefined {
  const parsed = parse(pattern);
  return (path) => fits(parsed, runesOf(path));
}

/** `filepath.Match` in one call. */
export const match = (pattern: string, path: string): boolean | undefined => glob(pattern)(path);

/** Whether a path asks for expansion: an unescaped `*`, `?` or `[`, as fsutil's `containsWildcards` tells it. */
export function isWild(path: string): boolean {
  for (let at = 0; at < path.length; at++) {
    if (path[at] === '\\') at++;
    else if (path[at] === '*' || path[at] === '?' || path[at] === '[') return true;
  }
  return false;
}

/** The code points of a text. */
export const runesOf = (text: string): readonly number[] => Array.from(text, (it) => it.codePointAt(0)!);

export const SLASH = 47;
const STAR = 42;
const QUESTION = 63;
const OPEN = 91;
const BACKSLASH = 92;
const CLOSE = 93;
const CARET = 94;
const DASH = 45;

const notSlash: RuneTest = (rune) => rune !== SLASH;

interface Parsed {
  readonly tokens: readonly (RuneTest | '*')[];
  /** Whether the pattern is malformed behind the last star of `tokens`. */
  readonly bad: boolean;
}

function parse(pattern: string): Parsed {
  const runes = runesOf(pattern);
  const tokens: (RuneTest | '*')[] = [];
  for (let at = 0; at < runes.length; ) {
    const rune = runes[at]!;
    const escaped = rune === BACKSLASH;
    const found = rune === OPEN ? classAt(runes, at + 1) : undefined;
    if (rune === OPEN ? !found : escaped && at + 1 === runes.length) {
      return { tokens: tokens.slice(0, tokens.lastIndexOf('*') + 1), bad: true };
    }
    const literal = escaped ? runes[at + 1]! : rune;
    if (rune === STAR) tokens.push('*');
    else if (rune === QUESTION) tokens.push(notSlash);
    else tokens.push(found?.test ?? ((it) => it === literal));
    at = found?.end ?? at + (escaped ? 2 : 1);
  }
  return { tokens, bad: false };
}

/** The class whose content begins at `start`; its `end` is behind the `]`. At least one range is asked for. */
function classAt(
  runes: readonly number[],
  start: number,
): { readonly test: RuneTest; readonly end: number } | undefined {
  const negated = runes[start] === CARET;
  const ranges: (readonly [number, number])[] = [];
  let at = negated ? start + 1 : start;
  while (runes[at] !== CLOSE || ranges.length === 0) {
    const low = boundAt(runes, at);
    if (!low) return undefined;
    const high = runes[low.end] === DASH ? boundAt(runes, low.end + 1) : low;
    if (!high) return undefined;
    ranges.push([low.rune, high.rune]);
    at = high.end;
  }
  return { test: (rune) => ranges.some(([low, high]) => low <= rune && rune <= high) !== negated, end: at + 1 };
}

/** One bound of a range, escapes resolved. A bare `-` or `]` is none, and something must follow. */
function boundAt(runes: readonly number[], start: number): { readonly rune: number; readonly end: number } | undefined {
  if (runes[start] === DASH || runes[start] === CLOSE) return undefined;
  const at = runes[start] === BACKSLASH ? start + 1 : start;
  return at + 1 < runes.length ? { rune: runes[at]!, end: at + 1 } : undefined;
}

/** Like Go, only the last star is ever retried: steps are bounded by pattern × path. */
function fits({ tokens, bad }: Parsed, path: readonly number[]): boolean | undefined {
  let token = 0;
  let at = 0;
  let star = -1;
  let retry = 0;
  while (token < tokens.length || at < path.length || bad) {
    const now = tokens[token];
    if (now === '*') {
      star = ++token;
      retry = at;
    } else if (bad && token === tokens.length) {
      return undefined;
    } else if (now && at < path.length && now(path[at]!)) {
      token++;
      at++;
    } else if (star >= 0 && retry < path.length && path[retry] !== SLASH) {
      at = ++retry;
      token = star;
    } else {
      return false;
    }
  }
  return true;
}
