import { isTransfer } from '../../model/files/takes.ts';
import type { Step, Take } from '../../model/model.ts';
import { below, isBelow } from '../../text/path.ts';
import { type Asset, assetsOf, landedIn } from './assets.ts';
import type { Draft } from './draft.ts';
import { generatedIn, madeIn } from './made.ts';
import type { Recipe } from './recipe.ts';
import { isIn } from './view.ts';
import { Obstacle, type Work } from './work.ts';

/** The files of the project that the final image has. */
export interface ProjectFiles {
  readonly mode: 'none' | 'read' | 'again' | 'whole';
  readonly assets: readonly (Asset & { readonly step: Step | undefined })[];
  /** Folders of the project that come whole from the build stage. */
  readonly folders: readonly string[];
  readonly assumes: readonly string[];
}

/** Why the folder in which it builds cannot be taken whole. */
export const inRoot = 'it builds in the root folder, among the files of the base image';

export function projectFiles(draft: Draft): ProjectFiles {
  const files = copiedFiles(draft);
  if (files.folders.includes('/')) throw new Obstacle(draft.view.stage.from.span.start, inRoot);
  if (draft.parts.project !== 'read' || files.mode === 'whole') return files;
  const isCopied = (path: string): boolean => files.assets.some(({ to }) => isBelow(path, to));
  const made = madeIn(draft, isCopied).map((it) => ({ ...it, step: undefined }));
  const assets = files.assets.filter(({ to }) => !made.some((it) => isBelow(to, it.to)));
  return { ...files, assets: [...assets, ...made] };
}

function copiedFiles(draft: Draft): ProjectFiles {
  const { view, parts, project, recipe, texts, works } = draft;
  const none: ProjectFiles = { mode: 'none', assets: [], folders: [], assumes: [] };
  if (parts.project === 'none') return none;
  if (parts.project === 'whole') return { ...none, mode: 'whole', folders: project };
  const last = lastOf(draft);
  const copies = view.steps.filter(
    (it, at) => isProjectCopy(it, project) && view.at(it) <= last && !isRemoved(it, view.steps.slice(at + 1)),
  );
  // what another COPY brings to its place is not copied once more
  const others = new Set(
    view.steps
      .filter((it) => isTransfer(it.instruction) && !isProjectCopy(it, project))
      .flatMap(({ takes }) => takes.flatMap(({ landed: all }) => [...all.values()].map(({ path }) => path))),
  );
  const generated = parts.isShown ? [] : generatedIn(draft);
  const changed = [...changedIn(works, project), ...generated];
  if (generated.some((it) => project.includes(it))) return { ...none, mode: 'whole', folders: project };
  if (fetches(works, project) || copies.some(isUnpacked)) return { ...none, mode: 'whole', folders: project };
  const landed = landedIn(copies, project);
  const opensProject = texts.isOpen && project.some((it) => view.home === undefined || isBelow(view.home, it));
  if (parts.project === 'again' || !landed || !texts.isWhole || landed.size === 0 || opensProject) {
    const isRead = project.some((it) => isReached(it, { view, parts, texts }));
    if (parts.project === 'read' && (!isRead || copies.every((it) => isSource(it, recipe)))) return none;
    // what is copied again has the owner that its COPY says
    const isGiven = works.some(({ owned }) => owned.some(({ path }) => isIn(path, project)));
    if (changed.length > 0 || isGiven || isTidied(works, project)) return { ...none, mode: 'whole', folders: project };
    return { ...none, mode: 'again' };
  }
  const read = project.filter((it) => isReached(it, { view, parts, texts }));
  const assets = read
    .flatMap((folder) => assetsOf(landed, folder, recipe, texts))
    .filter(({ source }) => !others.has(source))
    .filter(({ to }) => !parts.takes.some((it) => isBelow(to, it.to)));
  const isChanged = ({ to }: Asset): boolean => changed.some((it) => isBelow(it, to) || isBelow(to, it));
  return {
    ...none,
    mode: 'read',
    assets: assets.map((it) => ({
      ...it,
      step: isChanged(it)
        ? undefined
        : copies.find(({ takes }) =>
            takes.some(({ landed: of }) => [...of.keys()].some((path) => isBelow(path, it.to))),
          ),
    })),
  };
}

