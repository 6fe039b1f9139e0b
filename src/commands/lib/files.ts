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
    if (path === '') throw new UsageError('a path is empty');
    const kind = path === '-' ? 'file' : kindOf(resolve(cwd, path));
    if (kind === 'file') paths.add(path);
    else if (kind === 'folder') {
      const found = await search(path, cwd);
      if (found.length === 0) failures.push({ path, message: 'no Dockerfile in this folder or below' });
      for (const file of found) paths.add(file);
    } else if (kind === 'missing' && /[*?[{!]/.test(path)) {
      const found = await matching(path, cwd);
      if (found.length === 0) failures.push({ path, message: 'no file matches this pattern' });
      for (const file of found) paths.add(file);
    } else failures.push({ path, message: kind === 'missing' ? 'no such file or folder' : kind });
  }
  return { paths: [...paths], failures };
}

/** How many patterns one with braces may stand for. */
const MOST_PATTERNS = 1000;

async function matching(pattern: string, cwd: string): Promise<string[]> {
  const groups = pattern.match(/\{[^{}]*/g) ?? [];
  const count = groups.reduce((product, it) => product * (it.includes('..') ? 10 : it.split(',').length), 1);
  const ranges = [...pattern.matchAll(/(\d+)\.\.(\d+)/g)].map(([, from, to]) => Math.abs(Number(to) - Number(from)));
  if (Math.max(count, ...ranges) > MOST_PATTERNS)
    throw new UsageError(`${pattern}: this pattern has too many alternatives`);
  const { globby } = await import('globby');
  return (await globby(pattern, { ...walk, cwd })).sort();
}

/** Links to folders are not followed: they may lead in circles, or anywhere. */
const walk = { gitignore: true, dot: true, ignore: ignored, followSymbolicLinks: false } as const;

async function search(folder: string, cwd: string): Promise<string[]> {
  const { globby } = await import('globby');
  const found = await globby(
    patterns.map((pattern) => `**/${pattern}`),
    { ...walk, cwd: resolve(cwd, folder), caseSensitiveMatch: false },
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
    if (why !== 'missing') return { path, message: why };
    const isMangled = path.includes('\ufffd');
    return {
      path,
      message: isMangled ? 'its name is not valid UTF-8, so it cannot be opened' : 'no such file or folder',
    };
  }
}
