import { toolchains } from '../../knowledge/images/toolchains.ts';
import { buildGroups, buildPackages } from '../../knowledge/project/build-packages.ts';
import { builtWith } from '../../knowledge/project/build-tools.ts';
import { dependencyFolders, interpreters, runners, servers } from '../../knowledge/project/runners.ts';
import { baseName, foldersOf, isBelow, joined } from '../../text/path.ts';
import { kindOfSource } from '../cache/changes.ts';
import { type Brings, bringsOf } from '../files/brings.ts';
import type { Install } from '../installs/install.ts';
import type { Model, Stage, Step, Take } from '../model.ts';
import { type Started, startOf } from '../process/program.ts';
import { bringsDev, removesDev } from './dev-dependencies.ts';
import { buildCallOf, isBuild } from './work.ts';

/**
 * What something in an image is. `output` is what a build of its own makes, `copied` comes from another stage or image, `history`
 * is that of version control.
 */
export type ContentKind =
  | 'base'
  | 'packages'
  | 'dependencies'
  | 'dev dependencies'
  | 'files'
  | 'copied'
  | 'output'
  | 'downloads'
  | 'clones'
  | 'history'
  | 'secrets'
  | 'caches';

/** What an image holds, by the step that brings it. */
export interface Content {
  readonly kind: ContentKind;
  /** Names of packages, manifests and files, as far as they are known. */
  readonly what: readonly string[];
  /** Undefined for the base. */
  readonly step: Step | undefined;
  /** The stage or image that it is copied from. */
  readonly from: Stage | string | undefined;
  /**
   * `run`: what starts is in it, or reads it. `build`: it only builds. `none`: nothing that runs or builds has a use for it.
   * Undefined where that is not known.
   */
  readonly need: 'run' | 'build' | 'none' | undefined;
}

/** What ships in the image of a stage, that of the stages it stands on first. */
export function contentsOf(stage: Stage, model: Model): Content[] {
  const steps = stage.allSteps;
  const image: Image = {
    stage,
    model,
    programs: startOf(stage, model).programs,
    placed: new Set(steps.flatMap(({ takes }) => takes.flatMap((it) => placeOf(it) ?? []))),
    served: servers[stage.rootImage?.name ?? ''] ?? [],
    lastBuild: steps.findLastIndex(isBuild),
    removed: new Set(
      steps.flatMap(({ effects }) => effects.all.flatMap(({ kind, path }) => (kind === 'remove' ? path : []))),
    ),
    pruned: prunedIn(steps),
  };
  return [baseOf(image), ...steps.flatMap((step, index) => contentsIn(step, index, image))];
}

interface Image {
  readonly stage: Stage;
  readonly model: Model;
  readonly programs: readonly Started[];
  /** Where copies put single files: of what starts there, no folder is told. */
  readonly placed: ReadonlySet<string>;
  /** Folders that the server in the base serves. */
  readonly served: readonly string[];
  /** The place of the last step that builds; -1 for none. */
  readonly lastBuild: number;
  /** Paths that a step removes. */
  readonly removed: ReadonlySet<string>;
  /** The place of the last step that removes what an install brought for development; -1 for none. */
  readonly pruned: (install: Install) => number;
}

function prunedIn(steps: readonly Step[]): Image['pruned'] {
  const byFolder = new Map<string | undefined, number>();
  return (install) => {
    const known = byFolder.get(install.folder) ?? steps.findLastIndex((it) => removesDev(it, install));
    byFolder.set(install.folder, known);
    return known;
  };
}

function baseOf({ stage, programs }: Image): Content {
  const { rootImage, lineage, allSteps } = stage;
  const { base } = lineage[0]!;
  const toolchain = rootImage && toolchains[rootImage.repository];
  const isToolchain =
    toolchain !== undefined &&
    !toolchain.except?.test(rootImage?.tag ?? '') &&
    programs.length > 0 &&
    programs.every(({ name }) => !toolchain.builds.has(name) || (toolchain.runs === 'dotnet' && name === 'dotnet')) &&
    (toolchain.runs !== 'alone' || allSteps.some((it) => isBuild(it) || callsAny(it, toolchain.builds)));
  const what =
    base.kind === 'scratch'
      ? 'scratch'
      : base.kind === 'image'
        ? base.reference.text
        : base.kind === 'unknown'
          ? base.text
          : '';
  const rest =
    toolchain?.runs === 'alone' ? '' : toolchain?.runs === 'java' ? ', but for the JRE' : ', but for the runtime';
  return content(
    'base',
    isToolchain ? [what, toolchain.what + rest] : [what],
    undefined,
    isToolchain ? 'build' : undefined,
  );
}

const callsAny = ({ script }: Step, programs: ReadonlySet<string>): boolean =>
  script?.commands.some(({ name }) => name !== undefined && programs.has(name)) === true;

