import { bytesText } from '../../text/bytes.ts';
import { baseName } from '../../text/path.ts';
import { listed } from '../../text/prose.ts';
import { widthOf } from '../../text/width.ts';
import { sizeText, some } from '../layout.ts';
import { isFrom, type LayerRow, type WastedRow } from './layer-rows.ts';
import type { Brings } from './model.ts';

/** Of a layer what it brings, of all else why it is none; that of FROM is in the heading. */
export function saidOf(row: LayerRow): string {
  if (row.layer) return contentText(row);
  return isFrom(row) ? '' : row.why.replace(/^settings of the image, no files$/, 'settings');
}

/** The width of the instructions where something is said at their right: half, or what that leaves. */
export function leftOf(rows: readonly LayerRow[], said: (row: LayerRow) => string, room: number): number {
  const most = (texts: readonly string[]): number => Math.max(0, ...texts.map(widthOf));
  const half = Math.floor(room / 2);
  return Math.max(16, Math.min(most(rows.map(fullText)), room - Math.min(half, most(rows.map(said)))));
}

const fullText = ({ keyword, text }: LayerRow): string => `${keyword} ${text}`;

/** The instruction, where it is too long without the flags that say least of it. */
export function instructionText(row: LayerRow, room: number): string {
  const text = fullText(row);
  return widthOf(text) <= room ? text : text.replace(/^(RUN |COPY |ADD )(?:--[a-z]+(?:=\S+)? )+/i, '$1… ');
}

/** What a layer holds, in words; empty where nothing of it is known. */
export function contentText({ brings, later }: LayerRow): string {
  const { packages, manifests, files, copied, texts, downloads, clones } = brings;
  const { unpacked, written, folders, caches, builds } = brings;
  const isRemote = downloads.length + clones.length > 0;
  // what is hidden later is told there
  const left = caches.filter((path) => !later.some((it) => it.path === path));
  return [
    ...(packages.length > 0 ? [some(packages.map(packageText), packages.length > 3 ? 'packages' : '')] : []),
    ...(manifests.length > 0 ? [`what ${manifests.map(baseName).join(', ')} lists`] : []),
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
function copiedText(copied: Brings['copied']): string[] {
  const from = copied[0]?.from;
  if (from !== undefined) return [`from ${/^\d+$/.test(from) ? `stage ${from}` : from}`];
  return copied.some(({ source }) => /^\.?\/*\.?$/.test(source)) ? ['the build context'] : [];
}

const textsText = (texts: Brings['texts']): string => {
  const bytes = texts.every((it) => it.bytes !== undefined) ? texts.reduce((sum, it) => sum + it.bytes!, 0) : null;
  return `${some(texts.map(({ path }) => path))}${sizeText(bytes)}`;
};

/** A package that is a file or an address, by its last part. */
const packageText = (name: string): string =>
  /[:/]/.test(name) && !name.startsWith('@') ? baseName(name) || name : name;

interface Grouped {
  readonly kind: WastedRow['kind'];
  readonly lines: readonly number[];
  readonly paths: readonly string[];
  readonly bytes: number | null;
}

/** What one instruction does to others, as one thing: by line, then lines of which the same is said. */
export function grouped(rows: readonly WastedRow[]): Grouped[] {
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

export const laterText = ({ kind, lines, paths, bytes }: Grouped): string =>
  kind === 'removed'
    ? `${some(paths)}${sizeText(bytes)} hidden by ${linesText(lines)}, but still ships`
    : `${some(paths)}${sizeText(bytes)} ${kind === 'changed' ? 'stored again' : 'replaced'} by ${linesText(lines)}`;

export const earlierText = ({ kind, lines, paths, bytes }: Grouped): string => {
  const verb = { removed: 'hides', changed: 'stores', rewritten: 'replaces' }[kind];
  return `${verb} ${some(paths)}${sizeText(bytes)} of ${linesText(lines)}${kind === 'changed' ? ' again' : ''}`;
};
