import { closest } from '../src/text/closest.ts';
import { fileSpan } from '../src/text/map.ts';
import type * as ast from './ast.ts';
import type { ParseError } from './ast.ts';
import { flagTable } from './flag-table.ts';
import { openerOf } from './heredocs.ts';
import { leaves } from './walk.ts';

type Report = (error: ParseError) => void;

/**
 * What BuildKit refuses when it makes instructions of a tree that the grammar has read: unknown instructions and flags, flag
 * values, missing arguments. What needs variables or other stages is found later, by rules.
 */
export function check(file: Pick<ast.File, 'instructions' | 'text'>): ParseError[] {
  const errors: ParseError[] = [];
  const report: Report = (error) => errors.push(error);
  if (file.instructions.length === 0) {
    const message = 'The file has no instruction; a Dockerfile begins with FROM.';
    return [{ message, span: { start: 0, end: 0 } }];
  }
  unknowns(file, report);
  for (const instruction of file.instructions) {
    if (instruction.kind !== 'Unknown') checkInstruction(instruction, report);
  }
  const from = file.instructions.findIndex(({ kind }) => kind === 'From');
  const early = (from < 0 ? file.instructions : file.instructions.slice(0, from)).filter(
    ({ kind }) => kind !== 'Arg' && kind !== 'Unknown',
  );
  // without any FROM it is one mistake, not one an instruction
  for (const { keyword } of from < 0 ? early.slice(0, 1) : early) {
    const message = `${keyword.text} comes before the first FROM, where only ARG is allowed.`;
    report({ message, span: keyword.span, kind: 'before-from' });
  }
  return errors;
}

const keywords = Object.keys(flagTable)
  .filter((kind) => kind !== 'Unknown')
  .map((kind) => kind.toUpperCase());

/** One error for a run of lines that are no instructions, unless each looks like a slip of the pen of its own. */
function unknowns(file: Pick<ast.File, 'instructions' | 'text'>, report: Report): void {
  let follows = false;
  let previous: ast.Instruction | undefined;
  for (const instruction of file.instructions) {
    if (instruction.kind === 'Unknown') {
      const between = previous && file.text.slice(previous.span.end, instruction.span.start);
      const error = unknown(instruction, previous, /\n.*\n/.test(between ?? ''));
      if (!follows || error.meant !== undefined) report(error);
      follows = true;
    } else follows = false;
    previous = instruction;
  }
}

const invisible = /[\u0085\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff\uffff]/;
const plainBlanks = (text: string): string =>
  text
    .replace(/[\u200b\u2060\ufeff\uffff]/g, '')
    .replace(new RegExp(invisible, 'g'), ' ')
    .trim();

function unknown({ keyword }: ast.Unknown, previous: ast.Instruction | undefined, isApart: boolean): ParseError {
  const { raw, span } = keyword;
  if (raw === '') return { message: 'This continues nothing: no instruction follows.', span };
  if (/^(?:<{7}|={7}|>{7})/.test(raw)) {
    return { message: 'This is a merge conflict marker; keep one of the two sides.', span };
  }
  if (raw.startsWith('//'))
    return { message: 'A comment begins with #, not with //.', span, meant: `#${raw.slice(2)}` };
  if (invisible.test(raw)) {
    const message = 'This word contains an invisible character, such as a no-break space; write a plain space.';
    return { message, span, meant: plainBlanks(raw) };
  }
  const glued = keywords.find((name) => raw.toUpperCase().startsWith(name) && /^\W/.test(raw.slice(name.length)));
  if (glued) {
    const rest = raw.slice(glued.length).replace(/^[=:]/, '');
    const meant = `${raw.slice(0, glued.length)} ${rest}`.trimEnd();
    return { message: `A space is missing after ${glued}.`, span, meant };
  }
  const near = raw.includes('=') ? undefined : closest(raw, keywords);
  if (near) return { message: `There is no instruction ${raw}; ${near} is likely meant.`, span, meant: near };
  const goesOn =
    /^[&|;)}\\-]/.test(raw) ||
    previous?.kind === 'Run' ||
    (raw.includes('=') && (previous?.kind === 'Env' || previous?.kind === 'Label'));
  const above = goesOn && previous ? `; the ${previous.keyword.text} above probably lacks a trailing backslash` : '';
  // a command behind a blank line or a comment begins anew
  if (above && isApart && /^[\w./-]+$/.test(raw) && !raw.startsWith('-'))
    return { message: `There is no instruction ${raw}; a command needs RUN before it.`, span };
  return { message: `There is no instruction ${raw}${above}.`, span };
}

function checkInstruction(instruction: ast.Instruction, report: Report): void {
  const none = instruction.kind === 'Healthcheck' && instruction.type?.text === 'NONE';
  if (!none) checkFlags(instruction, report);
  const checks = instructionChecks[instruction.kind] as ((it: ast.Instruction, report: Report) => void) | undefined;
  const other = nonString(instruction);
  if (!other) checks?.(instruction, report);
  else {
    const message = 'A JSON array of arguments takes only strings; put double quotes around this.';
    report({ message, span: other.span });
  }
}

