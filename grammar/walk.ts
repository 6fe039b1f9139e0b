import type * as ast from './ast.ts';

type Kind = ast.Node['kind'];
type Fields = { readonly [K in Kind]: readonly (keyof Extract<ast.Node, { kind: K }>)[] };

/** Which fields of a node hold its children; a leaf has none. */
const fields = {
  File: ['directives', 'comments', 'instructions', 'trivia'],
  From: ['keyword', 'flags', 'image', 'as', 'name', 'trivia'],
  Run: ['keyword', 'flags', 'command', 'heredocs', 'trivia'],
  Cmd: ['keyword', 'flags', 'command', 'trivia'],
  Entrypoint: ['keyword', 'flags', 'command', 'trivia'],
  Shell: ['keyword', 'flags', 'command', 'trivia'],
  Healthcheck: ['keyword', 'flags', 'type', 'command', 'trivia'],
  Label: ['keyword', 'flags', 'pairs', 'trivia'],
  Env: ['keyword', 'flags', 'pairs', 'trivia'],
  Arg: ['keyword', 'flags', 'pairs', 'trivia'],
  Add: ['keyword', 'flags', 'form', 'sources', 'destination', 'heredocs', 'trivia'],
  Copy: ['keyword', 'flags', 'form', 'sources', 'destination', 'heredocs', 'trivia'],
  Volume: ['keyword', 'flags', 'form', 'paths', 'trivia'],
  Expose: ['keyword', 'flags', 'ports', 'trivia'],
  Workdir: ['keyword', 'flags', 'path', 'trivia'],
  User: ['keyword', 'flags', 'user', 'trivia'],
  Stopsignal: ['keyword', 'flags', 'signal', 'trivia'],
  Maintainer: ['keyword', 'flags', 'name', 'trivia'],
  Onbuild: ['keyword', 'flags', 'instruction', 'trivia'],
  Unknown: ['keyword', 'flags', 'trivia'],
  Flag: ['name', 'value', 'trivia'],
  Pair: ['name', 'value', 'trivia'],
  ExecForm: ['items', 'trivia'],
  ShellForm: ['parts'],
  Word: ['parts'],
  Variable: ['name', 'operand', 'replacement', 'operator', 'trivia'],
  Heredoc: ['body', 'terminator', 'trivia'],
  HeredocBody: ['parts'],
  ...({ Directive: [], Keyword: [], Name: [], Operator: [], Text: [] } as const),
  ...({
    Bom: [],
    Space: [],
    LineEnd: [],
    Blank: [],
    Continuation: [],
    Comment: [],
    Punctuation: [],
    Skipped: [],
  } as const),
} as const satisfies Fields;

/** The children of a node in the order of the file, trivia included. */
export function children(node: ast.Node): ast.Node[] {
  const found: ast.Node[] = [];
  for (const field of fields[node.kind] as readonly string[]) {
    const value = (node as unknown as Record<string, ast.Node | readonly ast.Node[] | undefined>)[field];
    if (value === undefined) continue;
    if (Array.isArray(value)) for (const child of value as readonly ast.Node[]) found.push(child);
    else found.push(value as ast.Node);
  }
  // the words of a JSON array are the array's children; the instruction names them a second time
  const form = 'form' in node ? node.form : undefined;
  const own = form ? found.filter((child) => child.kind !== 'Word') : found;
  return own.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

/** Calls `visit` for `node` and all under it, parents first, in the order of the file. Depth is no limit. */
export function walk(node: ast.Node, visit: (node: ast.Node) => void): void {
  const stack: ast.Node[] = [node];
  for (let next = stack.pop(); next; next = stack.pop()) {
    visit(next);
    const under = children(next);
    for (let index = under.length - 1; index >= 0; index--) stack.push(under[index]!);
  }
}

/** The leaves under `node`, in order: together they are its text. */
export function leaves(node: ast.Node): (ast.Node & { readonly raw: string })[] {
  const found: (ast.Node & { readonly raw: string })[] = [];
  walk(node, (it) => {
    if (!('raw' in it)) return;
    const composite = 'parts' in it && it.parts.length > 0;
    if (!composite) found.push(it);
  });
  return found;
}

/** The text of a tree, from its leaves alone: for a whole file, the file, byte for byte. */
export const print = (node: ast.Node): string =>
  leaves(node)
    .map((it) => it.raw)
    .join('');
