import type { IToken } from 'chevrotain';
import { linesOf } from '../src/text/lines.ts';
import type { Span } from '../src/text/span.ts';
import type * as ast from './ast.ts';
import type * as cst from './cst.ts';
import { unquoteFlag } from './flags.ts';
import { expandBody, type JoinedLines, type LogicalLine } from './lines.ts';
import { readMount } from './mounts.ts';
import { append, fill, gap, leaf, type Source, spanOf } from './source.ts';
import { mapOf, readText, readWord } from './words.ts';

/** A tree as complete as recovery could make it: any child may be missing. */
type Children<T> = { readonly [K in keyof T]?: T[K] };
type Tokens = readonly IToken[] | undefined;

/** The concrete tree and the lines it was read from → the tree. What neither covers is trivia, so the leaves tile the file. */
export function build(tree: cst.DockerfileCstNode, lines: JoinedLines): Omit<ast.File, 'errors'> {
  const { source } = lines;
  const instructions: ast.Instruction[] = [];
  const read = instructionsOf(tree);
  let next = 0;
  for (const line of lines.logical) {
    const node =
      read[next]?.at === undefined || read[next]!.at > line.at + line.text.length ? undefined : read[next++]!.node;
    instructions.push(node ? instruction(source, node, line) : lost(source, line));
  }
  const { directives } = lines;
  const nodes = [...instructions, ...lines.comments, ...directives, ...lines.trivia].sort(byStart);
  const rest = fill(source, 0, source.file.length, nodes);
  // continued lines that hold nothing but comments, before the keyword or behind the last word, are in no instruction
  const comments = [...lines.comments, ...rest.filter((it) => it.kind === 'Comment')].sort(byStart);
  const trivia = [...lines.trivia, ...rest.filter((it) => it.kind !== 'Comment')].sort(byStart);
  const span = { start: 0, end: source.file.length };
  const text = source.file;
  return {
    kind: 'File',
    span,
    text,
    lines: linesOf(text),
    escape: lines.escape,
    directives,
    comments,
    instructions,
    trivia,
  };
}

const byStart = (a: { span: Span }, b: { span: Span }): number => a.span.start - b.span.start;

function instructionsOf(tree: cst.DockerfileCstNode): { at: number; node: cst.InstructionCstNode }[] {
  const found: { at: number; node: cst.InstructionCstNode }[] = [];
  for (const line of tree.children.line ?? []) {
    const node = line.children.instruction?.[0];
    const keyword = node && keywordOf(node);
    if (keyword) found.push({ at: keyword.startOffset, node });
  }
  return found;
}

/** The one rule that an instruction node holds, and that rule's first token. */
function ruleOf(node: cst.InstructionCstNode): [string, Children<Record<string, unknown[]>>] | undefined {
  for (const name in node.children) {
    const rule = (node.children as Record<string, { children: Record<string, unknown[]> }[]>)[name]?.[0];
    if (rule) return [name, rule.children];
  }
  return undefined;
}

function keywordOf(node: cst.InstructionCstNode): IToken | undefined {
  const rule = ruleOf(node);
  return rule && (rule[1][rule[0][0]!.toUpperCase() + rule[0].slice(1)]?.[0] as IToken | undefined);
}

/** An empty line behind a continuation, or one that the parser lost. */
function lost(source: Source, line: LogicalLine): ast.Unknown {
  const span = spanOf(source, line.at, line.at + line.text.length);
  const keyword = { ...leaf(source, 'Keyword', { start: span.start, end: span.start }), text: '' };
  const trivia = fill(source, span.start, span.end, []);
  return { kind: 'Unknown', span, keyword, flags: [], trivia };
}

type Extra = Record<string, unknown>;

