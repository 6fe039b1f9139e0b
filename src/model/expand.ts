import type { Variable } from '../../grammar/index.ts';

/** A value as far as the file tells: never a guess. */
export type Value =
  | { readonly state: 'known'; readonly text: string }
  /** It depends on something outside the file: a build argument, the base image. `text` has what is unknown as written. */
  | { readonly state: 'unknown'; readonly text: string }
  | { readonly state: 'unset' };

/** One variable in a word and what became of it. */
export interface Use {
  readonly variable: Variable;
  readonly name: string;
  readonly value: Value;
}

/** A word after the builder's expansion. */
export interface Expansion {
  /** Known or unknown; an unset variable is the empty string, as BuildKit has it. */
  readonly value: Value;
  readonly uses: readonly Use[];
  /** Where BuildKit would stop with an error: `${x:?message}`, a modifier it does not know, an open quote. */
  readonly error: string | undefined;
}
