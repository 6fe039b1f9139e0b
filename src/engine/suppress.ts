import { type Comment, type File, type Instruction, walk } from '../../grammar/index.ts';
import { closest } from '../text/closest.ts';
import { contains, type Span } from '../text/span.ts';
import { type Checks, isBuildkitName, unreachable } from './check-comments.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { Finding } from './rule.ts';

interface Named {
  readonly name: string;
  readonly span: Span;
}

/** A comment that silences rules. */
interface Suppression {
  readonly dialect: 'dflint' | 'hadolint' | 'shellcheck' | 'buildkit';
  /** Ids or aliases in lower case, BuildKit's as written; `all` is every rule. */
  readonly names: readonly Named[];
  /** What it covers; the whole file where undefined. */
  readonly covers: Span | undefined;
}

/** Every name there is, in lower case. */
export interface KnownNames {
  readonly all: ReadonlySet<string>;
  /** Of rules that are on. */
  readonly on: ReadonlySet<string>;
  /** As BuildKit writes those of its checks that we have. */
  readonly checks: ReadonlySet<string>;
}

export interface Suppressed {
  readonly kept: Diagnostic[];
  /** How many findings were silenced. */
  readonly suppressed: number;
  /** About names in comments that mean nothing or silence nothing. */
  readonly complaints: readonly Finding[];
}

/**
 * Takes out what comments silence: `# dflint ignore=a,b -- reason` and `ignore-file=`; hadolint's `ignore`, `global ignore`
 * and `stage ignore`; `# shellcheck disable=`; BuildKit's `# check=skip=`. A comment above an instruction covers it, one inside
 * it too; other comments and blank lines between do no harm. A syntax error cannot be silenced.
 */
export function suppress(
  file: File,
  checks: Checks,
  reported: readonly Diagnostic[],
  names: () => KnownNames,
): Suppressed {
  const comments = [...written(file), ...skips(checks)];
  if (comments.length === 0) return { kept: [...reported], suppressed: 0, complaints: [] };
  const used = new Set<Named>();
  const kept = reported.filter((it) => {
    if (it.rule === 'syntax-error') return true;
    const hits = comments.flatMap((comment) => silences(comment, it) ?? []);
    for (const hit of hits) used.add(hit);
    return hits.length === 0;
  });
  return { kept, suppressed: reported.length - kept.length, complaints: complaints(comments, used, names()) };
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

/** Codes that hadolint once had and that old comments still name. */
const retired: ReadonlySet<string> = new Set(['dl3005', 'dl3017', 'dl3031', 'dl3039', 'dl4002']);

const code = /^(?:dl|sc)\d+$/;

/** Names between commas; behind a blank only further codes, as a reason may follow. */
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

/** Whether `suppression` silences a finding; answers with the name that does it. */
function silences({ covers, dialect, names }: Suppression, it: Diagnostic): Named | undefined {
  const { span, related, aliases } = it;
  // BuildKit reports the overridden instruction and looks for the comment at the one that overrides; hadolint reports the latter
  const other = aliases.includes('MultipleInstructionsDisallowed') ? related : undefined;
  const places = other && dialect === 'buildkit' ? [other] : other && dialect === 'hadolint' ? [span, other] : [span];
  if (covers && places.every(({ start }) => start < covers.start || start > covers.end)) return undefined;
  if (dialect === 'buildkit') {
    const reachable = aliases.filter((alias) => isBuildkitName(alias) && !(covers && unreachable.has(alias)));
    return names.find(({ name }) => (name === 'all' ? reachable.length > 0 : reachable.includes(name)));
  }
  const known = [it.rule, ...aliases].map((name) => name.toLowerCase());
  const scripts = dialect === 'shellcheck';
  return names.find(({ name }) => (name === 'all' ? !scripts || aliases.some(isShellcheckCode) : known.includes(name)));
}

const isShellcheckCode = (alias: string): boolean => alias.startsWith('SC');

function complaints(comments: readonly Suppression[], used: ReadonlySet<Named>, known: KnownNames): Finding[] {
  return comments.flatMap(({ dialect, names }) =>
    names.flatMap((it) => (used.has(it) ? [] : (complaint(it, dialect, known) ?? []))),
  );
}

/** About a name that silenced nothing. One that another tool has may be meant for that tool. */
function complaint({ name, span }: Named, dialect: Suppression['dialect'], known: KnownNames): Finding | undefined {
  if (name === 'all' || dialect === 'shellcheck') return dialect === 'dflint' ? idle(name, span) : undefined;
  if (dialect === 'buildkit') return known.checks.has(name) ? undefined : unknown(name, span, known.checks);
  if (retired.has(name) || name.startsWith('sc')) return undefined;
  if (!known.all.has(name)) return unknown(name, span, known.all);
  return dialect === 'dflint' && known.on.has(name) ? idle(name, span) : undefined;
}

const idle = (name: string, span: Span): Finding => ({
  at: span,
  message: `Nothing is reported here that ignoring ${name} would silence.`,
});

function unknown(name: string, span: Span, known: ReadonlySet<string>): Finding {
  const near = closest(name, [...known]);
  return { at: span, message: `There is no rule ${name}${near ? `; ${near} is likely meant` : ''}.` };
}
