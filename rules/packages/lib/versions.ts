import {
  type Command,
  type NamedPackage,
  type PackageOperation,
  type Place,
  packageOperation,
  type Script,
  type ShellWord,
  type Step,
} from '../../../src/engine/rule.ts';
import { listed as joined } from '../../lib/words.ts';

/** `$x`, `${x}` and `${x:-text}`; any other expansion stays as written. */
const variable = /\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?::?-([^{}$`]*))?\})/g;
/** A longer value is no list of packages. */
const longest = 10_000;

/** Values of variables; undefined where they are not known. */
type Lookup = (name: string) => string | undefined;

/**
 * The operation as the shell runs it, with the variables replaced whose value the file tells: those of ARG and ENV, those that
 * the script sets once, and the words of a loop. What is unknown stays as written.
 */
export function expandedOperation(operation: PackageOperation, { step }: Place): PackageOperation {
  const { command } = operation;
  const { script } = step;
  if (!script?.parsed || command.args.every(({ literal }) => literal)) return operation;
  const lookup = lookupIn(step, script);
  const args = command.args.flatMap((word) => fields(word, lookup));
  return packageOperation({ ...command, args }, (name) => stepValue(step, name)) ?? operation;
}

/** What a word becomes: several words where blanks in a value divide it, none where the value is empty. */
function fields(word: ShellWord, lookup: Lookup): readonly ShellWord[] {
  if (word.literal || /\\\$|'/.test(word.raw)) return [word];
  const text = withValues(word.text, lookup);
  if (text === word.text) return [word];
  const parts = word.raw.includes('"') ? [text] : text.split(/\s+/).filter(Boolean);
  return parts.map((part) => ({ ...word, text: part, literal: !/[$`*?{]/.test(part) }));
}

const withValues = (text: string, lookup: Lookup): string =>
  text.replace(variable, (whole, plain?: string, braced?: string, otherwise?: string) => {
    const value = lookup(plain ?? braced!);
    if (value === '' && otherwise !== undefined) return otherwise;
    // an empty value is there to be given another
    return value || whole;
  });

/** The values that hold in a script, each read once; one that names itself is not known. */
function lookupIn(step: Step, script: Script): Lookup {
  const known = new Map<string, string | undefined>();
  const lookup: Lookup = (name) => {
    if (known.has(name)) return known.get(name);
    known.set(name, undefined);
    const value = scriptValue(name, step, script, lookup);
    known.set(name, value);
    return value;
  };
  return lookup;
}

/** The value of a variable in a script; undefined where it has several or is computed. */
function scriptValue(name: string, step: Step, script: Script, lookup: Lookup): string | undefined {
  const loops = script.syntax.loops.filter((loop) => loop.name === name).map(({ words }) => words.map((it) => it.text));
  const sets = script.commands.flatMap((command) => setsOf(command, name));
  const values = [...loops.map((words) => words.join(' ')), ...sets];
  if (isRead(name, script) || values.length > 1) return undefined;
  const [value] = values;
  if (value === undefined) return stepValue(step, name);
  const text = value.length > longest ? value : withValues(value, lookup);
  // the blanks of a substitution divide no words
  return text.length > longest || /\$\(|`|\$\{[^}]*\s/.test(text) ? undefined : text;
}

/** What a command sets a variable to; `export NAME` alone says nothing of it. */
function setsOf({ name: program, word, assignments, args }: Command, name: string): readonly string[] {
  if (program === undefined && word.text === '')
    return assignments.filter((it) => it.name === name).map(({ value }) => value?.text ?? '');
  if (program === undefined || !declares.has(program)) return [];
  return args.filter(({ text }) => text.startsWith(`${name}=`)).map(({ text }) => text.slice(name.length + 1));
}

const declares = new Set(['export', 'declare', 'typeset', 'readonly', 'local']);
const reads = new Set(['read', 'mapfile', 'readarray', 'getopts']);
const isRead = (name: string, { commands }: Script): boolean =>
  commands.some(
    ({ name: program, args }) => program !== undefined && reads.has(program) && args.some(({ text }) => text === name),
  );

const stepValue = ({ before }: Step, name: string): string | undefined => {
  const value = before.variable(name)?.value;
  return value?.state === 'known' ? value.text : undefined;
};

const expansion = /\$\{[^}]*\}|\$\([^)]*\)|\$\w+|\$.|`[^`]*`|%\w+%/g;

/** Whether what is unknown in a word may be its version, bring it along, or be a path that leads to a file. */
export const mayHideVersion = (text: string): boolean => {
  const masked = text.replace(expansion, '\0');
  return masked.startsWith('\0') || /\0[^A-Za-z\d]*$/.test(masked);
};

/** Whether something in a word is unknown. */
export const isOpen = (text: string): boolean => text.search(expansion) >= 0;

/** Whether a version names what moves on (`latest`, `next`, `*`, a branch) and no number at all. */
export const isMoving = (version: string): boolean => !/[\d$`%]/.test(version);

/** The packages of each word as written; a variable may hold several. */
export function byWord(packages: readonly NamedPackage[]): readonly (readonly NamedPackage[])[] {
  const words = new Map<number, NamedPackage[]>();
  for (const one of packages) {
    const list = words.get(one.word.span.start);
    if (list) list.push(one);
    else words.set(one.word.span.start, [one]);
  }
  return [...words.values()];
}

/** `a`, `a and b`, `a, b and c`, each told once. */
export const listed = (names: readonly string[]): string => joined([...new Set(names)]);
