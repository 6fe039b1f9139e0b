import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { children, type File, type Node, parse, print, type Word } from '../../grammar/index.ts';
import { allRules } from '../../rules/index.ts';
import { enable } from '../config/presets.ts';
import type { Diagnostic, Safety } from '../engine/diagnostic.ts';
import { fix } from '../engine/fix.ts';
import { lint } from '../engine/lint.ts';
import { effectsOf } from '../model/files/effects.ts';
import { wasteOf } from '../model/files/waste.ts';
import { analyze, type Step } from '../model/index.ts';
import { rewrite } from '../rewrite/index.ts';
import { position } from '../text/lines.ts';
import { dockerfiles } from './files.ts';

/**
 * `npm run corpus -- FOLDER`: reads, analyzes, lints and fixes every Dockerfile of a folder. Fails where one crashes or is not
 * printed as it stood, where `buildkit-verdicts.tsv` beside them says otherwise of a file than `syntax-error` does, and where
 * a fixed file does not parse or would be fixed again. What it counted goes to test/corpus.txt and the findings of preset
 * recommended to test/corpus-findings.tsv; both are committed, so a regression shows as a diff, which is also printed by rule.
 */
const SUMMARY = 'test/corpus.txt';
const FINDINGS = 'test/corpus-findings.tsv';
const folder = process.argv[2] ?? '../shared/corpus';
const files = dockerfiles(folder);
const enabled = enable(allRules, 'all');
const recommended = enable(allRules, 'recommended');
const lintAll = (text: string) => lint(text, enabled, { rules: allRules });
const verdicts = readVerdicts(join(folder, 'buildkit-verdicts.tsv'));
const complaints: string[] = [];

/** The rules that ask for another order. */
const ordering = new Set(['copy-before-install', 'early-copy', 'early-variable']);

/** Counts by heading, then by what was counted. */
const counts = new Map<string, Map<string, number>>();
const count = (heading: string, what: string): void => {
  const under = counts.get(heading) ?? new Map<string, number>();
  under.set(what, (under.get(what) ?? 0) + 1);
  counts.set(heading, under);
};

const findings: string[] = [];
/** How many findings each file has. */
const perFile: number[] = [];

for (const { path, text } of files) {
  try {
    const { ast, errors } = parse(text);
    if (print(ast) !== text) complaints.push(`${path}: printed otherwise than it stood`);
    const read = verdicts.get(path.replace(/\.Dockerfile$/, ''));
    if (read !== undefined && (read === 'ok') !== (errors.length === 0)) {
      complaints.push(`${path}: BuildKit says ${read}, we say ${errors[0]?.message ?? 'ok'}`);
    }
    if (errors.length === 0) measure(ast);
    const all = lintAll(text).diagnostics;
    for (const rule of new Set(all.map((it) => it.rule))) count('files by rule', rule);
    for (const alias of new Set(all.flatMap(({ aliases }) => aliases))) count('files by name elsewhere', alias);
    const { diagnostics, lines } = lint(text, recommended, { rules: allRules });
    perFile.push(diagnostics.length);
    for (const { rule, span } of diagnostics) {
      const { line, column } = position(lines, span.start);
      findings.push([path, rule, `${line}:${column}`].join('\t'));
    }
    if (errors.length > 0) continue;
    for (const safety of ['safe', 'suggestion'] as const) repair(path, text, safety);
    reorder(path, text, all);
  } catch (error) {
    complaints.push(`${path}: ${(error as Error).stack}`);
  }
}

const summary = [
  `${files.length} files, ${verdicts.size} verdicts of BuildKit, ${complaints.length} complaints`,
  ...spread(),
  ...table(),
];
difference();
writeFileSync(FINDINGS, `${findings.join('\n')}\n`);
writeFileSync(SUMMARY, `${summary.join('\n')}\n`);
console.log(summary.join('\n'));
for (const complaint of complaints) console.error(complaint);
process.exitCode = complaints.length > 0 ? 1 : 0;

