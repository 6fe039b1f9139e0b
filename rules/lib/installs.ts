import {
  type Command,
  type Context,
  effectsOf,
  isBelow,
  type PackageOperation,
  type Step,
} from '../../src/engine/rule.ts';
import { packageManagers } from '../../src/knowledge/managers/index.ts';
import { type Ecosystem, ecosystems } from '../../src/knowledge/project/ecosystems/index.ts';
import { fits } from './glob.ts';
import { folderOf, placeIn } from './image-files.ts';
import { baseOf } from './paths.ts';

/** A command that gets what the manifest of a project lists. */
export interface Install {
  readonly step: Step;
  readonly command: Command;
  readonly ecosystem: Ecosystem;
  /** Undefined where no package manager of the tables does it. */
  readonly operation: PackageOperation | undefined;
  /** `npm ci`. */
  readonly call: string;
  /** The manifests that it may read, by their paths in the image, which may have wildcards. */
  readonly manifests: readonly string[];
  /** Whether it builds the project, and gets the dependencies on the way. */
  readonly builds: boolean;
}

const managers = new Map(packageManagers.map((it) => [it.id, it]));
const byManager = new Map(ecosystems.flatMap((it) => it.managers.map((id) => [id, it])));

const kept = new WeakMap<Step, readonly Install[]>();

/** What a RUN installs from manifests, in the order of its commands. */
export function installsIn(step: Step): readonly Install[] {
  const found = kept.get(step) ?? read(step);
  kept.set(step, found);
  return found;
}

function read(step: Step): readonly Install[] {
  const { instruction, script } = step;
  if (instruction.kind !== 'Run' || !script) return [];
  return script.commands.flatMap((command): Install[] => {
    const operation = step.operations.find((it) => it.command === command);
    const found = operation ? ofOperation(operation, step) : ofCommand(command, step);
    return found ? [found] : [];
  });
}

function ofOperation(operation: PackageOperation, step: Step): Install | undefined {
  const { command, manager, action, manifests, packages, flags, verb } = operation;
  const ecosystem = byManager.get(manager);
  if (!ecosystem || manifests.length === 0 || flags.has('dryRun') || flags.has('global')) return undefined;
  if (verb && ecosystem.readsCode?.includes(verb.text)) return undefined;
  const named = new Set(
    [...(flags.get('requirementsFile') ?? []), ...(flags.get('manifest') ?? [])].map(({ value }) => value?.text),
  );
  const known = [...ecosystem.manifests, ...ecosystem.locks, ...ecosystem.inputs.map(({ pattern }) => pattern)];
  const read = manifests.filter(
    (path) => named.has(path) || known.some((it) => fits(it, path) || fits(it, baseOf(path)) || it === path),
  );
  const folders = packages.length > 0 && packages.every(({ source }) => source === 'directory');
  const builds = buildsWith(operation, ecosystem, folders);
  const installs =
    (action === 'install' || action === 'download') &&
    !builds &&
    (packages.length === 0 || (folders && manager === 'cpanm' && flags.has('noProject')));
  if ((!builds && !installs) || read.length === 0) return undefined;
  return {
    step,
    command,
    ecosystem,
    operation,
    call: callOf(operation),
    manifests: placed(read, step, command),
    builds,
  };
}

/** A build of the project that has to download what it needs; `none` where no one can split it. */
function buildsWith(
  { action, flags, runsProject, manager }: PackageOperation,
  ecosystem: Ecosystem,
  folders: boolean,
): boolean {
  if (!ecosystem.buildsInstall || flags.has('offline') || flags.has('noProject')) return false;
  if (manager === 'dotnet' && flags.has('noDeps')) return false;
  return (
    (action === 'build' && runsProject) || (action === 'install' && runsProject && (folders || manager !== 'cargo'))
  );
}

/** Commands of the ecosystems' own, by program. */
const ownCommands = new Map<
  string | undefined,
  { readonly ecosystem: Ecosystem; readonly words: readonly string[] }[]
>();
for (const ecosystem of ecosystems) {
  for (const words of ecosystem.commands?.map((it) => it.split(' ')) ?? [])
    ownCommands.set(words[0], [...(ownCommands.get(words[0]) ?? []), { ecosystem, words }]);
}

function ofCommand(command: Command, step: Step): Install | undefined {
  const { name, args } = command;
  for (const { ecosystem, words } of ownCommands.get(name) ?? []) {
    if (!words.every((word, index) => index === 0 || args[index - 1]?.text === word)) continue;
    if (args.some(({ text }) => text === '-g')) continue;
    const call = words.join(' ');
    const manifests = placed(ecosystem.manifests, step, command);
    return { step, command, ecosystem, operation: undefined, call, manifests, builds: false };
  }
  return undefined;
}

