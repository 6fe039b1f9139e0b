import { parse } from '../../grammar/index.ts';
import { analyze } from '../model/index.ts';
import type { BuildOptions, Model, Step } from '../model/model.ts';
import type { Lines } from '../text/lines.ts';
import { contains, type Span } from '../text/span.ts';
import { type Checks, isBuildkitName, readChecks } from './check-comments.ts';
import type { Diagnostic, Severity } from './diagnostic.ts';
import { type Finding, type Found, fixOf, type Place, type Rule, spanOf, type Visitor } from './rule.ts';
import { type KnownNames, suppress } from './suppress.ts';

/** A rule that is on, at the severity that was chosen for it, or for each of the names that its findings go by. */
export interface Enabled {
  readonly rule: Rule;
  readonly severity: Severity | ((aliases: readonly string[], preset: Rule['preset']) => Severity | 'off');
  /** Values of its options; those left out are at their defaults. */
  readonly options?: Readonly<Record<string, unknown>> | undefined;
}

export interface LintResult {
  readonly lines: Lines;
  /** In the order of the file. */
  readonly diagnostics: readonly Diagnostic[];
  /** How many findings comments in the file silenced. */
  readonly suppressed: number;
}

/** What else a lint may be given. */
export interface LintSettings {
  /** Every rule there is, by whose names comments may ignore; the enabled ones where left out. */
  readonly rules?: readonly Rule[] | undefined;
  readonly build?: Partial<BuildOptions> | undefined;
  /** What another tool found in this text; it takes the place of findings of ours with the same alias and place. */
  readonly foreign?: readonly Diagnostic[] | undefined;
  /** Whether comments in the file may silence; true where left out. */
  readonly comments?: boolean | undefined;
}

/** Adds a finding of a rule, unless what it is known by is off. */
type Report = (enabled: Enabled, finding: Finding) => void;

const SYNTAX_ERROR = 'syntax-error';
const UNUSED = 'unused-suppression';
const namesOfKinds = { 'before-from': 'DL3061', trigger: 'DL3043' } as const;

/**
 * Lints one Dockerfile with the rules given: one parse, one model, one walk. Pure and synchronous; never throws on any text.
 */
export function lint(text: string, enabled: readonly Enabled[], settings: LintSettings = {}): LintResult {
  const { foreign = [], rules = enabled.map(({ rule }) => rule), comments = true } = settings;
  const { ast, errors } = parse(text);
  const checks = readChecks(ast);
  const reported: Diagnostic[] = [];
  const report: Report = (by, finding) => {
    const it = diagnostic(by, finding);
    if (it && !foreign.some((other) => isSame(other, it))) reported.push(it);
  };
  const syntax = enabled.find(({ rule }) => rule.id === SYNTAX_ERROR);
  if (syntax) {
    for (const { message, span, meant, kind } of errors) {
      const fix = meant === undefined ? {} : { fix: { title: `Write ${meant}`, edits: [{ span, text: meant }] } };
      report(syntax, { at: span, message, aliases: [kind ? namesOfKinds[kind] : 'DL1000'], ...fix });
    }
    for (const problem of checks.problems) report(syntax, { ...problem, aliases: ['DL1000'] });
  }
  const model = analyze(ast, settings.build);
  run(model, enabled, report);
  for (const [rule, covers] of experimental(checks, enabled, rules)) {
    run(model, [rule], (by, finding) => {
      if (covers === undefined || contains(covers, spanOf(finding.at))) report(by, finding);
    });
  }
  reported.push(...foreign);
  const found = checks.error ? reported.map(failing) : reported;
  if (!comments) return { lines: ast.lines, diagnostics: found.sort(inOrder), suppressed: 0 };
  const { kept, suppressed, complaints } = suppress(ast, checks, found, () => namesOf(rules, enabled));
  const judge = enabled.find(({ rule }) => rule.id === UNUSED);
  const unused = judge ? complaints.flatMap((finding) => diagnostic(judge, finding) ?? []) : [];
  return { lines: ast.lines, diagnostics: [...kept, ...unused].sort(inOrder), suppressed };
}

/** `error=true` makes the findings of BuildKit's checks fail the build. */
const failing = (it: Diagnostic): Diagnostic => (it.aliases.some(isBuildkitName) ? { ...it, severity: 'error' } : it);

/** The experimental checks that comments ask for, each with the instruction for which they do. */
function experimental(
  checks: Checks,
  enabled: readonly Enabled[],
  rules: readonly Rule[],
): [Enabled, Span | undefined][] {
  const asked = [checks.file, ...checks.instructions].filter(({ experimental: names }) => names.length > 0);
  if (asked.length === 0) return [];
  const off = rules.filter((rule) => rule.preset === 'asked' && !enabled.some((it) => it.rule === rule));
  return asked.flatMap(({ experimental: names, covers }) =>
    off
      .filter(({ aliases }) =>
        aliases.some((name) => isBuildkitName(name) && (names.includes('all') || names.includes(name))),
      )
      .map((rule): [Enabled, Span | undefined] => [{ rule, severity: rule.severity }, covers]),
  );
}

