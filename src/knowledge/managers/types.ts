import type { OptionTable, OptionText } from '../commands/options.ts';

/** What a command of a package manager does. `build` makes the project, `run` runs a script or a tool. */
export type Action =
  | 'update-index'
  | 'install'
  | 'reinstall'
  | 'remove'
  | 'upgrade'
  | 'clean'
  | 'download'
  | 'build'
  | 'run'
  | 'other';

/**
 * Where a package comes from. `builtin` ships with the tool itself, `group` is a named set, `virtual` a local name for
 * a set, `capability` whatever provides something, `removed` is taken away by an install, `unknown` hides in a variable.
 */
export type Source =
  | 'registry'
  | 'file'
  | 'url'
  | 'vcs'
  | 'directory'
  | 'group'
  | 'virtual'
  | 'builtin'
  | 'capability'
  | 'removed'
  | 'unknown';

/** Options of all package managers under one name each. */
export type Flag =
  | 'assumeYes'
  | 'noRecommends'
  | 'noCache'
  | 'noDocs'
  | 'noDeps'
  /** Fails where the lock file would have to change. */
  | 'frozen'
  /** Hashes or signatures of every package are demanded. */
  | 'verified'
  | 'unverified'
  | 'global'
  | 'user'
  | 'production'
  | 'quiet'
  | 'force'
  | 'dryRun'
  | 'downloadOnly'
  | 'offline'
  /** Brings the index up to date before it installs. */
  | 'refresh'
  | 'upgrade'
  | 'autoRemove'
  | 'purge'
  | 'all'
  | 'modCache'
  | 'buildCache'
  | 'installRoot'
  | 'prefix'
  | 'target'
  | 'virtual'
  | 'targetRelease'
  | 'repository'
  | 'environment'
  | 'cacheDir'
  /** The directory that the manager works in. */
  | 'directory'
  /** The file that is read instead of the default manifest. */
  | 'manifest'
  | 'requirementsFile'
  /** The value is a file. */
  | 'constraint'
  /** The value is a package. */
  | 'editable'
  | 'package'
  /** The one version of every package named. */
  | 'version'
  /** The packages come from this repository, path, or revision of it. */
  | 'git'
  | 'path'
  | 'revision'
  /** Leaves the project's own code alone: no scripts, no build of the root package. */
  | 'noProject'
  /** The packages named are groups, modules or patterns. */
  | 'group'
  | 'exact'
  /** The value is source code with calls in it. */
  | 'code';

/** How a word that names a package falls into name, version and source. */
export interface PackageSyntax {
  /** The first pattern that matches the word says where it comes from; none: the registry. */
  readonly sources: readonly (readonly [RegExp, Source])[];
  /** Taken out before the word is read: `channel::`, `@repository`. */
  readonly strip?: RegExp;
  /** Between name and version, looked for from the second letter on (`@scope/x`); the leftmost, then the longest, wins. */
  readonly operators: readonly string[];
  /** A version without an operator: its first group, at the end of the word (`curl-8.6.0-1.fc40`). */
  readonly tail?: RegExp;
  /** Taken off the name: extras, architecture. */
  readonly suffix?: RegExp;
  /** For each operator the version texts that only one version matches; `''` is for a bare version and for `tail`. */
  readonly exact: Readonly<Record<string, RegExp>>;
  /** Version texts that may as well be part of a name. */
  readonly unsure?: RegExp;
  /** Version texts that ask for the package to go: `x@none`. */
  readonly removes?: RegExp;
  /** A version text that is a package word of its own: `name@npm:other@1`. */
  readonly alias?: RegExp;
  /** The revision in a version control address: its first group. */
  readonly ref?: RegExp;
  /** The word after the package may be its version: `composer require a/b 1.2`. */
  readonly versionWord?: RegExp;
  /** A word before the first package that is none: `mix archive.install hex phx_new`, `cpan install DBI`. */
  readonly leading?: RegExp;
}

