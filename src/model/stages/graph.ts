import type { Flag, Instruction } from '../../../grammar/index.ts';
import { windowsImages, windowsParts } from '../../knowledge/images/windows.ts';
import type { Base, Stage, StageEdge, Step } from '../model.ts';
import { type Expansion, textOf } from './expand.ts';
import { parseReference } from './reference.ts';

type Names = ReadonlyMap<string, readonly Stage[]>;

/** Stages by their names in lower case, in the order of the file. */
export function namesOf(stages: readonly Stage[]): Names {
  const names = new Map<string, Stage[]>();
  for (const stage of stages) {
    if (stage.name === undefined) continue;
    const name = stage.name.toLowerCase();
    const list = names.get(name);
    if (list) list.push(stage);
    else names.set(name, [stage]);
  }
  return names;
}

/** A state asks the stage below for what it lacks, by recursion: a longer chain than any person writes is not followed. */
const LONGEST_CHAIN = 200;

/** What each stage stands on. FROM compares its expanded name with the lower-cased names letter by letter; `FROM 0` is an image. */
export function basesOf(stages: readonly Stage[], names: Names): Base[] {
  const depths: number[] = [];
  return stages.map(({ index, image }): Base => {
    const base = baseOf(image, index, names);
    const depth = base.kind === 'stage' ? depths[base.stage.index]! + 1 : 0;
    depths.push(depth > LONGEST_CHAIN ? 0 : depth);
    return depth > LONGEST_CHAIN ? { kind: 'unknown', text: textOf(image.value) ?? '' } : base;
  });
}

function baseOf({ value }: Expansion, index: number, names: Names): Base {
  const text = textOf(value);
  if (text === undefined) return { kind: 'unknown', text: value.state === 'unknown' ? value.text : '' };
  if (text === 'scratch') return { kind: 'scratch' };
  const stage = names.get(text)?.findLast((it) => it.index < index);
  if (stage) return { kind: 'stage', stage };
  const reference = parseReference(text);
  return reference ? { kind: 'image', reference } : { kind: 'unknown', text };
}

/** Windows where `--platform` or the name of the image says so; of a stage at the root of its lineage. */
export function osOf({ base, platform }: Pick<Stage, 'base' | 'platform'>): 'linux' | 'windows' {
  const asked = platform && platform.value.state !== 'unset' ? platform.value.text.toLowerCase() : '';
  if (/^windows(?:\/|$)/.test(asked)) return 'windows';
  if (platform?.value.state === 'known' && asked !== '') return 'linux';
  const { registry, repository, tag } = base.kind === 'image' ? base.reference : nowhere;
  const name = base.kind === 'unknown' ? base.text : `${registry}/${repository}:${tag}`;
  return windowsParts.test(name) || windowsImages.some((start) => name.startsWith(start)) ? 'windows' : 'linux';
}
const nowhere = { registry: '', repository: '', tag: '' };

/** What a stage takes from stages above it, in the order of the file; what ONBUILD of the stage below takes comes first. */
export function edgesOf(
  stage: Stage,
  triggers: readonly Instruction[],
  named: (reference: string, before: number) => Stage | undefined,
): StageEdge[] {
  const edges: StageEdge[] = [];
  const { image } = stage.from;
  if (stage.base.kind === 'stage' && image)
    edges.push({ via: 'from', stage: stage.base.stage, step: undefined, at: image, span: image.span });
  const add = (instruction: Instruction, step: Step | undefined): void => {
    for (const flag of instruction.flags) {
      const found = sourceOf(flag, instruction.kind);
      const source = found && named(found.name, stage.index);
      if (source) edges.push({ via: found.via, stage: source, step, at: found.at, span: found.span });
    }
  };
  for (const instruction of triggers) add(instruction, undefined);
  for (const step of stage.steps) add(step.instruction, step);
  return edges;
}

type Source = Pick<StageEdge, 'via' | 'at' | 'span'> & { readonly name: string };

/** COPY --from takes names and numbers, a mount names only; neither expands variables. */
function sourceOf({ name, value, mount }: Flag, kind: Instruction['kind']): Source | undefined {
  if (!value) return undefined;
  if (name.text === 'from' && kind === 'Copy') return { via: 'copy', name: value.text, at: value, span: value.span };
  if (kind !== 'Run' || mount?.from === undefined || /^[+-]?\d+$/.test(mount.from)) return undefined;
  const span = mount.options.find(({ key }) => key === 'from')?.valueSpan ?? value.span;
  return { via: 'mount', name: mount.from, at: value, span };
}

/** The stages that a build of the target needs; where a FROM has a name with a variable in it, all that may be meant. */
export function reachableFrom(target: Stage | undefined, stages: readonly Stage[]): Set<Stage> {
  const found = new Set<Stage>();
  const open = target ? [target] : [];
  for (let stage = open.pop(); stage; stage = open.pop()) {
    if (found.has(stage)) continue;
    found.add(stage);
    for (const edge of stage.needs) open.push(edge.stage);
    for (const other of possibleBases(stage, stages)) open.push(other);
  }
  return found;
}

function possibleBases({ index, image, base }: Stage, stages: readonly Stage[]): readonly Stage[] {
  if (base.kind !== 'unknown' || image.value.state !== 'unknown') return [];
  const { text } = image.value;
  if (/[/:@]/.test(text.replace(/\$(?:\{[^}]*\}|\w+)/g, ''))) return [];
  const sure = text.split('$')[0]!;
  return stages.slice(0, index).filter(({ name }) => name?.toLowerCase().startsWith(sure));
}
