import { type Instruction, parse } from '../../grammar/index.ts';
import { usualShares } from '../knowledge/project/volatility.ts';
import { type CostClass, costOf, weights } from '../model/cache/cost.ts';
import type { Commits } from '../model/cache/typical.ts';
import { analyze } from '../model/index.ts';
import type { Builder } from '../model/layers.ts';
import type { BuildOptions, Model, Stage, Step } from '../model/model.ts';
import { textOf } from '../model/stages/expand.ts';
import { meaningOf } from '../model/stages/meaning.ts';
import { position } from '../text/lines.ts';
import { oneLine } from '../text/prose.ts';
import { changesOf } from './changes.ts';
import { dependency, namesSet, type Quote } from './dependency.ts';
import { type Item, reordered } from './moves.ts';
import { type Split, splitOf } from './split.ts';

/** One step of the way to the cheaper order. */
export interface Move {
  readonly stage: number;
  /** What is placed below: the lines of the text before this move, 1-based, with their keywords. */
  readonly moved: readonly Named[];
  /** The costly instruction that no longer runs again with them. */
  readonly over: Named;
  readonly cost: CostClass;
  /** The line that copies what `over` needs, where one is added. */
  readonly added: string | undefined;
}

/** A costly instruction that stays below one that changes often, and why. */
export interface Stay {
  readonly stage: number;
  readonly step: Named;
  readonly cost: CostClass;
  readonly below: Named;
  readonly reason: string;
}

/** An instruction, by its line in the text that is spoken of, and its beginning. */
export interface Named {
  readonly line: number;
  readonly keyword: string;
  readonly text: string;
}

export interface Rewrite {
  readonly text: string;
  readonly moves: readonly Move[];
  /** In the rewritten text. */
  readonly stays: readonly Stay[];
}

export interface RewriteOptions {
  readonly build?: Partial<BuildOptions>;
  readonly builder?: Builder;
  /** What the last commits changed, from the root of the build context. */
  readonly commits?: Commits;
}

/** More moves than any file needs; each makes the order cheaper, so there is an end. */
const ROUNDS = 50;

/**
 * A Dockerfile with the same instructions in an order that runs less again after a typical change. An instruction moves only
 * where it is shown that it and those it passes have no file, variable, user, folder or shell in common, and an install is
 * placed before the copy of its project only where the manifests in the build context show that it needs nothing else. Pure;
 * never throws on any text.
 */
export function rewrite(text: string, options: RewriteOptions = {}): Rewrite {
  const { builder = 'buildkit', commits = [] } = options;
  const moves: Move[] = [];
  let best: Rewrite & { readonly cost: number } = { text, moves: [], stays: [], cost: Number.POSITIVE_INFINITY };
  let current = text;
  const refuted = new Set<string>();
  for (let round = 0; round < ROUNDS; round++) {
    const { ast, errors } = parse(current);
    if (errors.length > 0) break;
    const model = analyze(ast, options.build);
    const view: View = { model, options, changes: changesOf(model, builder, commits) };
    const stages = model.stages.filter(({ reachable }) => reachable);
    const searched = stages.map((stage) => search(stage, view));
    const cost = stages.reduce((sum, { steps }) => sum + costAfterCommit(steps, view.changes, 0), 0);
    // a move alone may gain nothing where two things stand in the way; without the second the first is not made
    if (cost <= best.cost - WORTH + ROUNDING)
      best = { text: current, moves: [...moves], stays: searched.flatMap((it) => it.stays), cost };
    const plans = searched.flatMap(({ plans: found }) => found).sort(byGain);
    const plan = plans.find((it) => !refuted.has(it.text));
    if (!plan) break;
    if (!isProven(plan, model, options)) {
      refuted.add(plan.text);
      continue;
    }
    moves.push(plan.move);
    current = plan.text;
  }
  const { cost: _, ...found } = best;
  return found;
}

interface View {
  readonly model: Model;
  readonly options: RewriteOptions;
  /** How many of 100 commits change a step by itself. */
  readonly changes: (step: Step) => number;
}

interface Plan {
  readonly text: string;
  readonly move: Move;
  readonly gain: number;
  /** How many instructions move. */
  readonly size: number;
  readonly stage: Stage;
  readonly order: readonly (Step | undefined)[];
  /** The names whose place changes. */
  readonly names: ReadonlySet<string>;
}

