import { firstWithDnf, firstWithDnf5 } from '../../knowledge/images/releases.ts';
import { inBraces } from '../../shell/braces.ts';
import type { Command } from '../../shell/command.ts';
import { type PackageOperation, packageOperation } from '../../shell/packages.ts';
import { baseName, hasWildcard, withoutSlash } from '../../text/path.ts';
import type { Model, Stage, Step } from '../model.ts';
import { isBefore, isSince, releaseOf } from '../stages/release.ts';
import { readerOf } from '../stages/sh.ts';
import { imageOf } from './image-caches.ts';
import { keptOut } from './mounts.ts';

/** The folders that an operation fills and that are still full when the layer of its RUN is written. */
export function cachesInLayer(operation: PackageOperation, step: Step): string[] {
  const places = filledBy(operation, step);
  if (places.length === 0) return [];
  const { cleaned, emptied } = cleaningIn(step);
  const { start } = operation.command.span;
  if (cleaned > start) return [];
  const kept = keptOut(step);
  return places.filter(
    (path) =>
      ![path, ...elsewhere(path, step)].some(
        (it) => kept.some((by) => takes(by, it)) || emptied.some(([by, at]) => at > start && takes(by, it)),
      ),
  );
}

const isNamedSo = ({ name, word, args }: Command): boolean =>
  /clean|purge/i.test(word.text) || (name === 'rm' && args.some(({ text }) => /\$.*cache/i.test(text)));

export interface Cleaning {
  /** Where the last command stands that may clean up in its own way. */
  readonly cleaned: number;
  /** What is emptied, and where last. A function that stands in front is called behind. */
  readonly emptied: readonly (readonly [path: string, at: number])[];
  /** Where the last command stands that is called so, or removes a variable with cache in its name. */
  readonly named: number;
  /** The commands that empty something, with what. */
  readonly commands: readonly (readonly [Command, readonly string[]])[];
}

const remembered = new WeakMap<Step, Cleaning>();

/** What the commands of a step empty, found out once. */
export function cleaningIn(step: Step): Cleaning {
  const known = remembered.get(step);
  if (known) return known;
  let cleaned = -1;
  let named = -1;
  const emptied = new Map<string, number>();
  const commands: (readonly [Command, readonly string[]])[] = [];
  for (const command of step.script?.commands ?? []) {
    const at = command.within.includes('function') ? Number.POSITIVE_INFINITY : command.span.start;
    if (mayClean(command)) cleaned = Math.max(cleaned, at);
    if (isNamedSo(command)) named = command.span.start;
    const paths = emptiedBy(command, step);
    if (paths.length > 0) commands.push([command, paths]);
    for (const path of paths) emptied.set(path, Math.max(emptied.get(path) ?? -1, at));
  }
  const made = { cleaned, named, emptied: [...emptied], commands };
  remembered.set(step, made);
  return made;
}

