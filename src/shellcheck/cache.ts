import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { areFindings, type Finding } from './finding.ts';

/** What ShellCheck answered, kept between runs; the same answer is found whoever asks, as long as nothing about it changed. */
export interface Cache {
  read(version: string, script: string): readonly Finding[] | undefined;
  write(version: string, script: string, findings: readonly Finding[]): void;
  /** Takes away the oldest beyond what may be kept. */
  trim(): void;
}

/** The entries are divided by the first digit of their names; each part has its share of what may be kept. */
const PARTS = 16;
const MOST_ENTRIES = 5_000;
const MOST_BYTES = 20_000_000;

/** The folder where this platform keeps what can be made again. */
export function cacheFolder(variable: (name: string) => string | undefined): string {
  const given = variable('XDG_CACHE_HOME');
  if (given && isAbsolute(given)) return join(given, 'dflint');
  if (process.platform === 'win32') return join(variable('LOCALAPPDATA') ?? join(homedir(), 'AppData/Local'), 'dflint');
  return join(homedir(), process.platform === 'darwin' ? 'Library/Caches' : '.cache', 'dflint');
}

/**
 * A folder of small files. Each is written aside and then moved to its name, so that runs at the same time see whole files; it
 * begins with the hash of the rest, so that a damaged one is none. A folder that cannot be used keeps nothing.
 */
export function diskCache(root: string, limits = { entries: MOST_ENTRIES, bytes: MOST_BYTES }): Cache {
  const folder = join(root, 'shellcheck');
  const touched = new Set<string>();
  const pathOf = (version: string, script: string): string => {
    const name = hash(JSON.stringify([version, script]));
    return join(folder, name.slice(0, 1), `${name.slice(1)}.json`);
  };
  return {
    read(version, script) {
      try {
        const [sum = '', body = ''] = divided(readFileSync(pathOf(version, script), 'utf8'));
        if (sum !== hash(body)) return undefined;
        const findings: unknown = JSON.parse(body);
        return areFindings(findings, script.length) ? findings : undefined;
      } catch {
        return undefined;
      }
    },
    write(version, script, findings) {
      const path = pathOf(version, script);
      const aside = `${path}.${randomUUID()}`;
      const body = JSON.stringify(findings);
      try {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(aside, `${hash(body)}\n${body}`);
        renameSync(aside, path);
        touched.add(dirname(path));
      } catch {
        remove(aside);
      }
    },
    trim() {
      for (const part of touched) trimPart(part, limits.entries / PARTS, limits.bytes / PARTS);
      touched.clear();
    },
  };
}

export const noCache: Cache = { read: () => undefined, write: () => {}, trim: () => {} };

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

const divided = (content: string): string[] => {
  const end = content.indexOf('\n');
  return [content.slice(0, end), content.slice(end + 1)];
};

/** Others may trim at the same time: what is gone is gone. */
function trimPart(folder: string, entries: number, bytes: number): void {
  try {
    const files = readdirSync(folder).flatMap((name) => {
      const path = join(folder, name);
      const { mtimeMs, size } = statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: 0, size: 0 };
      return mtimeMs > 0 ? [{ path, mtimeMs, size }] : [];
    });
    files.sort((a, b) => b.mtimeMs - a.mtimeMs);
    let kept = 0;
    for (const [index, { path, size }] of files.entries()) {
      kept += size;
      if (index >= entries || kept > bytes) remove(path);
    }
  } catch {
    // kept a while longer
  }
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // a folder that cannot be written
  }
}
