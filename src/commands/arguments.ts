import yargs from 'yargs';
import { presets } from '../config/presets.ts';
import { severities } from '../engine/diagnostic.ts';
import { formats, lintCommand, lintDefaults } from './lint.ts';
import { processTerminal, UsageError } from './terminal.ts';
import { version } from './version.ts';

/** What stands for `-` while yargs reads, which would drop it among positional words. */
const STDIN = '<standard input>';

/** Reads the command line, runs the command, gives its exit code. Throws UsageError where a word is not understood. */
export async function run(words: readonly string[]): Promise<number> {
  let code = 0;
  const parser = yargs(words.map((word) => (word === '-' ? STDIN : word)))
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
          .option('rule', {
            type: 'string',
            array: true,
            nargs: 1,
            default: [] as string[],
            defaultDescription: 'none',
            describe: 'ID=SEVERITY or ID=off; repeatable',
          })
          .option('fail-on', {
            choices: [...severities, 'never'] as const,
            default: lintDefaults.failOn,
            describe: 'The least severity for exit code 1',
          })
          .option('stdin-filename', { type: 'string', describe: 'What to call standard input' }),
      async (args) => {
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
      'parse <file>',
      'Print the syntax tree as JSON',
      (it) => it.positional('file', { type: 'string', demandOption: true }),
      async (args) => {
        const { parseCommand } = await import('./parse.ts');
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
