import { execFile, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from '../../grammar/index.ts';
import { analyze, type Model, type Stage } from '../../src/model/index.ts';
import { imagesOf } from '../../src/model/stages/images.ts';
import { applyEdits } from '../../src/text/edit.ts';
import { position } from '../../src/text/lines.ts';
import { BASE, type Builder, type BuiltStep, contextsIn, type Form, standInsIn } from './builder.ts';

/** What a docker command prints, and how it fails; the lines of rawjson are left out of the error. */
export const callDocker = (
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<{ out: string; log: string; error: Error | undefined }> =>
  new Promise((resolve) => {
    execFile('docker', args, { env, maxBuffer: 2 ** 28 }, (failed, out, err) => {
      const log = out + err;
      const error = failed ? new Error(`docker ${args.join(' ')}\n${log.replace(/^\{.*\n/gm, '')}`) : undefined;
      resolve({ out, log, error });
    });
  });

/** The same; throws where the command fails. */
export async function docker(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<{ out: string; log: string }> {
  const { error, ...said } = await callDocker(args, env);
  if (error) throw error;
  return said;
}

/** What `docker build --progress=rawjson` says of one vertex of the graph. */
interface Vertex {
  readonly digest: string;
  readonly name: string;
  readonly inputs?: readonly string[];
  readonly cached?: boolean;
}

/**
 * BuildKit or the classic builder of the docker that answers. All its images have names of its own, so that none of the
 * machine's is replaced: they take the place of those that a Dockerfile names before it is built.
 */
export async function makeDocker(kind: 'buildkit' | 'classic', busybox: string): Promise<Builder> {
  const folder = mkdtempSync(join(tmpdir(), 'dflint-docker-'));
  // nothing that an earlier run has left in the cache has this
  const salt = randomBytes(6).toString('hex');
  const built = `dflint-test-${salt}:built`;
  const images = new Map<string, string>();
  const env = { ...process.env, DOCKER_BUILDKIT: kind === 'buildkit' ? '1' : '0', BUILDKIT_PROGRESS: 'plain' };
  const raw = kind === 'buildkit' ? ['--progress=rawjson'] : [];
  // a tag leaves the image that it had before behind
  const made = new Set<string>();
  const make = async (context: string, tag: string, ...options: string[]): Promise<string> => {
    const { log } = await docker(['build', ...raw, '--network=none', '--tag', tag, ...options, context], env);
    for (const [, id] of log.matchAll(/(?:writing image sha256:|Successfully built )([0-9a-f]{12,64})/g)) made.add(id!);
    return log;
  };

  const standIns = standInsIn(folder, busybox);
  writeFileSync(join(standIns, 'etc/salt'), salt);
  const basic = join(folder, 'base');
  mkdirSync(basic);
  copyFileSync(busybox, join(basic, 'busybox'));
  writeFileSync(join(basic, 'salt'), salt);
  // without it, BuildKit of Engine 28 finds no user, be it a number
  writeFileSync(join(basic, 'passwd'), 'root:x:0:0:root:/root:/bin/sh\n');
  const file = join(basic, 'Dockerfile');
  writeFileSync(
    file,
    'FROM scratch\nCOPY busybox salt /bin/\nCOPY passwd /etc/\nRUN ["/bin/busybox", "--install", "-s", "/bin"]\n',
  );
  images.set(BASE, `dflint-test-${salt}:base`);
  await make(basic, images.get(BASE)!);
  const layersOf = async (image: string): Promise<string[]> =>
    JSON.parse((await docker(['image', 'inspect', '--format', '{{json .RootFS.Layers}}', image])).out) as string[];
  const forms: Form[] = kind === 'buildkit' && (await canExport()) ? exported : ['docker-archive'];
  let last: readonly string[] = [];
  /** The Dockerfiles as they were, by their paths. */
  const texts = new Map<string, string>();
  let names = 0;

  return {
    kind,
    busybox,
    forms,
    contextOf: contextsIn(folder),
    async base(name, standIn) {
      if (images.has(name)) return;
      names += 1;
      const tag = `dflint-test-${salt}:${standIn}-${names}`;
      images.set(name, tag);
      const stage = `dflint-test-${salt}:${standIn}`;
      await make(standIns, stage, '--target', standIn);
      // layers of its own: images that have the same ones are one to the cache
      writeFileSync(join(basic, 'salt'), `${salt} ${name}`);
      writeFileSync(file, `FROM ${stage}\nCOPY salt /etc/salt\n`);
      await make(basic, tag);
    },
    async build(context, options = {}) {
      const { target, cache, args, ignoreFile, dockerfile = 'Dockerfile', flags: more = [] } = options;
      const values = Object.entries({ BASE, ...args });
      const given = values.map(([name, value]) => `--build-arg=${name}=${value}`);
      const path = join(context, dockerfile);
      const text = texts.get(path) ?? readFileSync(path, 'utf8');
      texts.set(path, text);
      const model = analyze(parse(text).ast, { buildArgs: new Map(values), target });
      writeFileSync(
        path,
        renamed(text, model, (name) => images.get(name)),
      );
      // the classic builder knows no other
      if (kind === 'classic' && ignoreFile && ignoreFile !== '.dockerignore')
        cpSync(join(context, ignoreFile), join(context, '.dockerignore'));
      const flags = [...more, ...(cache === false ? ['--no-cache'] : []), ...(target ? ['--target', target] : [])];
      last = [...given, ...flags.filter((it) => it !== '--no-cache'), '--file', path, context];
      const log = await make(context, built, ...given, ...flags, '--file', path);
      const steps = kind === 'buildkit' ? stepsOfBuildkit(log, model) : stepsOfClassic(log);
      return { steps, diffIds: await layersOf(built) };
    },
    failedLine(message, text) {
      // of a build of stages side by side, the classic builder tells no line, but the step at which it stopped
      const step = Number([...message.matchAll(/^Step (\d+)\/\d+ : /gm)].at(-1)?.[1]);
      const { instructions, lines } = parse(text).ast;
      if (kind === 'classic') return step > 0 ? position(lines, instructions[step - 1]!.span.start).line : undefined;
      const line = Number(/^\S+:(\d+)\n-+$/m.exec(message)?.[1]);
      return line > 0 ? line : undefined;
    },
    async writeImage(form, path) {
      const output = outputs[form];
      if (output === undefined) await docker(['save', '--output', path, built]);
      else await docker(['build', '--network=none', `--output=${output},name=${built},dest=${path}`, ...last], env);
    },
    layersOf: async (image) => (await layersOf(images.get(image) ?? image)).length,
    async run(argv) {
      const [program, ...rest] = argv ?? [];
      const own = program === undefined ? [built] : ['--entrypoint', program, built, ...rest];
      return (await docker(['run', '--rm', '--network=none', ...own])).out;
    },
    dispose() {
      const { stdout } = spawnSync('docker', ['images', '--quiet', `dflint-test-${salt}`], { encoding: 'utf8' });
      spawnSync('docker', ['image', 'rm', '--force', ...new Set([...stdout.split('\n').filter(Boolean), ...made])]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const exported: Form[] = ['docker-archive', 'oci-archive', 'exported', 'oci'];
/** The exporters of BuildKit; what docker keeps is saved. */
const outputs: Readonly<Partial<Record<Form, string>>> = {
  exported: 'type=docker',
  'oci-archive': 'type=oci',
  oci: 'type=oci,tar=false',
};

/** Docker's older image store has no exporters. */
async function canExport(): Promise<boolean> {
  const { out } = await docker(['info', '--format', '{{json .DriverStatus}}']);
  return out.includes('io.containerd.snapshotter');
}

/**
 * The text with other images in the places of those that FROM and `--from` name, and without a line for another frontend, which
 * would be fetched. `standIn` tells which; undefined where a name stays.
 */
export function renamed(text: string, model: Model, standIn: (name: string) => string | undefined): string {
  const edits = model.stages.flatMap((stage) =>
    imagesOf(stage, model).flatMap(({ at, version }) => {
      // what an argument leaves open is not in the text of a reference
      const other = version && !version.text.includes('$') ? standIn(version.text) : undefined;
      return other === undefined ? [] : [{ span: at, text: other }];
    }),
  );
  return applyEdits(text, edits).replace(/^(\ufeff?)#[ \t]*syntax[ \t]*=.*/i, '$1#');
}

/** `[stage-1 2/5] RUN make`, `[build 1/3] COPY . .`, `[ 2/10] RUN make` where there is one stage; FROM is counted too. */
const vertexName = /^\[(?:(\S+) +)? *(\d+)\/(\d+)\] ([\s\S]*)$/;

/** The steps of the stages that were built; one that is the same as in another stage has the name of that one only. */
export function stepsOfBuildkit(log: string, { stages }: Model): BuiltStep[] {
  const vertexes = new Map<string, Vertex>();
  for (const line of log.split('\n').filter((it) => it.startsWith('{'))) {
    const { vertexes: some = [] } = JSON.parse(line) as { vertexes?: Vertex[] };
    for (const it of some) vertexes.set(it.digest, { ...vertexes.get(it.digest), ...it });
  }
  const steps = new Map<number, BuiltStep[]>();
  // what ADD fetches has the name of the step that takes it, stands on nothing, and is looked at in each build
  const ordered = [...vertexes.values()].sort((a, b) => (a.inputs?.length ?? 0) - (b.inputs?.length ?? 0));
  for (const { name, cached = false } of ordered) {
    const [, label, place, count, text] = vertexName.exec(name) ?? [];
    // an image store that can merge layers puts a linked copy on top in a step of its own
    if (text === undefined || text.startsWith('LINK ')) continue;
    const named = stages.findIndex((it, index) => label === (it.name?.toLowerCase() ?? `stage-${index}`));
    const stage = label === undefined ? stages.length - 1 : named;
    const own =
      steps.get(stage) ?? Array.from({ length: Number(count) }, () => ({ stage, text: '', cached: undefined }));
    own[Number(place) - 1] = { stage, text, cached };
    steps.set(stage, own);
  }
  return [...steps].sort(([a], [b]) => a - b).flatMap(([stage, own]) => withoutFrom(own, stages[stage]));
}

/** The image of FROM is the first; where a named context takes its place, it is counted and not there. */
function withoutFrom(own: BuiltStep[], stage: Stage | undefined): BuiltStep[] {
  if (stage?.base.kind !== 'image') return own;
  return own[0]!.text === '' || own[0]!.text.startsWith('FROM ') ? own.slice(1) : own.slice(0, -1);
}

/** `Step 3/7 : RUN make`, and behind it ` ---> Using cache` where it was there. */
function stepsOfClassic(log: string): BuiltStep[] {
  const steps: BuiltStep[] = [];
  let stage = -1;
  for (const line of log.split('\n')) {
    const text = /^Step \d+\/\d+ : (.*)$/.exec(line)?.[1];
    if (text !== undefined) {
      if (/^FROM\b/i.test(text)) stage += 1;
      steps.push({ stage, text, cached: false });
    } else if (line === ' ---> Using cache') steps.push({ ...steps.pop()!, cached: true });
  }
  // a global ARG is a step too
  return steps.filter((it) => it.stage >= 0);
}
