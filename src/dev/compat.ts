import { existsSync, readFileSync } from 'node:fs';
import { parse } from '../../grammar/index.ts';
import { enable } from '../config/presets.ts';
import { lint } from '../engine/lint.ts';
import { position } from '../text/lines.ts';
import { loadRules } from './cases.ts';

/**
 * `npm run compat -- [CODE]... [--file FILE]`: replays snippets with what hadolint found in them, in preset hadolint, and counts
 * per code where both agree. With codes, shows every snippet of theirs on which they do not.
 */
interface Snippet {
  readonly dockerfile: string;
  readonly args: readonly string[];
  readonly findings?: readonly (readonly [line: number, code: string, level: string])[];
  readonly crash?: unknown;
}

const given = process.argv.slice(2);
const flag = given.indexOf('--file');
const file = flag < 0 ? '../shared/knowledge/hadolint-observed.jsonl' : given[flag + 1]!;
const codes = flag < 0 ? given : given.toSpliced(flag, 2);
if (!existsSync(file)) {
  console.log(`${file} is not there: nothing to compare with`);
} else await replay();

async function replay(): Promise<void> {
  const rules = await loadRules();
  const snippets = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Snippet);
  const table = new Map<string, { both: number; theirs: number; ours: number }>();
  for (const { dockerfile, args, findings } of snippets) {
    if (!findings) continue;
    const levels = new Map(
      args.flatMap((arg, i) =>
        /^--(?:error|warning|info|style)$/.test(arg)
          ? [[args[i + 1]!.toLowerCase(), arg.slice(2) as 'info'] as const]
          : [],
      ),
    );
    const enabled = enable(rules, 'hadolint', { levels });
    const { diagnostics, lines } = lint(dockerfile, enabled, { rules });
    const ours = new Set(
      diagnostics.flatMap(({ aliases, span }) =>
        aliases
          .filter((alias) => /^DL\d/.test(alias))
          .map((alias) => `${lineOf(dockerfile, lines, span.start)} ${alias}`),
      ),
    );
    const theirs = new Set(
      findings.filter(([, code]) => code.startsWith('DL')).map(([line, code]) => `${line} ${code}`),
    );
    for (const key of new Set([...ours, ...theirs])) {
      const code = key.split(' ')[1]!;
      const row = table.get(code) ?? { both: 0, theirs: 0, ours: 0 };
      table.set(code, row);
      const side = !ours.has(key) ? 'theirs' : !theirs.has(key) ? 'ours' : 'both';
      row[side]++;
      if (side !== 'both' && codes.includes(code))
        console.log(
          `--- ${code}: only ${side === 'ours' ? 'dflint' : 'hadolint'}, line ${key.split(' ')[0]}${args.length > 0 ? `, ${args.join(' ')}` : ''}\n${dockerfile.trimEnd()}`,
        );
    }
  }
  console.log('code      both  only hadolint  only dflint');
  for (const [code, { both, theirs, ours }] of [...table].sort(([a], [b]) => a.localeCompare(b)))
    if (codes.length === 0 || codes.includes(code))
      console.log(`${code}  ${String(both).padStart(6)}  ${String(theirs).padStart(13)}  ${String(ours).padStart(11)}`);
}

/** hadolint reports at the line on which the instruction begins. */
function lineOf(text: string, lines: Parameters<typeof position>[0], offset: number): number {
  const starts = parse(text).ast.instructions.map(({ span }) => span.start);
  return position(lines, starts.findLast((start) => start <= offset) ?? offset).line;
}
