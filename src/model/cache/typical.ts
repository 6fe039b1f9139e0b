import { platformArguments } from '../../knowledge/builder/platforms.ts';
import type { Ecosystem } from '../../knowledge/project/ecosystems/index.ts';
import { type ChangeKind, changesEachBuild, usualShares } from '../../knowledge/project/volatility.ts';
import type { PackageOperation } from '../../shell/packages.ts';
import { fitsAny } from '../../text/glob.ts';
import { baseName, folderOf, joined } from '../../text/path.ts';
import type { Context } from '../context/context.ts';
import { isIgnored, matchesPattern } from '../context/ignore.ts';
import { isOfProject } from '../files/own-context.ts';
import { ecosystemOf } from '../installs/installs.ts';
import type { Model } from '../model.ts';
import { isWholeContext } from '../stages/paths.ts';
import { kindOfSource, kindOfTake } from './changes.ts';
import { type Taken, takes } from './keys.ts';
import type { Change } from './reruns.ts';
import { rowsOf } from './walk.ts';

/** The paths that each of the last commits changed, from the root of the build context; the newest first. */
export type Commits = readonly (readonly string[])[];

/** One of the changes that builds see most. */
export interface TypicalChange extends Change {
  readonly kind: ChangeKind;
  /** A path, or `ARG` and its name. */
  readonly title: string;
  /** Of 100 commits, where no history tells; 0 for an argument that somebody sets once. */
  readonly of100: number;
}