function instruction(source: Source, node: cst.InstructionCstNode, line: LogicalLine): ast.Instruction {
  const [rule, children] = ruleOf(node)!;
  const token = keywordOf(node)!;
  const keyword = { ...leaf(source, 'Keyword', tokenSpan(source, token)), text: token.image.toUpperCase() };
  const flagNodes = (children.flags?.[0] as cst.FlagsCstNode | undefined)?.children;
  const flags = (flagNodes?.Flag ?? []).map((it) => flag(source, it));
  const end = (flagNodes?.FlagsEnd ?? []).map((it) => punctuation(source, it));
  const [extra, nodes] = arguments_[rule as keyof typeof arguments_](source, children as never, line);
  const all: { span: Span }[] = [keyword, ...flags, ...end, ...nodes].sort(byStart);
  // what the parser skipped belongs to the instruction too
  const textEnd = spanOf(source, line.at, line.at + line.text.length).end;
  const last = Math.max(all.at(-1)!.span.end, textEnd);
  const trivia = [...end, ...fill(source, keyword.span.start, last, all)].sort(byStart);
  const kind = rule[0]!.toUpperCase() + rule.slice(1);
  return { kind, span: { start: keyword.span.start, end: last }, keyword, flags, ...extra, trivia } as never;
}

const tokenSpan = (source: Source, token: IToken): Span =>
  spanOf(source, token.startOffset, token.startOffset + token.image.length);
const punctuation = (source: Source, token: IToken): ast.Punctuation =>
  leaf(source, 'Punctuation', tokenSpan(source, token));
const isReal = (token: IToken | undefined): token is IToken => token !== undefined && !token.isInsertedInRecovery;

function word(
  source: Source,
  token: IToken | undefined,
  options?: Parameters<typeof readWord>[3],
): ast.Word | undefined {
  if (!isReal(token)) return undefined;
  return readWord(source, token.startOffset, token.startOffset + token.image.length, options);
}
const words = (source: Source, tokens: Tokens): ast.Word[] =>
  (tokens ?? []).flatMap((token) => word(source, token) ?? []);
const present = <T>(...items: (T | undefined)[]): T[] => items.filter((item): item is T => item !== undefined);

function command(source: Source, node: cst.CommandCstNode | undefined): ast.Command | undefined {
  const array = node?.children.array?.[0];
  if (array) return execForm(source, array, { variables: false, quotes: false });
  const rest = node?.children.Rest?.[0];
  if (!isReal(rest)) return undefined;
  const start = rest.startOffset;
  const end = start + rest.image.length;
  const span = spanOf(source, start, end);
  const raw = source.file.slice(span.start, span.end);
  const parts = readText(source, start, end);
  return { kind: 'ShellForm', span, raw, text: rest.image, map: mapOf(source, start, end, span), parts };
}

function execForm(source: Source, node: cst.ArrayCstNode, options: Parameters<typeof readWord>[3]): ast.ExecForm {
  const { ArrayStart, ArrayEnd, Comma, JsonString } = node.children as Children<cst.ArrayCstChildren>;
  const items = (JsonString ?? []).map((token) => jsonString(source, token, options));
  const signs = [...(ArrayStart ?? []), ...(Comma ?? []), ...(ArrayEnd ?? [])].filter(isReal);
  const marks = signs.map((token) => punctuation(source, token));
  const all = [...items, ...marks].sort(byStart);
  const span = { start: all[0]!.span.start, end: all.at(-1)!.span.end };
  return {
    kind: 'ExecForm',
    span,
    items,
    trivia: [...marks, ...fill(source, span.start, span.end, all)].sort(byStart),
  };
}

/** A JSON string: its text is decoded, and each escape leads back to where it stands. */
function jsonString(source: Source, token: IToken, options: Parameters<typeof readWord>[3]): ast.Word {
  const start = token.startOffset;
  const end = start + token.image.length;
  const span = spanOf(source, start, end);
  if (!token.image.includes('\\')) return readWord(source, start + 1, end - 1, { ...options, span });
  const chunks: string[] = [];
  const pieces = [];
  let length = 0;
  for (const match of token.image.slice(1, -1).matchAll(/\\(?:u[0-9a-fA-F]{4}|.)|[^\\]+/gs)) {
    const from = start + 1 + match.index;
    const text = match[0][0] === '\\' ? (JSON.parse(`"${match[0]}"`) as string) : match[0];
    const whole = spanOf(source, from, from + match[0].length);
    if (text.length !== match[0].length) {
      pieces.push({ at: length, length: text.length, from: whole.start, to: whole.end });
    } else {
      for (const piece of mapOf(source, from, from + text.length)) pieces.push({ ...piece, at: piece.at + length });
    }
    chunks.push(text);
    length += text.length;
  }
  return readWord({ ...source, text: chunks.join(''), map: pieces }, 0, length, { ...options, span });
}

