import type { Argv } from 'yargs';
import type { Command } from './command.ts';
import { common } from './options.ts';
import { processTerminal, type Terminal, UsageError } from './terminal.ts';
import { version } from './version.ts';

/** What stands for `-` while yargs reads, which would drop it among positional words. */
const STDIN = '<standard input>';

/** Reads the command line, runs the command, gives its exit code. Throws UsageError where a word is not understood. */
export async function run(
  given: readonly string[],
  commands: readonly Command[],
  terminalWith: (color?: boolean) => Terminal = processTerminal,
): Promise<number> {
  refuseNegated(given, commands);
  const { default: yargs } = await import('yargs');
  let code = 0;
  const parser = yargs(given.map((word) => (word === '-' ? STDIN : word)))
    .scriptName('dflint')
    .usage('$0 [path..]\n\nShows what each line of a Dockerfile costs, what it breaks, and how to write it better.')
    .version(version)
    .alias({ help: 'h', version: 'v' })
    .strict()
    .wrap(Math.min(100, process.stdout.columns ?? 100))
    .epilogue('Exit codes: 0 for nothing to report, 1 for findings that fail, 2 for an error.')
    .exitProcess(false)
    .fail((message, error) => {
      throw error ?? new UsageError(`${message}; see dflint --help`);
    });
  for (const command of commands)
    parser.command(
      command.usage,
      command.describe,
      (it) => declare(it, command),
      async (args) => {
        const { color, config } = args as { readonly color?: boolean; readonly config?: unknown };
        if (config === true) throw new UsageError('--config is only for linting; this command does not read a config');
        code = await command.run(withStdin(args), terminalWith(color), await import('./work.ts'));
      },
    );
  await parser.parseAsync();
  return code;
}

/** Throws UsageError for `--no-NAME` of an option with a value, which yargs would take for all but the config. */
function refuseNegated(given: readonly string[], commands: readonly Command[]): void {
  const options = new Map(commands.flatMap((it) => Object.entries({ ...common, ...it.options })));
  const words = given.includes('--') ? given.slice(0, given.indexOf('--')) : given;
  for (const it of words) {
    const name = /^--no-([\w-]+)/.exec(it)?.[1];
    if (name === undefined || name === 'config' || options.has(`no-${name}`)) continue;
    const option = options.get(name);
    if (option && option.type !== 'boolean')
      throw new UsageError(`There is no --no-${name}, as --${name} takes a value; see dflint --help`);
  }
}

function declare(parser: Argv, { positionals, options }: Command): Argv {
  for (const [name, it] of Object.entries(positionals)) parser.positional(name, it);
  return parser.options({ ...common, ...options });
}

const withStdin = (args: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(args).map(([name, value]) => [name, Array.isArray(value) ? value.map(word) : word(value)]),
  );

const word = (value: unknown): unknown => (value === STDIN ? '-' : value);
