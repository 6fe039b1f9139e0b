import { dashImages, shByPart, systemImages } from '../../knowledge/images/sh.ts';
import { droppingImages, rootImages } from '../../knowledge/images/users.ts';
import type { Stage } from '../model.ts';
import { type ImageReference, parseReference } from './reference.ts';

/** Whether an image is known to hold a system, with a shell and a package manager: an official one, or one named after its distribution. */
function isSystem({ official, name, repository, tag = '' }: ImageReference): boolean {
  if (systemImages.test(repository) || shByPart.some(([pattern]) => pattern.test(`${repository}:${tag}`))) return true;
  // nats is built on scratch
  return (
    official &&
    name !== 'nats' &&
    [rootImages, droppingImages, dashImages].some((it) => it.has(name) || it.has(repository))
  );
}

/** Whether the image of this name is known to hold a system; a name that is no reference is not. */
export function isSystemImage(name: string): boolean {
  const reference = parseReference(name);
  return reference !== undefined && isSystem(reference);
}

/** Whether a stage is known to hold a system: it stands on an image that does, or runs something in a shell. */
export function hasSystem({ rootImage, allSteps }: Stage): boolean {
  if (rootImage && isSystem(rootImage)) return true;
  return allSteps.some(({ instruction }) => instruction.kind === 'Run' && instruction.command?.kind === 'ShellForm');
}
