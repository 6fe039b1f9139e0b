import { cleanPath } from '../../src/engine/rule.ts';
import { archiveEndings } from '../../src/knowledge/commands/archives.ts';

/** The last part of a path. */
export const baseOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** A URL or a Git reference, which ADD fetches (BuildKit's rules: scheme, git@host:path). */
export const isRemote = (source: string): boolean =>
  /^(?:https?|git|ssh|ftp):\/\//i.test(source) || /^[\w.-]+@[\w.-]+:/.test(source);

/** Whether the name is that of an archive, or a pattern that may match one. */
export function mayBeArchive(source: string): boolean {
  const name = source.slice(source.lastIndexOf('/') + 1).toLowerCase();
  if (archiveEndings.some((ending) => name.endsWith(ending))) return true;
  return /[*?\]]$/.test(name) && name !== '' && (!name.includes('.') || /\.(?:t|g|b|x|z|\*|\?|\[)[^.]*$/.test(name));
}

/** The whole context or all of a folder at its root: `.`, `./`, `/`, `*`. */
export const isWholeContext = (source: string): boolean =>
  /^(?:\.?\/?\.?|(?:\.\/)?\*{1,2}|\.\/\.)\/?$/.test(source) && source !== '';

/** Whether deleting `pattern` deletes `path`: the same, above it, or a final `*` beside it. Both absolute. */
export function covers(pattern: string, path: string): boolean {
  const folder = pattern.replace(/\/\*+$/, '').replace(/(?<=.)\/+$/, '');
  const whole = path.replace(/\/\*+$/, '').replace(/(?<=.)\/+$/, '');
  return whole === folder || (folder === '' ? true : whole.startsWith(`${folder}/`));
}

/** `path` seen from `folder`, dots resolved; undefined where either is not known to be absolute. */
export function absolute(folder: string | undefined, path: string): string | undefined {
  if (/[$`*?[{~]/.test(path.replace(/\/\*+$/, ''))) return undefined;
  const joined = path.startsWith('/') ? path : folder?.startsWith('/') ? `${folder}/${path}` : undefined;
  return joined === undefined ? undefined : cleanPath(joined);
}