/** The folders that an operation fills, as options, variables and the image have them; none where that is not known. */
function filledBy(operation: PackageOperation, step: Step): string[] {
  const { caches, flags } = withExports(operation, step);
  // nothing is fetched
  if (flags.has('offline')) return [];
  const root = flags.get('installRoot')?.at(-1)?.value?.text ?? '';
  return caches
    .map((path) => `${root}${placeOf(path, step, operation.manager)}`)
    .filter((path) => /^[/~][^$`]*$/.test(path));
}

/** The operation as it is behind what its image has set and what the script exports before it. */
function withExports(operation: PackageOperation, step: Step): PackageOperation {
  const { script, before } = step;
  const ofImage = imageOf(step)?.variables ?? {};
  const exported = new Map<string, string>();
  for (const { args, span } of script?.named('export') ?? []) {
    if (span.start > operation.command.span.start) break;
    for (const { text, literal } of args) {
      const equals = text.indexOf('=');
      if (literal && equals > 0) exported.set(text.slice(0, equals), text.slice(equals + 1));
    }
  }
  if (exported.size === 0 && Object.keys(ofImage).length === 0) return operation;
  const lookup = (name: string): string | undefined => {
    const value = before.variable(name)?.value;
    if (exported.has(name) || value === undefined) return exported.get(name) ?? ofImage[name];
    return value.state === 'known' ? value.text : undefined;
  };
  return packageOperation(operation.command, lookup) ?? operation;
}

/**
 * Where the cache is in this image, for this user: yum is another name for dnf on later releases and where dnf is called too,
 * and Fedora 41 and newer have dnf 5 under the name of each older one. microdnf is none of them: its folder is that of the old
 * yum.
 */
export function placeOf(path: string, step: Step, manager = ''): string {
  // yarn 1 has a place for root, and the cache folder of the home for others
  if (path === '/usr/local/share/.cache/yarn') return step.isRoot === false ? '~/.cache/yarn' : path;
  if (!/^\/var\/cache\/(?:dnf|yum)$/.test(path)) return path;
  if (hasDnf5(step)) return '/var/cache/libdnf5';
  const isDnf = isSince(firstWithDnf, step) || (releaseOf(step) === undefined && step.stage?.managers.has('dnf'));
  return manager !== 'microdnf' && isDnf ? '/var/cache/dnf' : path;
}

const hasDnf5 = (step: Step): boolean => isSince(firstWithDnf5, step);
const hasNoDnf5 = (step: Step): boolean =>
  isBefore(firstWithDnf5, step) || /^(?:el|amazonlinux)$/.test(releaseOf(step)?.distribution ?? '');

/** Where other versions of the same manager have their cache, for images that do not tell which one they have. */
export const elsewhere = (path: string, step: Step): readonly string[] => {
  const places = Object.entries(otherPlaces).find(([place]) => path.startsWith(place))?.[1] ?? [];
  return places.filter((place) => placeOf(place, step) === place && !(place.endsWith('libdnf5') && hasNoDnf5(step)));
};

const otherPlaces: Readonly<Record<string, readonly string[]>> = {
  '/var/cache/dnf': ['/var/cache/libdnf5', '~/.cache/libdnf5'],
  '/var/cache/yum': ['/var/cache/dnf', '/var/cache/libdnf5'],
  '/var/cache/libdnf5': ['~/.cache/libdnf5'],
  '/var/cache/apk': ['/etc/apk/cache'],
  '/usr/local/share/.cache/yarn': ['~/.cache/yarn', '~/.yarn', '~/.yarn/berry/cache'],
  '~/.cache/yarn': ['~/.yarn', '~/.yarn/berry/cache'],
};

/** A program or script of one's own whose name says that it cleans up. */
function mayClean({ name, word, args }: Command): boolean {
  const script = /^(?:sh|bash|ash|dash|\.|source)$/.test(name ?? '') ? args[0]?.text : word.text;
  return /clean|purge/i.test(baseName(script ?? ''));
}

/** The folders and patterns that a command takes away or empties, homes written as `~`. */
export function emptiedBy(command: Command, step: Step): string[] {
  const { name, args } = command;
  if (name !== 'rm' && name !== 'find' && !step.operationsOf(command).length) return [];
  const cleaned = step.operationsOf(command).flatMap(({ cleans }) => cleans);
  const folder = step.effects.folders.get(command);
  const seen = step.script?.dialect === undefined ? 'other' : readerOf(step.script.dialect, step);
  const expands = seen !== 'dash' && seen !== 'busybox';
  const places = (texts: readonly string[]): string[] =>
    texts.flatMap((text) => (expands ? inBraces(text) : [text])).flatMap((text) => placeFrom(folder, text) ?? []);
  const texts = args.map(({ text }) => text);
  if (name === 'rm') return [...cleaned, ...places(texts.filter((text) => !text.startsWith('-')))];
  return name === 'find' && deletes(command, step) ? [...cleaned, ...places(foundRoots(texts))] : cleaned;
}

/** `path` from the root or from `~`; undefined where it is not known. */
function placeFrom(folder: string | undefined, path: string): string | undefined {
  const home = path.replace(/^\$\{?HOME\}?(?=\/|$)/, '~');
  if (/^~(?:\/|$)/.test(home)) return home;
  if (/[$`~]/.test(home)) return undefined;
  return home.startsWith('/') || folder === undefined ? home : `${folder.replace(/\/$/, '')}/${home}`;
}

/** Whether a `find` deletes what it finds. */
const deletes = ({ args, pipeline }: Command, { script }: Step): boolean =>
  args.some(({ text }) => text === '-delete' || text === 'rm') ||
  (script?.piped({ pipeline }).some((it) => it.name === 'rm') ?? false);

const someOf = '/?*';

