import type {
  Command,
  Edit,
  Instruction,
  Model,
  Mounted,
  MountFlag,
  PackageOperation,
  Span,
  Step,
} from '../../src/engine/rule.ts';
/** How findings are repaired: edits of commands, flags, mounts and whole instructions. */
import { leavesOf } from './syntax.ts';

/** The program and its verb: `apt-get install`. */
export const callSpan = ({ command, verb }: PackageOperation): Span => ({
  start: command.word.span.start,
  end: verb && verb.span.start > command.word.span.start ? verb.span.end : command.word.span.end,
});

/** The edit that gives the verb an option, in an exec form as a string of its own. */
export function addOption(
  { command, verb }: PackageOperation,
  option: string,
  { instruction }: Step,
): { span: Span; text: string } {
  const at = (verb ?? command.word).span.end;
  const exec = instruction.kind === 'Run' && instruction.command?.kind === 'ExecForm';
  return { span: { start: at, end: at }, text: exec ? `, "${option}"` : ` ${option}` };
}

/** Whether an edit can be made in its words: not in a string that another shell reads. */
export const isEditable = ({ command: { within } }: PackageOperation): boolean => !within.includes('string');

/** The edit that takes out a flag and the blanks behind it. */
export function withoutFlag(instruction: Instruction, flag: MountFlag): Edit {
  const next = nextStart(instruction, flag.span.end);
  return { span: { start: flag.span.start, end: next }, text: '' };
}

function nextStart(instruction: Instruction, from: number): number {
  const words = [...instruction.flags, ...('image' in instruction && instruction.image ? [instruction.image] : [])];
  return Math.min(instruction.span.end, ...words.map(({ span }) => span.start).filter((start) => start >= from));
}

/** The edit that gives a mount another option. */
export function addToMount({ mount }: Mounted, option: string): Edit {
  const { end } = mount.options.at(-1)!.span;
  return { span: { start: end, end }, text: `,${option}` };
}

/** The edit that takes a command out of its RUN, or the RUN with its only command out of the file; undefined where that is not plain. */
export function withoutCommand(command: Command, step: Step, model: Model): Edit | undefined {
  const { instruction, script } = step;
  if (instruction.kind !== 'Run' || instruction.command?.kind !== 'ShellForm' || instruction.heredocs.length > 0)
    return undefined;
  const own = script?.parsed
    ? script.commands.filter(({ within }) => !within.includes('string') && !within.includes('substitution'))
    : [];
  const plain = own.every(({ within, joint }) => within.length === 0 && (joint === 'start' || joint === '&&'));
  const at = own.indexOf(command);
  if (!plain || at < 0 || own.at(-1)!.span.end !== instruction.command.span.end) return undefined;
  if (own.length === 1) return withoutInstruction(step, model);
  const [before, after] = [own[at - 1], own[at + 1]];
  const span = before
    ? { start: before.span.end, end: command.span.end }
    : { start: command.span.start, end: after!.span.start };
  const comments = leavesOf(instruction, 'Comment');
  const inside = comments.some((it) => it.span.start >= span.start && it.span.end <= span.end);
  return inside ? undefined : { span, text: '' };
}

/** Takes out an instruction with the line end before it; a comment above it stays. */
function withoutInstruction({ instruction }: Step, { file }: Model): Edit | undefined {
  const ends = [...file.instructions, ...file.comments]
    .map(({ span }) => span.end)
    .filter((end) => end <= instruction.span.start);
  return ends.length === 0 ? undefined : { span: { start: Math.max(...ends), end: instruction.span.end }, text: '' };
}

/** The edit that joins a command to the end of a RUN, laid out as the RUN is; undefined where it is no plain list of `&&`. */
export function joinAtEnd({ instruction, script }: Step, command: string, { escape }: Model['file']): Edit | undefined {
  if (instruction.kind !== 'Run' || instruction.command?.kind !== 'ShellForm' || instruction.heredocs.length > 0)
    return undefined;
  const own = script?.parsed
    ? script.commands.filter(({ within }) => !within.includes('string') && !within.includes('substitution'))
    : [];
  const chain = own.every(
    ({ within, joint }) => within.length === 0 && (joint === 'start' || joint === '&&' || joint === '|'),
  );
  const { span, raw } = instruction.command;
  if (!chain || own.length === 0 || own.at(-1)!.span.end !== span.end) return undefined;
  return { span: { start: span.end, end: span.end }, text: `${joinerOf(raw, span.start, own, escape)}${command}` };
}

/** A command to be written beside another: with sudo where that has it, as its user may not do it otherwise. */
export const asCaller = ({ wrappers }: Command, text: string): string =>
  wrappers.some(({ name }) => name === 'sudo') ? `sudo ${text}` : text;

/** ` && `, with the line break and the indentation that the list has. */
function joinerOf(raw: string, start: number, own: readonly Command[], escape: string): string {
  if (!raw.includes('\n')) return ' && ';
  const joints = own.flatMap(({ joint, span }, index) =>
    joint === '&&' && index > 0 ? [raw.slice(own[index - 1]!.span.end - start, span.start - start)] : [],
  );
  const broken = joints.findLast((joint) => /^(?=[^\n]*\n[^\n]*$)[\s\\`]*&&[\s\\`]*$/.test(joint));
  if (broken !== undefined) return broken.replace('\r', '');
  const indent = /^[ \t]*/.exec(raw.slice(raw.lastIndexOf('\n') + 1))![0];
  return ` ${escape}\n${indent || '    '}&& `;
}
