import type { Instruction } from '../../../grammar/index.ts';
import type { Image, Match } from '../../image/index.ts';
import type { Analyzed, Model } from './model.ts';
import { lineOf, restOf } from './source.ts';

/** What `dflint layers --image` shows of an archive. Layers and lines are counted from 1, the oldest first. */
export interface ImageReport extends Pick<Image, 'format' | 'platforms' | 'images' | 'writer' | 'waste'> {
  /** Of the archive. */
  readonly path: string;
  readonly name: string | null;
  readonly platform: string | null;
  readonly layers: readonly ImageRow[];
  readonly history: readonly {
    readonly createdBy: string;
    readonly layer: number | null;
    readonly line: number | null;
  }[];
  readonly dockerfile: DockerfileMatch | null;
}

export interface ImageRow extends Pick<Layer, 'diffId' | 'blobBytes' | 'fileBytes' | 'entries' | 'whiteouts'> {
  readonly layer: number;
  readonly digest: string | null;
  readonly mediaType: string | null;
  /** Of the base image or of the Dockerfile; null without a Dockerfile, or where it is another one's. */
  readonly origin: 'base' | 'own' | null;
  readonly line: number | null;
  readonly keyword: string | null;
  /** What stands after the keyword, on one line. */
  readonly text: string;
}

type Layer = Image['layers'][number];

interface DockerfileMatch {
  readonly path: string;
  /** Whether anything of it is in the history. */
  readonly related: boolean;
  readonly inheritedLayers: number;
  readonly inheritedBytes: number;
  readonly ownLayers: number;
  readonly ownBytes: number;
  readonly predictedLayers: number;
  readonly squashed: boolean;
  /** Where the image was built from another version of the file. */
  readonly drift: readonly Drift[];
}

interface Drift {
  /** Null for what is in the image only. */
  readonly line: number | null;
  /** Null for what is in the file only, or made no layer. */
  readonly layer: number | null;
  /** The instruction of the file, or null. */
  readonly file: string | null;
  /** The entry of the image, or null. */
  readonly image: string | null;
}

/** A Dockerfile, and which of its instructions made which layer. */
interface From {
  readonly file: Analyzed;
  readonly match: Match;
}

/** What an image archive has, and which lines of the Dockerfile made it, where there is one. */
export function imageReport(archive: string, image: Image, from: From | undefined): ImageReport {
  const made = new Map<number, Instruction>();
  for (const { entry, layer } of from?.match.instructions ?? [])
    if (entry !== undefined) made.set(entry, layer.instruction);
  return {
    path: archive,
    format: image.format,
    name: image.name ?? null,
    platform: image.platform ?? null,
    platforms: image.platforms,
    images: image.images,
    writer: image.writer,
    layers: image.layers.map((layer, index) => ({
      layer: index + 1,
      diffId: layer.diffId,
      digest: layer.digest ?? null,
      mediaType: layer.mediaType ?? null,
      blobBytes: layer.blobBytes,
      fileBytes: layer.fileBytes,
      entries: layer.entries,
      whiteouts: layer.whiteouts,
      ...sourceOf(layer, image, made, from),
    })),
    history: image.history.map(({ createdBy, layer }, index) => ({
      createdBy,
      layer: layer === undefined ? null : layer + 1,
      line: lineIn(from, made.get(index)),
    })),
    waste: image.waste.map((it) => ({ ...it, from: it.from + 1, by: it.by + 1 })),
    dockerfile: from ? matchOf(from, image) : null,
  };
}

const lineIn = (from: From | undefined, instruction: Instruction | undefined): number | null =>
  from && instruction ? lineOf(from.file.model, instruction) : null;

/** What made a layer, as far as the history and the Dockerfile tell. */
function sourceOf(
  layer: Layer,
  { history }: Image,
  made: ReadonlyMap<number, Instruction>,
  from: From | undefined,
): Pick<ImageRow, 'origin' | 'line' | 'keyword' | 'text'> {
  const isOwn = from !== undefined && isOwnLayer(layer, from.match);
  const origin = !from || from.match.unrelated ? null : isOwn ? 'own' : 'base';
  // one layer for many instructions has no line of its own
  if (isOwn && from.match.squashed)
    return { origin, line: null, keyword: null, text: `all instructions of ${from.file.path}` };
  const entry = layer.history === undefined ? undefined : history[layer.history];
  const instruction = layer.history === undefined ? undefined : made.get(layer.history);
  return {
    origin,
    line: lineIn(from, instruction),
    keyword: entry?.keyword ?? null,
    text: from && instruction ? restOf(from.file.model, instruction) : trimmed(entry?.text ?? ''),
  };
}

/** A layer without a history entry is one of the base image's: the newest entries are complete. */
const isOwnLayer = ({ history }: Layer, { unrelated, firstOwn }: Match): boolean =>
  !unrelated && history !== undefined && history >= firstOwn;

function matchOf({ file: { path, model }, match }: From, image: Image): DockerfileMatch {
  const own = image.layers.filter((layer) => isOwnLayer(layer, match));
  const inherited = image.layers.filter((layer) => !isOwnLayer(layer, match));
  const bytes = (layers: readonly Layer[]): number => sum(layers.map(({ fileBytes }) => fileBytes));
  return {
    path,
    related: !match.unrelated,
    inheritedLayers: match.unrelated ? 0 : inherited.length,
    inheritedBytes: match.unrelated ? 0 : bytes(inherited),
    ownLayers: own.length,
    ownBytes: bytes(own),
    predictedLayers: match.predicted,
    squashed: match.squashed,
    drift: driftOf(model, image, match),
  };
}

function driftOf(model: Model, { history }: Image, { drifted, strangers }: Match): Drift[] {
  const entryText = (index: number): string => {
    const { keyword, text } = history[index]!;
    return trimmed([keyword, text].filter((it) => it).join(' ')) || '(not in the history)';
  };
  const layerNumber = (index: number | undefined): number | null => {
    const layer = index === undefined ? undefined : history[index]!.layer;
    return layer === undefined ? null : layer + 1;
  };
  const ofFile = drifted.map(({ layer: { instruction }, entry }) => ({
    line: lineOf(model, instruction),
    layer: layerNumber(entry),
    file: `${instruction.keyword.text} ${restOf(model, instruction)}`,
    image: entry === undefined ? null : entryText(entry),
  }));
  const ofImage = strangers.map((index) => ({
    line: null,
    layer: layerNumber(index),
    file: null,
    image: entryText(index),
  }));
  return [...ofFile, ...ofImage];
}

const trimmed = (text: string): string => text.replace(/\s+/g, ' ').trim();

export const sum = (numbers: readonly number[]): number => numbers.reduce((total, it) => total + it, 0);

export const totalsOf = ({ layers, waste }: ImageReport) => ({
  layers: layers.length,
  fileBytes: sum(layers.map(({ fileBytes }) => fileBytes)),
  blobBytes: sum(layers.map(({ blobBytes }) => blobBytes)),
  wastedBytes: sum(waste.map(({ bytes }) => bytes)),
});
