import { generateKeyPairSync } from 'node:crypto';
import { appendFileSync, chmodSync, copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { contentsOf, noContents } from '../../src/dev/builder-contents.ts';
import { folderHost } from '../../src/host/folder.ts';
import { analyze, type Model, parse } from '../../src/index.ts';
import { context } from '../../src/model/context/context.ts';
import { BASE, type Builder } from './builder.ts';
import { foretoldLayers, outcomes } from './fixtures.ts';
import { judges } from './judges.ts';
import { type Servers, startServers } from './servers.ts';

/** Where a build finds its files: the context, a folder beside it, and the servers. */
interface Places {
  readonly context: string;
  readonly beside: string;
  readonly servers: Servers;
}

/** A second build of the same file, and the keywords of the steps that it runs. */
interface Again {
  readonly after: string;
  readonly change?: (places: Places) => void;
  /** What dflint is told of the change; what lies outside the context and the arguments is not told. */
  readonly paths?: readonly string[];
  readonly args?: readonly string[];
  readonly untold?: true;
  readonly flags?: readonly string[];
  readonly runs: readonly string[];
}

interface Case {
  readonly what: string;
  /** `HTTP`, `GIT`, `SUM` and `BESIDE` stand for the places; the context is that of `builder/newer`. */
  readonly lines: readonly string[];
  readonly flags?: readonly string[];
  readonly prints: string;
  readonly again: readonly Again[];
  /** Layers of a base that is not the usual one. */
  readonly inherited?: number;
}

const cat = (...paths: readonly string[]): string => `CMD ${JSON.stringify(['cat', ...paths])}`;
const serve =
  (text: string) =>
  ({ servers }: Places): void => {
    servers.put('/data.txt', text);
  };
const write =
  (path: string, text: string) =>
  ({ beside }: Places): void =>
    writeFileSync(join(beside, path), text);
const extra = { after: 'another file of the context', paths: ['extra.txt'], runs: [] };
const key = (): string =>
  generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' }) as string;

/** A line more in a file of the context, there or not. */
const added = (path: string) => ({
  after: `another ${path}`,
  change: ({ context }: Places): void => {
    mkdirSync(join(context, dirname(path)), { recursive: true });
    appendFileSync(join(context, path), 'more\n');
  },
  paths: [path],
});

const cases: readonly Case[] = [
  {
    what: 'ADD of an address',
    lines: ['ADD http://HTTP/data.txt /opt/', 'RUN cat /opt/data.txt > /out', cat('/out')],
    prints: 'data\n',
    again: [
      { after: 'nothing', runs: [] },
      { after: 'another file at the address', change: serve('other\n'), untold: true, runs: ['ADD', 'RUN'] },
    ],
  },
  {
    what: 'ADD --checksum',
    lines: ['ADD --checksum=sha256:SUM http://HTTP/data.txt /opt/', 'RUN cat /opt/data.txt > /out', cat('/out')],
    prints: 'data\n',
    again: [extra, { after: 'another file at the address', change: serve('other\n'), untold: true, runs: [] }],
  },
  {
    what: 'ADD --unpack',
    lines: [
      ...['ADD --unpack http://HTTP/archive.tar /net/', 'ADD --unpack=false archive.tar /packed/'],
      ...['ADD http://HTTP/archive.tar /fetched/', 'ADD archive.tar /plain/'],
      'RUN ls /net /packed /fetched /plain > /list',
      cat('/list'),
    ],
    prints: '/fetched:\narchive.tar\n\n/net:\ninside.txt\n\n/packed:\narchive.tar\n\n/plain:\ninside.txt\n',
    again: [
      {
        after: 'another archive',
        change: ({ context }) => appendFileSync(join(context, 'archive.tar'), Buffer.alloc(512)),
        paths: ['archive.tar'],
        runs: ['ADD', 'ADD', 'ADD', 'RUN'],
      },
    ],
  },
  {
    what: 'ADD of a repository',
    lines: [
      ...['ADD git://GIT/project.git#main /plain', 'ADD --keep-git-dir git://GIT/project.git#main /kept'],
      ...['RUN cat /plain/README > /out && test -d /kept/.git && test ! -e /plain/.git', cat('/out')],
    ],
    prints: 'first\n',
    again: [
      extra,
      {
        after: 'another commit',
        change: ({ servers }) => servers.commit('README', 'second\n'),
        untold: true,
        runs: ['ADD', 'ADD', 'RUN'],
      },
    ],
  },
  {
    what: 'RUN --mount=type=secret',
    lines: [
      'RUN --mount=type=secret,id=one cat /run/secrets/one > /one || echo none > /one',
      'RUN --mount=type=secret,id=one,target=/else/one,mode=0444 ls /else > /two || echo none > /two',
      'RUN --mount=type=secret,id=one,env=ONE echo "${ONE:-none}" > /three',
      cat('/one', '/two', '/three'),
    ],
    prints: 'none\nnone\nnone\n',
    again: [
      { after: 'a secret that comes', flags: ['--secret=id=one,src=BESIDE/secret'], untold: true, runs: [] },
      {
        after: 'another secret',
        change: write('secret', 'other'),
        flags: ['--secret=id=one,src=BESIDE/secret'],
        untold: true,
        runs: [],
      },
    ],
  },
  {
    what: 'RUN --mount=type=ssh',
    lines: ['RUN --mount=type=ssh,required test -S "$SSH_AUTH_SOCK" && echo there > /out', cat('/out')],
    flags: ['--ssh=default=BESIDE/key'],
    prints: 'there\n',
    again: [
      {
        after: 'another key',
        change: (it) => write('key', key())(it),
        flags: ['--ssh=default=BESIDE/key'],
        untold: true,
        runs: [],
      },
      extra,
    ],
  },
  {
    what: 'a named context, copied and mounted',
    lines: [
      'COPY --from=beside note.txt /opt/',
      'RUN --mount=from=beside,target=/m cat /m/note.txt > /out',
      'COPY extra.txt /',
      cat('/out'),
    ],
    flags: ['--build-context=beside=BESIDE'],
    prints: 'note\n',
    again: [
      {
        after: 'another file of the main context',
        change: ({ context }) => appendFileSync(join(context, 'extra.txt'), 'more\n'),
        paths: ['extra.txt'],
        flags: ['--build-context=beside=BESIDE'],
        runs: ['COPY'],
      },
      {
        after: 'another file of the named context',
        change: write('note.txt', 'other\n'),
        untold: true,
        flags: ['--build-context=beside=BESIDE'],
        runs: ['COPY', 'RUN', 'COPY'],
      },
    ],
  },
  {
    what: 'a named context as a base',
    lines: [
      'FROM beside',
      'COPY extra.txt /extra',
      'RUN ["/bin/busybox", "cp", "/extra", "/out"]',
      'CMD ["/bin/busybox", "cat", "/out"]',
    ],
    flags: ['--build-context=beside=BESIDE'],
    inherited: 1,
    prints: 'extra\n',
    // a folder has no key of its own as a base
    again: [{ after: 'nothing', flags: ['--build-context=beside=BESIDE'], untold: true, runs: ['COPY', 'RUN'] }],
  },
  {
    what: 'COPY --exclude',
    lines: ['COPY --exclude=two.* --exclude=**/*.md data /d/', 'RUN ls /d > /list', cat('/list')],
    prints: 'one.txt\n',
    again: [
      { ...added('data/two.txt'), runs: [] },
      // the folder is new, and is not excluded
      { ...added('data/deep/read.md'), runs: ['COPY', 'RUN'] },
      { ...added('data/deep/more.md'), runs: [] },
      { ...added('data/one.txt'), runs: ['COPY', 'RUN'] },
      { ...added('data/deep/three.txt'), runs: ['COPY', 'RUN'] },
    ],
  },
  {
    what: 'COPY --parents',
    lines: [
      'COPY --parents data/one.txt ./data/./two.txt /d/',
      'RUN cd /d && find . -type f | sort > /list',
      cat('/list'),
    ],
    prints: './data/one.txt\n./two.txt\n',
    again: [
      { ...added('data/three.txt'), runs: [] },
      { ...added('data/two.txt'), runs: ['COPY', 'RUN'] },
    ],
  },
  {
    what: 'COPY --chmod in symbols',
    lines: ['COPY --chmod=u=rwX,go=rX data /d/', 'RUN stat -c "%a %n" /d /d/one.txt > /list', cat('/list')],
    prints: '755 /d\n644 /d/one.txt\n',
    again: [
      {
        after: 'another mode',
        change: ({ context }) => chmodSync(join(context, 'data/one.txt'), 0o600),
        paths: ['data/one.txt'],
        runs: ['COPY', 'RUN'],
      },
    ],
  },
  {
    what: 'stages for the platform that builds',
    lines: [
      ...[`FROM --platform=$BUILDPLATFORM ${BASE} AS plain`, 'RUN echo plain > /plain'],
      ...[`FROM --platform=$BUILDPLATFORM ${BASE} AS build`, 'ARG TARGETARCH', 'RUN echo "$TARGETARCH" > /arch'],
      ...[`FROM --platform=linux/amd64 ${BASE}`, 'COPY --from=build /arch /', 'COPY --from=plain /plain /'],
      cat('/arch', '/plain'),
    ],
    flags: ['--platform=linux/amd64'],
    prints: 'amd64\nplain\n',
    again: [
      { after: 'nothing', runs: [] },
      {
        after: 'another platform',
        flags: ['--platform=linux/arm64'],
        args: ['TARGETARCH'],
        runs: ['RUN', 'COPY', 'COPY'],
      },
    ],
  },
];

/** Why a docker cannot build what is new, or cannot reach this machine. */
function cannot(message: string): string | undefined {
  const flag = /unknown flag: (\S+)/.exec(message)?.[1];
  if (flag !== undefined) return `the frontend of this docker does not know ${flag}`;
  return /connection refused|unable to connect/i.test(message) ? 'nothing answers this docker at 127.0.0.1' : undefined;
}

interface Laid extends Places {
  /** Of the Dockerfile. */
  readonly text: string;
  /** Puts the places into a text. */
  fill(text: string): string;
}

/** Lays out the files of a case, each with what it has at first. */
function laidOut(builder: Builder, servers: Servers, lines: readonly string[]): Laid {
  const folder = builder.contextOf('builder/newer');
  cpSync('fixtures/builder/one-stage/archive.tar', join(folder, 'archive.tar'));
  const beside = join(folder, '../beside');
  mkdirSync(join(beside, 'bin'), { recursive: true });
  copyFileSync(builder.busybox, join(beside, 'bin/busybox'));
  for (const [path, text] of Object.entries({ 'note.txt': 'note\n', secret: 'hidden', key: key() }))
    writeFileSync(join(beside, path), text);
  servers.put('/archive.tar', readFileSync(join(folder, 'archive.tar')));
  servers.commit('README', 'first\n');
  const places = { HTTP: servers.http, GIT: servers.git, SUM: servers.put('/data.txt', 'data\n'), BESIDE: beside };
  const fill = (text: string): string =>
    Object.entries(places).reduce((filled, [name, place]) => filled.replaceAll(name, place), text);
  const base = lines.some((line) => line.startsWith('FROM ')) ? [] : [`FROM ${BASE}`];
  const text = fill(`${[...base, ...lines].join('\n')}\n`);
  writeFileSync(join(folder, 'Dockerfile'), text);
  return { context: folder, beside, servers, text, fill };
}

describe.for(judges.filter(({ kind }) => kind === 'buildkit'))(
  'newer syntax under $kind',
  { timeout: 300_000 },
  ({ missing, make }) => {
    let builder: Builder;
    let servers: Servers;
    beforeAll(async () => {
      if (missing.length > 0) return;
      servers = await startServers();
      builder = await make();
    }, 120_000);
    afterAll(() => {
      builder?.dispose();
      servers?.stop();
    }, 120_000);

    test.skipIf(missing.length > 0).for(cases)('$what', async (it, { expect, skip }) => {
      const { text, fill, ...places } = laidOut(builder, servers, it.lines);
      const model = (): Model =>
        analyze(parse(text).ast, { context: context(folderHost(places.context), 'Dockerfile') });
      const { diffIds } = await builder
        .build(places.context, { flags: (it.flags ?? []).map(fill) })
        .catch((error: Error) => {
          const why = cannot(error.message);
          if (why === undefined) throw error;
          return skip(why);
        });
      const { least, most } = foretoldLayers(model(), builder.kind);
      const inherited = it.inherited ?? (await builder.layersOf(BASE));
      expect([least, most]).toEqual(Array(2).fill(diffIds.length - inherited));
      expect(await builder.run()).toBe(it.prints);
      await contentsOf(builder, { model }, noContents(), (what) => expect.soft(what).toBe(''));
      for (const { after, change, paths = [], args = [], untold, flags = it.flags ?? [], runs } of it.again) {
        change?.(places);
        const built = await builder.build(places.context, { flags: flags.map(fill) });
        const found = outcomes(model(), { paths, args }, built, builder.kind);
        expect
          .soft(
            found.filter(({ ran }) => ran).map(({ text }) => text.split(' ')[0]),
            after,
          )
          .toEqual(runs);
        const wrong = found.filter(({ predicted, ran }) => predicted !== 'maybe' && (predicted === 'yes') !== ran);
        if (!untold) expect.soft(wrong, after).toEqual([]);
      }
    });
  },
);
