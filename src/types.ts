/**
 * Every type that a user of the library can come upon, by name; `test/package/declarations.test.ts` finds what is missing. Where two
 * rooms use one name, the syntax tree and the rules keep it and the other has its room in front.
 */

export type * from '../grammar/ast.ts';
/** Of the tree: the form in which RUN, CMD or ENTRYPOINT is written. `Command` is one command in a script. */
export type { Command as CommandForm, Run, Transfer, WordPart } from '../grammar/ast.ts';
export type { ConfigProblem } from './config/config.ts';
export type { Level, Preset } from './config/presets.ts';
export type { Check, Checks } from './engine/check-comments.ts';
export type {
  Diagnostic,
  Failure,
  FileReport,
  Fix,
  Run as LintRun,
  Safety,
  Severity,
} from './engine/diagnostic.ts';
export type { Fixed } from './engine/fix.ts';
export type { LintResult } from './engine/lint.ts';
export type {
  Deviation,
  Finding,
  Found,
  KnownNames,
  OptionValues,
  Place,
  Proposal,
  Rule,
  RuleOption,
  Syntax,
  UnusedName,
  Visitor,
} from './engine/rule.ts';
export type { OptionTable, OptionText } from './knowledge/commands/options.ts';
export type { Distribution } from './knowledge/images/releases.ts';
export type { Sh } from './knowledge/images/sh.ts';
export type {
  Action as PackageAction,
  Cache as PackageCache,
  Flag as PackageFlag,
  Source as PackageSource,
} from './knowledge/managers/types.ts';
export type { Ecosystem, Input as EcosystemInput, Says } from './knowledge/project/ecosystems/types.ts';
export type { ChangeKind } from './knowledge/project/volatility.ts';
export type { CostClass } from './model/cache/cost.ts';
export type { Change, Rerun, StepRerun } from './model/cache/reruns.ts';
export type { Commits } from './model/cache/typical.ts';
export type { Context, ContextFile, Copied, CopyOptions, Host, HostEntry } from './model/context/context.ts';
export type { IgnoreError, IgnoreFile, IgnorePattern } from './model/context/ignore.ts';
export type { MemoryFiles } from './model/context/memory.ts';
export type { Effect, EffectKind, Effects, LinkedEffects, Means } from './model/files/effect.ts';
export type { Setting } from './model/files/settings.ts';
export type { Transfer as CopyOrAdd } from './model/files/takes.ts';
export type { Install } from './model/installs/install.ts';
export type { Ahead, Obstacle, Place as InstallPlace } from './model/installs/project.ts';
export type { Builder, ImageLayers, Layer } from './model/layers.ts';
export type * from './model/model.ts';
export type { KnownMount } from './model/mounts/mounts.ts';
export type { Need } from './model/mounts/needed-caches.ts';
export type { Cleaning } from './model/mounts/package-caches.ts';
export type { UsedCache } from './model/mounts/used-caches.ts';
export type { Expansion, Use, Value } from './model/stages/expand.ts';
export type { WithFlags } from './model/stages/flags.ts';
export type { NamedImage, NamedSource } from './model/stages/images.ts';
export type { Piece as PortPiece, Port } from './model/stages/ports.ts';
export type { ImageReference } from './model/stages/reference.ts';
export type { Release } from './model/stages/release.ts';
export type { Place as ShPlace } from './model/stages/sh.ts';
export type { Swallowed } from './model/stages/swallowed.ts';
export type { Move, Named as NamedStep, Rewrite, RewriteOptions, Stay } from './rewrite/index.ts';
export type { Division } from './rewrite/stages/draft.ts';
export type { Refusal, Split, SplitOptions } from './rewrite/stages/index.ts';
export type { Taken } from './rewrite/stages/recipe.ts';
export type { Command, Dialect, Joint, Redirect, ShellWord, Within } from './shell/command.ts';
export type { ReadArguments, ReadOption } from './shell/options.ts';
export type { Lookup } from './shell/package-files.ts';
export type { PackageVersion } from './shell/package-names.ts';
export type { NamedPackage, PackageOperation } from './shell/packages.ts';
export type { Given, Script } from './shell/script.ts';
export type {
  AndOrList,
  Construct,
  ConstructKind,
  Context as ShellContext,
  Expansion as ShellExpansion,
  Loop,
  Placed,
  Status,
  Syntax as ShellSyntax,
  SyntaxWord,
  WordPart as ShellWordPart,
} from './shell/syntax.ts';
export type { Lines, Position } from './text/lines.ts';
export type { Piece as TextPiece, TextMap } from './text/map.ts';
export type { Edit, Span, Spanned } from './text/span.ts';
