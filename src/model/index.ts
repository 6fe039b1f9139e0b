import type { Arg, File, Flag, From, Instruction, Word } from '../../grammar/index.ts';
import { windowsImages } from '../knowledge/images.ts';
import { packageOperation } from '../shell/packages.ts';
import { type Expansion, expandWord, textOf, unset } from './expand.ts';
import { parseReference } from './image.ts';
import { lazy } from './lazy.ts';
import type { Base, BuildOptions, Model, Stage, StageEdge, State, Step } from './model.ts';
import { scriptOf } from './scripts.ts';
import { expandIn, globalScope, type Scope, statesOf, valueIn } from './state.ts';

export type { Expansion, Use, Value } from './expand.ts';
export type * from './model.ts';

/**
 * What a file means, given how it is built: without options, a plain `docker build` of its last stage.
 * Nothing is computed before it is asked for, except which instruction belongs to which stage. Never throws.
 */
export function analyze(file: File, given: Partial<BuildOptions> = {}): Model {
  const options: BuildOptions = {
    buildArgs: given.buildArgs ?? new Map(),
    target: given.target,
    context: given.context,
  };
  const steps = new Map<Instruction, Step>();
  const { head, bodies } = divide(file);
  const args = head.filter((it): it is Arg => it.kind === 'Arg');
  const globals = globalScope(args, options);
  const stages: Stage[] = [];
  const model: Model = {
    file,
    options,
    globals: args.map((arg, index) => globalStep(arg, index, globals, steps)),
    stages,
    get target() {
      return target();
    },
    step: (instruction) => steps.get(instruction),
    stageNamed: (reference, stage) => stageNamed(stages, reference, stage.index),
  };
  for (const { from, body } of bodies)
    stages.push(
      makeStage(
        from,
        body,
        stages,
        globals,
        options,
        steps,
        () => reached(),
        () => shipped(),
      ),
    );
  const target = lazy(() =>
    options.target === undefined ? stages.at(-1) : stageNamed(stages, options.target, stages.length),
  );
  const shipped = lazy(() => new Set(target()?.lineage ?? []));
  const reached = lazy(() => reachable(target()));
  return model;
}

interface Body {
  readonly from: From;
  readonly body: Instruction[];
}

/** What stands before the first FROM, and the instructions under each. */
function divide(file: File): { head: Instruction[]; bodies: Body[] } {
  const head: Instruction[] = [];
  const bodies: Body[] = [];
  for (const instruction of file.instructions) {
    if (instruction.kind === 'From') bodies.push({ from: instruction, body: [] });
    else (bodies.at(-1)?.body ?? head).push(instruction);
  }
  return { head, bodies };
}

/** An earlier stage by name, in any letter case, or by index; the last of several of one name. */
function stageNamed(stages: readonly Stage[], reference: string, before: number): Stage | undefined {
  const wanted = reference.toLowerCase();
  const named = stages.findLast(({ index, name }) => index < before && name?.toLowerCase() === wanted);
  if (named || !/^\d+$/.test(reference)) return named;
  return Number(reference) < before ? stages[Number(reference)] : undefined;
}

function reachable(target: Stage | undefined): Set<Stage> {
  const found = new Set<Stage>();
  const open = target ? [target] : [];
  for (let stage = open.pop(); stage; stage = open.pop()) {
    if (found.has(stage)) continue;
    found.add(stage);
    for (const edge of stage.needs) open.push(edge.stage);
  }
  return found;
}

function makeStage(
  from: From,
  body: readonly Instruction[],
  before: readonly Stage[],
  globals: Scope,
  options: BuildOptions,
  known: Map<Instruction, Step>,
  reached: () => ReadonlySet<Stage>,
  shipped: () => ReadonlySet<Stage>,
): Stage {
  const index = before.length;
  const image = lazy(() => (from.image ? expandGlobal(from.image, globals) : noExpansion));
  const flag = from.flags.find(({ name }) => name.text === 'platform')?.value;
  const platform = lazy(() => flag && expandGlobal(flag, globals));
  const base = lazy(() => baseOf(image(), before, index));
  const parent = (): Stage | undefined => ((it) => (it.kind === 'stage' ? it.stage : undefined))(base());
  const os = lazy(() => parent()?.os ?? osOf(base(), platform()));
  const states = lazy(() => statesOf(body, parent()?.end, base(), os(), globals, options));
  const end = lazy(() => withoutInheritedCommand(states().at(-1)!, parent()?.end, body));
  const needs = lazy(() => edgesOf(stage, from, before));
  const lineage = lazy((): readonly Stage[] => {
    const chain = [stage];
    for (let below = parent(); below; below = below.base.kind === 'stage' ? below.base.stage : undefined)
      chain.push(below);
    return chain.reverse();
  });
  const stage: Stage = {
    index,
    from,
    name: from.name?.text,
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
    steps: body.map((instruction, place) => makeStep(instruction, () => stage, place, states, known)),
    get lineage() {
      return lineage();
    },
    get reachable() {
      return reached().has(stage);
    },
    get shipped() {
      return shipped().has(stage);
    },
    get needs() {
      return needs();
    },
    get end() {
      return end();
    },
  };
  known.set(from, fromStep(from, stage, globals, states));
  return stage;
}

/** Stages on stages; more than any person writes. */
const LONGEST_CHAIN = 200;

