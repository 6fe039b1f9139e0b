import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { dockerfiles } from './files.ts';
import { Survey } from './survey.ts';

/**
 * `npm run corpus -- FOLDER...`: reads, analyzes, lints and fixes every Dockerfile of each folder. Fails where one crashes or is
 * not printed as it stood, where the verdicts of BuildKit beside them (`buildkit-verdicts.tsv` or `verdicts.tsv`) say otherwise
 * of a file than `syntax-error` does, and where a fixed file does not parse or would be fixed again. What it counted goes to
 * test/NAME.txt and the findings of preset recommended to test/NAME-findings.tsv, by the name of the folder; they are committed,
 * so a regression shows as a diff, which is also printed by rule.
 */
const folders = process.argv.slice(2);
for (const folder of folders.length > 0 ? folders : ['../shared/corpus']) {
  const name = basename(resolve(folder));
  const files = dockerfiles(folder);
  const verdicts = readVerdicts(folder);
  const survey = new Survey();
  for (const file of files) survey.take(file, verdicts.get(file.path.replace(/\.Dockerfile$/, '')));
  const summary = survey.summary(files.length, verdicts.size);
  printDifference(`test/${name}-findings.tsv`, survey.findings);
  writeFileSync(`test/${name}-findings.tsv`, `${survey.findings.join('\n')}\n`);
  writeFileSync(`test/${name}.txt`, `${summary.join('\n')}\n`);
  console.log(summary.join('\n'));
  for (const complaint of survey.complaints) console.error(complaint);
  if (survey.complaints.length > 0) process.exitCode = 1;
}

/** What is found otherwise than in the run before, by rule. */
function printDifference(path: string, findings: readonly string[]): void {
  const before = new Set(existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n') : []);
  const now = new Set(findings);
  const changes = new Map<string, string[]>();
  const note = (sign: string, finding: string): void => {
    const [file, rule = '', place] = finding.split('\t');
    changes.set(rule, [...(changes.get(rule) ?? []), `${sign} ${file}:${place}`]);
  };
  for (const finding of before) if (!now.has(finding)) note('-', finding);
  for (const finding of now) if (!before.has(finding)) note('+', finding);
  for (const [rule, lines] of [...changes].sort()) {
    const gone = lines.filter((line) => line.startsWith('-')).length;
    console.log(`${rule}: ${lines.length - gone} new, ${gone} gone`);
    for (const line of lines.slice(0, 10)) console.log(`  ${line}`);
  }
}

/** File name without ending → what BuildKit says when it reads the file. */
function readVerdicts(folder: string): Map<string, string> {
  const path = ['buildkit-verdicts.tsv', 'verdicts.tsv'].map((name) => join(folder, name)).find((it) => existsSync(it));
  if (path === undefined) return new Map();
  const rows = readFileSync(path, 'utf8').trimEnd().split('\n').slice(1);
  return new Map(rows.map((row) => row.split('\t', 2) as [string, string]));
}
