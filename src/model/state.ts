import type { Instruction, Word } from '../../grammar/index.ts';
import { type Expansion, expandWord, known, textOf, unknown, unset, type Value } from './expand.ts';
import type { Base, Binding, BuildOptions, ShellState, State } from './model.ts';
import { linuxShell, shellOf, windowsShell } from './shells.ts';

/** What the builder knows without any declaration, in FROM lines and for `ARG name`; their values belong to the build. */
const platformArguments = new Set(
  ['BUILD', 'TARGET'].flatMap((side) => ['PLATFORM', 'OS', 'OSVERSION', 'ARCH', 'VARIANT'].map((part) => side + part)),
).add('TARGETSTAGE');

/** Bindings of one name, each with the place from which it holds. */
type History = Map<string, { readonly from: number; readonly binding: Binding }[]>;

export interface Scope {
  readonly lookup: (name: string, before: number) => Binding | undefined;
  readonly names: (before: number) => Iterable<string>;
}

/** What FROM sees: the ARGs before it and the platform. */
export function globalScope(args: readonly Instruction[], { buildArgs }: BuildOptions): Scope {
  const history: History = new Map();
  const lookup = (name: string, before: number): Binding | undefined => {
    const own = latest(history, name, before);
    if (own || !platformArguments.has(name)) return own;
    const given = buildArgs.get(name);
    return {
      name,
      value: given === undefined ? unknown(`$${name}`) : known(given),
      kind: 'predefined',
      definition: undefined,
    };
  };
  for (const [index, instruction] of args.entries()) {
    if (instruction.kind !== 'Arg') continue;
    for (const { name, value } of instruction.pairs) {
      const given = buildArgs.get(name.text);
      const expanded = value && expandWord(value, (it) => lookup(it, index)?.value ?? unset).value;
      const predefined = lookup(name.text, index);
      const result = given !== undefined ? known(given) : (expanded ?? predefined?.value ?? unset);
      record(history, index, { name: name.text, value: result, kind: 'arg', definition: instruction });
    }
  }
  return { lookup, names: () => history.keys() };
}

/** The states of a stage: before each of its instructions, and after the last. */
export function statesOf(
  instructions: readonly Instruction[],
  parent: State | undefined,
  base: Base,
  os: 'linux' | 'windows',
  globals: Scope,
  { buildArgs }: BuildOptions,
): State[] {
  const history: History = new Map();
  const outside: Value = base.kind === 'scratch' ? unset : unknown('');
  const lookup = (name: string, before: number): Binding | undefined =>
    latest(history, name, before) ?? parent?.variable(name);
  const valueOf = (name: string, before: number): Value => {
    const binding = lookup(name, before);
    if (binding) return binding.value;
    const root = parent ? parent.variable(BASE)?.value : outside;
    return root?.state === 'unset' ? unset : unknown(`$${name}`);
  };
  let state: State = first(parent, base, os);
  const at = (index: number): State => ({
    ...state,
    variable: (name) =>
      name === BASE && !parent ? { name, value: outside, kind: 'base', definition: undefined } : lookup(name, index),
    get variables() {
      const names = new Set([...(parent?.variables.keys() ?? []), ...history.keys()]);
      return new Map([...names].flatMap((name) => ((it) => (it ? [[name, it] as const] : []))(lookup(name, index))));
    },
  });
  const states: State[] = [];
  for (const [index, instruction] of instructions.entries()) {
    const before = at(index);
    states.push(before);
    const expand = (word: Word): Expansion => expandIn(before, word, (name) => valueOf(name, index));
    if (instruction.kind === 'Env') {
      for (const { name, value } of instruction.pairs) {
        const key = textOf(expand(name).value);
        if (key === undefined) continue;
        record(history, index + 1, {
          name: key,
          value: value ? expand(value).value : known(''),
          kind: 'env',
          definition: instruction,
        });
      }
    } else if (instruction.kind === 'Arg') {
      for (const { name, value } of instruction.pairs) {
        const given = buildArgs.get(name.text);
        const own = value && expandIn(before, value, (it) => valueOf(it, index + 1)).value;
        const outer = globals.lookup(name.text, Number.POSITIVE_INFINITY)?.value;
        const result = given !== undefined ? known(given) : (own ?? outer ?? unset);
        record(history, index + 1, { name: name.text, value: result, kind: 'arg', definition: instruction });
      }
    } else state = { ...state, ...change(state, instruction, expand) };
  }
  states.push(at(instructions.length));
  return states;
}

