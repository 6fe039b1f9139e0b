import { relative, resolve } from 'node:path';
import { parse } from '../../grammar/index.ts';
import { cacheAdvice } from '../model/cache/advice.ts';
import { costOf, weights } from '../model/cache/cost.ts';
import { compare, firstMisses, reruns, type StepRerun } from '../model/cache/reruns.ts';
import { type Commits, freshArguments, typicalChanges } from '../model/cache/typical.ts';
import { churnOf, costOfSteps, scoreOf, volatilityOf } from '../model/cache/volatility.ts';
import { type Context, context } from '../model/context/context.ts';
import { analyze, type Model } from '../model/index.ts';
import type { Builder } from '../model/layers.ts';
import {
  type CacheFile,
  type CacheRow,
  type CacheTable,
  cacheJson,
  cachePretty,
  cacheTableJson,
  cacheTablePretty,
} from '../report/cache.ts';
import { position } from '../text/lines.ts';
import { oneLine } from '../text/prose.ts';
import type { layerFormats } from './choices.ts';
import type { Revision } from './git.ts';
import { folderHost } from './host.ts';
import { type Analyzed, analyzeFiles, baseText, type ModelArguments } from './model-options.ts';
import type { Terminal } from './terminal.ts';

export interface CacheArguments extends ModelArguments {
  readonly format: (typeof layerFormats)[number];
  readonly builder: Builder;
  /** Paths of the build context. */
  readonly changed: readonly string[];
  /** Names of build arguments that get another value. */
  readonly args: readonly string[];
  /** A commit to compare with. */
  readonly since: string | undefined;
  /** Whether commits are counted to tell what changes how often. */
  readonly history: boolean;
}

/** Prints which steps a change runs again; without one, which steps typical changes do. 0, or 2 where a file could not be read. */
export async function cacheCommand(args: CacheArguments, terminal: Terminal): Promise<number> {
  const root = resolve(terminal.cwd, args.context);
  const { files, failures } = await analyzeFiles(args, terminal);
  const paint = await terminal.paint();
  // what starts processes is loaded only here
  const { lastCommits, revision } = await import('./git.ts');
  const then = args.since === undefined ? undefined : revision(root, args.since);
  const given = then !== undefined || args.changed.length > 0 || args.args.length > 0;
  let failed = failures.length > 0;
  let commits: Commits | undefined;
  for (const [index, file] of files.entries()) {
    if (index > 0 && args.format === 'pretty') terminal.print('\n');
    for (const name of args.args)
      if (!declares(file.model, name)) terminal.complain(`dflint: ${file.path}: no ARG ${name}`);
    if (!given) {
      commits ??= args.history ? lastCommits(root) : [];
      const table = tableOf(file, commits, args.builder);
      terminal.print(args.format === 'json' ? cacheTableJson(table) : cacheTablePretty(table, paint, terminal.width));
      continue;
    }
    const told = then ? sinceOf(file, then, root, args, terminal) : changeOf(file, args);
    if (typeof told === 'string') {
      terminal.complain(`dflint: ${file.path}: ${told}`);
      failed = true;
    } else terminal.print(args.format === 'json' ? cacheJson(told) : cachePretty(told, paint, terminal.width));
  }
  return failed ? 2 : 0;
}

const declares = ({ globals, stages }: Model, name: string): boolean =>
  [...globals, ...stages.flatMap(({ steps }) => steps)].some(
    ({ instruction }) => instruction.kind === 'Arg' && instruction.pairs.some((pair) => pair.name.text === name),
  );

function changeOf(file: Analyzed, { changed, args, builder }: CacheArguments): CacheFile {
  const { model } = file;
  const change = { paths: changed.flatMap((path) => filesBelow(path, model.options.context)), args };
  const found = reruns(model, change, builder);
  return {
    ...{ path: file.path, builder, changed, args, since: undefined, advice: cacheAdvice(model, builder) },
    ...stepsOf(found, file),
    cost: costOfSteps(model, found),
  };
}

/** A folder or a pattern stands for the files below it. */
function filesBelow(path: string, from: Context | undefined): string[] {
  const found = from?.copied([path]).files.map((it) => it.path) ?? [];
  return found.length > 0 ? found : [path];
}

