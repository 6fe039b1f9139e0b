import type { Flag, Instruction, Word } from '../../grammar/index.ts';
import { textOf, type Value } from './expand.ts';
import { clean, glob, isWild } from './gopath.ts';
import { compileIgnore, isIgnored } from './ignore.ts';
import { analyze } from './index.ts';
import type { Builder } from './layers.ts';
import type { Model, Stage, Step } from './model.ts';

/** What is different in the next build. */
export interface Change {
  /** Paths of the build context, `/`-separated, from its root. */
  readonly paths: readonly string[];
  /** Build arguments that get another value. */
  readonly args: readonly string[];
}

/**
 * Whether a step runs again. `maybe`: what it copies from a stage that runs again may come out the same, and then it and
 * all that hangs on it are taken from the cache.
 */
export type Rerun = 'yes' | 'maybe' | 'no';

export interface StepRerun {
  readonly stage: Stage;
  readonly instruction: Instruction;
  readonly rerun: Rerun;
  readonly why: string;
}

/**
 * Which steps of the target run again after `change`, stage by stage in the order of the file; stages that the target does
 * not need are left out. A step's cache key is its own text and settings, the step before it, and the content that it takes
 * (BuildKit: solver/llbsolver; classic and buildah compare the whole history, so one miss is a miss for all below).
 */
export function reruns(model: Model, change: Change, builder: Builder = 'buildkit'): StepRerun[] {
  const buildArgs = new Map([...model.options.buildArgs, ...change.args.map((name) => [name, CHANGED] as const)]);
  const changed = analyze(model.file, { ...model.options, buildArgs });
  const ends = new Map<Stage, Rerun>();
  const found: StepRerun[] = [];
  for (const stage of model.stages) {
    if (!stage.reachable) continue;
    const other = changed.stages[stage.index]!;
    let [state, cause] = fromVerdict(stage, other, ends);
    found.push({ stage, instruction: stage.from, rerun: state, why: cause });
    for (const [index, step] of stage.steps.entries()) {
      const own = ownVerdict(step, other.steps[index]!, change, ends, model, builder);
      const link = builder === 'buildkit' && isLinked(step.instruction);
      const vertex = builder !== 'buildkit' || makesVertex(step.instruction);
      const rerun = !vertex ? 'no' : link ? own[0] : worse(own[0], state);
      const inherited = own[0] !== 'yes' && rerun !== own[0];
      const why = !vertex ? 'settings only: no step of its own' : inherited ? cause : own[1];
      found.push({ stage, instruction: step.instruction, rerun, why });
      // a linked copy is merged on top again, and what follows stands on the merge
      const passed = vertex ? worse(rerun, state) : state;
      if (passed !== state)
        cause = `a step above, ${step.instruction.keyword.text}, ${passed === 'yes' ? 'runs' : 'may run'} again`;
      state = passed;
    }
    ends.set(stage, state);
  }
  return found;
}

/** No file can hold this, so a value made of it is another value. */
const CHANGED = '\0changed';

const worse = (a: Rerun, b: Rerun): Rerun =>
  a === 'yes' || b === 'yes' ? 'yes' : a === 'maybe' || b === 'maybe' ? 'maybe' : 'no';

function fromVerdict(stage: Stage, other: Stage, ends: ReadonlyMap<Stage, Rerun>): [Rerun, string] {
  if (keyOf(stage.image.value) !== keyOf(other.image.value))
    return ['yes', 'its image depends on a build argument that changed'];
  const platform = (it: Stage): string => (it.platform ? keyOf(it.platform.value) : '');
  if (platform(stage) !== platform(other)) return ['yes', 'its platform depends on a build argument that changed'];
  if (stage.base.kind !== 'stage') return ['no', 'the base image is the same'];
  const end = ends.get(stage.base.stage) ?? 'no';
  return [
    end,
    end === 'no'
      ? 'the stage it stands on is the same'
      : `the stage it stands on ${end === 'yes' ? 'runs' : 'may run'} again`,
  ];
}

function ownVerdict(
  step: Step,
  other: Step,
  change: Change,
  ends: ReadonlyMap<Stage, Rerun>,
  model: Model,
  builder: Builder,
): [Rerun, string] {
  const { instruction } = step;
  if (settingsKey(step, builder) !== settingsKey(other, builder))
    return ['yes', 'a build argument that changed is part of it'];
  if (instruction.kind === 'Copy' || instruction.kind === 'Add') {
    const from = flagOf(instruction, 'from');
    if (from) return stageVerdict(model.stageNamed(from.value?.text ?? '', step.stage!), ends);
    const sources = instruction.sources
      .map((source) => textOf(step.expand(source).value))
      .filter((it) => it !== undefined);
    const exclude = instruction.flags
      .filter(({ name }) => name.text === 'exclude')
      .flatMap(({ value }) => value?.text ?? []);
    const parents = flagOf(instruction, 'parents') !== undefined;
    const hit = change.paths.find((path) => takes(model, sources, path, exclude, parents));
    return hit === undefined ? ['no', 'what it copies is the same'] : ['yes', `it copies ${hit}`];
  }
  if (instruction.kind !== 'Run') return ['no', 'nothing that it depends on changed'];
  let result: [Rerun, string] = ['no', 'nothing that it depends on changed'];
  for (const { mount } of instruction.flags) {
    if (mount?.type !== 'bind' && mount?.type !== 'cache') continue;
    const verdict = mountVerdict(mount, step, change, ends, model);
    if (worse(verdict[0], result[0]) !== result[0]) result = verdict;
  }
  return result;
}

