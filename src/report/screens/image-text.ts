import { bytesText } from '../../text/bytes.ts';
import { cut, layerCount, visible } from '../layout.ts';
import type { Paint } from '../paint.ts';
import { type ImageReport, type ImageRow, sum, totalsOf } from './image-rows.ts';

const writers: Readonly<Record<ImageReport['writer'], string | undefined>> = {
  buildkit: 'built by BuildKit',
  classic: 'built by the classic builder',
  buildah: 'built by buildah or podman',
  kaniko: 'built by kaniko',
  unknown: undefined,
};

/** For people: the stack from the base up, in the order of the Dockerfile, then what is stored for nothing. */
export function imageText(report: ImageReport, paint: Paint, width: number): string {
  const { path, name, platform, writer } = report;
  const about = [name, platform, writers[writer]].filter((it) => it).map((it) => visible(it!));
  const out = [`${paint.bold(visible(path))}${about.length > 0 ? `: ${about.join(', ')}` : ''}`];
  out.push(...severalLines(report), '', ...stack(report, paint, width), '', ...summary(report));
  const parts = [wasteLines(report, paint, width), driftLines(report, paint, width)];
  for (const part of parts) if (part.length > 0) out.push('', ...part);
  return `${out.join('\n')}\n`;
}

function severalLines({ images, platforms, platform }: ImageReport): string[] {
  const several = new Set(platforms).size > 1;
  return [
    ...(several
      ? [`It has images for ${[...new Set(platforms)].map(visible).join(', ')}; this is the one for ${platform}.`]
      : []),
    ...(images > 1 ? [`It has ${images} images; this is the first.`] : []),
  ];
}

const BAR = 12;

function stack({ layers, dockerfile }: ImageReport, paint: Paint, width: number): string[] {
  const biggest = Math.max(1, ...layers.map(({ fileBytes }) => fileBytes));
  const withLines = layers.some(({ line }) => line !== null);
  const room = Math.max(16, width - 34 - (withLines ? 6 : 0));
  const row = (it: ImageRow): string => {
    const start = `${String(it.layer).padStart(7)}  ${bytesText(it.fileBytes).padStart(8)}  `;
    const line = withLines ? `${String(it.line ?? '').padStart(4)}  ` : '';
    const text = clipped([it.keyword, it.text].filter((part) => part).join(' ') || '(not in the history)', room);
    const share = bar(it.fileBytes / biggest);
    return it.origin === 'base'
      ? paint.dim(`${start}${share}  ${line}${text}`)
      : `${start}${paint.info(share)}  ${line}${text}`;
  };
  const head = paint.dim(`  layer      size  ${' '.repeat(BAR)}  ${withLines ? 'line  ' : ''}`.trimEnd());
  if (!dockerfile?.related) return [head, ...layers.map((it) => row(it).trimEnd())];
  const { inheritedLayers, inheritedBytes, ownLayers, ownBytes, path } = dockerfile;
  const group = (title: string, count: number, bytes: number): string =>
    `  ${paint.bold(title)}: ${layerCount(count)}, ${bytesText(bytes)}`;
  const base = layers.filter(({ origin }) => origin === 'base');
  return [
    head,
    ...(base.length > 0 ? [group('The base image', inheritedLayers, inheritedBytes), ...base.map(row)] : []),
    group(visible(path), ownLayers, ownBytes),
    ...layers.filter(({ origin }) => origin !== 'base').map(row),
  ];
}

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A share as a bar; anything at all shows. */
function bar(share: number): string {
  const eighths = share > 0 ? Math.max(1, Math.round(share * BAR * 8)) : 0;
  const text = '█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8];
  return text.padEnd(BAR);
}

function summary(report: ImageReport): string[] {
  const { layers, fileBytes, blobBytes, wastedBytes } = totalsOf(report);
  const packed = blobBytes < fileBytes ? `, ${bytesText(blobBytes)} packed` : '';
  const share = Math.round((100 * wastedBytes) / Math.max(1, fileBytes));
  const wasted =
    wastedBytes > 0
      ? ` ${bytesText(wastedBytes)} of them (${share === 0 ? 'less than 1' : share} %) are in the image for nothing.`
      : ' No layer hides files of another.';
  return [`${layerCount(layers)}, ${bytesText(fileBytes)} of files${packed}.${wasted}`, ...squashText(report)];
}

