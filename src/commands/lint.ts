import { allRules } from '../../rules/index.ts';
import type { Config } from '../config/config.ts';
import { enable } from '../config/presets.ts';
import type { Format } from '../config/schema.ts';
import { type Failure, type FileReport, type Run, reaches, type Severity } from '../engine/diagnostic.ts';
import { fix } from '../engine/fix.ts';
import { type Enabled, type LintResult, lint } from '../engine/lint.ts';
import type { BuildOptions } from '../model/model.ts';
import { github } from '../report/github.ts';
import { hadolint } from '../report/hadolint.ts';
import { json } from '../report/json.ts';
import { pretty } from '../report/pretty.ts';
import { position } from '../text/lines.ts';
import type { LintArguments } from './choices.ts';
import { Configs } from './configs.ts';
import { findFiles, readText } from './files.ts';
import { contextOf } from './model-options.ts';
import type { Terminal } from './terminal.ts';
import { replaceFile, unifiedDiff } from './write.ts';

/** A file with what holds for it. */
interface Source {
  readonly path: string;
  readonly text: string;
  readonly config: Config;
  readonly enabled: readonly Enabled[];
  readonly build: Partial<BuildOptions>;
}

/** What became of a file. */
interface Outcome {
  readonly report: FileReport;
  readonly failure?: Failure | undefined;
  /** Whether fixes were held back because they are only shown. */
  readonly pending: boolean;
}

/**
 * Lints, fixes where that is asked for, and prints. 0: nothing at or above the severity that fails; 1: findings, or fixes that
 * were only shown; 2: some path could not be read or written, the others were.
 */
export async function lintCommand(args: LintArguments, terminal: Terminal): Promise<number> {
  const configs = new Configs(args, terminal, allRules);
  const { paths, failures } = await findFiles(args.paths.length > 0 ? args.paths : ['.'], terminal.cwd);
  const failed: Failure[] = [...failures];
  const outcomes: Outcome[] = [];
  const enabledBy = new Map<Config, readonly Enabled[]>();
  let grave = false;
  for (const path of paths) {
    const text = readText(path, terminal);
    if (typeof text !== 'string') {
      failed.push(text);
      continue;
    }
    const config = await configs.of(path);
    const enabled = enabledBy.get(config) ?? enable(allRules, config.preset ?? 'recommended', config);
    enabledBy.set(config, enabled);
    const build = args.context === undefined ? {} : { context: contextOf(args.context, path, terminal) };
    const outcome = await treat({ path, text, config, enabled, build }, args, terminal);
    outcomes.push(outcome);
    if (outcome.failure) failed.push(outcome.failure);
    grave ||= outcome.pending || fails(outcome.report, config);
  }
  for (const { path, message } of failed) terminal.complain(`dflint: ${path}: ${message}`);
  const run = { files: outcomes.map(({ report }) => report), failures: failed };
  const top = await configs.of(paths[0] ?? '-');
  const format = (top.format ?? 'pretty') as Format;
  const onlyText = args.dryRun || (args.fix !== undefined && paths.includes('-'));
  if (onlyText) terminal.complain((await render(run, 'pretty', terminal, top)).trimEnd().split('\n').at(-1)!);
  else if (outcomes.length > 0 || format !== 'pretty') terminal.print(await render(run, format, terminal, top));
  return failed.length > 0 ? 2 : grave ? 1 : 0;
}

function fails({ diagnostics }: FileReport, { failOn, preset }: Config): boolean {
  // hadolint fails on info
  const threshold: Severity | 'never' = failOn ?? (preset === 'hadolint' ? 'info' : 'warning');
  return threshold !== 'never' && diagnostics.some(({ severity }) => reaches(severity, threshold));
}

async function treat(source: Source, args: LintArguments, terminal: Terminal): Promise<Outcome> {
  const { path, text, enabled, build } = source;
  const name = path === '-' ? (args.stdinFilename ?? '-') : path;
  const settings = { rules: allRules, build, comments: source.config.comments };
  const lintText = (it: string): LintResult => lint(it, enabled, settings);
  if (args.fix === undefined) return { report: { path: name, ...lintText(text) }, pending: false };
  const fixed = fix(text, { lint: lintText, safety: args.fix, build });
  for (const { diagnostic, reason } of fixed.refused) {
    const { line, column } = position(fixed.result.lines, diagnostic.span.start);
    terminal.complain(`dflint: ${name}:${line}:${column}: the fix of ${diagnostic.rule} was left out: ${reason}`);
  }
  const changed = fixed.text !== text;
  const report = { path: name, ...fixed.result, [args.dryRun ? 'fixable' : 'fixed']: fixed.applied.length };
  if (args.dryRun) {
    if (changed) terminal.print(await unifiedDiff(name, text, fixed.text));
    return { report, pending: changed };
  }
  if (path === '-') terminal.print(fixed.text);
  else if (changed) {
    const failure = await replaceFile(path, terminal.cwd, text, fixed.text);
    if (failure) return { report: { path: name, ...lintText(text) }, failure, pending: false };
  }
  return { report, pending: false };
}

async function render(run: Run, format: Format, terminal: Terminal, { color }: Config): Promise<string> {
  if (format === 'json') return json(run, terminal.version);
  if (format === 'github') return github(run);
  if (format === 'hadolint') return hadolint(run);
  return pretty(run, await terminal.paint(color), terminal.width);
}
