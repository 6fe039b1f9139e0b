import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, print } from '../../grammar/index.ts';
import { allRules } from '../../rules/index.ts';
import { enable } from '../config/presets.ts';
import { lint } from '../engine/lint.ts';
import { dockerfiles } from './files.ts';

/**
 * `npm run corpus -- FOLDER`: reads and lints every Dockerfile of a folder. Fails where one crashes or is not printed as it
 * stood, and where `buildkit-verdicts.tsv` beside them says otherwise of a file than `syntax-error` does.
 */
const folder = process.argv[2] ?? '../shared/corpus';
const files = dockerfiles(folder);
const enabled = enable(allRules, 'all');
const verdicts = readVerdicts(join(folder, 'buildkit-verdicts.tsv'));
const complaints: string[] = [];
const counts = new Map<string, number>();

for (const { path, text } of files) {
  try {
    const { ast, errors } = parse(text);
    if (print(ast) !== text) complaints.push(`${path}: printed otherwise than it stood`);
    const read = verdicts.get(path.replace(/\.Dockerfile$/, ''));
    if (read !== undefined && (read === 'ok') !== (errors.length === 0)) {
      complaints.push(`${path}: BuildKit says ${read}, we say ${errors[0]?.message ?? 'ok'}`);
    }
    const rules = lint(text, enabled, allRules).diagnostics.map(({ rule }) => rule);
    for (const rule of new Set(rules)) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  } catch (error) {
    complaints.push(`${path}: ${(error as Error).stack}`);
  }
}

console.log(`${files.length} files, ${verdicts.size} verdicts of BuildKit, ${complaints.length} complaints`);
for (const [rule, number] of [...counts].sort((a, b) => b[1] - a[1])) {
  console.log(`  ${String(number).padStart(6)} files  ${rule}`);
}
for (const complaint of complaints) console.error(complaint);
process.exitCode = complaints.length > 0 ? 1 : 0;

/** File name without ending → what BuildKit says when it reads the file. */
function readVerdicts(path: string): Map<string, string> {
  if (!existsSync(path)) return new Map();
  const rows = readFileSync(path, 'utf8').trimEnd().split('\n').slice(1);
  return new Map(rows.map((row) => row.split('\t', 2) as [string, string]));
}
