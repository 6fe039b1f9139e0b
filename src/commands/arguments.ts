import yargs, { type Argv } from 'yargs';
import { presets } from '../config/presets.ts';
import { severities } from '../engine/diagnostic.ts';
import { builders } from '../model/layers.ts';
import { formats, layerFormats, lintDefaults, stageFormats } from './choices.ts';
import type { ModelArguments } from './model-options.ts';
import { processTerminal, UsageError } from './terminal.ts';
import { version } from './version.ts';

/** What stands for `-` while yargs reads, which would drop it among positional words. */
const STDIN = '<standard input>';

/** Reads the command line, runs the command, gives its exit code. Throws UsageError where a word is not understood. */
export async function run(given: readonly string[]): Promise<number> {
  let code = 0;
  const parser = yargs(given.map((word) => (word === '-' ? STDIN : word)))
    .scriptName('dflint')
    .usage('$0 [path..]\n\nTells what each line of a Dockerfile costs, what it breaks, and how to write it better.')
    .option('color', { type: 'boolean', describe: 'Colours, or --no-color; otherwise as the terminal has it' })
    .command(
      '$0 [path..]',
      'Lint files, folders, patterns, or - for standard input',
      (it) =>
        it
          .positional('path', { type: 'string', array: true, default: [] as string[], defaultDescription: '.' })
          .option('format', { choices: formats, default: lintDefaults.format, describe: 'How to report' })
          .option('preset', { choices: presets, default: lintDefaults.preset, describe: 'Which rules' })
          .option('rule', { ...words, describe: 'ID=SEVERITY or ID=off; repeatable' })
          .option('fail-on', {
            choices: [...severities, 'never'] as const,
            default: lintDefaults.failOn,
            describe: 'The least severity for exit code 1',
          })
          .option('stdin-filename', { type: 'string', describe: 'What to call standard input' }),
      async (args) => {
        const { lintCommand } = await import('./index.ts');
        code = await lintCommand(
          {
            paths: args.path.map(path),
            format: args.format,
            preset: args.preset,
            rules: args.rule,
            failOn: args.failOn,
            stdinFilename: args.stdinFilename,
          },
          processTerminal(args.color),
        );
      },
    )
    .command(
      'layers [path..]',
      'What each instruction adds to the image, per stage',
      (it) =>
        modelOptions(it)
          .option('format', { choices: layerFormats, default: 'pretty' as const, describe: 'How to report' })
          .option('builder', { choices: builders, default: 'buildkit' as const, describe: 'Whose layers' }),
      async (args) => {
        const { layersCommand } = await import('./index.ts');
        const { format, builder } = args;
        code = await layersCommand({ ...modelArguments(args), format, builder }, processTerminal(args.color));
      },
    )
    .command(
      'cache [path..]',
      'What runs again after a change',
      (it) =>
        modelOptions(it)
          .option('changed', { ...words, describe: 'A path of the build context that changed; repeatable' })
          .option('arg', { ...words, describe: 'A build argument that gets another value; repeatable' })
          .option('format', { choices: layerFormats, default: 'pretty' as const, describe: 'How to report' })
          .option('builder', { choices: builders, default: 'buildkit' as const, describe: 'Whose cache' }),
      async (args) => {
        const { cacheCommand } = await import('./index.ts');
        const { format, builder, changed } = args;
        const options = { ...modelArguments(args), format, builder, changed, args: args.arg };
        code = await cacheCommand(options, processTerminal(args.color));
      },
    )
    .command(
      'stages [path..]',
      'The build graph',
      (it) =>
        modelOptions(it).option('format', {
          choices: stageFormats,
          default: 'text' as const,
          describe: 'How to report',
        }),
      async (args) => {
        const { stagesCommand } = await import('./index.ts');
        code = await stagesCommand({ ...modelArguments(args), format: args.format }, processTerminal(args.color));
      },
    )
    .command(
      'parse <file>',
      'Print the syntax tree as JSON',
      (it) => it.positional('file', { type: 'string', demandOption: true }),
      async (args) => {
        const { parseCommand } = await import('./index.ts');
        code = parseCommand(path(args.file), processTerminal(args.color));
      },
    )
    .version(version)
    .alias({ help: 'h', version: 'v' })
    .strict()
    .wrap(Math.min(100, process.stdout.columns ?? 100))
    .epilogue('Exit codes: 0 nothing to report, 1 findings, 2 the work could not be done.')
    .exitProcess(false)
    .fail((message, error) => {
      throw error ?? new UsageError(`${message}; dflint --help tells more`);
    });
  await parser.parseAsync();
  return code;
}

const path = (word: string): string => (word === STDIN ? '-' : word);

/** An option that may be repeated; it takes one word, so that paths may follow. */
const words = { type: 'string', array: true, nargs: 1, default: [] as string[], defaultDescription: 'none' } as const;

const modelOptions = <T>(parser: Argv<T>) =>
  parser
    .positional('path', { type: 'string', array: true, default: [] as string[], defaultDescription: 'Dockerfile' })
    .option('build-arg', { ...words, describe: 'NAME=value; repeatable' })
    .option('context', { type: 'string', default: '.', describe: 'The folder that is sent to the builder' })
    .option('target', { type: 'string', describe: 'The stage to build, by name or index' });

const modelArguments = (args: {
  path: string[];
  buildArg: string[];
  target: string | undefined;
  context: string;
}): ModelArguments => ({
  context: args.context,
  paths: args.path.map(path),
  buildArgs: args.buildArg,
  target: args.target,
});
