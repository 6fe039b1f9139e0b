import type { Stage, Step } from '../../src/engine/rule.ts';
import { droppers, rootImages, unprivilegedTags } from '../../src/knowledge/images/users.ts';

/** Who runs a step: root, another, or unknown. */
export function userOf({ before, stage }: Step): 'root' | 'other' | undefined {
  const { user } = before;
  if (user.state === 'known') return isRoot(user.text) ? 'root' : 'other';
  return user.state === 'unknown' && user.text === '' && stage && baseIsRoot(stage) ? 'root' : undefined;
}

/** `root`, `0`, with or without a group; `00` is zero as well. */
export const isRoot = (user: string): boolean => /^(?:root|0+)(?::|$)/.test(user.trim());

/** Whether the image under a stage is known to run as root; empty `scratch` is the state's to tell. */
export function baseIsRoot({ lineage }: Stage): boolean {
  const base = lineage[0]?.base;
  if (base?.kind !== 'image') return false;
  const { official, name, tag = '' } = base.reference;
  return official && rootImages.has(name) && !unprivilegedTags.test(tag);
}

/** Words that are no more than the installation of a program that leaves root behind. */
const named = /(?:^|[/=:])(?:gosu|su-exec|s6-overlay|fixuid)(?:[-_.:/=@]|$)/;

/** Whether the image has a program by which its entry point leaves root behind, or begins with one. */
export const leavesRoot = ({ lineage }: Stage): boolean =>
  lineage.some(({ steps }) =>
    steps.some(({ instruction, script, operations }) => {
      if (operations.some(({ packages }) => packages.some(({ name }) => name !== undefined && named.test(name))))
        return true;
      if (instruction.kind === 'Copy' || instruction.kind === 'Add')
        return [...instruction.sources, instruction.destination].some((word) => word && named.test(word.text));
      const starts = instruction.kind === 'Entrypoint' || instruction.kind === 'Cmd';
      return (script?.commands ?? []).some(
        ({ name, args, wrappers, word }) =>
          [word, ...args].some(({ text }) => named.test(text)) ||
          (starts && [name, ...wrappers.map((it) => it.name)].some((it) => it !== undefined && droppers.has(it))),
      );
    }),
  );
