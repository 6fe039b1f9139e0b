import type { Instruction } from '../../grammar/index.ts';
import type { Builder } from '../knowledge/builder/builders.ts';
import { isBelow } from '../text/path.ts';
import type { Model, Stage, Step } from './model.ts';
import { anyBefore } from './stages/earlier.ts';
import { textOf } from './stages/expand.ts';

export type { Builder };

/** What one instruction adds to the image. */
export interface Layer {
  readonly instruction: Instruction;
  /** The stage whose build runs it; for a trigger, the stage that sets it off. */
  readonly stage: Stage;
  readonly layer: boolean;
  /** False where only the built files tell, and `layer` is the more likely. */
  readonly certain: boolean;
  readonly why: string;
}

export interface ImageLayers {
  readonly stage: Stage;
  /** Of the stage and those of this file that it stands on, in the order in which they run. */
  readonly instructions: readonly Layer[];
  /** Layers that this file adds to those of the base image. */
  readonly ownLayers: number;
}

/** The layers that a stage adds, FROM and the triggers of its base included. Facts: BuildKit's dispatch*, moby, buildah. */
export function layersOf(stage: Stage, builder: Builder = 'buildkit'): Layer[] {
  const base = stage.base.kind;
  const inherited =
    base === 'stage' ? 'its layers are those of the stage it names' : 'its layers are those of the base image';
  const why = base === 'scratch' ? 'an empty image has no layers' : inherited;
  return [
    { instruction: stage.from, stage, layer: false, certain: true, why },
    ...stage.triggers.map((step) => {
      const found = verdict(step, stage, builder);
      return { ...found, why: `${found.why}, set off by the ONBUILD of the base` };
    }),
    ...stage.steps.map((step) => verdict(step, stage, builder)),
  ];
}

/** The layers of the image that is built; undefined where there is no such stage. */
export function imageLayers(model: Model, builder: Builder = 'buildkit'): ImageLayers | undefined {
  const { target } = model;
  if (!target) return undefined;
  const instructions = target.lineage.flatMap((stage) => layersOf(stage, builder));
  return { stage: target, instructions, ownLayers: countLayers(instructions) };
}

export const countLayers = (layers: readonly Layer[]): number => layers.filter(({ layer }) => layer).length;

function verdict(step: Step, stage: Stage, builder: Builder): Layer {
  const [layer, certain, why] = judge(step, builder);
  return { instruction: step.instruction, stage, layer, certain, why };
}

function judge(step: Step, builder: Builder): [boolean, boolean, string] {
  const { instruction } = step;
  switch (instruction.kind) {
    case 'Run':
      return builder === 'classic' || builder === 'kaniko'
        ? [mayChange(step), false, 'a layer if it changes any file']
        : [true, true, 'a layer always, even if it changes nothing'];
    case 'Copy':
    case 'Add':
      return builder === 'classic'
        ? [true, false, 'a layer if what it copies is new']
        : [true, true, instruction.sources.length > 1 ? 'one layer, however many sources' : 'a layer'];
    case 'Workdir':
      return workdir(step, builder);
    case 'Onbuild':
      return [false, true, 'runs in a build from this image, not in this one'];
    case 'Unknown':
      return [false, false, 'not an instruction that builders know'];
    default:
      return [false, true, 'settings of the image, no files'];
  }
}

/** Whether a RUN may change a file, as far as its commands tell. */
function mayChange(step: Step): boolean {
  const { effects, mounts } = step;
  // a container makes the folder of each volume
  const isMount = anyBefore(step, 'volume', ({ instruction }) => instruction.kind === 'Volume');
  return isMount || !effects.complete || mounts.length > 0 || effects.all.some(({ kind }) => kind !== 'read');
}

/** Folders that every base image has, scratch aside. */
const usual = /^\/(?:bin|boot|dev|etc|home|lib|media|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var)$/;

function workdir(step: Step, builder: Builder): [boolean, boolean, string] {
  if (builder === 'buildah')
    return [false, true, 'the folder goes into the layer of the next instruction that makes one'];
  const path = textOf(step.after.workdir);
  if (path === '/') return [false, true, 'the root folder already exists'];
  if (builder === 'buildkit') {
    const why = 'a layer, even if the folder already exists';
    return path === undefined ? [true, false, `${why}; none if it is /`] : [true, true, why];
  }
  if (path === undefined) return [true, false, 'a layer if it creates the folder'];
  if (usual.test(path) && step.stage?.base.kind !== 'scratch')
    return [false, false, 'most images already have the folder'];
  if (madeBefore(step, path)) return [false, true, 'an earlier instruction creates the folder'];
  return [true, false, 'a layer if it creates the folder'];
}

/** Whether an earlier WORKDIR is this folder or lies below it. */
const madeBefore = ({ earlier }: Step, path: string): boolean =>
  earlier.some(({ instruction, after }) => {
    const made = instruction.kind === 'Workdir' ? textOf(after.workdir) : undefined;
    return made !== undefined && isBelow(made, path);
  });
