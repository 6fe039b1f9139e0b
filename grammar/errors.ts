import type { ParseError } from './ast.ts';
import { flagTable } from './flag-table.ts';
import { skipFlags } from './flags.ts';
import { type Source, spanOf } from './source.ts';

/** The shape of each instruction that the grammar can find broken, as a sentence. */
const shapes: Readonly<Record<string, string>> = {
  FROM: 'FROM takes an image, or an image, AS and a stage name',
  MAINTAINER: 'MAINTAINER takes a name',
  EXPOSE: 'EXPOSE takes one or more ports',
  USER: 'USER takes a user',
  WORKDIR: 'WORKDIR takes a path',
  STOPSIGNAL: 'STOPSIGNAL takes a signal',
  VOLUME: 'VOLUME takes one or more paths',
  COPY: 'COPY takes one or more sources and a destination',
  ADD: 'ADD takes one or more sources and a destination',
  ARG: 'ARG takes one or more names, each with or without a default',
  ONBUILD: 'ONBUILD takes an instruction',
  HEALTHCHECK: 'HEALTHCHECK takes CMD and a command, or NONE',
  SHELL: 'SHELL takes a JSON array: the shell and its options',
};

/** What of Chevrotain's exception is used; its own type would reach the declarations of the library. */
interface Misfit {
  readonly token: {
    readonly startOffset: number;
    readonly image: string;
    readonly tokenType: { readonly name: string };
  };
}

/** What the parser could not fit, told per line; undefined where BuildKit would not mind (under ONBUILD it looks at little). */
export function recognitionError(
  error: Misfit,
  line: { readonly at: number; readonly text: string },
  source: Source,
): ParseError | undefined {
  const outer = split(line.text, source.escape);
  const nested = outer.keyword === 'ONBUILD' && outer.rest !== '';
  const { keyword, rest } = nested ? split(outer.rest, source.escape) : outer;
  const pairs = keyword === 'ENV' || keyword === 'LABEL';
  if (nested && !(pairs && rest !== '')) return undefined;
  const { token } = error;
  const missing = token.tokenType.name === 'LineEnd';
  const end = line.at + line.text.length;
  // a word too many; or the words that something lacks behind them; or the keyword where there are none
  const start = missing ? (rest === '' ? line.at : end - rest.length) : token.startOffset;
  const length = missing ? (rest === '' ? outer.keyword : rest).length : token.image.length;
  const span = spanOf(source, start, start + length);
  if (!missing && isSwallowed(token.image, source.file.slice(Math.max(span.start - 200, 0), span.start))) {
    return {
      message: `The trailing backslash above makes this ${token.image} part of the ${keyword} before it.`,
      span,
    };
  }
  if (pairs) return { ...pairProblem(keyword, missing, rest, token.image), span };
  const shape = shapes[keyword] ?? `${keyword} is not written like this`;
  if (!missing) {
    const message = `${shape}; ${tooMany(token.image)}`;
    const named = keyword === 'FROM' && rest.split(/[\t\v\f\r ]+/).length === 2 && !token.image.startsWith('#');
    return named ? { message, span, meant: `AS ${token.image}` } : { message, span };
  }
  return { message: rest === '' ? `${shape}; nothing follows.` : `${shape}; something is missing here.`, span };
}

/** Whether a word that does not fit begins a line and was meant for an instruction. */
const isSwallowed = (word: string, before: string): boolean =>
  Object.keys(flagTable).some((kind) => kind.toUpperCase() === word) && /\n[ \t]*$/.test(before);

/** The keyword in capitals, and what follows it and its flags. */
function split(text: string, escape: string): { keyword: string; rest: string } {
  const keyword = /^[^\t\v\f\r ]*/.exec(text)![0];
  return { keyword: keyword.toUpperCase(), rest: text.slice(skipFlags(text, keyword.length, escape)) };
}

const tooMany = (word: string): string =>
  word.startsWith('#') ? 'a comment needs a line of its own.' : `${word} is one word too many.`;

function pairProblem(
  keyword: string,
  missing: boolean,
  rest: string,
  extra: string,
): Pick<ParseError, 'message' | 'meant'> {
  if (!missing) {
    const quote = /[“”„‘’]/.exec(rest)?.[0];
    const why = extra.startsWith('#')
      ? 'a comment needs a line of its own.'
      : quote
        ? `${quote} is not a plain quote, so ${extra} is a separate word.`
        : `${extra} has no equals sign. Put quotes around a value with spaces.`;
    return { message: `${keyword} takes name=value; ${why}` };
  }
  if (rest === '') return { message: `${keyword} takes name=value; nothing follows.` };
  return { message: `${keyword} takes name=value; ${rest} has no value.`, meant: `${rest}=` };
}
