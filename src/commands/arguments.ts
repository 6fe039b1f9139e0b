import yargs, { type Argv, type InferredOptionTypes, type Options } from 'yargs';
import { failLevels } from '../config/config.ts';
import type { HadolintSettings } from '../config/hadolint.ts';
import { presets } from '../config/presets.ts';
import { formats } from '../config/schema.ts';
import { thresholds } from '../config/thresholds.ts';
import { builders } from '../model/layers.ts';
import { layerFormats, stageFormats } from './choices.ts';
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
          .options(lintOptions)
          .options(hadolintOptions),
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
            config: (args.config as string | false) === false ? false : args.config,
            fix: args.fixSuggestions ? 'suggestion' : args.fix || args.dryRun ? 'safe' : undefined,
            dryRun: args.dryRun,
            shellcheck: args.shellcheck,
            context: args.context,
            hadolint: await hadolintGiven(args),
          },
          processTerminal(args.color),
        );
      },
    )
    .command(
      'explain <rule>',
      'What a rule says and why, with examples; any name of it will do',
      (it) => it.positional('rule', { type: 'string', demandOption: true }),
      async (args) => {
        const { explainCommand } = await import('./index.ts');
        code = await explainCommand(args.rule, processTerminal(args.color));
      },
    )
    .command(
      'rules',
      'List the rules',
      (it) =>
        it
          .option('preset', { choices: presets, describe: 'Only those of a preset' })
          .option('format', { choices: layerFormats, default: 'pretty' as const, describe: 'How to report' }),
      async (args) => {
        const { rulesCommand } = await import('./index.ts');
        code = await rulesCommand(args, processTerminal(args.color));
      },
    )
    .command(
      'init',
      'Write a .dflint.yaml',
      (it) =>
        it.option('from-hadolint', {
          type: 'boolean',
          default: false,
          describe: 'Say what the config of hadolint says',
        }),
      async (args) => {
        const { initCommand } = await import('./index.ts');
        code = await initCommand(args, processTerminal(args.color));
      },
    )
    .command(
      'layers [path..]',
      'What each instruction adds to the image, per stage',
      (it) =>
        modelOptions(it)
          .option('format', { choices: layerFormats, default: 'pretty' as const, describe: 'How to report' })
          .option('builder', { choices: builders, default: 'buildkit' as const, describe: 'Whose layers' })
          .option('image', { type: 'string', describe: 'An image archive or its folder: the layers that it has' }),
      async (args) => {
        const { imageCommand, layersCommand } = await import('./index.ts');
        const { format, builder, image } = args;
        if (image !== undefined) {
          const given = modelArguments(args);
          code = await imageCommand({ ...given, format, image }, processTerminal(args.color));
          return;
        }
        code = await layersCommand({ ...modelArguments(args), format, builder }, processTerminal(args.color));
      },
    )
    .command(
      'cache [path..]',
      'What runs again after a change, or after each of the usual ones',
      (it) =>
        modelOptions(it)
          .option('changed', { ...words(), describe: 'A path of the build context that changed; repeatable' })
          .option('arg', { ...words(), describe: 'A build argument that gets another value; repeatable' })
          .option('since', { type: 'string', describe: 'A commit of git: what is not in the cache of its build' })
          .option('rewrite', {
            type: 'boolean',
            default: false,
            describe: 'Show the order that runs less again, as a diff',
          })
          .option('write', { type: 'boolean', default: false, describe: 'With --rewrite: change the file' })
          .option('history', { type: 'boolean', default: true, describe: 'Count in git what changes how often' })
          .option('format', { choices: layerFormats, default: 'pretty' as const, describe: 'How to report' })
          .option('builder', { choices: builders, default: 'buildkit' as const, describe: 'Whose cache' }),
      async (args) => {
        const { cacheCommand, rewriteCommand } = await import('./index.ts');
        const { format, builder, changed, since, history, write } = args;
        if (args.rewrite) {
          const given = { ...modelArguments(args), format, builder, history, write };
          code = await rewriteCommand(given, processTerminal(args.color));
          return;
        }
        if (write) throw new UsageError('--write goes with --rewrite');
        const options = { ...modelArguments(args), format, builder, changed, since, history, args: args.arg };
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

const lintOptions = {
  format: { alias: 'f', choices: formats, describe: 'How to report', defaultDescription: 'pretty' },
  preset: { choices: presets, describe: 'Which rules', defaultDescription: 'recommended' },
  rule: { ...words(), describe: 'ID=SEVERITY or ID=off; repeatable' },
  'fail-on': {
    choices: failLevels,
    describe: 'The least severity for exit code 1',
    defaultDescription: 'warning',
  },
  fix: { type: 'boolean', default: false, describe: 'Repair what can be repaired without changing what it means' },
  'fix-suggestions': { type: 'boolean', default: false, describe: 'Repair also what a person should look at' },
  'dry-run': { type: 'boolean', default: false, describe: 'Show repairs as a diff, change nothing' },
  config: { alias: 'c', type: 'string', describe: 'A config file; --no-config for none' },
  context: { type: 'string', describe: 'The build context, for rules that look into it' },
  shellcheck: { type: 'boolean', describe: 'Ask the real ShellCheck as well' },
  'stdin-filename': { type: 'string', describe: 'What to call standard input' },
} as const satisfies Record<string, Options>;

/** So that a command line for hadolint needs one other word only: the name of the program. */
const theirs = { hidden: true } as const;
const hadolintOptions = {
  ignore: { ...words(), ...theirs },
  error: { ...words(), ...theirs },
  warning: { ...words(), ...theirs },
  info: { ...words(), ...theirs },
  style: { ...words(), ...theirs },
  'trusted-registry': { ...words(), ...theirs },
  'require-label': { ...words(), ...theirs },
  'strict-labels': { type: 'boolean', default: false, ...theirs },
  'disable-ignore-pragma': { type: 'boolean', default: false, ...theirs },
  'failure-threshold': { alias: 't', choices: thresholds, ...theirs },
  fail: { type: 'boolean', default: true, ...theirs },
} as const satisfies Record<string, Options>;

type HadolintArguments = InferredOptionTypes<typeof hadolintOptions>;

/** What hadolint's own options say; undefined where none was given. */
async function hadolintGiven(args: HadolintArguments): Promise<HadolintSettings | undefined> {
  const lists = [
    args.ignore,
    args.error,
    args.warning,
    args.info,
    args.style,
    args['trusted-registry'],
    args['require-label'],
  ];
  const said = [args['strict-labels'], args['disable-ignore-pragma'], args['failure-threshold'], !args.fail];
  if (lists.every((it) => it.length === 0) && said.every((it) => !it)) return undefined;
  const { labelOf, noSettings } = await import('../config/load.ts');
  return {
    ...noSettings,
    ignored: args.ignore,
    override: { error: args.error, warning: args.warning, info: args.info, style: args.style },
    trustedRegistries: args['trusted-registry'],
    labels: Object.fromEntries(args['require-label'].map(labelOf)),
    strictLabels: args['strict-labels'],
    noPragmas: args['disable-ignore-pragma'],
    threshold: args['failure-threshold'],
    noFail: !args.fail,
  };
}

const path = (word: string): string => (word === STDIN ? '-' : word);

/** An option that may be repeated; it takes one word, so that paths may follow. */
function words() {
  return { type: 'string', array: true, nargs: 1, default: [] as string[], defaultDescription: 'none' } as const;
}

const modelOptions = <T>(parser: Argv<T>) =>
  parser
    .positional('path', { type: 'string', array: true, default: [] as string[], defaultDescription: 'Dockerfile' })
    .option('build-arg', { ...words(), describe: 'NAME=value; repeatable' })
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
