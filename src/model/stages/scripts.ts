import type { Command, Heredoc, HeredocBody, Instruction, Name, ShellForm } from '../../../grammar/index.ts';
import type { Dialect } from '../../shell/command.ts';
import { execCommand, parseScript, type Script } from '../../shell/script.ts';
import { type Piece, plainMap, type TextMap } from '../../text/map.ts';
import type { State } from '../model.ts';
import { dialectOf } from './shells.ts';
import { swallowed } from './swallowed.ts';

/** What an instruction hands to a shell or to the kernel; undefined for one that hands nothing. */
export function scriptOf(instruction: Instruction, state: State): Script | undefined {
  const source = scriptSource(instruction, state);
  if (source) return parseScript(source.text, source);
  const command = commandOf(instruction);
  if (command?.kind !== 'ExecForm') return undefined;
  // a shell that is started by name reads its own language
  const own = dialectOf(command.items.map(({ text }) => text));
  return execCommand(command.items, own === 'other' ? state.shell.dialect : own);
}

/** The text that a shell reads, and where it stands in the file. */
export interface ScriptSource {
  readonly text: string;
  readonly map: TextMap;
  readonly dialect: Dialect;
}

/** What an instruction in shell form hands to the shell, to the letter; undefined for the exec form and where there is nothing. */
export function scriptSource(instruction: Instruction, { shell }: State): ScriptSource | undefined {
  const command = commandOf(instruction);
  if (command?.kind !== 'ShellForm') return undefined;
  if (instruction.kind === 'Run' && instruction.heredocs.length > 0)
    return heredocSource(instruction.heredocs, command, shell.dialect);
  const inner = command.parts.length > 0 ? swallowed(instruction) : undefined;
  const text = inner ? textBefore(command, inner.span.start) : command.text;
  return { text, map: command.map, dialect: shell.dialect };
}

/** The script up to an instruction that a backslash made a part of it, and which is not meant for the shell. */
function textBefore({ text, map }: ShellForm, offset: number): string {
  const piece = map.find(({ to }) => to > offset);
  const whole = piece ? text.slice(0, piece.at + Math.max(offset - piece.from, 0)) : text;
  return whole.replace(/[\s&|;]+$/, '');
}

/** The command of RUN, CMD, ENTRYPOINT and HEALTHCHECK. */
export function commandOf(instruction: Instruction): Command | undefined {
  const { kind } = instruction;
  const has = kind === 'Run' || kind === 'Cmd' || kind === 'Entrypoint' || kind === 'Healthcheck';
  return has ? instruction.command : undefined;
}

/** `RUN <<EOF`: the body is the script. With anything else on the line the shell gets line, bodies and terminators as they stand. */
function heredocSource(heredocs: readonly Heredoc[], command: ShellForm, dialect: Dialect): ScriptSource {
  const draft: Draft = { text: '', pieces: [] };
  const [first] = heredocs;
  const alone =
    heredocs.length === 1 && first!.opener.start === command.span.start && first!.opener.end === command.span.end;
  if (alone) {
    addLines(draft, first!.body, first!.stripTabs);
    const shebang = /^#![ \t]*(.+)/.exec(draft.text)?.[1];
    return sourceOf(draft, shebang === undefined ? dialect : dialectOf(shebang.trim().split(/[ \t]+/)));
  }
  for (const { at, length, from, to } of command.map) add(draft, command.text.slice(at, at + length), from, to);
  add(draft, '\n', command.span.end, command.span.end);
  for (const { body, terminator } of heredocs) {
    addLines(draft, body, false);
    if (!terminator) continue;
    addLines(draft, terminator, false);
    add(draft, '\n', terminator.span.end, terminator.span.end);
  }
  return sourceOf(draft, dialect);
}

/** A text that is put together from places of the file. */
interface Draft {
  text: string;
  readonly pieces: Piece[];
}

const sourceOf = ({ text, pieces }: Draft, dialect: Dialect): ScriptSource => ({
  text,
  map: pieces.length > 0 ? pieces : plainMap(0, 0),
  dialect,
});

function add(draft: Draft, part: string, from: number, to: number): void {
  if (part === '') return;
  const last = draft.pieces.at(-1);
  const plain = to - from === part.length;
  if (last && plain && last.to === from && last.to - last.from === last.length)
    draft.pieces[draft.pieces.length - 1] = { ...last, length: last.length + part.length, to };
  else draft.pieces.push({ at: draft.text.length, length: part.length, from, to });
  draft.text += part;
}

/** Lines of a body without the tabs that `<<-` takes off. The shell would get the CR of a line end, but nobody means it. */
function addLines(draft: Draft, { raw, span }: HeredocBody | Name, stripTabs: boolean): void {
  for (let at = 0; at < raw.length; ) {
    const found = raw.indexOf('\n', at);
    const next = found < 0 ? raw.length : found + 1;
    let start = at;
    while (stripTabs && raw[start] === '\t') start++;
    const crlf = raw.startsWith('\r\n', next - 2) && next - 2 >= start;
    const end = crlf ? next - 2 : next;
    add(draft, raw.slice(start, end), span.start + start, span.start + end);
    if (crlf) add(draft, '\n', span.start + next - 1, span.start + next);
    at = next;
  }
}
