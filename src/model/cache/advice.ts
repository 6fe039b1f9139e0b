import type { Instruction } from '../../../grammar/index.ts';
import { position } from '../../text/lines.ts';
import type { Builder } from '../layers.ts';
import type { Model, Stage } from '../model.ts';

/** Settings that no RUN sees: they change the image and nothing in the build. */
const labels: ReadonlySet<Instruction['kind']> = new Set([
  ...(['Label', 'Expose', 'Volume', 'Cmd', 'Entrypoint', 'Healthcheck', 'Stopsignal', 'Maintainer'] as const),
]);

interface Above {
  readonly instruction: Instruction;
  readonly runs: number;
}

/** What is true of a builder's cache and of this file; nothing that holds elsewhere only. */
export function cacheAdvice(model: Model, builder: Builder): string[] {
  const built = model.stages.filter(({ reachable }) => reachable);
  const inherited = runsOnTop(built);
  const above = built.flatMap((stage) => labelsAboveRuns(stage, inherited.get(stage) ?? 0));
  if (builder === 'buildkit') return above.length === 0 ? [] : [orderIsFree(above)];
  const costs = above.map(({ instruction, runs }) => {
    const { line } = position(model.file.lines, instruction.span.start);
    const again = runs === 1 ? '1 RUN: a new value runs it again' : `${runs} RUNs: a new value runs them again`;
    return `${instruction.keyword.text} in line ${line} is above ${again}.`;
  });
  return [...costs, ...habits(model, builder)];
}

const orderIsFree = (above: readonly Above[]): string => {
  const keywords = [...new Set(above.map(({ instruction }) => instruction.keyword.text))].sort();
  const list = keywords.length === 1 ? keywords[0]! : `${keywords.slice(0, -1).join(', ')} and ${keywords.at(-1)}`;
  return `The place of ${list} does not matter to the cache of BuildKit.`;
};

/** In a stage, with the RUNs below it there and in the stages that stand on it. */
function labelsAboveRuns(stage: Stage, inherited: number): Above[] {
  let below = runsIn(stage);
  return stage.steps.flatMap(({ instruction }) => {
    if (instruction.kind === 'Run') below--;
    if (!labels.has(instruction.kind)) return [];
    return below + inherited === 0 ? [] : [{ instruction, runs: below + inherited }];
  });
}

const runsIn = ({ steps }: Stage): number => steps.filter(({ instruction }) => instruction.kind === 'Run').length;

/** The RUNs of all stages that stand on a stage. */
function runsOnTop(built: readonly Stage[]): ReadonlyMap<Stage, number> {
  const sums = new Map<Stage, number>();
  for (const stage of [...built].reverse()) {
    const { base } = stage;
    if (base.kind !== 'stage') continue;
    sums.set(base.stage, (sums.get(base.stage) ?? 0) + runsIn(stage) + (sums.get(stage) ?? 0));
  }
  return sums;
}

/** What each builder does besides, where the file is of a kind to feel it. */
function habits({ stages, target }: Model, builder: Builder): string[] {
  const steps = stages.filter(({ reachable }) => reachable).flatMap((stage) => stage.steps);
  const copies = steps.some(({ instruction }) => instruction.kind === 'Copy' || instruction.kind === 'Add');
  const mounts = steps.some(({ mounts }) => mounts.length > 0);
  const unneeded = stages.filter(({ index, reachable }) => !reachable && target && index < target.index).length;
  const extra =
    unneeded === 1 ? '1 stage that the target does not need' : `${unneeded} stages that the target does not need`;
  switch (builder) {
    case 'classic':
      return [
        ...(unneeded > 0 ? [`The classic builder also builds ${extra}.`] : []),
        ...(mounts ? ['The classic builder does not know RUN --mount and stops there.'] : []),
      ];
    case 'buildah':
      return ['buildah build keeps a cache only with --layers; podman build does so by default.'];
    case 'kaniko':
      return [
        ...(unneeded > 0 ? [`Without --skip-unused-stages kaniko also builds ${extra}.`] : []),
        ...(mounts ? ['kaniko mounts nothing for RUN --mount.'] : []),
        ...(copies
          ? ['kaniko caches COPY and ADD only with --cache-copy-layers; without it each of them runs in each build.']
          : []),
      ];
    case 'buildkit':
      return [];
  }
}
