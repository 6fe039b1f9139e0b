import { ecosystems } from '../../knowledge/project/ecosystems/index.ts';
import { type ChangeKind, codeFolders, usualShares } from '../../knowledge/project/volatility.ts';
import { fitsAny } from '../../text/glob.ts';
import { baseName, hasWildcard } from '../../text/path.ts';
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
  if (fitsAny(manifests, path) || /^(?:package|composer|yarn|Gemfile|Cargo|go|requirements)[\w-]*[.*]/.test(name))
    return 'manifest';
  if (source.endsWith('/') || hasWildcard(name) || codeFolders.has(name)) return 'source';
  // Makefile, LICENSE
  return /\.\w+$/.test(name) || /^[A-Z][A-Za-z]*$/.test(name) ? 'file' : 'source';
}

function kindOf({ origin, source, certain, copied }: Take): ChangeKind | undefined {
  if (origin.kind === 'stage') return origin.stage.takesCode ? 'source' : undefined;
  if (origin.kind !== 'context') return undefined;
  const kind = kindOfSource(source);
  // where the file is at hand, it is no folder
  const isFile = certain && copied?.files.length === 1 && copied.files[0]!.path === source.replace(/^\.?\/+/, '');
  return kind === 'source' && isFile ? 'file' : kind;
}

/** What of the project makes a step run again by what it takes: the kind that commits change most; undefined for none. */
export function changesOf({ takes }: Step): ChangeKind | undefined {
  let most: ChangeKind | undefined;
  for (const take of takes) {
    const kind = kindOf(take);
    if (kind && (!most || usualShares[kind].of100 > usualShares[most].of100)) most = kind;
  }
  return most;
}

/** Whether what a stage makes changes with the code: it, or a stage that it takes from, takes some of it. */
export const takesCodeIn = ({ allSteps }: Stage): boolean => allSteps.some(({ changes }) => changes === 'source');
