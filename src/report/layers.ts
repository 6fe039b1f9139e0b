import { cells, widthOf } from '../text/width.ts';
import type { Paint } from './paint.ts';

/** What `dflint layers` tells of one instruction. */
export interface LayerRow {
  readonly line: number;
  readonly keyword: string;
  readonly layer: boolean;
  readonly why: string;
  /** The rest of the instruction, on one line. */
  readonly text: string;
  readonly certain: boolean;
}

export interface LayerFile {
  readonly path: string;
  readonly stages: readonly {
    readonly index: number;
    readonly name: string | null;
    readonly base: string;
    readonly instructions: readonly LayerRow[];
    readonly ownLayers: number;
  }[];
  /** The image that is built: the instructions of its stage and of the stages that it stands on, in order. */
  readonly image: {
    readonly stage: number;
    readonly base: string;
    readonly ownLayers: number;
    readonly instructions: readonly LayerRow[];
  } | null;
}

/** schemaVersion 1 of `layers --format json`. */
export function layersJson(files: readonly LayerFile[], failures: readonly object[]): string {
  const row = ({ line, keyword, layer, why }: LayerRow) => ({ line, keyword, layer, why });
  const plain = files.map(({ path, stages, image }) => ({
    path,
    stages: stages.map((stage) => ({ ...stage, instructions: stage.instructions.map(row) })),
    image: image && { stage: image.stage, ownLayers: image.ownLayers, instructions: image.instructions.map(row) },
  }));
  return `${JSON.stringify({ schemaVersion: 1, files: plain, failures }, null, 2)}\n`;
}

/** For people: per stage a row an instruction, layers counted, then the image. */
export function layersPretty(files: readonly LayerFile[], paint: Paint, width: number): string {
  return files.map((file) => filePretty(file, paint, width)).join('\n');
}

function filePretty({ path, stages, image }: LayerFile, paint: Paint, width: number): string {
  const rows = stages.flatMap(({ instructions }) => instructions);
  const gutter = Math.max(4, ...rows.map(({ line }) => String(line).length));
  const word = Math.max(4, ...rows.map(({ keyword }) => keyword.length));
  const reason = Math.max(0, ...rows.map(({ why }) => why.length));
  const used = gutter + word + 12;
  const room = Math.max(16, Math.min(width - used - reason, Math.max(0, ...rows.map(({ text }) => widthOf(text)))));
  const out = [paint.bold(path)];
  for (const stage of stages) {
    const name = stage.name === null ? '' : ` ${stage.name}`;
    out.push('', `Stage ${stage.index}${name} on ${stage.base}: ${layers(stage.ownLayers)}`);
    let count = 0;
    for (const { line, keyword, layer, why, certain, text } of stage.instructions) {
      const number = layer ? `${++count}${certain ? ' ' : '?'}` : '· ';
      const body = `${String(line).padStart(gutter)}  ${number.padStart(4)}  ${keyword.padEnd(word)}  ${sized(text, room)}  `;
      out.push(layer ? body + paint.dim(why) : paint.dim(body + why));
    }
  }
  const sum = image
    ? `The image is stage ${image.stage}: ${layers(image.ownLayers)} on top of those of ${image.base}.`
    : 'There is no such stage to build.';
  return `${[...out, '', sum].join('\n')}\n`;
}

/** The text cut or filled to a number of cells. */
function sized(text: string, room: number): string {
  let shown = '';
  let column = 0;
  for (const cell of cells(text)) {
    if (column + cell.width > room - 1 && widthOf(text) > room) {
      shown += '…';
      column++;
      break;
    }
    shown += cell.text;
    column += cell.width;
  }
  return shown + ' '.repeat(Math.max(0, room - column));
}

const layers = (count: number): string => `${count} layer${count === 1 ? '' : 's'} of its own`;
