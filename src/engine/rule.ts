import type * as ast from '../../grammar/index.ts';
import type { Model, Stage, Step } from '../model/model.ts';
import type { Command } from '../shell/command.ts';
import type { PackageOperation } from '../shell/packages.ts';
import type { Script } from '../shell/script.ts';
import { position } from '../text/lines.ts';
import type { Edit, Span } from '../text/span.ts';
import type { Checks } from './check-comments.ts';
import type { Fix, Safety, Severity } from './diagnostic.ts';

export * from './kit.ts';

/** A setting of a rule. `schema` is JSON Schema (draft 2020-12); config files are checked against it. */
export interface RuleOption<T = unknown> {
  readonly describe: string;
  readonly schema: Readonly<Record<string, unknown>>;
  readonly default: T;
}

/** The values that a visitor gets: those set in the config, defaults for the rest. */
export type OptionValues<O> = { readonly [K in keyof O]: O[K] extends RuleOption<infer T> ? T : never };

/** One respect in which a rule differs on purpose from the tool that shares its code. */
export interface Deviation {
  readonly why: string;
  /** The one tool that reports the code in `text`; present if and only if `text` is. */
  readonly only?: 'dflint' | 'hadolint' | 'BuildKit';
  /** A Dockerfile that shows the difference; printed in docs/compatibility.md and tested. */
  readonly text?: string;
}

/**
 * Everything about one rule; made by `rule`. `message`, `why` and `instead` are plain prose, shown in terminals, editors and
 * web pages alike.
 */
export interface Rule {
  /** Names what is flagged, so that "ignore add-local-file" reads as a sentence. */
  readonly id: string;
  /**
   * Names of the same check in other tools: hadolint's DL codes, ShellCheck's SC codes, BuildKit's check names. Accepted
   * wherever an id is.
   */
  readonly aliases: readonly string[];
  /** Default severity; a config may change it. */
  readonly severity: Severity;
  /** Smallest preset that includes the rule. `asked`: in no preset; enable it by name. */
  readonly preset: 'recommended' | 'strict' | 'all' | 'asked';
  /** Whether it is in every preset, hadolint and buildkit included; false if left out. */
  readonly always?: boolean;
  /** Safety of the rule's fixes, if it offers any; a single fix may override it. */
  readonly fix?: Safety;
  /** What is wrong, in one sentence; a finding may be more specific. */
  readonly message: string;
  /** Why it matters. Reports show the first sentence, the documentation all of it. */
  readonly why: string;
  /** What to do, as an imperative. */
  readonly instead: string;
  /** Whether findings carry only their message, and `why` and `instead` are for the documentation; false if left out. */
  readonly messageOnly?: boolean;
  /** Where the fact is documented. */
  readonly url: string;
  /** Marked Dockerfiles (see example.ts) by caption: documentation and tests. */
  readonly examples: Readonly<Record<string, string>>;
  /** Why the rule, or part of it, is not in preset recommended; by alias. */
  readonly notRecommended?: Readonly<Record<string, string>>;
  /** How the rule differs from the tool that an alias comes from; by alias. */
  readonly differs?: Readonly<Record<string, readonly Deviation[]>>;
  /**
   * Set if comments do not silence the rule in the usual way: above or inside the instruction that `at` is in, or for its
   * stage or file.
   * `never`: no comment silences it.
   * `top`: BuildKit runs this check outside of instructions, so `# check=skip=` silences it only at the top of the file.
   * `related`: BuildKit's comments count at `related` instead of `at`, hadolint's at both.
   */
  readonly silencing?: 'never' | 'top' | 'related';
  readonly options?: Readonly<Record<string, RuleOption>>;
  /** Handlers by what they look at. A function is called with the option values, once per lint. */
  readonly visit: Visitor | ((options: Readonly<Record<string, unknown>>) => Visitor);
}

/** What a handler reports. `message`, `why` and `instead` are the rule's if left out. */
export interface Finding {
  /** The words to underline. */
  readonly at: Span | { readonly span: Span };
  /** Other words that explain the finding, such as the layer whose file is removed too late. */
  readonly related?: Span | { readonly span: Span };
  /**
   * The aliases that apply to this finding, all of the rule's if left out. A severity or a comment for an alias affects only
   * findings that it applies to.
   */
  readonly aliases?: readonly string[];
  /** Smallest preset that includes this finding, if larger than the rule's. */
  readonly preset?: Rule['preset'];
  /** Severity in our own presets, if it differs from the rule's; what a config sets for the rule wins. */
  readonly severity?: Severity;
  readonly message?: string;
  readonly why?: string;
  readonly instead?: string;
  readonly fix?: Proposal;
}

