import type { From, Instruction } from '../../../grammar/index.ts';
import { lazy } from '../lazy.ts';
import type { Base, BuildOptions, Stage, State, Step } from '../model.ts';
import { makeStep, type Surroundings } from '../steps.ts';
import { type Expansion, unknown } from './expand.ts';
import { basesOf, edgesOf, namesOf, osOf, reachableFrom } from './graph.ts';
import { type Scope, stageScope } from './scope.ts';
import type { ShellComment } from './shells.ts';
import { statesOf } from './state.ts';

/** A FROM and the instructions under it. */
export interface Body {
  readonly from: From;
  readonly instructions: readonly Instruction[];
  /** Those above all stages, then those of its own. */
  readonly shellComments: readonly ShellComment[];
}

/** What stages have in common. */
export interface Build {
  readonly options: BuildOptions;
  readonly globals: Scope;
  /** What holds before a FROM. */
  readonly globalState: () => State;
  readonly target: () => Stage | undefined;
  /** Is told of every step. */
  readonly enter: (step: Step) => void;
}

export interface Stages {
  readonly stages: readonly Stage[];
  /** The last stage of this name, in any letter case, or the stage of this number, among the first `before` ones. */
  readonly named: (reference: string, before: number) => Stage | undefined;
}

/** Builds the stages of a file; all their facts are lazy. */
export function makeStages(bodies: readonly Body[], build: Build): Stages {
  const stages: Stage[] = [];
  const scopes: (() => Scope)[] = [];
  const names = lazy(() => namesOf(stages));
  const group: Group = {
    scopes,
    // settled for all at once and in order, so that long chains cost no call stack
    bases: lazy(() => basesOf(stages, names())),
    shipped: lazy(() => new Set(build.target()?.lineage ?? [])),
    reached: lazy(() => reachableFrom(build.target(), stages)),
    named: (reference, before) => {
      if (/^[+-]?\d+$/.test(reference)) return Number(reference) < before ? stages[Number(reference)] : undefined;
      const list = names().get(reference.toLowerCase());
      return list?.findLast(({ index }) => index < before);
    },
  };
  for (const [index, body] of bodies.entries()) stages.push(makeStage(index, body, build, group));
  return { stages, named: group.named };
}

interface Group {
  /** By stage, filled as they are made. */
  readonly scopes: (() => Scope)[];
  readonly bases: () => readonly Base[];
  readonly shipped: () => ReadonlySet<Stage>;
  readonly reached: () => ReadonlySet<Stage>;
  readonly named: Stages['named'];
}

const LAST = Number.POSITIVE_INFINITY;
const nothing: Expansion = { value: unknown(''), uses: [], error: undefined };

function makeStage(index: number, { from, instructions, shellComments }: Body, build: Build, group: Group): Stage {
  const { globals, options } = build;
  const image = lazy(() => (from.image ? globals.expand(from.image, LAST) : nothing));
  const flag = from.flags.find(({ name }) => name.text === 'platform')?.value;
  const platform = lazy(() => flag && globals.expand(flag, LAST));
  const base = (): Base => group.bases()[index]!;
  const parent = (): Stage | undefined => ((it) => (it.kind === 'stage' ? it.stage : undefined))(base());
  const lineage = lazy(() => {
    const chain = [stage];
    for (let below = parent(); below; below = below.base.kind === 'stage' ? below.base.stage : undefined)
      chain.push(below);
    return chain.reverse();
  });
  const os = lazy(() => osOf(lineage()[0]!));
  // what the stage below has in ONBUILD comes first
  const triggers = lazy(() => parent()?.steps.flatMap(({ instruction }) => triggerOf(instruction)) ?? []);
  const all = lazy(() => [...triggers(), ...instructions]);
  const scope = lazy(() => {
    const below = parent();
    return stageScope(all(), base(), os(), below && group.scopes[below.index]!(), globals, options);
  });
  const states = lazy(() =>
    statesOf({
      instructions: all(),
      scope: scope(),
      base: base(),
      os: os(),
      parent: parent()?.end,
      shellComments: shellComments.filter(({ at }) => (parent() ? at > from.span.start : true)),
    }),
  );
  const needs = lazy(() => edgesOf(stage, triggers(), group.named));
  group.scopes.push(scope);
  const atEnd = (): Surroundings => ({
    stage: () => stage,
    before: () => stage.end,
    after: () => stage.end,
    expand: (word) => scope().expand(word, all().length),
  });

  const stage: Stage = {
    index,
    from,
    name: from.name?.text,
    context: options.context,
    get base() {
      return base();
    },
    get image() {
      return image();
    },
    get platform() {
      return platform();
    },
    get os() {
      return os();
    },
    steps: instructions.map((instruction, place) =>
      makeStep(instruction, place, {
        stage: () => stage,
        before: () => states()(triggers().length + place),
        after: () => states()(triggers().length + place + 1),
        expand: (word) => scope().expand(word, triggers().length + place),
        later: atEnd,
      }),
    ),
    get lineage() {
      return lineage();
    },
    get reachable() {
      return group.reached().has(stage);
    },
    get shipped() {
      return group.shipped().has(stage);
    },
    get needs() {
      return needs();
    },
    get end() {
      return states()(all().length);
    },
  };
  for (const step of stage.steps) build.enter(step);
  const first = makeStep(from, -1, {
    stage: () => stage,
    before: build.globalState,
    after: () => states()(triggers().length),
    expand: (word) => globals.expand(word, LAST),
  });
  build.enter(first);
  return stage;
}

const triggerOf = (instruction: Instruction): Instruction[] =>
  instruction.kind === 'Onbuild' && instruction.instruction ? [instruction.instruction] : [];
