import type { Arg, Env, HeredocBody, Instruction, Word } from '../../../grammar/index.ts';
import { platformArguments } from '../../knowledge/builder/platforms.ts';
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
  { buildArgs }: BuildOptions,
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
      return scratch ? unset : unknown(`$${name}`);
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

interface Filled {
  readonly histories: ReadonlyMap<string, readonly Entry<Binding>[]>;
  /** The place of each instruction: how many names were bound before it. */
  readonly places: readonly number[];
}

function scopeOf(
  instructions: readonly Instruction[],
  buildArgs: ReadonlyMap<string, string>,
  { inherited, outside, unbound, byDefault }: Surroundings,
): Scope {
  const find = (histories: Filled['histories'], name: string, place: number): Binding | undefined =>
    latest(histories.get(name) ?? [], place) ?? outside(name);
  const expandAt = (histories: Filled['histories'], word: Word | HeredocBody, place: number): Expansion =>
    expandWord(word, (name) => find(histories, name, place)?.value ?? unbound(name), {
      // an ARG without a value is there to be given one
      mayBeGiven: (name) => {
        const binding = find(histories, name, place);
        return binding?.kind === 'arg' && binding.value.state === 'unset';
      },
    });

  const filled = lazy((): Filled => {
    const histories = new Map<string, Entry<Binding>[]>();
    const places = [0];
    let place = 0;
    const bind = (name: string, value: Value, kind: 'arg' | 'env', definition: Instruction): void => {
      const entry = { from: place, value: { name, value, kind, definition } };
      const list = histories.get(name);
      if (list) list.push(entry);
      else histories.set(name, [entry]);
    };
    const arg = (instruction: Arg): void => {
      for (const { name, value } of instruction.pairs) {
        const given = buildArgs.get(name.text);
        const own = value && given === undefined ? expandAt(histories, value, place).value : undefined;
        const result = given === undefined ? (own ?? byDefault(name.text) ?? unset) : known(given);
        place++;
        // without any value an ARG changes nothing but that the name is declared
        const before = find(histories, name.text, place);
        if (result.state !== 'unset' || !before || before.value.state === 'unset')
          bind(name.text, result, 'arg', instruction);
      }
    };
    const env = (instruction: Env): void => {
      const start = place;
      for (const { name, value } of instruction.pairs) {
        const key = textOf(expandAt(histories, name, start).value);
        const result = value ? expandAt(histories, value, start).value : known('');
        place++;
        if (key !== undefined) bind(key, result, 'env', instruction);
      }
    };
    for (const instruction of instructions) {
      if (instruction.kind === 'Arg') arg(instruction);
      else if (instruction.kind === 'Env') env(instruction);
      places.push(place);
    }
    return { histories, places };
  });

  const placeAt = (before: number): number => filled().places[Math.min(before, instructions.length)]!;
  const placeOf = ({ span }: Word | HeredocBody, before: number): number => {
    const instruction = instructions[before];
    if (instruction?.kind !== 'Arg') return placeAt(before);
    const pair = instruction.pairs.findIndex((it) => it.span.start <= span.start && span.end <= it.span.end);
    return placeAt(before) + Math.max(pair, 0);
  };
  return {
    binding: (name, before) => find(filled().histories, name, placeAt(before)),
    value: (name, before) => find(filled().histories, name, placeAt(before))?.value ?? unbound(name),
    bindings: (before) => {
      const all = new Map(inherited());
      for (const [name, entries] of filled().histories) {
        const binding = latest(entries, placeAt(before));
        if (binding) all.set(name, binding);
      }
      return all;
    },
    expand: (word, before) => expandAt(filled().histories, word, placeOf(word, before)),
  };
}
