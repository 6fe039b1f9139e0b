import { bareImages, imageVariables } from '../../knowledge/images/variables.ts';
import type { Stage } from '../model.ts';

/** Whether the base image of a stage is known to set no such variable. */
export function isUnsetByBase(name: string, { lineage, os }: Stage): boolean {
  const base = lineage[0]?.base;
  if (os === 'windows') return false;
  if (base?.kind === 'scratch') return true;
  if (base?.kind !== 'image' || !base.reference.official) return false;
  const { name: image } = base.reference;
  const own = Object.hasOwn(imageVariables, image) ? imageVariables[image] : undefined;
  return bareImages.has(image) || (own !== undefined && !own.test(name));
}