/** Where a `find` begins. What it chooses of a folder by name stands for all of that folder, though not of those below it. */
function foundRoots(texts: readonly string[]): string[] {
  const end = texts.findIndex((text) => /^(?:[-(!]|\\\()/.test(text));
  const roots = texts.slice(0, end < 0 ? texts.length : end).map((root) => withoutSlash(root));
  const chosen = texts.some((text) =>
    /^-(?:i?name|i?path|i?wholename|i?regex|user|[acm]time|[acm]min|size)$/.test(text),
  );
  return chosen ? roots.map((root) => `${root}${someOf}`) : roots;
}

/** Whether what `pattern` matches is `path`, lies above it, or is all that is in it. */
export function takes(pattern: string, path: string): boolean {
  const [by, whole] = [partsOf(pattern), partsOf(path)];
  if (pattern.endsWith(someOf)) return by.length === whole.length + 1 && begins(by.slice(0, -1), whole);
  if (whole[0] === '~' && by[0] !== '~') {
    // a home that is elsewhere: the rest of the path tells
    const hidden = by.findIndex((part) => part.startsWith('.'));
    return by.length === 0 || (hidden > 0 && begins(by.slice(hidden), whole.slice(1)));
  }
  return begins(by, whole);
}

const begins = (by: readonly string[], whole: readonly string[]): boolean =>
  by.length <= whole.length && by.every((part, index) => matches(part, whole[index]!));

function matches(pattern: string, name: string): boolean {
  if (!hasWildcard(pattern)) return pattern === name;
  const source = pattern
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.');
  try {
    return new RegExp(`^${source.replaceAll('[!', '[^')}$`).test(name);
  } catch {
    return false;
  }
}

/** The parts of a path, whosever home at `~`; a closing pattern that takes what is in the folder stands for the folder. */
function partsOf(path: string): string[] {
  const home = path.replace(/^(?:\/root|\/home\/[^/]+)(?=\/|$)/, '~');
  const parts = home.split('/').filter((part) => part !== '' && part !== '.');
  return parts.at(-1)?.startsWith('*') ? parts.slice(0, -1) : parts;
}

/** The command of a later RUN of the image that does nothing with `path` but empty it: too late. */
export function removalOf(path: string, made: Step, step: Step): Command | undefined {
  if (step.instruction.kind !== 'Run' || cleaningIn(step).commands.length === 0) return undefined;
  // behind an install of its own it cleans up after that
  const places = [path, ...elsewhere(path, made)];
  const refilled = step.operations.flatMap((operation) => filledBy(operation, step));
  if (refilled.some((it) => places.includes(it)) || keptOut(step).some((by) => takes(by, path))) return undefined;
  if (isForInstallOf(step, made)) return undefined;
  return emptyingOf(path, made, step);
}

/** The command of a later RUN that empties `path`, whatever else the RUN does with it. */
export function emptyingOf(path: string, made: Step, step: Step): Command | undefined {
  if (step.instruction.kind !== 'Run' || cleaningIn(step).commands.length === 0) return undefined;
  if (keptOut(step).some((by) => takes(by, path))) return undefined;
  if (path.startsWith('~') && !isSame(made.before.user, step.before.user)) return undefined;
  const places = [path, ...elsewhere(path, made)];
  return cleaningIn(step).commands.find(
    ([command, paths]) =>
      !command.within.some((it) => it === 'function' || it === 'loop') &&
      paths.some((by) => partsOf(by).length > 0 && places.some((it) => takes(by, it))),
  )?.[0];
}

/** Whether the one only updates for the other's install: joined, the removal is in time. */
const isForInstallOf = (step: Step, made: Step): boolean =>
  made.operations.every(({ action }) => action === 'update-index') &&
  step.operations.some(({ action, family }) => action === 'install' && family === made.operations[0]?.family);

type Value = Step['before']['user'];
const isSame = (a: Value, b: Value): boolean =>
  a.state === b.state && (a.state === 'unset' || b.state === 'unset' || a.text === b.text);

/** Whether a later RUN of the image that is built empties it, which comes too late and is told there. */
export function isEmptiedLater(path: string, step: Step, { target }: Model): boolean {
  const { stage } = step;
  if (!stage) return false;
  const inImage = target?.lineage.includes(stage);
  const own = inImage ? [] : cleaningSteps(stage).filter((it) => it.stage === stage);
  const isLater = (it: Step): boolean =>
    it.stage === stage ? it.index > step.index : !inImage || it.stage!.index > stage.index;
  return [own, target ? cleaningSteps(target) : []].some((steps) => {
    // only the first one finds something there
    const first = steps.find((it) => isLater(it) && emptyingOf(path, step, it));
    return first !== undefined && removalOf(path, step, first) !== undefined;
  });
}

const cleaners = new WeakMap<Stage, readonly Step[]>();

/** The steps of a stage and those below that empty something. */
function cleaningSteps(stage: Stage): readonly Step[] {
  const known = cleaners.get(stage) ?? stage.allSteps.filter((it) => cleaningIn(it).commands.length > 0);
  cleaners.set(stage, known);
  return known;
}