function contentsIn(step: Step, index: number, image: Image): Content[] {
  const brings = bringsOf(step);
  const found = [
    ...packagesIn(brings, step, image),
    ...dependenciesIn(brings, step, index, image),
    ...copiesIn(step, index, image),
    ...fetchedIn(brings, step, image),
    content('output', isBuild(step) ? [buildCallOf(step)] : [], step, outputNeed(image)),
    content('caches', brings.caches, step, 'none'),
  ];
  return found.filter(({ what }) => what.length > 0);
}

const content = (
  kind: ContentKind,
  what: readonly string[],
  step: Step | undefined,
  need: Content['need'],
  from?: Content['from'],
): Content => ({ kind, what: [...new Set(what)], step, need, from });

const starts = ({ programs }: Image, names: RegExp): boolean => programs.some(({ name }) => names.test(name));

/** Families of package managers of the system. */
const systems: ReadonlySet<string> = new Set(['apt', 'apk', 'rpm', 'zypper', 'pacman']);

/** Those of the system, where one whose program starts is there to run, and those of languages. */
function packagesIn({ packages }: Brings, step: Step, image: Image): Content[] {
  const ofSystem = new Set(
    step.operations.flatMap((it) => (systems.has(it.family) ? it.packages.flatMap(({ name }) => name ?? []) : [])),
  );
  const isStarted = (name: string): boolean =>
    image.programs.some((it) => it.name === name || (name.length > 3 && it.name.startsWith(name)));
  const needOfPackage = (name: string): Content['need'] =>
    isStarted(name) ? 'run' : isForBuild(name, image) ? 'build' : undefined;
  const own = packages.filter((it) => ofSystem.has(it));
  const others = packages.filter((it) => !ofSystem.has(it) && isName(it));
  const manager = step.operations.find((it) => Object.hasOwn(runners, it.manager))?.manager;
  const isRead = manager !== undefined && starts(image, runners[manager]!);
  return [
    ...(['run', undefined, 'build'] as const).map((need) =>
      content(
        'packages',
        own.filter((it) => needOfPackage(it) === need),
        step,
        need,
      ),
    ),
    content('dependencies', others, step, isRead ? 'run' : undefined),
  ];
}

/** The folder of the project is no package to name. */
const isName = (name: string): boolean => !/^\.{1,2}(?:\/|$)/.test(name);

function dependenciesIn({ manifests }: Brings, step: Step, index: number, image: Image): Content[] {
  const [install] = step.installs;
  const manager = step.operations.find((it) => it.manifests.length > 0)?.manager ?? '';
  const isRead = Object.hasOwn(runners, manager) && starts(image, runners[manager]!);
  const hasDev =
    install !== undefined && image.lastBuild >= index && bringsDev(install, step) && image.pruned(install) < index;
  return [
    content('dependencies', manifests.map(baseName), step, isRead ? 'run' : undefined),
    content('dev dependencies', hasDev ? manifests.map(baseName) : [], step, 'build'),
  ];
}

function copiesIn(step: Step, index: number, image: Image): Content[] {
  const groups = new Map<string, { first: Content; what: string[] }>();
  for (const take of step.takes) {
    if (take.via !== 'copy') continue;
    const { origin, source, at } = take;
    const isOwn = origin.kind === 'context' || origin.kind === 'text' || origin.kind === 'network';
    const from = origin.kind === 'stage' ? origin.stage : origin.kind === 'image' ? origin.name : undefined;
    const kind = origin.kind === 'network' ? 'downloads' : isOwn ? 'files' : 'copied';
    const need = needOf(take, index, image);
    const name = origin.kind === 'text' ? (take.target ?? source) : source;
    const key = `${kind} ${need ?? ''}`;
    const group = groups.get(key);
    if (group) group.what.push(name);
    else groups.set(key, { first: content(kind, [name], step, need, from), what: [name] });
    for (const junk of image.model.junk(take, image.stage)) {
      if (junk.kind !== 'history' && junk.kind !== 'secret') continue;
      const other = junk.kind === 'history' ? 'history' : 'secrets';
      groups.set(`${other} ${at.start} ${junk.name}`, {
        first: content(other, [junk.name], step, 'none'),
        what: [junk.name],
      });
    }
  }
  return [...groups.values()].map(({ first, what }) => ({ ...first, what: [...new Set(what)] }));
}