const known = new WeakMap<readonly Enabled[], { readonly rules: readonly Rule[]; readonly names: KnownNames }>();

/** Computed once for many files. */
function namesOf(rules: readonly Rule[], enabled: readonly Enabled[]): KnownNames {
  const found = known.get(enabled);
  if (found?.rules === rules) return found.names;
  const names = collectNames(rules, enabled);
  known.set(enabled, { rules, names });
  return names;
}

function collectNames(rules: readonly Rule[], enabled: readonly Enabled[]): KnownNames {
  const lower = (all: readonly Rule[]) =>
    new Set(all.flatMap(({ id, aliases }) => [id, ...aliases].map((name) => name.toLowerCase())));
  return {
    all: lower(rules),
    on: lower(enabled.map(({ rule }) => rule)),
    checks: new Set(rules.flatMap(({ aliases }) => aliases.filter(isBuildkitName))),
  };
}

const isSame = (foreign: Diagnostic, own: Diagnostic): boolean =>
  foreign.span.start === own.span.start && own.aliases.some((alias) => foreign.aliases.includes(alias));

/** Not `localeCompare`: the first call loads a collator, which takes longer than to lint a small file. */
const inOrder = (a: Diagnostic, b: Diagnostic): number =>
  a.span.start - b.span.start || a.span.end - b.span.end || (a.rule < b.rule ? -1 : Number(a.rule > b.rule));

function diagnostic({ rule, severity }: Enabled, finding: Finding): Diagnostic | undefined {
  const aliases = finding.aliases ?? rule.aliases;
  const level = typeof severity === 'string' ? severity : severity(aliases, finding.preset ?? rule.preset);
  if (level === 'off') return undefined;
  const syntax = rule.id === SYNTAX_ERROR;
  return {
    rule: rule.id,
    aliases,
    severity: level,
    message: finding.message ?? rule.message,
    why: syntax ? undefined : (finding.why ?? whyOf(rule)),
    instead: syntax ? undefined : (finding.instead ?? rule.instead),
    url: rule.url,
    span: spanOf(finding.at),
    related: finding.related && spanOf(finding.related),
    fix: fixOf(finding, rule),
  };
}

const whys = new WeakMap<Rule, string>();

function whyOf(rule: Rule): string {
  const found = whys.get(rule) ?? firstSentence(rule.why);
  whys.set(rule, found);
  return found;
}

/** The first sentence of a paragraph, its line breaks taken out. */
const firstSentence = (text: string): string => {
  const plain = text.trim().replace(/\s+/g, ' ');
  return /^.*?[.](?= [A-Z]|$)/.exec(plain)?.[0] ?? plain;
};

interface Handler {
  readonly enabled: Enabled;
  readonly handle: (...values: unknown[]) => Found;
}

function run(model: Model, enabled: readonly Enabled[], report: Report): void {
  const handlers = handlersOf(enabled);
  const call = (kind: keyof Visitor, ...args: unknown[]): void => {
    for (const { enabled: by, handle } of handlers.get(kind) ?? []) {
      const found = handle(...args);
      if (found === undefined) continue;
      for (const finding of Array.isArray(found) ? (found as Finding[]) : [found as Finding]) report(by, finding);
    }
  };
  const each = (step: Step, onbuild: boolean): void => {
    const place: Place = { model, step, stage: step.stage, onbuild };
    call(step.instruction.kind, step.instruction, place);
    if (handlers.has('Script') && step.script) call('Script', step.script, place);
    if (handlers.has('Command')) for (const command of step.script?.commands ?? []) call('Command', command, place);
    if (handlers.has('Operation')) for (const operation of step.operations) call('Operation', operation, place);
    if (step.trigger) each(step.trigger, true);
  };
  call('File', model);
  if (handlers.has('Comment')) for (const comment of model.file.comments) call('Comment', comment, model);
  for (const step of model.globals) each(step, false);
  for (const stage of model.stages) {
    call('Stage', stage, model);
    const from = model.step(stage.from);
    if (from) each(from, false);
    for (const step of stage.steps) each(step, false);
  }
}

function handlersOf(enabled: readonly Enabled[]): ReadonlyMap<keyof Visitor, readonly Handler[]> {
  const handlers = new Map<keyof Visitor, Handler[]>();
  for (const it of enabled) {
    const visitor = visitorOf(it);
    for (const kind in visitor) {
      const key = kind as keyof Visitor;
      const handler: Handler = { enabled: it, handle: visitor[key] as Handler['handle'] };
      const list = handlers.get(key);
      if (list) list.push(handler);
      else handlers.set(key, [handler]);
    }
  }
  return handlers;
}

function visitorOf({ rule, options }: Enabled): Visitor {
  if (typeof rule.visit !== 'function') return rule.visit;
  const defaults = Object.entries(rule.options ?? {}).map(([name, it]) => [name, it.default]);
  return rule.visit({ ...Object.fromEntries(defaults), ...options });
}
