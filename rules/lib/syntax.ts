import { type Command, type Instruction, leaves, type Place, type Script } from '../../src/engine/rule.ts';

export type Expansion = Script['syntax']['expansions'][number];
export type SyntaxWord = Script['syntax']['words'][number];
export type Construct = Script['syntax']['constructs'][number];

const bourne: ReadonlySet<string> = new Set(['posix', 'bash', 'ash', 'ksh']);

/** Whether it is of a Bourne shell and all of it is known. */
export const isReadable = ({ parsed, dialect }: Script): boolean => parsed && bourne.has(dialect);

/** The value that a variable has, when a script of this place reads it and all that may have set it is literal. */
export function literalValues(name: string, script: Script, { step }: Place): readonly string[] | undefined {
  const given = (script.given.get(name) ?? []).flatMap(({ by, value, word }) => {
    if (by === 'argument') return [literal(word)?.slice(name.length + 1)];
    return by === 'assignment' ? [literal(value)] : [];
  });
  if (given.length > 0) return given.every((text) => text !== undefined) ? given : undefined;
  const value = step.before.variable(name)?.value;
  return value?.state === 'known' ? [value.text] : undefined;
}

const literal = (word: { readonly literal: boolean; readonly text: string } | undefined): string | undefined =>
  word?.literal ? word.text : undefined;

/** The names that a script gives a value itself: by assignment, `export`, `for`, `read`. */
export const setsVariable = (name: string, script: Script): boolean => script.given.has(name);

/** Whether errors end the script from a place on: the shell was started so, or it said `set -e` before. */
export const stopsAtErrors = ({ sets }: Script, { step }: Place, before: number): boolean =>
  sets.findLast(({ option, from }) => option === 'errexit' && from.span.start < before)?.on ??
  step.before.shell.errexit;

/** The leaves of a kind under an instruction, in the order of the file. */
export const leavesOf = (instruction: Instruction, ...kinds: readonly string[]) =>
  leaves(instruction).filter(({ kind }) => kinds.includes(kind));

/** The next command of the same pipeline. */
export function followerOf(command: Command, script: Script): Command | undefined {
  const piped = script.piped(command);
  return piped[piped.indexOf(command) + 1];
}
