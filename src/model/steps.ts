import type { HeredocBody, Instruction, Word } from '../../grammar/index.ts';
import { packageOperation } from '../shell/packages.ts';
import { lazy } from './lazy.ts';
import type { Stage, State, Step } from './model.ts';
import { type Expansion, textOf } from './stages/expand.ts';
import { scriptOf } from './stages/scripts.ts';

/** Where a step stands; all of it is asked for late. */
export interface Surroundings {
  readonly stage: () => Stage | undefined;
  readonly before: () => State;
  readonly after: () => State;
  readonly expand: (word: Word | HeredocBody) => Expansion;
  /** Where a trigger of this step would stand. */
  readonly later?: () => Surroundings;
}

const withScript: ReadonlySet<Instruction['kind']> = new Set(['Run', 'Cmd', 'Entrypoint', 'Healthcheck']);

/** The step of an instruction, with its script and the package operations in it. */
export function makeStep(instruction: Instruction, index: number, surroundings: Surroundings): Step {
  const { stage, before, after, expand, later } = surroundings;
  const script = lazy(() => (withScript.has(instruction.kind) ? scriptOf(instruction, before()) : undefined));
  const operations = lazy(() => {
    const environment = (name: string): string | undefined => {
      const value = before().variable(name)?.value;
      return value && textOf(value);
    };
    return script()?.commands.flatMap((command) => packageOperation(command, environment) ?? []) ?? [];
  });
  const inner = instruction.kind === 'Onbuild' ? instruction.instruction : undefined;
  const trigger = lazy(() => (inner && later ? makeStep(inner, index, later()) : undefined));
  return {
    instruction,
    index,
    get stage() {
      return stage();
    },
    get before() {
      return before();
    },
    get after() {
      return after();
    },
    expand,
    get script() {
      return script();
    },
    get operations() {
      return operations();
    },
    get trigger() {
      return trigger();
    },
  };
}
