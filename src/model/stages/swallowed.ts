import { type Instruction, leaves } from '../../../grammar/index.ts';
import type { Span } from '../../text/span.ts';

/** What plausibly follows each keyword; in capitals, as hardly any word of a command is one of these. */
const shapes: Readonly<Record<string, RegExp>> = {
  FROM: /^\S+(?:[ \t]+[Aa][Ss][ \t]+\S+)?[ \t]*\r?(?:\n|$)/,
  RUN: /^\S/,
  CMD: /^(?!\/)\S/,
  ENTRYPOINT: /^\S/,
  COPY: /^(?:--\S+[ \t]+)*\S+[ \t]+[^\s|&;]/,
  ADD: /^(?:--\S+[ \t]+)*\S+[ \t]+[^\s|&;]/,
  ENV: /^[A-Za-z_]\w*(?:=|[ \t]+\S)/,
  ARG: /^[A-Za-z_]\w*(?:=|[ \t]*\r?(?:\n|$))/,
  LABEL: /^[\w."'-]+=/,
  EXPOSE: /^(?:\d|\$)/,
  WORKDIR: /^["']?(?:[/$~.]|[A-Za-z]:)/,
  USER: /^[\w$:{}.-]+[ \t]*\r?(?:\n|$)/,
  VOLUME: /^["']?[[/$]/,
  HEALTHCHECK: /^(?:--|CMD|NONE)/,
  SHELL: /^\[/,
  STOPSIGNAL: /^(?:SIG|\d)/,
  MAINTAINER: /^\S/,
  ONBUILD: /^[A-Z]+[ \t]/,
};
const keywordAt = new RegExp(`[ \\t]*(${Object.keys(shapes).join('|')})[ \\t]+`, 'y');
const outside: ReadonlySet<string> = new Set(['Comment', 'Blank', 'Space', 'LineEnd']);

/** An instruction that a continuation makes a part of another one. */
export interface Swallowed {
  /** In capitals. */
  readonly keyword: string;
  readonly span: Span;
}

/**
 * The first line of an instruction, after a continuation, that is an instruction itself by all that it looks like: a keyword in
 * capitals outside quotes, followed by what suits it. Undefined where a blank line comes before it; that is another finding.
 */
export function swallowed(instruction: Instruction): Swallowed | undefined {
  const places: number[] = [];
  const { start } = instruction.span;
  let text = '';
  let continued = false;
  let quote = '';
  for (const { kind, raw, span } of leaves(instruction)) {
    text += raw;
    if (kind === 'HeredocBody') return undefined;
    if (kind === 'Continuation') continued = true;
    else if (kind === 'Blank') continued = false;
    else if (!outside.has(kind)) {
      if (continued && quote === '') places.push(span.start - start);
      continued = false;
      quote = quoteAfter(raw, quote);
    }
  }
  for (const place of places) {
    keywordAt.lastIndex = place;
    const match = keywordAt.exec(text);
    if (!match || !shapes[match[1]!]!.test(text.slice(keywordAt.lastIndex, keywordAt.lastIndex + 500))) continue;
    const at = start + place + match[0].indexOf(match[1]!);
    if (at === ownPart(instruction)) continue;
    return { keyword: match[1]!, span: { start: at, end: at + match[1]!.length } };
  }
  return undefined;
}

/** The keyword that HEALTHCHECK and ONBUILD have of right. */
function ownPart(instruction: Instruction): number | undefined {
  if (instruction.kind === 'Healthcheck') return instruction.type?.span.start;
  return instruction.kind === 'Onbuild' ? instruction.instruction?.span.start : undefined;
}

/** The quote that is open after a text: `"`, `'` or nothing, as before it. */
export function quoteAfter(text: string, before: string): string {
  let quote = before;
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (char === '\\' && quote !== "'") at++;
    else if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
  }
  return quote;
}
