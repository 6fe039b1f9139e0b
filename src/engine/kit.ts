/** What rules are written with: the facts of the model and the helpers that read them, under one roof. */

export type { ExecForm, Flag as MountFlag, Heredoc, Instruction, ShellForm, Word } from '../../grammar/index.ts';
export { leaves } from '../../grammar/index.ts';
export { kindOfSource } from '../model/cache/changes.ts';
export { type CostClass, costlyCall, costOf, isCostly } from '../model/cache/cost.ts';
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
export { lazy } from '../model/lazy.ts';
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
export {
  cachesInLayer,
  cleaningIn,
  emptiedBy,
  emptyingOf,
  isEmptiedLater,
  removalOf,
  takes,
} from '../model/mounts/package-caches.ts';
export { type UsedCache, usedCaches } from '../model/mounts/used-caches.ts';
export { type Start, type Started, startOf } from '../model/process/program.ts';
export { bringsDev, isProjectBuild, javascript, listsDev, removesDev } from '../model/ships/dev-dependencies.ts';
export { imagesIn, isForPeople, isTakenFrom } from '../model/ships/images.ts';
export { type Libc, libcOf } from '../model/ships/libc.ts';
export { changesUser } from '../model/stages/accounts.ts';
export { isUnsetByBase } from '../model/stages/base-variables.ts';
export { anyBefore, anyUntil } from '../model/stages/earlier.ts';
export { type Expansion, isPlain, type Use, type Value } from '../model/stages/expand.ts';
export { filled } from '../model/stages/filled.ts';
export { flagOf, flagValues, hasFlag, isOn } from '../model/stages/flags.ts';
export { absoluteIn, folderBefore, folderOrUnknown, isKnownPlace, placeIn } from '../model/stages/folder.ts';
export { isWritten } from '../model/stages/fragment.ts';
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
export { type ImageReference, isDigest, parseReference } from '../model/stages/reference.ts';
export { goMinor, isArgumentBase, isBefore, isSince, releaseOf } from '../model/stages/release.ts';
export { shMadeBy } from '../model/stages/replaced-sh.ts';
export { hasNoShell, mayInheritShell, readerOf, shOf } from '../model/stages/sh.ts';
export { quoteAfter, swallowed } from '../model/stages/swallowed.ts';
export { hasSystem, isSystemImage } from '../model/stages/system.ts';
export { baseIsRoot, isRoot } from '../model/stages/users.ts';
export { inBraces } from '../shell/braces.ts';
export type { Command, ShellWord } from '../shell/command.ts';
export { readOptions } from '../shell/options.ts';
export { type NamedPackage, type PackageOperation, packageOperation } from '../shell/packages.ts';
export type { Script } from '../shell/script.ts';
export { bytesText } from '../text/bytes.ts';
export { closest } from '../text/closest.ts';
export { fits, fitsAny, literal } from '../text/glob.ts';
export { fileSpan } from '../text/map.ts';
export * from '../text/path.ts';
export { counted, listed, numberText } from '../text/prose.ts';
export { between, type Edit, type Span } from '../text/span.ts';
export { dockerfile } from './example.ts';
