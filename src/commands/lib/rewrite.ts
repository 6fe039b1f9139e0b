import { resolve } from 'node:path';
import { parse } from '../../../grammar/index.ts';
import type { Failure } from '../../engine/diagnostic.ts';
import { analyze } from '../../model/index.ts';
import { type Builder, type Model, scoreOf, volatilityOf } from '../../report/screens/model.ts';
import { type RewriteFile, rewriteScreen } from '../../report/screens/rewrite.ts';
import { rewrite } from '../../rewrite/index.ts';
import { analyzeFiles, type BuildArguments } from './analyze.ts';
import { show } from './show.ts';
import { type Terminal, UsageError } from './terminal.ts';
import { replaceFile, unifiedDiff } from './write.ts';

export interface RewriteArguments extends BuildArguments {
  readonly format: string;
  readonly builder: Builder;
  /** Whether commits are counted to tell what changes how often. */
  readonly history: boolean;
  /** Whether the files are changed. */
  readonly write: boolean;
}

/** Prints each file in the order that runs less again, as a diff with the reasons; changes it where asked to. 0, or 2 where that could not be done. */
export async function rewriteFiles(args: RewriteArguments, terminal: Terminal): Promise<number> {
  if (args.write && args.path.includes('-')) throw new UsageError('--write cannot write to standard input');
  const { files, failures } = await analyzeFiles(args, terminal);
  // what starts processes is loaded only here
  const { lastCommits } = await import('./git.ts');
  const commits = args.history && files.length > 0 ? lastCommits(resolve(terminal.cwd, args.context)) : [];
  const failed: Failure[] = [...failures];
  const rows: RewriteFile[] = [];
  for (const { path, model } of files) {
    const { text: before } = model.file;
    const { text: after, moves, stays } = rewrite(before, { build: model.options, builder: args.builder, commits });
    const isNew = after !== before;
    const failure = args.write && isNew ? await replaceFile(path, terminal.cwd, before, after) : undefined;
    if (failure) failed.push(failure);
    const volatility = volatilityOf(model, commits);
    const cached = (of: Model): number => scoreOf(of, volatility, args.builder).cached;
    rows.push({
      ...{ path, builder: args.builder, moves, stays },
      before: cached(model),
      after: cached(isNew ? analyze(parse(after).ast, model.options) : model),
      diff: isNew ? await unifiedDiff(path, before, after) : '',
      written: args.write && isNew && !failure,
    });
  }
  return show(rewriteScreen(rows), { format: args.format, failures: failed }, terminal);
}
