import { bytesText } from '../text/bytes.ts';
import { listed } from '../text/prose.ts';
import { widthOf } from '../text/width.ts';
import { layersText, sized, sizeText, some, wrapped } from './layer-text.ts';
import type { Paint } from './paint.ts';
import { type ApartRow, type SharedRow, sharingPretty } from './sharing.ts';

export type { ApartRow, CauseRow, SharedRow } from './sharing.ts';

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
    /** As written, where the files are not at hand, with the stage or image that they are from. */
    readonly copied: readonly { readonly source: string; readonly from: string | undefined }[];
    readonly texts: readonly { readonly path: string; readonly bytes: number | undefined }[];
    readonly bytes: number | undefined;
    readonly clones: readonly string[];
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
  /** Whether the image is not built without it, or may not be. */
  readonly built: boolean;
  readonly instructions: readonly LayerRow[];
  readonly ownLayers: number;
}

export interface LayerFile {
  readonly path: string;
  readonly stages: readonly LayerStage[];
  /** The image that is built: the instructions of its stage and of the stages that it stands on, in order. */
  readonly image: {
    readonly stage: number;
    readonly name: string | null;
    readonly base: string;
    readonly ownLayers: number;
    /** The most layers that Docker stores of an image, those of the base included. */
    readonly limit: number;
    /** Layers of the base; null where only its registry knows. */
    readonly inherited: number | null;
    readonly instructions: readonly LayerRow[];
  } | null;
}

export interface LayersReport {
  readonly files: readonly LayerFile[];
  readonly shared: readonly SharedRow[];
  readonly apart: readonly ApartRow[];
  readonly failures: readonly object[];
}

/** schemaVersion 1 of `layers --format json`. */
export function layersJson({ files, shared, apart, failures }: LayersReport): string {
  const row = ({ line, keyword, layer, why, certain, brings, later, earlier }: LayerRow) => ({
    ...{ line, keyword, layer, why, certain },
    ...(layer ? { brings: bringsJson(brings), wastedBy: later, wastes: earlier } : {}),
  });
  const plain = files.map(({ path, stages, image }) => ({
    path,
    stages: stages.map(({ instructions, ...stage }) => ({
      ...stage,
      ...sumsOf(instructions),
      instructions: instructions.map(row),
    })),
    image: image && {
      ...{ stage: image.stage, ownLayers: image.ownLayers, base: image.base },
      ...{ inherited: image.inherited, limit: image.limit, overlayLimit: OVERLAY },
      ...sumsOf(image.instructions),
      instructions: image.instructions.map(row),
    },
  }));
  return `${JSON.stringify({ schemaVersion: 1, files: plain, shared, apart, failures }, null, 2)}\n`;
}

/** The most lower directories that Docker gives to overlay2. */
const OVERLAY = 128;
/** Own layers from which on the limit is worth a word; bases have a few of their own. */
const NEAR = 100;

