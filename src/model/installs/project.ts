import type { Ecosystem } from '../../knowledge/project/ecosystems/index.ts';
import type { Context } from '../context/context.ts';
import type { Install } from './install.ts';

/** What has to be copied before an install, so that it does the same there as after a copy of the whole project. */
export interface Ahead {
  /** Files of the context, by their paths from its root: manifests, lock files, and what else the install reads. */
  readonly files: readonly string[];
  /** Those of `files` that are manifests of folders below. */
  readonly members: readonly string[];
  /** Undefined where it is shown that the install needs nothing else and does the same. */
  readonly obstacle: Obstacle | undefined;
}

/** Why an install cannot be moved as it stands. */
export interface Obstacle {
  /**
   * `project`: it reads, or may read, other files of the project, so that nothing can be said. `members`: it reads manifests of
   * folders below as well. `call`: another call gets by with the files. `lock`: it may write the lock file, which the copy after
   * it puts back. `output`: the context has what the install makes. `table`: only the table of ecosystems says what it reads.
   */
  readonly kind: 'project' | 'members' | 'call' | 'lock' | 'output' | 'table';
  readonly reason: string;
  /** Of an output, its name. */
  readonly name?: string;
}

/** Where an install finds its project in the build context. */
export interface Place {
  readonly context: Context;
  /** The folder in the context that stands for the one in which the install runs; empty for the root. */
  readonly folder: string;
  /** What of the context is copied, from its root. */
  readonly paths: readonly string[];
}

/** A project as an install finds it; paths are seen from its folder. */
export interface Project {
  readonly install: Install;
  readonly ecosystem: Ecosystem;
  readonly call: string;
  /** All that is copied. */
  readonly inside: readonly string[];
  readonly matching: (pattern: string) => string[];
  readonly read: (path: string) => string | undefined;
  /** The manifests that are there. */
  readonly own: readonly string[];
  readonly locks: readonly string[];
}

/** More files that the install reads, and why it cannot be moved. */
export interface Checked {
  readonly files?: readonly string[];
  readonly obstacle?: Obstacle | undefined;
}

export const blocked = (kind: Obstacle['kind'], reason: string): Checked => ({ obstacle: { kind, reason } });

export const isFrozen = ({ install }: Project): boolean => install.operation?.flags.has('frozen') ?? false;

export const lockReason = (called: string, lock: string): string =>
  `${called} may rewrite ${lock}, and COPY would put the old one back`;
