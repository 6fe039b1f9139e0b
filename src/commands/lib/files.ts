import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Failure } from '../../engine/diagnostic.ts';
import { type Terminal, UsageError } from './terminal.ts';

/** What a folder is searched for, in any letter case: `Dockerfile`, `Dockerfile.dev`, `Dockerfile-dev`, `dev.Dockerfile`. */
const patterns = ['Dockerfile', 'Containerfile'].flatMap((name) => [name, `${name}[.-]*`, `*.${name}`]);
/** The last are not Dockerfiles but about them: ignore files and notes. */
const ignored = ['**/node_modules/**', '**/.git/**', '**/*.{dockerignore,containerignore,md}'];

/** The files that paths, folders and patterns name, in their order, each once; `-` is standard input. */
export async function findFiles(
  given: readonly string[],
  cwd: string,
): Promise<{ paths: string[]; failures: Failure[] }> {
  const paths = new Set<string>();
  const failures: Failure[] = [];
  for (const path of given) {
    if (path === '') throw new UsageError('an empty path names no file');
    const kind = path === '-' ? 'file' : kindOf(resolve(cwd, path));
    if (kind === 'file') paths.add(path);
    else if (kind === 'folder') {
      const found = await search(path, cwd);
      if (found.length === 0) failures.push({ path, message: 'no Dockerfile in this folder or below' });
      for (const file of found) paths.add(file);
    } else if (kind === 'missing' && /[*?[{!]/.test(path)) {
      const { globby } = await import('globby');
      const found = (await globby(path, { cwd, gitignore: true, dot: true, ignore: ignored })).sort();
      if (found.length === 0) failures.push({ path, message: 'no file matches this pattern' });
      for (const file of found) paths.add(file);
    } else failures.push({ path, message: kind === 'missing' ? 'no such file or folder' : kind });
  }
  return { paths: [...paths], failures };
}

async function search(folder: string, cwd: string): Promise<string[]> {
  const { globby } = await import('globby');
  const found = await globby(
    patterns.map((pattern) => `**/${pattern}`),
    { cwd: resolve(cwd, folder), gitignore: true, dot: true, ignore: ignored, caseSensitiveMatch: false },
  );
  const prefix = folder === '.' ? '' : `${folder.replace(/\/+$/, '')}/`;
  return found.sort().map((file) => prefix + file);
}

function kindOf(path: string): string {
  try {
    const stat = statSync(path);
    return stat.isDirectory() ? 'folder' : 'file';
  } catch (error) {
    return reason(error);
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'missing',
  ENOTDIR: 'missing',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'a circle of symbolic links',
  EISDIR: 'this is a folder',
};

const reason = (error: unknown): string => {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return reasons[code] ?? message;
};

/** The text of a file or of standard input; a failure where it cannot be read or is no text. */
export function readText(path: string, terminal: Terminal): string | Failure {
  try {
    const bytes = path === '-' ? terminal.input() : readFileSync(resolve(terminal.cwd, path));
    const zero = bytes.indexOf(0);
    if (zero < 0) return bytes.toString('utf8');
    const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
    const message = wide ? 'this is UTF-16; save it as UTF-8' : `not a text file: a zero byte at offset ${zero}`;
    return { path, message };
  } catch (error) {
    const why = reason(error);
    return { path, message: why === 'missing' ? 'no such file or folder' : why };
  }
}
