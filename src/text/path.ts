/** Paths as texts, `/`-separated: of a build context they begin with a name, of an image with a slash. */

/**
 * Go's `filepath.Clean` on Linux: repeated slashes, `.` and inner `..` go, and so does a trailing slash.
 * `..` above the root is dropped; the empty path is `.`. Source: https://pkg.go.dev/path/filepath#Clean
 */
export function clean(path: string): string {
  if (isClean(path)) return path;
  const rooted = path.startsWith('/');
  const kept: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') kept.push(part);
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop();
    else if (!rooted) kept.push(part);
  }
  return rooted ? `/${kept.join('/')}` : kept.join('/') || '.';
}

/** Whether there is nothing to clean, as in most paths. */
const isClean = (path: string): boolean => /^\/?(?:[^/.][^/]*)(?:\/[^/.][^/]*)*$/.test(path);

/** A path of a build context, clean and from its root, which is the empty path: `..` and a leading slash stop there. */
export const fromRoot = (path: string): string => clean(`/${path}`).slice(1);

/** Without slashes at the end; the root stays. */
export const withoutSlash = (path: string): string => path.replace(/(?<=.)\/+$/, '');

/** The last part, a slash at the end left out: `b` of `/a/b` and of `a/b/`. */
export function baseName(path: string): string {
  const plain = withoutSlash(path);
  return plain.slice(plain.lastIndexOf('/') + 1);
}

/** The last part of a path of Linux or Windows. */
export const lastPart = (path: string): string =>
  path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);

/** What a path lies in: `/a` of `/a/b`, `/` of `/b`, the empty path of `b`. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === 0 ? '/' : path.slice(0, Math.max(slash, 0));
}

/** A path, the folders that it lies in, and the root: `/`, `/a` and `/a/b` of `/a/b`. Paths longer than any system has have only themselves. */
export function foldersOf(path: string): string[] {
  const found = ['/'];
  if (path.length <= LONGEST_PATH)
    for (let slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1))
      found.push(path.slice(0, slash));
  found.push(path);
  return found;
}

export const LONGEST_PATH = 4096;

/** A path below a folder; either may be empty. */
export const joined = (folder: string, path: string): string =>
  folder === '' || path === '' ? folder + path : folder === '/' ? `/${path}` : `${folder}/${path}`;

/** Whether `path` is `folder` or lies below it; both clean, and the empty folder is the root of a context. */
export const isBelow = (path: string, folder: string): boolean =>
  path === folder || folder === '/' || folder === '' || path.startsWith(`${folder}/`);

/** What of `path` lies below `folder`, which it is or lies below; empty for the folder itself. */
export const below = (path: string, folder: string): string =>
  path === folder ? '' : folder === '/' || folder === '' ? path.slice(folder.length) : path.slice(folder.length + 1);

/** Whether a path has a wildcard in it: `*`, `?` or a class. */
export const hasWildcard = (path: string): boolean => /[*?[]/.test(path);

/** The folders before the first wildcard; the whole path where it has none. */
export function fixedPart(path: string): string {
  const wild = path.search(/[*?[]/);
  return wild < 0 ? path : path.slice(0, path.lastIndexOf('/', wild)) || '/';
}