function squashText({ dockerfile, writer }: ImageReport): string[] {
  if (!dockerfile) return [];
  const { squashed, predictedLayers, path } = dockerfile;
  if (!squashed) return [];
  const how = { buildah: 'buildah without --layers', kaniko: 'kaniko with --single-snapshot' };
  const by = writer === 'buildah' || writer === 'kaniko' ? how[writer] : 'a build with --squash';
  return [`${visible(path)} makes ${layerCount(predictedLayers)}, but all of it is in one: ${by} does that.`];
}

const MOST_WASTE = 10;

/** Largest first: what is stored, by which layer, and which layer hides it. */
function wasteLines({ waste, layers }: ImageReport, paint: Paint, width: number): string[] {
  if (waste.length === 0) return [];
  const listed = waste.slice(0, MOST_WASTE);
  const rest = waste.slice(MOST_WASTE);
  const end = (number: number): string => {
    const { line, keyword } = layers[number - 1]!;
    const place = [line === null ? '' : `line ${line}`, keyword ?? ''].filter((it) => it).join(' ');
    return `layer ${number}${place ? ` (${place})` : ''}`;
  };
  const indent = ' '.repeat(11);
  return [
    paint.bold('Stored for nothing: a later layer hides it'),
    ...listed.flatMap(({ kind, from, by, ...what }) => [
      `${bytesText(what.bytes).padStart(9)}  ${paint.warning(clipped(whatText(what), width - 11))}`,
      `${indent}stored by ${end(from)}, ${kind === 'deleted' ? 'deleted' : 'written again'} by ${end(by)}`,
    ]),
    ...(rest.length > 0
      ? [`${bytesText(sum(rest.map(({ bytes }) => bytes))).padStart(9)}  in ${rest.length} smaller groups`]
      : []),
  ];
}

function whatText({
  bytes,
  files,
  folder,
  largest,
}: Pick<ImageReport['waste'][number], 'bytes' | 'files' | 'folder' | 'largest'>): string {
  const [first] = largest;
  if (!first) return filesText(files);
  const path = `/${first.path}`;
  if (largest.length === 1) return first.files > 1 ? `${path}/ with ${filesText(first.files)}` : path;
  const where = `${filesText(files)}${folder === '' ? '' : ` in /${folder}/`}`;
  // one of many small ones tells nothing
  return first.bytes * 10 < bytes ? where : `${where}, the largest ${path}, ${bytesText(first.bytes)}`;
}

function driftLines({ dockerfile, path: archive }: ImageReport, paint: Paint, width: number): string[] {
  if (!dockerfile) return [];
  const { related, drift, path } = dockerfile;
  if (!related) return [paint.warning(`Nothing shows that ${visible(archive)} was built from ${visible(path)}.`)];
  if (drift.length === 0) return [];
  const room = width - 13;
  return [
    paint.warning(`The image was built from another version of ${visible(path)}:`),
    ...drift.flatMap(({ line, layer, file, image }) => {
      const place = line !== null ? `line ${line}` : layer !== null ? `layer ${layer}` : '';
      const start = place.padStart(11);
      if (file === null) return [`${start}  ${clipped(`only in the image: ${image}`, room)}`];
      if (image === null) return [`${start}  ${clipped(`only in the file: ${file}`, room)}`];
      return [
        `${start}  ${clipped(`in the file:  ${file}`, room)}`,
        `${' '.repeat(13)}${clipped(`in the image: ${image}`, room)}`,
      ];
    }),
  ];
}

const filesText = (count: number): string => `${count.toLocaleString('en')} file${count === 1 ? '' : 's'}`;

/** On one line, long digests shortened, cut to a number of cells. */
function clipped(text: string, room: number): string {
  const short = text.replace(/\b([0-9a-f]{12})[0-9a-f]{28,}\b/g, '$1…').replace(/\s+/g, ' ');
  return cut(short, room);
}
