import { describe, expect, test } from 'vitest';
import { type Image, readImage } from '../../src/image/index.ts';
import {
  archiveOf,
  blob,
  docker25,
  dockerFolders,
  dockerLinks,
  type Files,
  gzip,
  image,
  json,
  layout,
  type Made,
  ociFiles,
  ociManifest,
  ociPlatforms,
  sha256,
  stored,
  tarOf,
  zstd,
} from './archives.ts';

const read = (content: Buffer | Files, platform = 'linux/amd64'): Promise<Image> =>
  stored(content, (path) => readImage(path, { platform }));

const long = `deep/${'very-long-folder-name/'.repeat(12)}ünïcode.txt`;
const app = (): Promise<Made> =>
  image(
    [
      ['etc/', { name: 'etc/passwd', content: 100 }, { name: './bin/sh', content: 1000 }],
      [
        { name: long, content: 50 },
        { name: 'bin/bash', type: 'link', linkname: 'bin/sh' },
      ],
      ['etc/.wh.passwd', { name: 'etc/issue', content: 300_000 }],
      [],
    ],
    [
      { created_by: 'ADD rootfs.tar / # buildkit' },
      { created_by: 'ENV A=1', empty_layer: true },
      { created_by: 'COPY a / # buildkit' },
      { created_by: 'RUN /bin/sh -c rm /etc/passwd # buildkit' },
      { created_by: 'RUN /bin/sh -c true # buildkit' },
    ],
  );

describe('one image in every form', () => {
  const forms: Record<string, (made: Made) => Promise<Buffer | Files> | Buffer | Files> = {
    'docker save before 25': (made) => archiveOf(dockerFolders(made)),
    'docker save before 25, a folder': dockerFolders,
    'docker save before 25, gzipped': async (made) => gzip(await archiveOf(dockerFolders(made))),
    'podman save': (made) => archiveOf(dockerLinks(made)),
    'podman save, gzipped': async (made) => gzip(await archiveOf(dockerLinks(made))),
    'docker save since 25': (made) => archiveOf(docker25(made)),
    'docker save since 25, its index leading nowhere': (made) => archiveOf(docker25(made, false)),
    'docker save since 25, zstd': async (made) => zstd(await archiveOf(docker25(made))),
    'OCI archive': (made) => archiveOf(ociFiles(made)),
    'OCI folder': ociFiles,
    'OCI archive, gzipped layers': (made) => archiveOf(ociFiles(made, { compress: gzip, suffix: '+gzip' })),
    'OCI folder, zstd layers': (made) => ociFiles(made, { compress: zstd, suffix: '+zstd' }),
    'OCI archive, zstd layers, gzipped': async (made) => gzip(await archiveOf(ociFiles(made, { compress: zstd }))),
    'OCI archive with an index in its index': (made) => archiveOf(ociPlatforms({ 'linux/amd64': made })),
  };
  test.for(Object.keys(forms))('%s', async (form) => {
    const made = await app();
    const found = await read(await forms[form]!(made));
    expect(found).toMatchObject({ name: 'app:1', platform: 'linux/amd64', writer: 'buildkit', images: 1 });
    expect(found.layers.map(({ diffId }) => diffId)).toEqual(made.diffIds);
    const told = found.layers.map(({ fileBytes, entries, whiteouts, history }) => [
      fileBytes,
      entries,
      whiteouts,
      history,
    ]);
    expect(told).toEqual([
      [1100, 3, 0, 0],
      [50, 2, 0, 2],
      [300_000, 2, 1, 3],
      [0, 0, 0, 4],
    ]);
    expect(found.waste).toEqual([
      {
        kind: 'deleted',
        from: 0,
        by: 2,
        bytes: 100,
        files: 1,
        folder: 'etc',
        largest: [{ path: 'etc/passwd', bytes: 100, files: 1 }],
      },
    ]);
  });
});

test('bytes of blobs and media types are those of the archive', async () => {
  const made = await image([[{ name: 'a', content: 20_000 }]]);
  const packed = await read(ociFiles(made, { compress: gzip, suffix: '+gzip' }));
  expect(packed.layers).toMatchObject([
    {
      blobBytes: gzip(made.layers[0]!).length,
      mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
      digest: `sha256:${sha256(gzip(made.layers[0]!))}`,
    },
  ]);
  expect((await read(docker25(made, false))).layers).toMatchObject([
    { blobBytes: made.layers[0]!.length, mediaType: 'application/vnd.oci.image.layer.v1.tar' },
  ]);
});

