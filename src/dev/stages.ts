import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from '../../grammar/index.ts';
import { callDocker, docker, renamed } from '../../test/builder/docker.ts';
import { folderHost } from '../host/folder.ts';
import { readImage } from '../image/index.ts';
import { context } from '../model/context/context.ts';
import { analyze } from '../model/index.ts';
import { imagesOf } from '../model/stages/images.ts';
import { split } from '../rewrite/stages/index.ts';
import { standInFor } from './stand-ins.ts';

/**
 * `npm run stages-proof -- [name...]`: builds each folder of fixtures/stages with a real docker, before and after `stages
 * --suggest`, asks both images the same, and writes docs/stages.md. Base images are made of Debian's packages.
 */

/** What `probe.json` of a fixture asks: a server at its port, or what a container prints with these arguments. */
interface Probe {
  readonly port?: number;
  readonly path?: string;
  readonly run?: readonly string[];
  /** What must be in the answer. */
  readonly expect: string;
}

/** What `layers --image` reads of an image. */
interface Shipped {
  readonly bytes: number;
  readonly files: number;
  /** Bytes that a later layer hides. */
  readonly wasted: number;
}

interface Row {
  readonly name: string;
  readonly recipe: string;
  readonly before: Shipped;
  readonly after: Shipped;
  readonly answer: string;
  readonly same: boolean;
  readonly problem: string | undefined;
}

const root = 'fixtures/stages';
const nothing: Shipped = { bytes: 0, files: 0, wasted: 0 };

async function proved(name: string, folder: string): Promise<Row> {
  const place = join(folder, name);
  cpSync(join(root, name), place, { recursive: true });
  const probe = JSON.parse(readFileSync(join(place, 'probe.json'), 'utf8')) as Probe;
  rmSync(join(place, 'probe.json'));
  const text = readFileSync(join(place, 'Dockerfile'), 'utf8');
  const {
    text: after,
    division,
    refusal,
  } = split(text, { build: { context: context(folderHost(place), 'Dockerfile') } });
  const none: Row = {
    name,
    recipe: division?.recipe ?? '',
    before: nothing,
    after: nothing,
    answer: '',
    same: false,
    problem: undefined,
  };
  if (!division)
    return { ...none, problem: refusal ? `line ${refusal.line}: ${refusal.reason}` : 'nothing is divided' };
  const one = await built(text, { place, folder, tag: `dflint-stages-${name}:before`, probe });
  const two = await built(after, { place, folder, tag: `dflint-stages-${name}:after`, probe });
  const problem =
    one.problem ??
    two.problem ??
    (one.answer.includes(probe.expect) ? undefined : `the answer lacks ${probe.expect}: ${one.answer.slice(0, 200)}`);
  return {
    ...none,
    before: one.shipped,
    after: two.shipped,
    answer: one.answer,
    same: problem === undefined && one.answer === two.answer,
    problem,
  };
}

interface Building {
  readonly place: string;
  readonly folder: string;
  readonly tag: string;
  readonly probe: Probe;
}

async function built(
  text: string,
  { place, folder, tag, probe }: Building,
): Promise<{ shipped: Shipped; answer: string; problem?: string }> {
  const model = analyze(parse(text).ast);
  const images = new Map<string, string>();
  for (const { version } of model.stages.flatMap((it) => imagesOf(it, model)))
    if (version) images.set(version.text, await standIn(version.text, folder));
  const file = join(folder, 'Dockerfile');
  writeFileSync(
    file,
    renamed(text, model, (it) => images.get(it)),
  );
  const { error } = await callDocker([
    'build',
    '--network=host',
    '--progress=plain',
    '--tag',
    tag,
    '--file',
    file,
    place,
  ]);
  if (error) return { shipped: nothing, answer: '', problem: `${tag} does not build: ${error.message.slice(-1500)}` };
  return { shipped: await shippedIn(tag, folder), answer: await answerOf(tag, probe) };
}

