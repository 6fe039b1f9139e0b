import type { Command, Edit, Model, Step } from '../../src/engine/rule.ts';
import { leavesOf } from './trivia.ts';

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
  const comments = leavesOf(instruction, new Set(['Comment']));
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
