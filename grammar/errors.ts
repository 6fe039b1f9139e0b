import type { IRecognitionException } from 'chevrotain';
import type { Span } from '../src/text/span.ts';
import type { LogicalLine } from './lines.ts';
import { type Source, spanOf } from './source.ts';

/** What BuildKit refuses when it reads the file, in our words. */
export interface ParseError {
  readonly message: string;
  readonly span: Span;
  /** What was likely meant in place of `span`. */
  readonly meant?: string;
}

/** The shape of each instruction that the grammar can find broken, as a sentence. */
const shapes: Readonly<Record<string, string>> = {
  FROM: 'FROM takes one image, or an image, AS and a stage name',
  MAINTAINER: 'MAINTAINER takes a name',
  EXPOSE: 'EXPOSE takes one port or more',
  USER: 'USER takes a user',
  WORKDIR: 'WORKDIR takes a path',
  STOPSIGNAL: 'STOPSIGNAL takes a signal',
  VOLUME: 'VOLUME takes one path or more',
  COPY: 'COPY takes one source or more and a destination',
  ADD: 'ADD takes one source or more and a destination',
  ARG: 'ARG takes one name or more, each with a default or without',
  ONBUILD: 'ONBUILD takes an instruction',
  HEALTHCHECK: 'HEALTHCHECK takes CMD and a command, or NONE',
  SHELL: 'SHELL takes a JSON array: the shell and its options',
};

/** What the parser could not fit, told per line; undefined where BuildKit would not mind (under ONBUILD it looks at little). */
export function recognitionError(
  error: IRecognitionException,
  line: LogicalLine,
  source: Source,
): ParseError | undefined {
  const { token } = error;
  const words = line.text.split(/[\t\v\f\r ]+/);
  const first = words[0]!.toUpperCase();
  const nested = first === 'ONBUILD' && words.length > 1;
  const keyword = nested ? words.find((word, index) => index > 0 && !word.startsWith('--'))?.toUpperCase() : first;
  if (keyword === undefined) return undefined;
  const missing = token.tokenType.name === 'LineEnd';
  const pairs = keyword === 'ENV' || keyword === 'LABEL';
  if (nested && !(pairs && words.length > 2)) return undefined;
  const start = missing ? line.at : token.startOffset;
  const span = spanOf(source, start, start + (missing ? words[0]!.length : token.image.length));
  if (pairs) return { message: pairMessage(keyword, missing, words, token.image), span };
  const shape = shapes[keyword] ?? `${keyword} is written otherwise`;
  return { message: missing ? `${shape}; it is missing.` : `${shape}; ${token.image} is one word too many.`, span };
}

function pairMessage(keyword: string, missing: boolean, words: readonly string[], extra: string): string {
  if (!missing)
    return `${keyword} takes name=value; ${extra} has no equals sign. Put quotes around a value with blanks.`;
  if (words.length === 1) return `${keyword} takes name=value; nothing follows.`;
  return `${keyword} takes name=value; ${words.at(-1)} has no value.`;
}
