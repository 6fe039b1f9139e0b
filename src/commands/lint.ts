import { allRules } from '../../rules/index.ts';
import type { Config } from '../config/config.ts';
import { enable } from '../config/presets.ts';
import type { Format } from '../config/schema.ts';
import {
  type Diagnostic,
  type Failure,
  type FileReport,
  type Run,
  reaches,
  type Severity,
} from '../engine/diagnostic.ts';
import { fix } from '../engine/fix.ts';
import { type Enabled, type LintResult, lint } from '../engine/lint.ts';
import { github } from '../report/github.ts';
import { hadolint } from '../report/hadolint.ts';
import { json } from '../report/json.ts';
import { pretty } from '../report/pretty.ts';
import { position } from '../text/lines.ts';
import type { LintArguments } from './choices.ts';
import { Configs } from './configs.ts';
import { findFiles, readText } from './files.ts';
import { contextOf } from './model-options.ts';
import { type Checked, checkScripts, type ScriptCheck } from './script-check.ts';
import type { Terminal } from './terminal.ts';
import { replaceFile, unifiedDiff } from './write.ts';

/** A file with what holds for it. */
interface Source extends Checked {
  readonly enabled: readonly Enabled[];
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
  const sources: Source[] = [];
  const enabledBy = new Map<Config, readonly Enabled[]>();
  for (const path of paths) {
    const text = readText(path, terminal);
    if (typeof text !== 'string') {
      failed.push(text);
      continue;
    }
    const config = await configs.of(path);
    const enabled = enabledBy.get(config) ?? enable(allRules, config.preset ?? 'recommended', config);
    enabledBy.set(config, enabled);
    const build = config.context === undefined ? {} : { context: contextOf(config.context, path, terminal) };
    sources.push({ path, text, config, enabled, build });
  }
  const scripts = await checkScripts(sources, terminal);
  const outcomes: Outcome[] = [];
  let grave = false;
  try {
    for (const source of sources) {
      const outcome = await treat(source, args, scripts, terminal);
      outcomes.push(outcome);
      if (outcome.failure) failed.push(outcome.failure);
      grave ||= outcome.pending || fails(outcome.report, source.config);
    }
  } finally {
    await scripts.close();
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

async function treat(source: Source, args: LintArguments, scripts: ScriptCheck, terminal: Terminal): Promise<Outcome> {
  const { path, text, enabled, build, config } = source;
  const name = path === '-' ? (args.stdinFilename ?? '-') : path;
  const lintText = (it: string, foreign: readonly Diagnostic[]): LintResult =>
    lint(it, enabled, { rules: allRules, build, comments: config.comments, foreign });
  const asFound = (): FileReport => ({ path: name, ...lintText(text, scripts.of(source)) });
  if (args.fix === undefined) return { report: asFound(), pending: false };
  // what ShellCheck says of the text as it was does not hold for what becomes of it
  const fixed = fix(text, {
    lint: (it) => lintText(it, it === text ? scripts.of(source) : []),
    safety: args.fix,
    build,
  });
  for (const { diagnostic, reason } of fixed.refused) {
    const { line, column } = position(fixed.result.lines, diagnostic.span.start);
    terminal.complain(`dflint: ${name}:${line}:${column}: the fix of ${diagnostic.rule} was left out: ${reason}`);
  }
  const changed = fixed.text !== text;
  const result = changed ? lintText(fixed.text, await scripts.again(source, fixed.text)) : fixed.result;
  const report = { path: name, ...result, [args.dryRun ? 'fixable' : 'fixed']: fixed.applied.length };
  if (args.dryRun) {
    if (changed) terminal.print(await unifiedDiff(name, text, fixed.text));
    return { report, pending: changed };
  }
  if (path === '-') terminal.print(fixed.text);
  else if (changed) {
    const failure = await replaceFile(path, terminal.cwd, text, fixed.text);
    if (failure) return { report: asFound(), failure, pending: false };
  }
  return { report, pending: false };
}

async function render(run: Run, format: Format, terminal: Terminal, { color }: Config): Promise<string> {
  if (format === 'json') return json(run, terminal.version);
  if (format === 'github') return github(run);
  if (format === 'hadolint') return hadolint(run);
  return pretty(run, await terminal.paint(color), terminal.width);
}
