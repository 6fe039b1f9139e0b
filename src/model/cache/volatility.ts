import type { Instruction } from '../../../grammar/index.ts';
import { platformArguments } from '../../knowledge/builder/platforms.ts';
import { type Ecosystem, ecosystems } from '../../knowledge/project/ecosystems/index.ts';
import { type ChangeKind, changesEachBuild, codeFolders, usualShares } from '../../knowledge/project/volatility.ts';
import type { Context } from '../context/context.ts';
import { isIgnored, matchesPattern } from '../context/ignore.ts';
import type { Builder } from '../layers.ts';
import type { Model, Stage } from '../model.ts';
import { type CostClass, costOf, weights } from './cost.ts';
import { type Taken, takes } from './keys.ts';
import { type Change, type StepRerun, verdicts } from './reruns.ts';
import { rowsOf } from './walk.ts';

/** The paths that each of the last commits changed, from the root of the build context; the newest first. */
export type Commits = readonly (readonly string[])[];

/** With fewer commits than this the usual shares tell more. */
export const fewestCommits = 10;

/** What changes between builds, as changes of which one happens at a time. */
export interface Volatility {
  /** `commits`: what the last commits changed; `table`: what is usual for such projects. */
  readonly basis: 'commits' | 'table';
  /** How many commits were counted; 0 for the table. */
  readonly commits: number;
  /** Changes with their shares of all commits, 0 to 1; what is left to 1 changes nothing. */
  readonly changes: readonly { readonly change: Change; readonly share: number }[];
}

export type CostCounts = Readonly<Record<Exclude<CostClass, 'none'>, number>>;

/** What a typical commit makes a builder do again. */
export interface Score {
  /**
   * 0 to 100: how much of the build comes from the cache after a typical commit. Each step counts by the weight of its class
   * in cost.ts, times the share of commits after which it comes from the cache; a step that may run again counts as half.
   */
  readonly cached: number;
  /** How many steps of each class a typical commit runs again. */
  readonly expected: CostCounts;
  /** All steps by class. */
  readonly steps: CostCounts;
  /** The shares of commits after which the steps of a stage run again, in order. */
  readonly shares: ReadonlyMap<Stage, readonly number[]>;
}

/** One of the changes that builds see most. */
export interface TypicalChange extends Change {
  readonly kind: ChangeKind;
  /** A path, or `ARG` and its name. */
  readonly title: string;
  /** Of 100 commits, where no history tells; 0 for an argument that somebody sets once. */
  readonly of100: number;
}

/** How often what changes: by the last commits where there are enough, else by what is usual for such projects. */
export function volatilityOf(model: Model, commits: Commits = []): Volatility {
  const args = argumentsOf(model).filter(changesEachBuild);
  if (commits.length >= fewestCommits && contextOf(model)) {
    const share = 1 / commits.length;
    return {
      basis: 'commits',
      commits: commits.length,
      changes: commits.map((paths) => ({ change: { paths, args }, share })),
    };
  }
  const all = typicalChanges(model);
  const levels = [...new Set(all.map(({ of100 }) => of100))].filter((it) => it > 0).sort((a, b) => b - a);
  // a commit that changes what is rarely changed changes the rest too
  const changes = levels.map((level, index) => {
    const together = all.filter(({ of100 }) => of100 >= level);
    const change = { paths: together.flatMap(({ paths }) => paths), args: together.flatMap((it) => it.args) };
    return { change, share: (level - (levels[index + 1] ?? 0)) / 100 };
  });
  return { basis: 'table', commits: 0, changes };
}

const none: CostCounts = { install: 0, compile: 0, download: 0, other: 0, copy: 0, trivial: 0 };

