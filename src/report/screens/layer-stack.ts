import { widthOf } from '../../text/width.ts';
import { sized } from '../layout.ts';
import type { Paint } from '../paint.ts';
import { type BuiltImage, isFrom, isSetting, type LayerRow, type WastedRow } from './layer-rows.ts';
import { contentText, instructionText, leftOf } from './layer-words.ts';

/** From so many own layers on, the picture leaves out what stands unmarked among others. */
const TALL = 14;
/** Fewer unmarked layers than this in a row are all shown. */
const RUN = 6;

/** The image, bottom up: the base below, a row a layer with its line, what is wasted marked. */
export function stack({ base, instructions }: BuiltImage, paint: Paint, width: number): string[] {
  const own = instructions.filter(({ layer }) => layer);
  const room = Math.min(width, 100) - 10;
  const border = (left: string, right: string, label = ''): string =>
    `     ${left}${label === '' ? '' : `─ ${label} `}${'─'.repeat(room + 2 - (label === '' ? 0 : widthOf(label) + 3))}${right}`;
  const box = (line: string, text: string, paints: (text: string) => string = plain): string =>
    `${line.padStart(4)} │ ${paints(sized(text, room))} │`;
  const marks = Math.max(0, ...own.map((row) => widthOf(markOf(row))));
  const left = leftOf(own, contentText, room - 2 - (marks > 0 ? marks + 1 : 0));
  const right = Math.max(0, room - left - 2 - (marks > 0 ? marks + 1 : 0));
  const layerBox = (row: LayerRow): string => {
    const text = `${sized(instructionText(row, left), left)}  ${sized(contentText(row), right)}`;
    return box(String(row.line), marks > 0 ? `${text} ${markOf(row)}` : text, isMarked(row) ? paint.warning : plain);
  };
  const fold = (count: number, first: LayerRow, last: LayerRow): string =>
    box('', `  ⋮ ${count} more layers, lines ${first.line} to ${last.line}`, paint.dim);

  const [outermost, ...inner] = instructions.filter(isFrom);
  const body: string[] = [];
  for (const from of [outermost, ...inner]) {
    const next = inner[inner.indexOf(from!) + 1];
    const rows = instructions.slice(
      from ? instructions.indexOf(from) : 0,
      next ? instructions.indexOf(next) : undefined,
    );
    if (from && from !== outermost)
      body.push(border('├', '┤', sized(`${from.keyword} ${from.text}`, room - 4).trimEnd()));
    for (const part of runsOf(rows.filter(({ layer }) => layer))) {
      const isLong = own.length > TALL && part.length >= RUN;
      if (isLong) body.push(layerBox(part[0]!), fold(part.length - 2, part[1]!, part.at(-2)!), layerBox(part.at(-1)!));
      else body.push(...part.map(layerBox));
    }
  }
  const settings = [...new Set(instructions.filter(isSetting).map(({ keyword }) => keyword.toUpperCase()))];
  return [
    'The image, its last layer on top:',
    ...(settings.length > 0
      ? [paint.dim(`     ${sized(`  without a layer: ${settings.join(', ')}`, room + 4).trimEnd()}`)]
      : []),
    border('┌', '┐'),
    ...body.reverse(),
    ...(own.length > 0 ? [border('├', '┤')] : []),
    box('', base === 'scratch' ? '  nothing (scratch)' : `  ${base} with its own layers`, paint.dim),
    border('└', '┘'),
    ...(marks > 0
      ? ['     ▼ hidden or stored again by this line   ▲ hides or stores again what this line stored']
      : []),
  ];
}

const plain = (text: string): string => text;
const isMarked = ({ later, earlier }: LayerRow): boolean => later.length + earlier.length > 0;
/** `▼9 ▲4,5`: the lines of the layers that it has to do with. */
function markOf({ later, earlier }: LayerRow): string {
  const of = (sign: string, rows: readonly WastedRow[]): string[] => {
    const [first, second, ...more] = [...new Set(rows.map(({ line }) => line))];
    if (first === undefined) return [];
    return [`${sign}${first}${second === undefined ? '' : `,${second}`}${more.length > 0 ? '…' : ''}`];
  };
  return [...of('▼', later), ...of('▲', earlier)].join(' ');
}

/** Marked layers each by itself, those between them together. */
function runsOf(rows: readonly LayerRow[]): LayerRow[][] {
  const runs: LayerRow[][] = [];
  for (const row of rows) {
    const run = runs.at(-1);
    if (run && !isMarked(row) && !isMarked(run[0]!)) run.push(row);
    else runs.push([row]);
  }
  return runs;
}
