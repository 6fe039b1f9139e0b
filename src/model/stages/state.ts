import type { Instruction, Word } from '../../../grammar/index.ts';
import { lazy } from '../lazy.ts';
import type { Base, ShellState, State } from '../model.ts';
import { known, textOf, unknown, type Value } from './expand.ts';
import { joinFolder } from './paths.ts';
import type { Scope } from './scope.ts';
import { linuxShell, type ShellComment, shellOf, windowsShell } from './shells.ts';
import { type Entry, latest } from './timeline.ts';

/** What the states of a stage follow from. */
export interface Ground {
  readonly instructions: readonly Instruction[];
  readonly scope: Scope;
  readonly base: Base;
  readonly os: 'linux' | 'windows';
  /** The end of the stage that it stands on. */
  readonly parent: State | undefined;
  /** Comments in it or above all stages that name a shell. */
  readonly shellComments: readonly ShellComment[];
}

/**
 * The state before an instruction of a stage, or after the last: by index. Each fact is folded over the stage when it is
 * first asked for. Of an image, user and folder are unknown, with no text; of scratch they are `0` and `/`.
 */
export function statesOf(ground: Ground): (index: number) => State {
  const facts = factsOf(ground);
  const made: State[] = [];
  return (index) => {
    made[index] ??= stateAt(index, facts, ground);
    return made[index]!;
  };
}

/** What holds before an instruction, by index. */
type Fact<T> = (index: number) => T;
/** All but the variables, which the scope knows. */
type Facts = { readonly [K in Exclude<keyof State, 'variable' | 'variables'>]: Fact<State[K]> };

function factsOf(ground: Ground): Facts {
  const { parent } = ground;
  return {
    user: userOf(ground),
    workdir: workdirOf(ground),
    shell: shellOfStage(ground),
    labels: labelsOf(ground),
    exposed: exposedOf(ground),
    volumes: volumesOf(ground),
    cmd: cmdOf(ground),
    entrypoint: lastOf(ground, 'Entrypoint', () => parent?.entrypoint),
    healthcheck: lastOf(ground, 'Healthcheck', () => parent?.healthcheck),
    stopsignal: lastOf(ground, 'Stopsignal', () => parent?.stopsignal),
  };
}

function stateAt(index: number, facts: Facts, { scope }: Ground): State {
  const variables = lazy(() => scope.bindings(index));
  const labels = lazy(() => facts.labels(index));
  const exposed = lazy(() => facts.exposed(index));
  const volumes = lazy(() => facts.volumes(index));
  return {
    variable: (name) => scope.binding(name, index),
    get variables() {
      return variables();
    },
    get user() {
      return facts.user(index);
    },
    get workdir() {
      return facts.workdir(index);
    },
    get shell() {
      return facts.shell(index);
    },
    get labels() {
      return labels();
    },
    get exposed() {
      return exposed();
    },
    get volumes() {
      return volumes();
    },
    get cmd() {
      return facts.cmd(index);
    },
    get entrypoint() {
      return facts.entrypoint(index);
    },
    get healthcheck() {
      return facts.healthcheck(index);
    },
    get stopsignal() {
      return facts.stopsignal(index);
    },
  };
}

const valueOf = ({ scope }: Ground, word: Word, index: number): Value => scope.expand(word, index).value;

const userOf = (ground: Ground): Fact<Value> =>
  fold<Value>(
    ground,
    () => ground.parent?.user ?? (ground.base.kind === 'scratch' ? known('0') : unknown('')),
    (_, it, index) => (it.kind === 'User' && it.user ? [valueOf(ground, it.user, index)] : undefined),
  );

const workdirOf = (ground: Ground): Fact<Value> =>
  fold<Value>(
    ground,
    () => ground.parent?.workdir ?? (ground.base.kind === 'scratch' ? known('/') : unknown('')),
    (before, it, index) => {
      if (it.kind !== 'Workdir' || !it.path) return undefined;
      return [joinFolder(before, valueOf(ground, it.path, index), ground.os === 'windows')];
    },
  );

