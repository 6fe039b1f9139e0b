import type { Instruction } from '../../../grammar/index.ts';
import { type Builder, layersOf } from '../layers.ts';
import type { Model, Stage, State, Step } from '../model.ts';
import { costOf, weights } from './cost.ts';
import { keyOf, type Part, valueKey } from './keys.ts';

/** What the images of several files begin with, when they are built with one cache and the same build arguments. */
export interface Sharing {
  /** The base that they stand on, as written. */
  readonly base: string;
  readonly members: readonly Member[];
  /** Layers that all of them begin with, those of the base left out. */
  readonly layers: number;
  /** Costly instructions that several have further on and that need nothing of what stands between. */
  readonly later: readonly Later[];
}

/** The places of one instruction that would be shared if it stood above another one in each of these files. */
export type Later = readonly {
  readonly index: number;
  readonly instruction: Instruction;
  readonly above: Instruction;
}[];

export interface Member {
  /** Its place in the list that was given. */
  readonly index: number;
  /** The last instruction that is shared; undefined where only the base is. */
  readonly last: Instruction | undefined;
  /** The first that is not; undefined where the whole image is shared. */
  readonly parts: Instruction | undefined;
  /** What makes it another where its own words are the same. */
  readonly causes: readonly Cause[];
  readonly ownLayers: number;
}

export interface Cause {
  readonly kind: 'variable' | 'user' | 'workdir' | 'shell' | 'files' | 'stage';
  /** Of a variable or a stage. */
  readonly name: string;
  /** What sets it; undefined where it is that of the base, or none. */
  readonly source: Instruction | undefined;
}

/** Files on several tags of one repository that would begin with the same layers if they stood on one. */
export interface Apart {
  readonly bases: readonly { readonly base: string; readonly members: readonly number[] }[];
  readonly layers: number;
}

/** Whether `later` may come before `earlier`, both of one stage. */
export type Independent = (earlier: Step, later: Step) => boolean;

/** One step of an image that the builder looks up. */
interface Link {
  readonly step: Step;
  /** Equal where the step does the same in the same surroundings, whatever stands below. */
  readonly own: number;
  /** Equal where all below is equal too. */
  readonly whole: number;
  readonly layer: boolean;
  readonly parts: readonly Part[];
  /** What it takes of the build context and of other stages. */
  readonly files: string;
  readonly stages: readonly { readonly name: string; readonly whole: number }[];
}

interface Chain {
  readonly index: number;
  /** In its full form. */
  readonly base: string;
  /** As written. */
  readonly baseText: string;
  readonly repository: string;
  readonly links: readonly Link[];
}

/** Groups files by the image they stand on, and finds what each group begins with, larger groups first. */
export function sharingOf(models: readonly Model[], builder: Builder, independent: Independent): Sharing[] {
  const chains = chainsOf(models, builder);
  const byBase = grouped(chains, ({ base }) => base);
  const told = new Set<Instruction>();
  return byBase.flatMap((group) =>
    branches(group, 0).map((it) => {
      const found = sharing(it, builder, independent);
      // what is told of a larger group is not told again of a part of it
      const later = found.later.filter((places) => !places.every(({ instruction }) => told.has(instruction)));
      for (const { instruction } of later.flat()) told.add(instruction);
      return { ...found, later };
    }),
  );
}

/** Groups files that stand on one repository with several tags. */
export function apartOf(models: readonly Model[], builder: Builder): Apart[] {
  const repositories = grouped(chainsOf(models, builder), ({ repository }) => repository);
  return repositories.flatMap((chains) => {
    const bases = grouped(chains, ({ base }) => base);
    const length = commonLength(chains, ({ own }) => own);
    const layers = chains[0]!.links.slice(0, length).filter(({ layer }) => layer).length;
    if (bases.length < 2 || layers === 0) return [];
    return [
      { layers, bases: bases.map((list) => ({ base: list[0]!.baseText, members: list.map(({ index }) => index) })) },
    ];
  });
}

const grouped = <T>(all: readonly T[], key: (it: T) => string | number | undefined): T[][] => {
  const groups = new Map<string | number | undefined, T[]>();
  for (const it of all) groups.set(key(it), [...(groups.get(key(it)) ?? []), it]);
  return [...groups.values()];
};

function commonLength(chains: readonly Chain[], key: (link: Link) => number): number {
  const first = chains[0]!.links;
  const end = first.findIndex((link, at) => !chains.every(({ links }) => links[at] && key(links[at]) === key(link)));
  return end < 0 ? first.length : end;
}

interface Branch {
  readonly chains: readonly Chain[];
  readonly length: number;
}