/** What a typical commit costs with this builder. Comparable between models that build the same with the same volatility. */
export function scoreOf(model: Model, volatility: Volatility, builder: Builder = 'buildkit'): Score {
  const stages = [...rowsOf(model, builder).values()].map(([from]) => from!.stage);
  const outcomes = volatility.changes.map(({ change, share }) => ({ found: verdicts(model, change, builder), share }));
  const expected = { ...none };
  const steps = { ...none };
  const shares = new Map<Stage, number[]>();
  for (const stage of stages) {
    const own = stage.steps.map((step) => {
      const again = outcomes.reduce(
        (sum, { found, share }) => sum + share * counts[found.get(step.instruction) ?? 'no'],
        0,
      );
      const cost = costOf(step);
      if (cost !== 'none') {
        expected[cost] += again;
        steps[cost] += 1;
      }
      return again;
    });
    shares.set(stage, own);
  }
  return { cached: cachedOf(expected, steps), expected, steps, shares };
}

const counts = { yes: 1, maybe: 0.5, no: 0 } as const;

export type Cost = Pick<Score, 'cached' | 'expected'>;

/** What it costs where these steps run again. */
export function costOfSteps(model: Model, found: readonly Pick<StepRerun, 'instruction' | 'rerun'>[]): Cost {
  const [expected, steps] = [{ ...none }, { ...none }];
  for (const { instruction, rerun } of found) {
    const step = model.step(instruction);
    const cost = step && instruction.kind !== 'From' ? costOf(step) : 'none';
    if (cost === 'none') continue;
    expected[cost] += counts[rerun];
    steps[cost]++;
  }
  return { cached: cachedOf(expected, steps), expected };
}

/** Of each step that takes files of the context, how many of the commits changed one of them. */
export function churnOf(
  model: Model,
  commits: Commits,
): { readonly instruction: Instruction; readonly commits: number }[] {
  const ignore = model.options.context?.ignoreFile?.parsed;
  const sent = commits.map((paths) => paths.filter((path) => !ignore || !isIgnored(ignore, path)));
  const rows = [...rowsOf(model, 'buildkit').values()].flat();
  return rows.flatMap(({ key, instruction }) =>
    key.taken.length === 0
      ? []
      : [
          {
            instruction,
            commits: sent.filter((paths) => paths.some((path) => key.taken.some((it) => takes(it, path)))).length,
          },
        ],
  );
}

/** The weight of what does not run again, of 100. */
function cachedOf(expected: CostCounts, steps: CostCounts): number {
  const sum = (of: CostCounts): number =>
    (Object.keys(none) as (keyof CostCounts)[]).reduce((total, it) => total + of[it] * weights[it], 0);
  const all = sum(steps);
  const again = sum(expected);
  // a little is not nothing
  return all === 0 || again === 0 ? 100 : Math.min(99, Math.round(100 * (1 - again / all)));
}

/** Names of arguments that somebody may set: those that the stages declare, then those before the first FROM. */
function argumentsOf(model: Model): string[] {
  const names = new Set<string>();
  const declared = [
    ...model.stages.filter(({ reachable }) => reachable).flatMap(({ steps }) => steps),
    ...model.globals,
  ];
  for (const { instruction } of declared)
    if (instruction.kind === 'Arg') for (const { name } of instruction.pairs) names.add(name.text);
  return [...names].filter((name) => !platformArguments.has(name));
}

/** Arguments that get another value with each build, by their names, and were given none for this one. */
export const freshArguments = (model: Model): string[] =>
  argumentsOf(model).filter((name) => changesEachBuild(name) && !model.options.buildArgs.has(name));

/** Whether an argument has to be given: an ARG without a default says so. */
function lacksDefault(model: Model, name: string): boolean {
  const all = [...model.globals, ...model.stages.flatMap(({ steps }) => steps)].flatMap(({ instruction }) =>
    instruction.kind === 'Arg' ? instruction.pairs : [],
  );
  return all.filter((pair) => pair.name.text === name).every(({ value }) => value === undefined);
}

/** What the stages that are built take from the context. */
const takenOf = (model: Model): Taken[] =>
  [...rowsOf(model, 'buildkit').values()].flatMap((rows) => rows.flatMap(({ key }) => key.taken));

