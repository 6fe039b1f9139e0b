import type { Instruction } from '../../../grammar/index.ts';
import { clean } from '../../text/path.ts';
import type { Context } from '../context/context.ts';
import { isIgnored } from '../context/ignore.ts';
import type { Builder } from '../layers.ts';
import { lazy } from '../lazy.ts';
import type { Model, Stage, Step } from '../model.ts';
import { keyOf, keyText, type OwnKey, type Part, type Taken, takes, usesOf, valueKey } from './keys.ts';

/**
 * Whether a step runs again. `maybe`: what it copies from a stage that runs again may come out the same, and then it and
 * all that hangs on it are taken from the cache; or only the build knows which files it takes.
 */
export type Rerun = 'yes' | 'maybe' | 'no';

/** An instruction on its way through the cache; an ONBUILD of the base belongs to the FROM that sets it off. */
export interface Row {
  readonly model: Model;
  readonly stage: Stage;
  /** Its place in the stage, FROM and triggers counted. */
  readonly place: number;
  /** What is shown: for a trigger the FROM. */
  readonly instruction: Instruction;
  /** Undefined for FROM. */
  readonly step: Step | undefined;
  readonly trigger: boolean;
  readonly key: OwnKey;
  /** The key as one text. */
  readonly text: string;
}

export type Rows = ReadonlyMap<number, readonly Row[]>;

const remembered = new WeakMap<Model, Map<Builder, { readonly rows: Rows; recorded: Recorded | undefined }>>();

/** `like` says which stages are built, as a change of arguments may lead to others. */
function memoryOf(model: Model, builder: Builder, like: Model = model) {
  const builders = remembered.get(model) ?? new Map<Builder, { rows: Rows; recorded: Recorded | undefined }>();
  remembered.set(model, builders);
  const memory = builders.get(builder) ?? { rows: makeRows(model, builder, like), recorded: undefined };
  builders.set(builder, memory);
  return memory;
}

export const rowsOf = (model: Model, builder: Builder, like: Model = model): Rows =>
  memoryOf(model, builder, like).rows;

function makeRows(model: Model, builder: Builder, like: Model): Rows {
  const { target, stages } = like;
  // these two build every stage up to the target, needed or not
  const all = builder === 'classic' || builder === 'kaniko';
  const built = stages.filter(({ index, reachable }) => reachable || (all && target && index < target.index));
  return new Map(
    built.map(({ index }) => {
      const stage = model.stages[index]!;
      const steps: [Step | undefined, boolean][] = [
        [undefined, false],
        ...stage.triggers.map((step): [Step, boolean] => [step, true]),
        ...stage.steps.map((step): [Step, boolean] => [step, false]),
      ];
      const rows = steps.map(([step, trigger], place): Row => {
        const key = step ? keyOf(step, builder) : fromKey(stage, model);
        const instruction = trigger || !step ? stage.from : step.instruction;
        return { model, stage, place, instruction, step, trigger, key, text: keyText(key) };
      });
      return [stage.index, rows];
    }),
  );
}

/** A stage begins with the steps of another stage, or with an image, which is told apart by its name. */
function fromKey(stage: Stage, model: Model): OwnKey {
  const global = (name: string): Instruction | undefined =>
    model.globals.find(
      ({ instruction }) => instruction.kind === 'Arg' && instruction.pairs.some((it) => it.name.text === name),
    )?.instruction;
  const part = (kind: 'image' | 'platform', { value, uses }: Stage['image']): Part => ({
    ...{ kind, name: '', value: valueKey(value), source: undefined },
    uses: usesOf(uses, global),
  });
  const image = stage.base.kind === 'stage' ? [] : [part('image', stage.image)];
  const platform = stage.platform ? [part('platform', stage.platform)] : [];
  return {
    ...{ vertex: true, linked: false, taken: [], sources: [], foreign: undefined },
    parts: [...image, ...platform],
  };
}

/** What a build leaves: the numbers of its keys, each with all below it; those of a later build are higher. */
interface Recorded {
  readonly numbers: Map<string, number>;
  readonly size: number;
}

export interface Compared {
  readonly old: Model;
  readonly next: Model;
  /** `next` before its arguments were changed, which says which stages are built. */
  readonly like: Model;
  /** What of the context changed. */
  readonly paths: readonly string[];
  readonly builder: Builder;
}

/** What becomes of a row, and what is needed to say why. */
export interface Verdict {
  readonly row: Row;
  readonly rerun: Rerun;
  /** The changed files that it takes. */
  readonly hits: readonly Hit[];
  /** The row above, or in the stage below, that the misses above this one began with. */
  readonly culprit: Row | undefined;
  /** Of the stages that it takes from, those that run again, each with where that begins. */
  readonly stages: readonly {
    readonly source: OwnKey['sources'][number];
    readonly rerun: Rerun;
    readonly culprit: Row | undefined;
  }[];
}

export interface Hit {
  readonly taken: Taken;
  readonly path: string;
  readonly more: number;
  /** False where only the build knows. */
  readonly certain: boolean;
  /** Whether it is a folder that may be new, with what is ignored in it. */
  readonly folder: boolean;
}

/** Two numbers of a key: with what comes from other stages by the steps that made it, and without. */
interface Numbers {
  readonly strict: number;
  readonly loose: number;
}

interface End extends Numbers {
  readonly culprit: Row | undefined;
}

function recordedOf(old: Model, builder: Builder): Recorded {
  const memory = memoryOf(old, builder);
  if (!memory.recorded) {
    const numbers = new Map<string, number>();
    new Pass({ builder, numbers, hitsOf: () => [], look: () => 'no' }).run(memory.rows);
    memory.recorded = { numbers, size: numbers.size };
  }
  return memory.recorded;
}