/** Where the images of a group part, then the groups that go on together. */
function branches(chains: readonly Chain[], from: number): Branch[] {
  if (chains.length < 2) return [];
  const length = commonLength(chains, ({ whole }) => whole);
  const parting = grouped(chains, ({ links }) => links[length]?.whole);
  // what adds nothing to what a larger group shares is told there
  const here = length > from || from === 0 ? [{ chains, length }] : [];
  if (parting.length < 2) return here;
  return [...here, ...parting.filter((group) => group[0]!.links.length > length).flatMap((it) => branches(it, length))];
}

function sharing({ chains, length }: Branch, builder: Builder, independent: Independent): Sharing {
  const next = chains.map(({ links }) => links[length]);
  return {
    base: chains[0]!.baseText,
    layers: chains[0]!.links.slice(0, length).filter(({ layer }) => layer).length,
    members: chains.map(({ index, links }) => ({
      index,
      last: links[length - 1]?.step.instruction,
      parts: links[length]?.step.instruction,
      causes: causesOf(links[length], next),
      ownLayers: links.filter(({ layer }) => layer).length,
    })),
    later: laterOf(chains, length, builder, independent),
  };
}

/** What makes a step another one than those of the other files, where its own words do not. */
function causesOf(link: Link | undefined, all: readonly (Link | undefined)[]): Cause[] {
  const others = all.filter(
    (it): it is Link => it !== undefined && link !== undefined && ownWords(it) === ownWords(link),
  );
  if (!link || others.length < 2) return [];
  const keys = new Map<string, Part>();
  for (const it of others.flatMap(({ parts }) => parts)) keys.set(`${it.kind} ${it.name}`, it);
  const found = [...keys.values()].filter(({ kind, name }) => {
    const values = others.map(({ parts }) => partText(parts.find((it) => it.kind === kind && it.name === name)));
    return new Set(values).size > 1;
  });
  const kinds = { folder: 'workdir' } as Partial<Record<Part['kind'], Cause['kind']>>;
  const causes = found.map(({ kind, name }): Cause => {
    const source = link.parts.find((it) => it.kind === kind && it.name === name)?.source;
    return { kind: kinds[kind] ?? (kind as Cause['kind']), name, source };
  });
  if (new Set(others.map(({ files }) => files)).size > 1) causes.push({ kind: 'files', name: '', source: undefined });
  const same = (at: number): boolean => new Set(others.map(({ stages }) => stages[at]?.whole)).size === 1;
  for (const [at, { name }] of link.stages.entries())
    if (!same(at)) causes.push({ kind: 'stage', name, source: undefined });
  return causes;
}

const ownParts: ReadonlySet<Part['kind']> = new Set(['text', 'words', 'mount']);
const textOfParts = (parts: readonly Part[]): string => JSON.stringify(parts.map(partKey).sort());
/** Of two steps that differ by their surroundings only, the same. */
const ownWords = ({ parts }: Link): string => textOfParts(parts.filter(({ kind }) => ownParts.has(kind)));

/** Only what is shown to need nothing of what stands between, in each of the files. */
function laterOf(
  chains: readonly Chain[],
  length: number,
  builder: Builder,
  independent: Independent,
): Sharing['later'] {
  // the others compare settings too, and what is moved changes them
  if (builder !== 'buildkit') return [];
  const found = chains.flatMap((chain) => {
    const { links, index } = chain;
    return links.slice(length).flatMap((link) => {
      const passed = isCostly(link) ? between(link.step, links, length) : undefined;
      if (!passed?.every((it) => independent(it, link.step))) return [];
      const words = textOfParts(link.parts.filter(({ kind }) => kind !== 'variable'));
      const { instruction } = link.step;
      const key = `${stateKey(chain, length)} ${words}`;
      return [{ key, whole: link.whole, place: { index, instruction, above: passed[0]?.instruction ?? instruction } }];
    });
  });
  return grouped(found, ({ key }) => key)
    .map((list) => list.filter(({ place }, at) => list.findIndex((it) => it.place.index === place.index) === at))
    .filter((list) => new Set(list.map(({ whole }) => whole)).size > 1)
    .map((list) => list.map(({ place }) => place));
}

/** What stands between the last shared step and this one; undefined where that is not all in one stage. */
function between(step: Step, links: readonly Link[], length: number): readonly Step[] | undefined {
  const { stage } = step;
  const last = links[length - 1]?.step;
  if (!stage || links[length]!.step.stage !== stage || (last && last.stage !== stage)) return undefined;
  return stage.steps.slice(last ? stage.steps.indexOf(last) + 1 : 0, stage.steps.indexOf(step));
}

function isCostly({ step, files, stages }: Link): boolean {
  const { instruction, operations } = step;
  if (instruction.kind !== 'Run' || files !== '' || stages.length > 0) return false;
  // an index is of use to the install that follows it only
  const isIndex = operations.length > 0 && operations.every(({ action }) => action === 'update-index');
  return !isIndex && weights[costOf(step)] >= weights.download;
}

