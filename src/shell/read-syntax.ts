import type * as un from 'unbash';
import { forEachChild } from 'unbash';
import type { Command, Dialect } from './command.ts';
import type { Mapped } from './mapped.ts';
import type {
  AndOrList,
  Construct,
  ConstructKind,
  Context,
  Expansion,
  Loop,
  Placed,
  Status,
  Syntax,
  SyntaxWord,
  WordPart,
} from './syntax.ts';
import { spanIn } from './words.ts';

/** A text that was parsed on the way through a script. */
export interface Tree {
  readonly script: un.ParsedScript;
  readonly source: Mapped;
  readonly dialect: Dialect;
  /** Whether its places in the file are exactly its own. */
  readonly exact: boolean;
}

interface Walk {
  readonly tree: Tree;
  readonly commands: ReadonlyMap<un.Command, Command>;
  readonly out: {
    readonly expansions: Expansion[];
    readonly words: SyntaxWord[];
    readonly lists: AndOrList[];
    readonly loops: Loop[];
    readonly constructs: Construct[];
    readonly statuses: Map<Command, Status>;
  };
  /** The substitutions around, innermost last. */
  readonly open: readonly Command[][];
}

/** Reads the trees of a script once more. */
export function syntaxOf(trees: readonly Tree[], commands: ReadonlyMap<un.Command, Command>): Syntax {
  const out = { expansions: [], words: [], lists: [], loops: [], constructs: [], statuses: new Map() };
  // a script in a string may be broken, or none at all
  const sound = trees.filter(({ script }) => (script.errors ?? []).length === 0);
  for (const tree of sound) statements({ tree, commands, out, open: [] }, tree.script.commands, 'last');
  return out;
}

/** Where a node stands in the file. */
function placed({ tree: { source, dialect, exact } }: Walk, node: { pos: number; end: number }): Placed {
  const raw = source.text.slice(node.pos, node.end);
  return { span: spanIn(source, node.pos, node.end), raw, dialect, exact };
}

const construct = (
  walk: Walk,
  kind: ConstructKind,
  node: { readonly pos: number; readonly end: number },
  detail = '',
): unknown => walk.out.constructs.push({ ...placed(walk, node), kind, detail });

/** `status`: what becomes of the last one's. */
function statements(walk: Walk, list: readonly un.Statement[], status: Status, condition = false): void {
  for (const [index, { command, background }] of list.entries()) {
    const own: Status = background || index < list.length - 1 ? 'ignored' : status;
    if (command.type !== 'AndOr') pipeline(walk, command, own);
    else andOr(walk, command, own, condition && index === list.length - 1);
  }
}

function andOr(walk: Walk, it: un.AndOr, status: Status, condition: boolean): void {
  const parts = it.commands.map((part) => ({
    span: placed(walk, part).span,
    command: part.type === 'Command' ? walk.commands.get(part) : undefined,
  }));
  walk.out.lists.push({ ...placed(walk, it), operators: it.operators, parts, condition });
  for (const [index, part] of it.commands.entries())
    pipeline(walk, part, index < it.commands.length - 1 ? 'checked' : status);
}

function pipeline(walk: Walk, it: un.PipelineNode, status: Status): void {
  if (it.type !== 'Pipeline') {
    command(walk, it, status);
    return;
  }
  for (const [index, operator] of it.operators.entries()) {
    if (operator !== '|&') continue;
    const at = walk.tree.source.text.indexOf('|&', it.commands[index]!.end);
    construct(walk, 'pipe-both', { pos: at, end: at + 2 });
  }
  const negated = it.prefixes.some(({ type }) => type === 'Negation');
  for (const [index, each] of it.commands.entries())
    command(walk, each, index < it.commands.length - 1 ? 'ignored' : negated ? 'checked' : status);
}

