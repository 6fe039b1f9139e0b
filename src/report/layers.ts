import { bytesText } from '../text/bytes.ts';
import { cells, widthOf } from '../text/width.ts';
import type { Paint } from './paint.ts';
import { wrap } from './pretty.ts';

/** What a layer has to do with another one. */
export interface WastedRow {
  readonly kind: 'removed' | 'changed' | 'rewritten';
  readonly what: 'file' | 'cache' | 'package';
  /** Of a package its name. */
  readonly path: string;
  /** Null where no one can know without a build. */
  readonly bytes: number | null;
  /** Of the other instruction. */
  readonly line: number;
}

/** What `dflint layers` tells of one instruction. */
export interface LayerRow {
  readonly line: number;
  readonly keyword: string;
  readonly layer: boolean;
  readonly why: string;
  /** The rest of the instruction, on one line. */
  readonly text: string;
  readonly certain: boolean;
  readonly brings: {
    readonly packages: readonly string[];
    readonly manifests: readonly string[];
    readonly files: { readonly count: number; readonly bytes: number } | undefined;
    readonly copied: readonly string[];
    readonly downloads: readonly string[];
    readonly unpacked: readonly string[];
    readonly written: readonly string[];
    readonly folders: readonly string[];
    readonly caches: readonly string[];
    readonly builds: boolean;
  };
  /** What later instructions hide or store again of it. */
  readonly later: readonly WastedRow[];
  /** What it hides or stores again of earlier ones. */
  readonly earlier: readonly WastedRow[];
}

export interface LayerStage {
  readonly index: number;
  readonly name: string | null;
  readonly base: string;
  /** Whether its layers are in the image. */
  readonly ships: boolean;
  readonly instructions: readonly LayerRow[];
  readonly ownLayers: number;
}

export interface LayerFile {
  readonly path: string;
  readonly stages: readonly LayerStage[];
  /** The image that is built: the instructions of its stage and of the stages that it stands on, in order. */
  readonly image: {
    readonly stage: number;
    readonly base: string;
    readonly ownLayers: number;
    /** The most layers that Docker stores of an image, those of the base included. */
    readonly limit: number;
    readonly instructions: readonly LayerRow[];
  } | null;
}

/** What the images of several files begin with. */
export interface SharedRow {
  readonly base: string;
  readonly layers: number;
  readonly files: readonly {
    readonly path: string;
    readonly ownLayers: number;
    readonly last: Place | null;
    readonly parts: Place | null;
  }[];
  /** The line of each file, in their order. */
  readonly later: readonly { readonly text: string; readonly lines: readonly number[] }[];
}

interface Place {
  readonly line: number;
  readonly text: string;
}

/** schemaVersion 1 of `layers --format json`. */
export function layersJson(
  files: readonly LayerFile[],
  shared: readonly SharedRow[],
  failures: readonly object[],
): string {
  const row = ({ line, keyword, layer, why, certain, brings, later, earlier }: LayerRow) => ({
    ...{ line, keyword, layer, why, certain },
    ...(layer ? { brings: { ...brings, files: brings.files ?? null }, wastedBy: later, wastes: earlier } : {}),
  });
  const plain = files.map(({ path, stages, image }) => ({
    path,
    stages: stages.map((stage) => ({ ...stage, instructions: stage.instructions.map(row) })),
    image: image && {
      stage: image.stage,
      ownLayers: image.ownLayers,
      limit: image.limit,
      base: image.base,
      ...sumsOf(image.instructions),
      instructions: image.instructions.map(row),
    },
  }));
  return `${JSON.stringify({ schemaVersion: 1, files: plain, shared, failures }, null, 2)}\n`;
}

interface Sums {
  /** Instructions that make no layer. */
  readonly settings: number;
  /** Bytes of the build context that are copied, where that is known. */
  readonly knownBytes: number;
  /** Bytes that ship twice or hidden, where that is known, and how many paths there are. */
  readonly wastedBytes: number;
  readonly wastedPaths: number;
}

function sumsOf(rows: readonly LayerRow[]): Sums {
  const all = rows.flatMap(({ later }) => later);
  return {
    settings: rows.filter(({ layer, keyword }) => !layer && keyword.toUpperCase() !== 'FROM').length,
    knownBytes: rows.reduce((sum, { brings }) => sum + (brings.files?.bytes ?? 0), 0),
    wastedBytes: all.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0),
    wastedPaths: all.length,
  };
}

/** For people: per stage a row an instruction, then the image as a stack, then what several images share. */
export function layersPretty(
  files: readonly LayerFile[],
  shared: readonly SharedRow[],
  paint: Paint,
  width: number,
): string {
  const told = files.map((file) => filePretty(file, paint, width));
  return [...told, ...shared.map((it) => sharedPretty(it, paint, width))].join('\n');
}

