import type { Diagnostic } from '../../engine/diagnostic.ts';
import { type Analyzed, countLayers, imagesOf, layersOf, type Model, type Stage, type Work, workOf } from './model.ts';
import { type ImageRow, imageRows } from './ships.ts';
import { baseText, expansionText, lineOf } from './source.ts';

export type Via = Stage['needs'][number]['via'];

/** What `dflint stages` shows of one stage. */
export interface StageRow {
  readonly index: number;
  readonly name: string | null;
  readonly line: number;
  readonly base: string;
  /** The index of the stage it stands on. */
  readonly parent: number | null;
  readonly platform: string | null;
  readonly target: boolean;
  readonly reachable: boolean;
  readonly shipped: boolean;
  readonly needs: readonly { readonly stage: number; readonly via: Via; readonly line: number }[];
  /** Images that it takes files from; what may be a named build context is none. */
  readonly images: readonly { readonly image: string; readonly via: Via; readonly line: number }[];
  readonly layers: number;
  /** How many stages wait for each other before it; those with one number run side by side. */
  readonly wave: number;
  /** What other stages take from it. */
  readonly gives: readonly { readonly to: number; readonly paths: readonly string[]; readonly line: number }[];
  /** What it does itself. */
  readonly does: readonly { readonly kind: Work['kind']; readonly call: string; readonly line: number }[];
}

/** What follows, by a rule. */
export interface AdviceRow {
  readonly rule: string;
  readonly line: number;
  readonly message: string;
  readonly instead: string | null;
}

export interface StageFile {
  readonly path: string;
  readonly stages: readonly StageRow[];
  /** What ships, image by image. */
  readonly images: readonly ImageRow[];
  readonly advice: readonly AdviceRow[];
}

/** A file with what rules about stages find in it. */
export interface Judged extends Analyzed {
  readonly findings?: readonly Diagnostic[];
}

export function stageFile({ path, model, findings = [] }: Judged): StageFile {
  const waves = wavesOf(model.stages);
  const gifts = giftsOf(model);
  const whole = (it: Stage): StageRow => ({
    ...stageRow(it, model),
    wave: waves[it.index]!,
    gives: gifts.get(it) ?? [],
    does: workOf(it).map(({ kind, call, step }) => ({ kind, call, line: lineOf(model, step.instruction) })),
  });
  const advice = findings.map((it) => ({
    ...{ rule: it.rule, message: it.message, instead: it.instead ?? null },
    line: lineOf(model, it),
  }));
  return { path, stages: model.stages.map(whole), images: imageRows(model), advice };
}

function stageRow(stage: Stage, model: Model): Omit<StageRow, 'wave' | 'gives' | 'does'> {
  const { index, name, base, platform, from, reachable, shipped, needs } = stage;
  return {
    index,
    name: name ?? null,
    line: lineOf(model, from),
    base: baseText(base),
    parent: base.kind === 'stage' ? base.stage.index : null,
    platform: platform ? expansionText(platform) : null,
    target: stage === model.target,
    reachable,
    shipped,
    needs: needs.map((need) => ({ stage: need.stage.index, via: need.via, line: lineOf(model, need.at) })),
    images: imagesOf(stage, model).flatMap(({ via, at, version }) =>
      via === 'from' || !version ? [] : { image: version.text, via, line: lineOf(model, { span: at }) },
    ),
    layers: countLayers(layersOf(stage)),
  };
}

/** The longest way to each stage through those that it needs, which all stand above it. */
function wavesOf(stages: readonly Stage[]): number[] {
  const waves: number[] = [];
  for (const { index, needs } of stages)
    waves[index] = needs.reduce((most, { stage }) => Math.max(most, (waves[stage.index] ?? 0) + 1), 0);
  return waves;
}

/** The paths of each stage that others copy or mount, in the order of the file. */
function giftsOf(model: Model): ReadonlyMap<Stage, StageRow['gives']> {
  const found = new Map<Stage, StageRow['gives'][number][]>();
  for (const { index: to, steps } of model.stages) {
    for (const step of steps) {
      const paths = new Map<Stage, string[]>();
      for (const { origin, source } of step.takes)
        if (origin.kind === 'stage') paths.set(origin.stage, [...(paths.get(origin.stage) ?? []), source]);
      const line = paths.size > 0 ? lineOf(model, step.instruction) : 0;
      for (const [stage, all] of paths) {
        const list = found.get(stage) ?? [];
        list.push({ to, paths: all, line });
        found.set(stage, list);
      }
    }
  }
  return found;
}

/** A stage as people call it. */
export const label = ({ index, name }: StageRow): string => name ?? `stage ${index}`;
export const verbs: Readonly<Record<Via, string>> = { from: 'FROM', copy: 'COPY --from', mount: 'RUN --mount' };
