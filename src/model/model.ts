import type { File, Flag, From, Heredoc, HeredocBody, Instruction, Mount, Word } from '../../grammar/index.ts';
import type { Account } from '../knowledge/images/accounts.ts';
import type { Sh } from '../knowledge/images/sh.ts';
import type { ChangeKind } from '../knowledge/project/volatility.ts';
import type { Command, Dialect } from '../shell/command.ts';
import type { PackageOperation } from '../shell/packages.ts';
import type { Script } from '../shell/script.ts';
import type { Span } from '../text/span.ts';
import type { Context, ContextFile, Copied } from './context/context.ts';
import type { Effect, Effects, LinkedEffects } from './files/effect.ts';
import type { Install } from './installs/install.ts';
import type { Expansion, Value } from './stages/expand.ts';
import type { ImageReference } from './stages/reference.ts';

export type { Account } from '../knowledge/images/accounts.ts';

/** What a file means, given how it is built. Immutable; every fact is computed when first asked for, and once. */
export interface Model {
  readonly file: File;
  readonly options: BuildOptions;
  /** The ARGs before the first FROM. */
  readonly globals: readonly Step[];
  readonly stages: readonly Stage[];
  /** The stage that is built: the one asked for, else the last. Undefined without stages, or where the one asked for is not there. */
  readonly target: Stage | undefined;
  /** The step of an instruction of this file; ONBUILD's inner instruction has none. */
  step(instruction: Instruction): Step | undefined;
  /** The build context, where it is shown to be that of this file: some of what is copied is in it. */
  readonly context: Context | undefined;
  /** What of a source in the context no image has a use for; nothing without a context. */
  readonly junk: (take: Take, stage: Stage) => readonly Junk[];
  /** The stage that a `--from` or a mount's `from` names here, seen from `stage`: by name in any letter case, or by index. */
  stageNamed(reference: string, stage: Stage): Stage | undefined;
}

export interface BuildOptions {
  readonly buildArgs: ReadonlyMap<string, string>;
  /** A stage name or index. */
  readonly target: string | undefined;
  readonly context: Context | undefined;
  /** Whether the instructions of a file without FROM are those of a stage on an unknown image; else it has no stage. */
  readonly fragment: boolean;
  /** The value that a base image is known to give a variable, where the caller wants it taken as such. */
  readonly given?: (image: ImageReference, name: string) => string | undefined;
}

/** What a stage stands on. */
export type Base =
  | { readonly kind: 'scratch' }
  | { readonly kind: 'stage'; readonly stage: Stage }
  | { readonly kind: 'image'; readonly reference: ImageReference }
  /** The name depends on an argument without a value, or is no reference. */
  | { readonly kind: 'unknown'; readonly text: string };

export interface Stage {
  readonly index: number;
  readonly from: From;
  /** As written; BuildKit compares names in lower case. */
  readonly name: string | undefined;
  readonly base: Base;
  /** The image word after expansion with global ARGs. */
  readonly image: Expansion;
  /** `--platform` after expansion. */
  readonly platform: Expansion | undefined;
  /** What its COPY, ADD and bind mounts take from. */
  readonly context: Context | undefined;
  /** `linux` unless the base or the platform says Windows. */
  readonly os: 'linux' | 'windows';
  /** The instructions after FROM, in order. */
  readonly steps: readonly Step[];
  /** This stage and those it stands on, outermost base first. */
  readonly lineage: readonly Stage[];
  /** The image that the outermost of them is built on; undefined for scratch, and where its name is not known. */
  readonly rootImage: ImageReference | undefined;
  /** The steps of the stages it stands on, then its own; `triggers` are not among them. */
  readonly allSteps: readonly Step[];
  /** What ONBUILD of the stage it stands on makes it do first. */
  readonly triggers: readonly Step[];
  /** Whether the build of the target needs this stage at all, or may need it: `FROM build-$TARGETARCH`. */
  readonly reachable: boolean;
  /** Whether its layers are in the image that is built: the target and the stages it stands on. */
  readonly shipped: boolean;
  /** What it takes from other stages: FROM, COPY --from, RUN --mount=from, in the order of the file. */
  readonly needs: readonly StageEdge[];
  /** What holds after its last instruction. */
  readonly end: State;
  /** What it and those it stands on waste, in the order of the later end. Only where both ends are certain. */
  readonly waste: readonly Waste[];
  /** Whether what it makes changes with the code of the project: it, or a stage that it takes from, takes some of it. */
  readonly takesCode: boolean;
  /** The package managers that its steps call, those of the stages it stands on among them. */
  readonly managers: ReadonlySet<string>;
  /** Which program reads what is written for sh, by the base image or the package manager in use; undefined if neither says. */
  readonly sh: Sh | undefined;
  /** The steps of its own that make /bin/sh another program, by their index, with its name; `?` where that is not known. */
  readonly shMade: readonly { readonly index: number; readonly made: string }[];
}

