import type { Step } from '../../src/engine/rule.ts';
import { type ImageCaches, imageCaches } from '../../src/knowledge/managers/cache-places.ts';

/** Registry and repository of the image that a stage stands on. */
export function imageName({ stage }: Step): string | undefined {
  const base = stage?.lineage[0]?.base;
  return base?.kind === 'image' ? `${base.reference.registry}/${base.reference.repository}` : undefined;
}

/** What is known of the caches of the image that a step stands on. */
export function imageOf(step: Step): ImageCaches | undefined {
  const name = imageName(step);
  return name === undefined ? undefined : imageCaches.find(({ image }) => image.test(name));
}