/** Which rows of `next` a build of `old` left in the cache. */
export function walk({ old, next, like, paths, builder }: Compared): Verdict[] {
  const { numbers, size } = recordedOf(old, builder);
  const ignores = [...new Set([old, next].map((it) => it.options.context?.ignoreFile?.parsed))];
  const wanted = paths
    .map((path) => clean(path))
    .filter((path) => ignores.some((ignore) => !ignore || !isIgnored(ignore, path)));
  const folders = lazy(() => newFolders(next.options.context, paths));
  const hitsOf = ({ key }: Row): Hit[] =>
    key.taken.flatMap((taken): Hit[] => {
      const all = wanted.filter((path) => takes(taken, path));
      if (all.length > 0)
        return [{ taken, path: all[0]!, more: all.length - 1, certain: taken.certain, folder: false }];
      const folder = folders().find((path) => takes(taken, path));
      return folder === undefined ? [] : [{ taken, path: folder, more: 0, certain: false, folder: true }];
    });
  const look = ({ strict, loose }: Numbers): Rerun => (strict < size ? 'no' : loose < size ? 'maybe' : 'yes');
  return new Pass({ builder, numbers, hitsOf, look }).run(rowsOf(next, builder, like));
}

/** The folders that may have come or gone with what changed: builders send them even if all in them is ignored. */
function newFolders(context: Context | undefined, paths: readonly string[]): readonly string[] {
  const changed = new Set(paths.map((path) => clean(path)));
  return context ? [...changed].flatMap((path) => context.foldersOf(path, changed)) : [];
}

/** The cache as a build finds it. */
interface Cache {
  readonly builder: Builder;
  /** By key; keys that are new are added. */
  readonly numbers: Map<string, number>;
  readonly hitsOf: (row: Row) => readonly Hit[];
  readonly look: (numbers: Numbers) => Rerun;
}

/** A stage that a row takes from, and how that one ended; undefined where it is not built before. */
interface Taking {
  readonly source: OwnKey['sources'][number];
  readonly end: End | undefined;
}

/** One build through the cache: numbers each key and asks whether it is there. */
class Pass {
  private readonly cache: Cache;
  /** By index of the stage. */
  private readonly ends = new Map<number, End>();
  private readonly verdicts: Verdict[] = [];

  constructor(cache: Cache) {
    this.cache = cache;
  }

  run(rows: Rows): Verdict[] {
    for (const [index, stageRows] of rows) this.ends.set(index, this.stage(stageRows));
    return this.verdicts;
  }

  private stage(rows: readonly Row[]): End {
    const { look, hitsOf } = this.cache;
    const { base } = rows[0]!.stage;
    const start = base.kind === 'stage' ? this.ends.get(base.stage.index) : undefined;
    let below: Numbers = start ?? { strict: this.number('start'), loose: this.number('start') };
    let culprit = start?.culprit;
    let state = look(below);
    for (const row of rows) {
      // a stage that begins with another one goes on where that one ends
      const goesOn = !row.step && start !== undefined;
      if (goesOn || !row.key.vertex) {
        this.verdicts.push({ row, rerun: goesOn ? state : 'no', hits: [], culprit, stages: [] });
        continue;
      }
      const hits = hitsOf(row);
      const taking = row.key.sources.map((source) => ({ source, end: this.ends.get(source.stage.index) }));
      const own = this.numbersOf(row, hits, taking, below);
      this.verdicts.push({ row, rerun: look(own), hits, culprit, stages: this.rerunStages(taking) });
      below = row.key.linked ? this.merge(below, own) : own;
      if (look(below) !== state) {
        state = look(below);
        culprit = row;
      }
    }
    return { ...below, culprit };
  }

  private numbersOf({ key, text }: Row, hits: readonly Hit[], taking: readonly Taking[], below: Numbers): Numbers {
    const files = (changed: boolean): string => (changed ? 'other' : 'same');
    const sources = taking.map(({ end }) => end?.strict ?? 'none');
    // buildah does not look at the files of a mount, only at the stage that they come from
    const looseSources = taking.map(({ source, end }) =>
      this.cache.builder === 'buildah' && source.via === 'mount' ? (end?.loose ?? 'none') : '',
    );
    // a linked copy does not depend on what is below it; it is no link where the image store cannot merge, as Docker's own
    const under = key.linked ? { strict: below.strict, loose: 'alone' } : below;
    return {
      strict: this.number(under.strict, text, files(hits.length > 0), sources.join()),
      loose: this.number(under.loose, text, files(hits.some(({ certain }) => certain)), `?${looseSources.join()}`),
    };
  }

  private rerunStages(taking: readonly Taking[]): Verdict['stages'] {
    return taking.flatMap(({ source, end }) => {
      const rerun = end ? this.cache.look(end) : 'no';
      return rerun === 'no' ? [] : [{ source, rerun, culprit: end?.culprit }];
    });
  }

  /** A linked copy is merged on top of what is below it, and what follows stands on the merge. */
  private merge(below: Numbers, own: Numbers): Numbers {
    return {
      strict: this.number('merge', below.strict, own.strict),
      loose: this.number('merge', below.loose, own.loose),
    };
  }

  private number(...parts: (string | number)[]): number {
    const { numbers } = this.cache;
    const key = parts.join('\n');
    const known = numbers.get(key) ?? numbers.size;
    numbers.set(key, known);
    return known;
  }
}
