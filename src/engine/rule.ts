import type * as ast from '../../grammar/index.ts';
import type { Model, Stage, Step } from '../model/model.ts';
import type { Command } from '../shell/command.ts';
import type { PackageOperation } from '../shell/packages.ts';
import type { Edit, Span } from '../text/span.ts';
import type { Fix, Safety, Severity } from './diagnostic.ts';

export type { ExecForm, Instruction, ShellForm, Word } from '../../grammar/index.ts';
export { clean as cleanPath } from '../model/gopath.ts';
export type { Model, Stage, State, Step } from '../model/model.ts';
export { isAbsolute } from '../model/paths.ts';
export type { Command, ShellWord } from '../shell/command.ts';
export type { PackageOperation } from '../shell/packages.ts';
export type { Edit, Span } from '../text/span.ts';
export { dockerfile } from './example.ts';

/** All that a rule file says. `message`, `why` and `instead` are plain prose, read in terminals, editors and web pages alike. */
export interface Rule {
  /** What is flagged, so that "ignore add-local-file" reads as a sentence. */
  readonly id: string;
  /** Names of the same check elsewhere: hadolint's DL codes, BuildKit's rule names. Valid wherever an id is. */
  readonly aliases: readonly string[];
  readonly severity: Severity;
  /** The smallest preset that has it. */
  readonly preset: 'recommended' | 'strict' | 'all';
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
  readonly visit: Visitor;
}

/** What a rule found. */
export interface Finding {
  /** The words to underline. */
  readonly at: Span | { readonly span: Span };
  /** Other words without which the finding is not understood: the layer that a removal comes too late for. */
  readonly related?: Span | { readonly span: Span };
  readonly message?: string;
  readonly instead?: string;
  readonly fix?: { readonly title: string; readonly edits: readonly Edit[]; readonly safety?: Safety };
}

export type Found = Finding | readonly Finding[] | undefined;

/** Where an instruction stands; a global ARG has no stage. */
export interface Place {
  readonly model: Model;
  readonly step: Step;
  readonly stage: Stage | undefined;
}

type Syntax = {
  readonly [K in ast.Instruction['kind']]?: (node: Extract<ast.Instruction, { kind: K }>, place: Place) => Found;
};

/** Three storeys: text, syntax, meaning. A storey that no rule asks for is never computed. */
export interface Visitor extends Syntax {
  readonly Comment?: (comment: ast.Comment, model: Model) => Found;
  readonly File?: (model: Model) => Found;
  readonly Stage?: (stage: Stage, model: Model) => Found;
  /** Every simple command of every RUN, CMD, ENTRYPOINT and HEALTHCHECK. */
  readonly Command?: (command: Command, place: Place) => Found;
  /** Every call of a package manager among the commands. */
  readonly Operation?: (operation: PackageOperation, place: Place) => Found;
}

export const rule = (definition: Rule): Rule => definition;

export const spanOf = (at: Finding['at']): Span => ('span' in at ? at.span : at);

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
