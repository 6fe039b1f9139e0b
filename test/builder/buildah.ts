import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Debian's busybox-static and buildah; without them these tests are skipped. */
const busybox = ['/bin/busybox', '/usr/bin/busybox'].find((path) => existsSync(path) && isStatic(path));
export const missing = [
  ...(spawnSync('buildah', ['--version']).status === 0 ? [] : ['buildah']),
  ...(busybox ? [] : ['busybox-static']),
];

function isStatic(path: string): boolean {
  const { stdout } = spawnSync('ldd', [path], { encoding: 'utf8' });
  return !/=>/.test(stdout ?? '');
}

export const BASE = 'localhost/dflint-base:1';

export interface Built {
  /** Per step of the file, in order, with its stage: whether it was taken from the cache; FROM has no say. */
  readonly steps: readonly { readonly stage: number; readonly text: string; readonly cached: boolean }[];
  readonly diffIds: readonly string[];
}

/** A store of its own, gone when `dispose` is called: no daemon, no network, no root file system of anybody's. */
export function makeBuilder() {
  const folder = mkdtempSync(join(tmpdir(), 'dflint-builder-'));
  const store = ['--root', join(folder, 'root'), '--runroot', join(folder, 'run'), '--storage-driver', 'vfs'];
  const buildah = (...args: string[]): string => {
    const { status, stdout, stderr } = spawnSync('buildah', [...store, ...args], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`buildah ${args.join(' ')}\n${stdout}${stderr}`);
    return stdout + stderr;
  };
  const make = (context: string, tag: string, ...options: string[]): string =>
    buildah('build', '--isolation', 'chroot', '--layers', '--tag', tag, ...options, context);

  mkdirSync(join(folder, 'base'));
  copyFileSync(busybox!, join(folder, 'base/busybox'));
  const dockerfile = 'FROM scratch\nCOPY busybox /bin/busybox\nRUN ["/bin/busybox", "--install", "-s", "/bin"]\n';
  writeFileSync(join(folder, 'base/Dockerfile'), dockerfile);
  make(join(folder, 'base'), BASE);

  return {
    /** A copy of a fixture that may be changed. */
    contextOf(fixture: string): string {
      const context = join(folder, 'contexts', fixture);
      cpSync(join('fixtures/builder', fixture), context, { recursive: true });
      return context;
    },
    build(context: string, options: { args?: Readonly<Record<string, string>>; target?: string } = {}): Built {
      const args = Object.entries({ BASE, ...options.args }).flatMap(([name, value]) => [
        '--build-arg',
        `${name}=${value}`,
      ]);
      const target = options.target ? ['--target', options.target] : [];
      const log = make(context, 'localhost/dflint-test:1', ...args, ...target);
      const image = JSON.parse(buildah('inspect', '--type', 'image', 'localhost/dflint-test:1')) as {
        OCIv1: { rootfs: { diff_ids: string[] } };
      };
      return { steps: stepsOf(log), diffIds: image.OCIv1.rootfs.diff_ids };
    },
    dispose(): void {
      execFileSync('chmod', ['-R', 'u+rwX', folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function stepsOf(log: string): Built['steps'] {
  const steps: { stage: number; text: string; cached: boolean }[] = [];
  for (const line of log.split('\n')) {
    const match = /^(?:\[(\d+)\/\d+\] )?STEP \d+\/\d+: (.*)$/.exec(line);
    if (match) steps.push({ stage: Number(match[1] ?? 1) - 1, text: match[2]!, cached: false });
    else if (line.startsWith('--> Using cache')) steps[steps.length - 1] = { ...steps.at(-1)!, cached: true };
  }
  return steps;
}
