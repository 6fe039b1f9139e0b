import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Failure } from '../../engine/diagnostic.ts';

/** A unified diff of a file and what it would become. */
export async function unifiedDiff(path: string, before: string, after: string): Promise<string> {
  const { createTwoFilesPatch } = await import('diff');
  return createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, { context: 3 }).replace(
    /^=+\n/,
    '',
  );
}

/**
 * Replaces a file in one move, its mode and owner kept, symbolic links followed. A failure where the file is no longer what was
 * read, where its bytes are not those of the text, where it has other names or another owner, is read-only, or cannot be written:
 * it then stands as it stood.
 */
export async function replaceFile(
  path: string,
  cwd: string,
  before: string,
  after: string,
): Promise<Failure | undefined> {
  const file = resolve(cwd, path);
  const expected = Buffer.from(before, 'utf8');
  try {
    const { writeFile } = await import('atomically');
    const held = heldBack(file);
    if (held !== undefined) return { path, message: `${held}; nothing was fixed` };
    const bytes = readFileSync(file);
    if (!bytes.equals(expected)) {
      const reason = bytes.toString('utf8') === before ? 'it is not valid UTF-8' : 'it changed in the meantime';
      return { path, message: `${reason}; nothing was fixed` };
    }
    await writeFile(file, after, { encoding: 'utf8' });
    return undefined;
  } catch (error) {
    return { path, message: `cannot be written: ${(error as NodeJS.ErrnoException).code ?? (error as Error).message}` };
  }
}

/** Why a file cannot be replaced by another without something of it being lost. */
function heldBack(file: string): string | undefined {
  const { nlink, mode, uid } = statSync(file);
  if (nlink > 1) return `it has ${nlink} names (hard links), and the others would keep the old text`;
  if ((mode & 0o222) === 0) return 'it is read-only';
  const self = process.getuid?.();
  if (self !== undefined && self !== 0 && self !== uid) return 'it belongs to another user';
  return undefined;
}
