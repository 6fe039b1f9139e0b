import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

export interface Result {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

export const cli = resolve('dist/cli.js');

/** The command line as people run it: bundled, in a process of its own, without colours. */
export function dflint(
  args: readonly string[],
  options: { cwd?: string; input?: string; env?: NodeJS.ProcessEnv } = {},
): Result {
  const { cwd, input, env } = options;
  const { NO_COLOR: _, FORCE_COLOR: __, ...rest } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    encoding: 'utf8',
    cwd,
    input: input ?? '',
    // a hang is a failure, with a code of null
    timeout: 50_000,
    killSignal: 'SIGKILL',
    maxBuffer: 1 << 28,
    env: { ...rest, ...env },
  });
  return { code: status, out: stdout, error: stderr };
}

/** A folder with these files for as long as `use` takes. */
export function inFolder<T>(files: Readonly<Record<string, string | Buffer>>, use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'dflint-'));
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
