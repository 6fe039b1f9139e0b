import { type Instruction, type Span, swallowed, type Word } from '../../../src/engine/rule.ts';
import { type NearJson, nearJson } from './json-array.ts';

/** What the builder takes for paths though nobody meant it so. */
export type Misread =
  | { readonly kind: 'array'; readonly at: Span; readonly near: NearJson }
  | { readonly kind: 'comment' | 'shell'; readonly at: Span; readonly word: Word }
  | { readonly kind: 'instruction'; readonly at: Span };

/** How the words of COPY, ADD and VOLUME are misread, if they are. */
export function misread(node: Extract<Instruction, { kind: 'Copy' | 'Add' | 'Volume' }>): Misread | undefined {
  if (node.form) return undefined;
  const words =
    node.kind === 'Volume' ? node.paths : [...node.sources, ...(node.destination ? [node.destination] : [])];
  const [first] = words;
  const last = words.at(-1);
  if (!first || !last) return undefined;
  const at = { start: first.span.start, end: last.span.end };
  const inner = swallowed(node);
  if (inner) return { kind: 'instruction', at: inner.span };
  const near = arrayIn(words.map(({ raw }) => raw).join(' '));
  if (near) return { kind: 'array', at, near };
  const comment = words.findIndex(({ raw }, index) => index > 0 && /^#(?![\w$])/.test(raw));
  const hash = comment < 0 ? words.findIndex(({ raw }, index) => index > 1 && raw.startsWith('#')) : comment;
  if (hash > 0) return { kind: 'comment', at: { start: words[hash]!.span.start, end: at.end }, word: words[hash]! };
  const operator = words.find(({ raw }) => shellWord.test(raw));
  return operator && { kind: 'shell', at: { start: operator.span.start, end: at.end }, word: operator };
}

/** An operator, or a redirection, that no path is. */
const shellWord = /^(?:\|\|?|&&?|;|\d?>{1,2}(?:&\d|\/.*)?|\d?<\/.*)$/;

/** An array in place of paths; a pattern such as `[ab]*` is none. */
export function arrayIn(text: string): NearJson | undefined {
  const whole = text.trim();
  if (!/^\[\s*["'“‘]/.test(whole) && !(whole.startsWith('[') && /\];?$/.test(whole))) return undefined;
  return nearJson(whole);
}
