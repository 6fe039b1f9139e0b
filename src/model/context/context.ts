import { baseName, clean } from '../../text/path.ts';
import { glob, isWild } from '../go/gopath.ts';
import {
  compileIgnore,
  type IgnoreFile,
  type IgnorePattern,
  type IgnoreState,
  isIgnored,
  matchingPattern,
  mayReinclude,
  parseIgnore,
  stateOf,
  step,
} from './ignore.ts';

/** One entry of a directory; `size` in bytes. A link is `link` whatever it leads to, and is never followed. */
export interface HostEntry {
  readonly name: string;
  readonly directory: boolean;
  readonly link?: boolean;
  readonly size: number;
}

/**
 * The files of a build context, handed in: synchronous, read only. Paths are relative to the context root, `/`-separated
 * and clean; the root itself is the empty path. Only the ignore file beside a Dockerfile outside of the context is asked
 * for with `..` in front.
 */
export interface Host {
  /** The entries of a directory in any order, undefined when it is none. */
  list(directory: string): readonly HostEntry[] | undefined;
  /** The text of a file; undefined when it is missing, larger than the host's limit, or not text. */
  read(path: string): string | undefined;
}

/** A file or link of the context; `path` relative to the root, `size` in bytes. */
export interface ContextFile {
  readonly path: string;
  readonly size: number;
}

export interface CopyOptions {
  /** Values of `--exclude`. */
  readonly exclude?: readonly string[];
  readonly parents?: boolean;
}

/** What a COPY or ADD takes from the context. */
export interface Copied {
  /** Each once, in the order of the sources, by name within each. */
  readonly files: readonly ContextFile[];
  /** The sum of their sizes. */
  readonly bytes: number;
  /** Sources without wildcards that name nothing in the context, ignored or not: the build fails. */
  readonly missing: readonly string[];
  /** Sources of which nothing is left because of the ignore file, with the pattern that hides the first of it. */
  readonly ignored: readonly { readonly source: string; readonly pattern: IgnorePattern }[];
}

export interface Context {
  /** The ignore file in force and where it is; undefined when there is none. */
  readonly ignoreFile: { readonly path: string; readonly parsed: IgnoreFile } | undefined;
  /** Every file that the builder is sent, by name. */
  files(): readonly ContextFile[];
  /** What a COPY or ADD takes; sources are expanded, without URLs, Git references and here-documents. */
  copied(sources: readonly string[], options?: CopyOptions): Copied;
  /**
   * The folders around a path that the builder is sent, outermost first, and in which nothing is but what is in `changed`: they
   * may have come with it, or gone.
   */
  foldersOf(path: string, changed: ReadonlySet<string>): string[];
  /** A small text file for rules to read (`package.json`, a lock file), ignored by `.dockerignore` or not. */
  read(path: string): string | undefined;
}

/**
 * The build context behind a Dockerfile, nothing read before it is asked for. `dockerfile` is its path relative to the
 * context root: `<dockerfile>.dockerignore` beside it wins over `.dockerignore` of the root, and they are not merged.
 * The Dockerfile and the ignore file are ordinary files of the context: `COPY .` takes them unless they are ignored;
 * only the builder's own reading of them is not filtered.
 * Source: https://docs.docker.com/build/concepts/context/#dockerignore-files
 */
export function context(host: Host, dockerfile: string): Context {
  const tree = treeOf(host);
  const ignoreFile = once(() => {
    const beside = `${clean(dockerfile)}.dockerignore`;
    const path = [beside, '.dockerignore'].find((it) => tree.read(it) !== undefined);
    return path === undefined ? undefined : { path, parsed: parseIgnore(tree.read(path) ?? '') };
  });
  const ignore = (): IgnoreFile => ignoreFile()?.parsed ?? { patterns: [], errors: [] };
  const files = once(() => [...tree.under('', ignore())]);
  return {
    get ignoreFile() {
      return ignoreFile();
    },
    files,
    copied: (sources, options = {}) => copied(tree, ignore(), sources, options),
    foldersOf: (path, changed) => foldersOf(tree, ignore(), path, changed),
    read: (path) => tree.read(anchored(path)),
  };
}

