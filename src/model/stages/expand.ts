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
  readonly owner: Use | undefined;
  /** The pattern that was read before this replacement. */
  readonly pattern: Chunk | undefined;
}

const frame = (parts: readonly WordPart[], raw: boolean, owner?: Use, pattern?: Chunk): Frame => {
  return { parts, next: 0, text: '', sure: true, raw, owner, pattern };
};

/**
 * Expands a word, or the body of a here-document, as BuildKit does (frontend/dockerfile/shell): every modifier, quotes and
 * escapes removed. What is unknown makes the word unknown, and stands in its text as written. Never throws, at any depth.
 */
export function expandWord(
  word: Word | HeredocBody,
  lookup: (name: string) => Value,
  { mayBeGiven = () => false }: ExpandOptions = {},
): Expansion {
  if (word.parts.length > 0) return new Expander(word, lookup, mayBeGiven).expand();
  const error = problemOf(word);
  return { value: error ? unknown(writtenOf(word)) : known(writtenOf(word)), uses: [], error };
}

const writtenOf = (word: Word | HeredocBody): string => (word.kind === 'Word' ? word.text : word.raw);

const problemOf = (word: Word | HeredocBody): string | undefined =>
  word.problem ? problems[word.problem.reason] : undefined;

/** Expands one word. The operands that are open are on a stack of its own, so that depth costs no call stack. */
class Expander {
  private readonly word: Word | HeredocBody;
  private readonly lookup: (name: string) => Value;
  private readonly mayBeGiven: (name: string) => boolean;
  private readonly decode: Decode;
  /** The innermost open frame, and those around it. */
  private top: Frame;
  private readonly outer: Frame[] = [];
  private readonly uses: Use[] = [];
  private error: string | undefined;

  constructor(word: Word | HeredocBody, lookup: (name: string) => Value, mayBeGiven: (name: string) => boolean) {
    this.word = word;
    this.lookup = lookup;
    this.mayBeGiven = mayBeGiven;
    this.decode = decoder(word);
    this.top = frame(word.parts, false);
    this.error = problemOf(word);
  }

  expand(): Expansion {
    let more = true;
    while (more && this.top.text.length <= LONGEST) more = this.step();
    return { value: more ? unknown(writtenOf(this.word)) : this.value(), uses: this.uses, error: this.error };
  }

  private value(): Value {
    const { text, sure } = this.top;
    if (this.error) return unknown(writtenOf(this.word));
    return sure ? known(text) : unknown(text);
  }

  /** Reads a part, or the end of an operand; false at the end of the word. */
  private step(): boolean {
    const part = this.top.parts[this.top.next++];
    if (!part) return this.close();
    if (part.kind === 'Variable') this.variable(part);
    else if (part.kind === 'Text') this.top.text += this.decode(part);
    else if (part.kind === 'Punctuation' && this.top.raw) this.rawPunctuation(this.decode(part));
    return true;
  }

  /** Quotes go from patterns and replacements too. */
  private rawPunctuation(sign: string): void {
    if (sign !== '"' && sign !== "'") this.top.text += sign;
  }

  private variable(variable: Variable): void {
    const { operator } = variable;
    const name = variable.name.text;
    const use = { variable, name, value: this.lookup(name) };
    this.uses.push(use);
    if (operator) this.open(frame(variable.operand, /^[#%/]/.test(operator.text), use));
    else this.append(plain(variable, use.value, this.rawOf(variable), this.mayBeGiven(name)));
  }

  private open(next: Frame): void {
    this.outer.push(this.top);
    this.top = next;
  }

  /** Closes the operand that has been read; false where it is the word itself. */
  private close(): boolean {
    const { owner, pattern, text, sure } = this.top;
    const around = this.outer.pop();
    if (!owner || !around) return false;
    this.top = around;
    const { operator, replacement } = owner.variable;
    if (operator!.text.startsWith('/') && !pattern) this.open(frame(replacement, true, owner, { text, sure }));
    else this.modify(owner, pattern ?? { text, sure }, { text, sure });
    return true;
  }

  private modify({ variable, name, value }: Use, operand: Chunk, replacement: Chunk): void {
    const result = modified(variable, value, operand, replacement, this.mayBeGiven(name));
    if ('error' in result) this.error ??= result.error;
    this.append('text' in result ? result : { text: this.rawOf(variable), sure: false });
  }

  private append({ text, sure }: Chunk): void {
    this.top.text += text;
    this.top.sure &&= sure;
  }

  private rawOf({ span }: Variable): string {
    const { word } = this;
    return word.raw.slice(span.start - word.span.start, span.end - word.span.start);
  }
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

type Decode = (leaf: { readonly raw: string; readonly span: Word['span'] }) => string;

/** What a leaf of a word says: itself, but for escapes of JSON, which the word's map tells. Leaves come in the order of the file. */
function decoder(word: Word | HeredocBody): Decode {
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
