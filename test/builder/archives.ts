import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ExpectStatic } from 'vitest';
import { matchImage, readImage } from '../../src/image/index.ts';
import { type Model, position } from '../../src/index.ts';
import { linesOf } from '../../src/text/lines.ts';
import type { Buildah } from './buildah.ts';

export type Form = 'docker-archive' | 'oci-archive' | 'oci';

/** The image that was built last, in each form. */
export async function pushed(builder: Buildah, folder: string, forms: readonly Form[]) {
  const images = [];
  for (const form of forms) {
    const path = join(folder, `../pushed-${form}`);
    rmSync(path, { recursive: true, force: true });
    await builder.push(`${form}:${path}`);
    images.push(await readImage(path, { platform: 'linux/amd64' }));
    rmSync(path, { recursive: true, force: true });
  }
  return images;
}

export interface Expected {
  readonly model: Model;
  /** Of the Dockerfile. */
  readonly text: string;
  readonly diffIds: readonly string[];
  /** Of the image that it stands on. */
  readonly baseLayers: number;
}

/** `layers --image` lists the layers that the builder made, each on the line that was foretold to make one. */
export async function archivesAgree(
  expect: ExpectStatic,
  builder: Buildah,
  folder: string,
  { model, text, diffIds, baseLayers }: Expected,
  forms: readonly Form[] = ['docker-archive', 'oci-archive'],
): Promise<void> {
  const lines = linesOf(text);
  const images = await pushed(builder, folder, forms);
  for (const image of images) {
    expect(image.layers.map(({ diffId }) => diffId)).toEqual(diffIds);
    expect(image.writer).toBe('buildah');
    const match = matchImage(image, model)!;
    expect(match).toMatchObject({ strangers: [], unrelated: false, squashed: false });
    expect(match.drifted.map(({ layer }) => layer.instruction.keyword.text)).toEqual([]);
    expect(match.predicted).toBe(diffIds.length - baseLayers);
    // every instruction that was predicted to make a layer made one, and no other did
    const made = match.instructions.filter(({ entry }) => image.history[entry!]!.layer !== undefined);
    const lineOf = ({ layer }: (typeof made)[number]): number => position(lines, layer.instruction.span.start).line;
    expect(made.map(lineOf)).toEqual(match.instructions.filter(({ layer }) => layer.layer).map(lineOf));
    expect(made.map(({ entry }) => image.history[entry!]!.layer)).toEqual(
      diffIds.slice(baseLayers).map((_, index) => index + baseLayers),
    );
  }
  const sizes = images.map(({ layers }) =>
    layers.map(({ fileBytes, entries, whiteouts }) => [fileBytes, entries, whiteouts]),
  );
  for (const it of sizes) expect(it).toEqual(sizes[0]);
}
