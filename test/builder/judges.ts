import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { makeBuildah } from './buildah.ts';
import type { Builder, Judged } from './builder.ts';
import { makeDocker } from './docker.ts';

const answers = (command: string, ...args: string[]): boolean => spawnSync(command, args).status === 0;

/** Debian's busybox-static: what all stand-ins are made of. */
const busybox = ['/bin/busybox', '/usr/bin/busybox'].find((path) => existsSync(path) && isStatic(path));

function isStatic(path: string): boolean {
  const { stdout } = spawnSync('ldd', [path], { encoding: 'utf8' });
  return !/=>/.test(stdout ?? '');
}

/** A builder that may be at hand. */
export interface Judge {
  readonly kind: Judged;
  /** What this machine lacks of it; without anything it can be made. */
  readonly missing: readonly string[];
  make(): Promise<Builder>;
}

const lacks = (isThere: boolean, what: string): string[] => (isThere ? [] : [what]);
const common = lacks(busybox !== undefined, 'busybox-static');
const docker = [...lacks(answers('docker', 'version'), 'a docker that answers'), ...common];

export const judges: readonly Judge[] = [
  {
    kind: 'buildkit',
    missing: [...docker, ...lacks(answers('docker', 'buildx', 'version'), 'buildx')],
    make: () => makeDocker('buildkit', busybox!),
  },
  { kind: 'classic', missing: docker, make: () => makeDocker('classic', busybox!) },
  {
    kind: 'buildah',
    missing: [...lacks(answers('buildah', '--version'), 'buildah'), ...common],
    make: () => makeBuildah(busybox!),
  },
];

for (const { kind, missing } of judges)
  if (missing.length > 0) console.warn(`skipped: the tests with ${kind} need ${missing.join(' and ')}`);
