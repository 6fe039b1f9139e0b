import type { Instruction } from '../../grammar/index.ts';
import { layerLimit } from '../knowledge/builder/layer-limit.ts';
import { apartOf, type Cause, sharingOf } from '../model/cache/sharing.ts';
import { type Brings, bringsOf, type Touched, touchedOf } from '../model/files/brings.ts';
import type { Stage, Step, Waste } from '../model/index.ts';
import { type Builder, countLayers, imageLayers, type Layer, layersOf } from '../model/layers.ts';
import {
  type ApartRow,
  type CauseRow,
  type LayerFile,
  type LayerRow,
  type LayerStage,
  layersJson,
  layersPretty,
  type SharedRow,
} from '../report/layers.ts';
import { dependency } from '../rewrite/dependency.ts';
import { type Lines, position } from '../text/lines.ts';
import { oneLine } from '../text/prose.ts';
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
  const several = files.length > 1;
  const report = {
    files: told,
    shared: several ? sharedOf(files, args.builder) : [],
    apart: several ? apartRows(files, args.builder) : [],
    failures,
  };
  if (args.format === 'json') terminal.print(layersJson(report));
  else if (told.length > 0) terminal.print(layersPretty(report, await terminal.paint(), terminal.width));
  return failures.length > 0 ? 2 : 0;
}

function tell(file: Analyzed, builder: Builder): LayerFile {
  const { path, model } = file;
  const image = imageLayers(model, builder);
  // what a stage hides of one that it stands on is told in both tables, where both ship
  const ofTarget = model.target && touchedOf(model.target);
  const rows = (layers: readonly Layer[], touched = ofTarget): LayerRow[] =>
    layers.map((layer) => row(layer, file, touched));
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

const nothing: Brings = {
  ...{
    packages: [],
    manifests: [],
    files: undefined,
    copied: [],
    texts: [],
    bytes: undefined,
    downloads: [],
    clones: [],
    unpacked: [],
    written: [],
    folders: [],
    caches: [],
  },
  builds: false,
};

function row(
  { instruction, layer, certain, why }: Layer,
  { model }: Analyzed,
  touched: ((step: Step) => Touched) | undefined,
): LayerRow {
  const { span, keyword } = instruction;
  const { lines } = model.file;
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

function sharedOf(files: readonly Analyzed[], builder: Builder): SharedRow[] {
  const models = files.map(({ model }) => model);
  const independent = (earlier: Step, later: Step): boolean => !dependency(earlier, later, () => '');
  return sharingOf(models, builder, independent).map(({ base, layers, members, later }) => {
    const lineIn = (index: number, at: Instruction): number => lineOf(at.span.start, files[index]!.model.file.lines);
    const place = (index: number, at: Instruction) => ({
      line: lineIn(index, at),
      text: oneLine(files[index]!.model.file.lines.text.slice(at.span.start, at.span.end)),
    });
    const cause = (index: number, { kind, name, source }: Cause): CauseRow => ({
      kind,
      name,
      line: source ? lineIn(index, source) : null,
      keyword: source?.keyword.text ?? null,
    });
    return {
      base,
      layers,
      files: members.map(({ index, parts, last, causes, ownLayers }) => ({
        path: files[index]!.path,
        ownLayers,
        last: last ? place(index, last) : null,
        parts: parts ? place(index, parts) : null,
        causes: causes.map((it) => cause(index, it)),
      })),
      later: later.map((places) => ({
        text: place(places[0]!.index, places[0]!.instruction).text,
        places: places.map(({ index, instruction, above }) => ({
          path: files[index]!.path,
          line: lineIn(index, instruction),
          above: lineIn(index, above),
        })),
      })),
    };
  });
}

const apartRows = (files: readonly Analyzed[], builder: Builder): ApartRow[] =>
  apartOf(
    files.map(({ model }) => model),
    builder,
  ).map(({ layers, bases }) => ({
    layers,
    bases: bases.map(({ base, members }) => ({ base, files: members.map((it) => files[it]!.path) })),
  }));
