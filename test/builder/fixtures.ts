import { spawnSync } from 'node:child_process';
import { appendFileSync, copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parse } from '../../grammar/index.ts';
import { folderHost } from '../../src/host/folder.ts';
import { type Change, type Rerun, reruns } from '../../src/model/cache/reruns.ts';
import { context } from '../../src/model/context/context.ts';
import { analyze, type Model } from '../../src/model/index.ts';
import { imageLayers } from '../../src/model/layers.ts';
import { rewrite } from '../../src/rewrite/index.ts';
import { BASE, type Builder, type Built, type Judged } from './builder.ts';

/** A Dockerfile of `fixtures` with its context, and what may change in it; all paths but the first two are of the context. */
export interface Fixture {
  /** Of `fixtures`. */
  readonly dockerfile: string;
  readonly context: string;
  readonly source: string;
  readonly manifest?: string;
  readonly lock?: string;
  /** What no instruction copies, there or not. */
  readonly unused?: string;
  /** Other values of build arguments, where a made-up one would break the build. */
  readonly values?: Readonly<Record<string, string>>;
  /** What to run instead of the image's own program, which would not end or is none. */
  readonly program?: readonly string[];
  /** Writes what the build needs and the repository has not. */
  readonly prepare?: (folder: string, builder: Builder) => void;
  /** Changes the source, where text at its end would break it. */
  readonly touch?: (folder: string, text: string) => void;
  /** Arguments that stay as they are: each acts as another one does, or no other value builds. */
  readonly kept?: readonly string[];
}

const app = (name: string, paths: Omit<Fixture, 'dockerfile' | 'context'>): Fixture[] =>
  ['Dockerfile', 'Dockerfile.good'].map((file) => ({ dockerfile: `${name}/${file}`, context: name, ...paths }));

const shop = (dockerfile: string, source: string): Fixture => ({
  dockerfile: `monorepo/services/${dockerfile}`,
  context: 'monorepo',
  source,
  manifest: 'package.json',
  lock: 'package-lock.json',
  unused: 'services/web/dist/index.html',
});

const documented = (name: string, paths: Omit<Fixture, 'dockerfile' | 'context'>): Fixture => ({
  dockerfile: `ecosystems/${name}.Dockerfile`,
  context: `builder/ecosystems/${name}`,
  unused: 'README.md',
  ...paths,
});

const pack = (folder: string): void => {
  spawnSync('sh', [join(folder, 'pack.sh')]);
};

