import { parentPort, workerData } from 'node:worker_threads';

/** What a thread needs to start ShellCheck's WebAssembly build. Scripts then come in as text, answers go out as text. */
export interface WorkerSetup {
  /** The compiled module. */
  readonly module: object;
  /** The URL of what GHC made to go with the module. */
  readonly glue: string;
  /** The URL of @bjorn3/browser_wasi_shim. */
  readonly shim: string;
}

export interface Reply {
  /** What ShellCheck answered. */
  readonly answer?: string;
  /** Why it did not. */
  readonly error?: string;
}

interface Exports {
  lintWithOptions(script: string, options: string): Promise<string>;
}
interface Instance {
  readonly exports: Exports;
}
interface Glue {
  default(exports: object): object;
}
interface Shim {
  readonly WASI: new (
    args: readonly string[],
    env: readonly string[],
    descriptors: readonly object[],
    options: { readonly debug: boolean },
  ) => { readonly wasiImport: object; initialize(instance: Instance): void };
  readonly File: new (data: readonly number[]) => object;
  readonly OpenFile: new (file: object) => object;
  readonly ConsoleStdout: { lineBuffered(write: () => void): object };
}
declare const WebAssembly: { instantiate(module: object, imports: object): Promise<Instance> };

/** In place of the package's own loader, which leaves out the initialiser of the module and fails after a few calls. */
async function start({ module, glue, shim }: WorkerSetup): Promise<Exports> {
  const { default: imports } = (await import(glue)) as Glue;
  const { WASI, File, OpenFile, ConsoleStdout } = (await import(shim)) as Shim;
  const silent = (): object => ConsoleStdout.lineBuffered(() => {});
  // without `debug: false` the shim writes to standard output
  const wasi = new WASI([], [], [new OpenFile(new File([])), silent(), silent()], { debug: false });
  // the glue calls what the instance exports, which is there only behind it
  const exports = {};
  const instance = await WebAssembly.instantiate(module, {
    ghc_wasm_jsffi: imports(exports),
    wasi_snapshot_preview1: wasi.wasiImport,
  });
  Object.assign(exports, instance.exports);
  wasi.initialize(instance);
  return instance.exports;
}

const port = parentPort!;
const ready = start(workerData as WorkerSetup);
// told with the answer to the first script
ready.catch(() => {});
port.on('message', async (script: string) => {
  try {
    port.postMessage({ answer: await (await ready).lintWithOptions(script, '{}') } satisfies Reply);
  } catch (error) {
    port.postMessage({ error: String(error) } satisfies Reply);
  }
});
