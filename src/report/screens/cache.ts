import { cacheChangeText } from './cache-change-text.ts';
import type { CacheFile, CacheTable } from './cache-rows.ts';
import { cacheTableText } from './cache-table-text.ts';
import { type Cost, weights } from './model.ts';
import type { Screen } from './screen.ts';

/** `dflint cache` after one change, or since a commit: which steps run again, and why. */
export const cacheChangeScreen = (files: readonly CacheFile[]): Screen => ({
  json: () => ({ files: files.map(changeJson) }),
  text: (paint, width) => files.map((file) => cacheChangeText(file, paint, width)).join('\n'),
});

/** `dflint cache`: which steps each of the typical changes runs again, and the score. */
export const cacheTableScreen = (tables: readonly CacheTable[]): Screen => ({
  json: () => ({ files: tables.map(tableJson) }),
  text: (paint, width) => tables.map((table) => cacheTableText(table, paint, width)).join('\n'),
});

function changeJson({ path, builder, changed, args, since, steps, cost, advice }: CacheFile) {
  const history = since && { since: since.ref, dockerfileChanged: since.dockerfile, firstMisses: since.misses };
  return { path, builder, changed, args, ...history, steps, cost: costJson(cost), advice };
}

const how =
  'The share of the build that comes from the cache after a typical commit: each step counts by the weight of its class, times the share of commits after which it comes from the cache; a step that may run again counts as half.';

function tableJson({ path, builder, steps, changes, score, advice }: CacheTable) {
  const { basis, commits, copies } = score;
  const shares = steps.flatMap(({ line, stage, keyword, cost, share }) =>
    share === undefined ? [] : [{ line, stage, keyword, class: cost, share: rounded(share) }],
  );
  return {
    path,
    builder,
    changes: changes.map(({ title, kind, paths, args, steps: rows, cost }) => ({
      ...{ title, kind, paths, args, steps: rows },
      cost: costJson(cost),
    })),
    score: { ...costJson(score), of: score.steps, basis, commits, weights, how, copies, steps: shares },
    advice,
  };
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;
const costJson = ({ cached, expected }: Cost) => ({
  cached,
  expected: Object.fromEntries(Object.entries(expected).map(([name, value]) => [name, rounded(value)])),
});
