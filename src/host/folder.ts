import type { Host } from '../model/context/context.ts';

/** The largest file that rules may read, in bytes. */
const READ_LIMIT = 1 << 20;

/**
 * A folder of this machine as the files of a build context. Reads only regular files of up to 1 MiB without NUL bytes; follows
 * no link and opens no device or pipe. Never throws: what cannot be read is not there.
 */
export function folderHost(root: string): Host {
  // asked for here, so that the library loads where there is no Node
  const { lstatSync, readdirSync, readFileSync } = process.getBuiltinModule('node:fs');
  const { join } = process.getBuiltinModule('node:path');

  const throughLink = (path: string): boolean =>
    path.split('/').some((_, at, parts) => lstatSync(join(root, ...parts.slice(0, at + 1))).isSymbolicLink());

  return {
    list(directory) {
      try {
        if (directory !== '' && throughLink(directory)) return undefined;
        return readdirSync(join(root, directory), { withFileTypes: true }).map((entry) => ({
          name: entry.name,
          directory: entry.isDirectory(),
          link: entry.isSymbolicLink(),
          size: entry.isFile() ? lstatSync(join(root, directory, entry.name)).size : 0,
        }));
      } catch {
        return undefined;
      }
    },
    read(path) {
      try {
        const file = join(root, path);
        const entry = lstatSync(file);
        if (!entry.isFile() || entry.size > READ_LIMIT || throughLink(path)) return undefined;
        const bytes = readFileSync(file);
        return bytes.includes(0) ? undefined : bytes.toString('utf8');
      } catch {
        return undefined;
      }
    },
  };
}
