import { resolve } from 'node:path';
import { parse } from '../../grammar/index.ts';
import { scoreOf, volatilityOf } from '../model/cache/volatility.ts';
import { analyze } from '../model/index.ts';
import type { Builder } from '../model/layers.ts';
import { type RewriteFile, rewriteJson, rewritePretty } from '../report/rewrite.ts';
import { rewrite } from '../rewrite/index.ts';
import type { layerFormats } from './choices.ts';
import { analyzeFiles, type ModelArguments } from './model-options.ts';
import { type Terminal, UsageError } from './terminal.ts';
import { replaceFile, unifiedDiff } from './write.ts';

export interface RewriteArguments extends ModelArguments {
  readonly format: (typeof layerFormats)[number];
  readonly builder: Builder;
  /** Whether commits are counted to tell what changes how often. */
  readonly history: boolean;
  /** Whether the files are changed. */
  readonly write: boolean;
}

/** Prints each file in the order that runs less again, as a diff with the reasons; changes it where asked to. 0, or 2 where that could not be done. */
export async function rewriteCommand(args: RewriteArguments, terminal: Terminal): Promise<number> {
  if (args.write && args.paths.includes('-')) throw new UsageError('--write: standard input cannot be written');
  const { files, failures } = await analyzeFiles(args, terminal);
  const paint = await terminal.paint();
  const { lastCommits } = await import('./git.ts');
  const commits = args.history && files.length > 0 ? lastCommits(resolve(terminal.cwd, args.context)) : [];
  let failed = failures.length > 0;
  for (const [index, { path, model }] of files.entries()) {
    const { text: before } = model.file;
    const { text: after, moves, stays } = rewrite(before, { build: model.options, builder: args.builder, commits });
    const volatility = volatilityOf(model, commits);
    const changed = after === before ? model : analyze(parse(after).ast, model.options);
    const failure = args.write && after !== before ? await replaceFile(path, terminal.cwd, before, after) : undefined;
    if (failure) {
      terminal.complain(`dflint: ${path}: ${failure.message}`);
      failed = true;
    }
    const told: RewriteFile = {
      ...{ path, builder: args.builder, moves, stays },
      before: scoreOf(model, volatility, args.builder).cached,
      after: scoreOf(changed, volatility, args.builder).cached,
      diff: after === before ? '' : await unifiedDiff(path, before, after),
      written: args.write && after !== before && !failure,
    };
    if (index > 0 && args.format === 'pretty') terminal.print('\n');
    terminal.print(args.format === 'json' ? rewriteJson(told) : rewritePretty(told, paint, terminal.width));
  }
  return failed ? 2 : 0;
}
