import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ExpectStatic } from 'vitest';
import { matchImage, readImage } from '../../src/image/index.ts';
import { type Model, position } from '../../src/index.ts';
import { linesOf } from '../../src/text/lines.ts';
import type { Builder, Form } from './builder.ts';

/** The image that was built last, in each form. */
export async function pushed(builder: Builder, folder: string, forms: readonly Form[]) {
  const images = [];
  for (const form of forms) {
    const path = join(folder, `../pushed-${form}`);
    rmSync(path, { recursive: true, force: true });
    await builder.writeImage(form, path);
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
  builder: Builder,
  folder: string,
  { model, text, diffIds, baseLayers }: Expected,
  forms: readonly Form[] = builder.forms.slice(0, 2),
): Promise<void> {
  const lines = linesOf(text);
  const images = await pushed(builder, folder, forms);
  for (const image of images) {
    expect(image.layers.map(({ diffId }) => diffId)).toEqual(diffIds);
    expect(image.writer).toBe(builder.kind);
    const match = matchImage(image, model)!;
    expect(match).toMatchObject({ strangers: [], unrelated: false, squashed: false });
    expect(match.drifted.map(({ layer }) => layer.instruction.keyword.text)).toEqual([]);
    const certain = match.instructions.filter(({ layer }) => layer.certain);
    if (certain.length === match.instructions.length) expect(match.predicted).toBe(diffIds.length - baseLayers);
    // every instruction that was predicted to make a layer made one, and no other did
    const made = match.instructions.filter(({ entry }) => image.history[entry!]!.layer !== undefined);
    const lineOf = ({ layer }: (typeof made)[number]): number => position(lines, layer.instruction.span.start).line;
    const isKnown = (it: (typeof made)[number]): boolean => it.layer.certain;
    const foretold = certain.filter(({ layer }) => layer.layer);
    expect(made.filter(isKnown).map(lineOf)).toEqual(foretold.map(lineOf));
    expect(made.map(({ entry }) => image.history[entry!]!.layer)).toEqual(
      diffIds.slice(baseLayers).map((_, index) => index + baseLayers),
    );
  }
  const sizes = images.map(({ layers }) =>
    layers.map(({ fileBytes, entries, whiteouts }) => [fileBytes, entries, whiteouts]),
  );
  for (const it of sizes) expect(it).toEqual(sizes[0]);
}
