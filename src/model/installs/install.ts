import type { Ecosystem } from '../../knowledge/project/ecosystems/index.ts';
import type { Command } from '../../shell/command.ts';
import type { PackageOperation } from '../../shell/packages.ts';

/** A command that gets what the manifest of a project lists. */
export interface Install {
  readonly command: Command;
  readonly ecosystem: Ecosystem;
  /** Undefined where no package manager of the tables does it. */
  readonly operation: PackageOperation | undefined;
  /** `npm ci`. */
  readonly call: string;
  /** Where it runs; below a folder that only the base image knows, see `isKnownPlace`. Undefined where only the build knows. */
  readonly folder: string | undefined;
  /** The manifests that it may read, by their paths in the image, which may have wildcards. */
  readonly manifests: readonly string[];
  /** Whether it builds the project, and gets the dependencies on the way. */
  readonly builds: boolean;
}
