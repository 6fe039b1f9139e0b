import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { folderHost } from '../../src/host/folder.ts';
import { analyze, imageLayers, parse, reruns } from '../../src/index.ts';
import { context } from '../../src/model/context/context.ts';
import { BASE, type Buildah, makeBuilder, missing } from './buildah.ts';

if (missing.length > 0) console.warn(`skipped: the tests with a real builder need ${missing.join(' and ')}`);

const modelOf = (fixture: string, target: string | undefined, folder: string) => {
  const { ast, errors } = parse(readFileSync(join('fixtures/builder', fixture, 'Dockerfile'), 'utf8'));
  expect(errors).toEqual([]);
  return analyze(ast, {
    buildArgs: new Map([['BASE', BASE]]),
    target,
    context: context(folderHost(folder), 'Dockerfile'),
  });
};

describe.skipIf(missing.length > 0)('what a real builder does', { timeout: 300_000 }, () => {
  let builder: Buildah;
  beforeAll(async () => {
    builder = await makeBuilder();
  }, 120_000);
  afterAll(() => builder.dispose(), 120_000);

  test.for<[string, string | undefined]>([
    ['one-stage', undefined],
    ['stages', undefined],
    ['stages', 'tested'],
    ['stages', 'docs'],
  ])('layers of %s, target %s', async ([fixture, target]) => {
    const folder = builder.contextOf(join('builder', fixture));
    const baseLayers = 2;
    const { diffIds } = await builder.build(folder, { target });
    const predicted = imageLayers(modelOf(fixture, target, folder), 'buildah')!;
    expect(diffIds.length - baseLayers).toBe(predicted.ownLayers);
  });

  test.for<[string, { paths?: string[]; args?: string[] }, string | undefined]>([
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
    const { steps } = await builder.build(folder, { target, args: given });
    const predicted = reruns(modelOf(fixture, target, folder), { paths, args }, 'buildah');

    const own = predicted.filter(({ instruction }) => instruction.kind !== 'From');
    const real = steps.filter(({ text }) => !/^FROM /i.test(text));
    expect(real.map(({ text }) => text.split(' ')[0])).toEqual(own.map(({ instruction }) => instruction.keyword.text));
    const differing = own.flatMap(({ rerun, why }, index) => {
      const { cached, text } = real[index]!;
      return rerun === 'maybe' || (rerun === 'yes') === !cached
        ? []
        : [`${text}: predicted ${rerun} (${why}), cached ${cached}`];
    });
    expect(differing).toEqual([]);
    const unseen = ['unused.txt', 'notes/deep/second.txt'];
    const silent = target === 'docs' ? ['main.txt'] : unseen;
    const matters = [...paths, ...args].some((name) => !silent.includes(name));
    expect(own.some(({ rerun }) => rerun === 'yes')).toBe(matters);
  });
});

/** Another first letter in the file that the archive holds, behind its header of 512 bytes. */
function changeArchive(path: string): void {
  const bytes = readFileSync(path);
  bytes[512] = 'I'.charCodeAt(0);
  writeFileSync(path, bytes);
}
