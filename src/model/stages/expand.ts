import type { HeredocBody, Variable, Word, WordPart } from '../../../grammar/index.ts';
import { applyPattern } from '../go/pattern.ts';

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
  /** In the order of the file, those in operands too, whether the operand is taken or not: BuildKit looks up all of them. */
  readonly uses: readonly Use[];
  /** Where BuildKit would stop with an error: `${x:?message}`, a modifier it does not know, an open quote. */
  readonly error: string | undefined;
}

export interface ExpandOptions {
  /** Whether an unset name is one that a build argument is meant to set; what depends on its value is then unknown. */
  readonly mayBeGiven?: (name: string) => boolean;
}

export const known = (text: string): Value => ({ state: 'known', text });
export const unknown = (text: string): Value => ({ state: 'unknown', text });
export const unset: Value = { state: 'unset' };

/** Whether a word stands in the file as it is meant: no quotes, escapes, variables or continuations. */
export const isPlain = ({ raw, text, parts }: Word): boolean => parts.length === 0 && raw === text;

/** The text of a known value; undefined of any other. */
export const textOf = (value: Value): string | undefined => (value.state === 'known' ? value.text : undefined);

/** Lines such as `ENV A=$A$A` double a value; beyond this length it is unknown. */
const LONGEST = 1 << 16;

interface Chunk {
  readonly text: string;
  readonly sure: boolean;
}

/** A list of parts that is being read: the word itself, or an operand of a variable. */
interface Frame {
  readonly parts: readonly WordPart[];
  next: number;
  text: string;
  sure: boolean;
  /** Patterns and replacements keep the escapes. */
  readonly raw: boolean;
  /** The variable that the operand belongs to. */
  readonly owner: Variable | undefined;
  /** The pattern that was read before this replacement. */
  readonly pattern: Chunk | undefined;
}

/**
 * Expands a word, or the body of a here-document, as BuildKit does (frontend/dockerfile/shell): every modifier, quotes and
 * escapes removed. What is unknown makes the word unknown, and stands in its text as written. Never throws, at any depth.
 */
