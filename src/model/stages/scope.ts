import type { Arg, Env, HeredocBody, Instruction, Word } from '../../../grammar/index.ts';
import { platformArguments } from '../../knowledge/builder/platforms.ts';
import { contains } from '../../text/span.ts';
import { lazy } from '../lazy.ts';
import type { Base, Binding, BuildOptions } from '../model.ts';
import { type Expansion, expandWord, known, textOf, unknown, unset, type Value } from './expand.ts';
import { type Entry, latest } from './timeline.ts';

/**
 * The variables of a stage, or those before the first FROM, over time. Instructions are counted from 0; what is asked for
 * `before` an instruction is what its own words see.
 */
export interface Scope {
  readonly binding: (name: string, before: number) => Binding | undefined;
  readonly value: (name: string, before: number) => Value;
  /** All that the file binds, what is inherited included. */
  readonly bindings: (before: number) => ReadonlyMap<string, Binding>;
  /** The builder's expansion of a word of an instruction. Words of an ARG see the names before them in the same ARG. */
  readonly expand: (word: Word | HeredocBody, before: number) => Expansion;
}

/** What BuildKit sets where the base image has no PATH, on all but Windows. */
const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** What FROM sees: the ARGs before the first FROM, and the platform. A build argument wins over a default. */
export function globalScope(args: readonly Arg[], { buildArgs, target }: BuildOptions): Scope {
  return scopeOf(args, buildArgs, {
    inherited: () => new Map(),
    outside: (name) => {
      if (!platformArguments.has(name)) return undefined;
      const given = buildArgs.get(name) ?? (name === 'TARGETSTAGE' ? target : undefined);
      const value = given === undefined ? unknown(`$${name}`) : known(given);
      return { name, value, kind: 'predefined', definition: undefined };
    },
    unbound: () => unset,
    byDefault: () => undefined,
  });
}

/**
 * The variables of a stage: ENV and ARG in the order of the file, on top of those of the stage that it stands on. Of an
 * image any variable may be set. `ARG name` takes the build argument, else the global value, else keeps what was there.
 */
export function stageScope(
  instructions: readonly Instruction[],
  base: Base,
  os: 'linux' | 'windows',
  parent: Scope | undefined,
  globals: Scope,
  { buildArgs, given }: BuildOptions,
): Scope {
  const scratch = base.kind === 'scratch';
  const path = scratch ? (os === 'windows' ? undefined : known(defaultPath)) : unknown('$PATH');
  return scopeOf(instructions, buildArgs, {
    inherited: () => parent?.bindings(Number.POSITIVE_INFINITY) ?? new Map(),
    outside: (name) => {
      if (parent) return parent.binding(name, Number.POSITIVE_INFINITY);
      return name === 'PATH' && path ? { name, value: path, kind: 'base', definition: undefined } : undefined;
    },
    unbound: (name) => {
      if (parent) return parent.value(name, Number.POSITIVE_INFINITY);
      const value = base.kind === 'image' ? given?.(base.reference, name) : undefined;
      return scratch ? unset : value === undefined ? unknown(`$${name}`) : known(value);
    },
    byDefault: (name) => globals.binding(name, Number.POSITIVE_INFINITY)?.value,
  });
}

interface Surroundings {
  /** What the stage below leaves. */
  readonly inherited: () => ReadonlyMap<string, Binding>;
  /** What holds of names that the instructions do not bind. */
  readonly outside: (name: string) => Binding | undefined;
  readonly unbound: (name: string) => Value;
  /** What an ARG without a value and without a build argument takes. */
  readonly byDefault: (name: string) => Value | undefined;
}

function scopeOf(
  instructions: readonly Instruction[],
  buildArgs: ReadonlyMap<string, string>,
  surroundings: Surroundings,
): Scope {
  const filled = lazy(() => new Bindings(instructions, buildArgs, surroundings));
  return {
    binding: (name, before) => filled().find(name, filled().placeAt(before)),
    value: (name, before) => filled().value(name, filled().placeAt(before)),
    bindings: (before) => filled().all(filled().placeAt(before)),
    expand: (word, before) => filled().expand(word, filled().placeOf(word, before)),
  };
}

/** What ENV and ARG bind over a stage. A place is how many names were bound before it: an ARG may use its own earlier names. */
class Bindings {
  private readonly instructions: readonly Instruction[];
  private readonly buildArgs: ReadonlyMap<string, string>;
  private readonly surroundings: Surroundings;
  private readonly histories = new Map<string, Entry<Binding>[]>();
  /** The place of each instruction. */
  private readonly places = [0];
  private place = 0;

  constructor(
    instructions: readonly Instruction[],
    buildArgs: ReadonlyMap<string, string>,
    surroundings: Surroundings,
  ) {
    this.instructions = instructions;
    this.buildArgs = buildArgs;
    this.surroundings = surroundings;
    for (const instruction of instructions) {
      if (instruction.kind === 'Arg') this.arg(instruction);
      else if (instruction.kind === 'Env') this.env(instruction);
      this.places.push(this.place);
    }
  }

  placeAt(before: number): number {
    return this.places[Math.min(before, this.instructions.length)]!;
  }

  /** The place of a word of the instruction `before`. */
  placeOf({ span }: Word | HeredocBody, before: number): number {
    const instruction = this.instructions[before];
    if (instruction?.kind !== 'Arg') return this.placeAt(before);
    const pair = instruction.pairs.findIndex((it) => contains(it.span, span));
    return this.placeAt(before) + Math.max(pair, 0);
  }

  find(name: string, place: number): Binding | undefined {
    return latest(this.histories.get(name) ?? [], place) ?? this.surroundings.outside(name);
  }

  value(name: string, place: number): Value {
    return this.find(name, place)?.value ?? this.surroundings.unbound(name);
  }

  all(place: number): Map<string, Binding> {
    const all = new Map(this.surroundings.inherited());
    for (const [name, entries] of this.histories) {
      const binding = latest(entries, place);
      if (binding) all.set(name, binding);
    }
    return all;
  }

  expand(word: Word | HeredocBody, place: number): Expansion {
    return expandWord(word, (name) => this.value(name, place), {
      // an ARG without a value is there to be given one
      mayBeGiven: (name) => {
        const binding = this.find(name, place);
        return binding?.kind === 'arg' && binding.value.state === 'unset';
      },
    });
  }

  private arg(instruction: Arg): void {
    for (const { name, value } of instruction.pairs) {
      const result = this.argValue(name.text, value);
      this.place++;
      // without any value an ARG changes nothing but that the name is declared
      const before = this.find(name.text, this.place);
      if (result.state !== 'unset' || !before || before.value.state === 'unset')
        this.bind(name.text, result, 'arg', instruction);
    }
  }

  /** The build argument, else the default that is written, else what the name has outside. */
  private argValue(name: string, value: Word | undefined): Value {
    const given = this.buildArgs.get(name);
    if (given !== undefined) return known(given);
    if (value) return this.expand(value, this.place).value;
    return this.surroundings.byDefault(name) ?? unset;
  }

  private env(instruction: Env): void {
    const start = this.place;
    for (const { name, value } of instruction.pairs) {
      const key = textOf(this.expand(name, start).value);
      const result = value ? this.expand(value, start).value : known('');
      this.place++;
      if (key !== undefined) this.bind(key, result, 'env', instruction);
    }
  }

  private bind(name: string, value: Value, kind: 'arg' | 'env', definition: Instruction): void {
    const entry = { from: this.place, value: { name, value, kind, definition } };
    const list = this.histories.get(name);
    if (list) list.push(entry);
    else this.histories.set(name, [entry]);
  }
}
