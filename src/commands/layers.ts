import { layerLimit } from '../knowledge/layer-limit.ts';
import { type Brings, bringsOf, type Touched, touchedOf } from '../model/brings.ts';
import type { Model, Stage } from '../model/index.ts';
import { type Builder, countLayers, imageLayers, type Layer, layersOf } from '../model/layers.ts';
import { sharingOf } from '../model/sharing.ts';
import type { Waste } from '../model/waste.ts';
import {
  type LayerFile,
  type LayerRow,
  type LayerStage,
  layersJson,
  layersPretty,
  type SharedRow,
} from '../report/layers.ts';
import { type Lines, position } from '../text/lines.ts';
import type { layerFormats } from './choices.ts';
import { type Analyzed, analyzeFiles, baseText, type ModelArguments } from './model-options.ts';
import type { Terminal } from './terminal.ts';

export interface LayersArguments extends ModelArguments {
  readonly format: (typeof layerFormats)[number];
  readonly builder: Builder;
}

/** Prints what each instruction adds to the image, and what several images share. 0, or 2 where a file could not be read. */
export async function layersCommand(args: LayersArguments, terminal: Terminal): Promise<number> {
  const { files, failures } = await analyzeFiles(args, terminal);
  const told = files.map((file) => tell(file, args.builder));
  const shared = files.length > 1 ? sharedOf(files, args.builder) : [];
  if (args.format === 'json') terminal.print(layersJson(told, shared, failures));
  else if (told.length > 0) terminal.print(layersPretty(told, shared, await terminal.paint(), terminal.width));
  return failures.length > 0 ? 2 : 0;
}

function tell(file: Analyzed, builder: Builder): LayerFile {
  const { path, model } = file;
  const image = imageLayers(model, builder);
  const touched = model.target && touchedOf(model.target);
  const rows = (layers: readonly Layer[]): LayerRow[] => layers.map((layer) => row(layer, file, touched));
  const stageOf = (stage: Stage): LayerStage => {
    const own = layersOf(stage, builder);
    return {
      index: stage.index,
      name: stage.name ?? null,
      base: baseText(stage.base),
      ships: stage.shipped,
      instructions: rows(own),
      ownLayers: countLayers(own),
    };
  };
  return {
    path,
    stages: model.stages.map(stageOf),
    image: image
      ? {
          stage: image.stage.index,
          base: baseText(image.stage.lineage[0]!.base),
          ownLayers: image.ownLayers,
          limit: layerLimit,
          instructions: rows(image.instructions),
        }
      : null,
  };
}

const nothing: Brings = {
  ...{
    packages: [],
    manifests: [],
    files: undefined,
    copied: [],
    downloads: [],
    unpacked: [],
    written: [],
    folders: [],
    caches: [],
  },
  builds: false,
};

function row(
  { instruction, layer, certain, why }: Layer,
  { lines, model }: Analyzed,
  touched: ((step: NonNullable<ReturnType<Model['step']>>) => Touched) | undefined,
): LayerRow {
  const { span, keyword } = instruction;
  const step = model.step(instruction);
  const { later = [], earlier = [] } = (layer && step && touched?.(step)) || {};
  return {
    line: lineOf(span.start, lines),
    keyword: keyword.text,
    layer,
    certain,
    why,
    text: oneLine(lines.text.slice(keyword.span.end, span.end)),
    brings: layer && step ? bringsOf(step) : nothing,
    later: later.map((it) => wasted(it, it.again, lines)),
    earlier: earlier.map((it) => wasted(it, it.written, lines)),
  };
}

const wasted = ({ kind, what, path, bytes }: Waste, { step }: Waste['again'], lines: Lines) => ({
  kind,
  what,
  path,
  bytes: bytes ?? null,
  line: lineOf(step.instruction.span.start, lines),
});

const lineOf = (offset: number, lines: Lines): number => position(lines, offset).line;

/** Continued lines as one, their comments left out. */
const oneLine = (raw: string): string =>
  raw
    .replace(/[\\`][ \t]*\r?\n(?:[ \t]*#.*\n)*/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

function sharedOf(files: readonly Analyzed[], builder: Builder): SharedRow[] {
  const models = files.map(({ model }) => model);
  return sharingOf(models, builder).map(({ base, layers, members, later }) => {
    const place = (index: number, at: { readonly span: { readonly start: number; readonly end: number } }) => ({
      line: lineOf(at.span.start, files[index]!.lines),
      text: oneLine(files[index]!.lines.text.slice(at.span.start, at.span.end)),
    });
    return {
      base,
      layers,
      files: members.map(({ index, parts, last, ownLayers }) => ({
        path: files[index]!.path,
        ownLayers,
        last: last ? place(index, last) : null,
        parts: parts ? place(index, parts) : null,
      })),
      later: later.map(({ instructions, text }) => ({
        text,
        lines: instructions.map((it, place) => lineOf(it.span.start, files[members[place]!.index]!.lines)),
      })),
    };
  });
}
