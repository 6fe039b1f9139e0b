import type { Command, Heredoc, Instruction, Run } from '../../grammar/index.ts';
import type { Dialect } from '../shell/command.ts';
import { execCommand, parseScript, type Script } from '../shell/script.ts';
import { type Piece, plainMap, type TextMap } from '../text/map.ts';
import type { State } from './model.ts';
import { dialectOf } from './shells.ts';

/** What an instruction hands to a shell or to the kernel; undefined for one that hands nothing. */
export function scriptOf(instruction: Instruction, { shell }: State): Script | undefined {
  switch (instruction.kind) {
    case 'Run':
      return instruction.heredocs.length > 0
        ? heredocScript(instruction, shell.dialect)
        : commandScript(instruction.command, shell.dialect);
    case 'Cmd':
    case 'Entrypoint':
    case 'Healthcheck':
      return commandScript(instruction.command, shell.dialect);
    default:
      return undefined;
  }
}

function commandScript(command: Command | undefined, dialect: Dialect): Script | undefined {
  if (!command) return undefined;
  return command.kind === 'ExecForm'
    ? execCommand(command.items, dialect)
    : parseScript(command.text, { map: command.map, dialect });
}

/** `RUN <<EOF`: the body is the script. With anything else on the line the shell gets line, bodies and terminators as they stand. */
function heredocScript({ command, heredocs }: Run, dialect: Dialect): Script | undefined {
  const [first] = heredocs;
  if (command?.kind !== 'ShellForm' || !first) return commandScript(command, dialect);
  const alone =
    heredocs.length === 1 && first.opener.start === command.span.start && first.opener.end === command.span.end;
  if (!alone) return parseScript(...joined(command, heredocs, dialect));
  const { text, map } = bodyOf(first);
  const shebang = /^#![ \t]*(.+)/
    .exec(text)?.[1]
    ?.trim()
    .split(/[ \t]+/);
  return parseScript(text, { map, dialect: shebang ? dialectOf(shebang) : dialect });
}

/** The body with the tabs of `<<-` taken off. */
function bodyOf({ body, stripTabs }: Heredoc): { text: string; map: TextMap } {
  const { start } = body.span;
  if (!stripTabs) return { text: body.raw, map: plainMap(body.raw.length, start) };
  const pieces: Piece[] = [];
  let text = '';
  for (const match of body.raw.matchAll(/^(\t*)(.*\n?)/gm)) {
    const line = match[2]!;
    if (line === '') continue;
    const from = start + match.index + match[1]!.length;
    pieces.push({ at: text.length, length: line.length, from, to: from + line.length });
    text += line;
  }
  return { text, map: pieces.length > 0 ? pieces : plainMap(0, start) };
}

function joined(
  command: Extract<Command, { kind: 'ShellForm' }>,
  heredocs: readonly Heredoc[],
  dialect: Dialect,
): Parameters<typeof parseScript> {
  const pieces: Piece[] = [...command.map];
  let text = command.text;
  const add = (part: string, from: number, to: number): void => {
    if (part === '') return;
    pieces.push({ at: text.length, length: part.length, from, to });
    text += part;
  };
  add('\n', command.span.end, command.span.end);
  for (const { body, terminator } of heredocs) {
    add(body.raw, body.span.start, body.span.end);
    if (terminator) {
      add(terminator.raw, terminator.span.start, terminator.span.end);
      add('\n', terminator.span.end, terminator.span.end);
    }
  }
  return [text, { map: pieces, dialect }];
}
