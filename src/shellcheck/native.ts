import { execFile } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';
import { type Finding, readJson1 } from './finding.ts';
import { type Limits, limited, type Runner } from './runner.ts';

/** Seconds for a program to tell its version. */
const PATIENCE = 10;
const LARGEST_ANSWER = 1 << 26;

/** The ShellCheck on this PATH; undefined where there is none, or where what goes by that name is something else. */
export async function nativeRunner(path: string): Promise<Runner | undefined> {
  const program = findProgram(path);
  if (program === undefined) return undefined;
  const told = await call(program, ['--version'], '', { timeout: PATIENCE * 1000, signal: undefined }).catch(() => '');
  const [, version, major, minor] = /^version: ((\d+)\.(\d+)\S*)/m.exec(told) ?? [];
  if (version === undefined) return undefined;
  return {
    version: `native ${version}`,
    busybox: Number(major) > 0 || Number(minor) >= 10,
    slots: availableParallelism(),
    check: async (script, limits): Promise<readonly Finding[]> =>
      // what lies in the folder where dflint is started is not to change an answer that is kept
      readJson1(await call(program, ['--norc', '--format=json1', '-'], script, limits), script),
    close: async () => {},
  };
}

/** Relative folders of a PATH are passed over: nobody means a program that the linted project brings along. */
function findProgram(path: string): string | undefined {
  const names = process.platform === 'win32' ? ['shellcheck.exe'] : ['shellcheck'];
  return path
    .split(delimiter)
    .filter((folder) => isAbsolute(folder))
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** What a program prints; findings make ShellCheck end with 1. */
function call(program: string, args: readonly string[], input: string, limits: Limits): Promise<string> {
  const { SHELLCHECK_OPTS: _, ...env } = process.env;
  const options = { cwd: tmpdir(), env, encoding: 'utf8', maxBuffer: LARGEST_ANSWER, windowsHide: true } as const;
  let stop = (): void => {};
  const answer = new Promise<string>((resolve, reject) => {
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      if (!error || error.code === 1) resolve(stdout);
      else reject(new Error(stderr.trim().split('\n')[0] || error.message));
    });
    stop = () => void child.kill('SIGKILL');
    // a program that ends without reading is told by how it ends
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
  return limited(answer, limits, stop);
}
