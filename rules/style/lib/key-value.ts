import type { Edit, Instruction, Model, Span, Word } from '../../../src/engine/rule.ts';

export type Pair = Extract<Instruction, { kind: 'Env' }>['pairs'][number];

/** A value of the legacy form `NAME value`, as BuildKit would divide it into words if it stood behind an equals sign. */
export interface Written {
  /** Lines joined; what is quoted or escaped is `"` here, so that only what divides words is left. */
  readonly outside: string;
  readonly quoted: boolean;
  /** Whether a blank outside of quotes would end the value. */
  readonly divides: boolean;
  readonly continued: boolean;
}

const hidden = new Set(['Continuation', 'Comment', 'Blank', 'Space', 'LineEnd']);

/** Reads a value; undefined where a variable goes over several lines. */
export function readValue(value: Word, { file }: Model): Written | undefined {
  const raw = joined(value);
  if (raw === undefined) return undefined;
  const { escape } = file;
  let outside = '';
  let quoted = false;
  let quote: string | undefined;
  for (let at = 0; at < raw.length; at++) {
    const char = raw[at]!;
    const plain = quote === undefined;
    if (char === escape && quote !== "'") {
      quoted = true;
      outside += '"';
      at++;
    } else if (plain && (char === '"' || char === "'")) {
      quoted = true;
      quote = char;
      outside += '"';
    } else if (char === quote) quote = undefined;
    else if (plain) outside += char;
  }
  return { outside, quoted, divides: /[\s\u0085]/.test(outside), continued: raw !== value.raw };
}

/** The text with its lines joined, quotes and escapes as they stand. */
function joined({ raw, span, parts }: Word): string | undefined {
  if (!parts.some(({ kind }) => kind === 'Continuation'))
    return parts.length > 0 && raw.includes('\n') ? undefined : raw;
  const said = parts.filter(({ kind }) => !hidden.has(kind));
  const texts = said.map((part) => raw.slice(part.span.start - span.start, part.span.end - span.start));
  return texts.some((text) => text.includes('\n')) ? undefined : texts.join('');
}

/** What stands between name and value; undefined where a comment does. */
export function between({ name, value, trivia }: Pair): Span | undefined {
  if (!value || trivia.some(({ kind }) => kind === 'Comment')) return undefined;
  return { start: name.span.end, end: value.span.start };
}

/** The edits that make `NAME=value` of `NAME value` and keep the value to the letter; undefined where that is not certain. */
export function exactEdits(pair: Pair, written: Written, { file }: Model): readonly Edit[] | undefined {
  const { name, value } = pair;
  const gap = between(pair);
  const { escape } = file;
  if (!gap || !value || value.problem || /["'=]/.test(name.raw) || name.raw.includes(escape)) return undefined;
  if (!written.divides) return [{ span: gap, text: '=' }];
  const end = { start: value.span.end, end: value.span.end };
  if (!written.quoted)
    return [
      { span: gap, text: '="' },
      { span: end, text: '"' },
    ];
  const text = written.continued ? undefined : inQuotes(value, escape);
  return text === undefined ? undefined : [{ span: { start: gap.start, end: value.span.end }, text: `=${text}` }];
}

/** The value in one pair of double quotes; undefined where a variable is more than a name. */
export function inQuotes(value: Word, escape: string): string | undefined {
  let text = '';
  let name: string | undefined;
  for (const part of value.parts) {
    if (part.kind === 'Variable') {
      if (part.operator) return undefined;
      text += dollar(name, '');
      name = part.name.text;
    } else if (part.kind === 'Text') {
      text += dollar(name, part.raw);
      name = undefined;
      text += [...part.raw].map((char) => ('"$'.includes(char) || char === escape ? escape + char : char)).join('');
    }
  }
  return `"${text}${dollar(name, '')}"`;
}

/** The variable that comes before `next`, in braces where its name would go on. */
const dollar = (name: string | undefined, next: string): string =>
  name === undefined ? '' : /^[\p{L}\p{Nd}_]/u.test(next) || !/^\w+$/.test(name) ? `\${${name}}` : `$${name}`;
