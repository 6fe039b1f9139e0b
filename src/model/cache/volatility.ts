import type { Instruction } from '../../../grammar/index.ts';
import { changesEachBuild } from '../../knowledge/project/volatility.ts';
import { isIgnored } from '../context/ignore.ts';
import type { Builder } from '../layers.ts';
import type { Model, Stage } from '../model.ts';
import { type CostClass, costOf, weights } from './cost.ts';
import { takes } from './keys.ts';
import { type Change, type StepRerun, verdicts } from './reruns.ts';
import { argumentsOf, type Commits, typicalChanges } from './typical.ts';
import { rowsOf } from './walk.ts';

/** With fewer commits than this the usual shares tell more. */
export const fewestCommits = 10;

/** What changes between builds, as changes of which one happens at a time. */
export interface Volatility {
  /** `commits`: what the last commits changed; `table`: what is usual for such projects. */
  readonly basis: 'commits' | 'table';
  /** How many commits were counted; 0 for the table. */
  readonly commits: number;
  /** Changes with their shares of all commits, 0 to 1; what is left to 1 changes nothing. */
  readonly changes: readonly { readonly change: Change; readonly share: number }[];
}

export type CostCounts = Readonly<Record<Exclude<CostClass, 'none'>, number>>;

/** What a typical commit makes a builder do again. */
export interface Score {
  /**
   * 0 to 100: how much of the build comes from the cache after a typical commit. Each step counts by the weight of its class
   * in cost.ts, times the share of commits after which it comes from the cache; a step that may run again counts as half.
   */
  readonly cached: number;
  /** How many steps of each class a typical commit runs again. */
  readonly expected: CostCounts;
  /** All steps by class. */
  readonly steps: CostCounts;
  /** The shares of commits after which the steps of a stage run again, in order. */
  readonly shares: ReadonlyMap<Stage, readonly number[]>;
}

/** How often what changes: by the last commits where there are enough, else by what is usual for such projects. */
export function volatilityOf(model: Model, commits: Commits = []): Volatility {
  const args = argumentsOf(model).filter(changesEachBuild);
  if (commits.length >= fewestCommits && model.context) {
    const share = 1 / commits.length;
    return {
      basis: 'commits',
      commits: commits.length,
      changes: commits.map((paths) => ({ change: { paths, args }, share })),
    };
  }
  const all = typicalChanges(model);
  const levels = [...new Set(all.map(({ of100 }) => of100))].filter((it) => it > 0).sort((a, b) => b - a);
  // a commit that changes what is rarely changed changes the rest too
  const changes = levels.map((level, index) => {
    const together = all.filter(({ of100 }) => of100 >= level);
    const change = { paths: together.flatMap(({ paths }) => paths), args: together.flatMap((it) => it.args) };
    return { change, share: (level - (levels[index + 1] ?? 0)) / 100 };
  });
  return { basis: 'table', commits: 0, changes };
}

const none: CostCounts = { install: 0, compile: 0, download: 0, other: 0, copy: 0, trivial: 0 };

/** What a typical commit costs with this builder. Comparable between models that build the same with the same volatility. */
export function scoreOf(model: Model, volatility: Volatility, builder: Builder = 'buildkit'): Score {
  const stages = [...rowsOf(model, builder).values()].map(([from]) => from!.stage);
  const outcomes = volatility.changes.map(({ change, share }) => ({ found: verdicts(model, change, builder), share }));
  const expected = { ...none };
  const steps = { ...none };
  const shares = new Map<Stage, number[]>();
  for (const stage of stages) {
    const own = stage.steps.map((step) => {
      const again = outcomes.reduce(
        (sum, { found, share }) => sum + share * counts[found.get(step.instruction) ?? 'no'],
        0,
      );
      const cost = costOf(step);
      if (cost !== 'none') {
        expected[cost] += again;
        steps[cost] += 1;
      }
      return again;
    });
    shares.set(stage, own);
  }
  return { cached: cachedOf(expected, steps), expected, steps, shares };
}

const counts = { yes: 1, maybe: 0.5, no: 0 } as const;

export type Cost = Pick<Score, 'cached' | 'expected'>;

/** What it costs where these steps run again. */
export function costOfSteps(model: Model, found: readonly Pick<StepRerun, 'instruction' | 'rerun'>[]): Cost {
  const [expected, steps] = [{ ...none }, { ...none }];
  for (const { instruction, rerun } of found) {
    const step = model.step(instruction);
    const cost = step && instruction.kind !== 'From' ? costOf(step) : 'none';
    if (cost === 'none') continue;
    expected[cost] += counts[rerun];
    steps[cost]++;
  }
  return { cached: cachedOf(expected, steps), expected };
}

/** Of each step that takes files of the context, how many of the commits changed one of them. */
export function churnOf(
  model: Model,
  commits: Commits,
): { readonly instruction: Instruction; readonly commits: number }[] {
  const ignore = model.options.context?.ignoreFile?.parsed;
  const sent = commits.map((paths) => paths.filter((path) => !ignore || !isIgnored(ignore, path)));
  const rows = [...rowsOf(model, 'buildkit').values()].flat();
  return rows.flatMap(({ key, instruction }) =>
    key.taken.length === 0
      ? []
      : [
          {
            instruction,
            commits: sent.filter((paths) => paths.some((path) => key.taken.some((it) => takes(it, path)))).length,
          },
        ],
  );
}

/** The weight of what does not run again, of 100. */
function cachedOf(expected: CostCounts, steps: CostCounts): number {
  const sum = (of: CostCounts): number =>
    (Object.keys(none) as (keyof CostCounts)[]).reduce((total, it) => total + of[it] * weights[it], 0);
  const all = sum(steps);
  const again = sum(expected);
  // a little is not nothing
  return all === 0 || again === 0 ? 100 : Math.min(99, Math.round(100 * (1 - again / all)));
}
