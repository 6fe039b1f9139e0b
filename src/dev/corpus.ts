import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { children, type File, type Node, parse, print, type Word } from '../../grammar/index.ts';
import { allRules } from '../../rules/index.ts';
import { enable } from '../config/presets.ts';
import { lint } from '../engine/lint.ts';
import { analyze, type Step } from '../model/index.ts';
import { dockerfiles } from './files.ts';

/**
 * `npm run corpus -- FOLDER`: reads, analyzes and lints every Dockerfile of a folder. Fails where one crashes or is not
 * printed as it stood, and where `buildkit-verdicts.tsv` beside them says otherwise of a file than `syntax-error` does.
 * What it counted goes to test/corpus.txt, which is committed: a regression shows as a diff.
 */
const SUMMARY = 'test/corpus.txt';
const folder = process.argv[2] ?? '../shared/corpus';
const files = dockerfiles(folder);
const enabled = enable(allRules, 'all');
const verdicts = readVerdicts(join(folder, 'buildkit-verdicts.tsv'));
const complaints: string[] = [];

/** Counts by heading, then by what was counted. */
const counts = new Map<string, Map<string, number>>();
const count = (heading: string, what: string): void => {
  const under = counts.get(heading) ?? new Map<string, number>();
  under.set(what, (under.get(what) ?? 0) + 1);
  counts.set(heading, under);
};

for (const { path, text } of files) {
  try {
    const { ast, errors } = parse(text);
    if (print(ast) !== text) complaints.push(`${path}: printed otherwise than it stood`);
    const read = verdicts.get(path.replace(/\.Dockerfile$/, ''));
    if (read !== undefined && (read === 'ok') !== (errors.length === 0)) {
      complaints.push(`${path}: BuildKit says ${read}, we say ${errors[0]?.message ?? 'ok'}`);
    }
    if (errors.length === 0) measure(ast);
    const { diagnostics } = lint(text, enabled, { rules: allRules });
    for (const rule of new Set(diagnostics.map((it) => it.rule))) count('files by rule', rule);
  } catch (error) {
    complaints.push(`${path}: ${(error as Error).stack}`);
  }
}

const summary = [
  `${files.length} files, ${verdicts.size} verdicts of BuildKit, ${complaints.length} complaints`,
  ...table(),
];
writeFileSync(SUMMARY, `${summary.join('\n')}\n`);
console.log(summary.join('\n'));
for (const complaint of complaints) console.error(complaint);
process.exitCode = complaints.length > 0 ? 1 : 0;

/** How much of a file the model knows. */
function measure(file: File): void {
  const model = analyze(file);
  for (const stage of model.stages) {
    count('stages by base', stage.base.kind);
    const from = model.step(stage.from);
    if (from) variables(from);
    for (const step of stage.steps) {
      variables(step);
      if (step.instruction.kind !== 'Run' || !step.script) continue;
      count('scripts of RUN', step.script.parsed ? 'parsed' : `not parsed: ${step.script.reason}`);
      for (const { name, word } of step.script.commands)
        if (word.text !== '') count('commands of RUN', name === undefined ? 'name unknown' : 'name known');
      for (const { action } of step.operations) count('package operations', action);
    }
  }
}

function variables(step: Step): void {
  for (const word of expandedWords(step.instruction)) {
    for (const { value } of step.expand(word).uses) count('variables that the builder expands', value.state);
  }
}

/** The words below an instruction that the builder expands. */
function expandedWords(node: Node): Word[] {
  if (node.kind === 'Word') return [node];
  if (node.kind === 'Onbuild' || node.kind === 'ShellForm' || (node.kind === 'ExecForm' && node.items.length === 0))
    return [];
  if ('command' in node) return node.flags.flatMap(expandedWords);
  return children(node).flatMap(expandedWords);
}

function table(): string[] {
  return [...counts].flatMap(([heading, under]) => {
    const total = [...under.values()].reduce((sum, number) => sum + number, 0);
    const rows = [...under].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
    const share = (number: number): string =>
      heading === 'files by rule' ? '' : `  ${((100 * number) / total).toFixed(2).padStart(6)} %`;
    return [
      '',
      `${heading}:`,
      ...rows.map(([what, number]) => `${String(number).padStart(8)}${share(number)}  ${what}`),
    ];
  });
}

/** File name without ending → what BuildKit says when it reads the file. */
function readVerdicts(path: string): Map<string, string> {
  if (!existsSync(path)) return new Map();
  const rows = readFileSync(path, 'utf8').trimEnd().split('\n').slice(1);
  return new Map(rows.map((row) => row.split('\t', 2) as [string, string]));
}
