import type { OptionTable } from '../knowledge/commands/options.ts';
import { callShapes, operators } from '../knowledge/commands/subcommands.ts';
import { packageActions } from '../knowledge/managers/actions.ts';
import { carriers, packageManagers } from '../knowledge/managers/index.ts';
import type { Action, Flag, PackageManager, Verb } from '../knowledge/managers/types.ts';
import type { Command, ShellWord } from './command.ts';
import { canonicalNames, type ReadArguments, type ReadOption, readOptions } from './options.ts';
import { callsIn } from './package-calls.ts';
import { cachesCleaned, cachesLeft, type Lookup, manifestsRead } from './package-files.ts';
import { type NamedPackage, namePackages } from './package-names.ts';

export type { NamedPackage } from './package-names.ts';

/** What a command asks of a package manager. */
export interface PackageOperation {
  readonly command: Command;
  /** `apt-get`, `apt`, `pip`, `npm`… */
  readonly manager: string;
  /** `apt`, `apk`, `rpm`, `pip`, `npm`… */
  readonly family: string;
  readonly action: Action;
  /** The word of the subcommand; undefined where there is none (`yarn`, `npx x`). */
  readonly verb: ShellWord | undefined;
  /** The packages, those given through options included (`-e .`, `--package x`). */
  readonly packages: readonly NamedPackage[];
  /** What the options amount to, with the options that say so; none for a flag that a variable or the verb sets. */
  readonly flags: ReadonlyMap<Flag, readonly ReadOption[]>;
  /** Directories with something left in them that a later run could use and the image has no use for. `~` is the home. */
  readonly caches: readonly string[];
  /** Directories that it empties. */
  readonly cleans: readonly string[];
  /** Manifest and lock files read, as far as the command and the defaults tell; `*` for a name not known here. */
  readonly manifests: readonly string[];
  /** Whether it runs, builds or needs the project's own code. */
  readonly runsProject: boolean;
  /** The word among its arguments with which another command begins, or an operator that no shell reads; what follows is left out. */
  readonly stray: ShellWord | undefined;
}

/**
 * Reads a command as an operation of a package manager, or undefined when it is none. `environment` gives the value of
 * a variable where it is known; assignments before the command are seen without it.
 */
export const packageOperation = (command: Command, environment?: Lookup): PackageOperation | undefined => {
  if (command.name === undefined) return undefined;
  const stray = strayIn(command.args);
  if (stray <= 0) return operationOf(command, command, undefined, environment);
  const args = command.args.slice(0, stray);
  const cut = operationOf({ ...command, args }, command, command.args[stray], environment);
  return cut && (packageActions.has(cut.action) || cut.action === 'clean')
    ? cut
    : operationOf(command, command, undefined, environment);
};

/** Where another command begins among the arguments, as behind a forgotten &&; -1 where none does. */
function strayIn(args: readonly ShellWord[]): number {
  return args.findIndex(({ text, literal }, index) => {
    if (!literal || index === 0) return false;
    if (operators.has(text)) return true;
    const next = args[index + 1];
    if (next === undefined || args[index - 1]!.text.startsWith('--')) return false;
    if (Object.hasOwn(callShapes, text)) return callShapes[text]!.test(next.text);
    const manager = managers.get(text)?.manager;
    return manager !== undefined && next.literal && next.text.length > 2 && isCall(manager, args.slice(index + 1));
  });
}

/** Whether words begin with a subcommand of a manager, all of its words. */
const isCall = (manager: PackageManager, args: readonly ShellWord[]): boolean =>
  spellingsOf(manager).some(({ words }) =>
    words.every((word, index) => args[index] !== undefined && (word === '*' || word === args[index].text)),
  );

const operationOf = (
  command: Command,
  whole: Command,
  stray: ShellWord | undefined,
  environment: Lookup | undefined,
): PackageOperation | undefined => {
  if (command.name === undefined) return undefined;
  const found = findManager(command.name, command.args);
  if (!found) return undefined;
  const chosen = chooseVerb(found);
  if (!chosen) return undefined;

  const { manager } = found;
  const { verb } = chosen;
  const lookup: Lookup = (name) => assigned(command, name) ?? environment?.(name);
  const flags = flagsOf(manager, verb, chosen.read.options, chosen.names, lookup);
  const packages = chosen.calls ?? namePackages(manager, verb, chosen.read.positionals, flags);
  const action = packages.length === 0 && verb.alone ? verb.alone : verb.action;
  const inDirectory = verb.directoryManifests !== undefined && packages.some(({ source }) => source === 'directory');
  const project =
    verb.runsProject === 'always' ||
    (chosen.whole === false && !verb.manifests) ||
    inDirectory ||
    (verb.runsProject === 'alone' && !flags.has('global') && packages.every(({ source }) => source === 'directory'));
  return {
    command: whole,
    manager: manager.id,
    family: manager.family,
    action,
    verb: chosen.word,
    packages,
    flags,
    caches: cachesLeft(manager, verb, action, flags, lookup),
    cleans: cachesCleaned(manager, verb, flags, lookup),
    manifests: manifestsRead(verb, chosen.read.positionals, packages, flags),
    runsProject: project && !flags.has('noProject'),
    stray,
  };
};

