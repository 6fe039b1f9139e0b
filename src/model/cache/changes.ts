import { programFolders } from '../../knowledge/commands/file-commands.ts';
import { ecosystems } from '../../knowledge/project/ecosystems/index.ts';
import { type ChangeKind, codeFolders, usualShares } from '../../knowledge/project/volatility.ts';
import { fitsAny } from '../../text/glob.ts';
import { baseName, folderOf, fromRoot, hasWildcard } from '../../text/path.ts';
import { lazy } from '../lazy.ts';
import type { Stage, Step, Take } from '../model.ts';
import { isWholeContext } from '../stages/paths.ts';

const listed = lazy(() => ({
  locks: ecosystems.flatMap(({ manifests, locks }) => locks.filter((it) => !manifests.includes(it))),
  manifests: ecosystems.flatMap(({ manifests, inputs }) => [
    ...manifests,
    ...inputs.flatMap(({ need, pattern }) => (need === 'copy' ? [pattern] : [])),
  ]),
}));

/** What a commit changes of a source in the context, by its name: a folder, a pattern and what has no ending count as code. */
export function kindOfSource(source: string): ChangeKind {
  if (isWholeContext(source)) return 'source';
  const path = source.replace(/^\.?\/+/, '').replace(/\/+$/, '');
  const name = baseName(path);
  const { locks, manifests } = listed();
  if (fitsAny(locks, path)) return 'lock';
  if (
    fitsAny(manifests, path) ||
    /^(?:package|composer|yarn|Gemfile|Cargo|go|requirements)(?:[-_\d][\w-]*)?[.*]/.test(name)
  )
    return 'manifest';
  if (source.endsWith('/') || hasWildcard(name) || codeFolders.has(name)) return 'source';
  // Makefile, LICENSE
  return /\.\w+$/.test(name) || /^[A-Z][A-Za-z]*$/.test(name) ? 'file' : 'source';
}

/** What a commit changes of a source; undefined for what is not of the project. */
export function kindOfTake(take: Take): ChangeKind | undefined {
  const { origin, source } = take;
  if (origin.kind === 'stage') return origin.stage.takesCode ? 'source' : undefined;
  if (origin.kind !== 'context') return undefined;
  const kind = kindOfSource(source);
  return kind === 'source' && isOneFile(take) ? 'file' : kind;
}

/** Whether a source whose name has no ending is a file all the same: it is at hand, or it goes where programs are. */
function isOneFile({ source, certain, copied, target, into }: Take): boolean {
  if (copied && copied.files.length > 0)
    return certain && copied.files.length === 1 && copied.files[0]!.path === fromRoot(source);
  if (isWholeContext(source) || source.endsWith('/') || hasWildcard(source) || codeFolders.has(baseName(source)))
    return false;
  return target !== undefined && programFolders.includes(into ? target : folderOf(target));
}

/** What of the project makes a step run again by what it takes: the kind that commits change most; undefined for none. */
export function changesOf({ takes }: Step): ChangeKind | undefined {
  let most: ChangeKind | undefined;
  for (const take of takes) {
    const kind = kindOfTake(take);
    if (kind && (!most || usualShares[kind].of100 > usualShares[most].of100)) most = kind;
  }
  return most;
}

/** Whether what a stage makes changes with the code: it, or a stage that it takes from, takes some of it. */
export const takesCodeIn = ({ allSteps }: Stage): boolean => allSteps.some(({ changes }) => changes === 'source');