/** What holds behind the last shared step; equal texts are equal surroundings. */
function stateKey({ links }: Chain, length: number): string {
  const last = links[length - 1]?.step;
  const state: State | undefined = last ? last.after : links[0]?.step.stage?.lineage[0]?.steps[0]?.before;
  if (!state) return '';
  const variables = [...state.variables.values()].flatMap(({ name, value }) =>
    value.state === 'unset' ? [] : [`${name}=${valueKey(value)}`],
  );
  const { user, workdir, shell } = state;
  return JSON.stringify([valueKey(user), valueKey(workdir), shell.argv, variables.sort()]);
}

/** The images by their steps; those whose base only the build knows are left out. */
function chainsOf(models: readonly Model[], builder: Builder): Chain[] {
  const numbers = new Map<string, number>();
  // numbers instead of texts, which would grow with each stage that stands on another
  const numberOf: NumberOf = (...parts) => {
    const text = JSON.stringify(parts);
    if (!numbers.has(text)) numbers.set(text, numbers.size);
    return numbers.get(text)!;
  };
  return models.flatMap((model, index) => {
    const { target } = model;
    const base = target && baseKey(target);
    if (!target || base === undefined) return [];
    const root = target.lineage[0]!.base;
    const repository = root.kind === 'image' ? `${root.reference.registry}/${root.reference.repository}` : base;
    const baseText = root.kind === 'image' ? root.reference.text : base;
    return [{ index, base, baseText, repository, links: new Links(index, builder, numberOf).of(target) }];
  });
}

type NumberOf = (...parts: readonly unknown[]) => number;

class Links {
  readonly #kept = new Map<Stage, readonly Link[]>();
  readonly #index: number;
  readonly #builder: Builder;
  readonly #numberOf: NumberOf;

  constructor(index: number, builder: Builder, numberOf: NumberOf) {
    this.#index = index;
    this.#builder = builder;
    this.#numberOf = numberOf;
  }

  /** The steps of an image in the order in which they run, those that the builder does not look up left out. */
  of(stage: Stage): readonly Link[] {
    const kept = this.#kept.get(stage);
    if (kept) return kept;
    const below = stage.base.kind === 'stage' ? this.of(stage.base.stage) : [];
    const links = [...below];
    const layers = new Map(layersOf(stage, this.#builder).map(({ instruction, layer }) => [instruction, layer]));
    for (const step of [...stage.triggers, ...stage.steps]) {
      const link = this.#link(step, links.at(-1)?.whole ?? this.#base(stage), layers.get(step.instruction) ?? false);
      if (link) links.push(link);
    }
    this.#kept.set(stage, links);
    return links;
  }

  /** What a stage without steps stands on; only equal to itself where only the build knows. */
  #base(stage: Stage): number {
    return this.#numberOf('base', baseKey(stage) ?? [this.#index, stage.index]);
  }

  #link(step: Step, below: number, layer: boolean): Link | undefined {
    const { vertex, parts: all, taken, sources } = keyOf(step, this.#builder);
    if (!vertex) return undefined;
    const copied = sources.some(({ via }) => via === 'copy');
    // the name of a stage is not looked at, its content is
    const parts = copied ? all.filter(({ kind, name }) => !(kind === 'words' && /^from \d+$/.test(name))) : all;
    const stages = sources.map(({ stage }) => ({
      name: stage.name ?? `stage ${stage.index}`,
      whole: this.of(stage).at(-1)?.whole ?? this.#base(stage),
    }));
    const files = taken.length > 0 ? ignoreKey(step) : '';
    const own = this.#numberOf(
      parts.map(partKey).sort(),
      files,
      stages.map(({ whole }) => whole),
    );
    return { step, own, whole: this.#numberOf(below, own), layer, parts, files, stages };
  }
}

const partKey = ({ kind, name, value, uses }: Part): string =>
  JSON.stringify([kind, name, value, uses.map((it) => [it.name, it.value])]);

const partText = (part: Part | undefined): string => (part ? partKey(part) : '');

/** All files stand in one build context, but one ignore file may let in what another does not. */
function ignoreKey({ stage }: Step): string {
  const patterns = stage?.context?.ignoreFile?.parsed.patterns ?? [];
  return `context ${patterns.map(({ raw }) => raw).join('\n')}`;
}

/** The image that a stage stands on in the end, in its full form; undefined where only the build knows it. */
function baseKey({ lineage }: Stage): string | undefined {
  const { base, platform } = lineage[0]!;
  const on = platform ? ` for ${valueKey(platform.value)}` : '';
  if (base.kind === 'scratch') return `scratch${on}`;
  if (base.kind !== 'image') return undefined;
  const { registry, repository, tag, digest } = base.reference;
  return `${registry}/${repository}${digest ? `@${digest}` : `:${tag ?? 'latest'}`}${on}`;
}
