import type { Action, Cache, Flag, PackageManager, Verb } from '../knowledge/managers/types.ts';
import type { ShellWord } from './command.ts';
import type { ReadOption } from './options.ts';
import type { NamedPackage } from './package-names.ts';

/** The value of a variable, or undefined when it is not set or not known. */
export type Lookup = (name: string) => string | undefined;

type Flags = ReadonlyMap<Flag, readonly ReadOption[]>;

/** The caches that an action fills, where options and variables put them. */
export const cachesLeft = (
  manager: PackageManager,
  verb: Verb,
  action: Action,
  flags: Flags,
  lookup: Lookup,
): string[] => {
  if (verb.noCaches || flags.has('noCache') || flags.has('dryRun')) return [];
  const filled = manager.caches.filter(({ after, hook }) => after.includes(action) && hook === undefined);
  return unique(filled.map((cache) => placeOf(cache, flags, lookup)));
};

/** The caches that a verb empties, where options and variables put them. */
export const cachesCleaned = (manager: PackageManager, verb: Verb, flags: Flags, lookup: Lookup): string[] => {
  const withFlags = Object.entries(verb.cleansWith ?? {}).flatMap(([flag, paths]) =>
    flags.has(flag as Flag) ? paths : [],
  );
  const paths = [...(verb.cleans ?? []), ...withFlags];
  return unique(
    paths.map((path) => {
      const cache = manager.caches.find((one) => one.path === path);
      return cache ? placeOf(cache, flags, lookup) : path;
    }),
  );
};

const placeOf = (cache: Cache, flags: Flags, lookup: Lookup): string => {
  const option = flags.get('cacheDir')?.at(-1)?.value?.text;
  // A setting names the directory behind its own `=`.
  if (option) return option.slice(option.indexOf('=') + 1);
  for (const [variable, rest] of Object.entries(cache.moved ?? {})) {
    const value = lookup(variable);
    if (value) return value.replace(/\/$/, '') + rest;
  }
  return cache.path;
};

/** Files named by options, then the defaults of the verb in the directory it works in, then those of named directories. */
export const manifestsRead = (
  verb: Verb,
  words: readonly ShellWord[],
  packages: readonly NamedPackage[],
  flags: Flags,
): string[] => {
  const named = [...valuesOf(flags, 'requirementsFile'), ...valuesOf(flags, 'constraint')];
  const files = verb.words === 'manifests' ? words.filter(isKnown).map(({ text }) => text) : [];
  const inDirectories = packages
    .filter(({ source, name }) => source === 'directory' && name !== undefined)
    .flatMap(({ name }) => (verb.directoryManifests ?? []).map((file) => join(name!.replace(/\[.*\]$/, ''), file)));
  const onlyDirectories = verb.directoryManifests
    ? packages.length === 0
    : packages.every(({ source }) => source === 'directory');
  const byDefault = files.length === 0 && onlyDirectories && !flags.has('global') ? defaultsOf(verb, flags) : [];
  return unique([...named, ...files, ...byDefault, ...inDirectories]);
};

/** An option may name the manifest, whose lock file lies beside it, or the directory of both. */
const defaultsOf = (verb: Verb, flags: Flags): string[] => {
  const [manifest] = valuesOf(flags, 'manifest');
  const [main = '', ...others] = verb.manifests ?? [];
  const directories = flags.get('directory');
  if (manifest !== undefined && main !== '') {
    const base = manifest.slice(0, manifest.lastIndexOf('/') + 1);
    return [manifest, ...others.map((file) => base + file)];
  }
  if (!directories) return [...(verb.manifests ?? [])];
  return valuesOf(flags, 'directory')
    .slice(-1)
    .flatMap((directory) => (verb.manifests ?? []).map((file) => join(directory, file)));
};

const isKnown = (word: ShellWord): boolean => word.literal || !/[$`]/.test(word.text);
const valuesOf = (flags: Flags, flag: Flag): string[] =>
  (flags.get(flag) ?? []).flatMap(({ value }) => (value && isKnown(value) ? [value.text] : []));

const join = (directory: string, file: string): string => {
  const base = directory
    .replace(/^file:(?:\/\/)?/, '')
    .replace(/\/+$/, '')
    .replace(/^\.\/(?=.)/, '');
  if (base === '.' || (base === '' && !directory.startsWith('/'))) return file;
  return `${base}/${file}`;
};

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];
