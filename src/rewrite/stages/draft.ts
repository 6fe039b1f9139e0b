import type { Texts } from './assets.ts';
import type { Packages } from './packages.ts';
import type { Parts, Recipe, Taken } from './recipe.ts';
import type { View } from './view.ts';
import type { Work } from './work.ts';

/** What a division of a stage comes to. */
export interface Division {
  readonly text: string;
  /** The kind of project: `go`. */
  readonly recipe: string;
  /** The index of the stage in the old text. */
  readonly stage: number;
  /** The name of the new stage. */
  readonly name: string;
  readonly bases: { readonly before: string; readonly after: string };
  /** What is copied from the build stage. */
  readonly takes: readonly Taken[];
  /** Files of the context that are copied again, by their place in the image; `all` where all are. */
  readonly assets: readonly string[] | 'all' | 'folder';
  /** What no longer ships: packages by name, and what the recipe names. */
  readonly leaves: readonly string[];
  readonly dropped: readonly string[];
  /** Packages of the final stage. */
  readonly kept: readonly string[];
  /** Lines, 1-based, of the old text that only the build stage has now. */
  readonly lines: readonly number[];
  readonly assumes: readonly string[];
}

/** What is known of a stage when its two halves are written. */
export interface Draft {
  readonly view: View;
  readonly works: readonly Work[];
  readonly parts: Parts;
  readonly project: readonly string[];
  readonly recipe: Recipe;
  readonly texts: Texts;
  readonly packages: Packages;
}