export interface StageEdge {
  readonly via: 'from' | 'copy' | 'mount';
  readonly stage: Stage;
  readonly step: Step | undefined;
  /** What a rule points at: the word that names the stage. */
  readonly at: Word;
  /** The name itself: in a mount, the value of its `from`. */
  readonly span: Span;
}

/** An instruction in its stage, with what holds before it. */
export interface Step {
  readonly instruction: Instruction;
  /** Undefined for a global ARG. */
  readonly stage: Stage | undefined;
  /** Its place in the stage, from 0. */
  readonly index: number;
  readonly before: State;
  readonly after: State;
  /**
   * The builder's expansion of a word of this instruction, in the state before it (ARG: with its own earlier names; FROM: with
   * the global ARGs), or of the body of a here-document that COPY or ADD expands.
   */
  expand(word: Word | HeredocBody): Expansion;
  /** What RUN, CMD, ENTRYPOINT and HEALTHCHECK hand to a shell or to the kernel; undefined for all others. */
  readonly script: Script | undefined;
  /** The package operations among the script's commands. */
  readonly operations: readonly PackageOperation[];
  /** Those of one of the commands. */
  operationsOf(command: Command): readonly PackageOperation[];
  /** Of an ONBUILD, what it holds, as if it stood at the end of the stage: there a build on this image begins. */
  readonly trigger: Step | undefined;
  /** The steps before it in its stage, with those of the stages below before them. */
  readonly earlier: readonly Step[];
  /** What COPY, ADD and the mounts of RUN take from the context, other stages, images and the network, and where it lands. */
  readonly takes: readonly Take[];
  /** The mounts of RUN. */
  readonly mounts: readonly Mounted[];
  /** Whether a line that is no instruction follows: without its backslash the end of this one may stand there. */
  readonly isCutOff: boolean;
  /** What it does to the files of its image, what is in mounts left out; nothing for what makes no layer. */
  readonly effects: Effects;
  /** The same by every name that links give the files. */
  readonly linked: LinkedEffects;
  /** What of the project makes it run again by what it takes: the kind that commits change most; undefined for none. */
  readonly changes: ChangeKind | undefined;
  /** What a RUN installs from manifests, in the order of its commands. */
  readonly installs: readonly Install[];
  /** Who runs it, with what the image or the file says of the account; undefined where neither says who it is. */
  readonly account: Account | undefined;
  /** Whether root runs it; undefined where that is not known. */
  readonly isRoot: boolean | undefined;
  /** The home in which its programs keep files; undefined where it is not known. */
  readonly home: string | undefined;
}

/** Where a source comes from. A name of `--from` that is no stage is an image or a named context. */
export type Origin =
  | { readonly kind: 'context' }
  | { readonly kind: 'stage'; readonly stage: Stage }
  | { readonly kind: 'image'; readonly name: string }
  | { readonly kind: 'network' }
  | { readonly kind: 'text'; readonly heredoc: Heredoc };

/** One source that an instruction takes, and where it lands. */
export interface Take {
  readonly via: 'copy' | 'mount';
  readonly origin: Origin;
  /** The words that name it: a source of COPY or ADD; the source of a mount, or the whole flag. */
  readonly at: Span;
  /** After expansion; what only the build knows stands as it is written. */
  readonly source: string;
  /** Whether all of `source` is known. */
  readonly certain: boolean;
  /** Patterns of `--exclude`. */
  readonly exclude: readonly string[];
  readonly parents: boolean;
  /** Absolute and clean; undefined where only the build knows. Below a folder that only the base image knows, see `isKnownPlace`. */
  readonly target: string | undefined;
  /** Whether the target is a folder in which a file keeps its name. */
  readonly into: boolean;
  /** What it takes of the build context; undefined where it takes nothing of it, or what it takes is not known. */
  readonly copied: Copied | undefined;
  /** The same files by their paths in the image. */
  readonly landed: ReadonlyMap<string, ContextFile>;
}

