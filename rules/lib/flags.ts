import type { Edit, Instruction, MountFlag } from '../../src/engine/rule.ts';

/** The last flag of this name, which is the one that counts. */
export const flagNamed = ({ flags }: Instruction, name: string): MountFlag | undefined =>
  flags.findLast((flag) => flag.name.text === name);

/** The edit that takes out a flag and the blanks behind it. */
export function withoutFlag(instruction: Instruction, flag: MountFlag): Edit {
  const next = nextStart(instruction, flag.span.end);
  return { span: { start: flag.span.start, end: next }, text: '' };
}

function nextStart(instruction: Instruction, from: number): number {
  const words = [...instruction.flags, ...('image' in instruction && instruction.image ? [instruction.image] : [])];
  return Math.min(instruction.span.end, ...words.map(({ span }) => span.start).filter((start) => start >= from));
}
