import type * as ast from '../../grammar/index.ts';
import type { Model, Stage, Step } from '../model/model.ts';
import type { Command } from '../shell/command.ts';
import type { PackageOperation } from '../shell/packages.ts';
import type { Script } from '../shell/script.ts';
import { position } from '../text/lines.ts';
import type { Edit, Span } from '../text/span.ts';
import type { Fix, Safety, Severity } from './diagnostic.ts';

export type { ExecForm, Flag as MountFlag, Heredoc, Instruction, ShellForm, Word } from '../../grammar/index.ts';
export { leaves } from '../../grammar/index.ts';
export { kindOfSource } from '../model/cache/changes.ts';
export { type CostClass, costOf } from '../model/cache/cost.ts';
export { type Rerun, reruns } from '../model/cache/reruns.ts';
export type { Context, ContextFile } from '../model/context/context.ts';
export type { Effect, Effects } from '../model/files/effect.ts';
export { mayBeSet, type Setting } from '../model/files/settings.ts';
export { isTransfer } from '../model/files/takes.ts';
export { aheadOf, isSpread, usualFiles } from '../model/installs/ahead.ts';
export type { Install } from '../model/installs/install.ts';
export { callOf, mayComeFromElsewhere } from '../model/installs/installs.ts';
export type { Ahead, Obstacle } from '../model/installs/project.ts';
export { imageLayers, type Layer } from '../model/layers.ts';
export type {
  Account,
  Junk,
  JunkKind,
  Model,
  Mounted,
  Origin,
  Stage,
  State,
  Step,
  Take,
  Waste,
} from '../model/model.ts';
export { imageName, isKnownImage, linked } from '../model/mounts/image-caches.ts';
export { cacheMounts, hasKeptMount, hasMount, type KnownMount, keptOut, knownMounts } from '../model/mounts/mounts.ts';
export { isVendored, needsOf } from '../model/mounts/needed-caches.ts';
export { cachesInLayer, emptiedBy, isEmptiedLater, removalOf, takes } from '../model/mounts/package-caches.ts';
export { type UsedCache, usedCaches } from '../model/mounts/used-caches.ts';
export { changesUser } from '../model/stages/accounts.ts';
export { type Expansion, isPlain, type Use, type Value } from '../model/stages/expand.ts';
export { filled } from '../model/stages/filled.ts';
export { flagOf, flagValues, isOn } from '../model/stages/flags.ts';
export { absoluteIn, folderBefore, folderOrUnknown, isKnownPlace, placeIn } from '../model/stages/folder.ts';
export {
  imagesOf,
  isKnownName,
  isNumber,
  type NamedImage,
  type NamedSource,
  namedSources,
} from '../model/stages/images.ts';
export { isAbsolute, isRemote, isWholeContext } from '../model/stages/paths.ts';
export { platformParts } from '../model/stages/platform.ts';
export { type Port, pieceSpan, portsOf } from '../model/stages/ports.ts';
export { type ImageReference, parseReference } from '../model/stages/reference.ts';
export { readerOf, shOf } from '../model/stages/sh.ts';
export { baseIsRoot, isRoot } from '../model/stages/users.ts';
export { inBraces } from '../shell/braces.ts';
export type { Command, ShellWord } from '../shell/command.ts';
export { readOptions } from '../shell/options.ts';
export { type NamedPackage, type PackageOperation, packageOperation } from '../shell/packages.ts';
export type { Script } from '../shell/script.ts';
export { bytesText } from '../text/bytes.ts';
export { closest } from '../text/closest.ts';
export { fits, fitsAny } from '../text/glob.ts';
export { fileSpan } from '../text/map.ts';
export * from '../text/path.ts';
export { counted, listed, numberText } from '../text/prose.ts';
export type { Edit, Span } from '../text/span.ts';
export { dockerfile } from './example.ts';

/** A setting of a rule. `schema` is JSON Schema (draft 2020-12), by which a config is checked. */
export interface RuleOption<T = unknown> {
  readonly describe: string;
  readonly schema: Readonly<Record<string, unknown>>;
  readonly default: T;
}

/** The values of a rule's options, those that are not set at their defaults. */
export type OptionValues<O> = { readonly [K in keyof O]: O[K] extends RuleOption<infer T> ? T : never };

