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
import { split } from '../rewrite/stages/index.ts';
import { position } from '../text/lines.ts';
import type { TextFile } from './files.ts';

const enabled = enable(allRules, 'all');
const recommended = enable(allRules, 'recommended');
const lintAll = (text: string) => lint(text, enabled, { rules: allRules });

/** The rules that ask for another order. */
const ordering = new Set(['copy-before-install', 'early-copy', 'early-variable']);

/** What is counted in the Dockerfiles of one folder, and what is wrong with them. */
export class Survey {
  readonly complaints: string[] = [];
  /** Those of preset recommended, one a line: path, rule, place. */
  readonly findings: string[] = [];
  /** Counts by heading, then by what was counted. */
  readonly #counts = new Map<string, Map<string, number>>();
  /** How many findings each file has. */
  readonly #perFile: number[] = [];

  /** `verdict` is what BuildKit says when it reads the file; undefined where it was not asked. */
  take({ path, text }: TextFile, verdict: string | undefined): void {
    try {
      const { ast, errors } = parse(text);
      if (print(ast) !== text) this.complaints.push(`${path}: printed otherwise than it stood`);
      if (verdict !== undefined && (verdict === 'ok') !== (errors.length === 0)) {
        this.complaints.push(`${path}: BuildKit says ${verdict}, we say ${errors[0]?.message ?? 'ok'}`);
      }
      if (errors.length === 0) this.#measure(ast);
      const all = lintAll(text).diagnostics;
      for (const rule of new Set(all.map((it) => it.rule))) this.#count('files by rule', rule);
      for (const alias of new Set(all.flatMap(({ aliases }) => aliases))) this.#count('files by name elsewhere', alias);
      const { diagnostics, lines } = lint(text, recommended, { rules: allRules });
      this.#perFile.push(diagnostics.length);
      for (const { rule, span } of diagnostics) {
        const { line, column } = position(lines, span.start);
        this.findings.push([path, rule, `${line}:${column}`].join('\t'));
      }
      if (errors.length > 0) return;
      for (const safety of ['safe', 'suggestion'] as const) this.#repair(path, text, safety);
      this.#reorder(path, text, all);
      this.#divide(path, text, diagnostics);
    } catch (error) {
      this.complaints.push(`${path}: ${(error as Error).stack}`);
    }
  }

  /** All that was counted, in lines. */
  summary(files: number, verdicts: number): string[] {
    const head = `${files} files, ${verdicts} verdicts of BuildKit, ${this.complaints.length} complaints`;
    return [head, ...this.#spread(), ...this.#table()];
  }

  #count(heading: string, what: string): void {
    const under = this.#counts.get(heading) ?? new Map<string, number>();
    under.set(what, (under.get(what) ?? 0) + 1);
    this.#counts.set(heading, under);
  }

