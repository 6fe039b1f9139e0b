import { bytesText } from '../../text/bytes.ts';
import { widthOf } from '../../text/width.ts';
import { layerCount, sized, visible, wrapped } from '../layout.ts';
import type { Paint } from '../paint.ts';
import { type BuiltImage, type LayerFile, type LayerRow, sumsOf } from './layer-rows.ts';
import { stack } from './layer-stack.ts';
import { earlierText, grouped, instructionText, laterText, leftOf, saidOf } from './layer-words.ts';
import { type Sharing, sharingText } from './sharing.ts';

/** For people: per stage a row an instruction, then the image as a stack, then what several images share. */
export function layersText(files: readonly LayerFile[], sharing: Sharing, paint: Paint, width: number): string {
  const tables = files.map((file) => fileText(file, paint, width));
  const shared = files.length > 1 ? [sharingText(sharing, paint, width)] : [];
  const reasons = wrapped(reasonsText(files), width).map((line) => paint.dim(line));
  return [...tables, ...shared, ...(reasons.length > 0 ? [`${reasons.join('\n')}\n`] : [])].join('\n');
}

/** Why instructions make layers, each reason once; the tables have no room for it where they tell what a layer brings. */
function reasonsText(files: readonly LayerFile[]): string {
  const rows = files.flatMap(({ stages }) => stages.flatMap(({ instructions }) => instructions));
  const silent = rows.filter((row) => row.layer && row.why !== 'a layer');
  const reasons = new Map<string, Set<string>>();
  for (const { why, keyword } of silent) reasons.set(why, (reasons.get(why) ?? new Set()).add(keyword.toUpperCase()));
  const told = [...reasons].map(([why, keywords]) => `${[...keywords].join(', ')}: ${why}.`);
  const isOpen = rows.some(({ layer, certain }) => layer && !certain);
  return [...told, ...(isOpen ? ['?: only a build can tell.'] : [])].join(' ');
}

function fileText({ path, stages, image }: LayerFile, paint: Paint, width: number): string {
  const out = [paint.bold(visible(path))];
  for (const stage of stages) {
    const name = stage.name === null ? '' : ` ${stage.name}`;
    const ships = !image || stage.ships ? ' of its own' : stage.built ? ', not in the image' : ', not built';
    const head = `Stage ${stage.index}${name} on ${stage.base}: ${layerCount(stage.ownLayers)}${ships}`;
    out.push('', ...wrapped(head, width), ...table(stage.instructions, paint, width));
  }
  if (!image) return `${[...out, '', 'The file does not have the stage to build.'].join('\n')}\n`;
  out.push('', ...stack(image, paint, width), '', ...wrapped(sumText(image), width));
  return `${out.join('\n')}\n`;
}

/** The columns before an instruction: its line and the number of its layer. */
const HEAD = 13;

/** A row an instruction: its line, the number of its layer, itself, and what it brings or why it is no layer. */
function table(rows: readonly LayerRow[], paint: Paint, width: number): string[] {
  const room = leftOf(rows, saidOf, width - HEAD - 2);
  let count = 0;
  return rows.flatMap((row) => {
    const { line, layer, certain, later, earlier } = row;
    const number = layer ? `${++count}${certain ? ' ' : '?'}` : '· ';
    const said = visible(saidOf(row));
    const fits = widthOf(said) <= width - HEAD - room - 2;
    const body = `${String(line).padStart(5)}  ${number.padStart(4)}  ${sized(instructionText(row, room), room)}`;
    const text = said === '' || !fits ? body.trimEnd() : `${body}  `;
    const below = (it: string, paints: (text: string) => string): string[] =>
      wrapped(it, width - HEAD - 2).map(
        (part, at) => `${' '.repeat(HEAD)}${paints(`${at === 0 ? '└' : ' '} ${part}`)}`,
      );
    return [
      layer ? text + (fits && said !== '' ? paint.dim(said) : '') : paint.dim(text + (fits ? said : '')),
      ...(fits ? [] : below(said, paint.dim)),
      ...grouped(earlier).flatMap((it) => below(earlierText(it), paint.warning)),
      ...grouped(later).flatMap((it) => below(laterText(it), paint.warning)),
    ];
  });
}

function sumText({ stage, name, base, ownLayers, limit, instructions }: BuiltImage): string {
  const { settings, knownBytes, wastedBytes, wastedPaths } = sumsOf(instructions);
  const isWritten = instructions.some(({ brings }) => brings.texts.length > 0);
  const source = isWritten ? 'the build context and the Dockerfile' : 'the build context';
  const known = knownBytes > 0 ? ` ${bytesText(knownBytes)} come from ${source}.` : '';
  const bytes = wastedBytes ? `, ${bytesText(wastedBytes)} as far as known` : '';
  const waste =
    wastedPaths > 0
      ? ` ${wastedPaths} ${wastedPaths === 1 ? 'path is' : 'paths are'} in more than one layer${bytes}: what is hidden or stored twice still ships.`
      : '';
  const on = base === 'scratch' ? 'on scratch' : `on top of those of ${base}`;
  const title = name === null ? `stage ${stage}` : `stage ${stage} (${name})`;
  const others =
    settings === 0 ? '' : `, and ${settings} ${settings === 1 ? 'instruction' : 'instructions'} without a layer`;
  return `The image is ${title}: ${layerCount(ownLayers)} of its own ${on}${others}.${known}${waste}${nearText(ownLayers, limit)}`;
}

/** Own layers from which on the limit is worth a word; bases have a few of their own. */
const NEAR = 100;

const nearText = (own: number, limit: number): string =>
  own < NEAR
    ? ''
    : ` Docker stores at most ${limit} layers of an image, including those of the base: ${own > limit ? `${own - limit} too many` : `no more than ${limit - own} are left`}.`;
