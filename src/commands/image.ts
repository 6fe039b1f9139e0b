import { resolve } from 'node:path';
import type { Instruction } from '../../grammar/index.ts';
import type { Image, Match } from '../image/index.ts';
import {
  type DockerfileMatch,
  type Drift,
  type ImageReport,
  imageFailureJson,
  imageJson,
  imagePretty,
} from '../report/image.ts';
import { type Lines, position } from '../text/lines.ts';
import { oneLine } from '../text/prose.ts';
import { cells } from '../text/width.ts';
import type { layerFormats } from './choices.ts';
import { type Analyzed, analyzeFiles, type ModelArguments } from './model-options.ts';
import { type Terminal, UsageError } from './terminal.ts';

export interface ImageArguments extends ModelArguments {
  /** A file or a folder. */
  readonly image: string;
  readonly format: (typeof layerFormats)[number];
}

/** Prints the layers that an image archive has, beside the lines of a Dockerfile where one is named. 0, or 2 where one cannot be read. */
export async function imageCommand(args: ImageArguments, terminal: Terminal): Promise<number> {
  if (args.paths.length > 1) throw new UsageError('--image goes with one Dockerfile');
  const { files, failures } = args.paths.length > 0 ? await analyzeFiles(args, terminal) : { files: [], failures: [] };
  if (failures.length > 0) return 2;
  if (files.length > 1) throw new UsageError(`--image goes with one Dockerfile; there are several in ${args.paths[0]}`);
  // what reads archives is loaded only here
  const { ImageError, matchImage, readImage } = await import('../image/index.ts');
  try {
    const image = await readImage(resolve(terminal.cwd, args.image), { platform: hostPlatform() });
    const report = tell(args.image, image, files[0], files[0] && matchImage(image, files[0].model));
    if (args.format === 'json') terminal.print(imageJson(report));
    else terminal.print(imagePretty(report, await terminal.paint(), terminal.width));
    return 0;
  } catch (error) {
    if (!(error instanceof ImageError)) throw error;
    const message = visible(error.message);
    if (args.format === 'json') terminal.print(imageFailureJson(args.image, message));
    terminal.complain(`dflint: ${args.image}: ${message}`);
    return 2;
  }
}

/** What docker would run here: containers are Linux also on other systems. */
const hostPlatform = (): string => `linux/${process.arch === 'x64' ? 'amd64' : process.arch}`;

/** Names out of an archive may hold control characters. */
const visible = (text: string): string =>
  cells(text)
    .map((cell) => cell.text)
    .join('');

function tell(archive: string, image: Image, file: Analyzed | undefined, match: Match | undefined): ImageReport {
  const lineOf = new Map<number, number>();
  const instructionOf = new Map<number, Instruction>();
  for (const { entry, layer } of match?.instructions ?? []) {
    if (entry === undefined) continue;
    lineOf.set(entry, position(file!.model.file.lines, layer.instruction.span.start).line);
    instructionOf.set(entry, layer.instruction);
  }
  const isOwn = (index: number): boolean => isOwnLayer(image, match!, index);
  const layers = image.layers.map((layer, index) => {
    const entry = layer.history === undefined ? undefined : image.history[layer.history];
    const instruction = layer.history === undefined ? undefined : instructionOf.get(layer.history);
    // one layer for many instructions has no line of its own
    const squashed = match?.squashed === true && isOwn(index);
    const origin = match && !match.unrelated ? (isOwn(index) ? ('own' as const) : ('base' as const)) : null;
    return {
      layer: index + 1,
      diffId: layer.diffId,
      digest: layer.digest ?? null,
      mediaType: layer.mediaType ?? null,
      blobBytes: layer.blobBytes,
      fileBytes: layer.fileBytes,
      entries: layer.entries,
      whiteouts: layer.whiteouts,
      origin,
      line: squashed || layer.history === undefined ? null : (lineOf.get(layer.history) ?? null),
      keyword: squashed ? null : (entry?.keyword ?? null),
      text: squashed
        ? `all instructions of ${file!.path}`
        : instruction
          ? sourceText(instruction, file!.model.file.lines)
          : trimmed(entry?.text ?? ''),
    };
  });
  return {
    archive,
    format: image.format,
    name: image.name ?? null,
    platform: image.platform ?? null,
    platforms: image.platforms,
    images: image.images,
    writer: image.writer,
    layers,
    history: image.history.map(({ createdBy, layer }, index) => ({
      createdBy,
      layer: layer === undefined ? null : layer + 1,
      line: lineOf.get(index) ?? null,
    })),
    waste: image.waste.map((it) => ({ ...it, from: it.from + 1, by: it.by + 1 })),
    dockerfile: match ? matchOf(file!, image, match) : null,
  };
}

/** A layer without a history entry is one of the base image's: the newest entries are complete. */
function isOwnLayer({ layers }: Image, { unrelated, firstOwn }: Match, index: number): boolean {
  const { history } = layers[index]!;
  return !unrelated && history !== undefined && history >= firstOwn;
}

function matchOf({ path, model }: Analyzed, image: Image, match: Match): DockerfileMatch {
  const own = image.layers.filter((_, index) => isOwnLayer(image, match, index));
  const inherited = image.layers.filter((_, index) => !isOwnLayer(image, match, index));
  const bytes = (layers: typeof own): number => layers.reduce((total, it) => total + it.fileBytes, 0);
  return {
    path,
    related: !match.unrelated,
    inheritedLayers: match.unrelated ? 0 : inherited.length,
    inheritedBytes: match.unrelated ? 0 : bytes(inherited),
    ownLayers: own.length,
    ownBytes: bytes(own),
    predictedLayers: match.predicted,
    squashed: match.squashed,
    drift: driftOf(model.file.lines, image, match),
  };
}

function driftOf(lines: Lines, { history }: Image, { drifted, strangers }: Match): Drift[] {
  const entryText = (index: number): string => {
    const { keyword, text } = history[index]!;
    return trimmed([keyword, text].filter((it) => it).join(' ')) || '(no word in the history)';
  };
  const layerNumber = (index: number | undefined): number | null => {
    const layer = index === undefined ? undefined : history[index]!.layer;
    return layer === undefined ? null : layer + 1;
  };
  const ofFile = drifted.map(({ layer: { instruction }, entry }) => ({
    line: position(lines, instruction.span.start).line,
    layer: layerNumber(entry),
    file: `${instruction.keyword.text} ${sourceText(instruction, lines)}`,
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

/** What stands behind the keyword. */
const sourceText = ({ keyword, span }: Instruction, { text }: Lines): string =>
  oneLine(text.slice(keyword.span.end, span.end));

const trimmed = (text: string): string => text.replace(/\s+/g, ' ').trim();
