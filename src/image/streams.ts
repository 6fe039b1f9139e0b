import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Decompress } from 'fzstd';
import { extract } from 'tar-stream';
import { ImageError } from './failure.ts';

export type Bytes = AsyncIterable<Uint8Array>;
export type Compression = 'none' | 'gzip' | 'zstd';

const magics: readonly (readonly [string, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
];

/** Told by the first bytes, as media types and names of files are often wrong. zstd may begin with a frame to skip. */
export function compressionOf(head: Uint8Array, what: string): Compression {
  const found = magics.find(([, magic]) => magic.every((byte, index) => head[index] === byte))?.[0];
  if (found === 'gzip' || found === 'zstd') return found;
  if (found) throw new ImageError(`${what} is packed with ${found}, which image archives are not; unpack it first`);
  const skippable = (head[0]! & 0xf0) === 0x50 && head[1] === 0x2a && head[2] === 0x4d && head[3] === 0x18;
  return skippable ? 'zstd' : 'none';
}

/** The bytes unpacked, where they are packed. `what` names them in errors. */
export async function* unpacked(bytes: Bytes, what: string): AsyncGenerator<Uint8Array> {
  const { head, all } = await peek(bytes, 5);
  if (head.length === 0) throw new ImageError(`${what} is empty`);
  const compression = compressionOf(head, what);
  try {
    if (compression === 'gzip') yield* gunzip(all);
    else if (compression === 'zstd') yield* unzstd(all);
    else yield* all;
  } catch (error) {
    throw explained(error, what);
  }
}

async function peek(bytes: Bytes, count: number): Promise<{ head: Uint8Array; all: Bytes }> {
  const iterator = bytes[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length < count) {
    const { value, done } = await iterator.next();
    if (done) break;
    chunks.push(value);
    length += value.length;
  }
  const rest = async function* (): AsyncGenerator<Uint8Array> {
    try {
      yield* chunks;
      for (;;) {
        const { value, done } = await iterator.next();
        if (done) return;
        yield value;
      }
    } finally {
      await iterator.return?.();
    }
  };
  return { head: Buffer.concat(chunks).subarray(0, count), all: rest() };
}

async function* gunzip(bytes: Bytes): AsyncGenerator<Uint8Array> {
  // an error of the source destroys the stream that is read here
  yield* pipeline(Readable.from(bytes), createGunzip({ chunkSize: 1 << 18 }), () => {});
}

async function* unzstd(bytes: Bytes): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  // the library hands out parts of its window, which it writes over
  const stream = new Decompress((chunk) => void ready.push(chunk.slice()));
  for await (const chunk of bytes) {
    // small parts: all that comes out of one is held at once
    for (let at = 0; at < chunk.length; at += 4096) {
      stream.push(chunk.subarray(at, at + 4096));
      yield* ready;
      ready = [];
    }
  }
  stream.push(new Uint8Array(0), true);
  yield* ready;
}

/** What a library says of broken bytes, said for people; errors of the system and our own stay. */
function explained(error: unknown, what: string): unknown {
  if (!(error instanceof Error) || error instanceof ImageError) return error;
  const { code } = error as NodeJS.ErrnoException;
  if (/unexpected (?:end|eof)/i.test(error.message))
    return new ImageError(`${what} ends too early: it was cut off when it was written or copied`);
  if (typeof code === 'string' && /^E[A-Z]+$/.test(code)) return new ImageError(`${what} cannot be read: ${code}`);
  return new ImageError(`${what} is damaged: ${error.message}`);
}

export interface TarEntry {
  readonly path: string;
  /** `file`, `directory`, `link`, `symlink` and rarer ones. */
  readonly type: string;
  readonly size: number;
  /** Of hard and symbolic links. */
  readonly target: string | undefined;
  /** Where its content begins in the bytes of the tar. */
  readonly offset: number;
}

/**
 * Calls `visit` for each entry of a tar, in order. What `visit` does not read of the content is skipped.
 * `what` names the tar in errors.
 */
export async function eachEntry(
  bytes: Bytes,
  what: string,
  visit: (entry: TarEntry, content: Bytes) => Promise<void> | undefined,
): Promise<void> {
  const reader = extract(anyFormat);
  let entries = 0;
  let length = 0;
  reader.on('entry', (header, content, next) => {
    entries++;
    // what ends the tar is told once, by the reader
    content.on('error', () => {});
    // its types do not have all of it
    const { name, type, size, linkname, byteOffset } = header as typeof header & {
      readonly byteOffset: number;
      readonly linkname: string | null;
    };
    const entry = { path: cleanPath(name), type, size, target: linkname ?? undefined, offset: byteOffset };
    const done = visit(entry, content as unknown as Bytes);
    if (!done) {
      content.on('end', next);
      content.resume();
      return;
    }
    // what was read to its end is closed soon, or already
    const closed = new Promise<void>((resolve) => (content.destroyed ? resolve() : content.on('close', resolve)));
    done.then(() => {
      content.resume();
      return closed.then(() => next());
    }, next);
  });
  const closed = new Promise<void>((resolve, reject) => {
    reader.on('error', reject);
    reader.on('close', resolve);
  });
  // handled below, when the writing is over
  closed.catch(() => {});
  try {
    for await (const chunk of bytes) {
      length += chunk.length;
      if (reader.destroyed) break;
      if (!reader.write(chunk)) await drained(reader);
    }
    reader.end(null);
    await closed;
  } catch (error) {
    // not even one header
    const short = length < 512 && !(error instanceof ImageError);
    if (short || (error instanceof Error && /^Invalid tar header/.test(error.message)))
      throw new ImageError(
        entries === 0 ? `${what} is not a tar archive` : `${what} is damaged after ${entries} entries`,
      );
    throw explained(error, what);
  } finally {
    reader.destroy();
  }
}

/** Also of before POSIX; an option that the types of the library lack. */
const anyFormat: WritableOptions & { allowUnknownFormat: boolean } = { allowUnknownFormat: true };
type WritableOptions = NonNullable<Parameters<typeof extract>[0]>;

const drained = (stream: NodeJS.EventEmitter): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      stream.off('drain', done);
      stream.off('close', done);
      resolve();
    };
    stream.on('drain', done);
    stream.on('close', done);
  });

/** Without `./`, a leading or a closing slash. */
export const cleanPath = (path: string): string =>
  path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');

/** All of it; refuses more than `most` bytes. */
export async function allOf(bytes: Bytes, most: number, what: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    length += chunk.length;
    if (length > most) throw new ImageError(`${what} is too large for JSON`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
