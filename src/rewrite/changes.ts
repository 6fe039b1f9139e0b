import { changesEachBuild, usualShares } from '../knowledge/project/volatility.ts';
import type { Commits } from '../model/cache/typical.ts';
import { churnOf, fewestCommits } from '../model/cache/volatility.ts';
import type { Builder } from '../model/layers.ts';
import type { Model, Stage, Step } from '../model/model.ts';

/**
 * How many of 100 commits change each step by itself, whatever stands above it: by the last commits where there are enough, else by
 * what is usual.
 */
export function changesOf(model: Model, builder: Builder, commits: Commits): (step: Step) => number {
  const counted = commits.length >= fewestCommits && model.options.context !== undefined;
  const churn = new Map(
    counted ? churnOf(model, commits).map((it) => [it.instruction, (100 * it.commits) / commits.length]) : [],
  );
  const ends = new Map<Stage, number>();
  const known = new Map<Step, number>();
  for (const stage of model.stages) {
    let end = stage.base.kind === 'stage' ? (ends.get(stage.base.stage) ?? 0) : 0;
    for (const step of stage.steps) {
      const own = changeOf(step);
      known.set(step, own);
      end = Math.max(end, own);
    }
    ends.set(stage, end);
  }
  return (step) => known.get(step) ?? 0;

  function changeOf(step: Step): number {
    const { instruction } = step;
    if (instruction.kind === 'Arg')
      return instruction.pairs.some(({ name }) => changesEachBuild(name.text)) ? usualShares.argument.of100 : 0;
    // under BuildKit a label is part of no key
    const isSetting = instruction.kind === 'Env' || (instruction.kind === 'Label' && builder !== 'buildkit');
    if (isSetting) {
      const uses = instruction.pairs.flatMap(({ value }) => (value ? step.expand(value).uses : []));
      return uses.some(({ name }) => changesEachBuild(name)) ? usualShares.argument.of100 : 0;
    }
    if (instruction.kind !== 'Copy' && instruction.kind !== 'Add') return 0;
    const origin = step.takes[0]?.origin;
    // what a stage makes anew may come out the same
    if (origin?.kind === 'stage') return (ends.get(origin.stage) ?? 0) / 2;
    if (origin?.kind === 'image') return 0;
    return churn.get(instruction) ?? (step.changes ? usualShares[step.changes].of100 : 0);
  }
}