/** A fix as a rule proposes it. It is applied only after the engine has proven it (see fix.ts). */
export interface Proposal {
  /** What the fix does, as an imperative: "Write COPY". */
  readonly title: string;
  /** Replacements in the text; they do not overlap. */
  readonly edits: readonly Edit[];
  /** Safety of this fix, if it differs from the rule's. */
  readonly safety?: Safety;
  /** State of later instructions that the fix may change; any other change rejects the fix. */
  readonly reaches?: Fix['reaches'];
}

/** What a handler returns: one finding, several, or nothing. */
export type Found = Finding | readonly Finding[] | undefined;

/** Where an instruction stands. */
export interface Place {
  readonly model: Model;
  readonly step: Step;
  /** Undefined for an ARG before the first FROM. */
  readonly stage: Stage | undefined;
  /** Whether the instruction is the inner one of an ONBUILD; `step` is then a step of its own, placed at the end of the stage. */
  readonly onbuild: boolean;
}

/** A name in a comment that silenced nothing. */
export interface UnusedName {
  /** In lower case; in BuildKit's comments as written. `all` stands for every rule. */
  readonly name: string;
  readonly span: Span;
  /** The tool whose syntax the comment has. */
  readonly dialect: 'dflint' | 'hadolint' | 'shellcheck' | 'buildkit';
}

/** The names that comments may use. */
export interface KnownNames {
  /** Ids and aliases of all rules, in lower case. */
  readonly all: ReadonlySet<string>;
  /** Ids and aliases of the enabled rules, in lower case. */
  readonly on: ReadonlySet<string>;
  /** Those of BuildKit's checks that dflint has, as BuildKit writes them. */
  readonly checks: ReadonlySet<string>;
}

/** A handler for each kind of instruction. */
export type Syntax = {
  readonly [K in ast.Instruction['kind']]?: (node: Extract<ast.Instruction, { kind: K }>, place: Place) => Found;
};

/**
 * What a rule looks at: handlers by kind. A key such as `Copy` or `Run` gets every instruction of that kind, those inside ONBUILD
 * too. What no enabled rule has a handler for is not computed.
 */
export interface Visitor extends Syntax {
  /** The file, once; `model.file` is the tree with its syntax errors. */
  readonly File?: (model: Model) => Found;
  /** What the `# check=` comments say and what BuildKit refuses in them, once. */
  readonly Checks?: (checks: Checks, model: Model) => Found;
  /** Every comment between instructions. */
  readonly Comment?: (comment: ast.Comment, model: Model) => Found;
  /** Every stage, before its instructions. */
  readonly Stage?: (stage: Stage, model: Model) => Found;
  /** Every script of RUN, CMD, ENTRYPOINT and HEALTHCHECK. */
  readonly Script?: (script: Script, place: Place) => Found;
  /** Every simple command in those scripts. */
  readonly Command?: (command: Command, place: Place) => Found;
  /** Every package manager call among those commands. */
  readonly Operation?: (operation: PackageOperation, place: Place) => Found;
  /** Every name in a comment that silenced nothing, after all else; comments do not silence what is found here. */
  readonly UnusedName?: (unused: UnusedName, known: KnownNames) => Found;
}

/** Types a rule, so that its visitor gets the values of its own options, and puts `why` on one line. */
export const rule = <O extends Readonly<Record<string, RuleOption>> = Record<never, RuleOption>>(
  definition: Omit<Rule, 'options' | 'visit'> & {
    readonly options?: O;
    readonly visit: Visitor | ((options: OptionValues<O>) => Visitor);
  },
): Rule => ({ ...(definition as Rule), why: definition.why.trim().replace(/\s*\n\s*/g, ' ') });

/** Types an option by its default, `initial`. */
export const option = <T>(describe: string, schema: RuleOption['schema'], initial: T): RuleOption<T> => ({
  describe,
  schema,
  default: initial,
});

export const spanOf = (at: Finding['at']): Span => ('span' in at ? at.span : at);

/** The 1-based line on which something begins. */
export const lineOf = ({ file }: Model, at: Finding['at']): number => position(file.lines, spanOf(at).start).line;

/** The fix that replaces a node with `text`. */
export const replace = (at: Finding['at'], text: string, title: string): NonNullable<Finding['fix']> => ({
  title,
  edits: [{ span: spanOf(at), text }],
});

/** `text` in lower case if `like` is all lower case, else in upper case. */
export const inCaseOf = (like: string, text: string): string =>
  like === like.toLowerCase() ? text.toLowerCase() : text.toUpperCase();