async function shippedIn(tag: string, folder: string): Promise<Shipped> {
  const archive = join(folder, 'image.tar');
  await docker(['save', '--output', archive, tag]);
  const { layers, waste } = await readImage(archive, { platform: 'linux/amd64' });
  rmSync(archive);
  const sum = (numbers: readonly number[]): number => numbers.reduce((all, it) => all + it, 0);
  return {
    bytes: sum(layers.map(({ fileBytes }) => fileBytes)),
    files: sum(layers.map(({ entries }) => entries)),
    wasted: sum(waste.map(({ bytes }) => bytes)),
  };
}

/** The image that stands for another, made when it is first named. */
async function standIn(reference: string, folder: string): Promise<string> {
  const text = standInFor(reference);
  if (text === undefined) throw new Error(`no image stands for ${reference}`);
  const tag = `dflint-stand-in:${reference.replace(/[^\w.-]/g, '-')}`;
  const file = join(folder, 'stand-in');
  writeFileSync(file, text);
  await docker([
    'build',
    '--network=host',
    '--quiet',
    '--tag',
    tag,
    '--file',
    file,
    '--',
    mkdtempSync(join(folder, 'empty-')),
  ]);
  return tag;
}

/** What a container says: a server is asked from a container beside it, so that the image needs no client. */
async function answerOf(image: string, { port, path = '/', run }: Probe): Promise<string> {
  if (port === undefined) {
    const { out, error } = await callDocker(['run', '--rm', '--network=none', image, ...(run ?? [])]);
    return error ? `failed: ${error.message.slice(-300)}` : out;
  }
  const id = (await docker(['run', '--detach', '--network=none', image])).out.trim();
  try {
    const ask = `exec 3<>/dev/tcp/127.0.0.1/${port}; printf 'GET ${path} HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3; cat <&3`;
    for (let attempt = 0; attempt < 40; attempt += 1) {
      await new Promise((resolve) => setTimeout(resolve, 500));
      const { out } = await callDocker([
        'run',
        '--rm',
        `--network=container:${id}`,
        '--entrypoint',
        'bash',
        'debian:trixie',
        '-c',
        ask,
      ]);
      const body = out.split('\r\n\r\n').slice(1).join('\n');
      if (body !== '') return body;
    }
    const { log } = await callDocker(['logs', id]);
    return `no answer: ${log.slice(-300)}`;
  } finally {
    await callDocker(['rm', '--force', id]);
  }
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(bytes < 1e6 ? 1 : 0)} MB`;

const page = (rows: readonly Row[]): string => `# Stages: built before and after

\`npm run stages-proof\` builds each folder of \`fixtures/stages\` with a real docker, before and after \`dflint stages --suggest\`, and
asks both images the same. Base images are made of Debian's packages, so that sizes differ from those of the official images.
What an image has is read from its archive, as \`dflint layers --image\` reads it.

| project | kind | size before | after | files before | after | stored for nothing before | after | answers the same |
|---|---|---:|---:|---:|---:|---:|---:|---|
${rows.map(rowText).join('\n')}
`;

const rowText = ({ name, recipe, before, after, same }: Row): string =>
  `| ${[
    ...[name, recipe, megabytes(before.bytes), megabytes(after.bytes), before.files, after.files],
    ...[megabytes(before.wasted), megabytes(after.wasted), same ? 'yes' : 'no'],
  ].join(' | ')} |`;

const wanted = process.argv.slice(2);
const names = readdirSync(root).filter(
  (it) => existsSync(join(root, it, 'probe.json')) && (wanted.length === 0 || wanted.includes(it)),
);
const rows: Row[] = [];
for (const name of names) {
  const folder = mkdtempSync(join(tmpdir(), 'dflint-stages-'));
  try {
    const row = await proved(name, folder);
    rows.push(row);
    console.log(
      `${name}: ${row.same ? 'same' : 'NOT the same'}, ${megabytes(row.before.bytes)} -> ${megabytes(row.after.bytes)}${row.problem === undefined ? '' : `\n  ${row.problem}`}`,
    );
    if (!row.same) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
if (wanted.length === 0) writeFileSync('docs/stages.md', page(rows));
