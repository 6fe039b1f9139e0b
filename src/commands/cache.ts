import { reruns } from '../model/cache.ts';
import type { Builder } from '../model/layers.ts';
import { type CacheFile, cacheJson, cachePretty } from '../report/cache.ts';
import { position } from '../text/lines.ts';
import type { layerFormats } from './choices.ts';
import { analyzeFiles, type ModelArguments } from './model-options.ts';
import type { Terminal } from './terminal.ts';

export interface CacheArguments extends ModelArguments {
  readonly format: (typeof layerFormats)[number];
  readonly builder: Builder;
  /** Paths of the build context. */
  readonly changed: readonly string[];
  /** Names of build arguments that get another value. */
  readonly args: readonly string[];
}

/** Prints which steps a change runs again. 0, or 2 where a file could not be read. */
export async function cacheCommand(args: CacheArguments, terminal: Terminal): Promise<number> {
  const { files, failures } = await analyzeFiles(args, terminal);
  const paint = await terminal.paint();
  for (const { path, lines, model } of files) {
    const found = reruns(model, { paths: args.changed, args: args.args }, args.builder);
    const file: CacheFile = {
      path,
      changed: args.changed,
      args: args.args,
      steps: found.map(({ stage, instruction, rerun, why }) => ({
        line: position(lines, instruction.span.start).line,
        stage: stage.index,
        keyword: instruction.keyword.text,
        rerun,
        why,
      })),
    };
    terminal.print(args.format === 'json' ? cacheJson(file) : cachePretty(file, paint));
  }
  return failures.length > 0 ? 2 : 0;
}