/** Names of arguments that somebody may set: those that the stages declare, then those before the first FROM. */
export function argumentsOf(model: Model): string[] {
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

/** The arguments that have a default somewhere; the others have to be given. */
function withDefault(model: Model): ReadonlySet<string> {
  const all = [...model.globals, ...model.stages.flatMap(({ steps }) => steps)];
  return new Set(
    all.flatMap(({ instruction }) =>
      instruction.kind === 'Arg' ? instruction.pairs.flatMap(({ name, value }) => (value ? name.text : [])) : [],
    ),
  );
}

/** Each change is a column of the table and a walk through the whole cache, so that large files get fewer. */
const mostChanges = ({ file }: Model): number => {
  const cells = 20_000;
  return Math.max(5, Math.min(50, Math.floor(cells / file.instructions.length)));
};

/** What the stages that are built take from the context. */
const takenOf = (model: Model): Taken[] =>
  [...rowsOf(model, 'buildkit').values()].flatMap((rows) => rows.flatMap(({ key }) => key.taken));

/**
 * The changes that builds of this file see most: a source file, the manifest, the lock file of each ecosystem that it
 * installs for, and each argument, those first that change with every build. Files that are there, by the context; of
 * several, the one that most commits changed.
 */
export function typicalChanges(model: Model, commits: Commits = []): TypicalChange[] {
  const taken = takenOf(model);
  const files = filesOf(model, commits, taken);
  const found: TypicalChange[] = [];
  const titles = new Set<string>();
  const add = (kind: ChangeKind, path: string | undefined): void => {
    if (path === undefined || titles.has(path)) return;
    titles.add(path);
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
  const optional = withDefault(model);
  for (const name of set.filter((it) => !optional.has(it))) addArg(name);
  for (const name of set.filter((it) => optional.has(it))) addArg(name);
  return found.slice(0, mostChanges(model));
}

/** The ecosystems for which a stage that is built installs what a manifest names, or builds the project, in the order of the file. */
function ecosystemsOf(model: Model): readonly Ecosystem[] {
  const steps = [...rowsOf(model, 'buildkit').values()].flatMap((rows) => rows.flatMap(({ step }) => step ?? []));
  const found = steps.flatMap(({ instruction, operations, installs }) => [
    ...(instruction.kind === 'Run' ? operations.flatMap(ecosystemBuilt) : []),
    ...installs.map(({ ecosystem }) => ecosystem),
  ]);
  return [...new Set(found)];
}

/** That of a project which an operation installs for, builds or runs. */
const ecosystemBuilt = ({ manager, manifests, runsProject, action }: PackageOperation): Ecosystem[] => {
  const found = manifests.length > 0 || runsProject || action === 'build' ? ecosystemOf(manager) : undefined;
  return found ? [found] : [];
};

interface Files {
  manifest(ecosystem: Ecosystem): string | undefined;
  lock(ecosystem: Ecosystem, manifest: string | undefined): string | undefined;
  source(ecosystem: Ecosystem, manifest: string | undefined): string | undefined;
  /** What is copied by name, where no ecosystem tells what the files are. */
  named(): readonly { readonly kind: ChangeKind; readonly path: string }[];
}

const filesOf = (model: Model, commits: Commits, taken: readonly Taken[]): Files => {
  const { context } = model;
  return context ? realFiles(context, commits, taken) : usualFiles(taken, kindsIn(model));
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
      all.filter((path) => within(path) && patterns.some((pattern) => matchesPattern(pattern, baseName(path)))),
      (path) => [depthOf(path), patterns.findIndex((pattern) => matchesPattern(pattern, baseName(path)))],
    );
  return {
    manifest: ({ manifests }) => named(manifests, () => true),
    lock: ({ locks }, manifest) =>
      named(locks, (path) => manifest === undefined || folderOf(path) === folderOf(manifest)) ??
      named(locks, () => true),
    source(ecosystem, manifest) {
      const { manifests, locks, inputs, sources } = ecosystem;
      const known = [...manifests, ...locks, ...inputs.map(({ pattern }) => pattern)];
      const folder = folderOf(manifest ?? '');
      const others = all.filter((path) => isOfProject({ path }) && !fitsAny(known, path));
      const placeIn = (place: string) => (path: string) =>
        sources.findIndex((pattern) => matchesPattern(joined(place, pattern), path));
      // where the manifest is that of several projects, their code is further down
      const place = [folder, '**'].map(placeIn).find((it) => others.some((path) => it(path) >= 0));
      if (!place) return usualFiles(taken).source(ecosystem, manifest) ?? first(others, (path) => [depthOf(path)]);
      const code = others.filter((path) => place(path) >= 0);
      return first(code, (path) => [-(churn.get(path) ?? 0), place(path), depthOf(path)]);
    },
    named: () =>
      taken.flatMap(({ source, exclude, parents }) => {
        const { files } = context.copied([source], { parents });
        const paths = files
          .map(({ path }) => path)
          .filter((path) => isOfProject({ path }) && !(exclude && isIgnored(exclude, path)));
        const path = first(paths, (it) => [-(churn.get(it) ?? 0), depthOf(it)]);
        return path === undefined ? [] : [{ kind: path === source ? kindOfSource(source) : 'source', path }];
      }),
  };
}

/** What commits change of each source that is copied, by its words. */
const kindsIn = ({ stages }: Model): ReadonlyMap<string, ChangeKind | undefined> =>
  new Map(
    stages.flatMap(({ steps }) =>
      steps.flatMap(({ takes }) => takes.map((it) => [it.source, kindOfTake(it)] as const)),
    ),
  );

/** The names that such files have, those that the Dockerfile copies by name before others. */
function usualFiles(taken: readonly Taken[], kinds?: ReadonlyMap<string, ChangeKind | undefined>): Files {
  const literal = taken.flatMap(({ source, certain }) =>
    certain && !/[*?[]/.test(source) ? [source.replace(/^\.?\//, '')] : [],
  );
  const named = (patterns: readonly string[]): string | undefined =>
    literal.find((source) => patterns.some((pattern) => matchesPattern(pattern, baseName(source)))) ??
    (patterns[0] && example(patterns[0]));
  return {
    manifest: ({ manifests }) => named(manifests),
    lock: ({ locks }) => named(locks),
    source({ manifests, locks, sources }) {
      const usual = sources.map(example);
      const copied = usual.find((path) => taken.some((it) => takes(it, path)));
      if (copied !== undefined || usual.length === 0) return copied;
      const own = literal.find(
        (source) => ![...manifests, ...locks].some((pattern) => matchesPattern(pattern, baseName(source))),
      );
      return own === undefined || baseName(own).includes('.')
        ? (own ?? usual[0])
        : `${own.replace(/\/$/, '')}/${baseName(usual[0]!)}`;
    },
    named: () =>
      taken.map(({ source }) => {
        const path = isWholeContext(source) ? 'src/main' : example(source.replace(/^\.?\//, ''));
        return { kind: kinds?.get(source) ?? kindOfSource(source), path };
      }),
  };
}

const depthOf = (path: string): number => path.split('/').length;
/** A name that a pattern matches. */
const example = (pattern: string): string =>
  pattern
    .replace(/^\*\*\//, '')
    .replace(/\*+/g, 'main')
    .replace(/\/$/, '/main');
