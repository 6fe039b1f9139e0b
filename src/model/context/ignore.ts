import { clean } from '../../text/path.ts';
import { match } from '../go/gopath.ts';
import { goRegexp } from '../go/goregexp.ts';

/** One pattern of an ignore file. */
export interface IgnorePattern {
  /** Of the file, 1-based. */
  readonly line: number;
  /** As written, blanks around it removed. */
  readonly raw: string;
  /** What is compared: cleaned, relative to the context root, without the `!`. */
  readonly text: string;
  /** Written with `!`: takes paths back in. */
  readonly negated: boolean;
  /** Whether it matches this very path (its parents not asked). */
  readonly matches: (path: string) => boolean;
}

/** Why the builder refuses the file: with one of these no build starts. */
export interface IgnoreError {
  /** 1-based. */
  readonly line: number;
  readonly message: string;
}

export interface IgnoreFile {
  /** In the order of the file; what is in `errors` is left out. */
  readonly patterns: readonly IgnorePattern[];
  readonly errors: readonly IgnoreError[];
}

/** What the patterns say of one path; handed to `step` for what lies in it. */
export interface IgnoreState {
  readonly ignored: boolean;
  /** The index of the last pattern that matched the path or a parent, -1 for none. */
  readonly decider: number;
  /** Which patterns hold for the path and so for all below it. */
  readonly matched: readonly boolean[];
}

/**
 * Reads the text of a `.dockerignore` with the meaning of Go's moby/patternmatcher (Apache-2.0) on Linux: `#` is a
 * comment only as the very first character of a line, patterns are cleaned paths anchored at the context root.
 * Source: https://docs.docker.com/build/concepts/context/#dockerignore-files
 */
export const parseIgnore = (text: string): IgnoreFile => compile(text.replace(/^\uFEFF/, '').split('\n'), normalized);

/** The patterns of `COPY --exclude` and `--parents`: the same language without comments; `line` is the place in the list. */
export const compileIgnore = (patterns: readonly string[]): IgnoreFile => compile(patterns, (it) => it);

/**
 * Whether a path is kept from the builder. `path` is relative to the context root and `/`-separated; it is cleaned first.
 * The root itself never is.
 */
export const isIgnored = (ignore: IgnoreFile, path: string): boolean => stateOf(ignore, path)?.ignored ?? false;

const compiled = new Map<string, IgnoreFile>();

/** Whether one pattern, as of an ignore file, matches a path. Patterns are compiled once: tables of them meet whole contexts. */
export function matchesPattern(pattern: string, path: string): boolean {
  const ignore = compiled.get(pattern) ?? compileIgnore([pattern]);
  compiled.set(pattern, ignore);
  return isIgnored(ignore, path);
}

/** The last pattern that matches the path or a parent, and so decides; a negated one takes the path in. */
export function matchingPattern(ignore: IgnoreFile, path: string): IgnorePattern | undefined {
  const state = stateOf(ignore, path);
  return state && ignore.patterns[state.decider];
}

