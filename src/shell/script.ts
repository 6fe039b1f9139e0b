import type * as un from 'unbash';
import { parse } from 'unbash';
import { fileSpan, type Piece, type TextMap } from '../text/map.ts';
import type { Span } from '../text/span.ts';
import type { Command, Dialect, Joint, Redirect, ShellWord, Within } from './command.ts';
import { type Call, innerScript, peel } from './peel.ts';

/** A script and every simple command in it. */
export interface Script {
  readonly dialect: Dialect;
  /** In the order of the text, wherever they stand. */
  readonly commands: readonly Command[];
  readonly errors: readonly { readonly message: string; readonly span: Span }[];
  /** Whether `commands` is all of it. */
  readonly parsed: boolean;
  /** Why not: a shell that is not read, a mistake in the script, marks of a template engine, or nesting beyond reason. */
  readonly reason: 'dialect' | 'syntax' | 'template' | 'depth' | undefined;
  /** The options that the script sets for itself with `set`, and from which command on. */
  readonly sets: readonly { readonly option: string; readonly on: boolean; readonly from: Command }[];
}

/** A text with the way back to the file. */
export interface Mapped {
  readonly text: string;
  readonly map: TextMap;
}

const MOST_DEPTH = 100;
const template = /\{\{|\}\}|<%|%>|@[A-Z][A-Z0-9_]+@/;

/** Reads a script. Never throws; what cannot be read has `parsed: false` and the commands found until then. */
export function parseScript(
  text: string,
  { map, dialect }: { readonly map: TextMap; readonly dialect: Dialect },
): Script {
  if (dialect === 'cmd' || dialect === 'powershell' || dialect === 'other') return unread(dialect, 'dialect');
  const collector = collect({ text, map }, dialect, [], 0);
  return finish(collector, dialect, text);
}

/** The command that an exec form starts; a shell with `-c` is looked into. */
export function execCommand(
  argv: readonly (Mapped & { readonly span: Span; readonly raw: string })[],
  dialect: Dialect,
): Script {
  const words = argv.map(({ text, span, raw }): ShellWord => ({ span, raw, text, literal: true }));
  const collector: Collector = { commands: [], errors: [], pipelines: 0, deep: false };
  if (words.length > 0) {
    const span = { start: words[0]!.span.start, end: words.at(-1)!.span.end };
    const base = {
      span,
      words,
      assignments: [],
      redirects: [],
      joint: 'start' as Joint,
      jointSpan: undefined,
      within: [],
    };
    add(collector, { ...base, pipeline: collector.pipelines++ }, dialect, 0, (word) => {
      const index = words.indexOf(word);
      return index < 0 ? undefined : argv[index];
    });
  }
  return finish(collector, dialect, '');
}

const unread = (dialect: Dialect, reason: Script['reason']): Script => ({
  dialect,
  commands: [],
  errors: [],
  parsed: false,
  reason,
  sets: [],
});

function finish({ commands, errors, deep }: Collector, dialect: Dialect, text: string): Script {
  const reason = deep ? 'depth' : errors.length === 0 ? undefined : template.test(text) ? 'template' : 'syntax';
  return { dialect, commands, errors, parsed: reason === undefined, reason, sets: commands.flatMap(setsOf) };
}

/** `set -e`, `set -euo pipefail`, `set +x`. */
function setsOf(command: Command): { option: string; on: boolean; from: Command }[] {
  if (command.name !== 'set') return [];
  const found: { option: string; on: boolean; from: Command }[] = [];
  const names: Readonly<Record<string, string>> = { e: 'errexit', u: 'nounset', x: 'xtrace' };
  for (let index = 0; index < command.args.length; index++) {
    const { text } = command.args[index]!;
    if (!/^[-+][a-zA-Z]+$/.test(text)) continue;
    const on = text[0] === '-';
    for (const letter of text.slice(1)) {
      const option = letter === 'o' ? command.args[++index]?.text : names[letter];
      if (option) found.push({ option, on, from: command });
    }
  }
  return found;
}

interface Collector {
  readonly commands: Command[];
  readonly errors: { message: string; span: Span }[];
  pipelines: number;
  deep: boolean;
}

