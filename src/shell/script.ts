import type { TextMap } from '../text/map.ts';
import type { Span } from '../text/span.ts';
import type { Command, Dialect, ShellWord } from './command.ts';
import type { Mapped } from './mapped.ts';
import { syntaxOf } from './read-syntax.ts';
import type { Syntax } from './syntax.ts';
import { type Found, readCall, readScript } from './walk.ts';

export type { Mapped } from './mapped.ts';
export type { Construct, Syntax, SyntaxWord } from './syntax.ts';

/** Where a script gives a variable a value. */
export interface Given {
  /** `prefix`: in front of a command, for that command only. */
  readonly by: 'assignment' | 'prefix' | 'argument' | 'read';
  readonly command: Command;
  /** Of an assignment; undefined if it is empty. */
  readonly value: ShellWord | undefined;
  /** The argument. */
  readonly word: ShellWord | undefined;
}

/** A script and every simple command in it. */
export interface Script {
  readonly dialect: Dialect;
  /** In the order of the text, wherever they stand; what a command is handed to run comes behind it. */
  readonly commands: readonly Command[];
  readonly errors: readonly { readonly message: string; readonly span: Span }[];
  /** Whether the script was read by its grammar and `commands` is all of it; scripts in strings do not count. */
  readonly parsed: boolean;
  /**
   * Why not: a shell that is not read, a mistake in the script, marks of a template engine, or nesting beyond reason.
   * Plain scripts for cmd and PowerShell have commands all the same.
   */
  readonly reason: 'dialect' | 'syntax' | 'template' | 'depth' | undefined;
  /** The options that the script sets for itself, with `set` or in its `#!` line, and from which command on. */
  readonly sets: readonly { readonly option: string; readonly on: boolean; readonly from: Command }[];
  /** What it says beyond its commands; empty where it was not parsed. */
  readonly syntax: Syntax;
  /** What it gives values, by name: assignments, `export name=value` and other arguments of that form, `read name`. */
  readonly given: ReadonlyMap<string, readonly Given[]>;
  /** The commands of one pipeline, in order. */
  readonly piped: (command: Pick<Command, 'pipeline'>) => readonly Command[];
  /** The commands of a name, in order. */
  readonly named: (name: string) => readonly Command[];
}

const template = /\{\{|\{%|<%|%>|@[A-Z][A-Z0-9_]+@/;
const unread: ReadonlySet<Dialect> = new Set(['cmd', 'powershell', 'other']);

/** Reads a script. Never throws; what cannot be read has `parsed: false` and the commands found until then. */
export function parseScript(
  text: string,
  { map, dialect }: { readonly map: TextMap; readonly dialect: Dialect },
): Script {
  const found = nothing();
  readScript({ text, map }, dialect, found);
  return finish(found, dialect, text, unread.has(dialect));
}

/** The command that an exec form starts; a shell with `-c`, `/C` or `-Command` is looked into. */
export function execCommand(
  argv: readonly (Mapped & { readonly span: Span; readonly raw: string })[],
  dialect: Dialect,
): Script {
  const found = nothing();
  const words = argv.map(({ text, span, raw }): ShellWord => ({ span, raw, text, literal: true }));
  const texts = new Map(words.map((word, index) => [word, argv[index]!]));
  if (words.length > 0) readCall(words, dialect, found, (word) => texts.get(word));
  return finish(found, dialect, '', false);
}

/** The words of a command as texts, its name's word first. */
export const words = ({ word, args }: Command): readonly string[] => [word.text, ...args.map(({ text }) => text)];

const nothing = (): Found => ({ commands: [], errors: [], pipelines: 0, deep: false, trees: [], nodes: new Map() });

function finish(found: Found, dialect: Dialect, text: string, foreign: boolean): Script {
  const { errors, deep } = found;
  const commands = inOrder(found.commands);
  const syntax = errors.length === 0 ? undefined : template.test(text) ? 'template' : 'syntax';
  const reason = foreign ? 'dialect' : deep ? 'depth' : syntax;
  const own = commands.filter(({ within }) => !within.includes('string'));
  const sets = foreign ? [] : [...shebangSets(text, own[0]), ...own.flatMap(setsOf)];
  const parsed = reason === undefined;
  let read: Syntax | undefined;
  let given: Script['given'] | undefined;
  const pipelines = grouped(commands, ({ pipeline }) => pipeline);
  const names = grouped(commands, ({ name }) => name);
  return {
    dialect,
    commands,
    errors,
    parsed,
    reason,
    sets,
    get given() {
      given ??= givenBy(commands);
      return given;
    },
    piped: ({ pipeline }) => pipelines().get(pipeline) ?? [],
    named: (name) => names().get(name) ?? [],
    get syntax() {
      read ??= syntaxOf(parsed ? found.trees : [], found.nodes);
      return read;
    },
  };
}

function givenBy(commands: readonly Command[]): Script['given'] {
  const found = new Map<string, Given[]>();
  const add = (name: string, it: Given): void => {
    const list = found.get(name);
    if (list) list.push(it);
    else found.set(name, [it]);
  };
  for (const command of commands) {
    const by = command.word.text === '' ? 'assignment' : 'prefix';
    for (const { name, value } of command.assignments) add(name, { by, command, value, word: undefined });
    for (const word of command.args) {
      const equals = word.text.indexOf('=');
      if (equals >= 0) add(word.text.slice(0, equals), { by: 'argument', command, value: undefined, word });
      else if (command.name === 'read') add(word.text, { by: 'read', command, value: undefined, word });
    }
  }
  return found;
}

/** Commands by a key of theirs, found out when first asked for. */
function grouped<K>(commands: readonly Command[], keyOf: (it: Command) => K): () => ReadonlyMap<K, readonly Command[]> {
  let groups: Map<K, Command[]> | undefined;
  return () => {
    if (groups) return groups;
    groups = new Map();
    for (const it of commands) {
      const list = groups.get(keyOf(it));
      if (list) list.push(it);
      else groups.set(keyOf(it), [it]);
    }
    return groups;
  };
}

/** Here-documents stand behind the rest of their line. */
function inOrder(commands: Command[]): readonly Command[] {
  const sorted = commands.every(({ span }, index) => index === 0 || commands[index - 1]!.span.start <= span.start);
  return sorted ? commands : commands.sort((one, other) => one.span.start - other.span.start);
}

type Setting = Script['sets'][number];

/** `#!/bin/bash -e`, which only a script of its own begins with. */
function shebangSets(text: string, from: Command | undefined): readonly Setting[] {
  const line = /^#![ \t]*\S*sh[ \t]+([^\n]*)/.exec(text)?.[1];
  return line === undefined || !from ? [] : settings(line.trim().split(/[ \t]+/), from);
}

function setsOf(command: Command): readonly Setting[] {
  if (command.name !== 'set') return [];
  const args = command.args.map(({ text }) => text);
  return settings(args, command);
}

const letters: Readonly<Record<string, string>> = { e: 'errexit', u: 'nounset', x: 'xtrace' };

/** `-e`, `-euo pipefail`, `+x`. */
function settings(args: readonly string[], from: Command): readonly Setting[] {
  const found: Setting[] = [];
  for (let index = 0; index < args.length && /^[-+][a-zA-Z]+$/.test(args[index]!); index++) {
    const [sign, ...flags] = args[index]!;
    for (const letter of flags) {
      const option = letter === 'o' ? args[++index] : letters[letter];
      if (option !== undefined) found.push({ option, on: sign === '-', from });
    }
  }
  return found;
}
