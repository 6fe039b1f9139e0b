import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { layerFiles } from '../../src/image/files.ts';
import { readImage } from '../../src/image/index.ts';
import { archiveOf, dockerFolders, type Entry, gzip, image, stored } from './archives.ts';

type Layers = readonly (readonly (Entry | string)[])[];

/** `3 MB of a by layer 1, deleted by 2` for each group, bytes as they are. */
async function wasteOf(layers: Layers, packed: boolean): Promise<string[]> {
  const files = dockerFolders(await image(layers));
  // the newest layer first, as their order in an archive means nothing
  const turned = Object.fromEntries(Object.entries(files).reverse());
  const bytes = await archiveOf(turned);
  const { waste } = await stored(packed ? gzip(bytes) : bytes, (path) => readImage(path, { platform: 'linux/amd64' }));
  return waste.map(
    ({ kind, from, by, bytes, files, folder, largest }) =>
      `${bytes} of ${from} ${kind} by ${by}: ${files} in /${folder} ${largest.map(({ path, files }) => `${path}*${files}`).join(' ')}`,
  );
}

const of = (name: string, content: number): Entry => ({ name, content });
const link = (name: string, linkname: string): Entry => ({ name, type: 'link', linkname });

describe('what a later layer hides', () => {
  test.for<[string, Layers, string[]]>([
    ['nothing', [[of('a', 5)], [of('b', 5)]], []],
    ['a file written again', [[of('d/a', 5)], [of('d/a', 7)]], ['5 of 0 overwritten by 1: 1 in /d d/a*1']],
    [
      'a file written three times',
      [[of('a', 5)], [of('a', 7)], [of('a', 7)]],
      ['7 of 1 overwritten by 2: 1 in / a*1', '5 of 0 overwritten by 1: 1 in / a*1'],
    ],
    ['a file deleted', [[of('d/a', 5)], ['d/.wh.a']], ['5 of 0 deleted by 1: 1 in /d d/a*1']],
    ['a file deleted and written later', [[of('a', 5)], ['.wh.a'], [of('a', 1)]], ['5 of 0 deleted by 1: 1 in / a*1']],
    [
      'a file written by the layer that deletes it',
      [[of('a', 5)], ['.wh.a', of('a', 2)]],
      ['5 of 0 deleted by 1: 1 in / a*1'],
    ],
    ['a file without bytes', [['a'], ['.wh.a']], []],
    [
      'a folder deleted',
      [[of('d/a', 5), of('d/e/b', 6), of('dd', 1)], ['.wh.d']],
      ['11 of 0 deleted by 1: 2 in / d*2'],
    ],
    [
      'a folder of two layers deleted',
      [[of('d/a', 5)], [of('d/b', 6)], ['.wh.d']],
      ['6 of 1 deleted by 2: 1 in / d*1', '5 of 0 deleted by 2: 1 in / d*1'],
    ],
    [
      'an opaque folder hides what is below, not what it has itself',
      [
        [of('d/a', 5), of('d/b', 6)],
        ['d/', of('d/b', 7), 'd/.wh..wh..opq'],
      ],
      ['11 of 0 deleted by 1: 2 in / d*2'],
    ],
    ['an opaque root', [[of('a', 5)], ['.wh..wh..opq', of('b', 1)]], ['5 of 0 deleted by 1: 1 in / *1']],
    ['a file in the place of a folder', [[of('d/a', 5)], [of('d', 1)]], ['5 of 0 deleted by 1: 1 in / d*1']],
    ['a folder in the place of a file', [[of('d', 5)], [of('d/a', 1)]], ['5 of 0 overwritten by 1: 1 in / d*1']],
    ['a folder that is listed again', [['d/', of('d/a', 5)], ['d/']], []],
    [
      'a symbolic link in the place of a file',
      [[of('a', 5)], [{ name: 'a', type: 'symlink', linkname: 'b' }]],
      ['5 of 0 overwritten by 1: 1 in / a*1'],
    ],
    ['one name of two', [[of('a', 5), link('b', 'a')], ['.wh.a']], []],
    ['the other name of two', [[of('a', 5), link('b', 'a')], [of('b', 5)]], []],
    ['both names', [[of('a', 5), link('b', './a')], ['.wh.a'], [of('b', 1)]], ['5 of 0 overwritten by 2: 1 in / b*1']],
    ['notes of aufs delete nothing', [[of('plnk', 5)], ['.wh..wh.plnk/', '.wh..wh.aufs']], []],
    [
      'several files of one pair stand together',
      [
        [of('usr/lib/a', 5), of('usr/lib/x/b', 9), of('usr/c', 1)],
        [of('usr/lib/a', 5), of('usr/lib/x/b', 9)],
      ],
      ['14 of 0 overwritten by 1: 2 in /usr/lib usr/lib/x/b*1 usr/lib/a*1'],
    ],
    [
      'names that JavaScript knows',
      [[of('__proto__', 5), of('constructor/a', 2)], ['.wh.__proto__']],
      ['5 of 0 deleted by 1: 1 in / __proto__*1'],
    ],
  ])('%s', async ([, layers, expected]) => {
    expect(await wasteOf(layers, false)).toEqual(expected);
    expect(await wasteOf(layers, true)).toEqual(expected);
  });
});

