import type { PackageOperation, Span, Step } from '../../src/engine/rule.ts';

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
