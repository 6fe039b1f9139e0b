import { relative, resolve } from 'node:path';
import { parse } from '../../../grammar/index.ts';
import type { Failure } from '../../engine/diagnostic.ts';
import { folderHost } from '../../host/folder.ts';
import { type Context, context } from '../../model/context/context.ts';
import { analyze } from '../../model/index.ts';
import { type CacheFile, sinceRows } from '../../report/screens/cache-rows.ts';
import type { Analyzed, Builder } from '../../report/screens/model.ts';
import type { Revision } from './git.ts';
import type { Terminal } from './terminal.ts';

export interface SinceArguments {
  /** A commit to compare with. */
  readonly since: string;
  readonly context: string;
  readonly target: string | undefined;
  readonly builder: Builder;
  /** Paths and names of build arguments that change as well. */
  readonly changed: readonly string[];
  readonly arg: readonly string[];
}

/** What is not in the cache that builds at a commit left; a failure for each file with which there is nothing to compare. */
export async function compareFiles(
  files: readonly Analyzed[],
  { since: ref, context: folder, target, builder, changed, arg: args }: SinceArguments,
  { cwd }: Terminal,
): Promise<{ rows: CacheFile[]; failures: Failure[] }> {
  // what starts processes is loaded only here
  const { revision } = await import('./git.ts');
  const root = resolve(cwd, folder);
  const then = revision(root, ref);
  const rows: CacheFile[] = [];
  const failures: Failure[] = [];
  const changes = files.length === 0 ? [] : [...new Set([...then.changed(root), ...changed])];
  for (const file of files) {
    const old = modelThen(file, then, { ref, root, target, cwd });
    if (typeof old === 'string') failures.push({ path: file.path, message: old });
    else rows.push(sinceRows(file, old, { ref, changed: changes, args }, builder));
  }
  return { rows, failures };
}

/** The model of a file as it was; why there is none, where there is none. */
function modelThen(
  { path, model }: Analyzed,
  then: Revision,
  { ref, root, target, cwd }: { ref: string; root: string; target: string | undefined; cwd: string },
) {
  if (path === '-') return 'standard input has no history';
  const file = resolve(cwd, path);
  const text = textThen(file, then, ref);
  if (typeof text !== 'string') return text.problem;
  const { ast, errors } = parse(text);
  if (errors[0]) return `in ${ref}: ${errors[0].message}`;
  return analyze(ast, { buildArgs: model.options.buildArgs, target, context: contextThen(root, file, then) });
}

function textThen(file: string, then: Revision, ref: string): string | { readonly problem: string } {
  try {
    return then.read(file) ?? { problem: `it does not exist in ${ref}` };
  } catch (error) {
    return { problem: (error as Error).message };
  }
}

/** The context as it is, under the ignore file of then. */
function contextThen(root: string, dockerfile: string, then: Revision): Context {
  const host = folderHost(root);
  const read = (path: string): string | undefined =>
    path.endsWith('.dockerignore') ? then.read(resolve(root, path)) : host.read(path);
  return context({ ...host, read }, relative(root, dockerfile).replaceAll('\\', '/'));
}
