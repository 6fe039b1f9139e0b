import type { From, Instruction } from '../../../grammar/index.ts';
import { lazy } from '../lazy.ts';
import type { Base, BuildOptions, Stage, StageEdge, State, Step, Waste } from '../model.ts';
import { type Expansion, unknown } from './expand.ts';
import { flagOf } from './flags.ts';
import { basesOf, edgesOf, namesOf, osOf, reachableFrom } from './graph.ts';
import type { ImageReference } from './reference.ts';
import { shMadeBy } from './replaced-sh.ts';
import { type Scope, stageScope } from './scope.ts';
import { shIn } from './sh.ts';
import type { ShellComment } from './shells.ts';
import { statesOf } from './state.ts';

/** A FROM and the instructions under it. */
export interface Body {
  readonly from: From;
  readonly instructions: readonly Instruction[];
  /** Those above all stages, then those of its own. */
  readonly shellComments: readonly ShellComment[];
}

/** Where a step stands; all of it is asked for late. */
export interface Surroundings {
  readonly stage: () => Stage | undefined;
  readonly before: () => State;
  readonly after: () => State;
  readonly expand: Step['expand'];
  /** The steps before it in its stage and those below. */
  readonly earlier: () => readonly Step[];
  /** The stage that a name of `--from` means here. */
  readonly named: (reference: string) => Stage | undefined;
  /** Where a trigger of this step would stand. */
  readonly later?: () => Surroundings;
}

/** What stages have in common. */
export interface Build {
  /** Makes a step, and what it means; handed in, as its facts stand on stages. */
  readonly step: (instruction: Instruction, index: number, surroundings: Surroundings) => Step;
  readonly waste: (stage: Stage) => readonly Waste[];
  readonly takesCode: (stage: Stage) => boolean;
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
    takesCode: inOrder((index) => build.takesCode(stages[index]!)),
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
  readonly takesCode: (index: number) => boolean;
}

/** A fact of stages that may ask for those of earlier ones: computed in order, so that long chains cost no call stack. */
function inOrder<T>(compute: (index: number) => T): (index: number) => T {
  const found: T[] = [];
  return (index) => {
    for (let next = found.length; next <= index; next++) found[next] = compute(next);
    return found[index]!;
  };
}

const LAST = Number.POSITIVE_INFINITY;
const nothing: Expansion = { value: unknown(''), uses: [], error: undefined };

function makeStage(index: number, body: Body, build: Build, group: Group): Stage {
  const stage = new FileStage(index, body, build, group);
  group.scopes.push(() => stage.scope);
  return stage;
}

/** A stage whose facts are computed when they are asked for. */
class FileStage implements Stage {
  readonly index: number;
  readonly from: From;
  readonly name: string | undefined;
  readonly context: Stage['context'];
  readonly steps: readonly Step[];
  readonly #body: Body;
  readonly #build: Build;
  readonly #group: Group;