function shellOfStage(ground: Ground): Fact<ShellState> {
  const { instructions, os, parent, shellComments } = ground;
  let read = 0;
  // asked for in the order of the file
  const named = (from: number, next: Instruction | undefined): ShellState | undefined => {
    const first = read;
    while (read < shellComments.length && (!next || shellComments[read]!.at < next.span.start)) read++;
    return shellComments.slice(first, read).findLast(({ at }) => at >= from)?.shell;
  };
  return fold<ShellState>(
    ground,
    () => named(0, instructions[0]) ?? parent?.shell ?? (os === 'windows' ? windowsShell : linuxShell),
    (_, it, index) => {
      const shell = named(it.span.end, instructions[index + 1]);
      if (shell) return [shell];
      return it.kind === 'Shell' && it.command?.kind === 'ExecForm' ? [shellSet(it.command.items)] : undefined;
    },
  );
}

const cmdOf = (ground: Ground): Fact<Instruction | undefined> =>
  fold<Instruction | undefined>(
    ground,
    () => ground.parent?.cmd,
    (before, it) => {
      if (it.kind === 'Cmd') return [it];
      // ENTRYPOINT takes away the CMD of the base, not one of its own stage
      return it.kind === 'Entrypoint' && before === ground.parent?.cmd ? [undefined] : undefined;
    },
  );

/** The last instruction of a kind. */
const lastOf = (
  ground: Ground,
  kind: 'Entrypoint' | 'Healthcheck' | 'Stopsignal',
  inherited: () => Instruction | undefined,
): Fact<Instruction | undefined> => fold(ground, inherited, (_, it) => (it.kind === kind ? [it] : undefined));

function labelsOf(ground: Ground): Fact<ReadonlyMap<string, Value>> {
  const own = gather(ground, (it, index) => {
    if (it.kind !== 'Label') return [];
    return it.pairs.flatMap(({ name, value }) => {
      const key = textOf(valueOf(ground, name, index));
      return key === undefined ? [] : [[key, value ? valueOf(ground, value, index) : known('')] as const];
    });
  });
  return (index) => new Map([...(ground.parent?.labels ?? []), ...own(index)]);
}

function exposedOf(ground: Ground): Fact<readonly Value[]> {
  const own = gather(ground, (it, index) =>
    it.kind === 'Expose' ? it.ports.flatMap((port) => ports(valueOf(ground, port, index))) : [],
  );
  return (index) => [...(ground.parent?.exposed ?? []), ...own(index)];
}

function volumesOf(ground: Ground): Fact<readonly Value[]> {
  const own = gather(ground, (it, index) =>
    it.kind === 'Volume' ? it.paths.map((path) => valueOf(ground, path, index)) : [],
  );
  return (index) => [...(ground.parent?.volumes ?? []), ...own(index)];
}

/** Before the first FROM there are variables and nothing else: by how many ARGs came before. */
export const globalStates = (instructions: readonly Instruction[], scope: Scope): ((index: number) => State) =>
  statesOf({
    instructions,
    scope,
    base: { kind: 'unknown', text: '' },
    os: 'linux',
    parent: undefined,
    shellComments: [],
  });

/** The new value in an array, as it may be undefined; nothing where the fact stays. */
type Next<T> = (before: T, instruction: Instruction, index: number) => readonly [T] | undefined;

/** A fact that instructions replace; computed for the whole stage when first asked for. */
function fold<T>({ instructions }: Ground, first: () => T, next: Next<T>): Fact<T> {
  const entries = lazy(() => folded(instructions, first(), next));
  return (index) => latest(entries(), index) as T;
}

/** A fact that instructions add to, without what is inherited. */
function gather<T>({ instructions }: Ground, read: (it: Instruction, index: number) => readonly T[]): Fact<T[]> {
  const all = lazy(() =>
    instructions.flatMap((it, index) => read(it, index).map((value) => ({ from: index + 1, value }))),
  );
  return (index) => all().flatMap(({ from, value }) => (from <= index ? [value] : []));
}

function folded<T>(instructions: readonly Instruction[], first: T, next: Next<T>): Entry<T>[] {
  let value = first;
  const entries: Entry<T>[] = [{ from: 0, value }];
  for (const [index, instruction] of instructions.entries()) {
    const changed = next(value, instruction, index);
    if (!changed) continue;
    value = changed[0];
    entries.push({ from: index + 1, value });
  }
  return entries;
}

const shellSet = (items: readonly Word[]): ShellState =>
  shellOf(
    items.map(({ text }) => text),
    true,
  );

/** EXPOSE divides what a variable stands for into words. */
function ports(value: Value): Value[] {
  if (value.state !== 'known') return [value];
  return value.text.split(/\s+/).flatMap((text) => (text === '' ? [] : [known(text)]));
}