function foldersOf(tree: Tree, ignore: IgnoreFile, path: string, changed: ReadonlySet<string>): string[] {
  const parts = path.split('/').slice(0, -1);
  const around = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  const hidden = around.findIndex((folder) => isIgnored(ignore, folder));
  const sent = hidden < 0 ? around : around.slice(0, hidden);
  return sent.filter((folder) => {
    if (tree.entry(folder) === 'unknown') return false;
    for (const file of tree.under(folder)) if (!changed.has(file.path)) return false;
    return true;
  });
}

interface Tree {
  read(path: string): string | undefined;
  /** The entry at a path; where the path goes through a link, nothing is known of it. */
  entry(path: string): HostEntry | 'unknown' | undefined;
  entries(directory: string): ReadonlyMap<string, HostEntry>;
  /** The file at a path, or all files below it, by name, without what `ignore` hides. */
  under(path: string, ignore?: IgnoreFile): Iterable<ContextFile>;
}

function treeOf(host: Host): Tree {
  const entries = remember((directory) => {
    const listed = host.list(directory) ?? [];
    return new Map([...listed].sort((a, b) => (a.name < b.name ? -1 : 1)).map((it) => [it.name, it]));
  });

  const entry = (path: string): HostEntry | 'unknown' | undefined => {
    let found: HostEntry | undefined = { name: '', directory: true, size: 0 };
    let directory = '';
    for (const name of path === '' ? [] : path.split('/')) {
      if (found.link) return 'unknown';
      found = entries(directory).get(name);
      if (!found) return undefined;
      directory = join(directory, name);
    }
    return found;
  };

  function* walk(directory: string, ignore?: IgnoreFile, parent?: IgnoreState): Iterable<ContextFile> {
    for (const [name, it] of entries(directory)) {
      const path = join(directory, name);
      const state = ignore && step(ignore, path, parent);
      if (!isDirectory(it)) {
        if (!state?.ignored) yield { path, size: it.size };
      } else if (!ignore || !state?.ignored || mayReinclude(ignore, path, state)) {
        yield* walk(path, ignore, state);
      }
    }
  }

  function* under(path: string, ignore?: IgnoreFile): Iterable<ContextFile> {
    const it = entry(path);
    if (!it || it === 'unknown') return;
    if (isDirectory(it)) yield* walk(path, ignore, ignore && stateOf(ignore, path));
    else if (!ignore || !isIgnored(ignore, path)) yield { path, size: it.size };
  }

  return { read: remember((path) => host.read(path)), entry, entries, under };
}

function copied(tree: Tree, ignore: IgnoreFile, sources: readonly string[], options: CopyOptions): Copied {
  const excluded = compileIgnore(options.exclude ?? []);
  const files = new Map<string, ContextFile>();
  const missing: string[] = [];
  const ignored: { readonly source: string; readonly pattern: IgnorePattern }[] = [];
  for (const source of sources) {
    const wanted = options.parents ? wantedWithParents(source) : wantedPlainly(source);
    let found = false;
    for (const { file, rest } of taken(tree, wanted, ignore)) {
      found = true;
      if (!isIgnored(excluded, rest)) files.set(file.path, file);
    }
    if (found) continue;
    const pattern = hiding(tree, wanted, ignore);
    if (pattern) ignored.push({ source, pattern });
    else if (wanted.plain !== undefined && !tree.entry(wanted.plain)) missing.push(source);
  }
  const bytes = [...files.values()].reduce((sum, it) => sum + it.size, 0);
  return { files: [...files.values()], bytes, missing, ignored };
}

/** What one source asks for. */
interface Wanted {
  /** The path that must be there, where the source names just one. */
  readonly plain: string | undefined;
  /** Where to look, as `filepath.Match` reads it: BuildKit takes what matches, whole. */
  readonly pattern: string;
  /** With `--parents`: what to take of that, and where below it the walk may begin. */
  readonly inner: { readonly includes: IgnoreFile; readonly start: string } | undefined;
}

