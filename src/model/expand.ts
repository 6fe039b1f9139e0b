import type { Variable, Word, WordPart } from '../../grammar/index.ts';

/** A value as far as the file tells: never a guess. */
export type Value =
  | { readonly state: 'known'; readonly text: string }
  /** It depends on something outside the file: a build argument, the base image. `text` has what is unknown as written. */
  | { readonly state: 'unknown'; readonly text: string }
  | { readonly state: 'unset' };

/** One variable in a word and what became of it. */
export interface Use {
  readonly variable: Variable;
  readonly name: string;
  readonly value: Value;
}

/** A word after the builder's expansion. */
export interface Expansion {
  /** Known or unknown; an unset variable is the empty string, as BuildKit has it. */
  readonly value: Value;
  readonly uses: readonly Use[];
  /** Where BuildKit would stop with an error: `${x:?message}`, a modifier it does not know, an open quote. */
  readonly error: string | undefined;
}

export const known = (text: string): Value => ({ state: 'known', text });
export const unknown = (text: string): Value => ({ state: 'unknown', text });
export const unset: Value = { state: 'unset' };

/** The text of a known value; undefined of any other. */
export const textOf = (value: Value): string | undefined => (value.state === 'known' ? value.text : undefined);

/** Operands may nest; deeper than any person writes the value is unknown. */
const DEEPEST = 200;

interface Chunk {
  readonly text: string;
  readonly known: boolean;
}

type Lookup = (name: string) => Value;

/**
 * Expands a word as BuildKit does (frontend/dockerfile/shell): every modifier, quotes and escapes removed. An unset variable
 * is empty, unless `mayBeGiven` says that a build argument would set it, and then the word is unknown.
 */
export function expandWord(word: Word, lookup: Lookup, mayBeGiven: (name: string) => boolean = () => false): Expansion {
  if (word.parts.length === 0) return { value: known(word.text), uses: [], error: problemOf(word) };
  const uses: Use[] = [];
  let error = problemOf(word);

  const parts = (list: readonly WordPart[], depth: number, pattern = false): Chunk => {
    let text = '';
    let sure = true;
    for (const part of list) {
      if (part.kind === 'Text') text += part.raw;
      else if (part.kind === 'Punctuation' && pattern && part.raw === '\\') text += '\\';
      else if (part.kind === 'Variable') {
        const chunk = variable(part, depth);
        text += chunk.text;
        sure &&= chunk.known;
      }
    }
    return { text, known: sure };
  };

  const variable = (it: Variable, depth: number): Chunk => {
    const raw = rawOf(word, it);
    if (depth > DEEPEST) return { text: raw, known: false };
    const name = it.name.text;
    const value = lookup(name);
    uses.push({ variable: it, name, value });
    const vague: Chunk = { text: raw, known: false };
    const operator = it.operator?.text ?? '';
    const filled = value.state === 'known' && (value.text !== '' || !operator.startsWith(':'));
    const own = value.state === 'known' ? value.text : '';
    if (value.state === 'unknown') return vague;
    switch (operator) {
      case '':
        return value.state === 'unset' && mayBeGiven(name) ? vague : { text: own, known: true };
      case '-':
      case ':-':
        return filled ? { text: own, known: true } : parts(it.operand, depth + 1);
      case '+':
      case ':+':
        return filled ? parts(it.operand, depth + 1) : { text: '', known: true };
      case '?':
      case ':?':
        if (!filled && mayBeGiven(name)) return vague;
        if (!filled) error ??= `${name}: ${parts(it.operand, depth + 1).text || 'is not allowed to be unset'}`;
        return { text: own, known: true };
      default: {
        const pattern = parts(it.operand, depth + 1, true);
        const replacement = parts(it.replacement, depth + 1);
        const result =
          pattern.known && replacement.known ? transform(operator, own, pattern.text, replacement.text) : undefined;
        return result === undefined ? vague : { text: result, known: true };
      }
    }
  };

  const { text, known: sure } = parts(word.parts, 0);
  return { value: sure ? known(text) : unknown(text), uses, error };
}

const rawOf = (word: Word, { span }: Variable): string =>
  word.raw.slice(span.start - word.span.start, span.end - word.span.start);

const problems = {
  'unterminated-quote': 'a quote is not closed',
  'missing-brace': 'a closing brace is missing',
  'bad-substitution': 'there is no variable name in the braces',
  'unsupported-modifier': 'the builder does not know this modifier',
  'missing-slash': 'the second slash is missing',
} as const;

const problemOf = ({ problem }: Word): string | undefined => problem && problems[problem.reason];

/** `#`, `##`, `%`, `%%`, `/`, `//` on a known value; undefined for a modifier that the builder does not know. */
function transform(operator: string, text: string, pattern: string, replacement: string): string | undefined {
  const lengths = Array.from({ length: text.length + 1 }, (_, length) => length);
  const first = (list: readonly number[], from: (length: number) => number, to: (length: number) => number) =>
    list.find((length) => matches(pattern, text.slice(from(length), to(length))));
  const whole = text.length;
  switch (operator) {
    case '#':
    case '##': {
      const length = first(
        operator === '#' ? lengths : lengths.reverse(),
        () => 0,
        (it) => it,
      );
      return length === undefined ? text : text.slice(length);
    }
    case '%':
    case '%%': {
      const length = first(
        operator === '%' ? lengths : lengths.reverse(),
        (it) => whole - it,
        () => whole,
      );
      return length === undefined ? text : text.slice(0, whole - length);
    }
    case '/':
    case '//':
      return substitute(text, pattern, replacement, operator === '//');
    default:
      return undefined;
  }
}

function substitute(text: string, pattern: string, replacement: string, all: boolean): string {
  let out = '';
  let at = 0;
  while (at < text.length) {
    let end = text.length;
    while (end > at && !matches(pattern, text.slice(at, end))) end--;
    if (end === at) out += text[at++];
    else {
      out += replacement;
      at = end;
      if (!all) break;
    }
  }
  return out + text.slice(at);
}

/** `*`, `?` and `\` escapes, in time proportional to both lengths multiplied. */
function matches(pattern: string, text: string): boolean {
  const tokens: string[] = [];
  for (let at = 0; at < pattern.length; at++) {
    if (pattern[at] === '\\' && at + 1 < pattern.length) tokens.push(`=${pattern[++at]}`);
    else tokens.push(pattern[at] === '*' || pattern[at] === '?' ? pattern[at]! : `=${pattern[at]}`);
  }
  let token = 0;
  let at = 0;
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    if (token < tokens.length && (tokens[token] === '?' || tokens[token] === `=${text[at]}`)) {
      token++;
      at++;
    } else if (tokens[token] === '*') {
      star = token++;
      resume = at;
    } else if (star >= 0) {
      token = star + 1;
      at = ++resume;
    } else return false;
  }
  while (tokens[token] === '*') token++;
  return token === tokens.length;
}
