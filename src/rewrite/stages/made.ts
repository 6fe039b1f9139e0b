import type { Effect } from '../../model/files/effect.ts';
import { baseName, hasWildcard, isBelow } from '../../text/path.ts';
import type { Asset } from './assets.ts';
import type { Draft } from './draft.ts';

/** What RUNs make inside of the project beside the program: folders, settings, pages that another tool bundles. */

const making: ReadonlySet<Effect['means']> = new Set<Effect['means']>(['folder', 'redirect', 'file', 'move', 'link']);

/** Files and folders that a command names and makes, and that the program may read; what is taken already is left out. */
export function madeIn({ works, project, recipe, texts, parts }: Draft, has: (path: string) => boolean): Asset[] {
  const all = works.flatMap(({ step, builds }) =>
    step.effects.all.filter(({ command }) => command !== undefined && builds.includes(command)),
  );
  const isGone = (path: string, from: number): boolean =>
    all.some((it) => it.kind === 'remove' && it.command!.span.start > from && isBelow(path, it.path));
  const entered = all.filter(({ means }) => means === 'enter').map(({ path }) => path);
  const found = new Map<string, Asset>();
  for (const { kind, means, path, command } of all) {
    if (kind === 'read' || kind === 'remove' || !making.has(means) || hasWildcard(path)) continue;
    const isInside = project.some((it) => it !== '/' && it !== path && isBelow(path, it));
    const isOfBuild =
      recipe.sources.test(path.slice(1)) || parts.takes.some(({ to }) => isBelow(to, path) || isBelow(path, to));
    const isBuildFolder = entered.some((it) => isBelow(it, path));
    const mayBeRead = !texts.isWhole || texts.mentions(baseName(path));
    if (isInside && !isOfBuild && !isBuildFolder && mayBeRead && !has(path) && !isGone(path, command!.span.start))
      found.set(path, { source: path, to: path, isFolder: means === 'folder' });
  }
  return [...found.values()].filter(({ to }) => ![...found.keys()].some((it) => it !== to && isBelow(to, it)));
}

const generators =
  /^(?:npm|npx|yarn|pnpm|bun|bunx|node|webpack|vite|hugo|tsc|ng|gulp|grunt|sass|tailwindcss|esbuild|parcel|python3?|ruby|bundle|perl)$/;
const calls = /^[\t ]*@?(?:cd [^\n]*&& *)?(?:npm|npx|yarn|pnpm|bun|hugo|webpack|vite|gulp|grunt|tailwindcss)\b/m;

/** The folders in which tools of other languages build, so that what lies in them is not what the context has. */
export function generatedIn({ works, view, project }: Draft): string[] {
  return works.flatMap(({ step, builds }) =>
    builds.flatMap((command) => {
      const folder = view.folderAt(step, command);
      if (generators.test(command.name ?? '')) return folder ?? project;
      return command.name === 'make' && callsGenerator(view.context) ? project : [];
    }),
  );
}

const callsGenerator = (context: Draft['view']['context']): boolean =>
  context
    ?.files()
    .some(({ path }) => /(?:^|\/)(?:GNU)?[Mm]akefile$|\.mk$/.test(path) && calls.test(context.read(path) ?? '')) ??
  false;
