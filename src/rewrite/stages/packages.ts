import { buildGroups, buildPackages } from '../../knowledge/project/build-packages.ts';
import { builtWith } from '../../knowledge/project/build-tools.ts';
import type { Command } from '../../shell/command.ts';
import type { View } from './view.ts';
import { Obstacle, type Work } from './work.ts';

/** The system packages of the final stage. */
export interface Packages {
  readonly family: 'apt' | 'apk' | undefined;
  /** As they are written, versions with them. */
  readonly names: readonly string[];
  /** Those that only the build needs, with the headers whose libraries stay. */
  readonly dropped: readonly string[];
  readonly isLean: boolean;
  /** Whether all packages of the base are upgraded. */
  readonly upgrades: boolean;
}

/** The libraries that a package of headers needs at run time; undefined where that is not known. */
export type Libraries = (name: string, view: View) => readonly string[] | undefined;

interface Known {
  readonly libraries: Libraries;
  readonly mentions: (word: string) => boolean;
  /** Packages that the final image needs besides. */
  readonly more: readonly string[];
  readonly family: Packages['family'];
}

/** Divides what the package manager installs: what only builds stays behind. `mentions` tells whether the project names a program. */
export function packagesOf(
  works: readonly Work[],
  view: View,
  { libraries, mentions, more, family: byDefault }: Known,
): Packages {
  const operations = works.flatMap(({ packages }) => packages);
  const installs = operations.filter(({ action }) => action === 'install' || action === 'reinstall');
  const removed = new Set(
    operations
      .filter(({ action }) => action === 'remove')
      .flatMap((it) => it.packages.flatMap(({ name }) => name ?? [])),
  );
  const family =
    familyOf(
      view,
      installs.map((it) => it.family),
    ) ?? (installs.length === 0 ? byDefault : undefined);
  let named: Command | undefined;
  const names = new Set<string>();
  const dropped = new Set<string>();
  for (const { packages, command, flags } of installs) {
    if (flags.has('repository')) named ??= command;
    if (flags.get('virtual')?.some(({ value }) => value && removed.has(value.text))) continue;
    for (const { name, word, source } of packages) {
      // what PHP itself compiles extensions with is there, or goes with the build
      if (source === 'virtual' || /^\$\{?PHPIZE_DEPS\}?$/.test(word.text)) continue;
      if (name === undefined || source === 'unknown' || !word.literal)
        throw new Obstacle(word.span.start, `the package ${word.text} is not known by name`);
      if (source === 'file' || source === 'url') {
        names.add(refuseFile(word.text, command));
        continue;
      }
      // the libraries stay when their headers go
      if (removed.has(name) && !(isHeaders(name) && family === 'apt')) continue;
      const only = onlyBuilds(name, source, mentions);
      if (!only && !isHeaders(name)) {
        names.add(word.text);
        continue;
      }
      dropped.add(name);
      const needed = isHeaders(name) && !buildPackages.has(name) ? libraries(name, view) : [];
      if (needed === undefined)
        throw new Obstacle(word.span.start, `the library that ${name} is for is not known by its package`);
      for (const it of needed) names.add(it);
    }
  }
  const repository = works.flatMap(({ repositories }) => repositories)[0] ?? named;
  if (repository && names.size > 0)
    throw new Obstacle(
      repository.span.start,
      `packages may come from the repository that it ${repository === named ? 'names' : 'adds'}`,
    );
  for (const it of more) names.add(it);
  if (names.size > 0 && family === undefined)
    throw new Obstacle(installs[0]?.command.span.start ?? 0, 'only packages of apt and apk are divided');
  return {
    family,
    names: [...names].sort(),
    dropped: [...dropped].sort(),
    upgrades:
      family !== undefined && operations.some(({ action, packages }) => action === 'upgrade' && packages.length === 0),
    isLean: installs.every(({ flags }) => flags.has('noRecommends')) || more.length === names.size,
  };
}

function familyOf(view: View, installed: readonly string[]): 'apt' | 'apk' | undefined {
  const found = new Set(installed);
  if (found.size === 0) {
    const { distribution } = view.system ?? {};
    return distribution === 'alpine'
      ? 'apk'
      : distribution === 'debian' || distribution === 'ubuntu'
        ? 'apt'
        : undefined;
  }
  const [only] = found;
  return found.size === 1 && (only === 'apt' || only === 'apk') ? only : undefined;
}

function refuseFile(text: string, command: Command): string {
  throw new Obstacle(command.span.start, `${text} is a package file, which the final stage would have to get as well`);
}

export const isHeaders = (name: string): boolean => /-(?:dev|devel)$/.test(name);

/** Toolchains whose packages have the version in their name. */
const versioned = /^(?:openjdk-?\d+(?:-jdk(?:-headless)?)?|(?:gcc|g\+\+|clang|llvm|gfortran|golang)-\d[\d.]*(?:-go)?)$/;

/** Packages that build or fetch, and that nothing of the project is seen to start. */
function onlyBuilds(name: string, source: string, mentions: (word: string) => boolean): boolean {
  if (source === 'group') return buildGroups.has(name.toLowerCase());
  if (buildPackages.has(name) || versioned.test(name)) return true;
  if (!Object.hasOwn(builtWith, name)) return false;
  return !builtWith[name]!.some(mentions);
}
