import type { Archive } from './archive.ts';
import { ImageError } from './failure.ts';

/** Where the parts of one image are in an archive. */
export interface Layout {
  readonly format: 'docker' | 'oci';
  /** The first name that it has. */
  readonly name: string | undefined;
  readonly config: string;
  readonly layers: readonly LayerBlob[];
  /** The platforms of an index; more than one where the archive has several images of one name. */
  readonly platforms: readonly string[];
  /** How many images the archive has, those of other platforms not counted. */
  readonly images: number;
}

export interface LayerBlob {
  readonly path: string;
  readonly mediaType: string | undefined;
  /** Of the blob as stored, where the archive tells. */
  readonly digest: string | undefined;
}

type Json = Readonly<Record<string, unknown>>;

/** Finds the image: the one for `platform` where there are several, else the first. */
export async function findLayout(archive: Archive, platform: string): Promise<Layout> {
  const oci = archive.has('index.json') ? await ociLayout(archive, platform) : undefined;
  if (oci instanceof Error && !archive.has('manifest.json')) throw oci;
  if (oci && !(oci instanceof Error)) return oci;
  if (archive.has('manifest.json')) return dockerLayout(archive);
  throw new ImageError(
    'there is no manifest.json and no index.json, so this is not an image archive; docker save, podman save and buildx -o type=oci write one',
  );
}

interface Found {
  readonly path: string;
  readonly name: string | undefined;
  readonly platform: string | undefined;
}

/** An error instead where the index leads nowhere, as docker writes manifest.json beside it. */
async function ociLayout(archive: Archive, wanted: string): Promise<Layout | ImageError> {
  const found: Found[] = [];
  const absent: string[] = [];
  const tops = await manifestsOf(archive, 'index.json', undefined, { found, absent, seen: new Set() });
  if (found.length === 0)
    return new ImageError(
      absent[0] ? `index.json names ${absent[0]}, which is not there` : 'index.json names no image',
    );
  // the platforms of one name stand together; without a name all are taken for one image
  const first = found[0]!.name;
  const candidates = found.filter(({ name }) => name === first);
  const chosen =
    candidates.find(({ platform }) => platform === wanted) ??
    candidates.find(({ platform }) => platform === 'linux/amd64') ??
    candidates[0]!;
  const manifest = object(await archive.json(chosen.path), chosen.path);
  const config = object(manifest['config'], `config in ${chosen.path}`);
  return {
    format: 'oci',
    name: chosen.name,
    config: blobPath(config['digest'], chosen.path),
    layers: list(manifest['layers'], `layers in ${chosen.path}`).map((it) => {
      const layer = object(it, `a layer in ${chosen.path}`);
      return {
        path: blobPath(layer['digest'], chosen.path),
        mediaType: text(layer['mediaType']),
        digest: text(layer['digest']),
      };
    }),
    platforms: candidates.flatMap(({ platform }) => platform ?? []),
    images: tops,
  };
}

const MOST_MANIFESTS = 1000;

/** Collects the manifests below an index, attestations left out; gives the number of names that the index has. */
async function manifestsOf(
  archive: Archive,
  path: string,
  name: string | undefined,
  { found, absent, seen }: { readonly found: Found[]; readonly absent: string[]; readonly seen: Set<string> },
): Promise<number> {
  const index = object(await archive.json(path), path);
  const names = new Set<string | undefined>();
  for (const it of list(index['manifests'], `manifests in ${path}`)) {
    const entry = object(it, `a manifest in ${path}`);
    const notes = optional(entry['annotations']);
    const platform = platformText(optional(entry['platform']));
    if (notes['vnd.docker.reference.type'] === 'attestation-manifest' || platform === 'unknown/unknown') continue;
    const own = text(notes['io.containerd.image.name']) ?? text(notes['org.opencontainers.image.ref.name']) ?? name;
    const blob = blobPath(entry['digest'], path);
    if (!archive.has(blob)) {
      absent.push(blob);
      continue;
    }
    names.add(own);
    const nested = /index|manifest\.list/.test(text(entry['mediaType']) ?? '');
    if (!nested) found.push({ path: blob, name: own, platform });
    // an index may name another any number of times
    else if (!seen.has(blob)) await manifestsOf(archive, blob, own, { found, absent, seen: seen.add(blob) });
    if (found.length + seen.size > MOST_MANIFESTS) throw new ImageError(`it has more than ${MOST_MANIFESTS} manifests`);
  }
  return names.size;
}

/** What docker save writes: one entry an image, with paths of its files. */
async function dockerLayout(archive: Archive): Promise<Layout> {
  const path = 'manifest.json';
  const images = list(await archive.json(path), path);
  if (images.length === 0) throw new ImageError(`${path} names no image`);
  const image = object(images[0], `the first image in ${path}`);
  const config = text(image['Config']);
  if (config === undefined) throw new ImageError(`${path} names no config`);
  const sources = Object.values(optional(image['LayerSources'])).map((it) => optional(it));
  return {
    format: 'docker',
    name: text(Array.isArray(image['RepoTags']) ? image['RepoTags'][0] : undefined),
    config: inside(config),
    layers: list(image['Layers'], `Layers in ${path}`).map((it) => {
      const layer = text(it);
      if (layer === undefined) throw new ImageError(`Layers in ${path} has an entry that is not a path`);
      const hex = /^blobs\/sha256\/([0-9a-f]{64})$/.exec(layer)?.[1];
      const digest = hex && `sha256:${hex}`;
      const source = sources.find((one) => digest !== undefined && one['digest'] === digest);
      return { path: inside(layer), mediaType: text(source?.['mediaType']), digest };
    }),
    platforms: [],
    images: images.length,
  };
}

function blobPath(digest: unknown, where: string): string {
  const match = /^(sha256|sha512):([0-9a-f]{64,128})$/.exec(text(digest) ?? '');
  if (!match) throw new ImageError(`${where} names ${JSON.stringify(digest) ?? 'nothing'}, which is not a digest`);
  return `blobs/${match[1]}/${match[2]}`;
}

/** A path of the archive that stays in it. */
function inside(path: string): string {
  if (path.startsWith('/') || path.split('/').includes('..'))
    throw new ImageError(`manifest.json names ${path}, which is outside the archive`);
  return path;
}

export const platformText = (platform: Json): string | undefined => {
  const [os, architecture, variant] = [platform['os'], platform['architecture'], platform['variant']].map(text);
  if (!os || !architecture) return undefined;
  return variant ? `${os}/${architecture}/${variant}` : `${os}/${architecture}`;
};

export const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

export function object(value: unknown, what: string): Json {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json;
  throw new ImageError(`${what} is not a JSON object`);
}

export const optional = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};

export function list(value: unknown, what: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new ImageError(`${what} is not a list`);
}