function filePretty({ path, stages, image }: LayerFile, paint: Paint, width: number): string {
  const out = [paint.bold(path)];
  for (const stage of stages) {
    const name = stage.name === null ? '' : ` ${stage.name}`;
    const ships = image && !stage.ships ? ', none of which ships' : '';
    out.push('', `Stage ${stage.index}${name} on ${stage.base}: ${layers(stage.ownLayers)} of its own${ships}`);
    out.push(...table(stage.instructions, paint, width));
  }
  if (!image) return `${[...out, '', 'There is no such stage to build.'].join('\n')}\n`;
  out.push('', ...stack(image, paint, width), '', ...wrap(sumText(image), width, ''));
  return `${out.join('\n')}\n`;
}

const HEAD = 13;

/** A row an instruction: its line, the number of its layer, itself, and what it brings or why it is no layer. */
function table(rows: readonly LayerRow[], paint: Paint, width: number): string[] {
  const texts = rows.map(({ keyword, text }) => `${keyword} ${text}`);
  const longest = Math.max(0, ...texts.map(widthOf));
  const room = Math.max(20, Math.min(longest, Math.floor((width - HEAD) * 0.5)));
  let count = 0;
  return rows.flatMap((row, index) => {
    const { line, layer, certain, later } = row;
    const number = layer ? `${++count}${certain ? ' ' : '?'}` : '· ';
    const head = `${String(line).padStart(5)}  ${number.padStart(4)}  `;
    const said = layer ? bringsText(row) : row.why;
    const [first = '', ...more] = wrap(said, width - HEAD - room - 2, '');
    const text = `${head}${sized(texts[index]!, room)}  `;
    const pad = ' '.repeat(HEAD + room);
    const marks = grouped(later).flatMap((it) => wrap(laterText(it), width - HEAD - room - 2, ''));
    return [
      (layer ? text + paint.dim(first) : paint.dim(text + first)).trimEnd(),
      ...more.map((it) => paint.dim(`${pad}  ${it}`)),
      ...marks.map((it) => `${pad}  ${paint.warning(it)}`),
    ];
  });
}

