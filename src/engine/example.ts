import { applyEdits, compatible } from '../text/edit.ts';
import { linesOf, position, spanByLine } from '../text/lines.ts';
import type { Edit } from '../text/span.ts';
import type { Diagnostic } from './diagnostic.ts';

/**
 * Marked Dockerfiles. A line of `~` underlines what is reported in the line above it; `- ` and `+ ` lines are the fix, and
 * then every other line is indented by two. An example without marks must stay silent.
 */

const underline = /^ *~[~ ]*$/;
const isDiff = (lines: readonly string[]): boolean => lines.some((line) => /^[-+](?: |$)/.test(line));

/** The tag of examples: the raw text, so that backslashes stay. It takes no values. `plain` removes the indentation when needed. */
export const dockerfile = ({ raw }: TemplateStringsArray, ..._values: never[]): string => raw[0]!;

/** An example as its reader sees it, the common indentation removed. */
export function plain(example: string): string {
  const text = example.replaceAll('\\${', '${').replaceAll('\\`', '`');
  const lines = text
    .replace(/^\n/, '')
    .replace(/\n[ \t]*$/, '')
    .split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  const indent = Math.min(...indents);
  return lines.map((line) => line.slice(indent)).join('\n');
}

const sourceLines = (example: string, without: '-' | '+'): string => {
  const lines = plain(example)
    .split('\n')
    .filter((line) => !underline.test(line));
  if (!isDiff(lines)) return `${lines.join('\n')}\n`;
  // a removed or added blank line is only the sign
  const kept = lines.filter((line) => line !== without && !line.startsWith(`${without} `));
  return `${kept.map((line) => line.slice(2)).join('\n')}\n`;
};

/** The Dockerfile of an example as it is linted. */
export const original = (example: string): string => sourceLines(example, '+');
/** The same with the fix applied, if there is one. */
export const fixed = (example: string): string => sourceLines(example, '-');

/** The inverse: `text` marked with its findings and their fixes. */
export function mark(text: string, diagnostics: readonly Diagnostic[]): string {
  const lines = linesOf(text);
  const marks = new Map<number, string>();
  for (const { span } of diagnostics) {
    for (const part of spanByLine(lines, span)) {
      const start = position(lines, part.span.start).column - 1;
      const length = Math.max(1, part.span.end - part.span.start);
      const row = (marks.get(part.line) ?? '').padEnd(start + length);
      marks.set(part.line, row.slice(0, start) + '~'.repeat(length) + row.slice(start + length));
    }
  }
  const hunks = hunksOf(text, compatible(diagnostics.flatMap(({ fix }) => (fix ? [fix.edits] : []))).flat());
  const indent = hunks.length > 0 ? '  ' : '';
  const out: string[] = [];
  const source = text.replace(/\n$/, '').split('\n');
  const inserted = (number: number): void => {
    for (const { last, added } of hunks) if (last === number) out.push(...added.map((line) => `+ ${line}`));
  };
  inserted(0);
  for (const [index, line] of source.entries()) {
    const number = index + 1;
    const hunk = hunks.find(({ first, last }) => first <= number && number <= last);
    out.push((hunk ? '- ' : indent) + line);
    const row = marks.get(number);
    if (row) out.push(indent + row);
    inserted(number);
  }
  return out.map((line) => line.trimEnd()).join('\n');
}

/** A run of lines that edits replace; `last` is before `first` where they only insert. */
interface Hunk {
  readonly first: number;
  readonly last: number;
  readonly added: readonly string[];
}

function hunksOf(text: string, edits: readonly Edit[]): Hunk[] {
  const lines = linesOf(text);
  const ordered = [...edits].sort((a, b) => a.span.start - b.span.start);
  const groups: { first: number; last: number; edits: Edit[] }[] = [];
  for (const edit of ordered) {
    const first = position(lines, edit.span.start).line;
    const last = position(lines, edit.span.end).line;
    const group = groups.at(-1);
    if (group && first <= group.last) {
      group.last = Math.max(group.last, last);
      group.edits.push(edit);
    } else groups.push({ first, last, edits: [edit] });
  }
  return groups.map((group) => {
    const start = lines.starts[group.first - 1]!;
    const end = lines.starts[group.last] ?? text.length;
    const old = text.slice(start, end);
    const shifted = group.edits.map(({ span, text: by }) => ({
      span: { start: span.start - start, end: span.end - start },
      text: by,
    }));
    const split = (block: string): string[] => (block === '' ? [] : block.replace(/\n$/, '').split('\n'));
    return trimHunk(group.first, split(old), split(applyEdits(old, shifted)));
  });
}

/** Drops the lines that both sides share at either end. */
function trimHunk(first: number, old: readonly string[], added: readonly string[]): Hunk {
  let head = 0;
  while (head < old.length && head < added.length && old[head] === added[head]) head++;
  let tail = 0;
  while (tail < old.length - head && tail < added.length - head && old.at(-1 - tail) === added.at(-1 - tail)) tail++;
  return { first: first + head, last: first + old.length - 1 - tail, added: added.slice(head, added.length - tail) };
}