/** The program and the words of its verb: `go mod download`. */
export function callOf({ manager, verb, command, manifests }: PackageOperation): string {
  if (manager === 'r') return manifests.includes('renv.lock') ? 'renv::restore()' : 'R';
  if (!verb) return manager;
  const { args } = command;
  if (managers.get(manager)?.verbIs === 'goal') return `${manager} ${verb.text.replace(/,$/, '')}`;
  const plain = (at: number): boolean =>
    /^[a-z][\w.-]*$/i.test(args[at]?.text ?? '') && !args[at - 1]?.text.startsWith('-');
  const end = args.indexOf(verb);
  let start = end;
  while (start > 0 && plain(start - 1) && args[start - 1]!.text !== manager) start--;
  const words = end < 0 ? [verb] : args.slice(start, end + 1);
  return [manager, ...words.map(({ text }) => text.replace(/,$/, ''))].join(' ');
}

function placed(paths: readonly string[], step: Step, command: Command): readonly string[] {
  const folder = folderAt(step, command);
  return folder === undefined ? [] : paths.flatMap((path) => placeIn(folder, path) ?? []);
}

/** The folder in which a command of a script runs; undefined where only the build knows. */
function folderAt(step: Step, command: Command): string | undefined {
  const { folders } = effectsOf(step);
  const moved = [...folders.keys()].some(
    ({ name, span }) => (name === 'cd' || name === 'pushd' || name === 'popd') && span.start < command.span.start,
  );
  return folders.get(command) ?? (moved ? undefined : folderOf(step));
}

/** Whether other files than those of the context come to a place of the image before a command: a clone, an archive. */
export function mayComeFromElsewhere(path: string, steps: readonly Step[], install: Install): boolean {
  const brings = new Set(['clone', 'extract', 'download', 'redirect']);
  const from = [...steps, install.step].flatMap((step) =>
    effectsOf(step).all.filter(
      ({ kind, means, command }) =>
        kind === 'write' &&
        brings.has(means) &&
        (step !== install.step || (command !== undefined && command.span.start < install.command.span.start)),
    ),
  );
  return from.some((it) => isBelow(path, it.path));
}

/** What has to be copied ahead of an install, from the folder of its manifest on. */
export interface Ahead {
  /** Files of the context, by their paths from its root. */
  readonly files: readonly string[];
  /** Manifests in the folders below that it reads as well. */
  readonly members: readonly string[];
  /** Why that is not enough. */
  readonly stop: string | undefined;
}

/** `folder` is that of the manifest in the context, `paths` what of the context is copied. */
export function filesAhead(
  { ecosystem, manifests }: Install,
  context: Context,
  folder: string,
  paths: readonly string[],
): Ahead {
  const prefix = folder === '' ? '' : `${folder}/`;
  const inside = paths.filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length));
  const matching = (pattern: string): string[] => inside.filter((path) => fits(pattern, path));
  const stopped = ecosystem.inputs.find(({ need, pattern }) => need === 'stop' && matching(pattern).length > 0);
  const copied = ecosystem.inputs.filter(({ need }) => need === 'copy').map(({ pattern }) => pattern);
  const bases = manifests.map(baseOf);
  const said = ecosystem.stops?.find((it) => says(it.file, it.text));
  const isLock = (path: string): boolean => ecosystem.locks.some((it) => fits(it, path));
  const own = inside.filter((path) => !path.includes('/') && !isLock(path) && bases.some((it) => fits(it, path)));
  const locks = ecosystem.locks.flatMap(matching);
  const nested = own.flatMap((path) => nestedIn(context.read(prefix + path) ?? '', path));
  const files = new Set([
    ...own,
    ...locks,
    ...nested.filter((path) => inside.includes(path)),
    ...copied.flatMap(matching),
  ]);
  const hasMembers = ecosystem.members?.some((it) => says(it.file, it.text)) ?? false;
  const members = hasMembers ? inside.filter((path) => isMember(path) && !files.has(path)) : [];
  return {
    files: [...files].map((path) => prefix + path),
    members: members.map((path) => prefix + path),
    stop: said?.why ?? stopped?.why,
  };

  function says(file: string, text: RegExp): boolean {
    const named = file.startsWith('*requirements') ? [...bases, ...matching(file)] : matching(file);
    return named.some((path) => text.test(context.read(prefix + path) ?? ''));
  }
  function isMember(path: string): boolean {
    const made = ecosystem.outputs.some((it) => path.split('/').includes(it));
    return path.includes('/') && !made && ecosystem.manifests.some((it) => fits(it, baseOf(path)));
  }
}

/** The files that a requirements file names, seen from its folder. */
const nestedIn = (text: string, path: string): string[] =>
  /\.(?:txt|in)$/.test(path)
    ? [...text.matchAll(/^\s*(?:-r|-c|--requirement|--constraint)[\s=]*(\S+)/gm)].map(([, name]) =>
        name!.replace(/^\.\//, ''),
      )
    : [];
