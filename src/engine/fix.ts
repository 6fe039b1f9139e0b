import { type File, type Instruction, parse } from '../../grammar/index.ts';
import { analyze } from '../model/index.ts';
import type { BuildOptions, Model } from '../model/model.ts';
import { type Meaning, meaningOf } from '../model/stages/meaning.ts';
import { applyEdits, compatible, overlap } from '../text/edit.ts';
import { countBefore, type Edit, type Span } from '../text/span.ts';
import type { Diagnostic, Fix, Safety } from './diagnostic.ts';
import type { LintResult } from './lint.ts';

export interface Fixed {
  readonly text: string;
  /** The findings that were fixed, in the order of fixing. */
  readonly applied: readonly Diagnostic[];
  /** Fixes that could not be proven, with the reason; their findings stay. */
  readonly refused: readonly { readonly diagnostic: Diagnostic; readonly reason: string }[];
  /** The findings in `text`. */
  readonly result: LintResult;
}

export interface FixSettings {
  /** Lints a text; the first call is for the text as given. */
  readonly lint: (text: string) => LintResult;
  /** Which fixes to apply: `safe` leaves suggestions out. */
  readonly safety: Safety;
  readonly build?: Partial<BuildOptions> | undefined;
}

type Repair = Diagnostic & { readonly fix: Fix };

/** A fix may make room for another; no file has been seen that needs more rounds. */
const ROUNDS = 20;

/**
 * Applies fixes until none is left. Each is proven: the result parses, instructions that the edits do not touch keep their
 * meaning, the finding is gone and there is no new error; otherwise the fix is refused. Inserted lines end as the text's lines do.
 * Pure; never throws on any text.
 */
export function fix(text: string, settings: FixSettings): Fixed {
  const applied: Diagnostic[] = [];
  const refused = new Map<string, Fixed['refused'][number]>();
  let current = text;
  let result = settings.lint(text);
  for (let round = 0; round < ROUNDS; round++) {
    const open = candidates(result, settings.safety).filter((it) => !refused.has(keyOf(it)));
    const chosen = together(open);
    if (chosen.length === 0) break;
    const all = attempt(current, result, chosen, settings);
    if (typeof all !== 'string') {
      applied.push(...chosen);
      ({ text: current, result } = all);
      refused.clear();
      continue;
    }
    const { proven, attempted } = provenAmong(current, result, chosen, settings, refused);
    if (!attempted) continue;
    applied.push(...proven);
    ({ text: current, result } = attempted);
    // what could not be proven in the old text may be in the new one
    refused.clear();
  }
  return { text: current, applied, refused: [...refused.values()], result };
}

const keyOf = ({ rule, message, fix: { title, edits } }: Repair): string =>
  JSON.stringify([rule, message, title, edits.map(({ text }) => text)]);

const candidates = ({ diagnostics }: LintResult, safety: Safety): Repair[] =>
  diagnostics.filter(
    (it): it is Repair => it.fix !== undefined && (safety === 'suggestion' || it.fix.safety === 'safe'),
  );

/** Those whose edits do not touch the edits of an earlier one; the same edit is made once. */
function together(open: readonly Repair[]): Repair[] {
  const free = new Set(compatible(open.map(({ fix: { edits } }) => edits)));
  return open.filter(({ fix: { edits } }) => free.has(edits));
}

type Attempt = { readonly text: string; readonly result: LintResult };

/** Which of the fixes can be proven one by one, each together with those before it; the others are refused. */
function provenAmong(
  text: string,
  result: LintResult,
  chosen: readonly Repair[],
  settings: FixSettings,
  refused: Map<string, Fixed['refused'][number]>,
): { proven: readonly Repair[]; attempted: Attempt | undefined } {
  const proven: Repair[] = [];
  let attempted: Attempt | undefined;
  for (const diagnostic of chosen) {
    const tried = attempt(text, result, [...proven, diagnostic], settings);
    if (typeof tried === 'string') refused.set(keyOf(diagnostic), { diagnostic, reason: tried });
    else {
      proven.push(diagnostic);
      attempted = tried;
    }
  }
  return { proven, attempted };
}

