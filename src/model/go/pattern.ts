/** What a pattern operation made of a text; `invalid` where the builder stops, undefined where the work would be endless. */
export type Outcome = { readonly text: string } | { readonly invalid: string };

/** Steps of work; BuildKit's regular expressions are as slow, but a linter has no time for such a file. */
const MOST_WORK = 20_000_000;

/**
 * `#` `##` `%` `%%` `/` `//` as BuildKit has them (frontend/dockerfile/shell, convertShellPatternToRegex): `*` and `?`, which
 * match no line end, `\` before `*` `?` `\` `}` `/`, and no brackets. Undefined: no saying.
 */
export function applyPattern(
  operator: string,
  value: string,
  pattern: string,
  replacement: string,
): Outcome | undefined {
  const tokens = compile(pattern);
  if (!Array.isArray(tokens)) return tokens as Outcome;
  const chars = [...value];
  const searches = operator.startsWith('/') ? chars.length + 1 : 1;
  if (searches * (chars.length + 1) * (tokens.length + 1) > MOST_WORK) return undefined;
  const longest = operator.length === 2;
  switch (operator) {
    case '#':
    case '##':
      return { text: chars.slice(matchEnd(tokens, chars, 0, longest) ?? 0).join('') };
    case '%':
    case '%%': {
      const end = matchEnd([...tokens].reverse(), [...chars].reverse(), 0, longest) ?? 0;
      return { text: chars.slice(0, chars.length - end).join('') };
    }
    case '/':
      return { text: replaceFirst(tokens, chars, replacement) };
    // Go reads `$name` in the replacement of all as a group of the expression
    case '//':
      return replacement.includes('$') ? undefined : { text: replaceAll(tokens, chars, replacement) };
    default:
      return undefined;
  }
}

const ANY = Symbol('any run of characters');
const ONE = Symbol('any character');
type Token = string | typeof ANY | typeof ONE;

function compile(pattern: string): Token[] | Outcome {
  const tokens: Token[] = [];
  const chars = [...pattern];
  for (let at = 0; at < chars.length; at++) {
    const char = chars[at]!;
    if (char === '*') tokens.push(ANY);
    else if (char === '?') tokens.push(ONE);
    else if (char !== '\\') tokens.push(char);
    else {
      const next = chars[at + 1] ?? '';
      if (next === '}' || next === '/') continue;
      if (next === '' || !'*?\\'.includes(next)) return { invalid: `invalid escape '\\${next}'` };
      tokens.push(next);
      at++;
    }
  }
  return tokens;
}

/** Where a match that begins at `start` ends: the nearest end or the farthest; all ways are followed at once. */
function matchEnd(
  tokens: readonly Token[],
  chars: readonly string[],
  start: number,
  longest: boolean,
): number | undefined {
  let states = new Uint8Array(tokens.length + 1);
  let found: number | undefined;
  states[0] = 1;
  for (let at = start; ; at++) {
    let alive = false;
    for (let state = 0; state < tokens.length; state++)
      if (states[state] && tokens[state] === ANY) states[state + 1] = 1;
    if (states[tokens.length]) {
      found = at;
      if (!longest) return found;
    }
    if (at >= chars.length) return found;
    const char = chars[at]!;
    const next = new Uint8Array(tokens.length + 1);
    for (let state = 0; state < tokens.length; state++) {
      if (!states[state]) continue;
      const token = tokens[state]!;
      if (typeof token === 'string' ? token !== char : char === '\n') continue;
      next[token === ANY ? state : state + 1] = 1;
      alive = true;
    }
    if (!alive) return found;
    states = next;
  }
}

function replaceFirst(tokens: readonly Token[], chars: readonly string[], replacement: string): string {
  for (let start = 0; start <= chars.length; start++) {
    const end = matchEnd(tokens, chars, start, true);
    if (end !== undefined) return chars.slice(0, start).join('') + replacement + chars.slice(end).join('');
  }
  return chars.join('');
}

/** As Go's ReplaceAllString: an empty match right behind another match does not count. */
function replaceAll(tokens: readonly Token[], chars: readonly string[], replacement: string): string {
  let out = '';
  let copied = 0;
  let start = 0;
  while (start <= chars.length) {
    const end = matchEnd(tokens, chars, start, true);
    if (end === undefined) {
      start++;
      continue;
    }
    out += chars.slice(copied, start).join('');
    if (end > copied || start === 0) out += replacement;
    copied = end;
    start = Math.max(end, start + 1);
  }
  return out + chars.slice(copied).join('');
}