/** What stands in a JSON array and is no string; BuildKit looks for that under ONBUILD too. */
function nonString(instruction: ast.Instruction): ast.Trivia | undefined {
  if (instruction.kind === 'Onbuild') return instruction.instruction && nonString(instruction.instruction);
  const command = 'command' in instruction ? instruction.command : 'form' in instruction ? instruction.form : undefined;
  return command?.kind === 'ExecForm' ? command.trivia.find((it) => it.kind === 'Skipped') : undefined;
}

function checkFlags({ kind, keyword, flags }: ast.Instruction, report: Report): void {
  const known = flagTable[kind];
  if (!known) return;
  const seen = new Set<string>();
  for (const flag of flags) {
    const { name, value, span } = flag;
    const type = Object.hasOwn(known, name.text) ? known[name.text] : undefined;
    if (!type) {
      const near = closest(name.text, Object.keys(known));
      const names = Object.keys(known).map((it) => `--${it}`);
      const takes = names.length > 0 ? `it takes ${names.join(', ')}` : 'it takes none';
      const hint = near ? `--${near} is likely meant` : takes;
      const error = { message: `${keyword.text} has no flag --${name.text}; ${hint}.`, span: name.span };
      report(near ? { ...error, meant: near } : error);
      continue;
    }
    if (seen.has(name.text) && type !== 'list') {
      report({ message: `The flag --${name.text} is given twice; only one is allowed.`, span });
    }
    seen.add(name.text);
    if (type === 'boolean') {
      if (value && !/^(?:true|false)$/i.test(value.text)) {
        const message = `--${name.text} takes true, false or no value, not ${value.text || 'an empty one'}.`;
        report({ message, span: value.text ? value.span : span });
      }
    } else if (!value) {
      report({ message: `--${name.text} needs a value: --${name.text}=…`, span, meant: `--${name.text}=` });
    } else flagValues[name.text]?.(flag, value, report);
  }
}

const oneOf =
  (...allowed: string[]) =>
  (flag: ast.Flag, value: ast.Word, report: Report): void => {
    if (allowed.includes(value.text)) return;
    const near = closest(value.text, allowed);
    const error = {
      message: `--${flag.name.text} can be ${list(allowed)}, not ${value.text || 'empty'}.`,
      span: value.span,
    };
    report(near ? { ...error, meant: near } : error);
  };
