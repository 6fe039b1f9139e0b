import { fixedRevision, movingRevision } from '../knowledge/managers/syntax.ts';
import type { Flag, PackageManager, PackageSyntax, Source, Verb } from '../knowledge/managers/types.ts';
import type { ShellWord } from './command.ts';
import type { ReadOption } from './options.ts';

export interface PackageVersion {
  /** `=`, `>=`, `@`…; '' where the version stands without one. */
  readonly operator: string;
  readonly text: string;
}

export interface NamedPackage {
  readonly word: ShellWord;
  /** The name, or the whole text of a file, address or directory; undefined when it hides in an expansion. */
  readonly name: string | undefined;
  readonly version: PackageVersion | undefined;
  /** Whether only one version can match; undefined when that cannot be known, or makes no sense as for a group. */
  readonly pinned: boolean | undefined;
  readonly source: Source;
}

type Flags = ReadonlyMap<Flag, readonly ReadOption[]>;

/** The packages in the words after a verb and in the options that carry some. */
export const namePackages = (
  manager: PackageManager,
  verb: Verb,
  words: readonly ShellWord[],
  flags: Flags,
): NamedPackage[] => {
  const syntax = verb.syntax ?? manager.syntax;
  const carried = [
    // a plain word is a folder too: pip takes no name there
    ...values(flags, 'editable').map((word) => asFolder(readPackage(word, syntax))),
    ...values(flags, 'package').map((word) => readPackage(word, syntax)),
  ];
  const named = withVersionWords(packageWords(verb, words, carried.length > 0), syntax);
  const versioned = withVersion([...carried, ...named], flags, syntax);
  return withOrigin(versioned, flags).map((one) =>
    flags.has('group') && one.source === 'registry' ? { ...one, source: 'group', pinned: undefined } : one,
  );
};

const asFolder = (one: NamedPackage): NamedPackage =>
  one.source === 'registry' ? { ...one, source: 'directory', pinned: undefined } : one;

/** No registry has a longer one; it also bounds the work of the patterns. */
const longestName = 2000;

/** Reads one word as a package. */
export const readPackage = (word: ShellWord, syntax: PackageSyntax): NamedPackage => {
  const known = (text: string): boolean => word.literal || !/[$`{*?]/.test(text);
  if (word.text.length > longestName)
    return { word, name: undefined, version: undefined, pinned: undefined, source: 'unknown' };
  const seen = word.literal ? word.text : masked(word.text);
  const source = syntax.sources.find(([pattern]) => pattern.test(seen))?.[1] ?? 'registry';
  if (source !== 'registry') {
    const body = word.text;
    const ref = source === 'vcs' ? syntax.ref?.exec(body)?.[1] : undefined;
    const version = ref === undefined ? undefined : { operator: '@', text: ref };
    return {
      word,
      name: known(body) && body ? body : undefined,
      version,
      pinned: pinnedSource(source, word, ref),
      source,
    };
  }
  const body = syntax.strip ? word.text.replace(syntax.strip, '') : word.text;
  const { name, version } = split(body, syntax, word.literal);
  if (version && syntax.removes?.test(version.text))
    return { word, name, version, pinned: undefined, source: 'removed' };
  const hidden = !version && isOpaque(word, name) && /^[$`]/.test(name);
  const pinned = version ? isExact(word, version, syntax) : isOpaque(word, name) ? undefined : false;
  return {
    word,
    name: known(name) && name ? name : undefined,
    version,
    pinned,
    source: hidden ? 'unknown' : 'registry',
  };
};