/** What the patterns say of a path, parents first; undefined for the root and for what lies outside of it. */
export function stateOf(ignore: IgnoreFile, path: string): IgnoreState | undefined {
  const whole = clean(path).replace(/^\//, '');
  if (whole === '' || whole === '.' || whole === '..' || whole.startsWith('../')) return undefined;
  let state: IgnoreState | undefined;
  for (let end = whole.indexOf('/'); end >= 0; end = whole.indexOf('/', end + 1)) {
    state = step(ignore, whole.slice(0, end), state);
  }
  return step(ignore, whole, state);
}

/**
 * One level of a walk, as `MatchesUsingParentResults` of moby/patternmatcher does it for BuildKit (fsutil) and for the
 * classic builder: `path` is clean, `parent` the state of its directory. A pattern that could change nothing is not
 * looked at, so `!docs` does not bring back `docs/a.md` from `**` + `/*.md`, which matched only below `docs`.
 */
export function step(ignore: IgnoreFile, path: string, parent?: IgnoreState): IgnoreState {
  let ignored = false;
  let decider = -1;
  const matched = ignore.patterns.map((pattern, index) => {
    const holds = parent?.matched[index] || (pattern.negated === ignored && pattern.matches(path));
    if (!holds) return false;
    ignored = !pattern.negated;
    decider = index;
    return true;
  });
  return { ignored, decider, matched };
}

/** Whether anything below an ignored directory can still be taken in: only a `!` behind the pattern that decided can. */
export function mayReinclude(ignore: IgnoreFile, directory: string, state: IgnoreState): boolean {
  const inside = `${directory}/`;
  return ignore.patterns.some(({ negated, text }, index) => {
    if (!negated || index <= state.decider) return false;
    // Beside a wildcard, `|` and `{2}` may unbind what stands before them.
    const head = /[|{]/.test(text) ? '' : text.slice(0, text.search(/[*?[\]^\\]|$/));
    return head.startsWith(inside) || (head.length < text.length && inside.startsWith(head));
  });
}

/** Go's scanner gives up on a longer line, in bytes of UTF-8. */
const LINE_LIMIT = 64 * 1024;

function compile(lines: readonly string[], prepare: (line: string) => string): IgnoreFile {
  const found = lines.map((line, index) => compileLine(index + 1, line, prepare(line)));
  return {
    patterns: found.filter((it): it is IgnorePattern => it !== undefined && 'text' in it),
    errors: found.filter((it): it is IgnoreError => it !== undefined && 'message' in it),
  };
}

/** `New` of patternmatcher for one line. */
function compileLine(line: number, written: string, prepared: string): IgnorePattern | IgnoreError | undefined {
  if (written.length * 3 >= LINE_LIMIT && bytesOf(written) >= LINE_LIMIT) {
    return { line, message: 'line is longer than 64 KiB' };
  }
  const raw = trim(written);
  const trimmed = trim(prepared);
  if (trimmed === '') return undefined;
  const cleaned = clean(trimmed);
  if (cleaned === '!') return { line, message: `illegal exclusion pattern: "${raw}"` };
  const negated = cleaned.startsWith('!');
  const text = negated ? cleaned.slice(1) : cleaned;
  const matches = match(text, '.') === undefined ? undefined : matcher(text);
  return matches ? { line, raw, text, negated, matches } : { line, message: `syntax error in pattern: "${raw}"` };
}

/** One line as `ignorefile.ReadAll` hands it on; empty for a comment. */
function normalized(line: string): string {
  if (line.startsWith('#')) return '';
  const whole = trim(line);
  const negated = whole.startsWith('!');
  const path = trim(negated ? whole.slice(1) : whole);
  const cleaned = path === '' ? '' : clean(path);
  const anchored = cleaned.length > 1 && cleaned.startsWith('/') ? cleaned.slice(1) : cleaned;
  return negated ? `!${anchored}` : anchored;
}

/** Go's `strings.TrimSpace`: unlike JavaScript's, it keeps U+FEFF and removes U+0085. */
function trim(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text[start]!)) start++;
  while (end > start && isSpace(text[end - 1]!)) end--;
  return text.slice(start, end);
}

const isSpace = (char: string): boolean => char === '\u0085' || (char !== '\uFEFF' && /\s/.test(char));

const bytesOf = (text: string): number =>
  Array.from(text).reduce((sum, char) => {
    const rune = char.codePointAt(0)!;
    return sum + (rune < 0x80 ? 1 : rune < 0x800 ? 2 : rune < 0x10000 ? 3 : 4);
  }, 0);

/**
 * The test that `Pattern.compile` of moby/patternmatcher builds, its oddities included: a leading `**` with nothing else
 * special is a bare suffix, a trailing one a bare prefix, and beside a wildcard `[a]`, `\d`, `^`, `|` and `{2}` mean what they
 * mean in Go's regular expressions.
 */
function matcher(pattern: string): ((path: string) => boolean) | undefined {
  // Go's text/scanner drops a byte order mark, also one in the middle of the file.
  const scanned = pattern.replace(/^\uFEFF/, '');
  const { kind, source } = translate(scanned);
  if (kind === 'exact') return (path) => path === pattern;
  if (kind === 'prefix') return (path) => path.startsWith(pattern.slice(0, -2));
  if (kind === 'regexp') return after(required(scanned), goRegexp(source));
  const suffix = pattern.slice(2);
  return (path) => path.endsWith(suffix) || (suffix.startsWith('/') && path === suffix.slice(1));
}

/** The longest text that every match holds: asked for first, because most paths fail there. */
function required(pattern: string): string {
  if (/[|{[\]\\]/.test(pattern)) return '';
  return pattern.split(/\*\*\/?|[*?^]/).reduce((longest, it) => (it.length > longest.length ? it : longest), '');
}

const after = (needle: string, test: ReturnType<typeof goRegexp>): ReturnType<typeof goRegexp> =>
  test && ((path) => path.includes(needle) && test(path));

function translate(pattern: string): {
  readonly kind: 'exact' | 'prefix' | 'suffix' | 'regexp';
  readonly source: string;
} {
  let kind: 'exact' | 'prefix' | 'suffix' | 'regexp' = 'exact';
  let source = '^';
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at]!;
    if (char === '*' && pattern[at + 1] === '*') {
      const first = at === 0;
      at += pattern[at + 2] === '/' ? 2 : 1;
      const last = at + 1 === pattern.length;
      source += last ? '.*' : '(.*/)?';
      kind = first ? 'suffix' : last && kind === 'exact' ? 'prefix' : 'regexp';
    } else if (char === '*' || char === '?') {
      source += char === '*' ? '[^/]*' : '[^/]';
      kind = 'regexp';
    } else if (char === '\\') {
      source += char + (pattern[++at] ?? '');
      kind = 'regexp';
    } else {
      source += '.+()$'.includes(char) ? `\\${char}` : char;
      if (char === '[' || char === ']') kind = 'regexp';
    }
  }
  return { kind, source: `${source}$` };
}
