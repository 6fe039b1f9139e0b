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
export function statesOf({ instructions, scope, base, os, parent, shellComments }: Ground): (index: number) => State {
  const scratch = base.kind === 'scratch';
  const windows = os === 'windows';
  const fold = <T>(first: () => T, next: Next<T>): ((index: number) => T) => {
    const entries = lazy(() => folded(instructions, first(), next));
    return (index) => latest(entries(), index) as T;
  };
  const expand = (word: Word, index: number): Value => scope.expand(word, index).value;

  const user = fold<Value>(
    () => parent?.user ?? (scratch ? known('0') : unknown('')),
    (_, it, index) => (it.kind === 'User' && it.user ? [expand(it.user, index)] : undefined),
  );
  const workdir = fold<Value>(
    () => parent?.workdir ?? (scratch ? known('/') : unknown('')),
    (before, it, index) =>
      it.kind === 'Workdir' && it.path ? [joinFolder(before, expand(it.path, index), windows)] : undefined,
  );
  const named = (from: number, next: Instruction | undefined): ShellState | undefined =>
    shellComments.findLast(({ at }) => at >= from && (!next || at < next.span.start))?.shell;
  const shell = fold<ShellState>(
    () => named(0, instructions[0]) ?? parent?.shell ?? (windows ? windowsShell : linuxShell),
    (_, it, index) => {
      const shell = named(it.span.end, instructions[index + 1]);
      if (shell) return [shell];
      return it.kind === 'Shell' && it.command?.kind === 'ExecForm' ? [shellSet(it.command.items)] : undefined;
    },
  );
  const cmd = fold<Instruction | undefined>(
    () => parent?.cmd,
    (before, it) => {
      if (it.kind === 'Cmd') return [it];
      // ENTRYPOINT takes away the CMD of the base, not one of its own stage
      return it.kind === 'Entrypoint' && before === parent?.cmd ? [undefined] : undefined;
    },
  );
  const last = (kind: 'Entrypoint' | 'Healthcheck' | 'Stopsignal', inherited: () => Instruction | undefined) =>
    fold(inherited, (_, it) => (it.kind === kind ? [it] : undefined));
  const entrypoint = last('Entrypoint', () => parent?.entrypoint);
  const healthcheck = last('Healthcheck', () => parent?.healthcheck);
  const stopsignal = last('Stopsignal', () => parent?.stopsignal);

  const gather = <T>(read: (it: Instruction, index: number) => readonly T[]) => {
    const all = lazy(() =>
      instructions.flatMap((it, index) => read(it, index).map((value) => ({ from: index + 1, value }))),
    );
    return (index: number): T[] => all().flatMap(({ from, value }) => (from <= index ? [value] : []));
  };
  const labels = gather((it, index) =>
    it.kind !== 'Label'
      ? []
      : it.pairs.flatMap(({ name, value }) => {
          const key = textOf(expand(name, index));
          return key === undefined ? [] : [[key, value ? expand(value, index) : known('')] as const];
        }),
  );
  const exposed = gather((it, index) =>
    it.kind === 'Expose' ? it.ports.flatMap((port) => ports(expand(port, index))) : [],
  );
  const volumes = gather((it, index) => (it.kind === 'Volume' ? it.paths.map((path) => expand(path, index)) : []));

  const made: State[] = [];
  return (index) => {
    made[index] ??= makeState(index);
    return made[index]!;
  };

  function makeState(index: number): State {
    const variables = lazy(() => scope.bindings(index));
    const allLabels = lazy(() => new Map([...(parent?.labels ?? []), ...labels(index)]));
    const allExposed = lazy(() => [...(parent?.exposed ?? []), ...exposed(index)]);
    const allVolumes = lazy(() => [...(parent?.volumes ?? []), ...volumes(index)]);
    return {
      variable: (name) => scope.binding(name, index),
      get variables() {
        return variables();
      },
      get user() {
        return user(index);
      },
      get workdir() {
        return workdir(index);
      },
      get shell() {
        return shell(index);
      },
      get labels() {
        return allLabels();
      },
      get exposed() {
        return allExposed();
      },
      get volumes() {
        return allVolumes();
      },
      get cmd() {
        return cmd(index);
      },
      get entrypoint() {
        return entrypoint(index);
      },
      get healthcheck() {
        return healthcheck(index);
      },
      get stopsignal() {
        return stopsignal(index);
      },
    };
  }
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