test('what is stored is what is seen and what is wasted, in whatever order layers come', () => {
  const path = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 3 }).map((it) => it.join('/'));
  const change = fc.oneof(
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('file'), path, size: fc.nat(50) }) },
    fc.record({ kind: fc.constantFrom('folder', 'whiteout', 'opaque'), path, size: fc.constant(0) }),
  );
  type Change = { kind: string; path: string; size: number };
  const below = (folder: string, it: string): boolean => it.startsWith(`${folder}/`);
  // a tar has a path once, and nothing below a file
  const layer = fc.array(change, { maxLength: 6 }).map((changes: Change[]) => {
    const kept: Change[] = [];
    for (const it of changes) {
      const clash = kept.some(
        (other) =>
          it.path === other.path ||
          (other.kind !== 'folder' && other.kind !== 'opaque' && below(other.path, it.path)) ||
          (it.kind !== 'folder' && it.kind !== 'opaque' && below(it.path, other.path)),
      );
      if (!clash) kept.push(it);
    }
    return kept;
  });
  const orders = fc.array(layer, { maxLength: 5 }).chain((layers) =>
    fc.record({
      layers: fc.constant(layers),
      order: fc.shuffledSubarray(
        layers.map((_, index) => index),
        { minLength: layers.length },
      ),
    }),
  );
  fc.assert(
    fc.property(orders, ({ layers, order }) => {
      const files = layerFiles();
      for (const index of order)
        for (const { kind, path: at, size } of layers[index]!)
          if (kind === 'file') files.file(index, at, size);
          else files[kind as 'folder' | 'whiteout' | 'opaque'](index, at);

      const seen = new Map<string, number>();
      for (const changes of layers) {
        const gone = (folder: string): void => {
          for (const it of seen.keys()) if (below(folder, it)) seen.delete(it);
        };
        for (const { kind, path: at } of changes) {
          for (const it of seen.keys()) if (below(it, at)) seen.delete(it);
          if (kind !== 'folder') gone(at);
          seen.delete(at);
        }
        for (const { kind, path: at, size } of changes) if (kind === 'file') seen.set(at, size);
      }
      const stored = layers.flat().reduce((sum, { size }) => sum + size, 0);
      const visible = [...seen.values()].reduce((sum, it) => sum + it, 0);
      const wasted = files.waste().reduce((sum, { bytes }) => sum + bytes, 0);
      expect(wasted).toBe(stored - visible);
    }),
    { numRuns: 2000 },
  );
});

test('a path of many thousand folders', () => {
  const files = layerFiles();
  const deep = 'd/'.repeat(20_000);
  files.file(0, `${deep}a`, 5);
  files.whiteout(1, 'd');
  expect(files.waste()).toMatchObject([{ bytes: 5, by: 1 }]);
});

test('of many files the largest are named', () => {
  const files = layerFiles();
  for (let index = 0; index < 5000; index++) {
    files.file(0, `d/${index}`, index);
    files.file(1, `d/${index}`, index);
  }
  const [waste] = files.waste();
  expect(waste).toMatchObject({ files: 4999, bytes: (4999 * 5000) / 2, folder: 'd' });
  expect(waste!.largest).toHaveLength(100);
  expect(waste!.largest.slice(0, 2).map(({ path }) => path)).toEqual(['d/4999', 'd/4998']);
});