/** The context, where it is the one that the file is built with: something that is copied by its name is there. */
export function contextOf(model: Model): Context | undefined {
  const { context } = model.options;
  if (!context) return undefined;
  const sources = takenOf(model).flatMap(({ source, certain }) => (certain ? [source] : []));
  const named = sources.filter((source) => !isWhole(source));
  const asked = named.length > 0 ? named : sources;
  return asked.some((source) => context.copied([source]).files.length > 0) ? context : undefined;
}

const isWhole = (source: string): boolean => /^(?:\.?\/?|(?:\.\/)?\*{1,2})\/?$/.test(source);

/**
 * The changes that builds of this file see most: a source file, the manifest, the lock file of each ecosystem that it
 * installs for, and each argument, those first that change with every build. Files that are there, by the context; of
 * several, the one that most commits changed.
 */
export function typicalChanges(model: Model, commits: Commits = []): TypicalChange[] {
  const taken = takenOf(model);
  const files = filesOf(model, commits, taken);
  const found: TypicalChange[] = [];
  const add = (kind: ChangeKind, path: string | undefined): void => {
    if (path === undefined || found.some(({ title }) => title === path)) return;
    found.push({ kind, title: path, paths: [path], args: [], of100: usualShares[kind].of100 });
  };
  const addArg = (name: string): void => {
    const of100 = changesEachBuild(name) ? usualShares.argument.of100 : 0;
    found.push({ kind: 'argument', title: `ARG ${name}`, paths: [], args: [name], of100 });
  };
  const [first, ...others] = ecosystemsOf(model);
  const addFiles = (ecosystem: Ecosystem): void => {
    const manifest = files.manifest(ecosystem);
    add('source', files.source(ecosystem, manifest));
    add('manifest', manifest);
    add('lock', files.lock(ecosystem, manifest));
  };
  if (first) addFiles(first);
  const each = argumentsOf(model);
  for (const name of each.filter(changesEachBuild)) addArg(name);
  for (const ecosystem of others) addFiles(ecosystem);
  if (!first) for (const { kind, path } of files.named()) add(kind, path);
  const set = each.filter((name) => !changesEachBuild(name));
  for (const name of set.filter((it) => lacksDefault(model, it))) addArg(name);
  for (const name of set.filter((it) => !lacksDefault(model, it))) addArg(name);
  return found;
}

/** The ecosystems for which a stage that is built installs what a manifest names, or builds the project, in the order of the file. */
function ecosystemsOf(model: Model): readonly Ecosystem[] {
  const operations = [...rowsOf(model, 'buildkit').values()].flatMap((rows) =>
    rows.flatMap(({ step }) => (step?.instruction.kind === 'Run' ? step.operations : [])),
  );
  const managers = operations.flatMap(({ manager, manifests, runsProject, action }) =>
    manifests.length > 0 || runsProject || action === 'build' ? [manager] : [],
  );
  const found = managers.flatMap((manager) => ecosystems.filter((it) => it.managers.includes(manager)));
  return [...new Set(found)];
}

interface Files {
  manifest(ecosystem: Ecosystem): string | undefined;
  lock(ecosystem: Ecosystem, manifest: string | undefined): string | undefined;
  source(ecosystem: Ecosystem, manifest: string | undefined): string | undefined;
  /** What is copied by name, where no ecosystem tells what the files are. */
  named(): readonly { readonly kind: ChangeKind; readonly path: string }[];
}

const filesOf = (model: Model, commits: Commits, taken: readonly Taken[]): Files => {
  const context = contextOf(model);
  return context ? realFiles(context, commits, taken) : usualFiles(taken);
};

