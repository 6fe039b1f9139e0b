import { type Effect, effectsOf, isBelow, type Step } from '../../../src/engine/rule.ts';
import { buildCommands } from '../../../src/knowledge/commands/build-commands.ts';
import { projectFolders } from '../../../src/knowledge/project/folders.ts';
import { before, expanded, type MountedFolder, mountsOf } from '../../lib/cache-mounts.ts';
import { imageName } from '../../lib/image-caches.ts';
import { absolute } from '../../lib/paths.ts';

/** The mounts that keep what is written under them out of the layer, with the step that has them. */
const lostAt = (step: Step): MountedFolder[] =>
  step.instruction.kind === 'Run'
    ? mountsOf(step, 'cache', 'tmpfs').filter(({ mount, target }) => mount.readonly !== true && target !== '/')
    : [];

/** Whether a step has a mount where the path is, so that it does not look into the layer. */
export const isMounted = (path: string, step: Step): boolean =>
  mountsOf(step, 'cache', 'tmpfs', 'bind').some(({ target }) => isBelow(path, target)) ||
  step.instruction.flags.some(({ mount }) => mount?.target !== undefined && expanded(mount.target, step) === undefined);

/**
 * The mount in which a file that is looked for after `steps` was left, where nothing else can have brought it: no COPY, no
 * RUN without the mount, not the base image.
 */
export function lostMount(path: string, steps: readonly Step[]): MountedFolder | undefined {
  const fixed = fixedPart(path);
  const mounts = steps.flatMap(lostAt).filter(({ target }) => isBelow(fixed, target));
  const mounted = mounts.at(-1);
  if (!mounted || !isOfFile(mounted)) return undefined;
  return steps.some((step) => mayBring(fixed, mounted, step)) ? undefined : mounted;
}

/** The part of a path before its first wildcard. */
const fixedPart = (path: string): string => {
  const wild = path.search(/[*?[]/);
  return wild < 0 ? path : path.slice(0, path.lastIndexOf('/', wild)) || '/';
};

/** Whether the folder is the file's own affair: below a WORKDIR that it sets, or in an official image. */
const isOfFile = (mounted: MountedFolder): boolean =>
  isInProject(mounted) || imageName(mounted.step)?.startsWith('docker.io/library/') === true;

function isInProject({ step, target }: MountedFolder): boolean {
  const folder = before(step).findLast(({ instruction }) => instruction.kind === 'Workdir');
  const set = folder?.after.workdir.state === 'known' ? folder.after.workdir.text : undefined;
  return set !== undefined && set !== '/' && isBelow(target, set);
}

function mayBring(path: string, mounted: MountedFolder, step: Step): boolean {
  const { target } = mounted;
  const { kind } = step.instruction;
  if (kind === 'Copy' || kind === 'Add')
    return effectsOf(step).all.some((it) => copies(it, path, target, step)) || !effectsOf(step).complete;
  if (kind === 'Onbuild') return false;
  if (kind !== 'Run' || isMounted(path, step)) return false;
  const { all, complete } = effectsOf(step);
  // what is installed beside a project is not in it
  const written = all.filter(({ means }) => means !== 'packages' || !isInProject(mounted));
  if (written.some((it) => it.kind === 'write' && touches(it, path, target))) return true;
  if (!step.script?.parsed || (!complete && names(step, path, target))) return !complete;
  return !complete && ((!isInstalled(target) && builds(step)) || runsScript(step, target));
}

/** A folder of packages, which only an install fills. */
const isInstalled = (target: string): boolean => installed.has(target.slice(target.lastIndexOf('/') + 1));
const installed = new Set(['npm', 'composer', 'uv'].flatMap((it) => projectFolders[it] ?? []));

const touches = ({ path, deep, means }: Effect, wanted: string, target: string): boolean =>
  means !== 'folder' && (isBelow(fixedPart(path), target) || (deep && isBelow(wanted, fixedPart(path))));

/** Whether it copies something below the mount, or a folder above of which that is known. */
function copies(effect: Effect, path: string, target: string, step: Step): boolean {
  if (isBelow(effect.path, target)) return true;
  if (!effect.deep || !isBelow(path, fixedPart(effect.path))) return false;
  const { instruction, stage } = step;
  if (instruction.kind !== 'Copy' && instruction.kind !== 'Add') return true;
  if (instruction.flags.some(({ name }) => name.text === 'from')) return true;
  const rest = path.slice(effect.path.replace(/\/$/, '').length + 1);
  const sources = instruction.sources.filter(({ span }) => span.start >= effect.at.start && span.end <= effect.at.end);
  // a folder of the context hardly brings what is built from it; where the context is at hand, it tells
  if (!stage?.context) return false;
  return sources.some(({ text }) => {
    const below = stage.context!.copied([`${text.replace(/\/$/, '')}/${rest}`]);
    return below.files.length > 0;
  });
}

/** Whether it runs something that may build the project. */
const builds = ({ script, operations }: Step): boolean =>
  operations.some(({ action, runsProject }) => runsProject || action === 'build' || action === 'run') ||
  (script?.commands ?? []).some(({ name }) => buildCommands.has(name ?? ''));

/** Whether it runs a script of its own, or a program that only the build knows; one from the mount cannot run. */
const runsScript = ({ script, before: { workdir } }: Step, target: string): boolean =>
  (script?.commands ?? []).some(({ name, word, args }) => {
    const { text } = word;
    const path = workdir.state === 'known' ? absolute(workdir.text, text) : absolute(undefined, text);
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
        const at = text.startsWith('/') ? text : `${base.replace(/\/$/, '')}/${text.replace(/^\.\//, '')}`;
        return isBelow(at, target) || (text !== '.' && text.length > 1 && isBelow(path, at.replace(/(?<=.)\/$/, '')));
      }),
  );