/** What is not in the cache of a build of `then`; why not, where there is nothing to compare with. */
function sinceOf(
  file: Analyzed,
  then: Revision,
  root: string,
  { builder, since, args, changed: given, target }: CacheArguments,
  { cwd }: Terminal,
): CacheFile | string {
  const { path, model } = file;
  if (path === '-') return 'standard input has no history';
  const text = then.read(resolve(cwd, path));
  if (text === undefined) return `it was not there in ${since}`;
  const { ast, errors } = parse(text);
  if (errors[0]) return `in ${since}: ${errors[0].message}`;
  const options = { buildArgs: model.options.buildArgs, target, context: contextThen(root, resolve(cwd, path), then) };
  const old = analyze(ast, options);
  const changed = [...new Set([...then.changed(root), ...given])];
  const fresh = freshArguments(model);
  const other = [...new Set([...args, ...fresh])];
  const found = compare(old, model, { paths: changed, args: other }, builder);
  return {
    ...{ path, builder, changed, args: other, advice: cacheAdvice(model, builder) },
    ...stepsOf(found, file),
    cost: costOfSteps(model, found),
    since: {
      ref: since!,
      fresh,
      dockerfile: text !== model.file.text,
      misses: firstMisses(found).map((it) => row(it, file)),
    },
  };
}

/** The context as it is, under the ignore file of then. */
function contextThen(root: string, dockerfile: string, then: Revision): Context {
  const host = folderHost(root);
  const read = (path: string): string | undefined =>
    path.endsWith('.dockerignore') ? then.read(resolve(root, path)) : host.read(path);
  return context({ ...host, read }, relative(root, dockerfile).replaceAll('\\', '/'));
}

function tableOf(file: Analyzed, commits: Commits, builder: Builder): CacheTable {
  const { path, model } = file;
  const volatility = volatilityOf(model, commits);
  const score = scoreOf(model, volatility, builder);
  const none = reruns(model, { paths: [], args: [] }, builder);
  return {
    ...{ path, builder, advice: cacheAdvice(model, builder), stages: titlesOf(model) },
    steps: none.map((it) => {
      const { stage, instruction } = it;
      const step = instruction.kind === 'From' ? undefined : model.step(instruction);
      return { ...shown(it, file), share: step && score.shares.get(stage)?.[step.index] };
    }),
    changes: typicalChanges(model, commits).map(({ title, kind, paths, args }) => {
      const found = reruns(model, { paths, args }, builder);
      const steps = found.map((it) => row(it, file));
      return { ...{ title, kind, paths, args, steps }, cost: costOfSteps(model, found) };
    }),
    score: {
      ...score,
      basis: volatility.basis,
      commits: volatility.commits,
      weights,
      copies:
        volatility.basis === 'table'
          ? []
          : churnOf(model, commits).map(({ instruction, commits: count }) => ({
              line: position(file.model.file.lines, instruction.span.start).line,
              commits: count,
            })),
    },
  };
}

const stepsOf = (steps: readonly StepRerun[], file: Analyzed): Pick<CacheFile, 'steps' | 'shown' | 'stages'> => ({
  stages: titlesOf(file.model),
  steps: steps.map((it) => row(it, file)),
  shown: steps.map((it) => shown(it, file)),
});

const titlesOf = ({ stages }: Model): CacheFile['stages'] =>
  stages.map(({ index, name, base }) => ({
    stage: index,
    title: `Stage ${index}${name === undefined ? '' : ` ${name}`} on ${baseText(base)}`,
  }));

function shown({ stage, instruction }: StepRerun, { model }: Analyzed): CacheFile['shown'][number] {
  const step = model.step(instruction);
  const { lines, text: whole } = model.file;
  const text = whole.slice(instruction.keyword.span.end, instruction.span.end);
  return {
    line: position(lines, instruction.span.start).line,
    stage: stage.index,
    keyword: instruction.keyword.text,
    text: oneLine(text),
    cost: step && instruction.kind !== 'From' ? costOf(step) : 'none',
  };
}

const row = ({ stage, instruction, rerun, why }: StepRerun, { model }: Analyzed): CacheRow => ({
  line: position(model.file.lines, instruction.span.start).line,
  stage: stage.index,
  keyword: instruction.keyword.text,
  rerun,
  why,
});
