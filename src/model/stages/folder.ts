import { onbuildTag, rootFolderImages } from '../../knowledge/images/folders.ts';
import { clean } from '../../text/path.ts';
import type { Step } from '../model.ts';
import { textOf, type Value } from './expand.ts';
import { isAbsolute } from './paths.ts';

/** Where a step begins; undefined where only the base image knows. */
export const folderBefore = (step: Step): string | undefined => folderIn(step, step.before.workdir);

/** A WORKDIR as it is for a step: official images that set none leave it at the root. */
export function folderIn({ stage }: Pick<Step, 'stage'>, folder: Value): string | undefined {
  if (folder.state !== 'unknown') return textOf(folder);
  const image = stage?.rootImage;
  if (!image?.official || !rootFolderImages.has(image.name)) return undefined;
  if (onbuildTag.test(image.tag ?? '') || /[$]/.test(folder.text)) return undefined;
  return clean(`/${folder.text}`);
}

/** The name of a folder that only the base image knows; no file has it, so what is below it can be compared all the same. */
const UNKNOWN = '/\0';

/** Where a step begins, under a name that no file has where only the base image knows. */
export function folderOrUnknown(step: Step): string {
  const { workdir } = step.before;
  return folderBefore(step) ?? `${UNKNOWN}${workdir.state === 'unset' ? '' : workdir.text}`;
}

/** Whether a path is known from the root. */
export const isKnownPlace = (path: string): boolean => !path.includes(UNKNOWN);

/** A path of the builder seen from a folder; a tilde is a name like any other. */
export function placeIn(folder: string, path: string, windows = false): string {
  if (isAbsolute(path, windows)) return windows && !path.startsWith('/') ? path : clean(path);
  return clean(`${folder}/${path}`);
}

/** A path of a script seen from a folder; undefined where either is not known to be absolute, and for a home or a pattern. */
export function absoluteIn(folder: string | undefined, path: string): string | undefined {
  if (/[$`*?[{~]/.test(path.replace(/\/\*+$/, ''))) return undefined;
  const whole = path.startsWith('/') ? path : folder?.startsWith('/') ? `${folder}/${path}` : undefined;
  return whole === undefined ? undefined : clean(whole);
}
