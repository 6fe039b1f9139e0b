import { type Comment, type File, type Instruction, walk } from '../../grammar/index.ts';
import { contains, type Span } from '../text/span.ts';
import { type Checks, isBuildkitName } from './check-comments.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { Rule, UnusedName } from './rule.ts';

type Named = Omit<UnusedName, 'dialect'>;

/** A comment that silences rules. */
interface Suppression {
  readonly dialect: UnusedName['dialect'];
  readonly names: readonly Named[];
  /** What it covers; undefined is the whole file. */
  readonly covers: Span | undefined;
}

/** A finding with the rule that reported it; one of another tool has none. */
export interface Reported {
  readonly diagnostic: Diagnostic;
  readonly rule: Rule | undefined;
}

export interface Suppressed {
  readonly kept: readonly Reported[];
  /** The names in comments that silenced nothing, comment by comment. */
  readonly unused: readonly UnusedName[];
}

/**
 * Takes out what comments silence: `# dflint ignore=a,b -- reason` and `ignore-file=`; hadolint's `ignore`, `global ignore`
 * and `stage ignore`; `# shellcheck disable=`; BuildKit's `# check=skip=`. A comment above or inside an instruction covers it;
 * other comments and blank lines may stand between. `Rule.silencing` says which rules differ.
 */
export function suppress(file: File, checks: Checks, reported: readonly Reported[]): Suppressed {
  const comments = [...written(file), ...skips(checks)];
  if (comments.length === 0) return { kept: reported, unused: [] };
  const used = new Set<Named>();
  const kept = reported.filter((it) => {
    const hits = comments.flatMap((comment) => silences(comment, it) ?? []);
    for (const hit of hits) used.add(hit);
    return hits.length === 0;
  });
  const unused = comments.flatMap(({ dialect, names }) =>
    names.flatMap((it) => (used.has(it) ? [] : [{ ...it, dialect }])),
  );
  return { kept, unused };
}

const pattern =
  /^#[ \t]*(?:(dflint|hadolint)[ \t]+(ignore-file|(?:(?:global|stage)[ \t]+)?ignore)[ \t]*=|(shellcheck)[ \t]+(?:[\w-]+=\S+[ \t]+)*disable=)[ \t]*(.*)$/i;

/** The comments that are not BuildKit's. */
function written(file: File): Suppression[] {
  const found: Suppression[] = [];
  const starts = file.instructions.map(({ span }) => span.start);
  for (const { raw, span } of commentsOf(file)) {
    const match = pattern.exec(raw);
    if (!match) continue;
    const value = match[4]!;
    const names = listed(value, span.end - value.length);
    const covers = enclosing(file, span) ?? file.instructions[firstFrom(starts, span.start)]?.span;
    const dialect = (match[3] ?? match[1]!).toLowerCase() as 'dflint' | 'hadolint' | 'shellcheck';
    const scope = match[2]?.toLowerCase() ?? '';
    if (scope === 'ignore-file' || scope.startsWith('global')) found.push({ dialect, names, covers: undefined });
    else if (scope.startsWith('stage')) found.push({ dialect, names, covers: stageFrom(file, span.start) });
    else if (covers) found.push({ dialect, names, covers });
  }
  for (const instruction of file.instructions) {
    if (instruction.kind === 'Run') for (const { body } of instruction.heredocs) found.push(...inScript(body));
  }
  return found;
}

/** Comments of a here-document that is a script: at its top for all of it, elsewhere for the next line. */
function inScript({ raw, span }: { readonly raw: string; readonly span: Span }): Suppression[] {
  if (!raw.includes('shellcheck')) return [];
  const found: Suppression[] = [];
  let at = 0;
  let top = true;
  for (const line of raw.split('\n')) {
    const comment = line.trimStart();
    const match = comment.startsWith('#') ? pattern.exec(comment.trimEnd()) : null;
    if (match?.[3]) {
      const end = raw.indexOf('\n', at + line.length + 1);
      const covers = top ? span : { start: span.start + at, end: span.start + (end < 0 ? raw.length : end) };
      found.push({
        dialect: 'shellcheck',
        names: listed(match[4]!, span.start + at + line.indexOf(match[4]!)),
        covers,
      });
    } else top &&= comment === '' || comment.startsWith('#');
    at += line.length + 1;
  }
  return found;
}

/** Comments between instructions, and those inside the continuation of one. */
function commentsOf(file: File): Comment[] {
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

const enclosing = (file: File, span: Span): Span | undefined =>
  file.instructions.find((instruction) => contains(instruction.span, span))?.span;

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

const code = /^(?:dl|sc)\d+$/;

/** Names between commas; after a blank only further codes, as a reason may follow. */
function listed(text: string, start: number): Named[] {
  const list = /^(.*?)(?:[ \t](?:--|#).*)?$/.exec(text)![1]!;
  const found: Named[] = [];
  let at = start;
  for (const part of list.split(',')) {
    for (const [index, match] of [...part.matchAll(/\S+/g)].entries()) {
      const name = match[0].toLowerCase();
      if (index > 0 && !code.test(name)) break;
      found.push({ name, span: { start: at + match.index, end: at + match.index + name.length } });
    }
    at += part.length + 1;
  }
  return found;
}

const skips = ({ file, instructions }: Checks): Suppression[] =>
  [file, ...instructions].map(({ skip, covers }) => ({ dialect: 'buildkit', names: skip, covers }));

/** The name in a comment that silences a finding, if one does. */
function silences({ covers, dialect, names }: Suppression, { diagnostic, rule }: Reported): Named | undefined {
  const { aliases } = diagnostic;
  const silencing = rule?.silencing;
  if (silencing === 'never') return undefined;
  const places = placesOf(diagnostic, dialect, silencing);
  if (covers && places.every(({ start }) => start < covers.start || start > covers.end)) return undefined;
  if (dialect === 'buildkit') {
    const reachable = covers && silencing === 'top' ? [] : aliases.filter(isBuildkitName);
    return names.find(({ name }) => (name === 'all' ? reachable.length > 0 : reachable.includes(name)));
  }
  const known = [diagnostic.rule, ...aliases].map((name) => name.toLowerCase());
  const scripts = dialect === 'shellcheck';
  return names.find(({ name }) => (name === 'all' ? !scripts || aliases.some(isShellcheckCode) : known.includes(name)));
}

/** Where comments of a dialect count for a finding. */
function placesOf(
  { span, related }: Diagnostic,
  dialect: Suppression['dialect'],
  silencing: Rule['silencing'],
): readonly Span[] {
  if (silencing !== 'related' || !related) return [span];
  if (dialect === 'buildkit') return [related];
  return dialect === 'hadolint' ? [span, related] : [span];
}

const isShellcheckCode = (alias: string): boolean => alias.startsWith('SC');