function command(walk: Walk, it: un.CommandNode, status: Status): void {
  switch (it.type) {
    case 'Command':
      simple(walk, it, status);
      break;
    case 'Redirected':
      command(walk, it.command, status);
      for (const item of it.redirects) redirection(walk, item, undefined);
      break;
    case 'Function':
      functionOf(walk, it);
      break;
    case 'Coproc':
      construct(walk, 'coproc', { pos: it.pos, end: it.pos + 'coproc'.length });
      body(walk, it.body, 'ignored');
      break;
    default:
      compound(walk, it, status);
  }
}

const body = (walk: Walk, it: un.Function['body'] | un.Coproc['body'], status: Status): void =>
  it.type === 'CompoundList' ? statements(walk, it.commands, status) : command(walk, it, status);

function functionOf(walk: Walk, it: un.Function): void {
  const { source } = walk.tree;
  const head = source.text.slice(it.pos, it.name.pos);
  const parentheses = /^\s*\(\s*\)/.test(source.text.slice(it.name.end, it.body.pos)) ? '()' : '';
  if (/^function\s/.test(head))
    construct(walk, 'function-keyword', { pos: it.pos, end: it.pos + 'function'.length }, parentheses);
  else if (!/^\w+$/.test(it.name.text)) construct(walk, 'function-name', it.name, it.name.text);
  body(walk, it.body, 'last');
}

function compound(walk: Walk, it: un.CompoundCommand, status: Status): void {
  const list = ({ commands }: un.CompoundList, own = status): void => statements(walk, commands, own);
  const decide = ({ commands }: un.CompoundList): void => statements(walk, commands, 'checked', true);
  const keyword = (kind: ConstructKind, length: number) => construct(walk, kind, { pos: it.pos, end: it.pos + length });
  switch (it.type) {
    case 'Subshell':
    case 'BraceGroup':
      list(it.body);
      break;
    case 'If':
      decide(it.clause);
      list(it.then);
      for (const { clause, then } of it.elif) {
        decide(clause);
        list(then);
      }
      if (it.else) list(it.else);
      break;
    case 'While':
      decide(it.clause);
      list(it.body, 'ignored');
      break;
    case 'Select':
      keyword('select', 'select'.length);
      loop(walk, it);
      break;
    case 'For':
      loop(walk, it);
      break;
    case 'ArithmeticFor':
      keyword('arithmetic-for', 'for'.length);
      for (const sum of [it.initialize, it.test, it.update]) if (sum) sums(walk, sum, undefined);
      list(it.body, 'ignored');
      break;
    case 'Case':
      cases(walk, it, status);
      break;
    case 'TestCommand':
      construct(walk, 'double-bracket', it);
      test(walk, it.expression);
      break;
    case 'ArithmeticCommand':
      construct(walk, 'double-parenthesis', it);
      if (it.expression) sums(walk, it.expression, undefined);
      break;
  }
}

function loop(walk: Walk, it: un.For | un.Select): void {
  const own = placed(walk, it);
  const words = (it.wordlist ?? []).map((item) => word(walk, item, 'list', undefined));
  // without a list it goes over the positional parameters
  if (it.wordlist) walk.out.loops.push({ ...own, name: it.name.value, words });
  statements(walk, it.body.commands, 'ignored');
}

function cases(walk: Walk, it: un.Case, status: Status): void {
  word(walk, it.word, 'case', undefined);
  for (const item of it.items) {
    for (const pattern of item.pattern) word(walk, pattern, 'case', undefined);
    statements(walk, item.body.commands, status);
    if (item.terminator === ';&' || item.terminator === ';;&')
      construct(walk, 'case-fallthrough', item, item.terminator);
  }
}

function test(walk: Walk, it: un.TestExpression): void {
  switch (it.type) {
    case 'TestUnary':
      word(walk, it.operand, 'test', undefined);
      break;
    case 'TestBinary':
      word(walk, it.left, 'test', undefined);
      word(walk, it.right, 'test', undefined);
      break;
    case 'TestLogical':
      for (const each of it.operands) test(walk, each);
      break;
    case 'TestNot':
      test(walk, it.operand);
      break;
    case 'TestGroup':
      test(walk, it.expression);
  }
}