const isOpaque = (word: ShellWord, text: string): boolean => !word.literal && /[$`{]/.test(text);

const isExact = (word: ShellWord, version: PackageVersion, syntax: PackageSyntax): boolean | undefined => {
  const pattern = syntax.exact[version.operator];
  if (!pattern) return false;
  if (isOpaque(word, version.text) || syntax.unsure?.test(version.text)) return undefined;
  return pattern.test(version.text);
};

const pinnedSource = (source: Source, word: ShellWord, ref: string | undefined): boolean | undefined => {
  if (source === 'file' || source === 'directory' || source === 'builtin') return true;
  if (source !== 'vcs') return undefined;
  if (ref === undefined) return isOpaque(word, word.text) ? undefined : false;
  if (isOpaque(word, ref)) return undefined;
  return movingRevision.test(ref) ? false : fixedRevision.test(ref) || undefined;
};

/** Expansions with their insides blotted out, so that a slash or an operator in `${X:-y}` or `$(cat /x)` says nothing. */
const masked = (text: string): string =>
  text.replace(/\$\{[^}]*\}|\$\([^)]*\)|`[^`]*`/g, (inner) => `$${'x'.repeat(inner.length - 1)}`);

const split = (
  text: string,
  syntax: PackageSyntax,
  literal: boolean,
): { readonly name: string; readonly version: PackageVersion | undefined } => {
  const mask = literal ? text : masked(text);
  let best: { readonly at: number; readonly operator: string } | undefined;
  for (const operator of syntax.operators) {
    const at = mask.indexOf(operator, 1);
    if (at < 0) continue;
    if (!best || at < best.at || (at === best.at && operator.length > best.operator.length)) best = { at, operator };
  }
  const clean = (name: string): string => (syntax.suffix ? name.trim().replace(syntax.suffix, '') : name).trim();
  if (!best) {
    const tail = syntax.tail?.exec(text);
    return tail?.index
      ? { name: clean(text.slice(0, tail.index)), version: { operator: '', text: tail[1]! } }
      : { name: clean(text), version: undefined };
  }
  const version = text.slice(best.at + best.operator.length).trim();
  if (syntax.alias?.test(version))
    return {
      name: clean(text.slice(0, best.at)),
      version: split(version.replace(syntax.alias, ''), syntax, literal).version,
    };
  // A blank may stand before the real sign: `a/b ^1`, `x >= 2`.
  const signed = best.operator === ' ' ? /^([<>=~^!]+)\s*(.*)$/s.exec(version) : undefined;
  const found = signed ? { operator: signed[1]!, text: signed[2]! } : { operator: best.operator, text: version };
  return { name: clean(text.slice(0, best.at)), version: found.text ? found : undefined };
};

/** For `npx a b c` the package is `a`, or the one that an option names. */
const packageWords = (verb: Verb, words: readonly ShellWord[], carried: boolean): readonly ShellWord[] => {
  if (verb.words === 'ignored' || verb.words === 'manifests') return [];
  if (verb.words === 'first') return carried ? [] : words.slice(0, 1);
  const named = verb.words === 'rest' ? words.slice(1) : words;
  // the value of an option that is not known here, as in `--unsafe-perm true`
  return named.length > 1 ? named.filter(({ text }) => text !== 'true' && text !== 'false') : named;
};

const withVersionWords = (words: readonly ShellWord[], syntax: PackageSyntax): NamedPackage[] => {
  const packages: NamedPackage[] = [];
  words.forEach((word, index) => {
    if (index === 0 && words.length > 1 && syntax.leading?.test(word.text)) return;
    const last = packages.at(-1);
    if (last && !last.version && last.source === 'registry' && syntax.versionWord?.test(word.text)) {
      packages[packages.length - 1] = versionedBy(last, word, syntax);
    } else packages.push(readPackage(word, syntax));
  });
  return packages;
};

/** `-v 1.2` and the like: the version of all that have none of their own. */
const withVersion = (
  packages: readonly NamedPackage[],
  flags: Flags,
  syntax: PackageSyntax,
): readonly NamedPackage[] => {
  const value = values(flags, 'version').at(-1);
  if (!value) return packages;
  return packages.map((one) => (one.source === 'registry' && !one.version ? versionedBy(one, value, syntax) : one));
};

const versionedBy = (one: NamedPackage, value: ShellWord, syntax: PackageSyntax): NamedPackage => {
  const [, operator = '', text = ''] = /^\s*([<>=~^!]*)\s*(.*)$/s.exec(value.text) ?? [];
  const version = { operator, text };
  return { ...one, version, pinned: isExact(value, version, syntax) };
};

/** `--git URL --rev X`, `--path DIR`: every package comes from there, or the place itself is the package. */
const withOrigin = (packages: readonly NamedPackage[], flags: Flags): readonly NamedPackage[] => {
  const git = values(flags, 'git')[0];
  const place = git ?? values(flags, 'path')[0];
  if (!place) return packages;
  const revision = git && values(flags, 'revision')[0];
  const version = revision && { operator: '@', text: revision.text };
  const origin = {
    source: git ? 'vcs' : 'directory',
    version,
    pinned: git ? pinnedSource('vcs', revision ?? place, revision?.text) : true,
  } as const;
  if (packages.length > 0) return packages.map((one) => ({ ...one, ...origin }));
  return [{ word: place, name: place.literal && place.text ? place.text : undefined, ...origin }];
};

const values = (flags: Flags, ...names: readonly Flag[]): ShellWord[] =>
  names
    .flatMap((name) => flags.get(name) ?? [])
    .flatMap(({ value, takesValue }) => (value && takesValue ? [value] : []));