/** The place of the last step that builds, or gives the project an owner. */
export const lastOf = ({ works, view, project }: Pick<Draft, 'works' | 'view' | 'project'>): number =>
  Math.max(
    ...works
      .filter((it) => isBuilding(it) || it.owned.some(({ path }) => isIn(path, project)))
      .map(({ step }) => view.at(step)),
  );

/** Whether folders are made or files removed among those of the project, which another copy of the context would not show. */
const isTidied = (works: readonly Work[], project: readonly string[]): boolean =>
  works.some(({ step }) =>
    step.effects.all.some(
      ({ kind, means, path, command }) =>
        (command?.name === 'mkdir' || command?.name === 'rm') &&
        (kind === 'remove' || means === 'folder') &&
        isIn(path, project) &&
        !project.includes(path),
    ),
  );

export const isBuilding = ({ builds, outputs }: Work): boolean => builds.length > 0 || outputs.length > 0;

/** Whether a program may find what is in a folder: it starts there, lies there, or some text names the folder. */
const isReached = (folder: string, { view, parts, texts }: Pick<Draft, 'view' | 'parts' | 'texts'>): boolean =>
  view.home === undefined ||
  isBelow(view.home, folder) ||
  (isBelow(folder, view.home) && texts.mentions(below(folder, view.home))) ||
  parts.takes.some(({ to }) => isBelow(to, folder)) ||
  texts.mentions(folder);

/** Whether ADD unpacks an archive, so that what lands is not known. */
const isUnpacked = ({ instruction, takes }: Step): boolean =>
  instruction.kind === 'Add' && takes.some(({ source }) => /\.(?:tar(?:\.\w+)?|tgz|tbz2|txz)$/.test(source));

/** Whether some of the project is fetched, so that what is in it is not known. */
const fetches = (works: readonly Work[], project: readonly string[]): boolean =>
  works.some(({ step }) =>
    step.effects.all.some(
      ({ means, path }) => (means === 'clone' || means === 'extract' || means === 'download') && isIn(path, project),
    ),
  );

/** Paths of the project that file commands change or make: the copies of the context no longer are what the program finds. */
function changedIn(works: readonly Work[], project: readonly string[]): string[] {
  return works.flatMap(({ step, builds }) =>
    step.effects.all.flatMap(({ kind, means, path, command }) =>
      kind !== 'read' &&
      command &&
      builds.includes(command) &&
      !['owner', 'folder', 'install', 'packages', 'cache', 'remove'].includes(means) &&
      isIn(path, project)
        ? [path]
        : [],
    ),
  );
}

export const isProjectCopy = (step: Step, project: readonly string[]): boolean =>
  isTransfer(step.instruction) && step.takes.some((take) => isOfContext(take) && isInside(take, project));
const isOfContext = ({ origin }: Take): boolean => origin.kind === 'context' || origin.kind === 'text';
export const isInside = ({ target }: Take, project: readonly string[]): boolean =>
  target === undefined || project.some((it) => (it === '/' ? target === '/' : isBelow(target, it)));

/** Whether a later step removes all that a copy brings, so that the image had none of it. */
export const isRemoved = ({ instruction, takes }: Step, later: readonly Step[]): boolean =>
  isTransfer(instruction) &&
  takes.length > 0 &&
  takes.every(
    ({ target }) =>
      target !== undefined &&
      later.some(({ effects }) =>
        effects.all.some(
          ({ kind, path, sure }) => kind === 'remove' && sure && isBelow(target, path.replace(/\/\*$/, '')),
        ),
      ),
  );

/** Whether a copy brings nothing but sources, by the names that are written. */
export const isSource = ({ takes }: Step, { sources }: Recipe): boolean =>
  takes.every(({ source }) => sources.test(source));
