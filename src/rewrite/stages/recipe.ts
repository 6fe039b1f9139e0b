import type { Stage, Step } from '../../model/model.ts';
import type { Command, ShellWord } from '../../shell/command.ts';
import type { PackageOperation } from '../../shell/packages.ts';
import type { Texts } from './assets.ts';
import type { View } from './view.ts';
import type { Work } from './work.ts';

/** A path that the final image takes from the build stage. */
export interface Taken {
  readonly from: string;
  readonly to: string;
  readonly isFolder: boolean;
  /** What it is, for a person: `the program`, `the dependencies`. */
  readonly what: string;
}

/**
 * What becomes of the files of the project that the context brings. `none`: the program reads none of them. `read`: those that
 * it is seen to read are copied again. `again`: their COPY is repeated. `whole`: the folder comes from the build stage.
 */
export type Project = 'none' | 'read' | 'again' | 'whole';

/** How one kind of project is divided. */
export interface Parts {
  /** The image of the final stage. */
  readonly base: string;
  readonly takes: readonly Taken[];
  readonly project: Project;
  /** Whether all that is built is among `takes`, whatever tools of other languages build it. */
  readonly isShown?: boolean;
  /** Lines at the end of the build stage: `RUN npm prune --omit=dev`. */
  readonly lastly?: readonly string[];
  /** Lines for the build stage, before the step of that index. */
  readonly before?: readonly { readonly step: Step; readonly lines: readonly string[] }[];
  /** Whether something stays behind that no other part tells. */
  readonly gains?: boolean;
  /** Lines below FROM of the final stage. */
  readonly first?: readonly string[];
  /** Lines of the final stage behind what is copied. */
  readonly finally?: readonly string[];
  /** The package manager of the base, where its release does not tell. */
  readonly family?: 'apt' | 'apk' | undefined;
  /** System packages that the final image needs besides those that the file names. */
  readonly packages?: readonly string[];
  /** What is taken to be so, and cannot be shown. */
  readonly assumes?: readonly string[];
  /** Programs of the base that containers may start. */
  readonly runs?: RegExp;
  /** What no longer ships, by name: `Go`, `the dev dependencies`. */
  readonly leaves: readonly string[];
}

export interface Recipe {
  readonly id: string;
  /** Whether the base is one that it knows; all are if left out. */
  matches?(stage: Stage): boolean;
  /** Whether the base starts a server by itself, which the final stage keeps. */
  startsByItself?(stage: Stage): boolean;
  /** Whether a command builds, or gets what a build needs. */
  builds(command: Command, operations: readonly PackageOperation[]): boolean;
  /** Commands that only the build needs, though they install: `npm install -g typescript`. */
  drops?(command: Command, operations: readonly PackageOperation[], view: View): boolean;
  /** Commands that put what is built outside of the project, beside `make install`. */
  installs?(command: Command, operations: readonly PackageOperation[]): boolean;
  /** Where they put it; `words` are those of all commands of the stage. `/usr/local` if left out. */
  installed?(command: Command, folder: string | undefined, words: readonly (readonly ShellWord[])[]): readonly string[];
  /** Commands that the final stage does again, though they install; where they build as well, in both. */
  keeps?(command: Command, operations: readonly PackageOperation[]): boolean;
  /** Official images on which make and scripts of the project build after this recipe. */
  readonly images?: RegExp;
  /** The folder of a command that names one itself, seen from where it runs; empty where it builds nothing of the project. */
  folderOf?(command: Command, folder: string | undefined): string | readonly string[] | undefined;
  /** Endings and folders of source files, which no program reads when it runs. */
  readonly sources: RegExp;
  /** Files and folders of the project, by their first names, that its programs read though nothing names them. */
  readonly implicit?: RegExp;
  /** Programs that only build, by their paths in images of their own. */
  readonly tools?: RegExp;
  /** Environment variables, by name, that only its builds read. */
  readonly variables: RegExp;
  /** Undefined where a stage is none of its kind; throws an `Obstacle` where it is and cannot be divided. */
  plan(view: View, works: readonly Work[], project: readonly string[], texts: Texts): Parts | undefined;
}