interface Found {
  readonly manager: PackageManager;
  /** The verb that the name of the program stands for, or ''. */
  readonly implied: string;
  readonly args: readonly ShellWord[];
}

interface Chosen {
  readonly verb: Verb;
  readonly word: ShellWord | undefined;
  readonly read: ReadArguments;
  /** Flag of each canonical option name. */
  readonly names: ReadonlyMap<string, Flag>;
  readonly calls?: readonly NamedPackage[];
  /** Whether the code with the calls has nothing else in it. */
  readonly whole?: boolean;
}

const managers = new Map(
  packageManagers.flatMap((manager) =>
    Object.entries(manager.programs).map(([name, verb]) => [name, { manager, verb }]),
  ),
);

/** Without path and Windows suffix. */
const programName = (text: string): string =>
  text.replace(/^.*[\\/]/, '').replace(/\.(?:exe|cmd|bat)$|(?<=.)@.*$/i, ''); // corepack takes `pnpm@9`
const withoutVersion = (name: string): string => name.replace(/[-]?\d[\d.]*$/, '');

const findManager = (program: string, args: readonly ShellWord[]): Found | undefined => {
  const name = programName(program);
  const carried = carriedBy(name, args);
  if (carried) return carried;
  const exact = managers.get(name);
  const entry = exact ?? managers.get(withoutVersion(name));
  if (!entry || (!exact && !entry.manager.versioned)) return undefined;
  return { manager: entry.manager, implied: entry.verb, args };
};

const carriedBy = (name: string, args: readonly ShellWord[]): Found | undefined => {
  const carrier = carriers.find(
    ({ programs, versioned }) => programs.includes(name) || (versioned && programs.includes(withoutVersion(name))),
  );
  if (!carrier) return undefined;
  let read = readOptions(args, carrier.table);
  if (carrier.verb) {
    if (read.positionals[0]?.text !== carrier.verb) return undefined;
    read = readOptions(read.positionals.slice(1), carrier.table);
  }
  const named = carrier.option
    ? read.options.find((option) => option.name === carrier.option)?.value
    : read.positionals[0];
  if (!named) return undefined;
  return findManager(named.text, carrier.option ? read.positionals : read.positionals.slice(1));
};

const chooseVerb = (found: Found): Chosen | undefined => {
  const { manager, implied, args } = found;
  if (implied) return chosen(manager, verbNamed(manager, implied), undefined, [], args);
  const { table, names } = readingOf(manager, undefined);
  const read = readOptions(args, table);
  const called = callsIn(manager, read.options, names);
  if (called) return { verb: called.verb, word: undefined, read, names, calls: called.packages, whole: called.whole };
  if (manager.verbIs === 'mode') return chooseMode(manager, read, args);
  if (manager.verbIs === 'goal') return chooseGoal(manager, read, args);
  return chooseFirst(manager, read, args);
};

/** The longest spelling that the first words match. */
const chooseFirst = (manager: PackageManager, read: ReadArguments, args: readonly ShellWord[]): Chosen | undefined => {
  const words = manager.skip ? read.positionals.filter(({ text }) => !manager.skip!.test(text)) : read.positionals;
  const first = words[0];
  if (!first) {
    const { bare } = manager;
    const implied = bare && !read.options.some(({ name }) => bare.unless.test(name)) ? bare.verb : undefined;
    const verb: Verb | undefined = implied === undefined ? { action: 'other' } : verbNamed(manager, implied);
    return manager.fallback === 'none' ? undefined : chosen(manager, verb, undefined, [], args);
  }
  const fits = (spelling: readonly string[]): boolean =>
    spelling.every((part, i) => words[i] && (part === '*' || part === words[i].text));
  const best = spellingsOf(manager)
    .filter(({ words: spelling }) => fits(spelling))
    .sort((a, b) => b.words.length - a.words.length)[0];
  const word = words[best ? best.words.length - 1 : 0]!;
  const cut = args.indexOf(word) + 1;
  return chosen(manager, best?.verb ?? unknownVerb(manager), word, args.slice(0, cut), args.slice(cut));
};

/** The earliest goal of the table that is among the words. */
const chooseGoal = (manager: PackageManager, read: ReadArguments, args: readonly ShellWord[]): Chosen | undefined => {
  const first = read.positionals[0];
  if (!first) return chosen(manager, { action: 'other', words: 'ignored' }, undefined, [], args);
  const asked = (text: string, goal: string): boolean =>
    text.split(/[;,\s]+/).some((part) => part === goal || part.endsWith(`:${goal}`) || part.endsWith(`/${goal}`));
  for (const spelling of spellingsOf(manager)) {
    const word = read.positionals.find(({ text }) => asked(text, spelling.words.join(' ')));
    if (!word) continue;
    const cut = args.indexOf(word) + 1;
    return chosen(manager, spelling.verb, word, args.slice(0, cut), args.slice(cut));
  }
  return chosen(manager, unknownVerb(manager), first, args, []);
};

