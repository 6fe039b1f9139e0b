import { parse } from '../../../grammar/index.ts';
import type { Failure } from '../../engine/diagnostic.ts';
import { factsOf } from '../../knowledge/images/facts.ts';
import { analyze, type Model } from '../../model/index.ts';
import { imageLayers, scoreOf, volatilityOf } from '../../report/screens/model.ts';
import { type SuggestFile, suggestScreen } from '../../report/screens/suggest.ts';
import { split } from '../../rewrite/stages/index.ts';
import { analyzeFiles, type BuildArguments } from './analyze.ts';
import { show } from './show.ts';
import { type Terminal, UsageError } from './terminal.ts';
import { replaceFile, unifiedDiff } from './write.ts';

export interface SuggestArguments extends BuildArguments {
  readonly format: string;
  /** Whether the files are changed. */
  readonly write: boolean;
}

/** Prints the multi-stage version of each file as a diff, with what no longer ships; changes it where asked to. 0, or 2 where that could not be done. */
export async function suggestFiles(args: SuggestArguments, terminal: Terminal): Promise<number> {
  if (args.write && args.path.includes('-')) throw new UsageError('--write cannot write to standard input');
  const { files, failures } = await analyzeFiles(args, terminal);
  const failed: Failure[] = [...failures];
  const rows: SuggestFile[] = [];
  for (const { path, model } of files) {
    const { text: before } = model.file;
    const { text: after, division, refusal } = split(before, { build: model.options });
    const failure = args.write && division ? await replaceFile(path, terminal.cwd, before, after) : undefined;
    if (failure) failed.push(failure);
    rows.push({
      ...{ path, division, refusal },
      before: figuresOf(model),
      after: figuresOf(division ? analyze(parse(after).ast, model.options) : model),
      diff: division ? await unifiedDiff(path, before, after) : '',
      written: args.write && division !== undefined && !failure,
    });
  }
  return show(suggestScreen(rows), { format: args.format, failures: failed }, terminal);
}

function figuresOf(model: Model): SuggestFile['before'] {
  const base = model.target?.rootImage;
  return {
    layers: imageLayers(model)?.ownLayers ?? 0,
    cached: scoreOf(model, volatilityOf(model, []), 'buildkit').cached,
    baseBytes: (base && factsOf(base)?.size) ?? null,
  };
}
