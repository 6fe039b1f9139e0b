import { type Comment, type Instruction, leaves, type Node, parse, print, walk } from '../../grammar/index.ts';

/** Characters that cannot be seen, as signs that can; a table of texts stays a table. */
const visible = (text: string): string =>
  text
    .replaceAll('\n', '⏎')
    .replaceAll('\r', '␍')
    .replaceAll('\t', '⇥')
    .replaceAll('\u00a0', '⍽')
    .replace(/[\0-\x1f\x7f-\x9f\u2000-\u200f\ufeff]/g, (char) => `U+${char.charCodeAt(0).toString(16)}`);

type Value = { readonly [name: string]: unknown } & Node;

/**
 * A text's tree in short: `Kind field=«text»` per instruction, divided by ` | `. Behind a text follows `~«slice»` where the
 * file has something else there, `{name operator operand}` for each variable, and `!reason«slice»` for a problem.
 */
export function show(text: string): string {
  const { ast } = parse(text);
  return ast.instructions.map((it) => instruction(it as Value, text)).join(' | ');
}

function instruction(node: Value, file: string): string {
  const parts: string[] = [node.kind];
  for (const [name, value] of Object.entries(node)) {
    if (['kind', 'span', 'keyword', 'trivia'].includes(name) || value === undefined || value === false) continue;
    if (Array.isArray(value) && value.length === 0) continue;
    if (value === true) parts.push(name);
    // the words of a JSON array are shown with the array
    else if (!('form' in node && node['form'] && ['paths', 'sources', 'destination'].includes(name))) {
      parts.push(`${name}=${any(value, file)}`);
    }
  }
  const inside = inner(node).filter((it) => it.kind === 'Skipped' || it.kind === 'Comment');
  return [...parts, ...inside.map((it) => `${it.kind.toLowerCase()}=${quoted(it, file)}`)].join(' ');
}

/** Trivia of an instruction, of its arguments too, but not of an instruction inside it. */
function inner(node: Value): Node[] {
  const found: Node[] = [];
  const nested = node.kind === 'Onbuild' ? (node['instruction'] as Node | undefined)?.span : undefined;
  walk(node, (it) => {
    if (!nested || it.span.end <= nested.start || it.span.start >= nested.end) found.push(it);
  });
  return found;
}

const slice = (node: Node, file: string): string => visible(file.slice(node.span.start, node.span.end));
const quoted = (node: Node, file: string): string => {
  const text = visible('text' in node ? node.text : 'raw' in node ? node.raw : '');
  return text === slice(node, file) ? `«${text}»` : `«${text}»~«${slice(node, file)}»`;
};

function any(value: unknown, file: string): string {
  if (Array.isArray(value)) return `[${value.map((it) => any(it, file)).join(', ')}]`;
  const node = value as Value;
  if (node.kind === 'Word') {
    const problem = node.problem
      ? `!${node.problem.reason}«${visible(file.slice(node.problem.span.start, node.problem.span.end))}»`
      : '';
    return `${quoted(node, file)}${variables(node.parts)}${problem}`;
  }
  if (node.kind === 'ShellForm') return quoted(node, file);
  if (node.kind === 'ExecForm') return any(node.items, file);
  if (node.kind === 'Pair') return `${any(node.name, file)}${node.value ? `=${any(node.value, file)}` : ''}`;
  if (node.kind === 'Flag') return `${node.name.text}${node.value ? `=${any(node.value, file)}` : ''}`;
  if (node.kind === 'Heredoc') {
    const marks = `${node.stripTabs ? '-' : ''}${node.expand ? '' : '!'}`;
    const end = node.terminator ? '' : '…';
    return `<<${marks}${visible(node.delimiter)}«${visible(node.body.raw)}»${variables(node.body.parts)}${end}`;
  }
  return 'keyword' in node ? `(${instruction(node, file)})` : quoted(node, file);
}

function variables(parts: readonly Node[]): string {
  const found = parts.filter((part) => part.kind === 'Variable');
  return found
    .map(({ name, operator, operand, replacement }) => {
      const second = replacement.length > 0 ? `/${said(replacement)}` : '';
      return `{${[name.text, operator?.text ?? '', said(operand) + second].join(' ').trimEnd()}}`;
    })
    .join('');
}
const said = (parts: readonly Node[]): string => visible(parts.map(print).join(''));

/** The errors of a text: the slice that each points at, what it says, and what was likely meant. */
export function errors(text: string): (readonly [at: string, message: string, meant?: string])[] {
  return parse(text).errors.map(({ span, message, meant }) => {
    const at = text.slice(span.start, span.end);
    return meant === undefined ? [at, message] : [at, message, meant];
  });
}

/** All leaves as `Kind«raw»`, trivia included. */
export const tiles = (text: string): string =>
  leaves(parse(text).ast)
    .map((it) => `${it.kind}«${visible(it.raw)}»`)
    .join(' ');

export const comments = (text: string): string[] => parse(text).ast.comments.map((it: Comment) => it.text);
export const only = (text: string): Instruction => parse(text).ast.instructions.at(-1)!;