/** The text with the fixes applied and its findings, or why the fixes are refused. */
function attempt(
  text: string,
  before: LintResult,
  chosen: readonly Repair[],
  { lint, build }: FixSettings,
): Attempt | string {
  const crlf = text.includes('\r\n');
  // several findings may have one fix
  const edits = [...new Set(chosen.map((it) => it.fix.edits))].flat().map((it) => (crlf ? withCrlf(it) : it));
  if (overlap(edits)) return 'its edits overlap';
  const after = applyEdits(text, edits);
  if (after === text) return 'it changes nothing';
  const old = parse(text);
  const now = parse(after);
  if (now.errors.length > old.errors.length) return `the result does not parse: ${now.errors.at(-1)!.message}`;
  const reaches = new Set(chosen.flatMap((it) => it.fix.reaches ?? []));
  const changed = changedMeaning(
    { file: old.ast, model: analyze(old.ast, { ...build, fragment: true }) },
    { file: now.ast, model: analyze(now.ast, { ...build, fragment: true }) },
    edits,
    reaches,
  );
  if (changed) return changed;
  const result = lint(after);
  const errors = ({ diagnostics }: LintResult): number =>
    diagnostics.filter(({ severity }) => severity === 'error').length;
  if (errors(result) > errors(before)) return 'the result has an error that was not there';
  const gone = isGone(before, result);
  const left = chosen.find((it) => !gone(it));
  return left ? 'the finding would still be there' : { text: after, result };
}

const withCrlf = ({ span, text }: Edit): Edit => ({ span, text: text.replace(/\r?\n/g, '\r\n') });

/** Whether a finding is reported less often than before. Another tool's always is, as the tool is not asked again. */
function isGone(before: LintResult, after: LintResult): (diagnostic: Diagnostic) => boolean {
  const key = ({ rule, message }: Diagnostic): string => `${rule} ${message}`;
  const fewer = new Map<string, number>();
  for (const it of before.diagnostics) fewer.set(key(it), (fewer.get(key(it)) ?? 0) + 1);
  for (const it of after.diagnostics) fewer.set(key(it), (fewer.get(key(it)) ?? 0) - 1);
  return (it) => (fewer.get(key(it)) ?? 0) > 0;
}

interface Version {
  readonly file: File;
  readonly model: Model;
}

type Facet = keyof Meaning;
const facets: readonly Facet[] = ['own', 'user', 'workdir', 'shell', 'variables'];

/** How the meaning of an untouched instruction would change; undefined if none would. */
function changedMeaning(
  old: Version,
  now: Version,
  edits: readonly Edit[],
  reaches: ReadonlySet<string>,
): string | undefined {
  const sorted = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const moved = shifts(sorted);
  const starts = new Map(now.file.instructions.map((it) => [it.span.start, it]));
  const kept = new Set<Instruction>();
  for (const instruction of old.file.instructions) {
    if (isTouched(instruction.span, sorted)) continue;
    const twin = starts.get(moved(instruction.span.start));
    if (!twin || twin.kind !== instruction.kind) return `${instruction.keyword.text} would be lost`;
    kept.add(twin);
    const one = old.model.step(instruction);
    const other = now.model.step(twin);
    if (!one || !other) continue;
    const before = meaningOf(one, old.model);
    const after = meaningOf(other, now.model);
    const facet = facets.find((it) => before[it] !== after[it] && !reaches.has(it));
    if (facet)
      return `${instruction.keyword.text} further on would ${facet === 'own' ? 'change' : `see another ${facet}`}`;
  }
  const stray = now.file.instructions.find((it) => !kept.has(it) && !isWritten(it.span, sorted));
  return stray && `${stray.keyword.text} would be an instruction of its own`;
}

/** Text written at either end of an instruction belongs to it, unless a line end separates them. */
const touches = ({ span, text }: Edit, { start, end }: Span): boolean =>
  (span.start < end && span.end > start) ||
  (span.start === end && !/^(?:\r?\n|$)/.test(text)) ||
  (span.end === start && !/(?:\n|^)$/.test(text));

/** Edits of the same text do not overlap, so those that touch it follow one another. */
function isTouched(span: Span, sorted: readonly Edit[]): boolean {
  for (let at = countBefore(sorted, span.end + 1) - 1; at >= 0; at--) {
    if (touches(sorted[at]!, span)) return true;
    if (sorted[at]!.span.end < span.start) return false;
  }
  return false;
}

/** Where an offset of the old text is in the new one. */
function shifts(sorted: readonly Edit[]): (offset: number) => number {
  const sums = [0];
  for (const { span, text } of sorted) sums.push(sums.at(-1)! + text.length - (span.end - span.start));
  return (offset) => {
    let at = countBefore(sorted, offset + 1);
    while (at > 0 && sorted[at - 1]!.span.end > offset) at--;
    return offset + sums[at]!;
  };
}

/** Whether a place of the new text is, at least in part, what the edits wrote or what stood around it. */
function isWritten(place: Span, edits: readonly Edit[]): boolean {
  let shift = 0;
  return edits.some(({ span, text }) => {
    const start = span.start + shift;
    shift += text.length - (span.end - span.start);
    return start <= place.end && start + text.length >= place.start;
  });
}
