import type { Arg, File, Instruction } from '../../grammar/index.ts';
import { takesCodeIn } from './cache/changes.ts';
import { type FindJunk, junkFinder } from './context/junk.ts';
import { ownContext } from './files/own-context.ts';
import { wasteOf } from './files/waste.ts';
import { lazy } from './lazy.ts';
import type { BuildOptions, Model, Stage, Step } from './model.ts';
import { withFrom } from './stages/fragment.ts';
import { globalScope } from './stages/scope.ts';
import { type ShellComment, shellComments } from './stages/shells.ts';
import { type Body, makeStages } from './stages/stages.ts';
import { globalStates } from './stages/state.ts';
import { makeStep } from './steps.ts';

export type * from './model.ts';
export type { Expansion } from './stages/expand.ts';

/**
 * What a file means, given how it is built: without options, a plain `docker build` of its last stage.
 * Nothing is computed before it is asked for, except which instruction belongs to which stage. Never throws.
 */
export function analyze(file: File, given: Partial<BuildOptions> = {}): Model {
  const options: BuildOptions = {
    buildArgs: given.buildArgs ?? new Map(),
    target: given.target,
    context: given.context,
    fragment: given.fragment ?? false,
    ...(given.given && { given: given.given }),
  };
  const steps = new Map<Instruction, Step>();
  const enter = (step: Step): void => {
    steps.set(step.instruction, step);
  };
  const { args, bodies } = divide(options.fragment ? withFrom(file) : file);
  const scope = globalScope(args, options);
  const globalState = globalStates(args, scope);
  const globals: readonly Step[] = args.map((arg, index) =>
    makeStep(arg, index, {
      stage: () => undefined,
      before: () => globalState(index),
      earlier: () => globals.slice(0, index),
      named: () => undefined,
      after: () => globalState(index + 1),
      expand: (word) => scope.expand(word, index),
    }),
  );
  for (const step of globals) enter(step);
  const target = lazy((): Stage | undefined =>
    options.target === undefined ? stages.at(-1) : named(options.target, stages.length),
  );
  const { stages, named } = makeStages(bodies, {
    options,
    step: makeStep,
    waste: wasteOf,
    takesCode: takesCodeIn,
    globals: scope,
    globalState: () => globalState(args.length),
    target,
    enter,
  });
  const context = lazy(() => ownContext(stages, options.context));
  const junk = lazy((): FindJunk => (options.context ? junkFinder(stages, options.context) : () => []));
  return {
    file,
    options,
    get context() {
      return context();
    },
    globals,
    stages,
    get target() {
      return target();
    },
    junk: (take, stage) => junk()(take, stage),
    step: (instruction) => steps.get(instruction),
    stageNamed: (reference, stage) => named(reference, stage.index),
  };
}

/** The ARGs before the first FROM, and the instructions under each FROM. */
function divide({ instructions, comments }: Pick<File, 'instructions' | 'comments'>): {
  args: readonly Arg[];
  bodies: readonly Body[];
} {
  const args: Arg[] = [];
  const bodies: { from: Body['from']; instructions: Instruction[] }[] = [];
  const shells = shellComments(comments);
  for (const instruction of instructions) {
    const last = bodies.at(-1);
    if (instruction.kind === 'From') bodies.push({ from: instruction, instructions: [] });
    else if (last) last.instructions.push(instruction);
    else if (instruction.kind === 'Arg') args.push(instruction);
  }
  if (shells.length === 0) return { args, bodies: bodies.map((body) => ({ ...body, shellComments: [] })) };
  const first = bodies[0]?.from.span.start ?? 0;
  const own = ({ from }: (typeof bodies)[number], index: number): ShellComment[] => {
    const end = bodies[index + 1]?.from.span.start ?? Number.POSITIVE_INFINITY;
    return shells.filter(({ at }) => at < first || (at > from.span.start && at < end));
  };
  return { args, bodies: bodies.map((body, index) => ({ ...body, shellComments: own(body, index) })) };
}
