import { type ImageCaches, imageCaches, plainImages } from '../../knowledge/managers/cache-places.ts';
import { isBelow } from '../../text/path.ts';
import type { Step } from '../model.ts';

/** Registry and repository of the image that a stage stands on. */
export function imageName({ stage }: Step): string | undefined {
  const image = stage?.rootImage;
  return image && `${image.registry}/${image.repository}`;
}

/** What is known of the caches of the image that a step stands on. */
export function imageOf(step: Step): ImageCaches | undefined {
  const name = imageName(step);
  return name === undefined ? undefined : imageCaches.find(({ image }) => image.test(name));
}

/** Whether it is known what the image sets: an official one, or one of the tables. */
export function isKnownImage(step: Step): boolean {
  const name = imageName(step);
  if (name === undefined || step.stage?.os === 'windows') return false;
  return (
    step.stage?.rootImage?.official === true ||
    imageOf(step) !== undefined ||
    plainImages.some((image) => image.test(name))
  );
}

/** The place at the end of a link that the image has. */
export const linked = (path: string, step: Step): string => {
  const link = Object.entries(imageOf(step)?.links ?? {}).find(([from]) => isBelow(path, from));
  return link ? link[1] + path.slice(link[0].length) : path;
};