function mountVerdict(
  mount: NonNullable<Flag['mount']>,
  step: Step,
  change: Change,
  ends: ReadonlyMap<Stage, Rerun>,
  model: Model,
): [Rerun, string] {
  if (mount.from !== undefined)
    return stageVerdict(/^\d+$/.test(mount.from) ? undefined : model.stageNamed(mount.from, step.stage!), ends);
  if (mount.type === 'cache') return ['no', ''];
  const source = mount.source ?? '.';
  // a source that only the build knows may be any path
  if (source.includes('$')) return change.paths.length > 0 ? ['maybe', 'it mounts a part of the context'] : ['no', ''];
  const hit = change.paths.find((path) => takes(model, [source], path, [], false));
  return hit === undefined ? ['no', ''] : ['yes', `it mounts ${hit}`];
}

function stageVerdict(stage: Stage | undefined, ends: ReadonlyMap<Stage, Rerun>): [Rerun, string] {
  if (!stage) return ['no', 'the image it takes from is the same'];
  const end = ends.get(stage) ?? 'no';
  if (end === 'no') return ['no', 'the stage it takes from is the same'];
  const name = stage.name ?? String(stage.index);
  return [
    'maybe',
    `the stage ${name} ${end === 'yes' ? 'runs' : 'may run'} again; unless the files come out the same, so does this`,
  ];
}

const flagOf = (instruction: Instruction, name: string): Flag | undefined =>
  instruction.flags.find((flag) => flag.name.text === name);
/** BuildKit gives up the link where a mode is to be changed. */
const isLinked = (instruction: Instruction): boolean => {
  const link = flagOf(instruction, 'link');
  return link !== undefined && link.value?.text.toLowerCase() !== 'false' && !flagOf(instruction, 'chmod');
};
const makesVertex = ({ kind }: Instruction): boolean =>
  kind === 'Run' || kind === 'Copy' || kind === 'Add' || kind === 'Workdir';

const keyOf = (value: Value): string => (value.state === 'unset' ? '' : `${value.state[0]}${value.text}`);

/** All of a step's key that does not stand in files: its words after expansion, and what of the state it depends on. */
function settingsKey(step: Step, builder: Builder): string {
  const { instruction, before } = step;
  const expanded = (word: Word | undefined): string => (word ? keyOf(step.expand(word).value) : '');
  switch (instruction.kind) {
    case 'Run': {
      const environment = [...before.variables].map(([name, { value }]) => `${name}=${keyOf(value)}`).sort();
      const mounts = instruction.flags.map(({ value }) => expanded(value));
      return JSON.stringify([before.shell.argv, environment, keyOf(before.user), keyOf(before.workdir), mounts]);
    }
    case 'Copy':
    case 'Add': {
      const words = [...instruction.sources, instruction.destination, ...instruction.flags.map(({ value }) => value)];
      const absolute = textOf(step.expand(instruction.destination ?? instruction.sources[0]!).value)?.startsWith('/');
      return JSON.stringify([words.map(expanded), absolute ? '' : keyOf(before.workdir)]);
    }
    case 'Workdir':
      return JSON.stringify([keyOf(step.after.workdir), keyOf(before.user)]);
    default:
      // buildah compares settings as they are written, the classic builder as they come out
      return builder === 'classic' ? settingsText(step) : '';
  }
}

function settingsText({ instruction, expand }: Step): string {
  const expanded = (word: Word | undefined): string => (word ? keyOf(expand(word).value) : '');
  switch (instruction.kind) {
    case 'Env':
    case 'Label':
      return JSON.stringify(instruction.pairs.flatMap(({ name, value }) => [expanded(name), expanded(value)]));
    case 'User':
      return expanded(instruction.user);
    case 'Expose':
      return JSON.stringify(instruction.ports.map(expanded));
    case 'Volume':
      return JSON.stringify(instruction.paths.map(expanded));
    default:
      return '';
  }
}

/** Whether COPY with these sources takes the file at `path`, whether it is there now or not. */
function takes(
  model: Model,
  sources: readonly string[],
  path: string,
  exclude: readonly string[],
  parents: boolean,
): boolean {
  const wanted = clean(path);
  const { ignoreFile } = model.options.context ?? {};
  if (ignoreFile && isIgnored(ignoreFile.parsed, wanted)) return false;
  return sources.some((source) => {
    if (/^[a-z]+:\/\/|^[\w.-]+@[\w.-]+:/i.test(source)) return false;
    const below = belowSource(clean(`/${source}`).slice(1) || '.', wanted, parents);
    return below !== undefined && !(exclude.length > 0 && isIgnored(compileIgnore(exclude), below));
  });
}

/** What of `path` lies below the source, which may have wildcards; undefined where it does not. */
function belowSource(source: string, path: string, parents: boolean): string | undefined {
  if (source === '.') return path;
  const last = (it: string): string => it.slice(it.lastIndexOf('/') + 1);
  if (!isWild(source)) {
    if (path === source) return last(path);
    return path.startsWith(`${source}/`) ? path.slice(source.length + 1) : undefined;
  }
  if (parents && source.includes('**')) return isIgnored(compileIgnore([source]), path) ? path : undefined;
  const depth = source.split('/').length;
  const parts = path.split('/');
  if (parts.length < depth || glob(source)(parts.slice(0, depth).join('/')) !== true) return undefined;
  return parts.length === depth ? last(path) : parts.slice(depth).join('/');
}