/** `..` and a leading slash stop at the context root (`NormalizePath` of BuildKit). */
const anchored = (path: string): string => clean(`/${path}`).slice(1);

function wantedPlainly(source: string): Wanted {
  const pattern = anchored(source);
  return { pattern, plain: isWild(pattern) ? undefined : pattern, inner: undefined };
}

/** Before the pivot `/./` stands a directory, behind it (or in the whole) a pattern in the language of `.dockerignore`. */
function wantedWithParents(source: string): Wanted {
  const pivot = source.indexOf('/./');
  const pattern = pivot < 0 ? '' : anchored(source.slice(0, pivot));
  const rest = anchored(pivot < 0 ? source : source.slice(pivot + 3));
  const special = rest.search(/[*?[\]^\\!]/);
  const head = /[|{]/.test(rest) ? '' : rest.slice(0, Math.max(0, rest.lastIndexOf('/', special)));
  return {
    pattern,
    plain: special >= 0 || isWild(pattern) ? undefined : join(pattern, rest),
    inner: { includes: compileIgnore([rest === '' ? '**' : rest]), start: special < 0 ? rest : head },
  };
}

interface Taken {
  readonly file: ContextFile;
  /**
   * What `--exclude` is compared with: the path below the copied directory, the name of a file copied by itself.
   * Source: https://docs.docker.com/reference/dockerfile/#copy---exclude
   */
  readonly rest: string;
}

function* taken(tree: Tree, wanted: Wanted, ignore?: IgnoreFile): Iterable<Taken> {
  for (const root of expanded(tree, wanted.pattern)) {
    for (const file of tree.under(join(root, wanted.inner?.start ?? ''), ignore)) {
      const rest = root === '' ? file.path : file.path.slice(root.length + 1);
      if (!wanted.inner) yield { file, rest: rest === '' ? baseName(file.path) : rest };
      else if (rest !== '' && isIgnored(wanted.inner.includes, rest)) yield { file, rest };
    }
  }
}

/** Why nothing came: the pattern that hides the source, or the first file that it would have taken. */
function hiding(tree: Tree, wanted: Wanted, ignore: IgnoreFile): IgnorePattern | undefined {
  if (ignore.patterns.length === 0) return undefined;
  const itself = wanted.plain !== undefined && tree.entry(wanted.plain) ? wanted.plain : '';
  const [first] = taken(tree, wanted);
  const candidates = [itself, first?.file.path ?? ''].map((path) => matchingPattern(ignore, path));
  return candidates.find((it) => it && !it.negated);
}

/** The paths that a source matches, ignored ones too; what is in a matched directory comes with it (`ResolveWildcards` of fsutil). */
function* expanded(tree: Tree, pattern: string): Iterable<string> {
  const parts = pattern.split('/');
  const wild = parts.findIndex(isWild);
  if (wild < 0) {
    yield pattern;
    return;
  }
  const rest = parts.slice(wild).join('/');
  const fits = glob(rest);
  // Only a class can match a slash, so nothing deeper than this can fit.
  const depth = rest.split('/').length + rest.split('[').length - 1;
  yield* search(parts.slice(0, wild).join('/'), '', depth);

  function* search(directory: string, inside: string, levels: number): Iterable<string> {
    for (const [name, it] of tree.entries(directory)) {
      const path = join(inside, name);
      if (fits(path)) yield join(directory, name);
      else if (isDirectory(it) && levels > 1) yield* search(join(directory, name), path, levels - 1);
    }
  }
}

const isDirectory = (entry: HostEntry): boolean => entry.directory && !entry.link;

const join = (directory: string, name: string): string =>
  directory === '' || name === '' ? directory + name : `${directory}/${name}`;

function once<T>(compute: () => T): () => T {
  let kept: { readonly value: T } | undefined;
  return () => {
    kept ??= { value: compute() };
    return kept.value;
  };
}

function remember<T>(compute: (key: string) => T): (key: string) => T {
  const kept = new Map<string, { readonly value: T }>();
  return (key) => {
    const known = kept.get(key) ?? { value: compute(key) };
    kept.set(key, known);
    return known.value;
  };
}
