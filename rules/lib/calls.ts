import type { PackageOperation, Span } from '../../src/engine/rule.ts';

/** The program and its verb: `apt-get install`. */
export const callSpan = ({ command, verb }: PackageOperation): Span => ({
  start: command.word.span.start,
  end: verb && verb.span.start > command.word.span.start ? verb.span.end : command.word.span.end,
});

/** The edit that gives the verb an option. */
export function addOption({ command, verb }: PackageOperation, option: string): { span: Span; text: string } {
  const at = (verb ?? command.word).span.end;
  return { span: { start: at, end: at }, text: ` ${option}` };
}

/** Whether an edit can be made in its words: not in an exec form, not in a string that another shell reads. */
export const isEditable = ({ command: { within } }: PackageOperation): boolean => !within.includes('string');
