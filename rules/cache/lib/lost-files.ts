import {
  absoluteIn,
  baseName,
  type Effect,
  fixedPart,
  imageName,
  isBelow,
  joined,
  type KnownMount,
  knownMounts,
  type Step,
  withoutSlash,
} from '../../../src/engine/rule.ts';
import { buildCommands } from '../../../src/knowledge/commands/build-commands.ts';
import { projectFolders } from '../../../src/knowledge/project/folders.ts';

/** A mount, with the step that has it. */
interface Lost {
  readonly step: Step;
  readonly mounted: KnownMount;
}

/** The mounts that keep what is written under them out of the layer. */
const lostAt = (step: Step): Lost[] =>
  knownMounts(step, 'cache', 'tmpfs')
    .filter(({ mount, target }) => mount.readonly !== true && target !== '/')
    .map((mounted) => ({ step, mounted }));

/** Whether a step has a mount where the path is, so that it does not look into the layer. */
export const isMounted = (path: string, { mounts }: Step): boolean =>
  mounts.some(({ type, target, written }) => {
    if (target === undefined) return written !== undefined;
    return type !== 'secret' && type !== 'ssh' && isBelow(path, target);
  });

/**
 * The mount in which a file that is looked for after `steps` was left, where nothing else can have brought it: no COPY, no
 * RUN without the mount, not the base image.
 */
export function lostMount(path: string, steps: readonly Step[]): KnownMount | undefined {
  const fixed = fixedPart(path);
  const lost = steps.flatMap(lostAt).findLast(({ mounted }) => isBelow(fixed, mounted.target));
  if (!lost || !isOfFile(lost)) return undefined;
  return steps.some((step) => mayBring(fixed, lost, step)) ? undefined : lost.mounted;
}

/** Whether the folder is the file's own affair: below a WORKDIR that it sets, or in an official image. */
const isOfFile = (lost: Lost): boolean =>
  isInProject(lost) || imageName(lost.step)?.startsWith('docker.io/library/') === true;

function isInProject({ step, mounted: { target } }: Lost): boolean {
  const folder = [...step.earlier, step].findLast(({ instruction }) => instruction.kind === 'Workdir');
  const set = folder?.after.workdir.state === 'known' ? folder.after.workdir.text : undefined;
  return set !== undefined && set !== '/' && isBelow(target, set);
}

function mayBring(path: string, lost: Lost, step: Step): boolean {
  const { target } = lost.mounted;
  const { kind } = step.instruction;
  if (kind === 'Copy' || kind === 'Add')
    return step.effects.all.some((it) => copies(it, path, target, step)) || !step.effects.complete;
  if (kind === 'Onbuild') return false;
  if (kind !== 'Run' || isMounted(path, step)) return false;
  const { all, complete } = step.effects;
  // what is installed beside a project is not in it
  const written = all.filter(({ means }) => means !== 'packages' || !isInProject(lost));
  if (written.some((it) => it.kind === 'write' && touches(it, path, target))) return true;
  if (!step.script?.parsed || (!complete && names(step, path, target))) return !complete;
  return !complete && ((!isInstalled(target) && builds(step)) || runsScript(step, target));
}

/** A folder of packages, which only an install fills. */
const isInstalled = (target: string): boolean => installed.has(baseName(target));
const installed = new Set(['npm', 'composer', 'uv'].flatMap((it) => projectFolders[it] ?? []));

const touches = ({ path, deep, means }: Effect, wanted: string, target: string): boolean =>
  means !== 'folder' && (isBelow(fixedPart(path), target) || (deep && isBelow(wanted, fixedPart(path))));

/** Whether it copies something below the mount, or a folder above of which that is known. */
function copies(effect: Effect, path: string, target: string, { takes }: Step): boolean {
  if (isBelow(effect.path, target)) return true;
  if (!effect.deep || !isBelow(path, fixedPart(effect.path))) return false;
  const take = takes.find(({ at }) => at === effect.at);
  if (take?.origin.kind !== 'context') return true;
  // a folder of the context hardly brings what is built from it; where the context is at hand, it says so
  return [...take.landed.keys()].some((place) => isBelow(place, path));
}

/** Whether it runs something that may build the project. */
const builds = ({ script, operations }: Step): boolean =>
  operations.some(({ action, runsProject }) => runsProject || action === 'build' || action === 'run') ||
  (script?.commands ?? []).some(({ name }) => buildCommands.has(name ?? ''));

/** Whether it runs a script of its own, or a program that only the build knows; one from the mount cannot run. */
const runsScript = ({ script, before: { workdir } }: Step, target: string): boolean =>
  (script?.commands ?? []).some(({ name, word, args }) => {
    const { text } = word;
    const path = workdir.state === 'known' ? absoluteIn(workdir.text, text) : absoluteIn(undefined, text);
    if (text.includes('/') && path !== undefined && isBelow(path, target)) return false;
    if (name === undefined) return text !== '';
    const isOwn = /^\.{1,2}\//.test(text) || /^\/(?!usr\/|bin\/|sbin\/)/.test(text) || /\.\w+$/.test(text);
    return isOwn || (/^(?:sh|bash|dash|\.|source|eval|python[\d.]*|node|ruby|perl|php)$/.test(name) && args.length > 0);
  });

/** Whether its words say anything of the folder. */
const names = ({ script, operations, before: { workdir } }: Step, path: string, target: string): boolean =>
  (script?.commands ?? []).some(
    (command) =>
      operations.every((it) => it.command !== command) &&
      command.args.some(({ text }) => {
        if (!text.includes('/')) return false;
        const base = workdir.state === 'known' ? workdir.text : '/';
        const at = text.startsWith('/') ? text : joined(withoutSlash(base), text.replace(/^\.\//, ''));
        return isBelow(at, target) || (text !== '.' && text.length > 1 && isBelow(path, withoutSlash(at)));
      }),
  );