const byGain = (a: Plan, b: Plan): number => b.gain - a.gain || a.size - b.size || a.stage.index - b.stage.index;

/** Less than this is not worth a change of the file: an install after one commit of twenty. */
const WORTH = 3;
const ROUNDING = 1e-6;

/** What is not told, as a manifest above its install is no news. */
const usualStay = (weights.install * usualShares.lock.of100) / 100;

function search(stage: Stage, view: View): { plans: Plan[]; stays: Stay[] } {
  const { steps } = stage;
  const depends = remembered(quoteOf(view.model.file.text));
  const plans: Plan[] = [];
  const stays: Stay[] = [];
  const before = costAfterCommit(steps, view.changes);
  for (const [at, costly] of steps.entries()) {
    const cost = costOf(costly);
    if (weights[cost] < weights.download) continue;
    let stay: (Stay & { readonly weight: number }) | undefined;
    let found = false;
    for (let start = Math.max(0, at - FARTHEST); start < at; start++) {
      const volatile = steps[start]!;
      const weight = (weights[cost] * view.changes(volatile)) / 100;
      if (weight < WORTH - ROUNDING || view.changes(volatile) <= view.changes(costly)) continue;
      const outcome = arrange(steps.slice(start, at + 1), depends);
      if (typeof outcome === 'string') {
        const below = nameOf(volatile, view);
        if (!stay || weight > stay.weight)
          stay = { stage: stage.index, step: nameOf(costly, view), cost, below, reason: outcome, weight };
        continue;
      }
      for (const { order, split } of outcome) {
        const whole = [...steps.slice(0, start), ...order, ...steps.slice(at + 1)];
        const gain = before - costAfterCommit(whole, view.changes);
        if (gain < WORTH - ROUNDING) continue;
        found = true;
        plans.push(planOf({ stage, whole, start, split, gain, costly, cost }, view));
      }
    }
    if (stay && !found && stay.weight > usualStay) {
      const { weight: _, ...told } = stay;
      stays.push(told);
    }
  }
  return { plans, stays };
}

/** How far above a costly instruction what changes often is looked for; no file has been seen where it stands further. */
const FARTHEST = 60;

/** How much each further thing that changes counts, beside the one that changes most. */
const FURTHER = 0.1;

/** Expected weight of what runs again in a stage after a commit, with the steps in this order. */
function costAfterCommit(steps: readonly Step[], changes: View['changes'], further = FURTHER): number {
  let highest = 0;
  let all = 0;
  let sum = 0;
  for (const step of steps) {
    const change = changes(step);
    highest = Math.max(highest, change);
    all += change;
    sum += (weights[costOf(step)] * (highest + further * (all - highest))) / 100;
  }
  return sum;
}

/** Why a step may not come before an earlier one; undefined if it may. */
type Reason = (earlier: Step, later: Step) => string | undefined;

/** Each pair is looked at once, in however many parts of a stage it stands. */
function remembered(quote: Quote): Reason {
  const known = new Map<Step, Map<Step, string | undefined>>();
  return (earlier, later) => {
    const reasons = known.get(earlier) ?? new Map<Step, string | undefined>();
    known.set(earlier, reasons);
    if (!reasons.has(later)) reasons.set(later, dependency(earlier, later, quote)?.reason);
    return reasons.get(later);
  };
}

interface Arrangement {
  readonly order: readonly Step[];
  readonly split: Split | undefined;
}

/**
 * Orders of a part of a stage in which its last step no longer stands below its first, or why there is none. Either the first
 * goes down with all that depends on it, or the last goes up with all that it depends on.
 */
function arrange(part: readonly Step[], reasonOf: Reason): Arrangement[] | string {
  const [volatile] = part;
  const costly = part.at(-1)!;
  const split = splitOf(volatile!, costly);
  const isSplit = split?.reason === undefined && split !== undefined;
  const depends = (earlier: Step, later: Step): string | undefined =>
    isSplit && earlier === volatile && later === costly ? undefined : reasonOf(earlier, later);
  const below = new Set<Step>([volatile!]);
  for (const step of part.slice(1)) {
    for (const earlier of below) {
      const reason = depends(earlier, step);
      if (reason === undefined) continue;
      if (step === costly) return split?.reason ?? reason;
      below.add(step);
      break;
    }
  }
  const above = new Set<Step>([costly]);
  for (const step of part.slice(1, -1).reverse())
    if ([...above].some((later) => depends(step, later) !== undefined)) above.add(step);
  const used = isSplit ? split : undefined;
  return [
    { order: [...part.filter((it) => !below.has(it)), ...part.filter((it) => below.has(it))], split: used },
    { order: [...part.filter((it) => above.has(it)), ...part.filter((it) => !above.has(it))], split: used },
  ];
}

