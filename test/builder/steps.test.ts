import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { folderHost } from '../../src/host/folder.ts';
import { analyze, parse } from '../../src/index.ts';
import { context } from '../../src/model/context/context.ts';
import { BASE, type Builder } from './builder.ts';
import { foretoldLayers, outcomes } from './fixtures.ts';
import { judges } from './judges.ts';

const modelOf = (fixture: string, target: string | undefined, folder: string) => {
  const { ast, errors } = parse(readFileSync(join('fixtures/builder', fixture, 'Dockerfile'), 'utf8'));
  expect(errors).toEqual([]);
  return analyze(ast, {
    buildArgs: new Map([['BASE', BASE]]),
    target,
    context: context(folderHost(folder), 'Dockerfile'),
  });
};

describe.for(judges)('what $kind does', { timeout: 300_000 }, ({ kind, missing, make }) => {
  let builder: Builder;
  beforeAll(async () => {
    if (missing.length === 0) builder = await make();
  }, 120_000);
  afterAll(() => builder?.dispose(), 120_000);

  test.skipIf(missing.length > 0).for<[string, string | undefined]>([
    ['one-stage', undefined],
    ['stages', undefined],
    ['stages', 'tested'],
    ['stages', 'docs'],
  ])('layers of %s, target %s', async ([fixture, target]) => {
    const folder = builder.contextOf(join('builder', fixture));
    const { diffIds } = await builder.build(folder, { target });
    const { least, most } = foretoldLayers(modelOf(fixture, target, folder), kind);
    const own = diffIds.length - (await builder.layersOf(BASE));
    expect([own >= least, own <= most]).toEqual([true, true]);
  });

  test.skipIf(missing.length > 0).for<[string, { paths?: string[]; args?: string[] }, string | undefined]>([
    ['one-stage', {}, undefined],
    ['one-stage', { paths: ['greeting.txt'] }, undefined],
    ['one-stage', { paths: ['notes/first.txt'] }, undefined],
    ['one-stage', { paths: ['notes/deep/second.txt'] }, undefined],
    ['one-stage', { paths: ['unused.txt'] }, undefined],
    ['one-stage', { paths: ['archive.tar'] }, undefined],
    ['one-stage', { paths: ['name with blanks.txt'] }, undefined],
    ['one-stage', { args: ['GREETING'] }, undefined],
    ['stages', { paths: ['manifest.txt'] }, undefined],
    ['stages', { paths: ['main.txt'] }, undefined],
    ['stages', { paths: ['docs.txt'] }, 'docs'],
    ['stages', { paths: ['main.txt'] }, 'docs'],
    ['stages', { args: ['VERSION'] }, undefined],
    ['stages', { args: ['VERSION'] }, 'tested'],
  ])('%s after %j, target %s', async ([fixture, { paths = [], args = [] }, target]) => {
    const folder = builder.contextOf(join('builder', fixture));
    await builder.build(folder, { target });
    for (const path of paths) {
      if (path.endsWith('.tar')) changeArchive(join(folder, path));
      else appendFileSync(join(folder, path), `changed for ${JSON.stringify([paths, args, target])}\n`);
    }
    const given = Object.fromEntries(args.map((name) => [name, `other ${target}`]));
    const built = await builder.build(folder, { target, args: given });
    const found = outcomes(modelOf(fixture, target, folder), { paths, args }, built, kind);
    expect(found.filter(({ predicted, ran }) => predicted !== 'maybe' && (predicted === 'yes') !== ran)).toEqual([]);
    const unseen = ['unused.txt', 'notes/deep/second.txt'];
    // the classic builder makes every stage above the target, needed or not
    const silent = target === 'docs' && kind !== 'classic' ? ['main.txt'] : unseen;
    const matters = [...paths, ...args].some((name) => !silent.includes(name));
    expect(found.some(({ predicted }) => predicted === 'yes')).toBe(matters);
  });

  // links, here-documents, mounts and triggers of today, which older builders refuse
  const isNew = kind === 'buildkit' && missing.length === 0;
  test.skipIf(!isNew).for<[string | undefined]>([[undefined], ['build'], ['tools']])(
    'layers of newer, target %s',
    async ([target]) => {
      const folder = builder.contextOf('builder/newer');
      const { diffIds } = await builder.build(folder, { target });
      const { least, most } = foretoldLayers(modelOf('newer', target, folder), kind);
      expect([least, most]).toEqual(Array(2).fill(diffIds.length - (await builder.layersOf(BASE))));
    },
  );
  test
    .skipIf(!isNew)
    .for([
      ['data/one.txt'],
      ['manifest.txt'],
      ['tool.sh'],
      ['extra.txt'],
      ['unused.txt'],
      ['data/two.txt', 'manifest.txt'],
    ])('newer after %s', async (paths) => {
    const folder = builder.contextOf('builder/newer');
    await builder.build(folder);
    for (const path of paths) appendFileSync(join(folder, path), `echo ${Date.now()}\n`);
    const built = await builder.build(folder);
    const found = outcomes(modelOf('newer', undefined, folder), { paths, args: [] }, built, kind);
    expect(found.filter(({ predicted, ran }) => predicted !== 'maybe' && (predicted === 'yes') !== ran)).toEqual([]);
    expect(found.some(({ ran }) => ran)).toBe(paths[0] !== 'unused.txt');
  });

  test.skipIf(missing.length > 0).for(fates)('a file of the context: %s', async ([, change, paths]) => {
    const folder = builder.contextOf('builder/stages');
    writeFileSync(join(folder, 'extra.txt'), `extra ${Date.now()}\n`);
    // without the other file the context may be one that was built before
    writeFileSync(join(folder, 'beside.txt'), `beside ${Date.now()}\n`);
    await builder.build(folder);
    change(folder);
    const built = await builder.build(folder);
    const found = outcomes(modelOf('stages', undefined, folder), { paths, args: [] }, built, kind);
    expect(found.filter(({ predicted, ran }) => predicted !== 'maybe' && (predicted === 'yes') !== ran)).toEqual([]);
    expect(found.some(({ ran }) => ran)).toBe(paths.length > 0 && paths[0] !== 'made.log');
  });
});

/** What may become of a file that `COPY . .` takes, and what of it a builder looks at. */
const fates: readonly (readonly [string, (folder: string) => void, paths: readonly string[]])[] = [
  ['another mode', (folder) => chmodSync(join(folder, 'extra.txt'), 0o600), ['extra.txt']],
  ['another time', (folder) => utimesSync(join(folder, 'extra.txt'), 1, 1), []],
  [
    'another name',
    (folder) => renameSync(join(folder, 'extra.txt'), join(folder, 'more.txt')),
    ['extra.txt', 'more.txt'],
  ],
  ['deleted', (folder) => rmSync(join(folder, 'extra.txt')), ['extra.txt']],
  [
    'ignored',
    (folder) => appendFileSync(join(folder, '.dockerignore'), '\nextra.txt\n'),
    ['.dockerignore', 'extra.txt'],
  ],
  [
    'an ignored one in a new folder',
    (folder) => {
      mkdirSync(join(folder, 'fresh'));
      writeFileSync(join(folder, 'fresh/made.log'), 'x');
    },
    ['fresh/made.log'],
  ],
  ['another text for an ignored file', (folder) => appendFileSync(join(folder, 'made.log'), 'x'), ['made.log']],
];

/** Another first letter in the file that the archive holds, behind its header of 512 bytes. */
function changeArchive(path: string): void {
  const bytes = readFileSync(path);
  bytes[512] = 'I'.charCodeAt(0);
  writeFileSync(path, bytes);
}
