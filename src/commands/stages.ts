import type { Stage } from '../model/index.ts';
import { countLayers, layersOf } from '../model/layers.ts';
import { type StageFile, type StageRow, stagesDot, stagesJson, stagesMermaid, stagesText } from '../report/stages.ts';
import { type Lines, position } from '../text/lines.ts';
import type { stageFormats } from './choices.ts';
import { type Analyzed, analyzeFiles, baseText, expansionText, type ModelArguments } from './model-options.ts';
import type { Terminal } from './terminal.ts';

const reports = { text: stagesText, json: stagesJson, mermaid: stagesMermaid, dot: stagesDot } as const;

export interface StagesArguments extends ModelArguments {
  readonly format: (typeof stageFormats)[number];
}

/** Prints the build graph of each file. 0, or 2 where a file could not be read. */
export async function stagesCommand(args: StagesArguments, terminal: Terminal): Promise<number> {
  const { files, failures } = await analyzeFiles(args, terminal);
  terminal.print(files.map((file) => reports[args.format](tell(file))).join('\n'));
  return failures.length > 0 ? 2 : 0;
}

function tell({ path, model }: Analyzed): StageFile {
  return { path, stages: model.stages.map((stage) => row(stage, model.file.lines, model.target)) };
}

function row(stage: Stage, lines: Lines, target: Stage | undefined): StageRow {
  const { index, name, base, platform, from, reachable, shipped, needs } = stage;
  return {
    index,
    name: name ?? null,
    line: position(lines, from.span.start).line,
    base: baseText(base),
    parent: base.kind === 'stage' ? base.stage.index : null,
    platform: platform ? expansionText(platform) : null,
    target: stage === target,
    reachable,
    shipped,
    needs: needs.map((need) => ({
      stage: need.stage.index,
      via: need.via,
      line: position(lines, need.at.span.start).line,
    })),
    layers: countLayers(layersOf(stage)),
  };
}
