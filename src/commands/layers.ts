import { type Builder, countLayers, imageLayers, type Layer, layersOf } from '../model/layers.ts';
import { type LayerFile, type LayerRow, layersJson, layersPretty } from '../report/layers.ts';
import { type Lines, position } from '../text/lines.ts';
import type { layerFormats } from './choices.ts';
import { type Analyzed, analyzeFiles, baseText, type ModelArguments } from './model-options.ts';
import type { Terminal } from './terminal.ts';

export interface LayersArguments extends ModelArguments {
  readonly format: (typeof layerFormats)[number];
  readonly builder: Builder;
}

/** Prints what each instruction adds to the image. 0, or 2 where a file could not be read. */
export async function layersCommand(args: LayersArguments, terminal: Terminal): Promise<number> {
  const { files, failures } = await analyzeFiles(args, terminal);
  const told = files.map((file) => tell(file, args.builder));
  if (args.format === 'json') terminal.print(layersJson(told, failures));
  else if (told.length > 0) terminal.print(layersPretty(told, await terminal.paint(), terminal.width));
  return failures.length > 0 ? 2 : 0;
}

function tell({ path, lines, model }: Analyzed, builder: Builder): LayerFile {
  const image = imageLayers(model, builder);
  return {
    path,
    stages: model.stages.map((stage) => {
      const own = layersOf(stage, builder);
      return {
        index: stage.index,
        name: stage.name ?? null,
        base: baseText(stage.base),
        instructions: own.map((layer) => row(layer, lines)),
        ownLayers: countLayers(own),
      };
    }),
    image: image
      ? {
          stage: image.stage.index,
          base: baseText(image.stage.lineage[0]!.base),
          ownLayers: image.ownLayers,
          instructions: image.instructions.map((layer) => row(layer, lines)),
        }
      : null,
  };
}

function row({ instruction, layer, certain, why }: Layer, lines: Lines): LayerRow {
  const { span, keyword } = instruction;
  const raw = lines.text.slice(keyword.span.end, span.end);
  // continued lines as one, their comments left out
  const text = raw
    .replace(/[\\`][ \t]*\r?\n(?:[ \t]*#.*\n)*/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return { line: position(lines, span.start).line, keyword: keyword.text, layer, certain, why, text };
}