/** Paths in either form; `<<EOF` among them is the opener of a here-document. */
function paths(
  source: Source,
  node: cst.PathsCstNode | undefined,
): { words: ast.Word[]; form: ast.ExecForm | undefined } {
  const array = node?.children.array?.[0];
  if (!array) return { words: words(source, node?.children.Word), form: undefined };
  const form = execForm(source, array, {});
  return { words: [...form.items], form };
}

function transfer(
  source: Source,
  children: Children<cst.CopyCstChildren>,
  line: LogicalLine,
): [Extra, { span: Span }[]] {
  const { words: all, form } = paths(source, children.paths?.[0]);
  const heredocs = line.heredocs.map((heredoc) => expandBody(source, heredoc));
  const destination = all.length > 1 ? all.at(-1) : undefined;
  const sources = destination ? all.slice(0, -1) : all;
  return [{ sources, destination, form, heredocs }, [...(form ? [form] : all), ...heredocs]];
}

function pairs(source: Source, node: cst.PairsCstNode | undefined): [Extra, { span: Span }[]] {
  const { Assignment, Bare, LegacyValue } = (node?.children ?? {}) as Children<cst.PairsCstChildren>;
  const key = Bare?.[0];
  if (!isReal(key)) {
    const list = (Assignment ?? []).map((token) => assignment(source, token));
    return [{ pairs: list, legacy: false }, list];
  }
  const name = word(source, key)!;
  const value = word(source, LegacyValue?.[0]);
  const span = { start: name.span.start, end: value?.span.end ?? name.span.end };
  const trivia = fill(source, span.start, span.end, present(name, value));
  const pair: ast.Pair = { kind: 'Pair', span, name, value, trivia };
  return [{ pairs: [pair], legacy: true }, [pair]];
}

function assignment(source: Source, token: IToken): ast.Pair {
  const start = token.startOffset;
  const end = start + token.image.length;
  const equals = start + token.image.indexOf('=');
  const name = readWord(source, start, equals);
  const sign = leaf(source, 'Punctuation', spanOf(source, equals, equals + 1));
  const value = readWord(source, equals + 1, end);
  const span = { start: name.span.start, end: Math.max(value.span.end, sign.span.end) };
  const trivia = [sign, ...fill(source, span.start, span.end, [name, sign, value])].sort(byStart);
  return { kind: 'Pair', span, name, value, trivia };
}

function bare(source: Source, token: IToken): ast.Pair {
  const name = word(source, token)!;
  return { kind: 'Pair', span: name.span, name, value: undefined, trivia: [] };
}

function flag(source: Source, token: IToken): ast.Flag {
  const start = token.startOffset;
  const span = tokenSpan(source, token);
  const plain = unquoteFlag(source, start, start + token.image.length);
  const equals = plain.text.indexOf('=');
  const nameEnd = equals < 0 ? plain.text.length : equals;
  const dashes = leaf(source, 'Punctuation', spanOf(plain, 0, 2));
  const name = { ...leaf(source, 'Name', spanOf(plain, 2, nameEnd)), text: plain.text.slice(2, nameEnd) };
  const signs: ast.Trivia[] = [dashes];
  let value: ast.Word | undefined;
  if (equals >= 0) {
    const sign = leaf(source, 'Punctuation', spanOf(plain, equals, equals + 1));
    signs.push(sign);
    const valueSpan = { start: sign.span.end, end: span.end };
    value = readWord(plain, equals + 1, plain.text.length, { span: valueSpan });
  }
  const nodes = present<{ span: Span }>(...signs, name, value).sort(byStart);
  const trivia = [...signs, ...quotesBetween(source, span, nodes)].sort(byStart);
  const mount = name.text === 'mount' && value ? readMount(plain, equals + 1, span) : undefined;
  return { kind: 'Flag', span, name, value, mount, trivia };
}

