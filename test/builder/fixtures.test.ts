import { afterAll, beforeAll, describe, type ExpectStatic, test } from 'vitest';
import type { Change } from '../../src/model/cache/reruns.ts';
import type { Stage } from '../../src/model/index.ts';
import { imageLayers } from '../../src/model/layers.ts';
import { archivesAgree } from './archives.ts';
import type { Builder, Judged } from './builder.ts';
import {
  argumentsOf,
  cheaperOrders,
  compareBuilds,
  type Fixture,
  fixtures,
  foretoldLayers,
  type Outcome,
  outcomes,
  refusal,
  type Workplace,
  workplace,
} from './fixtures.ts';
import { judges } from './judges.ts';

/** Two stores, for two builds at a time: a build hardly ever keeps more than one processor busy. */
const STORES = 2;

/** Half a minute each under buildah, which starts anew for every command: DFLINT_ALL=1 has all of them. */
const isSlow = (kind: Judged, name: string): boolean =>
  kind === 'buildah' &&
  process.env['DFLINT_ALL'] !== '1' &&
  /\.good$|^(?:ecosystems|monorepo|php|python|rust)/.test(name);

describe.concurrent.for(judges)('fixtures under $kind', { timeout: 900_000 }, ({ kind, missing, make }) => {
  const idle: Builder[] = [];
  const waiting: ((builder: Builder) => void)[] = [];
  const figures = new Map<string, Record<string, string | number>>();

  beforeAll(async () => {
    if (missing.length === 0) idle.push(...(await Promise.all(Array.from({ length: STORES }, make))));
  }, 120_000);
  afterAll(() => {
    for (const builder of idle) builder.dispose();
    if (figures.size > 0) console.table(Object.fromEntries([...figures].sort(([a], [b]) => (a < b ? -1 : 1))));
  }, 120_000);

  /** Waits for a store that nobody uses. */
  const withBuilder = async (work: (builder: Builder) => Promise<void>): Promise<void> => {
    const builder = idle.pop() ?? (await new Promise<Builder>((resolve) => waiting.push(resolve)));
    try {
      await work(builder);
    } finally {
      const next = waiting.shift();
      if (next) next(builder);
      else idle.push(builder);
    }
  };

  const byName = fixtures
    .filter(({ dockerfile }) => !isSlow(kind, dockerfile))
    .map((fixture) => [fixture.dockerfile, fixture] as const);
  test.skipIf(missing.length > 0).for(byName)('%s', ([name, fixture], { skip, expect }) =>
    withBuilder(async (builder) => {
      const place = workplace(builder, fixture);
      const refused = await layersAreForetold(expect, builder, place);
      const why = refused.get(place.model().target!.index);
      if (why) {
        figures.set(name, { 'cannot build': why });
        skip(`${kind} cannot build ${why}`);
      }
      const all = await changesAreForetold(expect, kind, place, fixture);
      const count = (wanted: Outcome['predicted']): Outcome[] => all.filter(({ predicted }) => predicted === wanted);
      figures.set(name, {
        layers: imageLayers(place.model(), kind)!.ownLayers,
        steps: all.length,
        yes: count('yes').length,
        'maybe, ran': count('maybe').filter(({ ran }) => ran).length,
        'maybe, did not': count('maybe').filter(({ ran }) => !ran).length,
        no: count('no').length,
      });
    }),
  );

  test.skipIf(missing.length > 0).for(cheaperOrders(kind).filter(([name]) => !isSlow(kind, name)))(
    '%s, in the cheaper order',
    ([name, fixture, text], { expect }) =>
      withBuilder(async (builder) => {
        const found = await compareBuilds(builder, fixture, text);
        expect(found.printsAfter).toBe(found.printsBefore);
        expect(found.rerunsAfter.length).toBeLessThan(found.rerunsBefore.length);
        figures.set(`${name}, in the cheaper order`, {
          'ran again before': found.rerunsBefore.length,
          'ran again after': found.rerunsAfter.length,
        });
      }),
  );
});

/** Builds every stage as a target and counts its layers; returns the targets that this builder refuses, with its reasons. */
async function layersAreForetold(
  expect: ExpectStatic,
  builder: Builder,
  place: Workplace,
): Promise<Map<number, string>> {
  const refused = new Map<number, string>();
  const { stages } = place.model();
  for (const { index, name } of stages) {
    const target = index === stages.length - 1 ? undefined : name!;
    const model = place.model(target);
    const hopeless = model.stages.find((stage) => stage.reachable && refused.has(stage.index));
    if (hopeless) {
      refused.set(index, refused.get(hopeless.index)!);
      continue;
    }
    try {
      const { diffIds } = await place.build({ target });
      const inherited = await baseLayers(builder, model.target!);
      const own = diffIds.length - inherited;
      const { least, most } = foretoldLayers(model, builder.kind);
      expect.soft(own, `layers of stage ${index}`).toBeGreaterThanOrEqual(least);
      expect.soft(own, `layers of stage ${index}`).toBeLessThanOrEqual(most);
      if (target === undefined)
        await archivesAgree(expect, builder, place.folder, { model, text: place.text, diffIds, baseLayers: inherited });
    } catch (error) {
      const why = refusal(error);
      if (!why) throw error;
      refused.set(index, why);
    }
  }
  return refused;
}

async function baseLayers(builder: Builder, { lineage }: Stage): Promise<number> {
  const base = lineage[0]!.base;
  return base.kind === 'image' ? builder.layersOf(base.reference.text) : 0;
}

/** After each kind of change, every step predicted `yes` ran again and every step that ran again was predicted. */
async function changesAreForetold(
  expect: ExpectStatic,
  kind: Judged,
  place: Workplace,
  fixture: Fixture,
): Promise<Outcome[]> {
  const { source, manifest, lock, unused } = fixture;
  const prints = await place.print();
  expect(prints).not.toBe('');
  await place.build({ cache: false });
  expect(await place.print(), 'what a second build prints').toBe(prints);

  const all: Outcome[] = [];
  const check = async (change: Change): Promise<void> => {
    for (const path of change.paths) place.change(path);
    const found = outcomes(place.model(), change, await place.build(change), kind);
    const caption = `after ${[...change.paths, ...change.args].join(' ') || 'nothing'}`;
    const wrong = found.filter(({ predicted, ran }) => predicted !== 'maybe' && ran !== (predicted === 'yes'));
    expect.soft(wrong, caption).toEqual([]);
    const seen = change.args.length > 0 || (change.paths.length > 0 && change.paths[0] !== unused);
    expect
      .soft(
        found.some(({ ran }) => ran),
        caption,
      )
      .toBe(seen);
    all.push(...found);
  };
  await check({ paths: [source], args: [] });
  expect(await place.print(), 'what is printed after a change').not.toBe(prints);
  for (const path of [manifest, lock]) if (path) await check({ paths: [path], args: [] });
  await check({ paths: unused ? [unused] : [], args: [] });
  for (const arg of argumentsOf(place.model(), fixture)) await check({ paths: [], args: [arg] });
  return all;
}
