import {
  type Analyzed,
  type Builder,
  type Commits,
  type Context,
  type Cost,
  type CostClass,
  type CostCounts,
  cacheAdvice,
  churnOf,
  compare,
  costOf,
  costOfSteps,
  firstMisses,
  freshArguments,
  type Model,
  reruns,
  type StepRerun,
  scoreOf,
  type TypicalChange,
  typicalChanges,
  type Volatility,
  volatilityOf,
} from './model.ts';
import { baseText, lineOf, restOf } from './source.ts';

/** What `dflint cache` shows of one step; it stands so in the JSON. */
interface CacheRow extends Pick<StepRerun, 'rerun' | 'why'> {
  readonly line: number;
  readonly stage: number;
  readonly keyword: string;
}

export interface Head {
  readonly path: string;
  readonly builder: Builder;
  /** What is true of this builder and this file only. */
  readonly advice: readonly string[];
  readonly stages: readonly StageTitle[];
}

/** An instruction as it is shown: its text on one line, and the class of its cost, `none` where it is no step. */
export interface Shown {
  readonly line: number;
  readonly stage: number;
  readonly keyword: string;
  readonly text: string;
  readonly cost: CostClass;
}

export interface StageTitle {
  readonly stage: number;
  readonly title: string;
}

/** What one change runs again. */
export interface CacheFile extends Head {
  /** For each of `steps`. */
  readonly shown: readonly Shown[];
  readonly changed: readonly string[];
  readonly args: readonly string[];
  readonly steps: readonly CacheRow[];
  readonly cost: Cost;
  /** Undefined where the change was given and not found in the history. */
  readonly since:
    | {
        readonly ref: string;
        /** Build arguments that by their names get another value with each build. */
        readonly fresh: readonly string[];
        /** Whether the Dockerfile itself is another. */
        readonly dockerfile: boolean;
        /** Of each stage the first step that is not in the cache. */
        readonly misses: readonly CacheRow[];
      }
    | undefined;
}

/** What typical changes run again. */
export interface CacheTable extends Head {
  /** Each step once; `share` is that of the commits after which it runs again, undefined for FROM and settings. */
  readonly steps: readonly (Shown & { readonly share: number | undefined })[];
  readonly changes: readonly (Omit<TypicalChange, 'of100'> & {
    readonly steps: readonly CacheRow[];
    readonly cost: Cost;
  })[];
  readonly score: Cost & {
    readonly steps: CostCounts;
    readonly basis: Volatility['basis'];
    readonly commits: number;
    /** Of what COPY, ADD and mounts take, how many of the commits changed something. */
    readonly copies: readonly { readonly line: number; readonly commits: number }[];
  };
}

/** What is given of a change: paths of the build context, and build arguments that get another value. */
interface Given {
  readonly changed: readonly string[];
  readonly args: readonly string[];
}

/** What one change runs again. A folder or a pattern stands for the files below it. */
export function changeRows({ path, model }: Analyzed, { changed, args }: Given, builder: Builder): CacheFile {
  const paths = changed.flatMap((it) => filesBelow(it, model.options.context));
  const found = reruns(model, { paths, args }, builder);
  return { ...headOf(path, model, builder), changed, args, since: undefined, ...stepRows(found, model) };
}

function filesBelow(path: string, from: Context | undefined): string[] {
  const found = from?.copied([path]).files.map((it) => it.path) ?? [];
  return found.length > 0 ? found : [path];
}

/** What is not in the cache that a build of `old`, the file at the commit `ref`, left. */
export function sinceRows(
  { path, model }: Analyzed,
  old: Model,
  { ref, changed, args }: Given & { readonly ref: string },
  builder: Builder,
): CacheFile {
  const fresh = freshArguments(model);
  const other = [...new Set([...args, ...fresh])];
  const found = compare(old, model, { paths: changed, args: other }, builder);
  const misses = firstMisses(found).map((it) => stepRow(it, model));
  const since = { ref, fresh, dockerfile: old.file.text !== model.file.text, misses };
  return { ...headOf(path, model, builder), changed, args: other, since, ...stepRows(found, model) };
}

/** What typical changes run again, and how much of the build comes from the cache; by the history where there is enough. */
export function tableRows({ path, model }: Analyzed, commits: Commits, builder: Builder): CacheTable {
  const volatility = volatilityOf(model, commits);
  const score = scoreOf(model, volatility, builder);
  const none = reruns(model, { paths: [], args: [] }, builder);
  const copies = volatility.basis === 'table' ? [] : churnOf(model, commits);
  return {
    ...headOf(path, model, builder),
    steps: none.map((it) => {
      const step = it.instruction.kind === 'From' ? undefined : model.step(it.instruction);
      return { ...shownOf(it, model), share: step && score.shares.get(it.stage)?.[step.index] };
    }),
    changes: typicalChanges(model, commits).map(({ title, kind, paths, args }) => {
      const found = reruns(model, { paths, args }, builder);
      const steps = found.map((it) => stepRow(it, model));
      return { ...{ title, kind, paths, args, steps }, cost: costOfSteps(model, found) };
    }),
    score: {
      ...score,
      basis: volatility.basis,
      commits: volatility.commits,
      copies: copies.map(({ instruction, commits: count }) => ({ line: lineOf(model, instruction), commits: count })),
    },
  };
}

const headOf = (path: string, model: Model, builder: Builder): Head => ({
  path,
  builder,
  advice: cacheAdvice(model, builder),
  stages: model.stages.map(({ index, name, base }) => ({
    stage: index,
    title: `Stage ${index}${name === undefined ? '' : ` ${name}`} on ${baseText(base)}`,
  })),
});

const stepRows = (found: readonly StepRerun[], model: Model): Pick<CacheFile, 'steps' | 'shown' | 'cost'> => ({
  steps: found.map((it) => stepRow(it, model)),
  shown: found.map((it) => shownOf(it, model)),
  cost: costOfSteps(model, found),
});

const stepRow = ({ stage, instruction, rerun, why }: StepRerun, model: Model): CacheRow => ({
  line: lineOf(model, instruction),
  stage: stage.index,
  keyword: instruction.keyword.text,
  rerun,
  why,
});

function shownOf({ stage, instruction }: StepRerun, model: Model): Shown {
  const step = model.step(instruction);
  return {
    line: lineOf(model, instruction),
    stage: stage.index,
    keyword: instruction.keyword.text,
    text: restOf(model, instruction),
    cost: step && instruction.kind !== 'From' ? costOf(step) : 'none',
  };
}