const list = (words: readonly string[]): string => `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

/** Go's time.ParseDuration, and Docker's rule that a check lasts a millisecond at least; zero means the default. */
function duration(flag: ast.Flag, value: ast.Word, report: Report): void {
  const { text, span } = value;
  if (text === '' || /^[-+]?0$/.test(text)) return;
  const name = flag.name.text;
  if (!/^[-+]?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(text) || nanoseconds(text) > 2 ** 63) {
    const bare = /^\d+(?:\.\d+)?$/.test(text);
    const message = bare
      ? `--${name}=${text} lacks a unit: ${text}s for seconds.`
      : `--${name} is a duration such as 30s, 1m30s or 500ms, not ${text}.`;
    report(bare ? { message, span, meant: `${text}s` } : { message, span });
  } else if (text.startsWith('-') || nanoseconds(text) < 1e6) {
    if (nanoseconds(text) === 0) return;
    report({ message: `--${name} cannot be shorter than a millisecond; 0 means the default.`, span });
  }
}

const units: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 6e10,
  h: 3.6e12,
};
const nanoseconds = (text: string): number =>
  [...text.matchAll(/(\d[\d.]*|\.\d+)([a-zµμ]+)/g)].reduce(
    (sum, [, number, unit]) => sum + Number(number) * (units[unit!] ?? 0),
    0,
  );

const flagValues: Readonly<Record<string, (flag: ast.Flag, value: ast.Word, report: Report) => void>> = {
  network: oneOf('default', 'none', 'host'),
  security: oneOf('sandbox', 'insecure'),
  interval: duration,
  timeout: duration,
  'start-period': duration,
  'start-interval': duration,
  retries: (_, { text, span }, report) => {
    if (text === '') return;
    if (!/^[-+]?\d+$/.test(text) || Math.abs(Number(text)) > 2 ** 31 - 1) {
      report({ message: `--retries is a whole number, not ${text}.`, span });
    } else if (Number(text) < 0) report({ message: '--retries cannot be negative.', span });
  },
  mount: ({ mount }, value, report) => {
    if (value.text === '')
      report({ message: '--mount needs options, such as type=cache,target=/path.', span: value.span });
    for (const option of mount?.options ?? []) {
      const { key, value: from, valueSpan, span } = option;
      if (key.includes('"') || from?.includes('"')) {
        report({ message: 'A double quote is not allowed inside an option of a mount.', span });
      } else if (key === 'from' && from !== undefined && /\$./s.test(from)) {
        const message = 'from= takes no variables; write FROM $NAME AS name, and from=name.';
        report({ message, span: valueSpan! });
      }
    }
  },
  device: (_, value, report) => {
    let at = 0;
    for (const field of value.text.split(',')) {
      const span = fileSpan(value.map, at, at + field.length);
      const [key, setting] = field.split('=');
      const name = at === 0 && setting === undefined && field !== '';
      at += field.length + 1;
      const known =
        key === 'name' || (key === 'required' && (setting === undefined || /^(?:1|t|true|0|f|false)$/i.test(setting)));
      if (!name && !known)
        report({ message: `--device takes a name and the option required, not ${field || 'nothing'}.`, span });
    }
  },
};

type Checks = {
  readonly [K in ast.Instruction['kind']]?: (it: Extract<ast.Instruction, { kind: K }>, report: Report) => void;
};

const noBlankNames = ({ pairs, keyword }: ast.Env | ast.Label | ast.Arg, report: Report): void => {
  for (const { name, span } of pairs) {
    if (name.raw === '') report({ message: `${keyword.text} needs a name before =.`, span });
  }
};

/** An argument as BuildKit's reader has it: lines joined, JSON decoded, quotes and escapes still there. */
function argument(word: ast.Word, form: ast.ExecForm | undefined): string {
  const said = leaves(word).filter(({ kind }) => argumentLeaves.has(kind));
  const text = said.map(({ raw }) => raw).join('');
  return form ? JSON.parse(text) : text;
}
const argumentLeaves = new Set<ast.Node['kind']>(['Word', 'Text', 'Punctuation', 'Name', 'Operator']);

const transfer = ({ keyword, sources, destination, form }: ast.Copy | ast.Add, report: Report): void => {
  const only = sources[0];
  if (!destination && only) {
    const message = `${keyword.text} needs a source and a destination; only ${only.text} is given.`;
    report({ message, span: only.span });
  } else if (!only && form) {
    report({ message: `${keyword.text} needs a source and a destination.`, span: keyword.span });
  } else if (destination && openerOf(argument(destination, form))) {
    report({ message: `A here-document cannot be the destination of ${keyword.text}.`, span: destination.span });
  }
};

const instructionChecks: Checks = {
  From: ({ name }, report) => {
    if (!name || /^[a-z][a-z0-9\-_.]*$/i.test(name.text)) return;
    const message = `${name.text} cannot name a stage: a name begins with a letter and goes on with letters, digits, -, _ and .`;
    const unquoted = /^(["'])([a-z][a-z0-9\-_.]*)\1$/i.exec(name.text)?.[2];
    report({ message, span: name.span, ...(unquoted ? { meant: unquoted } : {}) });
  },
  Env: noBlankNames,
  Label: noBlankNames,
  Arg: noBlankNames,
  Copy: transfer,
  Add: transfer,
  Volume: ({ keyword, paths, form }, report) => {
    if (form && paths.length === 0) report({ message: 'VOLUME needs a path.', span: keyword.span });
    for (const path of paths) {
      if (argument(path, form).trim() === '')
        report({ message: 'The path of a VOLUME cannot be empty.', span: path.span });
    }
  },
  Shell: ({ keyword, command }, report) => {
    if (command?.kind === 'ShellForm') {
      const message = 'SHELL takes a JSON array: the shell and its options, each in double quotes.';
      report({ message, span: command.span });
    } else if (command?.items.length === 0) {
      report({ message: 'SHELL needs the name of a shell.', span: keyword.span });
    }
  },
  Healthcheck: ({ type, command }, report) => {
    if (!type) return;
    const empty = !command || (command.kind === 'ExecForm' && command.items.length === 0);
    if (type.text === 'NONE') {
      if (!empty) report({ message: 'HEALTHCHECK NONE takes no arguments.', span: command.span });
    } else if (type.text !== 'CMD') {
      const near = closest(type.text, ['CMD', 'NONE']) ?? `CMD ${type.raw}`;
      const meant = invisible.test(type.raw) ? plainBlanks(type.raw) : near;
      report({ message: `HEALTHCHECK is followed by CMD or NONE, not ${type.raw}.`, span: type.span, meant });
    } else if (empty) report({ message: 'HEALTHCHECK CMD needs a command.', span: type.span });
  },
  Onbuild: ({ instruction }, report) => {
    if (!instruction || !['ONBUILD', 'FROM', 'MAINTAINER'].includes(instruction.keyword.text)) return;
    const { text, span } = instruction.keyword;
    report({ message: `${text} cannot be triggered by ONBUILD.`, span, kind: 'trigger' });
  },
};
