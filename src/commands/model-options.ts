import { existsSync, statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { parse } from '../../grammar/index.ts';
import type { Failure } from '../engine/diagnostic.ts';
import { type Context, context } from '../model/context/context.ts';
import { analyze, type Base, type Expansion, type Model } from '../model/index.ts';
import { findFiles, readText } from './files.ts';
import { folderHost } from './host.ts';
import { type Terminal, UsageError } from './terminal.ts';

/** How the file is built, as the command line says it. */
export interface ModelArguments {
  readonly paths: readonly string[];
  /** `NAME=value`, or `NAME` for the value in the environment, as docker build has it. */
  readonly buildArgs: readonly string[];
  readonly target: string | undefined;
  /** The folder that is sent to the builder; its ignore file counts. */
  readonly context: string;
}

export interface Analyzed {
  readonly path: string;
  readonly model: Model;
}

/** Reads and analyzes the files named; those that cannot be read, or that BuildKit would not read, are failures. */
export async function analyzeFiles(
  args: ModelArguments,
  terminal: Terminal,
): Promise<{ files: Analyzed[]; failures: Failure[] }> {
  const found = await findFiles(args.paths.length > 0 ? args.paths : usual(terminal), terminal.cwd);
  const failures = [...found.failures];
  const buildArgs = new Map(args.buildArgs.flatMap((it) => given(it, terminal)));
  const files: Analyzed[] = [];
  for (const path of found.paths) {
    const text = readText(path, terminal);
    if (typeof text !== 'string') {
      failures.push(text);
      continue;
    }
    const { ast, errors } = parse(text);
    const context = contextOf(args.context, path, terminal);
    const model = analyze(ast, { buildArgs, target: args.target, context });
    if (errors[0]) failures.push({ path, message: `${errors[0].message} (dflint ${path} tells more)` });
    else if (model.stages.length === 0) failures.push({ path, message: 'there is no FROM, so nothing is built' });
    else if (!model.target) failures.push({ path, message: `there is no stage ${args.target}` });
    else files.push({ path, model });
  }
  for (const { path, message } of failures) terminal.complain(`dflint: ${path}: ${message}`);
  return { files, failures };
}

/** What docker build takes without `--file`; where it is not there, all that is below. */
function usual({ cwd }: Terminal): string[] {
  const found = ['Dockerfile', 'Containerfile'].find((name) => existsSync(resolve(cwd, name)));
  return [found ?? '.'];
}

export function contextOf(folder: string, dockerfile: string, { cwd }: Terminal): Context {
  const root = resolve(cwd, folder);
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`the build context ${folder}: no such folder`);
  return context(folderHost(root), relative(root, resolve(cwd, dockerfile)).replaceAll('\\', '/'));
}

function given(argument: string, terminal: Terminal): [string, string][] {
  const equals = argument.indexOf('=');
  if (equals === 0 || argument === '') throw new UsageError(`--build-arg ${argument}: write NAME=value`);
  if (equals > 0) return [[argument.slice(0, equals), argument.slice(equals + 1)]];
  const value = terminal.environment(argument);
  return value === undefined ? [] : [[argument, value]];
}

/** A base as people write it. */
export const baseText = (base: Base): string => {
  if (base.kind === 'scratch') return 'scratch';
  if (base.kind === 'stage') return base.stage.name ?? `stage ${base.stage.index}`;
  return base.kind === 'image' ? base.reference.text : base.text || 'an image that only the build knows';
};

export const expansionText = ({ value }: Expansion): string => (value.state === 'unset' ? '' : value.text);
