import type { Flag, Mount } from '../../../grammar/index.ts';
import { clean } from '../../text/path.ts';
import type { Model, Mounted, Step } from '../model.ts';
import { filled } from '../stages/filled.ts';
import { folderBefore } from '../stages/folder.ts';

const none: readonly Mounted[] = [];

/** The mounts of a RUN, each with the place where it is in the image. */
export function mountsOf(step: Step): readonly Mounted[] {
  const { instruction } = step;
  if (instruction.kind !== 'Run' || instruction.flags.length === 0) return none;
  return instruction.flags.flatMap((flag) => (flag.mount ? [mounted(flag, flag.mount, step)] : []));
}

function mounted(flag: Flag, mount: Mount, step: Step): Mounted {
  const { type, options } = mount;
  const option = options.findLast(({ key }) => key === 'target' || key === 'dst' || key === 'destination');
  const written = option?.value?.replace(/^(['"])(.*)\1$/, '$2');
  return { flag, mount, type, written, target: targetOf(written, type, step), at: option?.valueSpan ?? flag.span };
}

/** BuildKit joins the target with the working directory, and so does without one (convert_runmount.go). */
function targetOf(written: string | undefined, type: Mount['type'], step: Step): string | undefined {
  if (!written && (type === 'secret' || type === 'ssh')) return undefined;
  const path = written ? filled(written, step.before) : '';
  if (path?.startsWith('/')) return clean(path);
  const folder = folderBefore(step);
  return path === undefined || folder === undefined ? undefined : clean(`${folder}/${path}`);
}

/** Whether a RUN has a mount of one of these types. */
export const hasMount = ({ mounts }: Step, ...types: readonly Mount['type'][]): boolean =>
  mounts.some(({ type }) => types.includes(type));

/** A mount whose place is known. */
export type KnownMount = Mounted & { readonly target: string };

/** The mounts of these types whose place is known. */
export const knownMounts = ({ mounts }: Step, ...types: readonly Mount['type'][]): KnownMount[] =>
  mounts.filter((it): it is KnownMount => it.target !== undefined && types.includes(it.type));

/** The caches that a RUN mounts to read and write. */
export const cacheMounts = (step: Step): KnownMount[] =>
  knownMounts(step, 'cache').filter(({ mount }) => mount.readonly !== true);

/** Where mounts keep what is written out of the layer; the root where only the build knows the place. */
export const keptOut = ({ mounts }: Step): string[] =>
  mounts.flatMap(({ type, target, written }) => {
    if (type === 'secret' || type === 'ssh') return [];
    return target ?? (written === undefined || written.includes('$') ? '/' : written);
  });

/** Whether any RUN mounts a folder that is in no layer; most files have none, and then nobody need look further. */
export function hasKeptMount({ file }: Model): boolean {
  const known =
    kept.get(file) ??
    file.instructions.some(({ flags }) =>
      flags.some(({ mount }) => mount?.type === 'cache' || mount?.type === 'tmpfs'),
    );
  kept.set(file, known);
  return known;
}

const kept = new WeakMap<Model['file'], boolean>();
