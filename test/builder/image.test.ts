import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { matchImage, readImage } from '../../src/image/index.ts';
import { analyze, parse, position } from '../../src/index.ts';
import { linesOf } from '../../src/text/lines.ts';
import { BASE, makeBuilder, missing } from './buildah.ts';

const BASE_LAYERS = 2;
const fixtures: [string, string | undefined][] = [
  ['one-stage', undefined],
  ['stages', undefined],
  ['stages', 'tested'],
  ['stages', 'docs'],
];

describe.skipIf(missing.length > 0)('archives that a real builder writes', { timeout: 300_000 }, () => {
  let builder: ReturnType<typeof makeBuilder>;
  beforeAll(() => {
    builder = makeBuilder();
  }, 300_000);
  afterAll(() => builder.dispose());

  const modelOf = (fixture: string, target: string | undefined) => {
    const text = readFileSync(join('fixtures/builder', fixture, 'Dockerfile'), 'utf8');
    const model = analyze(parse(text).ast, { buildArgs: new Map([['BASE', BASE]]), target });
    return { model, lines: linesOf(text) };
  };

  /** The image that was built last, in each form; the same but for the bytes of blobs. */
  async function pushed(context: string) {
    const images = [];
    for (const form of ['docker-archive', 'oci-archive', 'oci']) {
      const path = join(context, `../pushed-${form}`);
      rmSync(path, { recursive: true, force: true });
      builder.push(`${form}:${path}`);
      images.push(await readImage(path, { platform: 'linux/amd64' }));
    }
    return images;
  }

  test.for(fixtures)('%s, target %s', async ([fixture, target]) => {
    const context = builder.contextOf(`builder/${fixture}`);
    const { diffIds } = builder.build(context, { target });
    const images = await pushed(context);
    const { model, lines } = modelOf(fixture, target);
    for (const image of images) {
      expect(image.layers.map(({ diffId }) => diffId)).toEqual(diffIds);
      expect(image.writer).toBe('buildah');
      const match = matchImage(image, model)!;
      expect(match).toMatchObject({ strangers: [], unrelated: false, squashed: false });
      expect(match.drifted.map(({ layer }) => layer.instruction.keyword.text)).toEqual([]);
      expect(match.predicted).toBe(diffIds.length - BASE_LAYERS);
      // every instruction that was predicted to make a layer made one, and no other did
      const made = match.instructions.filter(({ entry }) => image.history[entry!]!.layer !== undefined);
      const lineOf = ({ layer }: (typeof made)[number]): number => position(lines, layer.instruction.span.start).line;
      expect(made.map(lineOf)).toEqual(match.instructions.filter(({ layer }) => layer.layer).map(lineOf));
      expect(made.map(({ entry }) => image.history[entry!]!.layer)).toEqual(
        diffIds.slice(BASE_LAYERS).map((_, index) => index + BASE_LAYERS),
      );
    }
    const plain = images.map(({ layers }) =>
      layers.map(({ fileBytes, entries, whiteouts }) => [fileBytes, entries, whiteouts]),
    );
    expect(plain[1]).toEqual(plain[0]);
    expect(plain[2]).toEqual(plain[0]);
  });

  test('without --layers all is one layer, and that is said', async () => {
    const context = builder.contextOf('builder/one-stage');
    const { diffIds } = builder.build(context, { cache: false });
    expect(diffIds).toHaveLength(BASE_LAYERS + 1);
    const [image] = await pushed(context);
    const match = matchImage(image!, modelOf('one-stage', undefined).model)!;
    expect(match).toMatchObject({ squashed: true, strangers: [] });
    expect(match.drifted.map(({ layer }) => layer.instruction.keyword.text)).toEqual([]);
  });
});