/** Fixes a file in preset all, and the result again. */
function repair(path: string, text: string, safety: Safety): void {
  const { text: fixed, applied, refused } = fix(text, { lint: lintAll, safety });
  const heading = `fixes, ${safety === 'safe' ? 'safe' : 'with suggestions'}`;
  if (fixed !== text) count(heading, 'files changed');
  for (const { rule } of applied) count(heading, rule);
  for (const { diagnostic } of refused) count(heading, `${diagnostic.rule}, refused`);
  if (parse(fixed).errors.length > 0) complaints.push(`${path}: fixed (${safety}), it no longer parses`);
  if (fixed !== text && fix(fixed, { lint: lintAll, safety }).text !== fixed)
    complaints.push(`${path}: fixed (${safety}), a second run changes it again`);
}

/** Puts a file in the order that runs less again, and the result again. What asked for it has to be gone, and nothing else lost. */
function reorder(path: string, text: string, before: readonly Diagnostic[]): void {
  const { text: after, moves, stays } = rewrite(text);
  for (const { cost } of stays) count('what stays below a change', cost);
  const asked = before.filter(({ rule }) => ordering.has(rule));
  for (const { rule } of asked) count('what asks for another order', rule);
  if (after === text) return;
  count('cheaper orders', 'files');
  for (const { cost } of moves) count('cheaper orders', `moves below ${cost}`);
  const { ast, errors } = parse(after);
  if (errors.length > 0) complaints.push(`${path}: in another order it no longer parses: ${errors[0]!.message}`);
  if (rewrite(after).text !== after) complaints.push(`${path}: in another order it is put in another order again`);
  const all = (of: File): string =>
    of.instructions
      .map((it) => print(it).trim())
      .sort()
      .join('\n');
  if (all(ast) !== all(parse(text).ast)) complaints.push(`${path}: in another order it has other instructions`);
  const now = lintAll(after).diagnostics.filter(({ rule }) => ordering.has(rule));
  if (now.length > asked.length) complaints.push(`${path}: in another order there is more to put in order`);
  for (const { rule } of now) count('what asks for another order in the cheaper ones', rule);
}

/** How many findings of preset recommended a file has. */
function spread(): string[] {
  const sorted = perFile.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
  const clean = sorted.filter((number) => number === 0).length;
  return [
    `${findings.length} findings of preset recommended; a file has ${at(0.5)} (median), ${at(0.9)} (90th percentile), ${at(1)} (most); ${clean} files have none`,
  ];
}

/** What is found otherwise than in the run before, by rule. */
function difference(): void {
  const before = new Set(existsSync(FINDINGS) ? readFileSync(FINDINGS, 'utf8').trimEnd().split('\n') : []);
  const now = new Set(findings);
  const changes = new Map<string, string[]>();
  const note = (sign: string, finding: string): void => {
    const [path, rule = '', place] = finding.split('\t');
    changes.set(rule, [...(changes.get(rule) ?? []), `${sign} ${path}:${place}`]);
  };
  for (const finding of before) if (!now.has(finding)) note('-', finding);
  for (const finding of now) if (!before.has(finding)) note('+', finding);
  for (const [rule, lines] of [...changes].sort()) {
    const gone = lines.filter((line) => line.startsWith('-')).length;
    console.log(`${rule}: ${lines.length - gone} new, ${gone} gone`);
    for (const line of lines.slice(0, 10)) console.log(`  ${line}`);
  }
}

/** How much of a file the model knows. */
function measure(file: File): void {
  const model = analyze(file);
  for (const stage of model.stages) {
    count('stages by base', stage.base.kind);
    if (stage.shipped) for (const { kind } of wasteOf(stage)) count('files in two layers', kind);
    const from = model.step(stage.from);
    if (from) variables(from);
    for (const step of stage.steps) {
      variables(step);
      if (step.instruction.kind !== 'Run' || !step.script) continue;
      count('scripts of RUN', step.script.parsed ? 'parsed' : `not parsed: ${step.script.reason}`);
      for (const { name, word } of step.script.commands)
        if (word.text !== '') count('commands of RUN', name === undefined ? 'name unknown' : 'name known');
      count('files that a RUN reads and writes', effectsOf(step).complete ? 'all known' : 'not all known');
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
      /^files (?:by|in)/.test(heading) || /order|below/.test(heading) || heading.startsWith('fixes')
        ? ''
        : `  ${((100 * number) / total).toFixed(2).padStart(6)} %`;
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