test('of several platforms it is the one asked for, else linux/amd64, else the first', async () => {
  const of = (architecture: string, variant?: string): Promise<Made> => image([['a']], [], { architecture, variant });
  const [amd64, arm64, arm] = [await of('amd64'), await of('arm64'), await of('arm', 'v7')];
  const all = ociPlatforms({ 'linux/arm/v7': arm, 'linux/arm64': arm64, 'linux/amd64': amd64 });
  expect((await read(all, 'linux/arm64')).platform).toBe('linux/arm64');
  expect(await read(all, 'linux/riscv64')).toMatchObject({
    platform: 'linux/amd64',
    platforms: ['linux/arm/v7', 'linux/arm64', 'linux/amd64'],
  });
  const others = ociPlatforms({ 'linux/arm/v7': arm, 'linux/arm64': arm64 });
  expect((await read(others)).platform).toBe('linux/arm/v7');
});

test('of a platform whose parts are not there, another one is taken', async () => {
  const files: Files = {};
  const there = { ...ociManifest(files, await image([['a']])), platform: { os: 'linux', architecture: 'amd64' } };
  const absent = { ...there, digest: `sha256:${sha256('none')}`, platform: { os: 'linux', architecture: 'arm64' } };
  expect((await read(layout(files, [absent, there]), 'linux/arm64')).platform).toBe('linux/amd64');
});

test('several images: the first, and how many there are', async () => {
  const files: Files = {};
  const manifests = [];
  for (const name of ['one', 'two'])
    manifests.push({
      ...ociManifest(files, await image([[name]])),
      annotations: { 'org.opencontainers.image.ref.name': name },
    });
  expect(await read(layout(files, manifests))).toMatchObject({ name: 'one', images: 2 });
});

test('one blob may be several layers', async () => {
  const made = await image([[{ name: 'a', content: 5 }], [], [{ name: 'a', content: 5 }], []]);
  const { layers, waste } = await read(await archiveOf(ociFiles(made)));
  expect(layers.map(({ fileBytes }) => fileBytes)).toEqual([5, 0, 5, 0]);
  expect(waste).toMatchObject([{ from: 0, by: 2, bytes: 5 }]);
});

test('a history that is shorter or longer than the layers', async () => {
  const layers = [['a'], ['b']];
  const short = await read(dockerFolders(await image(layers, [{ created_by: 'RUN /bin/sh -c b # buildkit' }])));
  expect(short.layers.map(({ history }) => history)).toEqual([undefined, 0]);
  const entries = ['one', 'two', 'three'].map((it) => ({ created_by: it }));
  const longer = await read(dockerFolders(await image(layers, entries)));
  expect(longer.layers.map(({ history }) => history)).toEqual([1, 2]);
  const none = await read(dockerFolders(await image(layers, [], { history: null })));
  expect(none.layers.map(({ history }) => history)).toEqual([undefined, undefined]);
});

