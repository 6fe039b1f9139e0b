import type { Model, Stage, Step, Take } from '../../../src/engine/rule.ts';

/** A source in the build context, with where it is taken. */
export interface ContextTake {
  readonly take: Take;
  readonly step: Step;
  readonly stage: Stage;
}

/** All that is taken of the context in the stages that are built; nothing without a context. */
export const contextTakes = ({ stages }: Model): readonly ContextTake[] =>
  stages
    .filter(({ reachable }) => reachable)
    .flatMap((stage) =>
      stage.steps.flatMap((step) => step.takes.flatMap((take) => (take.copied ? [{ take, step, stage }] : []))),
    );
