import type { File, From, HeredocBody, Instruction, Word } from '../../grammar/index.ts';
import type { Dialect } from '../shell/command.ts';
import type { PackageOperation } from '../shell/packages.ts';
import type { Script } from '../shell/script.ts';
import type { Span } from '../text/span.ts';
import type { Context } from './context/context.ts';
import type { Expansion, Value } from './stages/expand.ts';
import type { ImageReference } from './stages/reference.ts';

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
  /** The stage that a `--from` or a mount's `from` names here, seen from `stage`: by name in any letter case, or by index. */
  stageNamed(reference: string, stage: Stage): Stage | undefined;
}

export interface BuildOptions {
  readonly buildArgs: ReadonlyMap<string, string>;
  /** A stage name or index. */
  readonly target: string | undefined;
  readonly context: Context | undefined;
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
  /** Whether the build of the target needs this stage at all, or may need it: `FROM build-$TARGETARCH`. */
  readonly reachable: boolean;
  /** Whether its layers are in the image that is built: the target and the stages it stands on. */
  readonly shipped: boolean;
  /** What it takes from other stages: FROM, COPY --from, RUN --mount=from, in the order of the file. */
  readonly needs: readonly StageEdge[];
  /** What holds after its last instruction. */
  readonly end: State;
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
  /** Of an ONBUILD, what it holds, as if it stood at the end of the stage: there a build on this image begins. */
  readonly trigger: Step | undefined;
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
