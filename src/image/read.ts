import { type Archive, intact, openArchive } from './archive.ts';
import { ImageError } from './failure.ts';
import { type LayerFiles, layerFiles, MOST_LAYERS, type Waste } from './files.ts';
import { type HistoryEntry, historyOf, type Writer, writerOf } from './history.ts';
import { findLayout, type LayerBlob, list, object, optional, platformText, text } from './layout.ts';
import { type Bytes, eachEntry, unpacked } from './streams.ts';

export type { Waste } from './files.ts';
export type { HistoryEntry, Writer } from './history.ts';

/** An image as its archive has it. Layers and history run from the oldest to the newest; layers are counted from 0. */
export interface Image {
  readonly format: 'docker' | 'oci';
  readonly name: string | undefined;
  readonly platform: string | undefined;
  /** The platforms that the archive has this image for, as its index tells. */
  readonly platforms: readonly string[];
  /** How many images the archive has; this is the first. */
  readonly images: number;
  readonly writer: Writer;
  readonly layers: readonly ImageLayer[];
  readonly history: readonly HistoryEntry[];
  /** Files that a later layer hides, though their bytes are still stored. */
  readonly waste: readonly Waste[];
}

export interface ImageLayer {
  /** The sha256 of the layer's tar, unpacked. */
  readonly diffId: string;
  readonly digest: string | undefined;
  readonly mediaType: string | undefined;
  /** As stored, packed or not. */
  readonly blobBytes: number;
  /** Sum of the sizes of its files. */
  readonly fileBytes: number;
  readonly entries: number;
  /** How many of the entries delete something. */
  readonly whiteouts: number;
  /** The index of the history entry that made it; undefined where the history does not say. */
  readonly history: number | undefined;
}

export interface ReadOptions {
  /** `os/architecture`: which image to take where there are several. */
  readonly platform: string;
}

/** Reads an image from an archive or the folder of one. Throws ImageError where that cannot be done. */
export async function readImage(path: string, { platform }: ReadOptions): Promise<Image> {
  const archive = await openArchive(path);
  const layout = await findLayout(archive, platform);
  const config = object(await archive.json(layout.config), layout.config);
  const diffIds = diffIdsOf(config['rootfs'], layout.config);
  if (diffIds.length !== layout.layers.length)
    throw new ImageError(
      `${layout.config} has ${diffIds.length} layers, but the manifest names ${layout.layers.length}`,
    );
  if (diffIds.length > MOST_LAYERS)
    throw new ImageError(`it has ${diffIds.length} layers, more than any builder makes`);
  const files = layerFiles();
  const read = await readLayers(archive, layout.layers, files);
  const history = historyOf(config['history'], diffIds.length);
  return {
    format: layout.format,
    name: layout.name,
    platform: platformText(config),
    platforms: layout.platforms,
    images: layout.images,
    writer: writerOf(config, history),
    layers: diffIds.map((diffId, index) => ({
      diffId,
      digest: layout.layers[index]!.digest,
      mediaType: layout.layers[index]!.mediaType,
      ...read[index]!,
      history: indexOrUndefined(history.findIndex(({ layer }) => layer === index)),
    })),
    history,
    waste: files.waste(),
  };
}

const indexOrUndefined = (index: number): number | undefined => (index < 0 ? undefined : index);

function diffIdsOf(rootfs: unknown, where: string): string[] {
  const found = list(optional(rootfs)['diff_ids'], `rootfs.diff_ids in ${where}`);
  return found.map((it) => {
    const id = text(it);
    if (id === undefined) throw new ImageError(`rootfs.diff_ids in ${where} has an entry that is not a digest`);
    return id;
  });
}

interface Counts {
  readonly blobBytes: number;
  fileBytes: number;
  entries: number;
  whiteouts: number;
}

async function readLayers(archive: Archive, blobs: readonly LayerBlob[], files: LayerFiles): Promise<Counts[]> {
  // one blob may be several layers: the empty one often is
  const places = new Map<string, number[]>();
  blobs.forEach(({ path }, index) => {
    if (!archive.has(path)) throw new ImageError(`layer ${index + 1}, ${path}, is named but missing`);
    places.set(path, [...(places.get(path) ?? []), index]);
  });
  const counts: Counts[] = [];
  await archive.read(places.keys(), async (path, bytes) => {
    const layers = places.get(path)!;
    const own = { blobBytes: archive.size(path)!, fileBytes: 0, entries: 0, whiteouts: 0 };
    await readLayer(intact(path, bytes), `layer ${layers[0]! + 1}, ${path},`, layers, files, own);
    for (const layer of layers) counts[layer] = own;
  });
  return counts;
}

const WHITEOUT = '.wh.';
const OPAQUE = '.wh..wh..opq';

async function readLayer(
  bytes: Bytes,
  what: string,
  layers: readonly number[],
  files: LayerFiles,
  counts: Counts,
): Promise<void> {
  await eachEntry(unpacked(bytes, what), what, ({ path, type, size, target }) => {
    const slash = path.lastIndexOf('/');
    const name = path.slice(slash + 1);
    const folder = slash < 0 ? '' : path.slice(0, slash);
    counts.entries++;
    counts.fileBytes += size;
    const whiteout = name.startsWith(WHITEOUT);
    // aufs keeps its own notes in such files; they delete nothing
    const note = whiteout && name.startsWith(`${WHITEOUT}${WHITEOUT}`) && name !== OPAQUE;
    if (whiteout && !note) counts.whiteouts++;
    for (const layer of layers) {
      if (note || path === '') continue;
      if (name === OPAQUE) files.opaque(layer, folder);
      else if (whiteout) files.whiteout(layer, folder ? `${folder}/${name.slice(4)}` : name.slice(4));
      else if (type === 'directory') files.folder(layer, path);
      else if (type === 'link') files.hardLink(layer, path, cleanTarget(target));
      else files.file(layer, path, size);
    }
    return undefined;
  });
}

const cleanTarget = (target = ''): string => target.replace(/^(?:\.?\/)+/, '');