/** All that a rule file says. `message`, `why` and `instead` are plain prose, read in terminals, editors and web pages alike. */
export interface Rule {
  /** What is flagged, so that "ignore add-local-file" reads as a sentence. */
  readonly id: string;
  /** Names of the same check elsewhere: hadolint's DL codes, ShellCheck's SC codes, BuildKit's rule names. Valid wherever an id is. */
  readonly aliases: readonly string[];
  readonly severity: Severity;
  /** The smallest preset that has it; `asked` is in none, and on only where it is asked for by name. */
  readonly preset: 'recommended' | 'strict' | 'all' | 'asked';
  /** How sure its fix is, where it has one. */
  readonly fix?: Safety;
  /** What is wrong, in one sentence; a finding may say it more exactly. */
  readonly message: string;
  /** Why it matters. The first sentence stands on the screen, the whole is the documentation. */
  readonly why: string;
  /** What to write. */
  readonly instead: string;
  /** Where the fact comes from. */
  readonly url: string;
  /** Marked Dockerfiles (see example.ts), each under a caption: documentation and tests. */
  readonly examples: Readonly<Record<string, string>>;
  readonly options?: Readonly<Record<string, RuleOption>>;
  /** What it looks at; made anew for each file where it takes options. */
  readonly visit: Visitor | ((options: Readonly<Record<string, unknown>>) => Visitor);
}

/** What a rule found. */
export interface Finding {
  /** The words to underline. */
  readonly at: Span | { readonly span: Span };
  /** Other words without which the finding is not understood: the layer that a removal comes too late for. */
  readonly related?: Span | { readonly span: Span };
  /** Those of the rule's aliases that this finding goes by elsewhere; all of them where left out. */
  readonly aliases?: readonly string[];
  /** The smallest preset that has this finding, where that is a larger one than the rule's. */
  readonly preset?: Rule['preset'];
  readonly message?: string;
  readonly why?: string;
  readonly instead?: string;
  readonly fix?: Proposal;
}

/** A fix as a rule makes it; `safety` where it differs from the rule's. */
export interface Proposal {
  readonly title: string;
  readonly edits: readonly Edit[];
  readonly safety?: Safety;
  /** What it means to change for the instructions behind it as well; any other change of theirs refutes it. */
  readonly reaches?: Fix['reaches'];
}

export type Found = Finding | readonly Finding[] | undefined;

/** Where an instruction stands; a global ARG has no stage. */
export interface Place {
  readonly model: Model;
  readonly step: Step;
  readonly stage: Stage | undefined;
  /** Whether the instruction is what an ONBUILD holds; `step` is then the inner one, as if it stood at the stage's end. */
  readonly onbuild: boolean;
}

type Syntax = {
  readonly [K in ast.Instruction['kind']]?: (node: Extract<ast.Instruction, { kind: K }>, place: Place) => Found;
};

/** Three storeys: text, syntax, meaning. A storey that no rule asks for is never computed. */
export interface Visitor extends Syntax {
  readonly Comment?: (comment: ast.Comment, model: Model) => Found;
  readonly File?: (model: Model) => Found;
  readonly Stage?: (stage: Stage, model: Model) => Found;
  /** Every script of RUN, CMD, ENTRYPOINT and HEALTHCHECK. */
  readonly Script?: (script: Script, place: Place) => Found;
  /** Every simple command of every RUN, CMD, ENTRYPOINT and HEALTHCHECK. */
  readonly Command?: (command: Command, place: Place) => Found;
  /** Every call of a package manager among the commands. */
  readonly Operation?: (operation: PackageOperation, place: Place) => Found;
}

/** Types a rule; its visitor gets the values of its own options. */
export const rule = <O extends Readonly<Record<string, RuleOption>> = Record<never, RuleOption>>(
  definition: Omit<Rule, 'options' | 'visit'> & {
    readonly options?: O;
    readonly visit: Visitor | ((options: OptionValues<O>) => Visitor);
  },
): Rule => definition as Rule;

/** Types the default of an option. */
export const option = <T>(describe: string, schema: RuleOption['schema'], initial: T): RuleOption<T> => ({
  describe,
  schema,
  default: initial,
});

export const spanOf = (at: Finding['at']): Span => ('span' in at ? at.span : at);

/** The line, from 1, on which something begins. */
export const lineOf = ({ file }: Model, at: Finding['at']): number => position(file.lines, spanOf(at).start).line;

/** The fix that writes `text` in place of a node. */
export const replace = (at: Finding['at'], text: string, title: string): NonNullable<Finding['fix']> => ({
  title,
  edits: [{ span: spanOf(at), text }],
});

/** `text` in the letter case of `like`: all lower, else upper. */
export const inCaseOf = (like: string, text: string): string =>
  like === like.toLowerCase() ? text.toLowerCase() : text.toUpperCase();

export const fixOf = (finding: Finding, owner: Rule): Fix | undefined =>
  finding.fix && { safety: owner.fix ?? 'suggestion', ...finding.fix };
