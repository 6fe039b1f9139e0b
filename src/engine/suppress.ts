import type { Comment, File, Instruction } from '../../grammar/index.ts';
import { walk } from '../../grammar/index.ts';
import { closest } from '../text/closest.ts';
import type { Span } from '../text/span.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { Finding } from './rule.ts';

/** A comment that silences rules. */
export interface Suppression {
  readonly dialect: 'dflint' | 'hadolint' | 'buildkit';
  /** Ids or aliases in lower case; `all` is every rule. */
  readonly names: readonly { readonly name: string; readonly span: Span }[];
  /** What it covers; the whole file where undefined. */
  readonly covers: Span | undefined;
}

/**
 * `# dflint ignore=a,b -- reason` and `# dflint ignore-file=…`; hadolint's `ignore`, `global ignore` and `stage ignore`;
 * BuildKit's `# check=skip=…` as a directive or above an instruction. A comment above an instruction covers that
 * instruction, one inside it too; other comments and blank lines between do no harm.
 */
export function suppressions(file: File): Suppression[] {
  const found: Suppression[] = [];
  for (const directive of file.directives) {
    if (directive.name === 'check') found.push(...buildkit(directive.value, directive.valueSpan, undefined));
  }
  const starts = file.instructions.map(({ span }) => span.start);
  for (const comment of comments(file)) {
    const match =
      /^#[ \t]*(?:(dflint|hadolint)[ \t]+(ignore|ignore-file|global[ \t]+ignore|stage[ \t]+ignore)|check)[ \t]*=[ \t]*(.*)$/i.exec(
        comment.raw,
      );
    if (!match) continue;
    const value = match[3]!;
    const span = { start: comment.span.end - value.length, end: comment.span.end };
    const next = file.instructions[firstFrom(starts, comment.span.start)];
    const covers = enclosing(file, comment) ?? next?.span;
    if (!match[1]) {
      if (covers) found.push(...buildkit(value, span, covers));
      continue;
    }
    const dialect = match[1].toLowerCase() as 'dflint' | 'hadolint';
    const names = listed(value.replace(/[ \t](?:--|#).*$/, ''), span.start);
    const scope = match[2]!.toLowerCase();
    if (scope === 'ignore-file' || scope.startsWith('global')) found.push({ dialect, names, covers: undefined });
    else if (scope.startsWith('stage')) found.push({ dialect, names, covers: stageFrom(file, comment.span.start) });
    else if (covers) found.push({ dialect, names, covers });
  }
  return found;
}

/** Comments between instructions, and those inside the continuation of one. */
function comments(file: File): Comment[] {
  const found: Comment[] = [...file.comments];
  for (const instruction of file.instructions) {
    if (!instruction.trivia.some(({ kind }) => kind === 'Comment') && !mayHold(instruction)) continue;
    walk(instruction, (node) => {
      if (node.kind === 'Comment') found.push(node);
    });
  }
  return found;
}

/** Only what goes over several lines can have a comment inside. */
const mayHold = (instruction: Instruction): boolean =>
  'command' in instruction && instruction.command?.kind === 'ShellForm' && instruction.command.parts.length > 0;

const enclosing = (file: File, comment: Comment): Span | undefined =>
  file.instructions.find(({ span }) => span.start < comment.span.start && comment.span.end <= span.end)?.span;

const firstFrom = (starts: readonly number[], offset: number): number => {
  const index = starts.findIndex((start) => start > offset);
  return index < 0 ? starts.length : index;
};

/** From the comment to the end of its stage; above a FROM, that stage. */
function stageFrom(file: File, start: number): Span {
  const later = file.instructions.filter(({ span }) => span.start > start);
  const own = later[0]?.kind === 'From' ? 1 : 0;
  const end = later.findIndex(({ kind }, index) => index >= own && kind === 'From');
  return { start, end: end < 0 ? file.span.end : later[end]!.span.start };
}

function buildkit(value: string, span: Span, covers: Span | undefined): Suppression[] {
  // BuildKit cuts the value at the first blank: a reason may follow
  const options = value.split(/\s/, 1)[0]!;
  let at = span.start;
  const found: Suppression[] = [];
  for (const option of options.split(';')) {
    if (/^skip=/i.test(option)) found.push({ dialect: 'buildkit', names: listed(option.slice(5), at + 5), covers });
    at += option.length + 1;
  }
  return found;
}

function listed(text: string, start: number): { name: string; span: Span }[] {
  return [...text.matchAll(/[^\s,]+/g)].map((match) => ({
    name: match[0].toLowerCase(),
    span: { start: start + match.index, end: start + match.index + match[0].length },
  }));
}

type Named = Suppression['names'][number];

/** Whether `suppression` silences a finding; answers with the name that does it. */
function silences({ covers, dialect, names }: Suppression, { rule, aliases, span }: Diagnostic): Named | undefined {
  if (covers && (span.start < covers.start || span.start > covers.end)) return undefined;
  const known = [rule, ...aliases].map((name) => name.toLowerCase());
  return names.find(({ name }) =>
    name === 'all' ? dialect !== 'buildkit' || aliases.some(isBuildkitName) : known.includes(name),
  );
}

/** BuildKit's checks are the ones that have no number. */
const isBuildkitName = (alias: string): boolean => !/^(?:DL|SC)\d/.test(alias);

/** Names in lower case: of every rule, and of those that are on. */
export interface KnownNames {
  readonly all: ReadonlySet<string>;
  readonly on: ReadonlySet<string>;
}

/** Takes out what comments silence; `complaints` are about names in comments that silence nothing. */
export function suppress(
  file: File,
  reported: readonly Diagnostic[],
  names: () => KnownNames,
): { kept: Diagnostic[]; suppressed: number; complaints: Finding[] } {
  const comments = suppressions(file);
  if (comments.length === 0) return { kept: [...reported], suppressed: 0, complaints: [] };
  const used = new Set<Named>();
  const kept = reported.filter((it) => {
    if (it.rule === 'syntax-error') return true;
    const hits = comments.flatMap((comment) => silences(comment, it) ?? []);
    for (const hit of hits) used.add(hit);
    return hits.length === 0;
  });
  return { kept, suppressed: reported.length - kept.length, complaints: unused(comments, used, names()) };
}

/** Names in our own comments that silenced nothing; those of other tools may be meant for these tools. */
function unused(comments: readonly Suppression[], used: ReadonlySet<Named>, { all, on }: KnownNames): Finding[] {
  return comments.flatMap(({ dialect, names }) =>
    dialect === 'dflint' ? names.flatMap((it) => (used.has(it) ? [] : (complaint(it, all, on) ?? []))) : [],
  );
}

function complaint({ name, span }: Named, all: ReadonlySet<string>, on: ReadonlySet<string>): Finding | undefined {
  if (name !== 'all' && !all.has(name)) {
    const near = closest(name, [...all]);
    const hint = near ? `; ${near} is likely meant` : '';
    return { at: span, message: `There is no rule ${name}${hint}.` };
  }
  const could = name === 'all' || on.has(name);
  return could ? { at: span, message: `Nothing is reported here that ignoring ${name} would silence.` } : undefined;
}
