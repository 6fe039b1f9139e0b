import type * as un from 'unbash';
import { forEachChild, parse } from 'unbash';
import type { Span } from '../text/span.ts';
import type { Command, Dialect, ShellWord, Within } from './command.ts';
import { innerCalls, innerScript, languageOf, readsScript } from './inner.ts';
import type { Mapped } from './mapped.ts';
import type { Tree } from './read-syntax.ts';
import { type Call, unwrap } from './unwrap.ts';
import { windowsCalls } from './windows.ts';
import {
  assignments,
  assignmentWord,
  draft,
  inputText,
  isInput,
  joined,
  keep,
  mapped,
  put,
  redirect,
  shellWord,
  spanIn,
  unquoted,
} from './words.ts';

/** What a walk finds. */
export interface Found {
  readonly commands: Command[];
  readonly errors: { readonly message: string; readonly span: Span }[];
  pipelines: number;
  /** Whether something was nested too deep to be read. */
  deep: boolean;
  /** What was parsed on the way, and which command a node came to. */
  readonly trees: Tree[];
  readonly nodes: Map<un.Command, Command>;
}

/** Where in the scripts a walk is. */
interface Place {
  readonly within: readonly Within[];
  readonly depth: number;
}

/** A text under way: mistakes in scripts that stand in strings are not mistakes of the script itself. */
interface Reader {
  readonly source: Mapped;
  readonly dialect: Dialect;
  readonly found: Found;
  readonly own: boolean;
}

type Join = Pick<Command, 'joint' | 'jointSpan'>;
/** The words of a call, each as a text of its own where it is literal. */
type Texts = (word: ShellWord) => Mapped | undefined;

const MOST_DEPTH = 100;
/** Signs that are open at once; in scripts of people there are less than ten. */
const MOST_OPEN = 100;
const start: Join = { joint: 'start', jointSpan: undefined };

/** Adds every simple command of a script, an outer one before those in it. */
export function readScript(source: Mapped, dialect: Dialect, found: Found): void {
  guarded(found, () => read({ source, dialect, found, own: true }, { within: [], depth: 0 }));
}

/** Adds the command that words come to without a shell, and those in it. */
export function readCall(words: readonly ShellWord[], dialect: Dialect, found: Found, texts: Texts): void {
  const span = { start: words[0]!.span.start, end: words.at(-1)!.span.end };
  const call: Call = { span, words, assignments: [], redirects: [], ...start, pipeline: found.pipelines++, within: [] };
  guarded(found, () => add({ source: { text: '', map: [] }, dialect, found, own: true }, call, 0, texts));
}

/** How many parentheses and braces are open at once, quotes not looked at. */
function nesting(text: string): number {
  let open = 0;
  let most = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    if (sign === 0x28 || sign === 0x7b) most = Math.max(most, ++open);
    else if ((sign === 0x29 || sign === 0x7d) && open > 0) open--;
  }
  return most;
}

/** The parser bounds most nesting, but not a coproc of a coproc of a coproc: an exhausted stack is depth as well. */
function guarded(found: Found, work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    found.deep = true;
  }
}

function read(reader: Reader, place: Place): void {
  const { source, dialect, found } = reader;
  if (tooDeep(reader, place) || dialect === 'other') return;
  // the parser reads the rest of the text again for each level
  if (nesting(source.text) > MOST_OPEN) {
    found.deep = true;
    return;
  }
  if (dialect !== 'cmd' && dialect !== 'powershell') {
    const script = parse(source.text);
    found.trees.push({ script, source, dialect, exact: reader.own });
    readTree(reader, script, place);
    return;
  }
  for (const { call, texts } of windowsCalls(source, dialect, found.pipelines)) {
    found.pipelines = call.pipeline + 1;
    add(reader, { ...call, within: place.within }, place.depth, texts);
  }
}

function readTree(reader: Reader, script: un.ParsedScript, place: Place): void {
  const { source, found } = reader;
  if (reader.own) {
    for (const { message, pos } of script.errors ?? []) found.errors.push({ message, span: spanIn(source, pos, pos) });
  }
  statements(reader, script.commands, place);
}

function tooDeep({ found }: Reader, { depth }: Place): boolean {
  found.deep ||= depth > MOST_DEPTH;
  return depth > MOST_DEPTH;
}

