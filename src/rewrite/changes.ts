import { ecosystems } from '../knowledge/project/ecosystems/index.ts';
import { changesEachBuild, usualShares } from '../knowledge/project/volatility.ts';
import { flagOf } from '../model/cache/keys.ts';
import { type Commits, churnOf, fewestCommits } from '../model/cache/volatility.ts';
import { compileIgnore, isIgnored } from '../model/context/ignore.ts';
import { effectsOf } from '../model/files/effects.ts';
import type { Builder } from '../model/layers.ts';
import { lazy } from '../model/lazy.ts';
import type { Model, Stage, Step } from '../model/model.ts';
import { textOf } from '../model/stages/expand.ts';
import { isRemote } from '../model/stages/paths.ts';

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
    const from = flagOf(instruction, 'from')?.value?.text;
    if (from !== undefined) {
      const stage = step.stage && model.stageNamed(from, step.stage);
      // what a stage makes anew may come out the same
      return stage ? (ends.get(stage) ?? 0) / 2 : 0;
    }
    return churn.get(instruction) ?? usual(step);
  }
}

const named = (names: readonly string[]) => lazy(() => compileIgnore(names.map((name) => `**/${name}`)));
const manifests = named(ecosystems.flatMap((it) => it.manifests));
const locks = named(ecosystems.flatMap((it) => it.locks));

/** Of what is copied the part that changes most. */
function usual(step: Step): number {
  const { instruction } = step;
  if (instruction.kind !== 'Copy' && instruction.kind !== 'Add') return 0;
  const shares = instruction.sources.map((source) => {
    const text = textOf(step.expand(source).value);
    if (text === undefined || isRemote(text) || text.startsWith('<<')) return 0;
    const path = text.replace(/^\.?\//, '');
    if (isIgnored(manifests(), path)) return usualShares.manifest.of100;
    if (isIgnored(locks(), path)) return usualShares.lock.of100;
    const effect = effectsOf(step).all.find(({ at }) => at === source.span);
    return effect?.means === 'copy' && effect.deep ? usualShares.source.of100 : usualShares.file.of100;
  });
  return Math.max(0, ...shares);
}
