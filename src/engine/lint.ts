import { parse } from '../../grammar/index.ts';
import { analyze } from '../model/index.ts';
import type { BuildOptions, Model, Step } from '../model/model.ts';
import { isWritten } from '../model/stages/fragment.ts';
import type { Lines } from '../text/lines.ts';
import { contains, type Span } from '../text/span.ts';
import { type Checks, isBuildkitName, readChecks } from './check-comments.ts';
import type { Diagnostic, Severity } from './diagnostic.ts';
import { type Finding, type Found, type KnownNames, type Place, type Rule, spanOf, type Visitor } from './rule.ts';
import { type Reported, suppress } from './suppress.ts';

/** The names that a finding goes by, the smallest preset that has it, and its severity there. */
export interface Named {
  readonly aliases: readonly string[];
  readonly smallest: Rule['preset'];
  readonly severity: Severity;
}

/** A rule that is on, with the severity chosen for it; a function gives that of each finding. */
export interface Enabled {
  readonly rule: Rule;
  readonly severity: Severity | ((finding: Named) => Severity | 'off');
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
  /** Every rule there is, by whose names comments may ignore; the enabled ones if left out. */
  readonly rules?: readonly Rule[] | undefined;
  readonly build?: Partial<BuildOptions> | undefined;
  /** Findings of another tool on this text; they replace ours of the same alias and place. */
  readonly foreign?: readonly Diagnostic[] | undefined;
  /** Whether comments in the file may silence; true if left out. */
  readonly comments?: boolean | undefined;
}

/**
 * Lints one Dockerfile with the rules given: one parse, one model, one walk. Pure and synchronous; never throws on any text.
 */
export function lint(text: string, enabled: readonly Enabled[], settings: LintSettings = {}): LintResult {
  const { foreign = [], rules = enabled.map(({ rule }) => rule), comments = true } = settings;
  const { ast } = parse(text);
  const checks = readChecks(ast);
  const model = analyze(ast, { ...settings.build, fragment: true });
  const [first] = model.stages;
  const absent = first && !isWritten(first.from) ? first.from.keyword.span : undefined;
  let reported: Reported[] = [];
  let suppressed = 0;
  const add = (diagnostic: Diagnostic, rule: Rule | undefined): void => {
    reported.push({ diagnostic: checks.error ? failing(diagnostic) : diagnostic, rule });
  };
  const report: Report = (by, finding) => {
    // what a fragment lacks may stand in the file that it becomes a part of
    if (spanOf(finding.at) === absent) return;
    const it = diagnosticOf(by, finding);
    if (it && !foreign.some((other) => isSame(other, it))) add(it, by.rule);
  };
  const handlers = handlersOf(enabled, report);
  walk(model, checks, handlers);
  for (const [rule, covers] of experimental(checks, enabled, rules)) {
    const within: Report = (by, finding) => {
      if (covers === undefined || contains(covers, spanOf(finding.at))) report(by, finding);
    };
    walk(model, checks, handlersOf([rule], within));
  }
  for (const it of foreign) add(it, undefined);
  if (comments) {
    const { kept, unused } = suppress(ast, checks, reported);
    suppressed = reported.length - kept.length;
    reported = [...kept];
    if (unused.length > 0 && handlers.has('UnusedName')) {
      const known = knownNames(rules, enabled);
      for (const name of unused) handlers.call('UnusedName', name, known);
    }
  }
  const diagnostics = reported.map(({ diagnostic }) => diagnostic).sort(inOrder);
  return { lines: ast.lines, diagnostics, suppressed };
}

/** `error=true` makes the findings of BuildKit's checks fail the build. */
const failing = (it: Diagnostic): Diagnostic => (it.aliases.some(isBuildkitName) ? { ...it, severity: 'error' } : it);

/** The experimental checks that comments enable, each with the instruction for which they do; undefined is the whole file. */
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

function knownNames(rules: readonly Rule[], enabled: readonly Enabled[]): KnownNames {
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

/** The finding as the caller gets it; undefined if it is off. */
function diagnosticOf({ rule, severity }: Enabled, finding: Finding): Diagnostic | undefined {
  const aliases = finding.aliases ?? rule.aliases;
  const named = { aliases, smallest: finding.preset ?? rule.preset, severity: finding.severity ?? rule.severity };
  const level = typeof severity === 'string' ? severity : severity(named);
  if (level === 'off') return undefined;
  return {
    rule: rule.id,
    aliases,
    severity: level,
    message: finding.message ?? rule.message,
    why: finding.why ?? (rule.messageOnly ? undefined : firstSentence(rule.why)),
    instead: finding.instead ?? (rule.messageOnly ? undefined : rule.instead),
    url: rule.url,
    span: spanOf(finding.at),
    related: finding.related && spanOf(finding.related),
    fix: finding.fix && { safety: rule.fix ?? 'suggestion', ...finding.fix },
  };
}

const firstSentence = (line: string): string => /^.*?[.](?= [A-Z]|$)/.exec(line)?.[0] ?? line;

/** Takes what a rule found. */
type Report = (enabled: Enabled, finding: Finding) => void;

interface Handlers {
  /** Whether any rule has a handler of a kind. */
  readonly has: (kind: keyof Visitor) => boolean;
  /** Calls all handlers of a kind, in the order of the rules, and reports what they find. */
  readonly call: (kind: keyof Visitor, ...args: unknown[]) => void;
}

interface Handler {
  readonly enabled: Enabled;
  readonly handle: (...args: unknown[]) => Found;
}

function handlersOf(enabled: readonly Enabled[], report: Report): Handlers {
  const handlers = new Map<string, Handler[]>();
  for (const it of enabled) {
    const visitor = visitorOf(it);
    for (const kind in visitor) {
      const handler: Handler = { enabled: it, handle: visitor[kind as keyof Visitor] as Handler['handle'] };
      const list = handlers.get(kind);
      if (list) list.push(handler);
      else handlers.set(kind, [handler]);
    }
  }
  return {
    has: (kind) => handlers.has(kind),
    call(kind, ...args) {
      for (const { enabled: by, handle } of handlers.get(kind) ?? []) {
        const found = handle(...args);
        if (found === undefined) continue;
        for (const finding of Array.isArray(found) ? (found as Finding[]) : [found as Finding]) report(by, finding);
      }
    },
  };
}

function visitorOf({ rule, options }: Enabled): Visitor {
  if (typeof rule.visit !== 'function') return rule.visit;
  const defaults = Object.entries(rule.options ?? {}).map(([name, it]) => [name, it.default]);
  return rule.visit({ ...Object.fromEntries(defaults), ...options });
}

/** Calls the handlers for a file and all that is in it, from the top. */
function walk(model: Model, checks: Checks, { has, call }: Handlers): void {
  const each = (step: Step, onbuild: boolean): void => {
    const place: Place = { model, step, stage: step.stage, onbuild };
    call(step.instruction.kind, step.instruction, place);
    if (has('Script') && step.script) call('Script', step.script, place);
    if (has('Command')) for (const command of step.script?.commands ?? []) call('Command', command, place);
    if (has('Operation')) for (const operation of step.operations) call('Operation', operation, place);
    if (step.trigger) each(step.trigger, true);
  };
  call('File', model);
  call('Checks', checks, model);
  if (has('Comment')) for (const comment of model.file.comments) call('Comment', comment, model);
  for (const step of model.globals) each(step, false);
  for (const stage of model.stages) {
    call('Stage', stage, model);
    const from = model.step(stage.from);
    if (from && isWritten(stage.from)) each(from, false);
    for (const step of stage.steps) each(step, false);
  }
}
