import { lastPart } from '../text/path.ts';
import type { Span } from '../text/span.ts';
import type { Command, Dialect, Joint, Redirect, ShellWord, Within } from './command.ts';
import { cmdWrappers, type Wrapper, wrappers } from './wrappers.ts';

/** A command before its wrappers are peeled. */
export interface Call {
  readonly span: Span;
  readonly words: readonly ShellWord[];
  readonly assignments: Command['assignments'];
  readonly redirects: readonly Redirect[];
  readonly joint: Joint;
  readonly jointSpan: Span | undefined;
  readonly pipeline: number;
  readonly within: readonly Within[];
}

/** The command that a call comes to when sudo, env, exec and their like are taken off; assignments alone name no program. */
export function unwrap(call: Call, dialect: Dialect): Command {
  const table = dialect === 'cmd' ? cmdWrappers : dialect === 'powershell' ? {} : wrappers;
  const peeled: Command['wrappers'][number][] = [];
  const given = [...call.assignments];
  let words = call.words;
  let first = 0;
  let split = false;
  while (true) {
    const word = words[first];
    const name = word && nameOf(word, dialect);
    // an own property: the name may be `constructor`
    const wrapper = name !== undefined && Object.hasOwn(table, name) ? table[name] : undefined;
    const rest: Rest | undefined = wrapper && behind(wrapper, words, first + 1, !split);
    if (!rest) break;
    peeled.push({ name: name!, word: word! });
    for (const item of rest.assignments) given.push(item);
    split ||= rest.words !== words;
    words = rest.words;
    first = rest.at;
  }
  const { span, redirects, joint, jointSpan, pipeline, within } = call;
  const word = words[first] ?? { span: { start: span.end, end: span.end }, raw: '', text: '', literal: true };
  const name = nameOf(word, dialect);
  const args = words.slice(first + 1);
  // each by its name: rest and spread were among the slowest lines of a lint
  return {
    span,
    name,
    word,
    args,
    assignments: given,
    redirects,
    wrappers: peeled,
    joint,
    jointSpan,
    pipeline,
    within,
  };
}

/** What the program is called; `$HOME/bin/tool` is tool wherever it stands. */
function nameOf({ text, literal }: ShellWord, dialect: Dialect): string | undefined {
  const name = literal ? lastPart(text) : /^\$(?:\w+|\{\w+\})(?:\/[\w.+-]+)*\/([\w.+-]+)$/.exec(text)?.[1];
  if (!name) return undefined;
  return dialect === 'cmd' || dialect === 'powershell' ? name.toLowerCase().replace(/\.exe$/, '') : name;
}

interface Rest {
  readonly words: readonly ShellWord[];
  /** Where the wrapped program stands in them. */
  readonly at: number;
  readonly assignments: readonly Command['assignments'][number][];
}

/** What stands behind a wrapper; undefined where there is no program, or no saying where. */
function behind(wrapper: Wrapper, all: readonly ShellWord[], from: number, maySplit: boolean): Rest | undefined {
  const assignments: Command['assignments'][number][] = [];
  let words = all;
  let operands = wrapper.operands ?? 0;
  let at = from;
  let options = true;
  for (; at < words.length; at++) {
    const word = words[at]!;
    const divided = options && maySplit ? splitString(wrapper, words, at) : undefined;
    if (divided) {
      words = divided;
      at--;
      maySplit = false;
    } else if (options && word.text === '--') options = false;
    else if (options && isOption(wrapper, word.text)) {
      const taken = optionWords(wrapper, word.text);
      if (taken === undefined) return undefined;
      at += taken - 1;
    } else {
      const assignment = wrapper.assigns && operands === 0 ? assigned(word) : undefined;
      if (assignment) assignments.push(assignment);
      else if (operands > 0) operands--;
      else break;
    }
  }
  if (at >= words.length || (wrapper.script && at === words.length - 1 && /\s/.test(words[at]!.text))) return undefined;
  return { words, at, assignments };
}

const isOption = ({ bare }: Wrapper, text: string): boolean =>
  text.startsWith('-') && (text.length > 1 || bare.includes('-'));

/** How many words an option is, its value included; undefined for one that is not known or with which nothing is run. */
function optionWords(wrapper: Wrapper, text: string): 1 | 2 | undefined {
  const { valued, bare, optional = [], query = [], numbers } = wrapper;
  const name = text.startsWith('--') ? text.split('=', 1)[0]! : text;
  if (query.includes(name)) return undefined;
  if (valued.includes(name)) return name === text ? 2 : 1;
  if (optional.includes(name) || bare.includes(text)) return 1;
  if (text.startsWith('--')) return undefined;
  if (numbers && /^-\d+$/.test(text)) return 1;
  for (let index = 1; index < text.length; index++) {
    const letter = `-${text[index]}`;
    if (optional.includes(letter)) return 1;
    if (valued.includes(letter)) return index === text.length - 1 ? 2 : 1;
    if (!bare.includes(letter)) return undefined;
  }
  return 1;
}

/** `NAME=value` as a word. */
function assigned({ text, raw, span, literal }: ShellWord): Command['assignments'][number] | undefined {
  const name = /^([A-Za-z_]\w*)=/.exec(text)?.[1];
  if (name === undefined) return undefined;
  const from = name.length + 1;
  // quotes around the name as well, or a continuation inside: the value has no place of its own
  const plain = raw.startsWith(`${name}=`) && span.end - span.start === raw.length;
  const value = plain
    ? { span: { start: span.start + from, end: span.end }, raw: raw.slice(from), text: text.slice(from), literal }
    : { span, raw, text: text.slice(from), literal };
  return { name, value, span };
}

/** The words with `-S "a b"` divided into its own; undefined where there is none or quotes in it. */
function splitString({ splits = [] }: Wrapper, words: readonly ShellWord[], at: number): ShellWord[] | undefined {
  const { text } = words[at]!;
  const option = splits.find((name) => text.startsWith(name));
  if (option === undefined) return undefined;
  const attached = text.length > option.length;
  const word = attached ? words[at]! : words[at + 1];
  const from = attached ? option.length + (option.startsWith('--') ? 1 : 0) : 0;
  const string = word?.text.slice(from) ?? '';
  if (!word?.literal || /['"\\$#]/.test(string)) return undefined;
  const start = word.span.end - word.span.start === word.raw.length ? word.raw.lastIndexOf(string) : -1;
  const inner = [...string.matchAll(/\S+/g)].map(({ 0: part, index }): ShellWord => {
    const place = word.span.start + start + index;
    const span = start < 0 ? word.span : { start: place, end: place + part.length };
    return { span, raw: part, text: part, literal: true };
  });
  return [...words.slice(0, at), ...inner, ...words.slice(at + (attached ? 1 : 2))];
}