/** Whether what is copied is what starts, is served, or was only there for a build of a program that needs no sources. */
function needOf(take: Take, index: number, image: Image): Content['need'] {
  const { programs, served, lastBuild } = image;
  const { target, origin } = take;
  if (target !== undefined && served.some((folder) => isBelow(target, folder))) return 'run';
  const folder = baseName(take.source);
  const manager = Object.hasOwn(dependencyFolders, folder) ? dependencyFolders[folder]! : undefined;
  if (manager !== undefined && starts(image, runners[manager]!)) return 'run';
  const started = programs.filter((it) => isStarted(it, take, image.placed));
  if (origin.kind !== 'context' || index > lastBuild) return started.length > 0 ? 'run' : undefined;
  // the folder of the sources has the outputs in it, too
  if (started.some(({ name, args }) => interpreters.test(name) && !args.some((it) => output.test(it)))) return 'run';
  // a program may read anything else of the project while it runs
  if (!isCode(take.source)) return undefined;
  const isCompiled = programs.length > 0 && programs.every((it) => isProgram(it) && !isScriptFile(it));
  return isCompiled && programs.every((it) => !isStarted(it, take, image.placed)) ? 'build' : undefined;
}

/** Manifests, and what only a compiler reads. */
const isCode = (source: string): boolean =>
  /^(?:manifest|lock)$/.test(kindOfSource(source)) ||
  /(?:^|\/)(?:src|cmd|internal|pkg|include)\/?$|\.(?:go|rs|c|cc|cpp|cxx|h|hpp|java|kt|scala|hs|swift|cs)$/.test(source);

const output = /(?:^|\/)(?:dist|build|out|target|\.next|\.output|bin|lib|publish)\//;
const isScriptFile = ({ name }: Started): boolean => /\.\w{1,4}$|entry-?point/.test(name);
/** A program by its path, or one that is no interpreter or server of others. */
const isProgram = ({ name, path }: Started): boolean =>
  path !== undefined && !interpreters.test(name) && !Object.values(runners).some((it) => it.test(name));

function fetchedIn({ downloads, unpacked, clones }: Brings, step: Step, image: Image): Content[] {
  if (step.instruction.kind !== 'Run') return [];
  const isRun = (path: string): boolean =>
    path !== '/' && image.programs.some((it) => pathsOf(it).some((place) => isBelow(place, path)));
  const paths = [...downloads, ...unpacked];
  const isRemoved = (path: string): boolean => foldersOf(path).some((it) => image.removed.has(it));
  const histories = clones.map((it) => joined(it, '.git'));
  return [
    content('downloads', paths.filter(isRun), step, 'run'),
    content(
      'downloads',
      paths.filter((it) => !isRun(it)),
      step,
      undefined,
    ),
    content('clones', clones.filter(isRun), step, 'run'),
    content(
      'clones',
      clones.filter((it) => !isRun(it)),
      step,
      undefined,
    ),
    content(
      'history',
      histories.filter((it) => !isRemoved(it)),
      step,
      'none',
    ),
  ];
}

const outputNeed = (image: Image): Content['need'] =>
  image.programs.length > 0 &&
  image.programs.some((it) => isProgram(it) || it.args.some((word) => output.test(`${word}/`)))
    ? 'run'
    : undefined;

/** Packages that serve no running program, by their names; what an image without a program of its own is for is not known. */
const isForBuild = (name: string, { programs, lastBuild }: Image): boolean =>
  programs.length > 0 &&
  programs.every((it) => !shells.test(it.name)) &&
  (buildPackages.has(name) ||
    buildGroups.has(name.toLowerCase()) ||
    /-(?:dev|devel)$/.test(name) ||
    (lastBuild >= 0 && Object.hasOwn(builtWith, name) && builtWith[name]!.length === 0));

const shells = /^(?:ba|z|fi|k)?sh$/;

/** Where a copy puts a file, or a folder by its name. */
function placeOf({ target, into, source, via }: Take): string | undefined {
  if (target === undefined || via !== 'copy') return undefined;
  return into && !isFolder(source) ? joined(target, baseName(source)) : target;
}

const isFolder = (source: string): boolean => /(?:^|\/)\.?$/.test(source);

/** Whether what starts is what a copy brings, or lies below it. */
function isStarted(program: Started, take: Take, placed: ReadonlySet<string>): boolean {
  const place = placeOf(take);
  if (place === undefined) return false;
  const folders = [place, ...(take.into ? [take.target!] : [])].filter((it) => it !== '/');
  const isOneFile = /\.\w+$/.test(take.source);
  const isIn = (path: string): boolean =>
    path === place || (!isOneFile && !placed.has(path) && folders.some((it) => isBelow(path, it)));
  return pathsOf(program).some(isIn) || (program.path === undefined && baseName(place) === program.name);
}

/** The program, and the files among its arguments. */
const pathsOf = ({ path, args, folder }: Started): string[] =>
  [
    path,
    ...args.map((it) =>
      it.startsWith('/') ? it : isFileName(it) && folder ? joined(folder, it.replace(/^\.\//, '')) : undefined,
    ),
  ].filter((it) => it !== undefined);

const isFileName = (word: string): boolean => /^[\w./-]+\.\w{1,4}$|^[\w-]+\//.test(word) && !word.startsWith('-');
