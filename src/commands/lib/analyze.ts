import { existsSync, statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { parse } from '../../../grammar/index.ts';
import type { Failure } from '../../engine/diagnostic.ts';
import { folderHost } from '../../host/folder.ts';
import { type Context, context } from '../../model/context/context.ts';
import { analyze } from '../../model/index.ts';
import type { Analyzed } from '../../report/screens/model.ts';
import { findFiles, readText } from './files.ts';
import { type Terminal, UsageError } from './terminal.ts';

/** How files are built, as the command line says it. */
export interface BuildArguments {
  readonly path: readonly string[];
  /** `NAME=VALUE`, or `NAME` for the value in the environment, as docker build has it. */
  readonly buildArg: readonly string[];
  readonly target: string | undefined;
  /** The folder that is sent to the builder; its ignore file counts. */
  readonly context: string;
}

/** Reads and analyzes the files named; those that cannot be read, or that BuildKit would not read, are failures. */
export async function analyzeFiles(
  args: BuildArguments,
  terminal: Terminal,
): Promise<{ files: Analyzed[]; failures: Failure[] }> {
  const found = await findFiles(args.path.length > 0 ? args.path : usual(terminal), terminal.cwd);
  const failures = [...found.failures];
  const buildArgs = new Map(args.buildArg.flatMap((it) => given(it, terminal)));
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
    if (errors[0]) failures.push({ path, message: `${errors[0].message} (see dflint ${path})` });
    else if (model.stages.length === 0) failures.push({ path, message: 'there is no FROM, so it builds nothing' });
    else if (!model.target) failures.push({ path, message: `there is no stage ${args.target}` });
    else files.push({ path, model });
  }
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
    throw new UsageError(`the build context ${folder} is not a folder`);
  return context(folderHost(root), relative(root, resolve(cwd, dockerfile)).replaceAll('\\', '/'));
}

function given(argument: string, terminal: Terminal): [string, string][] {
  const equals = argument.indexOf('=');
  if (equals === 0 || argument === '') throw new UsageError(`--build-arg ${argument}: write NAME=value`);
  if (equals > 0) return [[argument.slice(0, equals), argument.slice(equals + 1)]];
  const value = terminal.environment(argument);
  return value === undefined ? [] : [[argument, value]];
}
