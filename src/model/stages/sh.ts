import {
  dashImages,
  type Sh,
  shByManager,
  shByPart,
  shellless,
  withoutShellInstruction,
} from '../../knowledge/images/sh.ts';
import type { Dialect } from '../../shell/command.ts';
import type { Stage, Step } from '../model.ts';
import { baseImage } from './images.ts';
import { shReplacedBefore } from './replaced-sh.ts';

/** Where a script stands. */
export interface Place {
  readonly stage: Stage | undefined;
}

/** Which program sh is in the image, as the base image or the package manager in use tells; undefined where neither does. */
export const shOf = ({ stage }: Place): Sh | undefined => stage?.sh;

export function shIn(stage: Stage): Sh | undefined {
  const root = stage.lineage[0]!;
  if (root.base.kind === 'image') {
    const { repository, tag = '' } = root.base.reference;
    const found = shByPart.find(([pattern]) => pattern.test(`${repository}:${tag}`))?.[1];
    if (found) return found;
    if (dashImages.has(repository) || dashImages.has(`library/${repository}`)) return 'dash';
  }
  const families = new Set(stage.allSteps.flatMap(({ operations }) => operations.map(({ family }) => family)));
  const told = new Set([...families].flatMap((family) => shByManager[family] ?? []));
  return told.size === 1 ? [...told][0] : undefined;
}

/** The shell that reads a piece of a script: `sh` is looked up, every other name says it itself. */
export function readerOf(dialect: Dialect, step: Step): Sh | 'unknown' | 'other' {
  if (dialect === 'bash') return 'bash';
  if (dialect === 'ash') return 'busybox';
  if (dialect !== 'posix') return 'other';
  const made = shReplacedBefore(step);
  if (made === undefined) return shOf(step) ?? 'unknown';
  return made === 'bash' || made === 'dash' ? made : made === 'ash' || made === 'busybox' ? 'busybox' : 'other';
}

/** Whether the base image may have set the shell of a step, with options that nobody sees here. */
export function mayInheritShell({ before, stage }: Step): boolean {
  const root = stage?.lineage[0];
  if (before.shell.explicit || root === undefined || root.base.kind === 'scratch') return false;
  const { registry, repository } = baseImage(root) ?? {};
  return repository === undefined || !withoutShellInstruction.test(`${registry}/${repository}`);
}

/** Whether the image of a stage has no shell for certain: its base has none, and nothing that is copied may bring one. */
export function hasNoShell({ lineage, allSteps }: Stage): boolean {
  const base = lineage[0]?.base;
  if (base?.kind === 'image') {
    const { registry, repository, tag } = base.reference;
    if (!shellless.test(`${registry}/${repository}${tag === undefined ? '' : `:${tag}`}`)) return false;
  } else if (base?.kind !== 'scratch') return false;
  // what lands there, or in a place that is not known, may bring /bin/sh
  return allSteps.every(({ takes }) =>
    takes.every(
      ({ via, target }) =>
        via === 'mount' || (target !== undefined && !/^\/(?:bin(?:\/.*)?|usr(?:\/bin)?)?$/.test(target)),
    ),
  );
}
