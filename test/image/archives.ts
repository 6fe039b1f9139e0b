import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';

export interface Entry {
  readonly name: string;
  readonly type?: 'file' | 'directory' | 'link' | 'symlink';
  /** A number: so many bytes of no matter what. */
  readonly content?: Buffer | string | number;
  readonly linkname?: string;
}

/** A tar of these entries; a name alone is an empty file, or a folder where it ends with a slash. */
export async function tarOf(entries: readonly (Entry | string)[]): Promise<Buffer> {
  const tar = pack();
  for (const it of entries) {
    const entry: Entry = typeof it === 'string' ? { name: it } : it;
    const { name, linkname, content = '' } = entry;
    const type = entry.type ?? (name.endsWith('/') ? 'directory' : 'file');
    const bytes = typeof content === 'number' ? Buffer.alloc(content, 'x') : Buffer.from(content);
    const header = { name, type, size: bytes.length, ...(linkname === undefined ? {} : { linkname }) };
    tar.entry(header, type === 'file' ? bytes : Buffer.alloc(0));
  }
  tar.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of tar as unknown as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');
export const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

/** A frame of zstd that packs nothing: raw blocks. Behind it, as podman writes it, one that readers skip. */
export function zstd(bytes: Buffer): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(bytes.length);
  const parts: Uint8Array[] = [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xa0]), size];
  for (let at = 0; at === 0 || at < bytes.length; at += 100_000) {
    const block = bytes.subarray(at, at + 100_000);
    const last = at + 100_000 >= bytes.length ? 1 : 0;
    const head = Buffer.alloc(4);
    head.writeUInt32LE((block.length << 3) | last);
    parts.push(head.subarray(0, 3), block);
  }
  const skipped = Buffer.from('skip me');
  return Buffer.concat([...parts, Buffer.from([0x50, 0x2a, 0x4d, 0x18, skipped.length, 0, 0, 0]), skipped]);
}

export interface Made {
  readonly layers: readonly Buffer[];
  readonly diffIds: readonly string[];
  readonly config: Buffer;
}

export interface History {
  readonly created_by?: string;
  readonly comment?: string;
  readonly author?: string;
  readonly empty_layer?: boolean;
}

/** The parts of an image: the tars of its layers and its config. */
export async function image(
  layers: readonly (readonly (Entry | string)[])[],
  history: readonly History[] = layers.map((_, index) => ({ created_by: `RUN /bin/sh -c make ${index} # buildkit` })),
  more: object = {},
): Promise<Made> {
  const tars = await Promise.all(layers.map(tarOf));
  const diffIds = tars.map((tar) => `sha256:${sha256(tar)}`);
  const rootfs = { type: 'layers', diff_ids: diffIds };
  return { layers: tars, diffIds, config: json({ architecture: 'amd64', os: 'linux', rootfs, history, ...more }) };
}

export type Files = Record<string, Buffer | { readonly link: string }>;

const hex = (digest: string): string => digest.slice('sha256:'.length);

/** What docker save wrote before version 25. */
export function dockerFolders({ layers, diffIds, config }: Made): Files {
  const paths = diffIds.map((id, index) => `${sha256(`${index} ${id}`)}/layer.tar`);
  const name = `${sha256(config)}.json`;
  return {
    ...Object.fromEntries(
      paths.flatMap((path, index) => [
        [path.replace('layer.tar', 'VERSION'), Buffer.from('1.0')],
        [path, layers[index]!],
      ]),
    ),
    [name]: config,
    'manifest.json': json([{ Config: name, RepoTags: ['app:1'], Layers: paths }]),
    repositories: json({}),
  };
}

/** The same, layers stored elsewhere: podman, and docker save of several images. */
export function dockerLinks({ layers, diffIds, config }: Made): Files {
  const paths = diffIds.map((id, index) => `${sha256(`${index} ${id}`)}/layer.tar`);
  return {
    ...Object.fromEntries(layers.map((layer, index) => [`${hex(diffIds[index]!)}.tar`, layer])),
    ...Object.fromEntries(paths.map((path, index) => [path, { link: `../${hex(diffIds[index]!)}.tar` }])),
    'config.json': config,
    'manifest.json': json([{ Config: 'config.json', RepoTags: ['app:1'], Layers: paths }]),
  };
}

