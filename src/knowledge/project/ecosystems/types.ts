/** A file that an install reads beside its manifests, if it is there. */
export interface Input {
  /** A path below the folder of the manifest; `*` matches within a name, `**` any folders. */
  readonly pattern: string;
  /**
   * `copy`: copied along with the manifest, it is enough. `stop`: the install then needs more than can be copied ahead, for
   * the reason in `why`.
   */
  readonly need: 'copy' | 'stop';
  /** What the install does with it, as a clause: `it says where packages come from`. */
  readonly why: string;
  /** Whether its values may name other files that the install then reads. */
  readonly names?: true;
}

/** What a file says, where its name alone does not tell. */
export interface Says {
  /** A path below the folder of the manifest; `*` matches within a name. */
  readonly file: string;
  readonly text: RegExp;
  readonly why: string;
}

/** How projects of one kind are laid out, installed and built. */
export interface Ecosystem {
  readonly id: string;
  /** The package managers of `packageManagers` that install for it, by id. */
  readonly managers: readonly string[];
  /** Calls that install for it by a program that is none of those: its name and the words that follow. */
  readonly commands?: readonly string[];
  /** What names the dependencies; a `*` matches within a name. */
  readonly manifests: readonly string[];
  /** What fixes their versions. */
  readonly locks: readonly string[];
  readonly inputs: readonly Input[];
  /** Where a file that has this text is there, the install needs more than can be copied ahead. */
  readonly stops?: readonly Says[];
  /** Where a file that has this text is there, the install reads the manifests in the folders below as well. */
  readonly members?: readonly Says[];
  /** What only its builds make, and no image should take from the context. */
  readonly outputs: readonly string[];
  /** Where its code is: what most commits change. The first is the most usual. */
  readonly sources: readonly string[];
  /** The install that takes exactly what the lock file says. */
  readonly frozen: string;
  /**
   * The call that gets the dependencies where nothing but manifests, lock files and inputs is there; left out where that is
   * the install itself. `none`: there is no such call.
   */
  readonly ahead?: string;
  /** Verbs of its managers that read the project's own code to know what to install. */
  readonly readsCode?: readonly string[];
  /** Whether a build gets the dependencies that no install has got. */
  readonly buildsInstall?: boolean;
  /** Where the facts come from. */
  readonly url: string;
}

export const copy = (pattern: string, why: string): Input => ({ pattern, need: 'copy', why });
export const stop = (pattern: string, why: string): Input => ({ pattern, need: 'stop', why });
/** A file of settings: what it names is read as well. */
export const settings = (pattern: string, why: string): Input => ({ pattern, need: 'copy', why, names: true });

/** Reasons that several ecosystems share. */
export const origin = 'it says where packages come from';
export const version = 'it says which version of the language is meant';
