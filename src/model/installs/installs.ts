import { packageManagers } from '../../knowledge/managers/index.ts';
import { type Ecosystem, ecosystems } from '../../knowledge/project/ecosystems/index.ts';
import type { Command } from '../../shell/command.ts';
import type { PackageOperation } from '../../shell/packages.ts';
import { fitsAny } from '../../text/glob.ts';
import { isBelow } from '../../text/path.ts';
import { lazy } from '../lazy.ts';
import type { Step } from '../model.ts';
import { folderOrUnknown, placeIn } from '../stages/folder.ts';
import type { Install } from './install.ts';

const none: readonly Install[] = [];

/** An operation of a step that gets packages by what the sources of the project import: `go mod tidy`. */
export const sourceReader = ({ operations }: Step): PackageOperation | undefined =>
  operations.find(({ manager, verb }) => verb && ecosystemOf(manager)?.readsCode?.includes(verb.text));

/** What a RUN installs from manifests, in the order of its commands. */
export function installsOf(step: Step): readonly Install[] {
  const { instruction, script, operations } = step;
  if (instruction.kind !== 'Run' || !script) return none;
  return script.commands.flatMap((command): Install[] => {
    const operation = operations.find((it) => it.command === command);
    const found = operation ? ofOperation(operation, step) : ofCommand(command, step);
    return found ? [found] : [];
  });
}

const byManager = lazy(() => new Map(ecosystems.flatMap((it) => it.managers.map((id) => [id, it]))));

/** The ecosystem for which a package manager installs. */
export const ecosystemOf = (manager: string): Ecosystem | undefined => byManager().get(manager);

function ofOperation(operation: PackageOperation, step: Step): Install | undefined {
  const { command, manager, action, manifests, packages, flags, verb } = operation;
  const ecosystem = ecosystemOf(manager);
  if (!ecosystem || manifests.length === 0 || flags.has('dryRun') || flags.has('global')) return undefined;
  if (verb && ecosystem.readsCode?.includes(verb.text)) return undefined;
  const named = new Set(
    [...(flags.get('requirementsFile') ?? []), ...(flags.get('manifest') ?? [])].map(({ value }) => value?.text),
  );
  const known = [...ecosystem.manifests, ...ecosystem.locks, ...ecosystem.inputs.map(({ pattern }) => pattern)];
  const read = manifests.filter((path) => named.has(path) || known.includes(path) || fitsAny(known, path));
  const folders = packages.length > 0 && packages.every(({ source }) => source === 'directory');
  const builds = buildsWith(operation, ecosystem, folders);
  const installs =
    // a build of nothing but the dependencies: `stack build --only-dependencies`
    (action === 'install' || action === 'download' || (action === 'build' && flags.has('noProject'))) &&
    !builds &&
    (packages.length === 0 || (folders && manager === 'cpanm' && flags.has('noProject')));
  if ((!builds && !installs) || read.length === 0) return undefined;
  return { ...placed(read, step, command), command, ecosystem, operation, call: callOf(operation), builds };
}

/** Whether it builds the project, and downloads what that needs. */
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

interface OwnCommand {
  readonly ecosystem: Ecosystem;
  readonly words: readonly string[];
}

/** Commands of the ecosystems' own, by program. */
const ownCommands = lazy(() => {
  const found = new Map<string | undefined, OwnCommand[]>();
  for (const ecosystem of ecosystems) {
    for (const words of ecosystem.commands?.map((it) => it.split(' ')) ?? [])
      found.set(words[0], [...(found.get(words[0]) ?? []), { ecosystem, words }]);
  }
  return found;
});

function ofCommand(command: Command, step: Step): Install | undefined {
  const { name, args } = command;
  for (const { ecosystem, words } of ownCommands().get(name) ?? []) {
    if (!words.every((word, index) => index === 0 || args[index - 1]?.text === word)) continue;
    if (args.some(({ text }) => text === '-g')) continue;
    const place = placed(ecosystem.manifests, step, command);
    return { ...place, command, ecosystem, operation: undefined, call: words.join(' '), builds: false };
  }
  return undefined;
}

const goals = lazy(() => new Set(packageManagers.flatMap(({ id, verbIs }) => (verbIs === 'goal' ? [id] : []))));

/** The program and the words of its verb: `go mod download`. */
export function callOf({ manager, verb, command, manifests }: PackageOperation): string {
  if (manager === 'r') return manifests.includes('renv.lock') ? 'renv::restore()' : 'R';
  if (!verb) return manager;
  const { args } = command;
  if (goals().has(manager)) return `${manager} ${verb.text.replace(/,$/, '')}`;
  const plain = (at: number): boolean =>
    /^[a-z][\w.-]*$/i.test(args[at]?.text ?? '') && !args[at - 1]?.text.startsWith('-');
  const end = args.indexOf(verb);
  let start = end;
  while (start > 0 && plain(start - 1) && args[start - 1]!.text !== manager) start--;
  const words = end < 0 ? [verb] : args.slice(start, end + 1);
  return [manager, ...words.map(({ text }) => text.replace(/,$/, ''))].join(' ');
}

function placed(paths: readonly string[], step: Step, command: Command): Pick<Install, 'folder' | 'manifests'> {
  const folder = folderAt(step, command);
  const known = paths.filter((path) => path !== '' && !/[$`~]/.test(path));
  return { folder, manifests: folder === undefined ? [] : known.map((path) => placeIn(folder, path, true)) };
}

/** The folder in which a command of a script runs; undefined where only the build knows. */
function folderAt(step: Step, command: Command): string | undefined {
  const { folders } = step.effects;
  const moved = [...folders.keys()].some(
    ({ name, span }) => (name === 'cd' || name === 'pushd' || name === 'popd') && span.start < command.span.start,
  );
  return folders.get(command) ?? (moved ? undefined : folderOrUnknown(step));
}

const bringing: ReadonlySet<string> = new Set(['clone', 'extract', 'download', 'redirect']);

/** Whether other files than those of the context come to a place of the image before an install: a clone, an archive. */
export function mayComeFromElsewhere(path: string, steps: readonly Step[], step: Step, { command }: Install): boolean {
  const from = [...steps, step].flatMap((it) =>
    it.effects.all.filter(
      ({ kind, means, command: by }) =>
        kind === 'write' &&
        bringing.has(means) &&
        (it !== step || (by !== undefined && by.span.start < command.span.start)),
    ),
  );
  return from.some((it) => isBelow(path, it.path));
}
