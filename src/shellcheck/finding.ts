import { type Severity, severities } from '../engine/diagnostic.ts';
import type { Edit, Span } from '../text/span.ts';

/** What ShellCheck says about a script; offsets are UTF-16 units of that script. */
export interface Finding {
  readonly code: number;
  readonly level: Severity;
  readonly message: string;
  readonly span: Span;
  /** Its own correction; empty where it has none. */
  readonly edits: readonly Edit[];
}

/** A tab stop of ShellCheck, for those of its outputs that count cells instead of characters. */
const TAB = 8;

type Columns = 'characters' | 'cells';

/** The output of `shellcheck --format=json1`. Throws where it is something else. */
export function readJson1(output: string, script: string): Finding[] {
  const { comments } = JSON.parse(output) as { comments: readonly Json1[] };
  const offset = offsets(script, 'characters');
  return comments.map(({ code, level, message, line, column, endLine, endColumn, fix }) => ({
    code,
    level: levelOf(level),
    message,
    span: ordered(offset(line, column), offset(endLine, endColumn)),
    edits: (fix?.replacements ?? []).map((it) => ({
      span: ordered(offset(it.line, it.column), offset(it.endLine, it.endColumn)),
      text: it.replacement,
    })),
  }));
}

/** The answer of the WebAssembly build. Throws where it is something else. */
export function readWasm(output: string, script: string): Finding[] {
  const answer = JSON.parse(output) as readonly Wasm[] | { readonly error?: string };
  if (!isList(answer)) throw new Error(String(answer.error ?? 'an answer that is not a list'));
  const offset = offsets(script, 'cells');
  return answer.map(({ code, severity, message, line, column, endLine = line, endColumn = column, fix }) => ({
    code,
    level: levelOf(severity),
    message,
    span: ordered(offset(line, column), offset(endLine, endColumn)),
    edits: (fix?.replacements ?? []).map((it) => ({
      span: ordered(offset(it.startLine, it.startColumn), offset(it.endLine, it.endColumn)),
      text: it.text,
    })),
  }));
}

interface Range {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}
interface Json1 extends Range {
  readonly code: number;
  readonly level: string;
  readonly message: string;
  readonly fix: { readonly replacements: readonly (Range & { readonly replacement: string })[] } | null;
}
interface Wasm {
  readonly code: number;
  readonly severity: string;
  readonly message: string;
  readonly line: number;
  readonly column: number;
  readonly endLine?: number;
  readonly endColumn?: number;
  readonly fix?: {
    readonly replacements: readonly {
      readonly startLine: number;
      readonly startColumn: number;
      readonly endLine: number;
      readonly endColumn: number;
      readonly text: string;
    }[];
  };
}

const isList = (answer: unknown): answer is readonly Wasm[] => Array.isArray(answer);

function levelOf(level: string): Severity {
  const known = severities.find((it) => it === level);
  if (!known) throw new Error(`a level that is not known: ${level}`);
  return known;
}

const ordered = (start: number, end: number): Span => ({ start, end: Math.max(start, end) });

/** From line and column to the offset: ShellCheck counts code points, or cells where a tab goes to the next tab stop. */
function offsets(script: string, columns: Columns): (line: number, column: number) => number {
  const starts = [0];
  for (let at = script.indexOf('\n'); at >= 0; at = script.indexOf('\n', at + 1)) starts.push(at + 1);
  return (line, column) => {
    const start = starts[line - 1] ?? script.length;
    const end = (starts[line] ?? script.length + 1) - 1;
    let at = start;
    for (let cell = 1; cell < column && at < end; ) {
      const tab = columns === 'cells' && script[at] === '\t';
      cell += tab ? TAB - ((cell - 1) % TAB) : 1;
      at += script.codePointAt(at)! > 0xffff ? 2 : 1;
    }
    return at;
  };
}

/** Whether it is a list of findings on a text of this length, as the cache may hold anything. */
export const areFindings = (value: unknown, length: number): value is readonly Finding[] =>
  Array.isArray(value) &&
  value.every(
    (it: Partial<Finding> | null) =>
      Number.isInteger(it?.code) &&
      severities.some((level) => level === it?.level) &&
      typeof it?.message === 'string' &&
      isSpan(it.span, length) &&
      Array.isArray(it.edits) &&
      it.edits.every((edit: Partial<Edit> | null) => typeof edit?.text === 'string' && isSpan(edit.span, length)),
  );

const isSpan = (span: Partial<Span> | undefined, length: number): boolean =>
  Number.isInteger(span?.start) && Number.isInteger(span?.end) && 0 <= span!.start! && span!.end! <= length;
