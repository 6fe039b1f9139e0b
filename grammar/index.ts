import type { File, ParseError } from './ast.ts';
import { build } from './build.ts';
import { check } from './check.ts';
import { recognitionError } from './errors.ts';
import { tokenize } from './lexer.ts';
import { type LogicalLine, readLines } from './lines.ts';
import { parseTokens } from './parser.ts';

export type * from './ast.ts';
export { children, leaves, print, walk } from './walk.ts';

export interface ParseResult {
  readonly ast: File;
  /** Those of the file, `ast.errors`. Empty: BuildKit reads the file into instructions. */
  readonly errors: readonly ParseError[];
}

/**
 * Reads a Dockerfile. Any text has a tree, and `print(parse(text).ast)` is the text; never throws.
 * Offsets are UTF-16 units. Errors are those of BuildKit's reader, no more and no less.
 */
export function parse(text: string): ParseResult {
  const lines = readLines(text);
  const { cst, errors: exceptions } = parseTokens(tokenize(lines.source.text, lines.escape));
  const tree = build(cst as Parameters<typeof build>[0], lines);
  const errors = [...lines.errors, ...check(tree)];
  const told = new Set<LogicalLine>();
  for (const exception of exceptions) {
    const line = lineOf(lines.logical, exception.token.startOffset);
    if (!line || told.has(line)) continue;
    told.add(line);
    const error = recognitionError(exception, line, lines.source);
    if (error) errors.push(error);
  }
  errors.sort((a, b) => a.span.start - b.span.start);
  return { ast: { ...tree, errors }, errors };
}

/** The last line that begins at or before `offset` of the joined text. */
function lineOf(lines: readonly LogicalLine[], offset: number): LogicalLine | undefined {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (lines[middle]!.at <= offset) low = middle;
    else high = middle - 1;
  }
  return lines[low];
}
