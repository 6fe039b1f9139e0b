import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Instruction } from '../../grammar/index.ts';
import type { Builder } from '../../test/builder/builder.ts';
import type { Workplace } from '../../test/builder/fixtures.ts';
import { type Image, matchImage, readImage } from '../image/index.ts';
import type { Model, Waste } from '../model/model.ts';
import { hasWildcard, isBelow } from '../text/path.ts';

/** What is claimed of the files in layers, beside what the layers of the image hold. */
export interface Contents {
  /** Paths that a step writes, as far as they are known, and of these the ones that its layer has. */
  paths: number;
  pathsFound: number;
  /** Waste that is told, and of it what both layers show. */
  wastes: number;
  wastesFound: number;
  /** Bytes that a later layer of the file hides, and of these the ones that were foretold; removed or written again. */
  removedBytes: number;
  removedTold: number;
  overwrittenBytes: number;
  overwrittenTold: number;
}

export const noContents = (): Contents => ({
  ...{ paths: 0, pathsFound: 0, wastes: 0, wastesFound: 0 },
  ...{ removedBytes: 0, removedTold: 0, overwrittenBytes: 0, overwrittenTold: 0 },
});

/** Counts them for the image that was built last; `told` gets each path that is claimed and not there. */
export async function contentsOf(
  builder: Builder,
  place: Pick<Workplace, 'model'>,
  figures: Contents,
  told: (what: string) => void,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'dflint-contents-'));
  try {
    const archive = join(folder, 'image.tar');
    await builder.writeImage('docker-archive', archive);
    const image = await readImage(archive, { platform: 'linux/amd64' });
    const model = place.model();
    const layers = layersByInstruction(image, model);
    const [{ Layers: blobs }] = JSON.parse(tar('-xOf', archive, 'manifest.json')) as [{ Layers: string[] }];
    const files = new Map([...layers].map(([instruction, layer]) => [instruction, listOf(archive, blobs[layer]!)]));
    checkPaths(model, files, figures, told);
    checkWaste(model, files, figures, told);
    countRecall(image, model, layers, figures);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function layersByInstruction(image: Image, model: Model): Map<Instruction, number> {
  const found = new Map<Instruction, number>();
  for (const { layer, entry } of matchImage(image, model)?.instructions ?? []) {
    const made = entry === undefined ? undefined : image.history[entry]?.layer;
    if (made !== undefined) found.set(layer.instruction, made);
  }
  return found;
}

/** The paths of a layer, from the root; what it deletes has a `!` in front. */
function listOf(archive: string, layer: string): ReadonlySet<string> {
  const blob = execFileSync('tar', ['-xOf', archive, layer], { maxBuffer: 2 ** 30 });
  // docker's newer image store keeps layers packed
  const input = blob[0] === 0x1f && blob[1] === 0x8b ? gunzipSync(blob) : blob;
  const list = execFileSync('tar', ['-tf', '-', '--quoting-style=literal'], { input, maxBuffer: 2 ** 28 });
  return new Set(
    String(list)
      .split('\n')
      .filter(Boolean)
      .map((path) => `/${path.replace(/\/$/, '')}`.replace(/^(.*\/)\.wh\.(?=[^/]*$)/, '!$1')),
  );
}

const tar = (...args: string[]): string => execFileSync('tar', args, { encoding: 'utf8' });

const holds = (files: ReadonlySet<string>, path: string): boolean =>
  files.has(path) || [...files].some((it) => isBelow(it, path));

/** Whether a layer deletes a path, or a folder that it lies in. */
const deletes = (files: ReadonlySet<string>, path: string): boolean =>
  [...files].some((it) => it.startsWith('!') && (isBelow(path, it.slice(1)) || isBelow(it.slice(1), path)));

// a folder that is there already is in no layer again
const known = new Set(['copy', 'download', 'redirect', 'file', 'move', 'install']);
const isPlain = (path: string): boolean => path.startsWith('/') && path !== '/' && !hasWildcard(path);

type Files = ReadonlyMap<Instruction, ReadonlySet<string>>;

/** What a step certainly writes is in its layer, unless it deletes or moves it itself. */
function checkPaths({ target }: Model, files: Files, figures: Contents, told: (what: string) => void): void {
  for (const { instruction, effects, takes } of target!.allSteps) {
    const layer = files.get(instruction);
    // what is there already, as a stage below has it, need not be stored again
    const isThere = takes.some(({ origin }) => origin.kind === 'stage' && target!.lineage.includes(origin.stage));
    if (!layer || isThere) continue;
    const gone = effects.all.filter(({ kind }) => kind === 'remove');
    for (const { kind, path, sure, means } of effects.all) {
      if (kind !== 'write' || !sure || !known.has(means) || !isPlain(path)) continue;
      if (gone.some((it) => hasWildcard(it.path) || isBelow(path, it.path) || isBelow(it.path, path))) continue;
      figures.paths += 1;
      if (holds(layer, path)) figures.pathsFound += 1;
      else told(`${path} is not in the layer of ${instruction.keyword.text} ${means}`);
    }
  }
}

function checkWaste({ target }: Model, files: Files, figures: Contents, told: (what: string) => void): void {
  for (const { what, kind, path, written, again } of target!.waste) {
    const [first, second] = [files.get(written.step.instruction), files.get(again.step.instruction)];
    if (what !== 'file' || !isPlain(path) || !first || !second) continue;
    figures.wastes += 1;
    if (holds(first, path) && (kind === 'removed' ? deletes(second, path) : holds(second, path)))
      figures.wastesFound += 1;
    else told(`${path} is not ${kind} by a later layer`);
  }
}

/** How much of what is really hidden was foretold, of the layers of this file. */
function countRecall(
  image: Image,
  { target }: Model,
  layers: ReadonlyMap<Instruction, number>,
  figures: Contents,
): void {
  const own = new Set(layers.values());
  const isTold = (path: string, from: number, by: number): boolean =>
    target!.waste.some((it) => layers.get(it.written.step.instruction) === from && isOf(it, path, by, layers));
  for (const { kind, from, by, largest } of image.waste) {
    if (!own.has(from) || !own.has(by)) continue;
    for (const { path, bytes } of largest) {
      const seen = isTold(`/${path}`, from, by) ? bytes : 0;
      if (kind === 'deleted') {
        figures.removedBytes += bytes;
        figures.removedTold += seen;
      } else {
        figures.overwrittenBytes += bytes;
        figures.overwrittenTold += seen;
      }
    }
  }
}

function isOf({ path, again }: Waste, real: string, by: number, layers: ReadonlyMap<Instruction, number>): boolean {
  if (layers.get(again.step.instruction) !== by) return false;
  const fixed = path.replace(/\/[^/]*[*?[~].*$/, '') || '/';
  return isBelow(real, fixed) || isBelow(fixed, real);
}