  constructor(index: number, body: Body, build: Build, group: Group) {
    const { from, instructions } = body;
    this.index = index;
    this.from = from;
    this.name = from.name?.text;
    this.context = build.options.context;
    this.#body = body;
    this.#build = build;
    this.#group = group;
    const { globals } = build;
    const first = build.step(from, -1, {
      ...this.#around(),
      before: build.globalState,
      after: () => this.#stateAt(0),
      expand: (word) => globals.expand(word, LAST),
      earlier: () => this.parent?.allSteps ?? [],
    });
    this.steps = instructions.map((instruction, place) => this.#step(instruction, place));
    for (const step of this.steps) build.enter(step);
    build.enter(first);
  }

  /** What all its steps have in common. */
  #around() {
    return { stage: () => this, named: (reference: string) => this.#group.named(reference, this.index) };
  }

  #step(instruction: Instruction, place: number): Step {
    return this.#build.step(instruction, place, {
      ...this.#around(),
      before: () => this.#stateAt(place),
      after: () => this.#stateAt(place + 1),
      expand: (word) => this.scope.expand(word, this.#inherited().length + place),
      earlier: () => this.allSteps.slice(0, this.allSteps.length - this.steps.length + Math.max(place, 0)),
      later: () => this.#atEnd(),
    });
  }

  #atEnd(): Surroundings {
    return {
      ...this.#around(),
      before: () => this.end,
      after: () => this.end,
      expand: (word) => this.scope.expand(word, this.#all().length),
      earlier: () => this.allSteps,
    };
  }

  get base(): Base {
    return this.#group.bases()[this.index]!;
  }

  /** The stage that it stands on. */
  get parent(): Stage | undefined {
    const { base } = this;
    return base.kind === 'stage' ? base.stage : undefined;
  }

  readonly #image = lazy((): Expansion => {
    const { image } = this.from;
    return image ? this.#build.globals.expand(image, LAST) : nothing;
  });
  get image(): Expansion {
    return this.#image();
  }

  readonly #platform = lazy((): Expansion | undefined => {
    const flag = flagOf(this.from, 'platform')?.value;
    return flag && this.#build.globals.expand(flag, LAST);
  });
  get platform(): Expansion | undefined {
    return this.#platform();
  }

  readonly #lineage = lazy(() => {
    const chain: Stage[] = [];
    for (let at: Stage | undefined = this; at; at = at.base.kind === 'stage' ? at.base.stage : undefined)
      chain.push(at);
    return chain.reverse();
  });
  get lineage(): readonly Stage[] {
    return this.#lineage();
  }

  get rootImage(): ImageReference | undefined {
    const { base } = this.lineage[0]!;
    return base.kind === 'image' ? base.reference : undefined;
  }

  readonly #os = lazy(() => osOf(this.lineage[0]!));
  get os(): Stage['os'] {
    return this.#os();
  }

  // what the stage below has in ONBUILD comes first
  readonly #inherited = lazy(() => this.parent?.steps.flatMap(({ instruction }) => triggerOf(instruction)) ?? []);
  readonly #all = lazy(() => [...this.#inherited(), ...this.#body.instructions]);

  readonly #scope = lazy((): Scope => {
    const below = this.parent && this.#group.scopes[this.parent.index]!();
    const { globals, options } = this.#build;
    return stageScope(this.#all(), this.base, this.os, below, globals, options);
  });
  get scope(): Scope {
    return this.#scope();
  }

  readonly #states = lazy(() => {
    const { base, os, parent, scope, from } = this;
    const own = ({ at }: ShellComment): boolean => (parent ? at > from.span.start : true);
    const shellComments = this.#body.shellComments.filter(own);
    return statesOf({ instructions: this.#all(), scope, base, os, parent: parent?.end, shellComments });
  });

  /** By place among its own instructions. */
  #stateAt(place: number): State {
    return this.#states()(this.#inherited().length + place);
  }

  readonly #triggers = lazy(() => this.#inherited().map((it, index, { length }) => this.#step(it, index - length)));
  get triggers(): readonly Step[] {
    return this.#triggers();
  }

  readonly #allSteps = lazy(() => this.lineage.flatMap(({ steps }) => steps));
  get allSteps(): readonly Step[] {
    return this.#allSteps();
  }

  get reachable(): boolean {
    return this.#group.reached().has(this);
  }

  get shipped(): boolean {
    return this.#group.shipped().has(this);
  }

  readonly #needs = lazy(() => edgesOf(this, this.#inherited(), this.#group.named));
  get needs(): readonly StageEdge[] {
    return this.#needs();
  }

  get end(): State {
    return this.#states()(this.#all().length);
  }

  readonly #managers = lazy(
    () => new Set(this.allSteps.flatMap(({ operations }) => operations.map(({ manager }) => manager))),
  );
  get managers(): Stage['managers'] {
    return this.#managers();
  }

  readonly #sh = lazy(() => shIn(this));
  get sh(): Stage['sh'] {
    return this.#sh();
  }

  readonly #shMade = lazy(() =>
    this.steps.flatMap((step) => {
      const made = shMadeBy(step);
      return made === undefined ? [] : [{ index: step.index, made }];
    }),
  );
  get shMade(): Stage['shMade'] {
    return this.#shMade();
  }

  get takesCode(): boolean {
    return this.#group.takesCode(this.index);
  }

  readonly #waste = lazy(() => this.#build.waste(this));
  get waste(): readonly Waste[] {
    return this.#waste();
  }
}

const triggerOf = (instruction: Instruction): Instruction[] =>
  instruction.kind === 'Onbuild' && instruction.instruction ? [instruction.instruction] : [];
