import { type Command, type Instruction, leaves, type Run, type Word } from '../../../grammar/index.ts';
import { baseName, fromRoot } from '../../text/path.ts';
import { compileIgnore, type IgnoreFile, isIgnored, matchesPattern } from '../context/ignore.ts';
import type { Transfer } from '../files/takes.ts';
import { glob, isWild } from '../go/gopath.ts';
import type { Builder } from '../layers.ts';
import type { Binding, Stage, Step } from '../model.ts';
import { textOf, type Value } from '../stages/expand.ts';
import { flagOf, isOn } from '../stages/flags.ts';
import { isAbsolute } from '../stages/paths.ts';
import { type Entry, latest } from '../stages/timeline.ts';

/** One thing that a step's key is made of. Two keys are equal where all parts are, by name. */
export interface Part {
  readonly kind:
    | 'text'
    | 'variable'
    | 'user'
    | 'workdir'
    | 'shell'
    | 'mount'
    | 'words'
    | 'folder'
    | 'image'
    | 'platform';
  /** Apart from others of its kind: the name of a variable. */
  readonly name: string;
  readonly value: string;
  /** What of the file it comes from; undefined for the step's own words, and for what the base image has. */
  readonly source: Instruction | undefined;
  /** The variables that it was expanded from. */
  readonly uses: readonly Use[];
}

export interface Use {
  readonly name: string;
  readonly value: string;
  readonly source: Instruction | undefined;
}

/** Paths of the build context that a step takes, as a pattern for those that are there and those that may come. */
export interface Taken {
  readonly verb: 'copies' | 'mounts';
  /** After expansion; what only the build knows is a wildcard. */
  readonly source: string;
  /** Whether all of the source is known here. */
  readonly certain: boolean;
  readonly exclude: IgnoreFile | undefined;
  readonly parents: boolean;
}

/** A stage of this file that a step takes files from. */
export interface Source {
  readonly via: 'copy' | 'mount';
  readonly stage: Stage;
  /** What it takes, as written. */
  readonly paths: string;
}

/** A step's key but for what stands below it, and the files that it takes. */
export interface OwnKey {
  /** Whether the builder looks this step up at all. */
  readonly vertex: boolean;
  /** Whether its key leaves out what stands below it. */
  readonly linked: boolean;
  readonly parts: readonly Part[];
  readonly taken: readonly Taken[];
  readonly sources: readonly Source[];
  /** Whether it takes files of another image, or from the network. */
  readonly foreign: 'image' | 'network' | undefined;
}

/**
 * BuildKit: solver/llbsolver, frontend dispatch*. Classic: compare.go. buildah: imagebuildah/stage_executor.go. kaniko:
 * executor/composite_cache.go. The last three compare settings as well, each with all that stands above it.
 */
export function keyOf(step: Step, builder: Builder): OwnKey {
  const { instruction } = step;
  const buildkit = builder === 'buildkit';
  switch (instruction.kind) {
    case 'Run':
      return { ...plain, ...runKey(step, instruction, builder) };
    case 'Copy':
    case 'Add':
      return { ...plain, linked: buildkit && isLinked(instruction), ...transferKey(step, instruction) };
    case 'Workdir': {
      const path = textOf(step.after.workdir);
      // the root is there already: no mkdir, no step
      if (buildkit && path === '/') return { ...plain, vertex: false };
      if (builder === 'kaniko') return { ...plain, parts: [written(instruction)] };
      const word = wordPart(step, instruction.path, 'words', 'the folder');
      const folder: Part = { ...word, value: valueKey(step.after.workdir) };
      return { ...plain, parts: buildkit ? [folder, userOf(step)] : [folder] };
    }
    default:
      if (buildkit) return { ...plain, vertex: false };
      if (builder === 'buildah' && instruction.kind === 'Arg')
        return { ...plain, parts: [written(instruction), ...haveValues(step, instruction)] };
      return { ...plain, parts: builder === 'classic' ? expandedSettings(step) : [written(instruction)] };
  }
}

const plain: OwnKey = {
  vertex: true,
  linked: false,
  parts: [],
  taken: [],
  sources: [],
  foreign: undefined,
};

/** buildah writes an ARG into the history without its name where it has no value. Observed of buildah 1.28. */
const haveValues = (step: Step, { pairs }: Extract<Instruction, { kind: 'Arg' }>): Part[] =>
  pairs.map(({ name }) => {
    const binding = step.after.variable(name.text);
    return part('variable', name.text, binding && binding.value.state !== 'unset' ? 'set' : '', step.instruction);
  });

export const keyText = ({ parts }: OwnKey): string =>
  JSON.stringify(parts.map(({ kind, name, value }) => [kind, name, value]).sort());

