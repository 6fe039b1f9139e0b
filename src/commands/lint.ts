import { failLevels } from '../config/config.ts';
import type { HadolintSettings } from '../config/hadolint.ts';
import { presets } from '../config/presets.ts';
import { thresholds } from '../config/thresholds.ts';
import type { Safety } from '../engine/diagnostic.ts';
import { formatNames } from '../report/format-names.ts';
import { command, type Given } from './lib/command.ts';
import { paths, words } from './lib/options.ts';

const own = {
  format: { alias: 'f', choices: formatNames, describe: 'Output format', defaultDescription: 'pretty' },
  preset: { choices: presets, describe: 'Preset of rules to start from', defaultDescription: 'recommended' },
  rule: words('Set the severity of a rule or turn it off, as ID=SEVERITY or ID=off; repeatable'),
  'fail-on': { choices: failLevels, describe: 'Lowest severity that sets exit code 1', defaultDescription: 'warning' },
  fix: { type: 'boolean', default: false, describe: 'Apply fixes that keep the meaning of the file' },
  'fix-suggestions': { type: 'boolean', default: false, describe: 'Also apply fixes that need a review' },
  'dry-run': { type: 'boolean', default: false, describe: 'Show fixes as a diff and change nothing' },
  // where --no-config is given, yargs makes it false
  config: { alias: 'c', type: 'string', describe: 'Config file; --no-config to use none' },
  context: { type: 'string', describe: 'Build context folder, for rules that need it' },
  shellcheck: { type: 'boolean', describe: 'Also check scripts with ShellCheck' },
  'stdin-filename': { type: 'string', describe: 'File name for standard input, to report and to find the config' },
  verbose: { alias: 'V', type: 'boolean', default: false, describe: 'Print on standard error which config is used' },
} as const;

/** So that a command line for hadolint needs one other word only: the name of the program. */
const theirs = { hidden: true } as const;
const list = { ...words(''), ...theirs };
const flag = { type: 'boolean', default: false, ...theirs } as const;
const hadolints = {
  ignore: list,
  error: list,
  warning: list,
  info: list,
  style: list,
  'trusted-registry': list,
  'require-label': list,
  'strict-labels': flag,
  'disable-ignore-pragma': flag,
  'failure-threshold': { alias: 't', choices: thresholds, ...theirs },
  'file-path-in-report': { type: 'string', ...theirs },
  fail: { type: 'boolean', default: true, ...theirs },
} as const;

/** Lints, and repairs where that is asked for. */
export const lint = command({
  usage: '$0 [path..]',
  describe: 'Lint files, folders, glob patterns, or standard input (-)',
  positionals: { path: paths('.') },
  options: { ...own, ...hadolints },
  async run(args, terminal, { lintFiles }) {
    const { path, format, preset, rule, failOn, stdinFilename, config, dryRun, shellcheck, context, verbose } = args;
    const fix: Safety | undefined = args.fixSuggestions ? 'suggestion' : args.fix || dryRun ? 'safe' : undefined;
    const hadolint = await hadolintGiven(args);
    const given = {
      format,
      preset,
      failOn,
      stdinFilename,
      config,
      fix,
      dryRun,
      shellcheck,
      context,
      hadolint,
      verbose,
    };
    return lintFiles({ ...given, paths: path, rules: rule, reportAs: args.filePathInReport }, terminal);
  },
});

/** What hadolint's own options say; undefined where none was given. */
async function hadolintGiven(args: Given<typeof hadolints>): Promise<HadolintSettings | undefined> {
  const { ignore, error, warning, info, style, trustedRegistry, requireLabel, strictLabels } = args;
  const lists = [ignore, error, warning, info, style, trustedRegistry, requireLabel];
  const said = [strictLabels, args.disableIgnorePragma, args.failureThreshold, !args.fail];
  if (lists.every((it) => it.length === 0) && said.every((it) => !it)) return undefined;
  const { labelOf, noSettings } = await import('../config/load.ts');
  return {
    ...noSettings,
    ignored: ignore,
    override: { error, warning, info, style },
    trustedRegistries: trustedRegistry,
    labels: Object.fromEntries(requireLabel.map(labelOf)),
    strictLabels,
    noPragmas: args.disableIgnorePragma,
    threshold: args.failureThreshold,
    noFail: !args.fail,
  };
}
