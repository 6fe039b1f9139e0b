import { layerLimit } from '../../knowledge/builder/layer-limit.ts';
import {
  type Analyzed,
  type Brings,
  type Builder,
  bringsOf,
  countLayers,
  imageLayers,
  type Layer,
  layersOf,
  type Model,
  type Stage,
  type Step,
  type Touched,
  touchedOf,
  type Waste,
} from './model.ts';
import { baseText, lineOf, restOf } from './source.ts';

/** What a layer has to do with another one. */
export interface WastedRow extends Pick<Waste, 'kind' | 'what' | 'path'> {
  /** Null where no one can know without a build. */
  readonly bytes: number | null;
  /** Of the other instruction. */
  readonly line: number;
}

/** What `dflint layers` shows of one instruction. */
export interface LayerRow extends Pick<Layer, 'layer' | 'certain' | 'why'> {
  readonly line: number;
  readonly keyword: string;
  /** The rest of the instruction, on one line. */
  readonly text: string;
  readonly brings: Brings;
  /** What later instructions hide or store again of it. */
  readonly later: readonly WastedRow[];
  /** What it hides or stores again of earlier ones. */
  readonly earlier: readonly WastedRow[];
}

interface LayerStage {
  readonly index: number;
  readonly name: string | null;
  readonly base: string;
  /** Whether its layers are in the image. */
  readonly ships: boolean;
  /** Whether the image is not built without it, or may not be. */
  readonly built: boolean;
  readonly instructions: readonly LayerRow[];
  readonly ownLayers: number;
}

/** The image that is built: the instructions of its stage and of the stages that it stands on, in order. */
export interface BuiltImage {
  readonly stage: number;
  readonly name: string | null;
  readonly base: string;
  readonly ownLayers: number;
  /** The most layers that Docker stores of an image, those of the base included. */
  readonly limit: number;
  /** Layers of the base; null where only its registry knows. */
  readonly inherited: number | null;
  readonly instructions: readonly LayerRow[];
}

export interface LayerFile {
  readonly path: string;
  readonly stages: readonly LayerStage[];
  readonly image: BuiltImage | null;
}

/** The layers of a file, stage by stage and as the image. */
export function layerFile({ path, model }: Analyzed, builder: Builder): LayerFile {
  const image = imageLayers(model, builder);
  // what a stage hides of one that it stands on is shown in both tables, where both ship
  const ofTarget = model.target && touchedOf(model.target);
  const rows = (layers: readonly Layer[], touched = ofTarget): LayerRow[] =>
    layers.map((layer) => layerRow(layer, { model, builder }, touched));
  const stageOf = (stage: Stage): LayerStage => {
    const own = layersOf(stage, builder);
    return {
      index: stage.index,
      name: stage.name ?? null,
      base: baseText(stage.base),
      ships: stage.shipped,
      built: stage.reachable,
      instructions: rows(own, stage.shipped ? ofTarget : touchedOf(stage)),
      ownLayers: countLayers(own),
    };
  };
  return {
    path,
    stages: model.stages.map(stageOf),
    image: image
      ? {
          stage: image.stage.index,
          name: image.stage.name ?? null,
          base: baseText(image.stage.lineage[0]!.base),
          ownLayers: image.ownLayers,
          limit: layerLimit,
          inherited: image.stage.lineage[0]!.base.kind === 'scratch' ? 0 : null,
          instructions: rows(image.instructions),
        }
      : null,
  };
}

/** What brings no layer, or is the trigger of another stage. */
const nothing: Brings = {
  ...{ packages: [], manifests: [], files: undefined, copied: [], texts: [], bytes: undefined },
  ...{ downloads: [], clones: [], unpacked: [], written: [], folders: [], caches: [], builds: false },
};

function layerRow(
  { instruction, layer, certain, why }: Layer,
  { model, builder }: { readonly model: Model; readonly builder: Builder },
  touched: ((step: Step) => Touched) | undefined,
): LayerRow {
  const step = model.step(instruction);
  const { later = [], earlier = [] } = (layer && step && touched?.(step)) || {};
  return {
    line: lineOf(model, instruction),
    keyword: instruction.keyword.text,
    layer,
    certain,
    why,
    text: restOf(model, instruction),
    brings: layer && step ? bringsOf(step, builder) : nothing,
    later: later.map((it) => wasted(it, it.again, model)),
    earlier: earlier.map((it) => wasted(it, it.written, model)),
  };
}

const wasted = ({ kind, what, path, bytes }: Waste, { step }: Waste['again'], model: Model): WastedRow => ({
  kind,
  what,
  path,
  bytes: bytes ?? null,
  line: lineOf(model, step.instruction),
});

interface Sums {
  /** Instructions that make no layer. */
  readonly settings: number;
  /** Bytes that the files and texts in the layers have, where that is known. */
  readonly knownBytes: number;
  /** Bytes that ship twice or hidden, as far as they are known; null where there are some and none is. */
  readonly wastedBytes: number | null;
  readonly wastedPaths: number;
}

export function sumsOf(rows: readonly LayerRow[]): Sums {
  const all = rows.flatMap(({ later }) => later);
  const sized = all.flatMap(({ bytes }) => bytes ?? []);
  const known = ({ files, texts }: Brings): number =>
    texts.reduce((sum, { bytes }) => sum + (bytes ?? 0), files?.bytes ?? 0);
  return {
    settings: rows.filter(isSetting).length,
    knownBytes: rows.reduce((sum, { brings }) => sum + known(brings), 0),
    wastedBytes: sized.length > 0 || all.length === 0 ? sized.reduce((sum, bytes) => sum + bytes, 0) : null,
    wastedPaths: new Set(all.map(({ path }) => path)).size,
  };
}

export const isFrom = ({ keyword }: LayerRow): boolean => keyword.toUpperCase() === 'FROM';
export const isSetting = (row: LayerRow): boolean => !row.layer && !isFrom(row);