const inside = ({ within, depth }: Place, ...more: Within[]): Place => ({
  within: [...within, ...more],
  depth: depth + 1,
});

/** Adds a call without its wrappers, then what it is handed to run. */
function add(reader: Reader, call: Call, depth: number, texts: Texts): Command {
  const { dialect, found } = reader;
  const command = unwrap(call, dialect);
  found.commands.push(command);
  const place = inside({ within: call.within, depth }, 'string');
  const script = innerScript(command, dialect);
  const parts = script?.words.map(texts).filter((text) => text !== undefined) ?? [];
  if (script && parts.length === script.words.length) {
    const { span } = script.words[0]!;
    const whole = joined(parts, span);
    const source = draft();
    keep(source, whole, script.from, whole.text.length);
    read({ source: mapped(source, span), dialect: script.dialect, found, own: false }, place);
  }
  for (const words of innerCalls(command)) {
    if (tooDeep(reader, place)) break;
    const span = { start: words[0]!.span.start, end: words.at(-1)!.span.end };
    const pipeline = found.pipelines++;
    const inner = { span, words, assignments: [], redirects: [], ...start, pipeline, within: place.within };
    add(reader, inner, place.depth, texts);
  }
  return command;
}

function statements(reader: Reader, list: readonly un.Statement[], place: Place): void {
  if (tooDeep(reader, place)) return;
  let before: un.Statement | undefined;
  for (const statement of list) {
    const join = before ? joinOf(reader, before, statement) : start;
    if (statement.command.type !== 'AndOr') pipeline(reader, statement.command, join, place);
    else {
      const { commands, operators } = statement.command;
      for (const [index, command] of commands.entries())
        pipeline(reader, command, operatorJoin(reader, commands, operators, index) ?? join, place);
    }
    before = statement;
  }
}

/** The sign between two statements; a line end has no place. */
function joinOf({ source }: Reader, before: un.Statement, next: un.Statement): Join {
  if (before.background) return { joint: '&', jointSpan: spanIn(source, before.end - 1, before.end) };
  const sign = /^(?:[ \t]|\\\n)*;/.exec(source.text.slice(before.end, next.pos));
  const end = before.end + (sign?.[0].length ?? 0);
  return { joint: ';', jointSpan: sign ? spanIn(source, end - 1, end) : undefined };
}

/** The operator in front of one of several; undefined in front of the first. */
function operatorJoin(
  { source }: Reader,
  commands: readonly un.SyntaxNode[],
  operators: readonly (un.LogicalOperator | un.PipeOperator)[],
  index: number,
): Join | undefined {
  const joint = operators[index - 1];
  if (!joint) return undefined;
  const at = source.text.indexOf(joint, commands[index - 1]!.end);
  const known = at >= 0 && at < commands[index]!.pos;
  return { joint, jointSpan: known ? spanIn(source, at, at + joint.length) : undefined };
}

function pipeline(reader: Reader, it: un.PipelineNode, join: Join, outer: Place): void {
  const number = reader.found.pipelines++;
  if (it.type !== 'Pipeline') {
    command(reader, it, join, outer, number);
    return;
  }
  const negated = it.prefixes.some(({ type }) => type === 'Negation');
  const place: Place = negated ? { ...outer, within: [...outer.within, 'negation'] } : outer;
  const timed = it.prefixes.findLast((prefix) => prefix.type === 'Time');
  for (const [index, each] of it.commands.entries()) {
    const own = operatorJoin(reader, it.commands, it.operators, index) ?? join;
    command(reader, each, own, place, number, index === 0 ? timed : undefined);
  }
}

function command(
  reader: Reader,
  it: un.CommandNode,
  join: Join,
  place: Place,
  number: number,
  timed?: un.Time | undefined,
): void {
  switch (it.type) {
    case 'Command':
      simple(reader, it, join, place, number, timed);
      break;
    case 'Redirected':
      command(reader, it.command, join, place, number);
      expansions(reader, it.redirects, place);
      break;
    case 'Function':
    case 'Coproc': {
      const body: Place = it.type === 'Function' ? inside(place, 'function') : place;
      if (it.body.type === 'CompoundList') statements(reader, it.body.commands, body);
      else command(reader, it.body, start, body, number);
      break;
    }
    default:
      compound(reader, it, place);
  }
}