/** A mount of RUN. */
export interface Mounted {
  readonly flag: Flag;
  readonly mount: Mount;
  readonly type: Mount['type'];
  /** The target as it is written; undefined where there is none. */
  readonly written: string | undefined;
  /** Absolute and clean; the working directory where none is written. Undefined where only the build knows, and for secrets and ssh. */
  readonly target: string | undefined;
  /** The value of the target; the whole flag where there is none. */
  readonly at: Span;
}

/** `settings` are those of one machine, no secrets among them. */
export type JunkKind = 'secret' | 'settings' | 'history' | 'output' | 'clutter' | 'build file';

/** Files of the context that no image has a use for, those of one name together. */
export interface Junk {
  readonly kind: JunkKind;
  /** `node_modules`, `.git`, the path of a secret. */
  readonly name: string;
  /** What lets a secret in: `a private key`, `DB_PASSWORD`. */
  readonly what: string | undefined;
  /** The folders or files themselves. */
  readonly roots: readonly string[];
  readonly files: number;
  readonly bytes: number;
}

/** Bytes that ship twice, or ship hidden, because two layers touch one file. */
export interface Waste {
  /** `cache`: what a package manager keeps for itself; `package`: `path` is its name. */
  readonly what: 'file' | 'cache' | 'package';
  /**
   * `removed`: hidden by the later layer, in the image all the same. `changed`: stored whole once more for another owner, mode
   * or line. `rewritten`: replaced by another file.
   */
  readonly kind: 'removed' | 'changed' | 'rewritten';
  /** What is touched twice; of a folder that is removed or changed, what of it an earlier layer brought. */
  readonly path: string;
  readonly written: { readonly step: Step; readonly effect: Effect };
  readonly again: { readonly step: Step; readonly effect: Effect };
  /** Undefined where no one can know without a build. */
  readonly bytes: number | undefined;
}

/** What holds at a place in a stage. */
export interface State {
  /** Of an image, unknown with no text; of scratch, `0`. */
  readonly user: Value;
  /** Joined to those before it. Of an image, unknown with no text; of scratch, `/`. */
  readonly workdir: Value;
  readonly shell: ShellState;
  /** A variable as the builder's expansion sees it here: ARG and ENV, inherited ones too; and PATH, which every base has. */
  variable(name: string): Binding | undefined;
  /** All variables in scope, those of the base image left out. */
  readonly variables: ReadonlyMap<string, Binding>;
  readonly labels: ReadonlyMap<string, Value>;
  readonly exposed: readonly Value[];
  readonly volumes: readonly Value[];
  /** The instruction that holds; one inherited from a parent stage too, until an ENTRYPOINT. Undefined: none in this file. */
  readonly cmd: Instruction | undefined;
  readonly entrypoint: Instruction | undefined;
  readonly healthcheck: Instruction | undefined;
  readonly stopsignal: Instruction | undefined;
}

/**
 * A variable that has been declared. `value` is what the builder computes from the file and the build arguments that were
 * given: an ARG with a default has it, an ARG without one is unset. As it is there to be given one, a word that has `$name`
 * in it is unknown all the same.
 */
export interface Binding {
  readonly name: string;
  readonly value: Value;
  readonly kind: 'arg' | 'env' | 'predefined' | 'base';
  /** The ARG or ENV that gives it its value; undefined for what the builder or the base image predefines. */
  readonly definition: Instruction | undefined;
}

export interface ShellState {
  /** The words that the command is appended to. */
  readonly argv: readonly string[];
  readonly dialect: Dialect;
  readonly pipefail: boolean;
  readonly errexit: boolean;
  /** Whether SHELL set it, here or in a parent stage. */
  readonly explicit: boolean;
}