export function expandWord(
  word: Word | HeredocBody,
  lookup: (name: string) => Value,
  { mayBeGiven = () => false }: ExpandOptions = {},
): Expansion {
  const isWord = word.kind === 'Word';
  let error: string | undefined = isWord && word.problem ? problems[word.problem.reason] : undefined;
  const written = isWord ? word.text : word.raw;
  if (word.parts.length === 0) return { value: error ? unknown(written) : known(written), uses: [], error };
  const uses: Use[] = [];
  const decode = decoder(word);
  const rawOf = ({ span }: Variable): string =>
    word.raw.slice(span.start - word.span.start, span.end - word.span.start);
  const values = new Map<Variable, Value>();

  const frame = (parts: readonly WordPart[], rest: Partial<Frame> = {}): Frame => ({
    ...{ parts, next: 0, text: '', sure: true, raw: false, owner: undefined, pattern: undefined },
    ...rest,
  });
  const stack: Frame[] = [];
  let top = frame(word.parts);
  const append = ({ text, sure }: Chunk): void => {
    top.text += text;
    top.sure &&= sure;
  };
  const open = (next: Frame): void => {
    stack.push(top);
    top = next;
  };

  while (true) {
    const part = top.parts[top.next++];
    if (part?.kind === 'Variable') {
      const name = part.name.text;
      const value = lookup(name);
      uses.push({ variable: part, name, value });
      const patterned = part.operator !== undefined && /^[#%/]/.test(part.operator.text);
      if (!part.operator) append(plain(part, value, rawOf(part), mayBeGiven(name)));
      else {
        values.set(part, value);
        open(frame(part.operand, { owner: part, raw: patterned }));
      }
    } else if (part?.kind === 'Text') top.text += decode(part);
    else if (part?.kind === 'Punctuation') {
      const sign = top.raw ? decode(part) : '';
      if (sign !== '"' && sign !== "'") top.text += sign;
    } else if (!part) {
      const { owner, pattern, text, sure } = top;
      const below = stack.pop();
      if (!owner || !below) break;
      top = below;
      const operand = pattern ?? { text, sure };
      if (owner.operator!.text.startsWith('/') && !pattern)
        open(frame(owner.replacement, { owner, raw: true, pattern: operand }));
      else {
        const result = modified(owner, values.get(owner)!, operand, { text, sure }, mayBeGiven(owner.name.text));
        if ('error' in result) error ??= result.error;
        append('text' in result ? result : { text: rawOf(owner), sure: false });
      }
    }
    if (top.text.length > LONGEST) return { value: unknown(written), uses, error };
  }
  const value = error ? unknown(written) : top.sure ? known(top.text) : unknown(top.text);
  return { value, uses, error };
}

const problems = {
  'unterminated-quote': 'a quote is not closed',
  'missing-brace': 'a closing brace is missing',
  'bad-substitution': 'there is no variable name in the braces',
  'unsupported-modifier': 'the builder does not know this modifier',
  'missing-slash': 'the second slash is missing',
} as const;

function plain({ name }: Variable, value: Value, raw: string, mayBeGiven: boolean): Chunk {
  if (value.state === 'known') return { text: value.text, sure: true };
  if (value.state === 'unset') return mayBeGiven ? { text: raw, sure: false } : { text: '', sure: true };
  const opaque = value.text === '' || value.text === `$${name.text}`;
  return { text: opaque ? raw : value.text, sure: false };
}

const vague = {};

/** `${name operator operand}`: the text, nothing where it cannot be known, or why the builder stops. */
function modified(
  { name, operator }: Variable,
  value: Value,
  operand: Chunk,
  replacement: Chunk,
  mayBeGiven: boolean,
): Chunk | { readonly error: string } | typeof vague {
  const sign = operator!.text;
  const colon = sign.startsWith(':');
  const own: Chunk = { text: value.state === 'known' ? value.text : '', sure: true };
  const filled = value.state === 'known' && !(colon && value.text === '');
  switch (sign) {
    case '-':
    case ':-':
      return value.state === 'unknown' ? vague : filled ? own : operand;
    case '+':
    case ':+':
      if (value.state !== 'unknown') return filled ? operand : { text: '', sure: true };
      return operand.sure && operand.text === '' ? operand : vague;
    case '?':
    case ':?': {
      if (value.state === 'unknown' || (!filled && mayBeGiven)) return vague;
      const why = value.state === 'unset' ? 'is not allowed to be unset' : 'is not allowed to be empty';
      return filled ? own : { error: `${name.text}: ${operand.text || why}` };
    }
    default: {
      if (value.state === 'unknown' || (value.state === 'unset' && mayBeGiven)) return vague;
      if (!operand.sure || !replacement.sure) return vague;
      const result = applyPattern(sign, own.text, operand.text, replacement.text);
      if (!result) return vague;
      return 'text' in result
        ? { text: result.text, sure: true }
        : { error: `invalid pattern (${operand.text}) in substitution: ${result.invalid}` };
    }
  }
}

/** What a leaf of a word says: itself, but for escapes of JSON, which the word's map tells. Leaves come in the order of the file. */
function decoder(word: Word | HeredocBody): (leaf: { readonly raw: string; readonly span: Word['span'] }) => string {
  if (word.kind !== 'Word' || word.map.every(({ length, from, to }) => to - from === length)) return ({ raw }) => raw;
  let index = 0;
  return ({ span }) => {
    while (index < word.map.length && word.map[index]!.to <= span.start) index++;
    let text = '';
    for (let at = index; at < word.map.length; at++) {
      const { at: start, length, from, to } = word.map[at]!;
      if (from >= span.end) break;
      const divisible = to - from === length;
      const first = divisible ? Math.max(span.start - from, 0) : 0;
      const last = divisible ? Math.min(span.end - from, length) : length;
      text += word.text.slice(start + first, start + last);
    }
    return text;
  };
}
