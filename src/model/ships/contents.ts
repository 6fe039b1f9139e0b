import { toolchains } from '../../knowledge/images/toolchains.ts';
import { buildGroups, buildPackages } from '../../knowledge/project/build-packages.ts';
import { builtWith } from '../../knowledge/project/build-tools.ts';
import { baseName, isBelow, joined } from '../../text/path.ts';
import { costOf } from '../cache/cost.ts';
import { bringsOf } from '../files/brings.ts';
import type { Model, Stage, Step, Take } from '../model.ts';
import { type Started, startOf } from '../process/program.ts';

/** What something in an image is. `output` is what a build of its own makes, `copied` comes from another stage or image. */
export type ContentKind =
  | 'base'
  | 'packages'
  | 'dependencies'
  | 'files'
  | 'copied'
  | 'output'
  | 'downloads'
  | 'clones'
  | 'caches';

/** What an image holds, by the step that brings it. */
export interface Content {
  readonly kind: ContentKind;
  /** Names of packages, manifests and files, as far as they are known. */
  readonly what: readonly string[];
  /** Undefined for the base. */
  readonly step: Step | undefined;
  /** `run`: what starts is in it. `build`: it only builds, or is used by nothing. Undefined where that is not known. */
  readonly need: 'run' | 'build' | undefined;
}

/** What ships in the image of a stage, that of the stages it stands on first. */
export function contentsOf(stage: Stage, model: Model): Content[] {
  const { programs } = startOf(stage, model);
  return [baseOf(stage, programs), ...stage.allSteps.flatMap((step) => contentsIn(step, programs))];
}

function baseOf(stage: Stage, programs: readonly Started[]): Content {
  const { rootImage, lineage, allSteps } = stage;
  const { base } = lineage[0]!;
  const toolchain = rootImage && toolchains[rootImage.repository];
  const isToolchain =
    toolchain !== undefined &&
    !toolchain.except?.test(rootImage?.tag ?? '') &&
    programs.length > 0 &&
    programs.every(({ name }) => !toolchain.builds.has(name)) &&
    (toolchain.runs !== 'alone' || allSteps.some((it) => builds(it, toolchain.builds)));
  const what =
    base.kind === 'scratch'
      ? 'scratch'
      : base.kind === 'image'
        ? base.reference.text
        : base.kind === 'unknown'
          ? base.text
          : '';
  return {
    kind: 'base',
    what: isToolchain ? [what, toolchain.what] : [what],
    step: undefined,
    need: isToolchain ? 'build' : undefined,
  };
}

const builds = ({ script }: Step, programs: ReadonlySet<string>): boolean =>
  script?.commands.some(({ name }) => name !== undefined && programs.has(name)) === true;

function contentsIn(step: Step, programs: readonly Started[]): Content[] {
  const { packages, manifests, files, downloads, clones, caches, unpacked, texts } = bringsOf(step);
  const onlyBuild = packages.filter(isForBuild);
  const others = packages.filter((it) => !isForBuild(it));
  const copies = step.takes.filter(({ via }) => via === 'copy');
  const [own, foreign] = [copies.filter(isOfContext), copies.filter((it) => !isOfContext(it))];
  const starts = (all: readonly Take[]): 'run' | undefined =>
    all.some((it) => programs.some((program) => isStarted(program, it))) ? 'run' : undefined;
  const all: readonly (Content | undefined)[] = [
    content('packages', others, step, undefined),
    content('packages', onlyBuild, step, 'build'),
    content('dependencies', manifests, step, undefined),
    content(
      'files',
      files || texts.length > 0 || own.length > 0 ? own.map(({ source }) => source) : [],
      step,
      starts(own),
    ),
    content(
      'copied',
      foreign.map(({ source }) => source),
      step,
      starts(foreign),
    ),
    content('downloads', [...downloads, ...unpacked], step, undefined),
    content('clones', clones, step, undefined),
    content(
      'output',
      step.instruction.kind === 'Run' && costOf(step) === 'compile' ? ['what is built'] : [],
      step,
      undefined,
    ),
    content('caches', caches, step, 'build'),
  ];
  return all.filter((it) => it !== undefined);
}

const content = (kind: ContentKind, what: readonly string[], step: Step, need: Content['need']): Content | undefined =>
  what.length === 0 ? undefined : { kind, what: [...new Set(what)], step, need };

const isOfContext = ({ origin }: Take): boolean => origin.kind === 'context' || origin.kind === 'text';

/** Packages that serve no running program, by their names. */
const isForBuild = (name: string): boolean =>
  buildPackages.has(name) ||
  buildGroups.has(name.toLowerCase()) ||
  /-(?:dev|devel)$/.test(name) ||
  (Object.hasOwn(builtWith, name) && builtWith[name]!.length === 0);

/** Whether what starts is what a copy brings, or lies below it. */
function isStarted({ path, name, args }: Started, { target, into, source }: Take): boolean {
  if (target === undefined) return false;
  const place = into ? joined(target, baseName(source)) : target;
  const words = [path, ...args.filter((it) => it.startsWith('/'))].filter((it) => it !== undefined);
  return words.some((it) => isBelow(it, place) && place !== '/') || (path === undefined && baseName(place) === name);
}
