import type { Step } from '../../model/model.ts';
import type { Command } from '../../shell/command.ts';
import type { PackageOperation } from '../../shell/packages.ts';

/** Why a stage is not divided: the line that stands in the way, and what of it. */
export class Obstacle extends Error {
  readonly offset: number;
  constructor(offset: number, reason: string) {
    super(reason);
    this.offset = offset;
  }
}

/** A path of an earlier owner: `chown -R app /srv`. */
export interface Owned {
  readonly owner: string;
  readonly path: string;
}

/** A command of a RUN that builds. */
export interface Call {
  readonly step: Step;
  readonly command: Command;
}

/** What a RUN is for, command by command. */
export interface Work {
  readonly step: Step;
  /** Commands that build, by the recipe or by what they are. */
  readonly builds: readonly Command[];
  /** Operations of the system's package manager. */
  readonly packages: readonly PackageOperation[];
  /** Commands that the final image needs as well: accounts, folders, links, settings. */
  readonly setup: readonly Command[];
  /** Paths outside of the project that it brings, and that the final image takes from the build stage. */
  readonly outputs: readonly string[];
  readonly owned: readonly Owned[];
  /** Where it adds a repository of packages, or a key of one. */
  readonly repositories: readonly Command[];
}

/** All commands that build, with their RUNs. */
export const callsIn = (works: readonly Work[]): Call[] =>
  works.flatMap(({ step, builds }) => builds.map((command) => ({ step, command })));
