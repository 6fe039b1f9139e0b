import { type File, parse } from '../../grammar/index.ts';
import { analyze } from '../model/index.ts';
import type { BuildOptions, Model, Step } from '../model/model.ts';
import { closest } from '../text/closest.ts';
import { type Lines, linesOf } from '../text/lines.ts';
import type { Diagnostic, Severity } from './diagnostic.ts';
import { type Finding, type Found, fixOf, type Place, type Rule, spanOf, type Visitor } from './rule.ts';
import { type Suppression, silences, suppressions } from './suppress.ts';

/** A rule that is on, at the severity that was chosen for it. */
export interface Enabled {
  readonly rule: Rule;
  readonly severity: Severity;
}

export interface LintResult {
  readonly lines: Lines;
  /** In the order of the file. */
  readonly diagnostics: readonly Diagnostic[];
  /** How many findings comments in the file silenced. */
  readonly suppressed: number;
}

interface Reported {
  readonly enabled: Enabled;
  readonly finding: Finding;
}

type Handler<K extends keyof Visitor> = { readonly enabled: Enabled; readonly handle: NonNullable<Visitor[K]> };

/**
 * Lints one Dockerfile with the rules given: one parse, one model, one walk. Pure and synchronous; never throws on any text.
 * `all` is every rule there is, by whose names comments may ignore.
 */
export function lint(
  text: string,
  enabled: readonly Enabled[],
  all: readonly Rule[] = enabled.map(({ rule }) => rule),
  options: Partial<BuildOptions> = {},
): LintResult {
  const { ast, errors } = parse(text);
  const reported: Reported[] = [];
  const syntax = enabled.find(({ rule }) => rule.id === SYNTAX_ERROR);
  if (syntax) {
    for (const { message, span, meant } of errors) {
      const fix = meant === undefined ? {} : { fix: { title: `Write ${meant}`, edits: [{ span, text: meant }] } };
      reported.push({ enabled: syntax, finding: { at: span, message, ...fix } });
    }
  }
  run(analyze(ast, options), enabled, reported);
  const { kept, suppressed } = suppress(ast, reported, enabled, all);
  const diagnostics = kept.map(({ enabled: by, finding }) => diagnostic(by, finding)).sort(inOrder);
  return { lines: linesOf(text), diagnostics, suppressed };
}

const SYNTAX_ERROR = 'syntax-error';
const UNUSED = 'unused-suppression';

const inOrder = (a: Diagnostic, b: Diagnostic): number =>
  a.span.start - b.span.start || a.span.end - b.span.end || a.rule.localeCompare(b.rule);

function diagnostic({ rule, severity }: Enabled, finding: Finding): Diagnostic {
  return {
    rule: rule.id,
    aliases: rule.aliases,
    severity,
    message: finding.message ?? rule.message,
    why: rule.id === SYNTAX_ERROR ? undefined : firstSentence(rule.why),
    instead: rule.id === SYNTAX_ERROR ? undefined : (finding.instead ?? rule.instead),
    url: rule.url,
    span: spanOf(finding.at),
    related: finding.related && spanOf(finding.related),
    fix: fixOf(finding, rule),
  };
}

/** The first sentence of a paragraph, its line breaks taken out. */
export const firstSentence = (text: string): string => {
  const plain = text.trim().replace(/\s+/g, ' ');
  return /^.*?[.](?= [A-Z]|$)/.exec(plain)?.[0] ?? plain;
};

function run(model: Model, enabled: readonly Enabled[], reported: Reported[]): void {
  const handlers = new Map<keyof Visitor, Handler<never>[]>();
  for (const it of enabled) {
    for (const kind in it.rule.visit) {
      const key = kind as keyof Visitor;
      const handler = { enabled: it, handle: it.rule.visit[key] } as Handler<never>;
      const list = handlers.get(key);
      if (list) list.push(handler);
      else handlers.set(key, [handler]);
    }
  }
  const call = (kind: keyof Visitor, ...args: unknown[]): void => {
    for (const { enabled: by, handle } of handlers.get(kind) ?? []) {
      const found = (handle as (...values: unknown[]) => Found)(...args);
      if (found === undefined) continue;
      for (const finding of Array.isArray(found) ? (found as Finding[]) : [found as Finding]) {
        reported.push({ enabled: by, finding });
      }
    }
  };
  const each = (step: Step): void => {
    const place: Place = { model, step, stage: step.stage };
    call(step.instruction.kind, step.instruction, place);
    if (handlers.has('Command')) for (const command of step.script?.commands ?? []) call('Command', command, place);
    if (handlers.has('Operation')) for (const operation of step.operations) call('Operation', operation, place);
  };
  call('File', model);
  if (handlers.has('Comment')) for (const comment of model.file.comments) call('Comment', comment, model);
  for (const step of model.globals) each(step);
  for (const stage of model.stages) {
    call('Stage', stage, model);
    const from = model.step(stage.from);
    if (from) each(from);
    for (const step of stage.steps) each(step);
  }
}

const namesOf = (rule: Rule): string[] => [rule.id, ...rule.aliases].map((name) => name.toLowerCase());

function suppress(
  file: File,
  reported: readonly Reported[],
  enabled: readonly Enabled[],
  all: readonly Rule[],
): { kept: Reported[]; suppressed: number } {
  const comments = suppressions(file);
  if (comments.length === 0) return { kept: [...reported], suppressed: 0 };
  const used = new Set<Suppression['names'][number]>();
  const silenced = (rule: Rule, at: number): boolean => {
    if (rule.id === SYNTAX_ERROR) return false;
    const hits = comments.flatMap((comment) => silences(comment, namesOf(rule), rule.aliases, at) ?? []);
    for (const hit of hits) used.add(hit);
    return hits.length > 0;
  };
  const kept = reported.filter(({ enabled: by, finding }) => !silenced(by.rule, spanOf(finding.at).start));
  const suppressed = reported.length - kept.length;
  const judge = enabled.find(({ rule }) => rule.id === UNUSED);
  if (judge) for (const finding of unused(comments, used, enabled, all)) kept.push({ enabled: judge, finding });
  return { kept, suppressed };
}

/** Names in our own comments that silenced nothing; those of other tools may be meant for these tools. */
function unused(
  comments: readonly Suppression[],
  used: ReadonlySet<Suppression['names'][number]>,
  enabled: readonly Enabled[],
  all: readonly Rule[],
): Finding[] {
  const known = all.flatMap(namesOf);
  const on = new Set(enabled.flatMap(({ rule }) => namesOf(rule)));
  const findings: Finding[] = [];
  for (const { dialect, names } of comments) {
    if (dialect !== 'dflint') continue;
    for (const it of names) {
      if (used.has(it)) continue;
      if (it.name !== 'all' && !known.includes(it.name)) {
        const near = closest(it.name, known);
        const hint = near ? `; ${near} is likely meant` : '';
        findings.push({ at: it.span, message: `There is no rule ${it.name}${hint}.` });
      } else if (it.name === 'all' || on.has(it.name)) {
        findings.push({ at: it.span, message: `Nothing is reported here that ignoring ${it.name} would silence.` });
      }
    }
  }
  return findings;
}