/** Unset is nothing at all; an unknown value is equal to itself. */
export const valueKey = (value: Value): string => (value.state === 'unset' ? '' : `${value.state[0]}${value.text}`);

/** The command as one string, the environment with every ARG that has a value, who runs it and where, its mounts. */
function runKey(step: Step, instruction: Run, builder: Builder): Partial<OwnKey> {
  const { before } = step;
  const bodies = instruction.heredocs.map(({ body }) => body.raw);
  const text = part('text', '', JSON.stringify([commandText(instruction.command), ...bodies]));
  const shell = part('shell', '', before.shell.argv.join('\0'), lastOf(step, 'Shell'));
  const variables = [...before.variables.values()].flatMap((it): Part[] => {
    const { name, value, definition } = it;
    const there = value.state !== 'unset' && (builder === 'buildkit' || !isInherited(it, step));
    return there ? [part('variable', name, valueKey(value), definition)] : [];
  });
  variables.sort((a, b) => (a.source?.span.start ?? 0) - (b.source?.span.start ?? 0));
  const folder = part('workdir', '', valueKey(before.workdir), lastOf(step, 'Workdir'));
  const flags = instruction.flags.map((flag, index) =>
    wordPart(step, flag.value, 'mount', `${flag.name.text} ${index}`),
  );
  return { parts: [text, shell, ...variables, userOf(step), folder, ...flags], ...filesOf(step) };
}

/** An ARG of the stage that this one stands on: BuildKit alone has it here as well. Observed of buildah 1.28. */
const isInherited = ({ kind, definition }: Binding, { stage }: Step): boolean =>
  kind === 'arg' && definition !== undefined && !stage?.steps.some(({ instruction }) => instruction === definition);

/** Its words after expansion; the folder that it copies to, where that is relative; the bodies that it writes. */
function transferKey(step: Step, instruction: Transfer): Partial<OwnKey> {
  const { destination, flags, heredocs, sources } = instruction;
  const bodies = heredocs.map(({ body, expand }, index): Part => {
    const name = `body ${index}`;
    if (!expand) return part('words', name, body.raw);
    const expansion = step.expand(body);
    return { ...part('words', name, valueKey(expansion.value)), uses: usesOf(expansion.uses, definedBefore(step)) };
  });
  const words = [
    ...sources.map((word, index) => wordPart(step, word, 'words', `source ${index}`)),
    wordPart(step, destination, 'words', 'destination'),
    ...flags.map(({ name, value }, index) => wordPart(step, value, 'words', `${name.text} ${index}`)),
    ...bodies,
  ];
  const target = destination && textOf(step.expand(destination).value);
  const relative = target === undefined || !isAbsolute(target, step.stage?.os === 'windows');
  const folder = part('folder', '', valueKey(step.before.workdir), lastOf(step, 'Workdir'));
  const parts = [part('text', '', instruction.keyword.text), ...words, ...(relative ? [folder] : [])];

  return { parts, ...filesOf(step) };
}

/** The files that a key depends on: of the context, of other stages, from elsewhere. */
function filesOf({ takes }: Step): Pick<OwnKey, 'taken' | 'sources' | 'foreign'> {
  const taken: Taken[] = [];
  const copied = new Map<Stage, string[]>();
  const mounted: Source[] = [];
  let foreign: OwnKey['foreign'];
  for (const { via, origin, source, certain, exclude, parents } of takes) {
    if (origin.kind === 'context')
      taken.push({
        verb: via === 'copy' ? 'copies' : 'mounts',
        ...(certain ? sure(source) : mayVary(source)),
        exclude: exclude.length > 0 ? compileIgnore(exclude) : undefined,
        parents,
      });
    else if (origin.kind === 'stage' && via === 'mount') mounted.push({ via, stage: origin.stage, paths: source });
    else if (origin.kind === 'stage') copied.set(origin.stage, [...(copied.get(origin.stage) ?? []), source]);
    else if (origin.kind === 'image' || origin.kind === 'network') foreign = origin.kind;
  }
  const sources = [...copied].map(([stage, paths]): Source => ({ via: 'copy', stage, paths: paths.join(', ') }));
  return { taken, sources: [...sources, ...mounted], foreign };
}

const sure = (source: string) => ({ source, certain: true });

/** A variable that only the build knows stands for any text; in front of all others, for any path. */
function mayVary(source: string): Pick<Taken, 'source' | 'certain'> {
  if (!source.includes('$')) return sure(source);
  if (source.startsWith('$')) return { source: '.', certain: false };
  return { source: source.replace(/\$(?:\{[^}]*\}|\w+)/g, '*'), certain: false };
}

