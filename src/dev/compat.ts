import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parse } from '../../grammar/index.ts';
import type { Config } from '../config/config.ts';
import { configOf, type HadolintSettings, labelOf, noSettings } from '../config/hadolint.ts';
import { enable } from '../config/presets.ts';
import { lint } from '../engine/lint.ts';
import type { Rule } from '../engine/rule.ts';
import { linesOf, position } from '../text/lines.ts';
import { loadRules } from './cases.ts';
import { deviationsOf } from './compatibility.ts';

/**
 * `npm run compat -- [CODE]... [--file FILE]`: replays snippets with what hadolint found in them, in preset hadolint, and counts
 * per code where both agree. With codes, shows every snippet of theirs on which they do not. The table goes to test/compat.txt,
 * which is committed. Fails where a code on which they differ is not explained in `differs` of a rule.
 */
interface Snippet {
  readonly dockerfile: string;
  readonly args: readonly string[];
  readonly findings?: readonly (readonly [line: number, code: string, level: string])[];
}

/** What is on one side only, or on both: by line and code. */
type Side = 'both' | 'hadolint' | 'dflint';

const SUMMARY = 'test/compat.txt';
const given = process.argv.slice(2);
const flag = given.indexOf('--file');
const file = flag < 0 ? '../shared/knowledge/hadolint-observed.jsonl' : given[flag + 1]!;
const codes = flag < 0 ? given : given.toSpliced(flag, 2);
if (existsSync(file)) await replay();
else console.log(`${file} is not there: nothing to compare with`);

async function replay(): Promise<void> {
  const rules = await loadRules();
  const snippets = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Snippet);
  const table = new Map<string, Record<Side, number>>();
  for (const snippet of snippets) {
    for (const [code, line, side] of compared(snippet, rules)) {
      const row = table.get(code) ?? { both: 0, hadolint: 0, dflint: 0 };
      table.set(code, row);
      row[side]++;
      if (side === 'both' || !codes.includes(code)) continue;
      const options = snippet.args.length > 0 ? `, ${snippet.args.join(' ')}` : '';
      console.log(`--- ${code}: only ${side}, line ${line}${options}\n${snippet.dockerfile.trimEnd()}`);
    }
  }
  report(table, snippets.length, new Set(Object.keys(deviationsOf(rules))));
}

/** Each finding of either, with the sides that have it. */
function compared({ dockerfile, args, findings }: Snippet, rules: readonly Rule[]): [string, number, Side][] {
  if (!findings) return [];
  const ours = findingsOf(dockerfile, configOf(settingsOf(args)), rules);
  const theirs = findings.filter(([, code]) => code.startsWith('DL'));
  const lineOf = linesOfInstructions(dockerfile);
  const isOurs = (line: number, code: string): boolean =>
    ours.some((it) => it.code === code && it.offsets.some((offset) => lineOf(offset) === line));
  const found = theirs.map(([line, code]): [string, number, Side] => [
    code,
    line,
    isOurs(line, code) ? 'both' : 'hadolint',
  ]);
  const more = ours.filter(
    ({ code, offsets }) =>
      !theirs.some(([line, other]) => other === code && offsets.some((offset) => lineOf(offset) === line)),
  );
  const places = new Map(
    more.map(({ code, offsets }) => [`${code} ${lineOf(offsets[0]!)}`, [code, lineOf(offsets[0]!)] as const]),
  );
  return [...found, ...[...places.values()].map(([code, line]): [string, number, Side] => [code, line, 'dflint'])];
}

/** What is found under hadolint's names; a finding is at its words, and at those without which it is not understood. */
function findingsOf(dockerfile: string, config: Config, rules: readonly Rule[]) {
  const enabled = enable(rules, 'hadolint', config);
  const { diagnostics } = lint(dockerfile, enabled, { rules, comments: config.comments });
  return diagnostics.flatMap(({ aliases, span, related }) =>
    aliases
      .filter((alias) => /^DL\d/.test(alias))
      .map((code) => ({ code, offsets: [span.start, ...(related ? [related.start] : [])] })),
  );
}

/** hadolint reports at the line on which the instruction begins. */
function linesOfInstructions(text: string): (offset: number) => number {
  const lines = linesOf(text);
  const starts = parse(text).ast.instructions.map(({ span }) => span.start);
  return (offset) => position(lines, starts.findLast((start) => start <= offset) ?? offset).line;
}

/** hadolint's options, as the snippets have them. */
function settingsOf(args: readonly string[]): HadolintSettings {
  const all = (name: string): string[] =>
    args.flatMap((arg, index) => (arg === `--${name}` ? [args[index + 1] ?? ''] : []));
  return {
    ...noSettings,
    ignored: all('ignore'),
    override: { error: all('error'), warning: all('warning'), info: all('info'), style: all('style') },
    labels: Object.fromEntries(all('require-label').map(labelOf)),
    strictLabels: args.includes('--strict-labels'),
    trustedRegistries: all('trusted-registry'),
    noPragmas: args.includes('--disable-ignore-pragma'),
  };
}

function report(
  table: ReadonlyMap<string, Readonly<Record<Side, number>>>,
  snippets: number,
  explained: ReadonlySet<string>,
): void {
  const rows = [...table].sort(([a], [b]) => a.localeCompare(b));
  const sum = (side: Side): number => rows.reduce((total, [, row]) => total + row[side], 0);
  const differing = rows.filter(([, row]) => row.hadolint + row.dflint > 0).map(([code]) => code);
  const unexplained = differing.filter((code) => !explained.has(code));
  const lines = [
    'code      both  only hadolint  only dflint',
    ...rows.map(
      ([code, { both, hadolint, dflint }]) =>
        `${code}  ${String(both).padStart(6)}  ${String(hadolint).padStart(13)}  ${String(dflint).padStart(11)}`,
    ),
    '',
    `${snippets} snippets, ${sum('both')} findings of both, ${sum('hadolint')} of hadolint alone, ${sum('dflint')} of dflint alone`,
    `${differing.length} codes differ somewhere, ${differing.length - unexplained.length} of them explained in docs/compatibility.md`,
  ];
  writeFileSync(SUMMARY, `${lines.join('\n')}\n`);
  console.log(lines.filter((line) => codes.length === 0 || codes.some((code) => line.startsWith(code))).join('\n'));
  for (const code of unexplained) console.error(`${code}: where the two differ is not explained`);
  process.exitCode = unexplained.length > 0 ? 1 : 0;
}
