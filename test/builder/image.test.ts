import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { matchImage } from '../../src/image/index.ts';
import { analyze, parse } from '../../src/index.ts';
import { archivesAgree, pushed } from './archives.ts';
import { BASE, type Builder } from './builder.ts';
import { judges } from './judges.ts';

const fixtures: [string, string | undefined][] = [
  ['one-stage', undefined],
  ['stages', undefined],
  ['stages', 'tested'],
  ['stages', 'docs'],
];

describe.for(judges)('archives that $kind writes', { timeout: 300_000 }, ({ kind, missing, make }) => {
  let builder: Builder;
  beforeAll(async () => {
    if (missing.length === 0) builder = await make();
  }, 300_000);
  afterAll(() => builder?.dispose());

  const modelOf = (fixture: string, target: string | undefined) => {
    const text = readFileSync(join('fixtures/builder', fixture, 'Dockerfile'), 'utf8');
    const model = analyze(parse(text).ast, { buildArgs: new Map([['BASE', BASE]]), target });
    return { model, text };
  };

  test.skipIf(missing.length > 0).for(fixtures)('%s, target %s', async ([fixture, target], { expect }) => {
    const context = builder.contextOf(`builder/${fixture}`);
    const { diffIds } = await builder.build(context, { target });
    const { model, text } = modelOf(fixture, target);
    const expected = { model, text, diffIds, baseLayers: await builder.layersOf(BASE) };
    await archivesAgree(expect, builder, context, expected, builder.forms);
  });

  test.skipIf(missing.length > 0 || kind !== 'buildah')(
    'without --layers all is one layer, and that is said',
    async () => {
      const context = builder.contextOf('builder/one-stage');
      const { diffIds } = await builder.build(context, { cache: false });
      expect(diffIds).toHaveLength((await builder.layersOf(BASE)) + 1);
      const [image] = await pushed(builder, context, ['docker-archive']);
      const match = matchImage(image!, modelOf('one-stage', undefined).model)!;
      expect(match).toMatchObject({ squashed: true, strangers: [] });
      expect(match.drifted.map(({ layer }) => layer.instruction.keyword.text)).toEqual([]);
    },
  );
});