export const fixtures: readonly Fixture[] = [
  ...app('node-app', {
    source: 'src/entries.js',
    manifest: 'package.json',
    lock: 'package-lock.json',
    unused: 'test/entries.test.js',
  }),
  ...app('python-app', { source: 'app.py', lock: 'requirements.txt', unused: '.env' }),
  ...app('go-app', { source: 'main.go', manifest: 'go.mod', lock: 'go.sum', unused: 'bin/clock' }),
  ...app('java-app', {
    source: 'src/main/java/com/example/convert/Length.java',
    manifest: 'pom.xml',
    unused: '.idea/workspace.xml',
  }),
  ...app('rust-app', { source: 'src/main.rs', manifest: 'Cargo.toml', lock: 'Cargo.lock', unused: 'target/dice' }),
  ...app('php-app', {
    source: 'src/Quotes.php',
    manifest: 'composer.json',
    lock: 'composer.lock',
    unused: 'vendor/autoload.php',
  }),
  shop('api/Dockerfile', 'services/api/server.js'),
  shop('api/Dockerfile.good', 'services/api/server.js'),
  shop('web/Dockerfile', 'services/web/src/main.js'),
  {
    dockerfile: 'classic/old-node/Dockerfile',
    context: 'classic/old-node',
    source: 'index.js',
    manifest: 'package.json',
  },
  {
    dockerfile: 'classic/rootfs-base/Dockerfile',
    context: 'classic/rootfs-base',
    source: 'rootfs.tar.gz',
    unused: 'pack.sh',
    program: ['/bin/sh', '-c', 'cat /etc/os-release /etc/apt/sources.list'],
    // in the repository, its shell is a placeholder
    prepare: (folder, { busybox }) => {
      copyFileSync(busybox, join(folder, 'rootfs/bin/sh'));
      pack(folder);
    },
    touch: (folder, text) => {
      appendFileSync(join(folder, 'rootfs/etc/os-release'), text);
      pack(folder);
    },
  },
  {
    dockerfile: 'classic/alpine-tour/Dockerfile',
    context: 'classic/alpine-tour',
    source: 'page.html',
    unused: 'notes.txt',
    // its own is a server that does not end
    program: ['/srv/start.sh', 'cat', '/srv/page.html', '/etc/tour/app.ini', '/lib/apk/db/installed'],
  },
  {
    dockerfile: 'builder/one-stage/Dockerfile',
    context: 'builder/one-stage',
    source: 'greeting.txt',
    unused: 'notes/deep/second.txt',
    values: { BASE: 'localhost/other-base:1' },
  },
  {
    dockerfile: 'builder/stages/Dockerfile',
    context: 'builder/stages',
    source: 'main.txt',
    manifest: 'manifest.txt',
    unused: 'made.log',
    values: { BASE: 'localhost/other-base:1' },
  },
  documented('cpp', { source: 'src/main.cpp', manifest: 'CMakeLists.txt' }),
  documented('dotnet', { source: 'Program.cs', manifest: 'myWebApp.csproj' }),
  documented('elixir', {
    source: 'lib/my_app.ex',
    manifest: 'mix.exs',
    lock: 'mix.lock',
    values: { RUNNER_IMAGE: 'debian:other' },
    kept: ['ELIXIR_VERSION', 'OTP_VERSION', 'BUILDER_IMAGE'],
  }),
  documented('go', { source: 'cmd/server/main.go', manifest: 'go.mod', lock: 'go.sum' }),
  documented('java', { source: 'src/main/java/Greeting.java', manifest: 'pom.xml' }),
  documented('node', { source: 'src/index.js', manifest: 'package.json', lock: 'package-lock.json' }),
  documented('php', {
    source: 'src/index.php',
    manifest: 'composer.json',
    lock: 'composer.lock',
    program: ['apache2-foreground'],
  }),
  documented('python', { source: 'app.py', lock: 'requirements.txt' }),
  documented('ruby', { source: 'app/models/user.rb', manifest: 'Gemfile', lock: 'Gemfile.lock' }),
  documented('rust', { source: 'src/main.rs', manifest: 'Cargo.toml', lock: 'Cargo.lock', kept: ['APP_NAME'] }),
];

/** Which stand-in has the name of which image: by the last part of its repository. */
const kinds: Readonly<Record<string, string>> = {
  alpine: 'plain',
  aspnet: 'dotnet',
  composer: 'composer',
  debian: 'debian',
  'eclipse-temurin': 'java',
  elixir: 'elixir',
  golang: 'golang',
  maven: 'maven',
  'nginx-unprivileged': 'nginx',
  node: 'node',
  'other-base': 'plain',
  php: 'php',
  python: 'python',
  ruby: 'ruby',
  rust: 'rust',
  sdk: 'dotnet',
  'static-debian12': 'nonroot',
  ubuntu: 'debian',
};

/** What an older buildah and the classic builder refuse, in their own words. */
const refusals: readonly (readonly [RegExp, string])[] = [
  [/invalid container path ".*", must be an absolute path/, 'a mount with a relative target'],
  [/only supports the --chmod=\S+ --chown=\S+ and the --from=\S+ flags/, 'COPY --link'],
  [/the --(\w+) option requires BuildKit/, 'what only BuildKit can'],
  [/[Uu]nknown flag: /, 'a newer flag'],
  [/failed to parse platform : ""/, '--platform=$BUILDPLATFORM'],
];

/** Why this builder cannot build a file at all; undefined for every other failure. */
export function refusal(error: unknown): string | undefined {
  const text = error instanceof Error ? error.message : String(error);
  return refusals.find(([shape]) => shape.test(text))?.[1];
}

/** A context that is built again and again, with a change before each. */
export interface Workplace {
  readonly folder: string;
  /** Of the Dockerfile. */
  readonly text: string;
  /** The file as it is built without a change. */
  model(target?: string): Model;
  build(options?: { args?: readonly string[]; target?: string | undefined; cache?: boolean }): Promise<Built>;
  /** Adds text to a file, there or not; without one, a text that was never added before. */
  change(path: string, text?: string): void;
  print(): Promise<string>;
}

