import { allRules } from '../../rules/index.ts';
import { enable } from '../config/presets.ts';
import { type Failure, type FileReport, type Run, reaches, type Severity } from '../engine/diagnostic.ts';
import { lint } from '../engine/lint.ts';
import { github } from '../report/github.ts';
import { json } from '../report/json.ts';
import { pretty } from '../report/pretty.ts';
import type { Format, LintArguments } from './choices.ts';
import { findFiles, readText } from './files.ts';
import { type Terminal, UsageError } from './terminal.ts';

/** Lints and prints. 0: nothing at or above `failOn`; 1: findings; 2: some path could not be read, the others were. */
export async function lintCommand(args: LintArguments, terminal: Terminal): Promise<number> {
  const enabled = enable(allRules, args.preset, { levels: changes(args.rules) });
  const { paths, failures } = await findFiles(args.paths.length > 0 ? args.paths : ['.'], terminal.cwd);
  const failed: Failure[] = [...failures];
  const files: FileReport[] = [];
  for (const path of paths) {
    const text = readText(path, terminal);
    if (typeof text === 'string') {
      const name = path === '-' ? (args.stdinFilename ?? '-') : path;
      files.push({ path: name, ...lint(text, enabled, { rules: allRules }) });
    } else failed.push(text);
  }
  for (const { path, message } of failed) terminal.complain(`dflint: ${path}: ${message}`);
  const run = { files, failures: failed };
  if (files.length > 0 || args.format === 'json') terminal.print(await render(run, args.format, terminal));
  if (failed.length > 0) return 2;
  const { failOn } = args;
  const grave = files.some(({ diagnostics }) =>
    diagnostics.some(({ severity }) => failOn !== 'never' && reaches(severity, failOn)),
  );
  return grave ? 1 : 0;
}

async function render(run: Run, format: Format, terminal: Terminal): Promise<string> {
  if (format === 'json') return json(run, terminal.version);
  if (format === 'github') return github(run);
  return pretty(run, await terminal.paint(), terminal.width);
}

function changes(given: readonly string[]): Map<string, Severity | 'off'> {
  const names = new Set(allRules.flatMap(({ id, aliases }) => [id, ...aliases].map((name) => name.toLowerCase())));
  const found = new Map<string, Severity | 'off'>();
  for (const entry of given) {
    const [name = '', severity = ''] = entry.split('=');
    if (!names.has(name.toLowerCase()))
      throw new UsageError(`--rule ${entry}: there is no rule ${name}`, name, [...names]);
    if (!['error', 'warning', 'info', 'style', 'off'].includes(severity)) {
      throw new UsageError(`--rule ${entry}: write ${name}=error, warning, info, style or off`);
    }
    found.set(name.toLowerCase(), severity as Severity | 'off');
  }
  return found;
}
