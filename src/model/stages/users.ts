import { rootImages, unprivilegedTags } from '../../knowledge/images/users.ts';
import type { Stage, Step } from '../model.ts';

/** Whether root runs a step; undefined where that is not known. */
export function isRootIn({ before, stage }: Pick<Step, 'before' | 'stage'>): boolean | undefined {
  const { user } = before;
  if (user.state === 'known') return isRoot(user.text);
  return user.state === 'unknown' && user.text === '' && stage && baseIsRoot(stage) ? true : undefined;
}

/** `root`, `0`, with or without a group; `00` is zero as well. */
export const isRoot = (user: string): boolean => /^(?:root|0+)(?::|$)/.test(user.trim());

/** Whether the image under a stage is known to run as root. Of `scratch` the state of its steps says so. */
export function baseIsRoot({ rootImage }: Stage): boolean {
  if (!rootImage) return false;
  const { official, name, tag = '' } = rootImage;
  return official && rootImages.has(name) && !unprivilegedTags.test(tag);
}