function simple(walk: Walk, it: un.Command, status: Status): void {
  const owner = walk.commands.get(it);
  if (owner) {
    walk.out.statuses.set(owner, status);
    walk.open.at(-1)?.push(owner);
  }
  for (const item of it.prefix) {
    if (item.type === 'Assignment') assignment(walk, item, owner, 'assignment');
    else redirection(walk, item, owner);
  }
  if (it.name) word(walk, it.name, 'name', owner);
  for (const item of it.suffix) {
    if (item.type === 'Word') word(walk, item, 'argument', owner);
    else if (item.type === 'Assignment') assignment(walk, item, owner, 'declaration');
    else redirection(walk, item, owner);
  }
}

function assignment(walk: Walk, it: un.Assignment, owner: Command | undefined, context: Context): void {
  if (it.append) construct(walk, 'append', { pos: it.pos, end: it.value.pos });
  if (it.index) word(walk, it.index, 'arithmetic', owner);
  if (it.value.type === 'Word') {
    word(walk, it.value, context, owner);
    if (it.index) construct(walk, 'array', it, it.name);
    return;
  }
  construct(walk, 'array', it, it.name);
  for (const item of it.value.elements) word(walk, item, 'array', owner);
}

function redirection(walk: Walk, it: un.Redirection, owner: Command | undefined): void {
  if (it.descriptor?.type === 'FileDescriptorVariable') construct(walk, 'named-descriptor', it, it.descriptor.name);
  if (it.type === 'HereDoc') {
    const { body: text, delimiter } = it;
    if (!delimiter?.quoted)
      word(walk, { ...text, type: 'Word', value: text.text, parts: text.parts }, 'here-document', owner);
    return;
  }
  if (it.type === 'HereString') {
    construct(walk, 'here-string', { pos: it.pos, end: it.target?.pos ?? it.end });
    if (it.target) word(walk, it.target, 'here-string', owner);
    return;
  }
  const { target, operator } = it;
  const toDescriptor = operator === '>&' && /^(?:\d+-?|-|\$.*)$/.test(target?.text ?? '');
  if (operator === '&>' || operator === '&>>' || (operator === '>&' && !toDescriptor && !it.descriptor))
    construct(walk, 'redirect-both', it, operator);
  if (target && /^\/dev\/(?:tcp|udp)\//.test(target.value)) construct(walk, 'network-redirect', target);
  if (target) word(walk, target, 'redirect', owner);
}

const partKinds = {
  Literal: 'literal',
  SingleQuoted: 'single',
  DoubleQuoted: 'double',
  AnsiCQuoted: 'ansi',
  LocaleString: 'locale',
  Glob: 'glob',
  ExtendedGlob: 'extglob',
  BraceExpansion: 'brace',
} as const;

function word(walk: Walk, it: un.Word, context: Context, owner: Command | undefined): SyntaxWord {
  // there are many words; to spread `placed` into each took a tenth of all linting
  const { span, raw, dialect, exact } = placed(walk, it);
  const parts = (it.parts ?? []).map((part): WordPart => {
    const kind = part.type in partKinds ? partKinds[part.type as keyof typeof partKinds] : 'expansion';
    const at = placed(walk, part);
    return { span: at.span, raw: at.raw, dialect, exact, kind };
  });
  if (parts.length === 0 && raw !== '') parts.push({ span, raw, dialect, exact, kind: 'literal' });
  const made: SyntaxWord = { span, raw, dialect, exact, context, command: owner, text: it.value, parts };
  walk.out.words.push(made);
  for (const part of it.parts ?? []) expand(walk, part, made, context === 'here-document', false);
  return made;
}

/** The expansions in a part of a word. */
function expand(walk: Walk, it: un.SyntaxNode, owner: SyntaxWord, quoted: boolean, nested: boolean): void {
  switch (it.type) {
    case 'DoubleQuoted':
    case 'LocaleString':
      for (const part of it.parts) expand(walk, part, owner, true, nested);
      return;
    case 'SimpleExpansion':
      walk.out.expansions.push({ ...plain(walk, it, owner, quoted, nested), kind: 'variable', name: it.text.slice(1) });
      return;
    case 'ParameterExpansion':
      parameter(walk, it, owner, quoted, nested);
      return;
    case 'CommandExpansion':
    case 'ProcessSubstitution': {
      const commands: Command[] = [];
      const kind = it.type === 'CommandExpansion' ? 'command' : 'process';
      const backticks = it.text.startsWith('`');
      walk.out.expansions.push({ ...plain(walk, it, owner, quoted, nested), kind, backticks, commands });
      if (it.script) substitution(walk, it.script, it, commands);
      return;
    }
    case 'ArithmeticExpansion':
      walk.out.expansions.push({ ...plain(walk, it, owner, quoted, nested), kind: 'arithmetic' });
      if (it.expression) sums(walk, it.expression, owner);
      return;
    default:
      forEachChild(it, (child) => expand(walk, child, owner, quoted, nested));
  }
}

function plain(
  walk: Walk,
  it: { readonly pos: number; readonly end: number },
  owner: SyntaxWord,
  quoted: boolean,
  nested: boolean,
): Expansion {
  return {
    ...placed(walk, it),
    kind: 'variable',
    name: '',
    prefix: undefined,
    operator: undefined,
    index: undefined,
    quoted,
    backticks: false,
    nested,
    word: owner,
    commands: [],
  };
}

function parameter(
  walk: Walk,
  it: un.ParameterExpansionPart,
  owner: SyntaxWord,
  quoted: boolean,
  nested: boolean,
): void {
  const { parameter: name, prefix, index, operation } = it;
  const operator = operation?.operator;
  walk.out.expansions.push({ ...plain(walk, it, owner, quoted, nested), name, prefix, operator, index: index?.text });
  for (const child of [index, operation]) if (child) expand(walk, child, owner, quoted, true);
}

/** Sums are not divided into words. */
function sums(walk: Walk, it: un.ArithmeticExpression, owner: SyntaxWord | undefined): void {
  if (it.type === 'ArithmeticUnary' && (it.operator === '++' || it.operator === '--'))
    construct(walk, 'arithmetic-operator', it, it.operator);
  if (it.type === 'ArithmeticBinary' && it.operator === '**') construct(walk, 'arithmetic-operator', it, '**');
  if (it.type === 'ArithmeticCommandExpansion') {
    if (it.script) substitution(walk, it.script, it, []);
    return;
  }
  if (it.type !== 'ArithmeticWord') {
    forEachChild(it, (child) => sums(walk, child as un.ArithmeticExpression, owner));
    return;
  }
  const own = placed(walk, it);
  const made: SyntaxWord = { ...own, context: 'arithmetic', command: owner?.command, text: it.value, parts: [] };
  walk.out.words.push(made);
  if (it.parts) for (const part of it.parts) expand(walk, part, made, true, true);
  else if (/^\$\w+$/.test(own.raw))
    walk.out.expansions.push({ ...plain(walk, it, made, true, true), kind: 'variable', name: own.raw.slice(1) });
}

function substitution(
  walk: Walk,
  script: un.ParsedScript,
  part: { readonly pos: number; readonly end: number },
  commands: Command[],
): void {
  const open = [...walk.open, commands];
  if (script.source === undefined) {
    statements({ ...walk, open }, script.commands, 'last');
    return;
  }
  // escaped backticks: positions are in a text of their own, so all of it points at the whole
  const { start, end } = spanIn(walk.tree.source, part.pos, part.end);
  const source = { text: script.source, map: [{ at: 0, length: script.source.length, from: start, to: end }] };
  statements({ ...walk, tree: { ...walk.tree, source, exact: false }, open }, script.commands, 'last');
}