/** What is left in the image by some actions. `~` is the home of whoever runs the command. */
export interface Cache {
  readonly path: string;
  readonly after: readonly Action[];
  /** Variables that move it, the strongest first, with what follows their value. */
  readonly moved?: Readonly<Record<string, string>>;
  /** A hook of the official images that empties it after each run; so it is not counted as left. */
  readonly hook?: string;
}

export interface Verb {
  readonly action: Action;
  /** The action when no package is named: `pacman -Sy`. */
  readonly alone?: Action;
  /**
   * What the words after the verb are; `first` is one package and then arguments for it, `rest` one
   * word and then packages. Default `packages`.
   */
  readonly words?: 'packages' | 'manifests' | 'ignored' | 'first' | 'rest';
  /** Flags that the verb itself sets: `composer global require`. */
  readonly flags?: readonly Flag[];
  /** Options of this verb, before those of the manager. */
  readonly options?: Readonly<Partial<Record<Flag | 'other', OptionText>>>;
  readonly table?: Omit<OptionTable, 'options'>;
  /** Manifest and lock files read when no package but directories is named. `*` stands for a name that only the directory knows. */
  readonly manifests?: readonly string[];
  /** Files that are read from a directory named as a package: `pip install .`. */
  readonly directoryManifests?: readonly string[];
  /** Runs or needs the project's own code: `always`, or when no package but directories is named. */
  readonly runsProject?: 'always' | 'alone';
  readonly syntax?: PackageSyntax;
  /** Paths that it empties, and those that it empties with a flag. */
  readonly cleans?: readonly string[];
  readonly cleansWith?: Readonly<Partial<Record<Flag, readonly string[]>>>;
  /** Leaves no cache although its action would. */
  readonly noCaches?: boolean;
}

/** Adding a package manager is adding one of these. */
export interface PackageManager {
  readonly id: string;
  readonly family: string;
  /** Names of the program, each with the verb that it stands for (`npx` is `exec`), or ''. */
  readonly programs: Readonly<Record<string, string>>;
  /** `pip3`, `pip3.12`, `gem2.7` are names too. */
  readonly versioned?: boolean;
  /**
   * Where the verb stands: `first` word; any word that is a `goal` (`mvn clean package`), the earliest of `verbs` wins;
   * or in the options, as the `mode` of pacman, the earliest of `verbs` whose options are all there.
   */
  readonly verbIs?: 'first' | 'goal' | 'mode';
  /** Spellings separated by `|`, words by a blank, `*` for any word. A plain action is a verb whose words say nothing. */
  readonly verbs: Readonly<Record<string, Verb | Action>>;
  /** Words before the verb that are no verb: `cargo +nightly build`. */
  readonly skip?: RegExp;
  /** The verb when there is none (`yarn`), unless an option asks for something else (`yarn --version`). */
  readonly bare?: { readonly verb: string; readonly unless: RegExp };
  /** What any other verb is; `none`: nothing about packages. Default `other`. */
  readonly fallback?: Verb | Action | 'none';
  /** Functions that install, in code given to the option of the flag `code`. */
  readonly calls?: Readonly<Record<string, Verb>>;
  readonly options: Readonly<Partial<Record<Flag | 'other', OptionText>>>;
  readonly table?: Omit<OptionTable, 'options'>;
  /** Values of an option that amount to a flag: `-o APT::Install-Recommends=0`. */
  readonly settings?: readonly { readonly option: string; readonly value: RegExp; readonly flag: Flag }[];
  /** An option given so often amounts to another: `apt-get -qq`. */
  readonly repeated?: readonly { readonly option: string; readonly times: number; readonly flag: Flag }[];
  /** Variables whose value amounts to a flag. */
  readonly variables?: Readonly<Record<string, readonly [value: RegExp, flag: Flag]>>;
  readonly syntax: PackageSyntax;
  readonly caches: readonly Cache[];
}

/** A program that runs another: `python -m pip`, `conda run -n env pip`. */
export interface Carrier {
  readonly programs: readonly string[];
  readonly versioned?: boolean;
  /** The word before the program; none: the program comes first. */
  readonly verb?: string;
  readonly table: OptionTable;
  /** The option that names the program. */
  readonly option?: string;
}