/** The earliest set of options of the table that is there. */
const chooseMode = (manager: PackageManager, read: ReadArguments, args: readonly ShellWord[]): Chosen | undefined => {
  const given = new Map(read.options.map((option) => [option.name, option.word]));
  const mode = spellingsOf(manager).find(({ words }) => words.every((name) => given.has(name)));
  return mode
    ? chosen(manager, mode.verb, given.get(mode.words[0]!), [], args)
    : chosen(manager, unknownVerb(manager), read.positionals[0], [], args);
};

/** The words up to the verb are read for their options only. */
const chosen = (
  manager: PackageManager,
  verb: Verb | undefined,
  word: ShellWord | undefined,
  before: readonly ShellWord[],
  after: readonly ShellWord[],
): Chosen | undefined => {
  if (!verb) return undefined;
  const { table, names } = readingOf(manager, verb);
  const left = readOptions(before, { ...table, ordered: false });
  const right = readOptions(after, table);
  const options = [...left.options, ...right.options];
  return { verb, word, read: { options, positionals: right.positionals }, names };
};

const unknownVerb = ({ fallback = 'other' }: PackageManager): Verb | undefined => {
  if (fallback === 'none') return undefined;
  return typeof fallback === 'string' ? { action: fallback, words: 'ignored' } : fallback;
};

interface Spelling {
  readonly words: readonly string[];
  readonly verb: Verb;
}
const spellingCache = new WeakMap<PackageManager, readonly Spelling[]>();

const spellingsOf = (manager: PackageManager): readonly Spelling[] => {
  const seen = spellingCache.get(manager);
  if (seen) return seen;
  const spellings = Object.entries(manager.verbs).flatMap(([key, entry]) => {
    const verb: Verb = typeof entry === 'string' ? { action: entry, words: 'ignored' } : entry;
    return key.split('|').map((spelling) => ({ words: spelling.split(' '), verb }));
  });
  spellingCache.set(manager, spellings);
  return spellings;
};

const verbNamed = (manager: PackageManager, name: string): Verb | undefined =>
  spellingsOf(manager).find(({ words }) => words.join(' ') === name)?.verb;

interface Reading {
  readonly table: OptionTable;
  readonly names: ReadonlyMap<string, Flag>;
}
const readings = new WeakMap<PackageManager, Map<Verb | undefined, Reading>>();

/** Options of the verb stand before those of the manager, and so win. */
const readingOf = (manager: PackageManager, verb: Verb | undefined): Reading => {
  const known = readings.get(manager) ?? new Map<Verb | undefined, Reading>();
  readings.set(manager, known);
  const key = verb?.options || verb?.table ? verb : undefined;
  const seen = known.get(key);
  if (seen) return seen;
  const entries = [...Object.entries(verb?.options ?? {}), ...Object.entries(manager.options)];
  const table = { ...manager.table, ...verb?.table, options: entries.map(([, text]) => text).join(' ') };
  const reading = { table, names: flagNames(entries, canonicalNames(table.options)) };
  known.set(key, reading);
  return reading;
};

const flagNames = (
  entries: readonly (readonly [string, string])[],
  canonical: ReadonlyMap<string, string>,
): ReadonlyMap<string, Flag> => {
  const names = new Map<string, Flag>();
  const claimed = new Set<string>();
  for (const [flag, text] of entries) {
    for (const spelling of text.split(' ').flatMap((entry) => entry.replace(/=\??$/, '').split('|'))) {
      const name = canonical.get(spelling);
      if (name === undefined || claimed.has(spelling)) continue;
      claimed.add(spelling);
      if (flag !== 'other' && !names.has(name)) names.set(name, flag as Flag);
    }
  }
  return names;
};

const off = /^(?:false|no|off|0)$/i;

const flagsOf = (
  manager: PackageManager,
  verb: Verb,
  options: readonly ReadOption[],
  names: ReadonlyMap<string, Flag>,
  lookup: Lookup,
): ReadonlyMap<Flag, readonly ReadOption[]> => {
  const flags = new Map<Flag, ReadOption[]>();
  const set = (flag: Flag, ...by: ReadOption[]): unknown => flags.set(flag, [...(flags.get(flag) ?? []), ...by]);
  for (const option of options) {
    const flag = names.get(option.name);
    if (flag && (option.takesValue || !off.test(option.value?.text ?? ''))) set(flag, option);
    for (const setting of manager.settings ?? []) {
      if (setting.option === option.name && option.value && setting.value.test(option.value.text))
        set(setting.flag, option);
    }
  }
  for (const { option, times, flag } of manager.repeated ?? []) {
    const given = options.filter(({ name }) => name === option);
    if (given.length >= times) set(flag, ...given);
  }
  for (const flag of verb.flags ?? []) set(flag);
  for (const [name, [value, flag]] of Object.entries(manager.variables ?? {})) {
    const text = lookup(name);
    if (text !== undefined && value.test(text)) set(flag);
  }
  return flags;
};

const assigned = (command: Command, name: string): string | undefined => {
  const value = command.assignments.findLast((assignment) => assignment.name === name)?.value;
  return value?.literal ? value.text : undefined;
};
