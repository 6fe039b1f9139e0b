import type { Paint } from './paint.ts';

/** What `dflint cache` tells of one step. */
export interface CacheRow {
  readonly line: number;
  readonly stage: number;
  readonly keyword: string;
  readonly rerun: 'yes' | 'no' | 'maybe';
  readonly why: string;
}

export interface CacheFile {
  readonly path: string;
  readonly changed: readonly string[];
  readonly args: readonly string[];
  readonly steps: readonly CacheRow[];
}

export const cacheJson = (file: CacheFile): string => `${JSON.stringify({ schemaVersion: 1, ...file }, null, 2)}\n`;

const signs = { yes: 'again', maybe: 'maybe', no: 'cached' } as const;

/** For people: a row a step, then the sum. */
export function cachePretty({ path, changed, args, steps }: CacheFile, paint: Paint): string {
  const word = Math.max(4, ...steps.map(({ keyword }) => keyword.length));
  const what = [...changed, ...args.map((name) => `--build-arg ${name}`)].join(', ') || 'nothing changed';
  const rows = steps.map(({ line, stage, keyword, rerun, why }) => {
    const head = `${String(line).padStart(4)}  ${String(stage).padStart(2)}  ${keyword.padEnd(word)}  `;
    const sign = signs[rerun].padEnd(6);
    const shown = rerun === 'no' ? paint.dim(sign) : rerun === 'yes' ? paint.error(sign) : paint.warning(sign);
    return `${head}${shown}  ${paint.dim(why)}`;
  });
  const count = (kind: CacheRow['rerun']): number => steps.filter(({ rerun }) => rerun === kind).length;
  const sum = `Of ${steps.length} steps ${count('yes')} run again, ${count('maybe')} may, ${count('no')} come from the cache.`;
  return `${[`${paint.bold(path)} after ${what}`, '', ...rows, '', sum].join('\n')}\n`;
}
