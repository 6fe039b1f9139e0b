import { allRules } from '../../../rules/index.ts';
import type { Config } from '../../config/config.ts';
import { enable } from '../../config/presets.ts';
import {
  type Diagnostic,
  type Failure,
  type FileReport,
  type Run,
  reaches,
  type Safety,
} from '../../engine/diagnostic.ts';
import { fix } from '../../engine/fix.ts';
import { type Enabled, type LintResult, lint } from '../../engine/lint.ts';
import { type Format, neverFails } from '../../report/format-names.ts';
import { formats } from '../../report/formats.ts';
import { diffLine, visible } from '../../report/layout.ts';
import { linesOf, position } from '../../text/lines.ts';
import { contextOf } from './analyze.ts';
import { type ConfigArguments, Configs } from './configs.ts';
import { findFiles, readText } from './files.ts';
import { type Checked, checkScripts, type ScriptCheck } from './script-check.ts';
import { type Terminal, UsageError } from './terminal.ts';
import { replaceFile, unifiedDiff } from './write.ts';

export interface LintArguments extends ConfigArguments {
  readonly paths: readonly string[];
  /** The name to report findings under, in place of the file's. */
  readonly reportAs: string | undefined;
  /** Whether the config of each file is named on standard error. */
  readonly verbose: boolean;
  /** The least sure fixes to apply; undefined for none. */
  readonly fix: Safety | undefined;
  /** Whether fixes are only shown. */
  readonly dryRun: boolean;
}

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
export async function lintFiles(args: LintArguments, terminal: Terminal): Promise<number> {
  const configs = new Configs(args, terminal, allRules);
  const { paths, failures } = await findFiles(args.paths.length > 0 ? args.paths : ['.'], terminal.cwd);
  const { sources, unread } = await readSources(paths, args, configs, terminal);
  const outcomes = await treatAll(sources, args, terminal);
  const failed = [...failures, ...unread, ...outcomes.flatMap(({ failure }) => failure ?? [])];
  for (const { path, message } of failed) terminal.complain(visible(`dflint: ${path}: ${message}`));
  const run = { files: outcomes.map(({ report }) => report), failures: failed };
  const { format = 'pretty', color } = await configs.of(paths[0] ?? '-');
  if (args.verbose) for (const line of await configs.described(paths)) terminal.complain(line);
  const onlyText = args.dryRun || (args.fix !== undefined && paths.includes('-'));
  if (onlyText) terminal.complain((await rendered(run, 'pretty', terminal, color)).trimEnd().split('\n').at(-1)!);
  else if (outcomes.length > 0 || format !== 'pretty') terminal.print(await rendered(run, format, terminal, color));
  if (failed.length > 0) return 2;
  if (neverFails.includes(format)) return 0;
  return outcomes.some(({ report, pending }, index) => pending || fails(report, sources[index]!.config)) ? 1 : 0;
}

/** The files that can be read, each with its config, its rules and its context. */
async function readSources(
  paths: readonly string[],
  { stdinFilename }: LintArguments,
  configs: Configs,
  terminal: Terminal,
): Promise<{ sources: Source[]; unread: Failure[] }> {
  const sources: Source[] = [];
  const unread: Failure[] = [];
  const enabledBy = new Map<Config, readonly Enabled[]>();
  for (const path of paths) {
    const text = readText(path, terminal);
    if (typeof text !== 'string') {
      unread.push(text);
      continue;
    }
    const config = await configs.of(path);
    const enabled = enabledBy.get(config) ?? enable(allRules, config.preset ?? 'recommended', config);
    enabledBy.set(config, enabled);
    const named = path === '-' ? (stdinFilename ?? path) : path;
    const build = config.context === undefined ? {} : { context: contextOf(config.context, named, terminal) };
    sources.push({ path, text, config, enabled, build });
  }
  return { sources, unread };
}

async function treatAll(sources: readonly Source[], args: LintArguments, terminal: Terminal): Promise<Outcome[]> {
  const scripts = await checkScripts(sources, terminal);
  const outcomes: Outcome[] = [];
  try {
    for (const source of sources) outcomes.push(await treatSafely(source, args, scripts, terminal));
  } finally {
    await scripts.close();
  }
  return outcomes;
}

function fails({ diagnostics }: FileReport, { failOn, preset }: Config): boolean {
  // hadolint fails on info
  const threshold = failOn ?? (preset === 'hadolint' ? 'info' : 'warning');
  return threshold !== 'never' && diagnostics.some(({ severity }) => reaches(severity, threshold));
}

/** One file that we cannot treat, by a fault of ours, hides no other. */
async function treatSafely(
  source: Source,
  args: LintArguments,
  scripts: ScriptCheck,
  terminal: Terminal,
): Promise<Outcome> {
  try {
    return await treat(source, args, scripts, terminal);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const path = nameOf(source.path, args);
    const report = { path, lines: linesOf(source.text), diagnostics: [], suppressed: 0 };
    return { report, failure: { path, message: `not analyzed: ${(error as Error).message}` }, pending: false };
  }
}

const nameOf = (path: string, { reportAs, stdinFilename }: LintArguments): string =>
  reportAs ?? (path === '-' ? (stdinFilename ?? '-') : path);

async function treat(source: Source, args: LintArguments, scripts: ScriptCheck, terminal: Terminal): Promise<Outcome> {
  const { path, text, enabled, build, config } = source;
  const name = nameOf(path, args);
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
    terminal.complain(
      visible(`dflint: ${name}:${line}:${column}: the fix of ${diagnostic.rule} was left out: ${reason}`),
    );
  }
  const changed = fixed.text !== text;
  const result = changed ? lintText(fixed.text, await scripts.again(source, fixed.text)) : fixed.result;
  const report = { path: name, ...result, [args.dryRun ? 'fixable' : 'fixed']: fixed.applied.length };
  if (args.dryRun) {
    if (changed) {
      const diff = await unifiedDiff(name, text, fixed.text);
      terminal.print(diff.split('\n').map(diffLine).join('\n'));
    }
    return { report, pending: changed };
  }
  if (path === '-') terminal.print(fixed.text);
  else if (changed) {
    const failure = await replaceFile(path, terminal.cwd, text, fixed.text);
    if (failure) return { report: asFound(), failure, pending: false };
  }
  return { report, pending: false };
}

async function rendered(run: Run, format: Format, terminal: Terminal, color: Config['color']): Promise<string> {
  return formats[format]({ run, paint: await terminal.paint(color), width: terminal.width, version: terminal.version });
}