interface Chosen {
  readonly stage: Stage;
  readonly whole: readonly Step[];
  readonly start: number;
  readonly split: Split | undefined;
  readonly gain: number;
  readonly costly: Step;
  readonly cost: CostClass;
}

function planOf({ stage, whole, start, split, gain, costly, cost }: Chosen, view: View): Plan {
  const items: Item[] = whole.map(({ instruction }) => instruction);
  const order: (Step | undefined)[] = [...whole];
  if (split?.line !== undefined) {
    items.splice(start, 0, { kind: 'New', text: split.line });
    order.splice(start, 0, undefined);
  }
  const { text } = view.model.file;
  const instructions = stage.steps.map(({ instruction }) => instruction);
  const volatile = stage.steps[start]!;
  const lowered = whole.slice(whole.indexOf(costly) + 1).filter((it) => it.index < costly.index);
  const raised = whole.slice(0, whole.indexOf(costly)).filter((it) => it.index > costly.index);
  const moved = lowered.includes(volatile) ? lowered : [volatile];
  return {
    text: reordered(text, instructions, items, lineEnd(text, stage.from.span.end)),
    move: {
      stage: stage.index,
      moved: moved.map((it) => nameOf(it, view)),
      over: nameOf(costly, view),
      cost,
      added: split?.line,
    },
    gain,
    size: Math.min(lowered.length, 1 + raised.length),
    stage,
    order,
    names: new Set(whole.flatMap((it, index) => (stage.steps[index] === it ? [] : namesSet(it)))),
  };
}

function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline < 0 ? text.length : newline + 1;
}

/** What of the surroundings an instruction depends on. */
function facetsOf({ instruction, expand }: Step): ('own' | 'user' | 'workdir' | 'shell')[] {
  if (instruction.kind === 'Run') return ['own', 'user', 'workdir', 'shell'];
  if (instruction.kind === 'Workdir') return ['own', 'user', 'workdir'];
  if (instruction.kind === 'Copy' || instruction.kind === 'Add') {
    const to = instruction.destination && textOf(expand(instruction.destination).value);
    return to?.startsWith('/') ? ['own'] : ['own', 'workdir'];
  }
  return instruction.kind === 'Cmd' || instruction.kind === 'Entrypoint' || instruction.kind === 'Healthcheck'
    ? ['own', 'shell']
    : ['own'];
}

/** Whether the new text has the same instructions, each with the same meaning, in the order that was planned. */
function isProven({ text, stage, order, names }: Plan, old: Model, { build }: RewriteOptions): boolean {
  const { ast, errors } = parse(text);
  if (errors.length > 0) return false;
  const model = analyze(ast, build);
  if (model.stages.length !== old.stages.length) return false;
  return old.stages.every((it, index) => {
    const expected = it === stage ? order : it.steps;
    const now = model.stages[index]!.steps;
    return (
      now.length === expected.length &&
      expected.every((step, place) => !step || isSame(step, now[place]!, old, model, names))
    );
  });
}

function isSame(step: Step, other: Step, old: Model, now: Model, names: ReadonlySet<string>): boolean {
  if (step.instruction.kind !== other.instruction.kind) return false;
  const [before, after] = [meaningOf(step, old), meaningOf(other, now)];
  const variables = (text: string): string =>
    JSON.stringify((JSON.parse(text) as string[][]).filter(([name]) => !names.has(name!)));
  return (
    facetsOf(step).every((it) => before[it] === after[it]) &&
    (step.instruction.kind !== 'Run' || variables(before.variables) === variables(after.variables))
  );
}

const quoteOf =
  (text: string): Quote =>
  ({ start, end }) =>
    shortened(text.slice(start, end), 40);

const shortened = (text: string, length: number): string => {
  const line = oneLine(text);
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
};

function nameOf({ instruction }: { readonly instruction: Instruction }, { model }: View): Named {
  const { start, end } = instruction.span;
  return {
    line: position(model.file.lines, start).line,
    keyword: instruction.keyword.text,
    text: shortened(model.file.text.slice(start, end), 60),
  };
}
