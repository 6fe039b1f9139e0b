import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '../../grammar/index.ts';
import { lint } from '../engine/lint.ts';
import { loadRules } from './cases.ts';

/**
 * `npm run shellcheck-compare -- FILE FOLDER [CODE]...`: counts per code where our rules and ShellCheck agree on the RUNs of the
 * Dockerfiles of a folder. The file has a line of JSON for each RUN that ShellCheck was given: the Dockerfile's name, the
 * RUN's offset in it, and what was found. With codes, shows every RUN of theirs on which the two differ.
 */
interface Checked {
  readonly file: string;
  readonly offset: number;
  readonly script: string;
  readonly findings: readonly { readonly code: string }[];
}

const [path = '', folder = '../shared/corpus', ...asked] = process.argv.slice(2);
if (!existsSync(path)) {
  console.error('usage: npm run shellcheck-compare -- FILE.jsonl [FOLDER] [CODE]...');
  process.exitCode = 2;
} else await compare();

async function compare(): Promise<void> {
  const checked = readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Checked);
  const rules = (await loadRules()).filter(({ aliases }) => aliases.some((alias) => /^SC\d/.test(alias)));
  const enabled = rules.map((rule) => ({ rule, severity: rule.severity, options: undefined }));
  const table = new Map<string, { both: number; theirs: number; ours: number }>();
  for (const [file, runs] of byFile(checked)) {
    const text = readFileSync(join(folder, file), 'utf8');
    const { diagnostics } = lint(text, enabled, { rules, comments: false });
    const starts = parse(text).ast.instructions.map(({ span }) => span);
    for (const run of runs) {
      const end = starts.find(({ start }) => start >= run.offset)?.end ?? text.length;
      const own = diagnostics.filter(({ span }) => span.start >= run.offset && span.start < end);
      const ours = tally(own.flatMap(({ aliases }) => aliases.filter((alias) => /^SC\d/.test(alias))));
      const theirs = tally(run.findings.map(({ code }) => code));
      for (const code of new Set([...ours.keys(), ...theirs.keys()])) {
        const [mine, other] = [ours.get(code) ?? 0, theirs.get(code) ?? 0];
        const row = table.get(code) ?? { both: 0, theirs: 0, ours: 0 };
        table.set(code, row);
        row.both += Math.min(mine, other);
        row.theirs += Math.max(0, other - mine);
        row.ours += Math.max(0, mine - other);
        if (mine !== other && asked.includes(code))
          console.log(`--- ${code}: ${mine} of dflint, ${other} of ShellCheck, ${file}:${run.offset}\n${run.script}`);
      }
    }
  }
  print(table, new Set(rules.flatMap(({ aliases }) => aliases)), checked.length);
}

function tally(codes: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts;
}

/** Markdown: codes by how often ShellCheck has them; those without a rule in one line. */
function print(
  table: ReadonlyMap<string, { both: number; theirs: number; ours: number }>,
  known: ReadonlySet<string>,
  runs: number,
): void {
  const share = (part: number, whole: number): string => (whole === 0 ? '–' : `${Math.round((100 * part) / whole)} %`);
  const rows = [...table].sort(([, a], [, b]) => b.both + b.theirs - a.both - a.theirs || b.ours - a.ours);
  console.log(`${runs} RUNs\n\n| code | both | only ShellCheck | only dflint | recall | precision |`);
  console.log('| --- | ---: | ---: | ---: | ---: | ---: |');
  for (const [code, { both, theirs, ours }] of rows.filter(([code]) => known.has(code)))
    console.log(
      `| ${code} | ${both} | ${theirs} | ${ours} | ${share(both, both + theirs)} | ${share(both, both + ours)} |`,
    );
  const rest = rows.filter(([code]) => !known.has(code)).map(([code, { theirs }]) => `${code} ${theirs}`);
  if (rest.length > 0) console.log(`\nWithout a rule: ${rest.join(', ')}.`);
}

function byFile(checked: readonly Checked[]): ReadonlyMap<string, readonly Checked[]> {
  const files = new Map<string, Checked[]>();
  for (const it of checked) {
    const runs = files.get(it.file);
    if (runs) runs.push(it);
    else files.set(it.file, [it]);
  }
  return files;
}