const bringsJson = ({ files, bytes, texts, copied, ...brings }: LayerRow['brings']) => ({
  ...brings,
  copied: copied.map(({ source, from }) => ({ source, from: from ?? null })),
  files: files ?? null,
  texts: texts.map((it) => ({ path: it.path, bytes: it.bytes ?? null })),
  bytes: bytes ?? null,
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

function sumsOf(rows: readonly LayerRow[]): Sums {
  const all = rows.flatMap(({ later }) => later);
  const sized = all.flatMap(({ bytes }) => bytes ?? []);
  const known = ({ files, texts }: LayerRow['brings']): number =>
    texts.reduce((sum, { bytes }) => sum + (bytes ?? 0), files?.bytes ?? 0);
  return {
    settings: rows.filter(isSetting).length,
    knownBytes: rows.reduce((sum, { brings }) => sum + known(brings), 0),
    wastedBytes: sized.length > 0 || all.length === 0 ? sized.reduce((sum, bytes) => sum + bytes, 0) : null,
    wastedPaths: new Set(all.map(({ path }) => path)).size,
  };
}

const isFrom = ({ keyword }: LayerRow): boolean => keyword.toUpperCase() === 'FROM';
const isSetting = (row: LayerRow): boolean => !row.layer && !isFrom(row);

/** For people: per stage a row an instruction, then the image as a stack, then what several images share. */
export function layersPretty(report: LayersReport, paint: Paint, width: number): string {
  const told = report.files.map((file) => filePretty(file, paint, width));
  const sharing = report.files.length > 1 ? [sharingPretty(report, paint, width)] : [];
  const reasons = wrapped(reasonsText(report.files), width).map((line) => paint.dim(line));
  return [...told, ...sharing, ...(reasons.length > 0 ? [`${reasons.join('\n')}\n`] : [])].join('\n');
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

function filePretty({ path, stages, image }: LayerFile, paint: Paint, width: number): string {
  const out = [paint.bold(path)];
  for (const stage of stages) {
    const name = stage.name === null ? '' : ` ${stage.name}`;
    const ships = !image || stage.ships ? ' of its own' : stage.built ? ', not in the image' : ', not built';
    const head = `Stage ${stage.index}${name} on ${stage.base}: ${layersText(stage.ownLayers)}${ships}`;
    out.push('', ...wrapped(head, width), ...table(stage.instructions, paint, width));
  }
  if (!image) return `${[...out, '', 'There is no such stage to build.'].join('\n')}\n`;
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
    const said = saidOf(row);
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

/** Of a layer what it brings, of all else why it is none; that of FROM is in the heading. */
function saidOf(row: LayerRow): string {
  if (row.layer) return contentText(row);
  return isFrom(row) ? '' : row.why.replace(/^settings of the image, no files$/, 'settings');
}

/** The width of the instructions where something is said at their right: half, or what that leaves. */
function leftOf(rows: readonly LayerRow[], said: (row: LayerRow) => string, room: number): number {
  const most = (texts: readonly string[]): number => Math.max(0, ...texts.map(widthOf));
  const half = Math.floor(room / 2);
  return Math.max(16, Math.min(most(rows.map(fullText)), room - Math.min(half, most(rows.map(said)))));
}

const fullText = ({ keyword, text }: LayerRow): string => `${keyword} ${text}`;

/** The instruction, where it is too long without the flags that say least of it. */
function instructionText(row: LayerRow, room: number): string {
  const text = fullText(row);
  return widthOf(text) <= room ? text : text.replace(/^(RUN |COPY |ADD )(?:--[a-z]+(?:=\S+)? )+/i, '$1… ');
}

/** What a layer holds, in words; empty where nothing of it is known. */
function contentText({ brings, later }: LayerRow): string {
  const { packages, manifests, files, copied, texts, downloads, clones } = brings;
  const { unpacked, written, folders, caches, builds } = brings;
  const isRemote = downloads.length + clones.length > 0;
  // what is hidden later is told there
  const left = caches.filter((path) => !later.some((it) => it.path === path));
  return [
    ...(packages.length > 0 ? [some(packages.map(packageText), packages.length > 3 ? 'packages' : '')] : []),
    ...(manifests.length > 0 ? [`what ${manifests.map(nameOf).join(', ')} lists`] : []),
    ...(files ? [`${files.count} ${files.count === 1 ? 'file' : 'files'}, ${bytesText(files.bytes)}`] : []),
    ...(files || isRemote ? [] : copiedText(copied)),
    ...(texts.length > 0 ? [textsText(texts)] : []),
    ...(downloads.length > 0 ? [`${some(downloads)} from the network`] : []),
    ...(clones.length > 0 ? [`a clone in ${some(clones)}`] : []),
    ...(unpacked.length > 0 ? [`an archive in ${some(unpacked)}`] : []),
    ...(builds ? ['what it builds'] : []),
    ...(written.length > 0 ? [some(written)] : []),
    ...(folders.length > 0 ? [`the ${folders.length > 1 ? 'folders' : 'folder'} ${some(folders)}`] : []),
    ...(left.length > 0 ? [`leaves ${some(left)}`] : []),
  ].join('; ');
}

/** The paths stand in the instruction; where they come from may be cut off there. */
function copiedText(copied: LayerRow['brings']['copied']): string[] {
  const from = copied[0]?.from;
  if (from !== undefined) return [`from ${/^\d+$/.test(from) ? `stage ${from}` : from}`];
  return copied.some(({ source }) => /^\.?\/*\.?$/.test(source)) ? ['the build context'] : [];
}

const textsText = (texts: LayerRow['brings']['texts']): string => {
  const bytes = texts.every((it) => it.bytes !== undefined) ? texts.reduce((sum, it) => sum + it.bytes!, 0) : null;
  return `${some(texts.map(({ path }) => path))}${sizeText(bytes)}`;
};

/** A package that is a file or an address, by its last part. */
const packageText = (name: string): string =>
  /[:/]/.test(name) && !name.startsWith('@') ? nameOf(name) || name : name;

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

interface Grouped {
  readonly kind: WastedRow['kind'];
  readonly lines: readonly number[];
  readonly paths: readonly string[];
  readonly bytes: number | null;
}

/** What one instruction does to others, as one thing: by line, then lines of which the same is said. */
function grouped(rows: readonly WastedRow[]): Grouped[] {
  const by = <T>(list: readonly T[], key: (it: T) => string): T[][] => {
    const groups = new Map<string, T[]>();
    for (const it of list) groups.set(key(it), [...(groups.get(key(it)) ?? []), it]);
    return [...groups.values()];
  };
  const lines = by(rows, ({ kind, line }) => `${kind} ${line}`).map((list) => ({
    kind: list[0]!.kind,
    lines: [list[0]!.line],
    paths: [...new Set(list.map(({ path }) => path))],
    bytes: list.every(({ bytes }) => bytes !== null) ? list.reduce((sum, { bytes }) => sum + bytes!, 0) : null,
  }));
  return by(lines, (it) => JSON.stringify([it.kind, it.paths, it.bytes])).map((list) => ({
    ...list[0]!,
    lines: list.flatMap((it) => it.lines),
  }));
}

const linesText = (lines: readonly number[]): string =>
  lines.length === 1 ? `line ${lines[0]}` : `lines ${listed(lines.map(String))}`;

const laterText = ({ kind, lines, paths, bytes }: Grouped): string =>
  kind === 'removed'
    ? `${some(paths)}${sizeText(bytes)} hidden by ${linesText(lines)}, and ships`
    : `${some(paths)}${sizeText(bytes)} ${kind === 'changed' ? 'stored again' : 'replaced'} by ${linesText(lines)}`;

const earlierText = ({ kind, lines, paths, bytes }: Grouped): string => {
  const verb = { removed: 'hides', changed: 'stores again', rewritten: 'replaces' }[kind];
  return `${verb} ${some(paths)}${sizeText(bytes)} of ${linesText(lines)}`;
};

type Image = NonNullable<LayerFile['image']>;

/** From so many own layers on, the picture leaves out what stands unmarked among others. */
const TALL = 14;
/** Fewer unmarked layers than this in a row are all shown. */
const RUN = 6;

/** The image, bottom up: the base below, a row a layer with its line, what is wasted marked. */
function stack({ base, instructions }: Image, paint: Paint, width: number): string[] {
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
    box('', base === 'scratch' ? '  nothing (scratch)' : `  ${base}, with the layers that it has`, paint.dim),
    border('└', '┘'),
    ...(marks > 0 ? ['     ▼ the lines that hide or store it again   ▲ the lines of which it does so'] : []),
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

function sumText({ stage, name, base, ownLayers, limit, instructions }: Image): string {
  const { settings, knownBytes, wastedBytes, wastedPaths } = sumsOf(instructions);
  const isWritten = instructions.some(({ brings }) => brings.texts.length > 0);
  const source = isWritten ? 'the build context and the Dockerfile' : 'the build context';
  const known = knownBytes > 0 ? ` ${bytesText(knownBytes)} come from ${source}.` : '';
  const bytes = wastedBytes ? `, ${bytesText(wastedBytes)} as far as is known` : '';
  const waste =
    wastedPaths > 0
      ? ` ${wastedPaths} ${wastedPaths === 1 ? 'path is' : 'paths are'} in more than one layer${bytes}: what is hidden or stored twice ships all the same.`
      : '';
  const on = base === 'scratch' ? 'on nothing' : `on top of those of ${base}`;
  const title = name === null ? `stage ${stage}` : `stage ${stage} (${name})`;
  const others =
    settings === 0 ? '' : `, and ${settings} ${settings === 1 ? 'instruction' : 'instructions'} without a layer`;
  return `The image is ${title}: ${layersText(ownLayers)} of its own ${on}${others}.${known}${waste}${nearText(ownLayers, limit)}`;
}

const nearText = (own: number, limit: number): string =>
  own < NEAR
    ? ''
    : ` Docker stores no more than ${limit} layers of an image, those of the base included: ${own > limit ? `${own - limit} too many` : `at most ${limit - own} are left`}.`;