/** The files that are there: what is copied before what is not, then by commits, by pattern, by depth, by name. */
function realFiles(context: Context, commits: Commits, taken: readonly Taken[]): Files {
  const churn = new Map<string, number>();
  for (const path of commits.flat()) churn.set(path, (churn.get(path) ?? 0) + 1);
  const all = context.files().map(({ path }) => path);
  const isTaken = (path: string): boolean => taken.some((it) => takes(it, path));
  const first = (paths: readonly string[], rank: (path: string) => readonly number[]): string | undefined => {
    const ranked = paths.map((path) => ({ path, ranks: [isTaken(path) ? 0 : 1, ...rank(path)] }));
    ranked.sort((a, b) => {
      const at = a.ranks.findIndex((value, index) => value !== b.ranks[index]);
      return at < 0 ? (a.path < b.path ? -1 : 1) : a.ranks[at]! - b.ranks[at]!;
    });
    return ranked[0]?.path;
  };
  const named = (patterns: readonly string[], within: (path: string) => boolean): string | undefined =>
    first(
      all.filter((path) => within(path) && patterns.some((pattern) => matchesPattern(pattern, nameOf(path)))),
      (path) => [depthOf(path), patterns.findIndex((pattern) => matchesPattern(pattern, nameOf(path)))],
    );
  return {
    manifest: ({ manifests }) => named(manifests, () => true),
    lock: ({ locks }, manifest) =>
      named(locks, (path) => manifest === undefined || folderOf(path) === folderOf(manifest)) ??
      named(locks, () => true),
    source({ manifests, locks, sources }, manifest) {
      const folder = manifest === undefined ? '' : folderOf(manifest);
      const others = all.filter(
        (path) =>
          !isBuildFile(path) && ![...manifests, ...locks].some((pattern) => matchesPattern(pattern, nameOf(path))),
      );
      const place = (path: string): number => sources.findIndex((pattern) => matchesPattern(folder + pattern, path));
      const code = others.filter((path) => place(path) >= 0);
      return first(code.length > 0 ? code : others, (path) => [-(churn.get(path) ?? 0), place(path), depthOf(path)]);
    },
    named: () =>
      taken.flatMap(({ source, exclude, parents }) => {
        const { files } = context.copied([source], { parents });
        const paths = files
          .map(({ path }) => path)
          .filter((path) => !isBuildFile(path) && !(exclude && isIgnored(exclude, path)));
        const path = first(paths, (it) => [-(churn.get(it) ?? 0), depthOf(it)]);
        return path === undefined ? [] : [{ kind: path === source ? 'file' : 'source', path } as const];
      }),
  };
}

/** The names that such files have, those that the Dockerfile copies by name before others. */
function usualFiles(taken: readonly Taken[]): Files {
  const literal = taken.flatMap(({ source, certain }) =>
    certain && !/[*?[]/.test(source) ? [source.replace(/^\.?\//, '')] : [],
  );
  const named = (patterns: readonly string[]): string | undefined =>
    literal.find((source) => patterns.some((pattern) => matchesPattern(pattern, nameOf(source)))) ??
    (patterns[0] && example(patterns[0]));
  return {
    manifest: ({ manifests }) => named(manifests),
    lock: ({ locks }) => named(locks),
    source({ manifests, locks, sources }) {
      const usual = sources.map(example);
      const copied = usual.find((path) => taken.some((it) => takes(it, path)));
      if (copied !== undefined || usual.length === 0) return copied;
      const own = literal.find(
        (source) => ![...manifests, ...locks].some((pattern) => matchesPattern(pattern, nameOf(source))),
      );
      return own === undefined || nameOf(own).includes('.')
        ? (own ?? usual[0])
        : `${own.replace(/\/$/, '')}/${nameOf(usual[0]!)}`;
    },
    named: () =>
      taken.map(({ source }) => {
        const whole = isWhole(source);
        const path = whole ? 'src/main' : example(source.replace(/^\.?\//, ''));
        const code = whole || source.endsWith('/') || codeFolders.has(nameOf(path));
        return { kind: code ? 'source' : 'file', path } as const;
      }),
  };
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);
const depthOf = (path: string): number => path.split('/').length;
const isBuildFile = (path: string): boolean =>
  /(?:^|\/)(?:[^/]*(?:Docker|Container)file[^/]*|\.[^/]*ignore)$/i.test(path);
/** A name that a pattern matches. */
const example = (pattern: string): string =>
  pattern
    .replace(/^\*\*\//, '')
    .replace(/\*+/g, 'main')
    .replace(/\/$/, '/main');
