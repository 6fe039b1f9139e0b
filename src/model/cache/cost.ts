import { buildCommands } from '../../knowledge/commands/build-commands.ts';
import { trivialCommands } from '../../knowledge/commands/trivial-commands.ts';
import { packageActions } from '../../knowledge/managers/actions.ts';
import type { Command } from '../../shell/command.ts';
import type { Step } from '../model.ts';

/** What it takes to run a step again. `other` is a command that is not known here. */
export type CostClass = 'install' | 'compile' | 'download' | 'other' | 'copy' | 'trivial' | 'none';

/**
 * How much the classes weigh against each other. No measurement: an install or a build takes a minute where a copy takes a
 * second, and what is not known lies between.
 */
export const weights: Readonly<Record<CostClass, number>> = {
  install: 60,
  compile: 60,
  download: 20,
  other: 10,
  copy: 1,
  trivial: 1,
  none: 0,
};

const downloaders = new Set(['curl', 'wget', 'aria2c', 'axel']);
/** Clients of version control with what downloads: `git config` is done in a moment. */
const fetches: Readonly<Record<string, RegExp>> = {
  git: /^(?:clone|fetch|pull|submodule|lfs|svn|subtree)$/,
  hg: /^(?:clone|pull)$/,
  svn: /^(?:checkout|co|export|update|up)$/,
};

/** The words that make a command a build or a download: `make`, `curl`, `git clone`; undefined for all else. */
export function costlyCall({ name = '', args }: Command): string | undefined {
  if (buildCommands.has(name) || downloaders.has(name)) return name;
  const verb = Object.hasOwn(fetches, name) ? args.find(({ text }) => fetches[name]!.test(text)) : undefined;
  return verb && `${name} ${verb.text}`;
}

/** The heaviest class among what a step does; `none` for settings. Of a script that cannot be read, what can be. */
export function costOf({ instruction, script, operations }: Step): CostClass {
  if (instruction.kind === 'Copy' || instruction.kind === 'Add') return 'copy';
  if (instruction.kind === 'Workdir') return 'trivial';
  if (instruction.kind !== 'Run') return 'none';
  if (operations.some(({ action }) => action === 'build')) return 'compile';
  if (operations.some(({ action }) => action !== 'remove' && packageActions.has(action))) return 'install';
  const names = (script?.commands ?? []).flatMap(({ name }) => name ?? []);
  if (names.some((name) => buildCommands.has(name))) return 'compile';
  if (operations.some(({ action, manager }) => action === 'run' && runsScripts.has(manager))) return 'compile';
  if (script?.commands.some((it) => costlyCall(it) !== undefined)) return 'download';
  const cleaning = new Set(operations.flatMap(({ action, command }) => (action === 'clean' ? [command.name] : [])));
  const isQuick = (name: string): boolean =>
    trivialCommands.has(name) ||
    quickCommands.has(name) ||
    builtins.has(name) ||
    cleaning.has(name) ||
    Object.hasOwn(fetches, name);
  const known = script?.parsed === true && names.every(isQuick);
  return known ? 'trivial' : 'other';
}

/** `npm run build`: the scripts of a project that a build calls are mostly builds. */
const runsScripts: ReadonlySet<string> = new Set(['npm', 'yarn', 'pnpm', 'bun']);
/** They read what is there, and are done in a moment or in the time of a copy. */
const quickCommands = new Set(
  `tar unzip gzip gunzip xz unxz bunzip2 ldconfig find grep egrep awk gawk sort uniq head tail cut tr wc xargs dirname basename
  readlink realpath sync sleep setcap strip env printenv stat uname getent sha256sum sha512sum md5sum diff file cmp truncate
  rsync dd pushd popd chsh ssh-keygen update-ca-certificates`.split(/\s+/),
);
const builtins = new Set([
  'set',
  'cd',
  'export',
  'unset',
  'exit',
  'umask',
  'echo',
  'return',
  'shift',
  'read',
  '[[',
  'local',
]);

const costly: ReadonlySet<CostClass> = new Set<CostClass>(['install', 'compile', 'download']);

/** Whether a step takes its time when it runs again. */
export const isCostly = (step: Step): boolean => costly.has(costOf(step));