describe('what is damaged is said', () => {
  const broken = (content: string | Buffer): Buffer => Buffer.from(content);
  const without = (files: Files, pattern: RegExp): Files =>
    Object.fromEntries(Object.entries(files).filter(([name]) => !pattern.test(name)));
  const cases: Record<string, [(made: Made) => Promise<Buffer | Files> | Buffer | Files, RegExp]> = {
    'an empty file': [() => broken(''), /^the file is empty$/],
    'no tar': [() => broken('FROM scratch\n'.repeat(200)), /^the archive is not a tar archive$/],
    'a short text': [() => broken('hello'), /^the archive is not a tar archive$/],
    'gzip of no tar': [() => gzip(broken('x'.repeat(2000))), /^the archive is not a tar archive$/],
    'a zip': [() => broken('PK\x03\x04 and more'), /packed with zip/],
    'an xz': [() => broken('\xfd7zXZ\0').subarray(1), /not a tar archive|ends too early|packed/],
    'cut off': [
      async (made) => (await archiveOf(dockerFolders(made))).subarray(0, 2000),
      /^the archive ends too early: it was cut off/,
    ],
    'cut off within gzip': [
      async (made) => gzip(await archiveOf(dockerFolders(made))).subarray(0, 300),
      /^the archive ends too early/,
    ],
    'cut off within zstd': [
      async (made) => zstd(await archiveOf(dockerFolders(made))).subarray(0, 1000),
      /^the archive ends too early/,
    ],
    'a header with a flipped bit': [
      async (made) => {
        const bytes = await archiveOf({ a: Buffer.from('a'), ...dockerFolders(made) });
        bytes[1024 + 20] = 0xff;
        return bytes;
      },
      /^the archive is damaged after 1 entries$/,
    ],
    'an empty tar': [() => tarOf([]), /no manifest.json and no index.json/],
    'a file system': [
      () => tarOf(['etc/', 'etc/passwd']),
      /no manifest.json and no index.json, so this is not an image/,
    ],
    'a folder of other things': [() => ({ 'package.json': json({}) }), /no manifest.json and no index.json/],
    'a manifest that is no JSON': [
      (made) => archiveOf({ ...dockerFolders(made), 'manifest.json': broken('[{"Config":') }),
      /^manifest.json is broken JSON: /,
    ],
    'a manifest that is not a list': [
      (made) => ({ ...dockerFolders(made), 'manifest.json': json({}) }),
      /^manifest.json is not a list$/,
    ],
    'a manifest of no image': [
      (made) => ({ ...dockerFolders(made), 'manifest.json': json([]) }),
      /^manifest.json names no image$/,
    ],
    'a manifest that leads out of the folder': [
      () => ({ 'manifest.json': json([{ Config: '../../etc/passwd', Layers: [] }]) }),
      /outside the archive/,
    ],
    'no config': [
      async (made) => archiveOf(without(dockerFolders(made), /^[0-9a-f]{64}\.json$/)),
      /^[0-9a-f]{64}\.json is named but missing$/,
    ],
    'no layer': [
      async (made) => archiveOf(without(dockerFolders(made), /layer\.tar$/)),
      /^layer 1, [0-9a-f]{64}\/layer\.tar, is named but missing$/,
    ],
    'a layer less than the config has': [
      (made) => {
        const files = dockerFolders(made);
        const [{ Config, Layers }] = JSON.parse(String(files['manifest.json'])) as [
          { Config: string; Layers: string[] },
        ];
        return { ...files, 'manifest.json': json([{ Config, Layers: Layers.slice(1) }]) };
      },
      /has 4 layers, but the manifest names 3$/,
    ],
    'a digest of nothing': [
      () => layout({}, [{ mediaType: 'x', digest: `sha256:${'0'.repeat(64)}` }]),
      /^index.json names blobs\/sha256\/0{64}, which is not there$/,
    ],
    'a digest that is a path': [
      () => layout({}, [{ mediaType: 'x', digest: 'sha256:../../x' }]),
      /^index.json names "sha256:..\/..\/x", which is not a digest$/,
    ],
    'an index of nothing': [() => layout({}, []), /^index.json names no image$/],
    'an index that names another many times, over many levels': [
      () => {
        const files: Files = {};
        let inner = blob(files, { manifests: [] }, 'application/vnd.oci.image.index.v1+json');
        for (let depth = 0; depth < 9; depth++)
          inner = blob(files, { manifests: Array<typeof inner>(50).fill(inner) }, inner.mediaType);
        return layout(files, [inner]);
      },
      /^index.json names no image$/,
    ],
    'more manifests than any image has': [
      () => {
        const files: Files = {};
        const one = blob(files, {}, 'application/vnd.oci.image.manifest.v1+json');
        return layout(files, Array<typeof one>(1001).fill(one));
      },
      /^it has more than 1000 manifests$/,
    ],
    'a layer with another content': [
      (made) => {
        const files = ociFiles(made);
        const path = Object.keys(files).find((it) => it.endsWith(made.diffIds[1]!.slice(7)))!;
        return { ...files, [path]: made.layers[0]! };
      },
      /^blobs\/sha256\/[0-9a-f]{64} is damaged: its content does not have the sha256 of its name$/,
    ],
    'a blob with another content': [
      (made) => {
        const files = ociFiles(made);
        return { ...files, [`blobs/sha256/${sha256(made.config)}`]: json({ rootfs: { diff_ids: [] } }) };
      },
      /^blobs\/sha256\/[0-9a-f]{64} is damaged: its content does not have the sha256 of its name$/,
    ],
    'a layer that is no tar': [
      (made) => ociFiles(made, { compress: () => broken('x'.repeat(3000)) }),
      /^layer 1, blobs\/sha256\/[0-9a-f]{64}, is not a tar archive$/,
    ],
    'a layer that is cut off': [
      (made) => ociFiles(made, { compress: (it) => gzip(it).subarray(0, 60) }),
      /^layer 1, blobs\/sha256\/[0-9a-f]{64}, ends too early/,
    ],
    'an empty layer blob': [
      async (made) => archiveOf(ociFiles(made, { compress: () => broken('') })),
      /^layer 1, blobs\/sha256\/[0-9a-f]{64}, is empty$/,
    ],
    'gzip with a flipped bit': [
      (made) =>
        ociFiles(made, {
          compress: (it) => {
            const bytes = gzip(it);
            bytes[40] = bytes[40]! ^ 0xff;
            return bytes;
          },
        }),
      /^layer \d, blobs\/sha256\/[0-9a-f]{64}, (?:is damaged|ends too early)/,
    ],
  };
  test.for(Object.keys(cases))('%s', async (name) => {
    const [make, message] = cases[name]!;
    const failed = await read(await make(await app())).then(
      () => 'nothing',
      (error: Error) => [error.name, error.message],
    );
    expect(failed).toEqual(['ImageError', expect.stringMatching(message)]);
  });

  test('nothing there at all', async () => {
    await expect(readImage('/no/such/archive.tar', { platform: 'linux/amd64' })).rejects.toThrow(
      'there is no such file or folder',
    );
  });
});