/** A name that no file can give, under which a stage asks whether its root may define variables. */
const BASE = '\0base';

/** Expands a word in a state; a declared ARG without a value may be given by the build. */
export function expandIn(state: State, word: Word, value: (name: string) => Value): Expansion {
  return expandWord(word, value, (name) => {
    const binding = state.variable(name);
    return binding?.kind === 'arg' && binding.value.state === 'unset';
  });
}

/** The value of a name in a state, as the builder's expansion sees it: what the base image may define is unknown. */
export function valueIn(state: State, name: string): Value {
  const binding = state.variable(name);
  if (binding) return binding.value;
  return state.variable(BASE)?.value.state === 'unset' ? unset : unknown(`$${name}`);
}

function latest(history: History, name: string, before: number): Binding | undefined {
  const list = history.get(name);
  if (!list) return undefined;
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]!.from <= before) low = middle + 1;
    else high = middle;
  }
  return list[low - 1]?.binding;
}

function record(history: History, from: number, binding: Binding): void {
  const list = history.get(binding.name);
  if (list) list.push({ from, binding });
  else history.set(binding.name, [{ from, binding }]);
}

function first(parent: State | undefined, base: Base, os: 'linux' | 'windows'): State {
  const none = () => undefined;
  if (parent) return parent;
  const scratch = base.kind === 'scratch';
  return {
    user: scratch ? known('0') : unknown(''),
    workdir: scratch ? known('/') : unknown(''),
    shell: os === 'windows' ? windowsShell : linuxShell,
    variable: none,
    variables: new Map(),
    labels: new Map(),
    exposed: [],
    volumes: [],
    cmd: undefined,
    entrypoint: undefined,
    healthcheck: undefined,
    stopsignal: undefined,
  };
}

type Change = { -readonly [K in keyof State]?: State[K] };

function change(state: State, instruction: Instruction, expand: (word: Word) => Expansion): Change {
  switch (instruction.kind) {
    case 'User':
      return instruction.user ? { user: expand(instruction.user).value } : {};
    case 'Workdir':
      return instruction.path ? { workdir: joined(state.workdir, expand(instruction.path).value) } : {};
    case 'Shell':
      return instruction.command?.kind === 'ExecForm' ? { shell: shellSet(instruction.command.items) } : {};
    case 'Label':
      return { labels: new Map([...state.labels, ...instruction.pairs.flatMap((pair) => labelled(pair, expand))]) };
    case 'Expose':
      return { exposed: [...state.exposed, ...instruction.ports.map((port) => expand(port).value)] };
    case 'Volume':
      return { volumes: [...state.volumes, ...instruction.paths.map((path) => expand(path).value)] };
    case 'Cmd':
      return { cmd: instruction };
    // an ENTRYPOINT takes away the CMD of the base, not one of its own stage; which is told apart by the caller's parent
    case 'Entrypoint':
      return { entrypoint: instruction };
    case 'Healthcheck':
      return { healthcheck: instruction };
    case 'Stopsignal':
      return { stopsignal: instruction };
    default:
      return {};
  }
}

const shellSet = (items: readonly Word[]): ShellState =>
  shellOf(
    items.map(({ text }) => text),
    true,
  );

function labelled(
  { name, value }: { name: Word; value: Word | undefined },
  expand: (word: Word) => Expansion,
): [string, Value][] {
  const key = textOf(expand(name).value);
  return key === undefined ? [] : [[key, value ? expand(value).value : known('')]];
}

/** A path set on top of another: absolute ones replace it, relative ones go below it. */
export function joined(folder: Value, path: Value): Value {
  if (path.state !== 'known') return unknown(path.state === 'unknown' ? path.text : '');
  if (/^(?:\/|[A-Za-z]:[\\/]|\\)/.test(path.text))
    return known(path.text.startsWith('/') ? clean(path.text) : path.text);
  return folder.state === 'known' ? known(clean(`${folder.text}/${path.text}`)) : unknown(path.text);
}

function clean(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