/** What a layer holds, in words; the reason that it is one where nothing of it is known. */
function bringsText({ brings, earlier, later, why }: LayerRow): string {
  const { packages, manifests, files, copied, downloads, unpacked, written, folders, caches, builds } = brings;
  // what is hidden later is told there
  const left = caches.filter((path) => !later.some((it) => it.path === path));
  const parts = [
    ...(packages.length > 0 ? [some(packages, packages.length > 3 ? 'packages' : '')] : []),
    ...(manifests.length > 0 ? [`what ${manifests.map(nameOf).join(', ')} lists`] : []),
    ...(files ? [`${files.count} ${files.count === 1 ? 'file' : 'files'}, ${bytesText(files.bytes)}`] : []),
    ...(!files && copied.length > 0 && downloads.length === 0 ? [some(copied)] : []),
    ...(downloads.length > 0 ? [`${some(downloads)} from elsewhere`] : []),
    ...(unpacked.length > 0 ? [`an archive in ${some(unpacked)}`] : []),
    ...(builds ? ['what it builds'] : []),
    ...(written.length > 0 ? [some(written)] : []),
    ...(folders.length > 0 ? [`the folder ${some(folders)}`] : []),
    ...(left.length > 0 ? [`leaves ${some(left)}`] : []),
    ...grouped(earlier).map(earlierText),
  ];
  if (parts.length === 0) return why;
  return parts.join('; ');
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** `a, b and 3 more`. */
const some = (all: readonly string[], what = ''): string => {
  const more = all.length - 2;
  return more > 1 ? `${all.slice(0, 2).join(', ')} and ${more} more${what === '' ? '' : ` ${what}`}` : all.join(', ');
};

interface Grouped {
  readonly kind: WastedRow['kind'];
  readonly line: number;
  readonly paths: readonly string[];
  readonly bytes: number | null;
}

/** What one instruction does to another, as one thing. */
function grouped(rows: readonly WastedRow[]): Grouped[] {
  const groups = new Map<string, WastedRow[]>();
  for (const row of rows) {
    const key = `${row.kind} ${row.line}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].map((list) => ({
    kind: list[0]!.kind,
    line: list[0]!.line,
    paths: list.map(({ path }) => path),
    bytes: list.every(({ bytes }) => bytes !== null) ? list.reduce((sum, { bytes }) => sum + bytes!, 0) : null,
  }));
}

const sizeText = (bytes: number | null): string => (bytes === null ? '' : ` (${bytesText(bytes)})`);

const laterText = ({ kind, line, paths, bytes }: Grouped): string =>
  kind === 'removed'
    ? `${some(paths)}${sizeText(bytes)} hidden by line ${line}, and ships`
    : `${some(paths)}${sizeText(bytes)} ${kind === 'changed' ? 'stored again' : 'replaced'} by line ${line}`;

const earlierText = ({ kind, line, paths, bytes }: Grouped): string =>
  kind === 'removed'
    ? `hides ${some(paths)}${sizeText(bytes)} of line ${line}`
    : `${kind === 'changed' ? 'stores again' : 'replaces'} ${some(paths)}${sizeText(bytes)} of line ${line}`;

/** The image, bottom up: the base below, a row a layer, what is wasted marked. */
function stack({ base, instructions }: NonNullable<LayerFile['image']>, paint: Paint, width: number): string[] {
  const own = instructions.filter(({ layer }) => layer);
  const room = Math.min(width, 100) - 10;
  const line = (left: string, right: string): string => `     ${left}${'─'.repeat(room + 2)}${right}`;
  const box = (number: string, text: string, paints: (text: string) => string): string =>
    `${number.padStart(4)} │ ${paints(sized(text, room))} │`;
  const plain = (text: string): string => text;
  const heads = own.map(({ keyword, text }) => `  ${keyword} ${text}`);
  const left = Math.min(Math.max(0, ...heads.map(widthOf)), Math.floor(room * 0.55));
  const body = own.map((row, index) => {
    const lost = row.later.length > 0;
    const again = row.earlier.length > 0;
    const mark = lost ? (again ? '◆ ' : '▼ ') : again ? '▲ ' : '  ';
    const content = bringsText(row);
    const head = `${mark}${row.keyword} ${row.text}`;
    const text = `${sized(head, left)}  ${content === row.why ? '' : content}`;
    return box(String(index + 1), text, lost || again ? paint.warning : plain);
  });
  const isMarked = own.some(({ later, earlier }) => later.length + earlier.length > 0);
  return [
    'The image, its last layer on top:',
    line('┌', '┐'),
    ...body.reverse(),
    line(own.length > 0 ? '├' : '┌', own.length > 0 ? '┤' : '┐'),
    box('', base === 'scratch' ? '  nothing (scratch)' : `  ${base}, with the layers that it has`, paint.dim),
    line('└', '┘'),
    ...(isMarked ? ['     ▼ holds what a layer above hides or stores again   ▲ does so   ◆ both'] : []),
  ];
}

function sumText({ stage, base, ownLayers, limit, instructions }: NonNullable<LayerFile['image']>): string {
  const { settings, knownBytes, wastedBytes, wastedPaths } = sumsOf(instructions);
  const known = knownBytes > 0 ? ` ${bytesText(knownBytes)} of them come from the build context.` : '';
  const bytes = wastedBytes > 0 ? `, ${bytesText(wastedBytes)} as far as is known` : '';
  const waste =
    wastedPaths > 0
      ? ` ${wastedPaths} ${wastedPaths === 1 ? 'path' : 'paths'} in two layers${bytes}: what is hidden or stored twice ships all the same.`
      : '';
  const near = ownLayers >= 100 ? ` Docker stores no more than ${limit} layers, those of the base included.` : '';
  const on = base === 'scratch' ? 'on nothing' : `on top of those of ${base}`;
  return `The image is stage ${stage}: ${layers(ownLayers)} of its own ${on}, and ${settings} ${settings === 1 ? 'instruction' : 'instructions'} without a layer.${known}${waste}${near}`;
}

function sharedPretty({ base, layers: count, files, later }: SharedRow, paint: Paint, width: number): string {
  const own = count === 0 ? 'no layer of their own' : layers(count);
  const out = [paint.bold(`${files.length} files on ${base}`)];
  out.push(`Built with one cache, their images share the base and ${own} above it.`, '');
  for (const { path, parts, ownLayers } of files) {
    out.push(`  ${path}, ${layers(ownLayers)}`);
    out.push(
      sized(parts ? `      parts at line ${parts.line}: ${parts.text}` : '      is shared as a whole', width).trimEnd(),
    );
  }
  for (const { text, lines } of later) {
    const places = files.map(({ path }, index) => `${path}:${lines[index]}`).join(', ');
    out.push(
      '',
      ...wrap(
        `All have RUN ${text.length > 60 ? `${text.slice(0, 59)}…` : text} (${places}), each in a layer of its own: above the line where they part, or in a stage that all stand on, it would be one.`,
        width,
        '',
      ),
    );
  }
  return `${out.join('\n')}\n`;
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

const layers = (count: number): string => `${count} layer${count === 1 ? '' : 's'}`;
