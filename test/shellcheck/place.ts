import type { Diagnostic } from '../../src/engine/diagnostic.ts';
import { linesOf, position } from '../../src/text/lines.ts';
import type { Span } from '../../src/text/span.ts';

/** `SC2086 3:8 $x`: the code, line and column, and the words, with their line ends as ⏎. */
export const said = ({ aliases, span }: Diagnostic, text: string): string =>
  `${aliases[0]} ${placeOf(span, text)} ${text.slice(span.start, span.end).replaceAll('\n', '⏎')}`.trimEnd();

export function placeOf({ start }: Span, text: string): string {
  const { line, column } = position(linesOf(text), start);
  return `${line}:${column}`;
}