  /** Fixes a file in preset all, and the result again. */
  #repair(path: string, text: string, safety: Safety): void {
    const { text: fixed, applied, refused } = fix(text, { lint: lintAll, safety });
    const heading = `fixes, ${safety === 'safe' ? 'safe' : 'with suggestions'}`;
    if (fixed !== text) this.#count(heading, 'files changed');
    for (const { rule } of applied) this.#count(heading, rule);
    for (const { diagnostic } of refused) this.#count(heading, `${diagnostic.rule}, refused`);
    if (parse(fixed).errors.length > 0) this.complaints.push(`${path}: fixed (${safety}), it no longer parses`);
    if (fixed !== text && fix(fixed, { lint: lintAll, safety }).text !== fixed)
      this.complaints.push(`${path}: fixed (${safety}), a second run changes it again`);
  }

  /** Puts a file in the order that runs less again, and the result again. What asked for it has to be gone, and nothing else lost. */
  #reorder(path: string, text: string, before: readonly Diagnostic[]): void {
    const { text: after, moves, stays } = rewrite(text);
    for (const { cost } of stays) this.#count('what stays below a change', cost);
    const asked = before.filter(({ rule }) => ordering.has(rule));
    for (const { rule } of asked) this.#count('what asks for another order', rule);
    if (after === text) return;
    this.#count('cheaper orders', 'files');
    for (const { cost } of moves) this.#count('cheaper orders', `moves below ${cost}`);
    const { ast, errors } = parse(after);
    if (errors.length > 0) this.complaints.push(`${path}: in another order it no longer parses: ${errors[0]!.message}`);
    if (rewrite(after).text !== after)
      this.complaints.push(`${path}: in another order it is put in another order again`);
    const all = (of: File): string =>
      of.instructions
        .map((it) => print(it).trim())
        .sort()
        .join('\n');
    if (all(ast) !== all(parse(text).ast)) this.complaints.push(`${path}: in another order it has other instructions`);
    const now = lintAll(after).diagnostics.filter(({ rule }) => ordering.has(rule));
    if (now.length > asked.length) this.complaints.push(`${path}: in another order there is more to put in order`);
    for (const { rule } of now) this.#count('what asks for another order in the cheaper ones', rule);
  }

  /** Makes the multi-stage version of a file. It has to be clean where the file was, and to stay as it is. */
  #divide(path: string, text: string, before: readonly Diagnostic[]): void {
    const { text: after, division, refusal } = split(text);
    if (refusal)
      this.#count(
        'not divided',
        `${refusal.recipe}: ${refusal.reason.replace(/^dflint does not know what .* leaves$/, 'a command that is not known')}`,
      );
    if (!division) return;
    this.#count('divided in stages', division.recipe);
    const { errors } = parse(after);
    if (errors.length > 0) this.complaints.push(`${path}: in stages it no longer parses: ${errors[0]!.message}`);
    if (split(after).text !== after) this.complaints.push(`${path}: in stages it is divided again`);
    const had = new Set(before.map(({ rule }) => rule));
    for (const { rule } of lint(after, recommended, { rules: allRules }).diagnostics)
      if (!had.has(rule)) this.#count('findings that a division adds', rule);
  }

  /** How many findings of preset recommended a file has. */
  #spread(): string[] {
    const sorted = this.#perFile.toSorted((a, b) => a - b);
    const at = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
    const clean = sorted.filter((number) => number === 0).length;
    return [
      `${this.findings.length} findings of preset recommended; a file has ${at(0.5)} (median), ${at(0.9)} (90th percentile), ${at(1)} (most); ${clean} files have none`,
    ];
  }

  /** How much of a file the model knows. */
  #measure(file: File): void {
    const model = analyze(file);
    for (const stage of model.stages) {
      this.#count('stages by base', stage.base.kind);
      if (stage.shipped) for (const { kind } of wasteOf(stage)) this.#count('files in two layers', kind);
      const from = model.step(stage.from);
      if (from) this.#variables(from);
      for (const step of stage.steps) {
        this.#variables(step);
        if (step.instruction.kind !== 'Run' || !step.script) continue;
        this.#count('scripts of RUN', step.script.parsed ? 'parsed' : `not parsed: ${step.script.reason}`);
        for (const { name, word } of step.script.commands)
          if (word.text !== '') this.#count('commands of RUN', name === undefined ? 'name unknown' : 'name known');
        this.#count('files that a RUN reads and writes', effectsOf(step).complete ? 'all known' : 'not all known');
        for (const { action } of step.operations) this.#count('package operations', action);
      }
    }
  }

  #variables(step: Step): void {
    for (const word of expandedWords(step.instruction)) {
      for (const { value } of step.expand(word).uses) this.#count('variables that the builder expands', value.state);
    }
  }

  #table(): string[] {
    return [...this.#counts].flatMap(([heading, under]) => {
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
}

/** The words below an instruction that the builder expands. */
function expandedWords(node: Node): Word[] {
  if (node.kind === 'Word') return [node];
  if (node.kind === 'Onbuild' || node.kind === 'ShellForm' || (node.kind === 'ExecForm' && node.items.length === 0))
    return [];
  if ('command' in node) return node.flags.flatMap(expandedWords);
  return children(node).flatMap(expandedWords);
}
