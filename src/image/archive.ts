import { createHash } from 'node:crypto';
import { closeSync, createReadStream, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import { ImageError } from './failure.ts';
import { allOf, type Bytes, cleanPath, compressionOf, eachEntry, type TarEntry, unpacked } from './streams.ts';

/** The files of an image archive: a tar, packed or not, or the folder that one was unpacked to. */
export interface Archive {
  has(path: string): boolean;
  /** Bytes as stored; undefined where there is no such file. */
  size(path: string): number | undefined;
  /** A small JSON file; a blob must be what its name says. */
  json(path: string): Promise<unknown>;
  /** Calls `visit` once for each of the files, in the order that costs least; each must be there. */
  read(paths: Iterable<string>, visit: (path: string, bytes: Bytes) => Promise<void>): Promise<void>;
}

const MOST_JSON = 8_000_000;
const MOST_HELD = 64_000_000;
const CHUNK = 1 << 20;

export async function openArchive(path: string): Promise<Archive> {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new ImageError('there is no such file or folder');
  if (stat.isDirectory()) return folderArchive(path);
  if (!stat.isFile()) throw new ImageError('it is neither a file nor a folder; write the image to a file first');
  if (stat.size === 0) throw new ImageError('the file is empty');
  return compressionOf(headOf(path), 'the archive') === 'none' ? plainTar(path) : packedTar(path);
}

function headOf(path: string): Uint8Array {
  const head = new Uint8Array(5);
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    readSync(file, head);
  } catch (error) {
    throw new ImageError(`it cannot be read: ${(error as NodeJS.ErrnoException).code}`);
  } finally {
    if (file !== undefined) closeSync(file);
  }
  return head;
}

function folderArchive(folder: string): Archive {
  const root = realpathSync(folder);
  const size = (path: string): number | undefined => {
    const file = join(root, path);
    const stat = statSync(file, { throwIfNoEntry: false });
    // the folder may come from anybody, and a link in it may lead anywhere
    return stat?.isFile() && realpathSync(file).startsWith(join(root, sep)) ? stat.size : undefined;
  };
  const bytes = (path: string): Bytes => createReadStream(join(root, path), { highWaterMark: CHUNK });
  return {
    has: (path) => size(path) !== undefined,
    size,
    json: async (path) => parsed(path, await allOf(present(path, size(path)) && bytes(path), MOST_JSON, path)),
    async read(paths, visit) {
      for (const path of new Set(paths)) await visit(path, present(path, size(path)) && bytes(path));
    },
  };
}

const present = (path: string, size: number | undefined): true => {
  if (size === undefined) throw new ImageError(`${path} is named but missing`);
  return true;
};

/** What a tar holds, links resolved. */
class Contents {
  private readonly files = new Map<string, { offset: number; size: number }>();
  private readonly links = new Map<string, string>();

  add({ path, type, target, offset, size }: TarEntry): void {
    if (type === 'symlink') this.links.set(path, posix.join(posix.dirname(path), target ?? ''));
    else if (type === 'link') this.links.set(path, cleanPath(target ?? ''));
    else if (type === 'file' || type === 'contiguous-file') this.files.set(path, { offset, size });
  }

  /** The file that a path leads to: older archives of several images hold a layer once. */
  real(path: string): string | undefined {
    let found = path;
    for (let hops = 0; hops < 10; hops++) {
      if (this.files.has(found)) return found;
      const next = this.links.get(found);
      if (next === undefined) return undefined;
      found = next;
    }
    return undefined;
  }

  at(path: string): { offset: number; size: number } | undefined {
    const real = this.real(path);
    return real === undefined ? undefined : this.files.get(real);
  }
}

/** One pass notes where each file begins; later reads go there. */
async function plainTar(path: string): Promise<Archive> {
  const contents = new Contents();
  await eachEntry(createReadStream(path, { highWaterMark: CHUNK }), 'the archive', (entry) => {
    contents.add(entry);
    return undefined;
  });
  const bytes = (name: string): Bytes => {
    const at = contents.at(name);
    if (!at) throw new ImageError(`${name} is named but missing`);
    if (at.size === 0) return nothing();
    return createReadStream(path, { start: at.offset, end: at.offset + at.size - 1, highWaterMark: CHUNK });
  };
  return {
    has: (name) => contents.real(name) !== undefined,
    size: (name) => contents.at(name)?.size,
    json: async (name) => parsed(name, await allOf(bytes(name), MOST_JSON, name)),
    async read(paths, visit) {
      for (const name of new Set(paths)) await visit(name, bytes(name));
    },
  };
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** One pass keeps what looks like JSON, a second one reads the layers, in the order of the archive. */
async function packedTar(path: string): Promise<Archive> {
  const contents = new Contents();
  const texts = new Map<string, Buffer>();
  let held = 0;
  const source = (): Bytes => unpacked(createReadStream(path, { highWaterMark: CHUNK }), 'the archive');
  await eachEntry(source(), 'the archive', (entry, content) => {
    contents.add(entry);
    if (entry.type !== 'file' || entry.size > MOST_JSON || held + entry.size > MOST_HELD) return undefined;
    return jsonBytes(content).then((bytes) => {
      if (!bytes) return;
      texts.set(entry.path, bytes);
      held += bytes.length;
    });
  });
  return {
    has: (name) => contents.real(name) !== undefined,
    size: (name) => contents.at(name)?.size,
    async json(name) {
      const real = contents.real(name);
      if (real === undefined) throw new ImageError(`${name} is named but missing`);
      const bytes = texts.get(real);
      if (!bytes) throw new ImageError(`${name} is not JSON, or is too large`);
      return parsed(name, bytes);
    },
    async read(paths, visit) {
      const wanted = new Map<string, string>();
      for (const name of paths) {
        const real = contents.real(name);
        if (real === undefined) throw new ImageError(`${name} is named but missing`);
        wanted.set(real, name);
      }
      await eachEntry(source(), 'the archive', (entry, content) => {
        const name = wanted.get(entry.path);
        return name === undefined || entry.type === 'directory' ? undefined : visit(name, content);
      });
    },
  };
}

/** The content where it begins as an object or a list does; all of it is read either way. */
async function jsonBytes(content: Bytes): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let json: boolean | undefined;
  for await (const chunk of content) {
    json ??= /^\s*[{[]/.test(Buffer.from(chunk.subarray(0, 64)).toString('latin1'));
    if (json) chunks.push(chunk);
  }
  // a copy, as the chunks are parts of larger ones
  return json ? Buffer.concat(chunks) : undefined;
}

const digestOf = (path: string): string | undefined => /(?:^|\/)blobs\/sha256\/([0-9a-f]{64})$/.exec(path)?.[1];

/** The bytes of a blob as they come; throws an ImageError after the last where they are not what its name says. */
export async function* intact(path: string, bytes: Bytes): Bytes {
  const digest = digestOf(path);
  const hash = createHash('sha256');
  for await (const chunk of bytes) {
    if (digest) hash.update(chunk);
    yield chunk;
  }
  if (digest && hash.digest('hex') !== digest) throw damaged(path);
}

const damaged = (path: string): ImageError =>
  new ImageError(`${path} is damaged: its content does not have the sha256 of its name`);

function parsed(path: string, bytes: Buffer): unknown {
  const digest = digestOf(path);
  if (digest && createHash('sha256').update(bytes).digest('hex') !== digest) throw damaged(path);
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw new ImageError(`${path} is broken JSON: ${(error as Error).message}`);
  }
}