/** Blanks that no earlier run has written, whose results a builder may still have. */
const run = [...Date.now().toString(2)].map((digit) => (digit === '1' ? ' ' : '\n')).join('');
let changes = 0;
/** Blanks and blank lines, which no file minds, and never as many as before. */
const newText = (): string => {
  changes += 1;
  return `\n${run}${'\n'.repeat(changes)}`;
};

/** A copy of the fixture's context; `text` takes the place of its Dockerfile. */
export function workplace(builder: Builder, fixture: Fixture, text?: string): Workplace {
  const folder = builder.contextOf(fixture.context);
  fixture.prepare?.(folder, builder);
  const inside = fixture.dockerfile.startsWith(`${fixture.context}/`);
  const dockerfile = inside ? fixture.dockerfile.slice(fixture.context.length + 1) : 'Dockerfile';
  if (!inside) cpSync(join('fixtures', fixture.dockerfile), join(folder, dockerfile));
  if (text !== undefined) writeFileSync(join(folder, dockerfile), text);
  const written = readFileSync(join(folder, dockerfile), 'utf8');
  const { ast, errors } = parse(written);
  if (errors.length > 0) throw new Error(`${fixture.dockerfile}: ${errors[0]!.message}`);

  const modelOf = (target?: string, args: Readonly<Record<string, string>> = {}): Model =>
    analyze(ast, {
      buildArgs: new Map(Object.entries({ BASE, ...args })),
      target,
      context: context(folderHost(folder), dockerfile),
    });
  return {
    folder,
    text: written,
    model: (target) => modelOf(target),
    async build({ args = [], target, cache = true } = {}) {
      const values = Object.fromEntries(args.map((name) => [name, otherValue(modelOf(), name, fixture)]));
      const model = modelOf(target, values);
      for (const image of basesOf(model)) await builder.base(image.text, image.kind);
      const ignoreFile = model.options.context?.ignoreFile?.path;
      return builder.build(folder, { dockerfile, ignoreFile, args: values, target, cache });
    },
    change(path, text = newText()) {
      if (path === fixture.source && fixture.touch) return fixture.touch(folder, text);
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      appendFileSync(join(folder, path), text);
    },
    print: () => builder.run(fixture.program),
  };
}

/** The images that the stages of the target stand on, with their stand-ins. */
function basesOf({ stages }: Model): { text: string; kind: string }[] {
  return stages.flatMap(({ base, reachable }) => {
    if (!reachable || base.kind === 'stage' || base.kind === 'scratch') return [];
    if (base.kind === 'unknown') throw new Error(`no image is known for ${base.text}`);
    const { text, name } = base.reference;
    if (text === BASE) return [];
    const kind = kinds[name];
    if (!kind) throw new Error(`nothing stands in for ${text}`);
    return [{ text, kind }];
  });
}

/** The build arguments that a change may be made of: those of the file, except what the builder sets. */
export function argumentsOf(model: Model, { kept = [] }: Fixture): string[] {
  const steps = [...model.globals, ...model.stages.filter(({ reachable }) => reachable).flatMap(({ steps }) => steps)];
  const names = steps.flatMap(({ instruction }) =>
    instruction.kind === 'Arg' ? instruction.pairs.map(({ name }) => name.text) : [],
  );
  return [...new Set(names)].filter((name) => !/^(?:TARGET|BUILD)[A-Z]+$/.test(name) && !kept.includes(name));
}

/** A number stays a number: it may be a user. */
function otherValue(model: Model, name: string, { values }: Fixture): string {
  const given = values?.[name];
  if (given !== undefined) return given;
  const steps = [...model.globals, ...model.stages.flatMap((stage) => stage.steps)];
  const declared = steps.find(
    ({ instruction }) => instruction.kind === 'Arg' && instruction.pairs.some((it) => it.name.text === name),
  );
  const value = declared?.after.variable(name)?.value;
  const before = !value || value.state === 'unset' ? '' : value.text;
  return /^\d+$/.test(before) ? String(Number(before) + 1) : `${before}-other`;
}