/** The classic builder compares what settings come to, and not how they are written. */
function expandedSettings(step: Step): Part[] {
  const { instruction } = step;
  const words = ((): readonly (Word | undefined)[] => {
    switch (instruction.kind) {
      case 'Env':
      case 'Label':
        return instruction.pairs.flatMap(({ name, value }) => [name, value]);
      case 'User':
        return [instruction.user];
      case 'Expose':
        return instruction.ports;
      case 'Volume':
        return instruction.paths;
      case 'Stopsignal':
        return [instruction.signal];
      default:
        return [];
    }
  })();
  if (words.length === 0) return [written(instruction)];
  const keyword = part('text', '', instruction.keyword.text);
  return [keyword, ...words.map((word, index) => wordPart(step, word, 'words', String(index)))];
}

const part = (kind: Part['kind'], name: string, value: string, source?: Instruction): Part => ({
  kind,
  name,
  value,
  source,
  uses: [],
});

const userOf = (step: Step): Part => part('user', '', valueKey(step.before.user), lastOf(step, 'User'));

function wordPart(step: Step, word: Word | undefined, kind: Part['kind'], name: string): Part {
  if (!word) return part(kind, name, '');
  const { value, uses } = step.expand(word);
  return { ...part(kind, name, valueKey(value)), uses: usesOf(uses, definedBefore(step)) };
}

export const usesOf = (
  uses: readonly { readonly name: string; readonly value: Value }[],
  sourceOf: (name: string) => Instruction | undefined,
): Use[] => uses.map(({ name, value }) => ({ name, value: valueKey(value), source: sourceOf(name) }));

const definedBefore =
  (step: Step) =>
  (name: string): Instruction | undefined =>
    step.before.variable(name)?.definition;

/** The instruction that set what holds before a step: the last of its kind in the stage or those it stands on. */
function lastOf({ earlier, stage }: Step, kind: Instruction['kind']): Instruction | undefined {
  const entries = stage && kindsIn(stage).get(kind);
  return entries && latest(entries, earlier.length);
}

const remembered = new WeakMap<Stage, Map<Instruction['kind'], Entry<Instruction>[]>>();

/** The instructions of a stage and those below by kind, each from the place behind it on. */
function kindsIn(stage: Stage): Map<Instruction['kind'], Entry<Instruction>[]> {
  const known = remembered.get(stage);
  if (known) return known;
  const kinds = new Map<Instruction['kind'], Entry<Instruction>[]>();
  for (const [index, { instruction }] of stage.allSteps.entries()) {
    const entry = { from: index + 1, value: instruction };
    const list = kinds.get(instruction.kind);
    if (list) list.push(entry);
    else kinds.set(instruction.kind, [entry]);
  }
  remembered.set(stage, kinds);
  return kinds;
}

const commandText = (command: Command | undefined): unknown =>
  command?.kind === 'ShellForm' ? command.text : command?.items.map(({ text }) => text);

const trivial: ReadonlySet<string> = new Set(['Space', 'LineEnd', 'Blank', 'Continuation', 'Comment']);

/** The instruction as it is written, but for blanks, line ends and comments. */
export function written(instruction: Instruction): Part {
  const words: string[] = [];
  let end = -1;
  for (const leaf of leaves(instruction)) {
    if (trivial.has(leaf.kind)) continue;
    if (leaf.span.start === end) words[words.length - 1] += leaf.raw;
    else words.push(leaf.raw);
    end = leaf.span.end;
  }
  return part('text', '', [instruction.keyword.text, ...words.slice(1)].join(' '));
}

/** BuildKit gives up the link where a mode is to be changed. */
const isLinked = (instruction: Instruction): boolean => isOn(instruction, 'link') && !flagOf(instruction, 'chmod');

/** Whether a step takes the file at `path`, whether it is there now or not. */
export function takes({ source, exclude, parents }: Taken, path: string): boolean {
  const below = belowSource(fromRoot(source) || '.', path, parents);
  return below !== undefined && !(exclude && isIgnored(exclude, below));
}

/** What of `path` lies below the source, which may have wildcards; undefined where it does not. */
function belowSource(source: string, path: string, parents: boolean): string | undefined {
  if (source === '.') return path;
  if (!isWild(source)) {
    if (path === source) return baseName(path);
    return path.startsWith(`${source}/`) ? path.slice(source.length + 1) : undefined;
  }
  if (parents && source.includes('**')) return matchesPattern(source, path) ? path : undefined;
  const depth = source.split('/').length;
  const parts = path.split('/');
  if (parts.length < depth || glob(source)(parts.slice(0, depth).join('/')) !== true) return undefined;
  return parts.length === depth ? baseName(path) : parts.slice(depth).join('/');
}