/** The quotes that a flag was relieved of; they divide, they are no mistake. */
function quotesBetween(source: Source, span: Span, nodes: readonly { span: Span }[]): ast.Trivia[] {
  const trivia: ast.Trivia[] = [];
  let at = span.start;
  for (const node of [...nodes, { span: { start: span.end, end: span.end } }]) {
    if (node.span.start > at) append(trivia, gap(source, at, node.span.start, 'Punctuation'));
    at = Math.max(at, node.span.end);
  }
  return trivia;
}

/** For a name that BuildKit takes as it stands. */
const literal = { quotes: false, variables: false };

const single =
  (key: string, options?: Parameters<typeof readWord>[3]) =>
  (source: Source, children: Children<{ Rest: IToken[] }>): [Extra, { span: Span }[]] => {
    const value = word(source, children.Rest?.[0], options);
    return [{ [key]: value }, present(value)];
  };

const commanded = (source: Source, children: Children<cst.CmdCstChildren>): [Extra, { span: Span }[]] => {
  const value = command(source, children.command?.[0]);
  return [{ command: value }, present(value)];
};

/** Per rule of the grammar: the fields that its instruction has, and the nodes that stand on its line, in order. */
const arguments_ = {
  from: (source: Source, children: Children<cst.FromCstChildren>): [Extra, { span: Span }[]] => {
    const nameOf = (node: cst.NameCstNode | undefined) => node?.children.Word?.[0] ?? node?.children.As?.[0];
    const image = word(source, nameOf(children.image?.[0]));
    const token = children.As?.[0];
    const as = isReal(token) ? { ...leaf(source, 'Keyword', tokenSpan(source, token)), text: 'AS' } : undefined;
    const name = word(source, nameOf(children.stage?.[0]), literal);
    return [{ image, as, name }, present<{ span: Span }>(image, as, name)];
  },
  run: (source: Source, children: Children<cst.RunCstChildren>, line: LogicalLine): [Extra, { span: Span }[]] => {
    const value = command(source, children.command?.[0]);
    return [{ command: value, heredocs: line.heredocs }, [...present(value), ...line.heredocs]];
  },
  cmd: commanded,
  entrypoint: commanded,
  shell: commanded,
  label: (source: Source, children: Children<cst.LabelCstChildren>) => pairs(source, children.pairs?.[0]),
  env: (source: Source, children: Children<cst.EnvCstChildren>) => pairs(source, children.pairs?.[0]),
  arg: (source: Source, children: Children<cst.ArgCstChildren>): [Extra, { span: Span }[]] => {
    const assignments = (children.Assignment ?? []).filter(isReal).map((token) => assignment(source, token));
    const names = (children.Bare ?? []).filter(isReal).map((token) => bare(source, token));
    const list = [...assignments, ...names].sort(byStart);
    return [{ pairs: list }, list];
  },
  add: transfer,
  copy: transfer,
  volume: (source: Source, children: Children<cst.VolumeCstChildren>): [Extra, { span: Span }[]] => {
    const { words: all, form } = paths(source, children.paths?.[0]);
    return [{ paths: all, form }, form ? [form] : all];
  },
  expose: (source: Source, children: Children<cst.ExposeCstChildren>): [Extra, { span: Span }[]] => {
    const ports = words(source, children.Word);
    return [{ ports }, ports];
  },
  user: single('user'),
  workdir: single('path'),
  stopsignal: single('signal'),
  maintainer: single('name', literal),
  healthcheck: (source: Source, children: Children<cst.HealthcheckCstChildren>): [Extra, { span: Span }[]] => {
    const token = children.CheckType?.[0];
    const type = isReal(token)
      ? { ...leaf(source, 'Keyword', tokenSpan(source, token)), text: token.image.toUpperCase() }
      : undefined;
    const value = command(source, children.command?.[0]);
    return [{ type, command: value }, present<{ span: Span }>(type, value)];
  },
  onbuild: (
    source: Source,
    children: Children<cst.OnbuildCstChildren>,
    line: LogicalLine,
  ): [Extra, { span: Span }[]] => {
    const node = children.instruction?.[0];
    const inner = node && keywordOf(node) ? instruction(source, node, line) : undefined;
    return [{ instruction: inner }, present(inner)];
  },
  unknown: (): [Extra, { span: Span }[]] => [{}, []],
} satisfies Record<keyof cst.InstructionCstChildren, unknown>;
