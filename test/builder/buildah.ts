import { execFile, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BASE, type Builder, type BuiltStep, contextsIn, standInsIn } from './builder.ts';

/** A network of its own costs a tenth of a second a step; nothing here uses any. */
const ISOLATION = ['--isolation', 'chroot', '--network', 'host'];
/** Nor is there anything to be guarded from: what runs is busybox. */
const BUILD = ['build', ...ISOLATION, '--security-opt=seccomp=unconfined', '--pull-never'];
/** On a busy machine, buildah may end before it has handed on what a program printed: this line is its last. */
const END = 'end of what the program prints';
const BUILT = 'localhost/dflint-test:1';

/** What an image says of itself. */
interface Image {
  readonly OCIv1: {
    readonly config: { readonly Entrypoint?: readonly string[]; readonly Cmd?: readonly string[] };
    readonly rootfs: { readonly diff_ids: readonly string[] };
  };
}

/** A store of its own: no daemon, no network, no root file system of anybody's. */
export async function makeBuildah(busybox: string): Promise<Builder> {
  const folder = mkdtempSync(join(roomInMemory() ?? tmpdir(), 'dflint-builder-'));
  // cache mounts live in the folder for temporary files
  mkdirSync(join(folder, 'tmp'));
  // a folder for settings of docker may have no file with accounts, which buildah insists on
  const { DOCKER_CONFIG: _, ...others } = process.env;
  const env = { ...others, TMPDIR: join(folder, 'tmp') };
  let driver = 'overlay';
  const buildah = (...args: string[]): Promise<{ out: string; log: string }> => {
    const store = ['--root', join(folder, driver, 'root'), '--runroot', join(folder, driver, 'run')];
    // each process of a RUN closes every file that could be open, one by one: few may be
    const limited = ['-c', 'ulimit -n 1024; exec buildah "$@"', 'buildah', ...store, '--storage-driver', driver];
    return new Promise((resolve, reject) => {
      execFile('sh', [...limited, ...args], { env }, (error, out, err) => {
        if (error) reject(new Error(`buildah ${args.join(' ')}\n${out}${err}`));
        else resolve({ out, log: out + err });
      });
    });
  };
  const make = async (context: string, tag: string, ...options: string[]): Promise<string> =>
    (await buildah(...BUILD, '--tag', tag, ...options, context)).log;

  const basic = join(folder, 'base');
  mkdirSync(basic);
  copyFileSync(busybox, join(basic, 'busybox'));
  const dockerfile = 'FROM scratch\nCOPY busybox /bin/busybox\nRUN ["/bin/busybox", "--install", "-s", "/bin"]\n';
  writeFileSync(join(basic, 'Dockerfile'), dockerfile);
  // where overlays cannot be mounted, whole copies are slower and serve as well
  await make(basic, BASE, '--layers').catch(() => {
    driver = 'vfs';
    return make(basic, BASE, '--layers');
  });

  const standIns = standInsIn(folder, busybox);
  const named = new Set<string>([BASE]);
  const inspect = async (image: string): Promise<Image> =>
    JSON.parse((await buildah('inspect', '--type', 'image', image)).out) as Image;
  return {
    kind: 'buildah',
    busybox,
    forms: ['docker-archive', 'oci-archive', 'oci'],
    contextOf: contextsIn(folder),
    async base(name, kind) {
      if (named.has(name)) return;
      named.add(name);
      const stage = ['--layers', '--target', kind];
      await make(standIns, `localhost/stand-in:${kind}`, ...stage);
      const file = join(folder, 'base/Dockerfile');
      writeFileSync(file, `FROM localhost/stand-in:${kind}\nLABEL stands-in-for="${name}"\n`);
      await make(basic, name, '--layers');
    },
    async build(context, options = {}) {
      const args = Object.entries({ BASE, ...options.args }).map(([name, value]) => `--build-arg=${name}=${value}`);
      const flags = [
        ...(options.cache === false ? ['--no-cache'] : ['--layers']),
        ...(options.target ? ['--target', options.target] : []),
        ...(options.dockerfile ? ['--file', join(context, options.dockerfile)] : []),
        ...(options.ignoreFile ? ['--ignorefile', join(context, options.ignoreFile)] : []),
      ];
      const log = await make(context, BUILT, ...args, ...flags);
      return { steps: stepsOf(log), diffIds: (await inspect(BUILT)).OCIv1.rootfs.diff_ids };
    },
    failedLine(message, text) {
      const failed = /building at STEP "(.*)": /.exec(message)?.[1] ?? '';
      const lines = text.split('\n');
      const at = lines.findIndex((line) => line === failed || JSON.stringify(line) === `"${failed}"`);
      return at < 0 ? undefined : at + 1;
    },
    async writeImage(form, path) {
      await buildah('push', BUILT, `${form}:${path}`);
    },
    layersOf: async (image) => (await inspect(image)).OCIv1.rootfs.diff_ids.length,
    async run(argv) {
      const { Entrypoint = [], Cmd = [] } = argv ? { Cmd: argv } : (await inspect(BUILT)).OCIv1.config;
      const program = ['/bin/sh', '-ec', `"$@"; echo "${END}"`, 'sh', ...Entrypoint, ...Cmd];
      const container = (await buildah('from', '--pull-never', BUILT)).out.trim();
      try {
        for (let attempt = 0; attempt < 5; attempt += 1) {
          const { out } = await buildah('run', ...ISOLATION, container, '--', ...program);
          if (out.endsWith(`${END}\n`)) return out.slice(0, -END.length - 1);
        }
        throw new Error('what the program prints is lost');
      } finally {
        await buildah('rm', container);
      }
    },
    dispose() {
      for (const mount of mountsBelow(folder)) spawnSync('umount', [mount]);
      spawnSync('chmod', ['-R', 'u+rwX', folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A builder waits for the disk at every step, so its store is in memory where there is plenty. */
function roomInMemory(): string | undefined {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    return bavail * bsize > 4 * 2 ** 30 ? '/dev/shm' : undefined;
  } catch {
    return undefined;
  }
}

/** What is mounted in a folder, innermost first. */
function mountsBelow(folder: string): string[] {
  const places = readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[4] ?? '');
  return places.filter((place) => place.startsWith(`${folder}/`)).reverse();
}

/** A stage that waits for another has begun a step, and ends it later: each end belongs to the step that began last. */
function stepsOf(log: string): BuiltStep[] {
  const steps: BuiltStep[] = [];
  const open: number[] = [];
  for (const line of log.split('\n')) {
    const match = /^(?:\[(\d+)\/\d+\] )?STEP \d+\/\d+: (.*)$/.exec(line);
    if (match) {
      const stage = Number(match[1] ?? 1) - 1;
      // FROM does not say that it ends
      if (open.length > 0 && steps[open.at(-1)!]!.stage === stage) open.pop();
      open.push(steps.push({ stage, text: match[2]!, cached: false }) - 1);
    } else if (line.startsWith('--> Using cache')) {
      const last = open.at(-1)!;
      steps[last] = { ...steps[last]!, cached: true };
    } else if (/^--> [0-9a-f]+$/.test(line)) open.pop();
  }
  return steps.sort((a, b) => a.stage - b.stage);
}