/** Adds a call without its wrappers, and the scripts that it is handed. */
function add(
  collector: Collector,
  call: Call,
  dialect: Dialect,
  depth: number,
  source: (word: ShellWord) => Mapped | undefined,
): void {
  const command = peel(call);
  if (!command) return;
  collector.commands.push(command);
  for (const word of innerScript(command)) {
    const inner = word.literal ? source(word) : undefined;
    if (!inner) continue;
    if (depth > MOST_DEPTH) collector.deep = true;
    else merge(collector, collect(inner, dialect, [...command.within, 'string'], depth + 1));
  }
}

function merge(collector: Collector, inner: Collector): void {
  for (const command of inner.commands) {
    collector.commands.push({ ...command, pipeline: command.pipeline + collector.pipelines });
  }
  collector.pipelines += inner.pipelines;
  collector.deep ||= inner.deep;
}

/** Walks what unbash makes of a text. */
function collect(source: Mapped, dialect: Dialect, outer: readonly Within[], startDepth: number): Collector {
  const collector: Collector = { commands: [], errors: [], pipelines: 0, deep: false };
  const { text, map } = source;
  const script = parse(text);
  // a word that a lone backslash ends may be said to end behind the text
  const at = (start: number, end: number): Span =>
    fileSpan(map, Math.min(start, text.length), Math.min(end, text.length));
  for (const error of script.errors ?? [])
    collector.errors.push({ message: error.message, span: at(error.pos, error.pos) });

  const shellWord = (word: un.Word): ShellWord => ({
    span: at(word.pos, word.end),
    raw: text.slice(word.pos, word.end),
    text: word.value,
    literal: isLiteral(word.parts) && !/^\{.*[,.].*\}$/.test(word.text),
  });

  const nested = (
    inner: un.ParsedScript | undefined,
    part: { pos: number; end: number },
    within: readonly Within[],
    depth: number,
  ): void => {
    if (!inner) return;
    if (inner.source === undefined) statements(inner.commands, [...within, 'substitution'], depth + 1);
    else {
      // escaped backticks: positions are in a text of their own, so all of it points at the whole
      const span = at(part.pos, part.end);
      const whole = [{ at: 0, length: inner.source.length, from: span.start, to: span.end }];
      if (depth > MOST_DEPTH) collector.deep = true;
      else
        merge(collector, collect({ text: inner.source, map: whole }, dialect, [...within, 'substitution'], depth + 1));
    }
  };

  /** The substitutions in words, redirections and here-documents, in their order. */
  const substitutions = (parts: readonly un.WordPart[] | undefined, within: readonly Within[], depth: number): void => {
    if (depth > MOST_DEPTH) {
      collector.deep = true;
      return;
    }
    for (const part of parts ?? []) {
      if (part.type === 'CommandExpansion' || part.type === 'ProcessSubstitution')
        nested(part.script, part, within, depth);
      else if (part.type === 'DoubleQuoted' || part.type === 'LocaleString')
        substitutions(part.parts, within, depth + 1);
      else if (part.type === 'ParameterExpansion' && part.operation) {
        const { operation } = part;
        if ('operand' in operation) substitutions(operation.operand?.parts, within, depth + 1);
        if ('pattern' in operation) {
          substitutions(operation.pattern.parts, within, depth + 1);
          substitutions(operation.replacement.parts, within, depth + 1);
        }
      } else if (part.type === 'BraceExpansion' || part.type === 'ExtendedGlob')
        substitutions(part.parts, within, depth + 1);
    }
  };

  const statements = (list: readonly un.Statement[], within: readonly Within[], depth: number): void => {
    if (depth > MOST_DEPTH) {
      collector.deep = true;
      return;
    }
    let before: un.Statement | undefined;
    for (const statement of list) {
      const joint: Joint = !before ? 'start' : before.background ? '&' : ';';
      const sign = before && /[;&]/.exec(text.slice(before.end - 1, statement.pos));
      const signAt = sign ? before!.end - 1 + sign.index : undefined;
      const jointSpan = signAt === undefined ? undefined : at(signAt, signAt + 1);
      node(statement.command, { joint, jointSpan }, within, depth);
      before = statement;
    }
  };

  type Join = Pick<Command, 'joint' | 'jointSpan'>;
  const start: Join = { joint: 'start', jointSpan: undefined };

  const operatorSpan = (operator: string, from: number, to: number): Span | undefined => {
    const index = text.slice(from, to).indexOf(operator);
    return index < 0 ? undefined : at(from + index, from + index + operator.length);
  };

  const node = (it: un.PipelineNode | un.AndOr, join: Join, within: readonly Within[], depth: number): void => {
    if (it.type === 'AndOr') {
      for (const [index, command] of it.commands.entries()) {
        const operator = it.operators[index - 1];
        const before = it.commands[index - 1];
        const own =
          operator && before ? { joint: operator, jointSpan: operatorSpan(operator, before.end, command.pos) } : join;
        node(command, own, within, depth);
      }
    } else if (it.type === 'Pipeline') {
      const negated = it.prefixes.some(({ type }) => type === 'Negation');
      const inside: readonly Within[] = negated ? [...within, 'negation'] : within;
      const pipeline = collector.pipelines++;
      for (const [index, command] of it.commands.entries()) {
        const operator = it.operators[index - 1];
        const before = it.commands[index - 1];
        const own =
          operator && before ? { joint: operator, jointSpan: operatorSpan(operator, before.end, command.pos) } : join;
        commandNode(command, own, inside, depth, pipeline);
      }
    } else commandNode(it, join, within, depth, collector.pipelines++);
  };

  const commandNode = (
    it: un.CommandNode,
    join: Join,
    within: readonly Within[],
    depth: number,
    pipeline: number,
  ): unknown => {
    const list = (body: un.CompoundList, ...inside: Within[]): void =>
      statements(body.commands, [...within, ...inside], depth + 1);
    switch (it.type) {
      case 'Command':
        return simple(it, join, within, depth, pipeline);
      case 'Redirected':
        for (const redirect of it.redirects) redirection(redirect, within, depth);
        return commandNode(it.command, join, within, depth + 1, pipeline);
      case 'Subshell':
        return list(it.body, 'subshell');
      case 'BraceGroup':
        return list(it.body, 'group');
      case 'If':
        list(it.clause, 'if', 'condition');
        list(it.then, 'if');
        for (const elif of it.elif) {
          list(elif.clause, 'else', 'condition');
          list(elif.then, 'else');
        }
        return it.else && list(it.else, 'else');
      case 'While':
        list(it.clause, 'loop', 'condition');
        return list(it.body, 'loop');
      case 'For':
      case 'Select':
        for (const word of it.wordlist ?? []) substitutions(word.parts, within, depth);
        return list(it.body, 'loop');
      case 'ArithmeticFor':
        return list(it.body, 'loop');
      case 'Case':
        substitutions(it.word.parts, within, depth);
        for (const item of it.items) list(item.body, 'case');
        return undefined;
      case 'Function':
      case 'Coproc': {
        const inside: readonly Within[] = it.type === 'Function' ? [...within, 'function'] : within;
        if (it.body.type === 'CompoundList') return statements(it.body.commands, inside, depth + 1);
        return commandNode(it.body, start, inside, depth + 1, pipeline);
      }
      default:
        return undefined;
    }
  };

  const redirection = (it: un.Redirection, within: readonly Within[], depth: number): void => {
    if (it.type === 'HereDoc') substitutions(it.body.parts, within, depth);
    else substitutions(it.target?.parts, within, depth);
  };

  const simple = (it: un.Command, join: Join, within: readonly Within[], depth: number, pipeline: number): void => {
    const words: ShellWord[] = [];
    const originals = new Map<ShellWord, un.Word>();
    const keep = (word: un.Word): void => {
      const own = shellWord(word);
      originals.set(own, word);
      words.push(own);
    };
    if (it.name) keep(it.name);
    for (const arg of it.args) {
      if (arg.type === 'Word') keep(arg);
      else words.push({ span: at(arg.pos, arg.end), raw: arg.text, text: arg.text, literal: !/[$`]/.test(arg.text) });
    }
    const assignments = it.prefix
      .filter((item) => item.type === 'Assignment')
      .map(({ name, value, pos, end }) => ({
        name,
        value: value.type === 'Word' ? shellWord(value) : undefined,
        span: at(pos, end),
      }));
    const redirects = it.redirects.map(
      (item): Redirect => ({
        span: at(item.pos, item.end),
        operator: item.operator,
        descriptor: item.descriptor?.type === 'FileDescriptor' ? item.descriptor.value : undefined,
        target: item.type !== 'HereDoc' && item.target ? shellWord(item.target) : undefined,
      }),
    );
    const body = it.redirects.find((item) => item.type === 'HereDoc');
    const call = {
      span: at(it.pos, it.end),
      words,
      assignments,
      redirects,
      ...join,
      pipeline,
      within: [...outer, ...within],
    };
    if (words.length > 0) {
      add(collector, call, dialect, depth + startDepth, (word) => {
        const original = originals.get(word);
        return original && unquoted(source, original);
      });
      const fed = collector.commands.at(-1);
      if (body && fed && readsScript(fed)) {
        const text_ = text.slice(body.body.pos, body.body.end);
        const map_ = sliced(source, body.body.pos, body.body.end);
        merge(
          collector,
          collect({ text: text_, map: map_ }, dialect, [...fed.within, 'string'], depth + startDepth + 1),
        );
      }
    }
    for (const item of it.prefix) {
      if (item.type === 'Assignment' && item.value.type === 'Word') substitutions(item.value.parts, within, depth);
    }
    substitutions(it.name?.parts, within, depth);
    for (const arg of it.args)
      substitutions(
        arg.type === 'Word' ? arg.parts : arg.value.type === 'Word' ? arg.value.parts : undefined,
        within,
        depth,
      );
    for (const item of it.redirects)
      if (!(body === item && readsScript(collector.commands.at(-1)))) redirection(item, within, depth);
  };

  statements(script.commands, [], startDepth > MOST_DEPTH ? MOST_DEPTH + 1 : 0);
  return collector;
}

/** A shell without arguments of its own, which reads its commands from standard input. */
const readsScript = (command: Command | undefined): boolean =>
  command !== undefined &&
  /^(?:sh|bash|dash|ash|ksh|zsh)$/.test(command.name ?? '') &&
  command.args.every(({ text }) => /^-[a-z]*$/.test(text) && !text.includes('c'));

/** Only parts that stand for themselves. */
function isLiteral(parts: readonly un.WordPart[] | undefined): boolean {
  return (parts ?? []).every(
    (part) =>
      part.type === 'Literal' ||
      part.type === 'SingleQuoted' ||
      part.type === 'AnsiCQuoted' ||
      ((part.type === 'DoubleQuoted' || part.type === 'LocaleString') &&
        part.parts.every(({ type }) => type === 'Literal')),
  );
}

const sliced = ({ map }: Mapped, start: number, end: number): TextMap => {
  const span = fileSpan(map, start, end);
  if (span.end - span.start === end - start) return [{ at: 0, length: end - start, from: span.start, to: span.end }];
  return Array.from({ length: end - start }, (_, index) => {
    const { start: from, end: to } = fileSpan(map, start + index, start + index + 1);
    return { at: index, length: 1, from, to };
  });
};

/** The text of a literal word with each unit's way back through its quotes; one indivisible piece where that is not plain. */
function unquoted(source: Mapped, word: un.Word): Mapped {
  const pieces: Piece[] = [];
  let length = 0;
  let from = word.pos;
  for (const char of word.value) {
    const found = source.text.indexOf(char, from);
    if (found < 0 || found >= word.end) {
      const whole = fileSpan(source.map, word.pos, word.end);
      return { text: word.value, map: [{ at: 0, length: word.value.length, from: whole.start, to: whole.end }] };
    }
    const span = fileSpan(source.map, found, found + char.length);
    pieces.push({ at: length, length: char.length, from: span.start, to: span.end });
    length += char.length;
    from = found + char.length;
  }
  return { text: word.value, map: pieces };
}
