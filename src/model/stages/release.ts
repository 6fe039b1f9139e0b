import {
  codeNames,
  type Distribution,
  oldImages,
  releaseParts,
  systemImages,
} from '../../knowledge/images/releases.ts';
import type { Place } from './sh.ts';

/** A release of a distribution. */
export interface Release {
  readonly distribution: Distribution;
  /** `14.04`, `3.22`, `9`; undefined for a tag that moves on with the newest. */
  readonly version: string | undefined;
}

/** The release that the tag of the base image names; undefined where it names none. */
export function releaseOf({ stage }: Place): Release | undefined {
  if (!stage?.rootImage) return undefined;
  const { repository, name, tag = '' } = stage.rootImage;
  const image = `${repository}:${tag}`.toLowerCase();
  const old = oldImages.find(([pattern]) => pattern.test(image));
  if (old) return { distribution: old[1], version: old[2] };
  for (const word of image.split(/[^a-z]+/)) {
    const named = Object.hasOwn(codeNames, word) ? codeNames[word]! : undefined;
    if (named) return { distribution: named[0], version: named[1] };
  }
  const system = systemImages.find(([pattern]) => pattern.test(name));
  const version = /^\d+(?:\.\d+)*/.exec(tag.replace(/^(?:centos|v|stream)-?(?=\d)/, ''))?.[0];
  if (system && (version !== undefined || /^(?:latest|rolling|edge|rawhide|stable|testing)?$/.test(tag)))
    return { distribution: system[1], version };
  for (const [pattern, distribution] of releaseParts) {
    const part = pattern.exec(image)?.[1];
    if (part !== undefined) return { distribution, version: part };
  }
  return system && { distribution: system[1], version };
}

/** The 11 of `golang:1.11`; undefined where the base is no image of Go, or its tag names no version. */
export function goMinor({ stage }: Place): number | undefined {
  const { name, tag = '' } = stage?.rootImage ?? {};
  const minor = name === 'golang' ? /^1\.(\d+)/.exec(tag)?.[1] : undefined;
  return minor === undefined ? undefined : Number(minor);
}

/** Whether the base image is named by a build argument, so that its release is for the build to say. */
export const isArgumentBase = ({ stage }: Place): boolean => {
  const root = stage?.lineage[0];
  return root !== undefined && (root.base.kind === 'unknown' || root.image.uses.length > 0);
};

/** Whether the base image is known to be of a release before the first that has something, by distribution. */
export function isBefore(first: Readonly<Partial<Record<Distribution, string>>>, place: Place): boolean {
  const release = releaseOf(place);
  const needed = release && first[release.distribution];
  return needed !== undefined && release?.version !== undefined && compare(release.version, needed) < 0;
}

/** Whether the base image is known to be of the first release that has something or a later one; a tag without a version is the newest. */
export function isSince(first: Readonly<Partial<Record<Distribution, string>>>, place: Place): boolean {
  const release = releaseOf(place);
  const needed = release && first[release.distribution];
  return needed !== undefined && (release?.version === undefined || compare(release.version, needed) >= 0);
}

/** `3.10` is after `3.9`; what is not said is the newest: alpine:3 is the last 3. */
function compare(one: string, other: string): number {
  const [a, b] = [one.split('.').map(Number), other.split('.').map(Number)];
  for (const [index, part] of b.entries()) {
    const difference = (a[index] ?? Number.POSITIVE_INFINITY) - part;
    if (difference !== 0) return difference;
  }
  return 0;
}
