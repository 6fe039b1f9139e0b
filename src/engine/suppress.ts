import type { Comment, File, Instruction } from '../../grammar/index.ts';
import { walk } from '../../grammar/index.ts';
import type { Span } from '../text/span.ts';

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

/** Whether `suppression` silences a finding of a rule with these names at `at`; answers with the name that does it. */
export function silences(
  suppression: Suppression,
  names: readonly string[],
  aliases: readonly string[],
  at: number,
): Suppression['names'][number] | undefined {
  const { covers, dialect } = suppression;
  if (covers && (at < covers.start || at > covers.end)) return undefined;
  const checks = aliases.some((alias) => !/^(?:DL|SC)\d/.test(alias));
  return suppression.names.find(({ name }) =>
    name === 'all' ? dialect !== 'buildkit' || checks : names.includes(name),
  );
}