const noExpansion: Expansion = { value: { state: 'unknown', text: '' }, uses: [], error: undefined };

const expandGlobal = (word: Word, globals: Scope): Expansion =>
  expandWord(
    word,
    (name) => globals.lookup(name, Number.POSITIVE_INFINITY)?.value ?? unset,
    (name) => globals.lookup(name, Number.POSITIVE_INFINITY)?.value.state === 'unset',
  );

/** FROM compares the expanded name with the lower-cased names of earlier stages, letter by letter; an index is an image. */
function baseOf(image: Expansion, before: readonly Stage[], index: number): Base {
  const text = textOf(image.value);
  if (text === undefined || text === '')
    return { kind: 'unknown', text: image.value.state === 'unset' ? '' : image.value.text };
  if (text === 'scratch') return { kind: 'scratch' };
  const stage = before.findLast((it) => it.index < index && it.name?.toLowerCase() === text);
  // lookups go down the chain by recursion
  if (stage) return stage.lineage.length < LONGEST_CHAIN ? { kind: 'stage', stage } : { kind: 'unknown', text };
  const reference = parseReference(text);
  return reference ? { kind: 'image', reference } : { kind: 'unknown', text };
}

function osOf(base: Base, platform: Expansion | undefined): 'linux' | 'windows' {
  const asked = platform && textOf(platform.value);
  if (asked) return asked.startsWith('windows') ? 'windows' : 'linux';
  if (base.kind !== 'image') return 'linux';
  const { registry, repository } = base.reference;
  return windowsImages.some((start) => `${registry}/${repository}`.startsWith(start)) ? 'windows' : 'linux';
}

/** An ENTRYPOINT of this stage takes away a CMD that the stage inherits, wherever in the stage it stands. */
function withoutInheritedCommand(end: State, parent: State | undefined, body: readonly Instruction[]): State {
  const reset = end.cmd !== undefined && end.cmd === parent?.cmd && body.some(({ kind }) => kind === 'Entrypoint');
  if (!reset) return end;
  const own = { ...Object.getOwnPropertyDescriptors(end), cmd: { value: undefined, enumerable: true } };
  return Object.defineProperties({}, own) as State;
}

function edgesOf(stage: Stage, from: From, before: readonly Stage[]): StageEdge[] {
  const edges: StageEdge[] = [];
  if (stage.base.kind === 'stage' && from.image)
    edges.push({ via: 'from', stage: stage.base.stage, step: undefined, at: from.image });
  for (const step of stage.steps) {
    for (const flag of step.instruction.flags) {
      const edge = edgeOf(flag, stage, before, step);
      if (edge) edges.push(edge);
    }
  }
  return edges;
}

/** COPY --from takes names and indexes, a mount names only. */
function edgeOf(
  { name, value, mount }: Flag,
  stage: Stage,
  before: readonly Stage[],
  step: Step,
): StageEdge | undefined {
  if (!value) return undefined;
  if (name.text === 'from' && step.instruction.kind === 'Copy') {
    const found = stageNamed(before, value.text, stage.index);
    return found && { via: 'copy', stage: found, step, at: value };
  }
  if (mount?.from === undefined || /^\d+$/.test(mount.from)) return undefined;
  const found = stageNamed(before, mount.from, stage.index);
  return found && { via: 'mount', stage: found, step, at: value };
}

function makeStep(
  instruction: Instruction,
  stage: () => Stage,
  index: number,
  states: () => readonly State[],
  known: Map<Instruction, Step>,
): Step {
  const before = (): State => states()[index]!;
  const script = lazy(() => scriptOf(instruction, before()));
  const operations = lazy(() => {
    const environment = (name: string): string | undefined => {
      const value = before().variable(name)?.value;
      return value && textOf(value);
    };
    return script()?.commands.flatMap((command) => packageOperation(command, environment) ?? []) ?? [];
  });
  const step: Step = {
    instruction,
    get stage() {
      return stage();
    },
    index,
    get before() {
      return before();
    },
    get after() {
      return states()[index + 1]!;
    },
    expand: (word) => {
      const state = instruction.kind === 'Arg' ? states()[index + 1]! : before();
      return expandIn(state, word, (name) => valueIn(state, name));
    },
    get script() {
      return script();
    },
    get operations() {
      return operations();
    },
  };
  known.set(instruction, step);
  return step;
}

const plainStep = (
  instruction: Instruction,
  stage: Stage | undefined,
  index: number,
  globals: Scope,
  state: () => State,
): Step => ({
  instruction,
  stage,
  index,
  get before() {
    return state();
  },
  get after() {
    return state();
  },
  expand: (word) => expandGlobal(word, globals),
  script: undefined,
  operations: [],
});

const fromStep = (from: From, stage: Stage, globals: Scope, states: () => readonly State[]): Step =>
  plainStep(from, stage, -1, globals, () => states()[0]!);

function globalStep(arg: Arg, index: number, globals: Scope, known: Map<Instruction, Step>): Step {
  const state = lazy(() => statesOf([], undefined, { kind: 'scratch' }, 'linux', globals, noOptions)[0]!);
  const step = plainStep(arg, undefined, index, globals, state);
  known.set(arg, step);
  return step;
}

const noOptions: BuildOptions = { buildArgs: new Map(), target: undefined, context: undefined };
