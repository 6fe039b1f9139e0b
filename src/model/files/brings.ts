import type { Builder } from '../../knowledge/builder/builders.ts';
import { projectFolders } from '../../knowledge/project/folders.ts';
import type { PackageOperation } from '../../shell/packages.ts';
import { clean, foldersOf, hasWildcard, isBelow } from '../../text/path.ts';
import { matchesPattern } from '../context/ignore.ts';
import type { Stage, Step, Waste } from '../model.ts';
import { linked } from '../mounts/image-caches.ts';
import { keptOut } from '../mounts/mounts.ts';
import { usedCaches } from '../mounts/used-caches.ts';
import { textOf } from '../stages/expand.ts';
import { flagOf } from '../stages/flags.ts';
import { absoluteIn } from '../stages/folder.ts';
import type { Effect } from './effect.ts';

/** What a step brings into its layer, as far as the file and the build context tell. */
export interface Brings {
  /** Packages by name, as far as they are named. */
  readonly packages: readonly string[];
  /** Manifests whose dependencies are installed. */
  readonly manifests: readonly string[];
  /** Files of the build context; undefined without a context, and where nothing of it is copied. */
  readonly files: { readonly count: number; readonly bytes: number } | undefined;
  /** What is copied, as written, where the files are not at hand; from another stage or image with its name. */
  readonly copied: readonly { readonly source: string; readonly from: string | undefined }[];
  /** Here-documents that are written as files. */
  readonly texts: readonly { readonly path: string; readonly bytes: number | undefined }[];
  /** Bytes of the files and texts; undefined where there is more that only a build can tell. */
  readonly bytes: number | undefined;
  /** What is downloaded, cloned or unpacked, by path. */
  readonly downloads: readonly string[];
  readonly clones: readonly string[];
  readonly unpacked: readonly string[];
  /** What its own commands write, by path. */
  readonly written: readonly string[];
  readonly folders: readonly string[];
  /** What a package manager keeps for itself and leaves there. */
  readonly caches: readonly string[];
  /** Whether it compiles or runs a build of the project. */
  readonly builds: boolean;
}

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];

/** What a step brings into its layer, under a builder. */
export function bringsOf(step: Step, builder: Builder = 'buildkit'): Brings {
  const { instruction } = step;
  const lost = lostFolders(step, builder);
  const all = step.effects.all.filter(({ path }) => !lost.some((folder) => isBelow(path, folder)));
  const operations = step.operations.filter((it) => !isKeptOut(it, step, lost));
  const by = (...means: readonly string[]): string[] =>
    unique(all.filter((it) => it.kind === 'write' && means.includes(it.means)).map(({ path }) => path));
  const installs = installsOf(operations);
  const isRun = instruction.kind === 'Run';
  const removals = removalsIn(all);
  const writes = lastWrites(all);
  const stays = (paths: readonly string[]): string[] =>
    paths.filter((path) => !removals.some(path, writes.get(path) ?? -1));
  const files = filesOf(step);
  const texts = isRun ? [] : textsOf(step, all);
  const sized = [...(files ? [files.bytes] : []), ...texts.map((it) => it.bytes)];
  const sources = isRun ? 0 : step.takes.length;
  const known = sources > 0 && (files ? files.sources : 0) + texts.length === sources;
  return {
    packages: isRun ? unique(installs.flatMap(({ names }) => names)) : [],
    manifests: isRun ? unique(installs.flatMap(({ manifests }) => manifests.slice(0, 1))) : [],
    files: files && { count: files.count, bytes: files.bytes },
    copied: isRun ? [] : copiedOf(step),
    texts,
    bytes: known
      ? sized.reduce<number | undefined>((sum, it) => (sum === undefined || it === undefined ? undefined : sum + it), 0)
      : undefined,
    downloads: stays(by('download')),
    clones: stays(by('clone')),
    unpacked: stays(by('extract')),
    written: isRun ? stays(by('redirect', 'file', 'move')) : [],
    // that of a new user, and the like, is no folder that the script asks for
    folders: stays(unique(all.flatMap((it) => (it.means === 'folder' && !it.deep && it.path !== '/' ? it.path : [])))),
    caches: cachesOf(step, all, removals),
    builds: isRun && operations.some(({ action }) => action === 'build'),
  };
}

/** Folders of which nothing that a RUN does gets into its layer: volumes, for builders that mount them. */
function lostFolders({ instruction, before }: Step, builder: Builder): string[] {
  if (instruction.kind !== 'Run' || (builder !== 'classic' && builder !== 'buildah')) return [];
  return before.volumes.flatMap((it) => textOf(it) ?? []);
}

/** Variables that say where a manager puts the dependencies of a project. */
const placeVariables: Readonly<Record<string, string>> = {
  bundle: 'BUNDLE_PATH',
  uv: 'UV_PROJECT_ENVIRONMENT',
  poetry: 'POETRY_VIRTUALENVS_PATH',
  composer: 'COMPOSER_VENDOR_DIR',
};

/** Whether the dependencies that an operation installs for a project go to a mount, or are otherwise in no layer. */
function isKeptOut(
  { manager, manifests, command, action }: PackageOperation,
  step: Step,
  lost: readonly string[],
): boolean {
  const outside = [...keptOut(step), ...lost];
  if (action !== 'install' || manifests.length === 0 || outside.length === 0) return false;
  const variable = step.before.variable(placeVariables[manager] ?? '');
  const named = variable && variable.value.state === 'known' ? variable.value.text : undefined;
  if (named !== undefined) {
    const place = absoluteIn(step.effects.folders.get(command), named);
    return place !== undefined && outside.some((folder) => isBelow(place, folder));
  }
  const [folder] = projectFolders[manager] ?? [];
  const place = folder === undefined ? undefined : absoluteIn(step.effects.folders.get(command), folder);
  return place !== undefined && outside.some((it) => isBelow(place, it));
}

