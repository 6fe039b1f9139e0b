import type { Instruction } from '../../grammar/index.ts';
import { costOf, weights } from './cost.ts';
import { type Builder, layersOf } from './layers.ts';
import { meaningOf } from './meaning.ts';
import type { Model, Stage, Step } from './model.ts';

/** What the images of several files share when they are built with one cache. */
export interface Sharing {
  /** The base that they stand on, as written. */
  readonly base: string;
  readonly members: readonly Member[];
  /** Layers that all of them begin with, those of the base left out. */
  readonly layers: number;
  /** Costly instructions that all have, though not among the leading ones: above the parting they would be shared. */
  readonly later: readonly { readonly instructions: readonly Instruction[]; readonly text: string }[];
}

export interface Member {
  /** Its place in the list that was given. */
  readonly index: number;
  /** The last instruction that is shared; undefined where only the base is. */
  readonly last: Instruction | undefined;
  /** The first that is not; undefined where the whole file is shared. */
  readonly parts: Instruction | undefined;
  readonly ownLayers: number;
}

interface Link {
  readonly step: Step;
  /** Equal where the step does the same in the same surroundings. */
  readonly key: string;
  readonly layer: boolean;
}

/**
 * Groups files by the image they stand on and finds what each group begins with: the same instructions, in the same
 * environment, from the same build context. One base may be another image tomorrow where its tag moves.
 */
export function sharingOf(models: readonly Model[], builder: Builder): Sharing[] {
  const groups = new Map<string, { index: number; chain: readonly Link[] }[]>();
  for (const [index, model] of models.entries()) {
    const base = model.target?.lineage[0]?.base;
    if (!model.target || base?.kind !== 'image') continue;
    const platform = model.target.lineage[0]!.platform?.value;
    const name = base.reference.text + (platform && platform.state !== 'unset' ? ` for ${platform.text}` : '');
    groups.set(name, [...(groups.get(name) ?? []), { index, chain: chainOf(model, model.target, builder) }]);
  }
  return [...groups].filter(([, members]) => members.length > 1).map(([base, members]) => sharing(base, members));
}

function chainOf(model: Model, target: Stage, builder: Builder): Link[] {
  return target.lineage.flatMap((stage) => {
    const layers = new Map(layersOf(stage, builder).map(({ instruction, layer }) => [instruction, layer]));
    return stage.steps.map((step) => {
      const layer = layers.get(step.instruction) ?? false;
      return { step, key: keyOf(step, model, builder, layer), layer };
    });
  });
}

/** Settings are part of a key only where they reach a RUN, except for builders that compare the whole history. */
function keyOf(step: Step, model: Model, builder: Builder, layer: boolean): string {
  const { own, user, workdir, shell, variables } = meaningOf(step, model);
  const { kind } = step.instruction;
  if (kind === 'Run') return JSON.stringify([own, user, workdir, shell, variables]);
  if (kind === 'Copy' || kind === 'Add') return JSON.stringify([own, workdir, taken(step)]);
  return layer || builder !== 'buildkit' ? own : '';
}

/** Of two files in different folders, one ignore file may let in what the other does not. */
const taken = ({ stage }: Step): string => stage?.context?.ignoreFile?.path ?? '';

function sharing(base: string, members: readonly { index: number; chain: readonly Link[] }[]): Sharing {
  const chains = members.map(({ chain }) => chain.filter(({ key }) => key !== ''));
  const [first] = chains;
  let length = 0;
  while (length < first!.length && chains.every((chain) => chain[length]?.key === first![length]!.key)) length++;
  const rests = chains.map((chain) => chain.slice(length));
  const later = rests[0]!.flatMap(({ step, key }) => {
    if (weights[costOf(step)] < weights.download || step.instruction.kind !== 'Run') return [];
    const found = rests.map((rest) => rest.find((it) => it.key === key)?.step.instruction);
    const text = step.instruction.command && 'text' in step.instruction.command ? step.instruction.command.text : '';
    return found.every((it) => it !== undefined)
      ? [{ instructions: found, text: text.replace(/\s+/g, ' ').trim() }]
      : [];
  });
  return {
    base,
    layers: first!.slice(0, length).filter(({ layer }) => layer).length,
    members: members.map(({ index, chain }, place) => ({
      index,
      last: chains[place]![length - 1]?.step.instruction,
      parts: chains[place]![length]?.step.instruction,
      ownLayers: chain.filter(({ layer }) => layer).length,
    })),
    later,
  };
}
