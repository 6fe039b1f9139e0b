import type { Command } from '../../shell/command.ts';
import { clean, fixedPart, hasWildcard, isBelow } from '../../text/path.ts';
import type { Span } from '../../text/span.ts';

/**
 * What is done to a path. `change` gives files that are there another owner, mode or content in place, for which a builder
 * stores them whole once more; `read` only looks.
 */
export type EffectKind = 'write' | 'remove' | 'change' | 'read';

/** By what means a file comes, goes or changes. `packages` is what a package manager does to the system, `cache` what it keeps for itself, `enter` what `cd` does: the folder has to be there. */
export type Means =
  | 'copy'
  | 'download'
  | 'extract'
  | 'clone'
  | 'redirect'
  | 'file'
  | 'folder'
  | 'link'
  | 'move'
  | 'install'
  | 'packages'
  | 'cache'
  | 'remove'
  | 'owner'
  | 'mode'
  | 'edit'
  | 'enter'
  | 'read';

/** One thing that a step does to files of its image. */
export interface Effect {
  readonly kind: EffectKind;
  /** Absolute and clean. `~` is the home of an unknown user; parts may have `*`, `?` and `[…]`, which stand for names unknown here. */
  readonly path: string;
  /** Whether it is done to all that lies below as well. */
  readonly deep: boolean;
  readonly means: Means;
  /** The words that do it: a command, or a source of COPY or ADD. */
  readonly at: Span;
  /** Undefined for COPY, ADD and WORKDIR. */
  readonly command: Command | undefined;
  /** Whether it is done in every build: not in a branch, a loop, or after `||`. */
  readonly sure: boolean;
  /** Bytes that come, where the files or texts are at hand. */
  readonly bytes: number | undefined;
  /** Where a link leads; undefined for all else, and where only the build knows. */
  readonly target: string | undefined;
}

export interface Effects {
  /** In the order in which they are done. */
  readonly all: readonly Effect[];
  /** Whether these are all: no command that is not known, no path that only the build knows. */
  readonly complete: boolean;
  /** The commands and words of which it is not known. */
  readonly unknown: readonly Span[];
  /** Of a RUN, the folder in which each command runs; undefined where only the build knows. */
  readonly folders: ReadonlyMap<Command, string | undefined>;
}

/** What a step does to files, by every name that links give them. */
export interface LinkedEffects {
  readonly all: readonly Effect[];
  /** A link that leads no one knows where, and that what it does goes through. */
  readonly open: string | undefined;
}

/** What is gathered of a step. */
export interface Found {
  readonly effects: Effect[];
  readonly unknowns: Span[];
  readonly folders: Map<Command, string | undefined>;
}

export const effect = (
  kind: EffectKind,
  path: string,
  means: Means,
  at: Span,
  more: Partial<Pick<Effect, 'deep' | 'command' | 'sure' | 'bytes' | 'target'>> = {},
): Effect => ({
  kind,
  path,
  means,
  at,
  deep: false,
  command: undefined,
  sure: true,
  bytes: undefined,
  target: undefined,
  ...more,
});

/** Whether what one effect does may have to do with what the other does: the same path, or one below what the other reaches. */
export function mayTouch(one: Effect, other: Effect): boolean {
  const [a, b] = [fixedPart(one.path), fixedPart(other.path)];
  return a === b || (reachesBelow(one) && isBelow(b, a)) || (reachesBelow(other) && isBelow(a, b));
}

/** A folder that is made or a link that is set matters to all that comes below it. */
const reachesBelow = ({ deep, means, path }: Effect): boolean =>
  deep || means === 'folder' || means === 'link' || hasWildcard(path);

/** A path as it is from the root; undefined where it is not known. */
export function placed(path: string, folder: string | undefined, home: string): string | undefined {
  if (/[$`]/.test(path) || path === '') return undefined;
  if (path === '~' || path.startsWith('~/')) return clean(`${home}${path.slice(1)}`);
  if (path.startsWith('/')) return clean(path);
  return folder === undefined ? undefined : clean(`${folder}/${path}`);
}