/** What managers leave, where the image and the variables have it; not what a mount keeps. */
function cachesOf(step: Step, all: readonly Effect[], removals: Removals): string[] {
  const outside = keptOut(step);
  const left = all.filter((it) => it.kind === 'write' && it.means === 'cache' && !removals.empties(it.path));
  return unique(
    left.flatMap(({ path, command }) => {
      const used = (command ? step.operationsOf(command) : []).flatMap((it) => usedCaches(it, step));
      const place = linked(used.find(({ cache }) => isSamePlace(cache.path, path, step))?.places[0] ?? path, step);
      return outside.some((folder) => isBelow(place, folder)) ? [] : place;
    }),
  );
}

const isSamePlace = (written: string, path: string, { home }: Step): boolean =>
  written === path || (home !== undefined && clean(written.replace(/^~/, home)) === path);

/** Where each path is written last. */
const lastWrites = (all: readonly Effect[]): ReadonlyMap<string, number> =>
  new Map(all.flatMap(({ kind, path }, index): [string, number][] => (kind === 'write' ? [[path, index]] : [])));

interface Removals {
  /** Whether nothing of a path is left by an effect further on than `after`; in a branch too, as it is likely. */
  readonly some: (path: string, after: number) => boolean;
  /** Whether a folder is emptied, or goes, anywhere. */
  readonly empties: (folder: string) => boolean;
}

function removalsIn(all: readonly Effect[]): Removals {
  // by path, where it is removed last
  const exact = new Map<string, number>();
  const deeply = new Map<string, number>();
  for (const [index, { kind, path, deep }] of all.entries()) {
    if (kind !== 'remove') continue;
    exact.set(path, index);
    if (deep) deeply.set(path, index);
  }
  const wild = [...exact].filter(([path]) => hasWildcard(path));
  const isIn = (path: string, after: number): boolean =>
    deeply.size > 0 && foldersOf(path).some((folder) => (deeply.get(folder) ?? -1) > after);
  return {
    some: (path, after) =>
      (exact.get(path) ?? -1) > after ||
      isIn(path, after) ||
      wild.some(([by, index]) => index > after && matchesPattern(by.slice(1), path.slice(1))),
    empties: (folder) => exact.has(`${folder}/*`) || isIn(folder, -1),
  };
}

interface Install {
  readonly names: readonly string[];
  readonly manifests: readonly string[];
}

const installing: ReadonlySet<string> = new Set(['install', 'reinstall', 'upgrade']);

/** What is installed and not removed again by the same script, by name or with the group that it was given. */
function installsOf(operations: Step['operations']): Install[] {
  // what later operations remove
  const gone = new Set<string>();
  const found = operations.toReversed().flatMap(({ action, packages, flags, manifests }): Install[] => {
    if (action === 'remove') for (const { name } of packages) if (name !== undefined) gone.add(name);
    if (!installing.has(action) || flags.has('dryRun') || flags.has('downloadOnly')) return [];
    if (flags.get('virtual')?.some(({ value }) => value && gone.has(value.text))) return [];
    const names = packages.flatMap(({ name, source }) => (name === undefined || noPackage.has(source) ? [] : name));
    return [{ names: names.filter((name) => !gone.has(name)), manifests }];
  });
  return found.reverse();
}

const noPackage: ReadonlySet<string> = new Set(['removed', 'virtual', 'builtin']);

function textsOf({ takes }: Step, all: readonly Effect[]): Brings['texts'] {
  const places = new Map(all.map((it) => [it.at, it]).reverse() as [Effect['at'], Effect][]);
  return takes.flatMap(({ origin, at }) => {
    const written = origin.kind === 'text' ? places.get(at) : undefined;
    return written ? [{ path: written.path, bytes: written.bytes }] : [];
  });
}

/** What is copied, with the value of `--from` as it is written. */
function copiedOf({ takes, instruction }: Step): Brings['copied'] {
  const from = flagOf(instruction, 'from')?.value?.text;
  return takes.flatMap(({ origin, source }) => (origin.kind === 'text' ? [] : [{ source, from }]));
}

/** The files of all sources, each once; undefined where one of them is not known or not there. */
function filesOf({ takes }: Step): (NonNullable<Brings['files']> & { readonly sources: number }) | undefined {
  const local = takes.filter(({ via, origin }) => via === 'copy' && origin.kind === 'context');
  if (takes.some(({ certain, origin }) => !certain && origin.kind !== 'text')) return undefined;
  if (local.some(({ copied }) => !copied || copied.missing.length > 0)) return undefined;
  const files = new Map(local.flatMap(({ copied }) => copied!.files.map((it) => [it.path, it.size])));
  const bytes = [...files.values()].reduce((sum, it) => sum + it, 0);
  return files.size === 0 ? undefined : { count: files.size, bytes, sources: local.length };
}

/** What becomes of a layer further up, and what a layer does to those below it; by step. */
export interface Touched {
  /** What a later step hides or stores again of this one. */
  readonly later: readonly Waste[];
  /** What this step hides or stores again of earlier ones. */
  readonly earlier: readonly Waste[];
}

/** For the steps of a stage and of those it stands on. */
export function touchedOf(stage: Stage): (step: Step) => Touched {
  const later = new Map<Step, Waste[]>();
  const earlier = new Map<Step, Waste[]>();
  for (const it of stage.waste) {
    for (const [index, step] of [
      [later, it.written.step],
      [earlier, it.again.step],
    ] as const) {
      const list = index.get(step);
      if (list) list.push(it);
      else index.set(step, [it]);
    }
  }
  return (step) => ({ later: later.get(step) ?? [], earlier: earlier.get(step) ?? [] });
}