function compound(reader: Reader, it: un.CompoundCommand, place: Place): void {
  const list = (body: un.CompoundList, ...within: Within[]): void =>
    statements(reader, body.commands, inside(place, ...within));
  switch (it.type) {
    case 'Subshell':
      list(it.body, 'subshell');
      break;
    case 'BraceGroup':
      list(it.body, 'group');
      break;
    case 'If':
      list(it.clause, 'if', 'condition');
      list(it.then, 'if');
      for (const elif of it.elif) {
        list(elif.clause, 'else', 'condition');
        list(elif.then, 'else');
      }
      if (it.else) list(it.else, 'else');
      break;
    case 'While':
      list(it.clause, 'loop', 'condition');
      list(it.body, 'loop');
      break;
    case 'For':
    case 'Select':
      expansions(reader, it.wordlist ?? [], place);
      list(it.body, 'loop');
      break;
    case 'ArithmeticFor':
      for (const sum of [it.initialize, it.test, it.update]) if (sum) expansions(reader, [sum], place);
      list(it.body, 'loop');
      break;
    case 'Case':
      expansions(reader, [it.word], place);
      for (const { pattern, body } of it.items) {
        expansions(reader, pattern, place);
        list(body, 'case');
      }
      break;
    case 'TestCommand':
    case 'ArithmeticCommand':
      expansions(reader, [it], place);
      break;
  }
}

/** The substitutions in words, assignments, redirections, tests and sums, in their order. */
function expansions(reader: Reader, nodes: readonly un.SyntaxNode[], place: Place): void {
  const open = [...nodes].reverse();
  for (let node = open.pop(); node; node = open.pop()) {
    if (
      node.type === 'CommandExpansion' ||
      node.type === 'ProcessSubstitution' ||
      node.type === 'ArithmeticCommandExpansion'
    ) {
      if (node.script) substitution(reader, node.script, place, node);
    } else {
      const children: un.SyntaxNode[] = [];
      forEachChild(node, (child) => children.push(child));
      while (children.length > 0) open.push(children.pop()!);
    }
  }
}

function substitution(
  reader: Reader,
  script: un.ParsedScript,
  outer: Place,
  part: { readonly pos: number; readonly end: number },
): void {
  const place = inside(outer, 'substitution');
  if (script.source === undefined) {
    readTree(reader, script, place);
    return;
  }
  // escaped backticks: positions are in a text of their own, so all of it points at the whole
  const span = spanIn(reader.source, part.pos, part.end);
  const whole = draft();
  put(whole, script.source, span);
  readTree({ ...reader, source: mapped(whole, span) }, script, place);
}

function simple(
  reader: Reader,
  it: un.Command,
  join: Join,
  place: Place,
  number: number,
  timed: un.Time | undefined,
): void {
  const { source } = reader;
  const originals = new Map<ShellWord, un.Word>();
  const words: ShellWord[] = [];
  if (timed) words.push({ span: spanIn(source, timed.pos, timed.pos + 4), raw: 'time', text: 'time', literal: true });
  for (const item of it.name ? [it.name, ...it.args] : it.args) {
    const word = item.type === 'Word' ? shellWord(source, item) : assignmentWord(source, item);
    if (item.type === 'Word') originals.set(word, item);
    words.push(word);
  }
  if (words.length + it.prefix.length + it.redirects.length === 0) return;
  const call: Call = {
    span: spanIn(source, timed?.pos ?? it.pos, it.end),
    words,
    assignments: assignments(source, it),
    redirects: it.redirects.map((item) => redirect(source, item)),
    ...join,
    pipeline: number,
    within: place.within,
  };
  const added = add(reader, call, place.depth, (word) => {
    const original = originals.get(word);
    return original && unquoted(source, original);
  });
  reader.found.nodes.set(it, added);
  const input = readsScript(added) ? it.redirects.findLast(isInput) : undefined;
  const fed = input && inputText(source, input);
  if (fed && added.name !== undefined)
    read({ ...reader, source: fed, own: false, dialect: languageOf(added.name) }, inside(place, 'string'));
  expansions(reader, it.prefix, place);
  if (it.name) expansions(reader, [it.name], place);
  expansions(reader, fed ? it.suffix.filter((item) => item !== input) : it.suffix, place);
}