/** How many layers a model foretells for its target: of what only the built files tell, none and each at most. */
export function foretoldLayers(model: Model, builder: Judged): { least: number; most: number; likely: number } {
  const { instructions, ownLayers } = imageLayers(model, builder)!;
  const least = instructions.filter(({ layer, certain }) => layer && certain).length;
  const most = instructions.filter(({ layer, certain }) => layer || !certain).length;
  return { least, most, likely: ownLayers };
}

/** A step as it was foretold and as it came. */
export interface Outcome {
  readonly text: string;
  readonly predicted: Rerun;
  readonly why: string;
  readonly ran: boolean;
}

/** What BuildKit has a step for; the others only change its settings. */
const working: ReadonlySet<string> = new Set(['Run', 'Copy', 'Add', 'Workdir']);

/** What `reruns` says of a change beside what the build after it did; fails where they are not the same steps. */
export function outcomes(model: Model, change: Change, { steps }: Built, kind: Judged): Outcome[] {
  const predicted = reruns(model, change, kind).filter(({ instruction }) =>
    kind === 'buildkit' ? working.has(instruction.kind) : instruction.kind !== 'From',
  );
  // what triggers run again is told of the steps behind them
  const untold = kind === 'buildkit' ? /^(?:FROM|ONBUILD) /i : /^FROM /i;
  const real = steps.filter(({ text }) => !untold.test(text));
  const expected = predicted.map(({ instruction }) => instruction.keyword.text.toUpperCase());
  const found = real.map(({ text }) => text.split(' ')[0]!.toUpperCase());
  if (expected.length !== found.length || found.some((it, index) => it !== '' && it !== expected[index]))
    throw new Error(`other steps were built: ${found.join(' ')}, not ${expected.join(' ')}`);
  return predicted.flatMap(({ rerun, why }, index): Outcome[] => {
    const { text, cached } = real[index]!;
    return cached === undefined ? [] : [{ text, predicted: rerun, why, ran: !cached }];
  });
}

/** The fixtures that `dflint cache --rewrite` puts in another order, with what becomes of them. */
export function cheaperOrders(builder: Judged): (readonly [string, Fixture, string])[] {
  return fixtures.flatMap((fixture) => {
    const path = join('fixtures', fixture.dockerfile);
    const inside = relative(fixture.context, fixture.dockerfile);
    const dockerfile = inside.startsWith('..') ? 'Dockerfile' : inside;
    const build = { context: context(folderHost(join('fixtures', fixture.context)), dockerfile) };
    const text = readFileSync(path, 'utf8');
    const cheaper = rewrite(text, { build, builder }).text;
    return cheaper === text ? [] : [[fixture.dockerfile, fixture, cheaper] as const];
  });
}

export interface Comparison {
  /** What the program prints, and what it prints after a change of a source file. */
  readonly printsBefore: string;
  readonly printsAfter: string;
  /** The steps that ran again after that change. */
  readonly rerunsBefore: readonly string[];
  readonly rerunsAfter: readonly string[];
}

/** Builds a fixture as it is and with another Dockerfile, changes the same source file in both, and builds them again. */
export async function compareBuilds(builder: Builder, fixture: Fixture, dockerfileText: string): Promise<Comparison> {
  const same = newText();
  const before = await rebuilt(builder, fixture, same);
  const after = await rebuilt(builder, fixture, same, dockerfileText);
  return { printsBefore: before.prints, printsAfter: after.prints, rerunsBefore: before.ran, rerunsAfter: after.ran };
}

/** The steps are counted with a text of its own, for what one file has built the other would find in the cache. */
async function rebuilt(builder: Builder, fixture: Fixture, same: string, text?: string) {
  const counted = workplace(builder, fixture, text);
  await counted.build();
  const first = await counted.print();
  counted.change(fixture.source);
  const { steps } = await counted.build();
  const ran = steps.filter(({ text, cached }) => cached === false && !/^FROM /i.test(text)).map(({ text }) => text);
  const printed = workplace(builder, fixture, text);
  printed.change(fixture.source, same);
  await printed.build();
  return { prints: `${first}${await printed.print()}`, ran };
}
