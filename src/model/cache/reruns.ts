import type { Instruction } from '../../../grammar/index.ts';
import { analyze } from '../index.ts';
import type { Builder } from '../layers.ts';
import type { Model, Stage } from '../model.ts';
import { written } from './keys.ts';
import { explain } from './reasons.ts';
import { type Rerun, type Row, type Rows, rowsOf, type Verdict, walk } from './walk.ts';

export type { Rerun } from './walk.ts';

/** What is different in the next build. */
export interface Change {
  /** Paths of the build context, `/`-separated, from its root. */
  readonly paths: readonly string[];
  /** Build arguments that get another value. */
  readonly args: readonly string[];
}

export interface StepRerun {
  readonly stage: Stage;
  readonly instruction: Instruction;
  readonly rerun: Rerun;
  readonly why: string;
}

/**
 * Which steps of the target run again after `change`, stage by stage in the order of the file; stages that the builder does
 * not build are left out. A step's cache key is its own text and settings, the step before it, and the content that it takes
 * (BuildKit: solver/llbsolver; the others compare the whole history, so one miss is a miss for all below).
 */
export function reruns(model: Model, change: Change, builder: Builder = 'buildkit'): StepRerun[] {
  const found = walk({ old: model, next: withArgs(model, change.args), like: model, paths: change.paths, builder });
  const before = rowsOf(model, builder);
  return told(found, model, (row) => before.get(row.stage.index)?.[row.place]);
}

/** The same without the reasons, for those who ask often, between two builds of which each had a value for the arguments. */
export function verdicts(model: Model, change: Change, builder: Builder = 'buildkit'): Map<Instruction, Rerun> {
  const old = withArgs(model, change.args, BEFORE);
  const found = walk({ old, next: withArgs(model, change.args), like: model, paths: change.paths, builder });
  return new Map(shown(found).map(({ row, rerun }) => [row.instruction, rerun]));
}

/**
 * Which steps of `next` are not in the cache that a build of `old` left, where `change` happened to the context and the
 * arguments meanwhile. A step is in the cache where the old build had a step with the same key on the same steps.
 */
export function compare(old: Model, next: Model, change: Change, builder: Builder = 'buildkit'): StepRerun[] {
  const changed = withArgs(next, change.args);
  const paths = [...new Set([...change.paths, ...ignoredOtherwise(old, next)])];
  const found = walk({ old, next: changed, like: next, paths, builder });
  const pairs = align(rowsOf(old, builder), rowsOf(changed, builder, next));
  return told(found, next, (row) => pairs.get(row));
}

/** The first step of each stage that is not, or may not be, in the cache. */
export function firstMisses<T extends Pick<StepRerun, 'stage' | 'rerun'>>(steps: readonly T[]): T[] {
  const seen = new Set<Stage>();
  return steps.filter(({ stage, rerun }) => {
    if (rerun === 'no' || seen.has(stage)) return false;
    seen.add(stage);
    return true;
  });
}

/** The files that one of the ignore files hides and the other does not. */
function ignoredOtherwise(old: Model, next: Model): string[] {
  const [before, after] = [old.options.context, next.options.context];
  const raw = (it: typeof before): string => (it?.ignoreFile?.parsed.patterns ?? []).map((one) => one.raw).join('\n');
  if (!before || !after || raw(before) === raw(after)) return [];
  const [had, has] = [before, after].map((it) => new Set(it.files().map(({ path }) => path))) as [
    Set<string>,
    Set<string>,
  ];
  return [...[...had].filter((path) => !has.has(path)), ...[...has].filter((path) => !had.has(path))];
}

/** No file can hold this, so a value made of it is another value. */
const CHANGED = '\0changed';
const BEFORE = '\0before';

const derived = new WeakMap<Model, Map<string, Model>>();

/** The model where these arguments have values that they have in no file. */
function withArgs(model: Model, args: readonly string[], value = CHANGED): Model {
  if (args.length === 0) return model;
  const models = derived.get(model) ?? new Map<string, Model>();
  derived.set(model, models);
  const key = [value, ...args].join('\n');
  const buildArgs = new Map([...model.options.buildArgs, ...args.map((name) => [name, value] as const)]);
  const found = models.get(key) ?? analyze(model.file, { ...model.options, buildArgs });
  models.set(key, found);
  return found;
}

/** FROM says for its triggers what becomes of them. */
function shown(found: readonly Verdict[]): Verdict[] {
  return found.flatMap((verdict, index) => {
    if (verdict.row.trigger) return [];
    if (verdict.row.step) return [verdict];
    const group = [verdict];
    for (let at = index + 1; found[at]?.row.trigger; at++) group.push(found[at]!);
    return [group.find(({ rerun }) => rerun === 'yes') ?? group.find(({ rerun }) => rerun === 'maybe') ?? verdict];
  });
}

function told(found: readonly Verdict[], model: Model, aligned: (row: Row) => Row | undefined): StepRerun[] {
  return shown(found).flatMap((verdict) => {
    const { stage, instruction } = verdict.row;
    let why: string | undefined;
    return {
      stage: model.stages[stage.index]!,
      instruction,
      rerun: verdict.rerun,
      get why() {
        why ??= explain(verdict, aligned(verdict.row));
        return why;
      },
    };
  });
}

/** Which row of the old file each row was: stages by name, else by place; in them equal texts first, then what lies between. */
function align(old: Rows, next: Rows): ReadonlyMap<Row, Row> {
  const pairs = new Map<Row, Row>();
  const stages = [...old.values()];
  for (const rows of next.values()) {
    const { name, index } = rows[0]!.stage;
    const other =
      stages.find(([first]) => name !== undefined && first!.stage.name?.toLowerCase() === name.toLowerCase()) ??
      stages.find(([first]) => first!.stage.index === index && (!name || !first!.stage.name)) ??
      (index === lastOf(next) ? stages.at(-1) : undefined);
    if (other) alignRows(other, rows, pairs);
  }
  return pairs;
}

const lastOf = (rows: Rows): number => Math.max(...rows.keys());

function alignRows(old: readonly Row[], next: readonly Row[], pairs: Map<Row, Row>): void {
  const same = (a: Row, b: Row): boolean => textOf(a) === textOf(b);
  const lengths = Array.from({ length: old.length + 1 }, () => new Array<number>(next.length + 1).fill(0));
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = next.length - 1; j >= 0; j--)
      lengths[i]![j] = same(old[i]!, next[j]!)
        ? lengths[i + 1]![j + 1]! + 1
        : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!);
  let i = 0;
  let j = 0;
  let [gapOld, gapNext]: [Row[], Row[]] = [[], []];
  const close = (): void => {
    for (const row of gapNext) {
      const at = gapOld.findIndex((it) => it.instruction.kind === row.instruction.kind && it.trigger === row.trigger);
      if (at < 0) continue;
      pairs.set(row, gapOld[at]!);
      gapOld = gapOld.slice(at + 1);
    }
    [gapOld, gapNext] = [[], []];
  };
  while (i < old.length || j < next.length) {
    const [a, b] = [old[i], next[j]];
    if (a && b && same(a, b)) {
      close();
      pairs.set(b, a);
      i++;
      j++;
    } else if (a && (!b || lengths[i + 1]![j]! >= lengths[i]![j + 1]!)) {
      gapOld.push(a);
      i++;
    } else {
      gapNext.push(b!);
      j++;
    }
  }
  close();
}

const texts = new WeakMap<Row, string>();
function textOf(row: Row): string {
  const known = texts.get(row) ?? `${row.trigger} ${written(row.step?.instruction ?? row.instruction).value}`;
  texts.set(row, known);
  return known;
}
