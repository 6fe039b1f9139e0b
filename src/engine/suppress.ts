import { type Comment, type File, type Instruction, walk } from '../../grammar/index.ts';
import { contains, countBefore, type Span } from '../text/span.ts';
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
  const groups = grouped(comments);
  const kept = reported.filter((it) => {
    let silenced = false;
    for (const group of groups.near(placesOf(it.diagnostic, 'hadolint', it.rule?.silencing))) {
      const hit = silences(group, it);
      if (hit !== undefined) group.used.add(hit);
      silenced ||= hit !== undefined;
    }
    return !silenced;
  });
  const unused = comments.flatMap((comment) => {
    const { used } = groups.of(comment);
    return comment.names.flatMap((it, index) => (used.has(index) ? [] : [{ ...it, dialect: comment.dialect }]));
  });
  return { kept, unused };
}

/** Comments that say the same of the same lines. */
interface Group extends Suppression {
  /** Where each name stands first in the list. */
  readonly places: ReadonlyMap<string, number>;
  /** The places of names that silenced something. */
  readonly used: Set<number>;
}

interface Groups {
  readonly of: (comment: Suppression) => Group;
  /** Those that cover one of the places, or all of the file. */
  readonly near: (places: readonly Span[]) => ReadonlySet<Group>;
}

function grouped(comments: readonly Suppression[]): Groups {
  const groups = new Map<string, Group>();
  const own = new Map<Suppression, Group>();
  for (const comment of comments) {
    const { dialect, names, covers } = comment;
    const key = [dialect, covers?.start, covers?.end, ...names.map(({ name }) => name)].join();
    const places = new Map(names.map(({ name }, index): [string, number] => [name, index]).reverse());
    const group = groups.get(key) ?? { ...comment, places, used: new Set<number>() };
    groups.set(key, group);
    own.set(comment, group);
  }
  const all = [...groups.values()];
  const everywhere = all.filter(({ covers }) => covers === undefined);
  const local = all.flatMap((group) => (group.covers ? [{ group, span: group.covers }] : []));
  local.sort((a, b) => a.span.start - b.span.start);
  // how far those up to here reach, so that the search can end
  let furthest = 0;
  const reach = local.map(({ span }) => (furthest = Math.max(furthest, span.end)));
  return {
    of: (comment) => own.get(comment)!,
    near(places) {
      const found = new Set(everywhere);
      for (const { start } of places)
        for (let at = countBefore(local, start + 1) - 1; at >= 0 && reach[at]! >= start; at--)
          if (local[at]!.span.end >= start) found.add(local[at]!.group);
      return found;
    },
  };
}

const pattern =
  /^#[ \t]*(?:(dflint|hadolint)[ \t]+(ignore-file|(?:(?:global|stage)[ \t]+)?ignore)[ \t]*=|(shellcheck)[ \t]+(?:[\w-]+=\S+[ \t]+)*disable=)[ \t]*(.*)$/i;

/** The comments that are not BuildKit's. */
function written(file: File): Suppression[] {
  const found: Suppression[] = [];
  for (const { raw, span } of commentsOf(file)) {
    const match = pattern.exec(raw);
    if (!match) continue;
    const value = match[4]!;
    const names = listed(value, span.end - value.length);
    const covers = enclosing(file, span) ?? file.instructions[countBefore(file.instructions, span.start + 1)]?.span;
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

function enclosing({ instructions }: File, span: Span): Span | undefined {
  const before = instructions[countBefore(instructions, span.start + 1) - 1];
  return before && contains(before.span, span) ? before.span : undefined;
}

/** From the comment to the end of its stage; above a FROM, that stage. */
function stageFrom(file: File, start: number): Span {
  const { instructions } = file;
  let at = countBefore(instructions, start + 1);
  if (instructions[at]?.kind === 'From') at++;
  while (at < instructions.length && instructions[at]!.kind !== 'From') at++;
  return { start, end: instructions[at]?.span.start ?? file.span.end };
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

/** The place of the first name in a comment that silences a finding, if one does. */
function silences({ covers, dialect, places: names }: Group, { diagnostic, rule }: Reported): number | undefined {
  const { aliases } = diagnostic;
  const silencing = rule?.silencing;
  if (silencing === 'never') return undefined;
  const places = placesOf(diagnostic, dialect, silencing);
  if (covers && places.every(({ start }) => start < covers.start || start > covers.end)) return undefined;
  if (dialect === 'buildkit') {
    const reachable = covers && silencing === 'top' ? [] : aliases.filter(isBuildkitName);
    return first(names, reachable.length > 0 ? ['all', ...reachable] : []);
  }
  const known = [diagnostic.rule, ...aliases].map((name) => name.toLowerCase());
  const all = dialect !== 'shellcheck' || aliases.some(isShellcheckCode);
  return first(names, all ? ['all', ...known] : known);
}

function first(places: Group['places'], names: readonly string[]): number | undefined {
  const found = names.flatMap((name) => places.get(name) ?? []);
  return found.length === 0 ? undefined : Math.min(...found);
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