/** What docker save writes since version 25; `index` says whether its index leads to the image. */
export function docker25(made: Made, index = true): Files {
  const { layers, diffIds, config } = made;
  const oci = ociFiles(made);
  const sources = Object.fromEntries(
    diffIds.map((id) => [id, { mediaType: 'application/vnd.oci.image.layer.v1.tar', size: 1, digest: id }]),
  );
  return {
    ...Object.fromEntries(layers.map((layer, at) => [`blobs/sha256/${hex(diffIds[at]!)}`, layer])),
    ...(index ? oci : { 'index.json': oci['index.json']! }),
    [`blobs/sha256/${sha256(config)}`]: config,
    'manifest.json': json([
      {
        Config: `blobs/sha256/${sha256(config)}`,
        RepoTags: ['app:1'],
        Layers: diffIds.map((id) => `blobs/sha256/${hex(id)}`),
        LayerSources: sources,
      },
    ]),
  };
}

const INDEX = 'application/vnd.oci.image.index.v1+json';
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const LAYER = 'application/vnd.oci.image.layer.v1.tar';

export interface OciOptions {
  readonly compress?: (bytes: Buffer) => Buffer;
  readonly suffix?: string;
}

/** Adds a JSON blob and gives what points at it. */
export function blob(
  files: Files,
  content: unknown,
  mediaType: string,
): { mediaType: string; digest: string; size: number } {
  const bytes = Buffer.isBuffer(content) ? content : json(content);
  files[`blobs/sha256/${sha256(bytes)}`] = bytes;
  return { mediaType, digest: `sha256:${sha256(bytes)}`, size: bytes.length };
}

export function ociManifest(files: Files, made: Made, { compress = (it) => it, suffix = '' }: OciOptions = {}) {
  const config = blob(files, made.config, 'application/vnd.oci.image.config.v1+json');
  const layers = made.layers.map((layer) => blob(files, compress(layer), LAYER + suffix));
  return blob(files, { schemaVersion: 2, mediaType: MANIFEST, config, layers }, MANIFEST);
}

export const layout = (files: Files, manifests: readonly object[]): Files => ({
  'oci-layout': json({ imageLayoutVersion: '1.0.0' }),
  'index.json': json({ schemaVersion: 2, manifests }),
  ...files,
});

const named = { annotations: { 'io.containerd.image.name': 'app:1' } };

export function ociFiles(made: Made, options: OciOptions = {}): Files {
  const files: Files = {};
  return layout(files, [{ ...ociManifest(files, made, options), ...named }]);
}

/** What buildx writes for several platforms: an index in the index, with attestations. */
export function ociPlatforms(images: Readonly<Record<string, Made>>): Files {
  const files: Files = {};
  const manifests = Object.entries(images).map(([name, made]) => {
    const [os, architecture, variant] = name.split('/');
    return { ...ociManifest(files, made), platform: { os, architecture, variant } };
  });
  const attestation = {
    ...blob(files, { mediaType: MANIFEST, config: {}, layers: [] }, MANIFEST),
    platform: { os: 'unknown', architecture: 'unknown' },
    annotations: { 'vnd.docker.reference.type': 'attestation-manifest' },
  };
  const nested = blob(files, { mediaType: INDEX, manifests: [attestation, ...manifests] }, INDEX);
  return layout(files, [{ ...nested, ...named }]);
}

export const archiveOf = (files: Files): Promise<Buffer> =>
  tarOf(
    Object.entries(files).map(([name, content]) =>
      Buffer.isBuffer(content) ? { name, content } : { name, type: 'symlink' as const, linkname: content.link },
    ),
  );

/** Hands `use` the path of a file or folder in a folder of its own. */
export async function stored<T>(content: Buffer | Files, use: (path: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'dflint-image-'));
  const path = join(folder, 'app.tar');
  try {
    if (Buffer.isBuffer(content)) writeFileSync(path, content);
    else
      for (const [name, bytes] of Object.entries(content)) {
        mkdirSync(dirname(join(path, name)), { recursive: true });
        if (Buffer.isBuffer(bytes)) writeFileSync(join(path, name), bytes);
      }
    return await use(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const gzip = (bytes: Buffer): Buffer => gzipSync(bytes);
