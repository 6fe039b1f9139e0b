import type { Flag, Instruction } from '../../../grammar/index.ts';

export type WithFlags = Pick<Instruction, 'flags'>;

/** The flag of this name. BuildKit refuses a second one, other builders take the last. */
export const flagOf = ({ flags }: WithFlags, name: string): Flag | undefined =>
  flags.findLast((flag) => flag.name.text === name);

/** Whether it has one of these flags, whatever its value. */
export const hasFlag = ({ flags }: WithFlags, ...names: readonly string[]): boolean =>
  flags.some(({ name }) => names.includes(name.text));

/** The values of a flag that may be repeated, such as `--exclude`. */
export const flagValues = ({ flags }: WithFlags, name: string): string[] =>
  flags.flatMap((flag) => (flag.name.text === name && flag.value ? [flag.value.text] : []));

/** Whether a boolean flag is on: bare, or with any value but `false` in any letter case. Source: BuildKit, bflag.go. */
export const isOn = (instruction: WithFlags, name: string): boolean => {
  const flag = flagOf(instruction, name);
  return flag !== undefined && flag.value?.text.toLowerCase() !== 'false';
};
