import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Host } from '../../model/context/context.ts';

/** The largest file that rules may read, in bytes. */
const READ_LIMIT = 1 << 20;

/** A folder of this machine as a build context. */
export const folderHost = (root: string): Host => ({
  list(directory) {
    try {
      return readdirSync(join(root, directory), { withFileTypes: true }).map((entry) => ({
        name: entry.name,
        directory: entry.isDirectory(),
        link: entry.isSymbolicLink(),
        size: entry.isFile() ? statSync(join(root, directory, entry.name)).size : 0,
      }));
    } catch {
      return undefined;
    }
  },
  read(path) {
    try {
      const file = join(root, path);
      if (statSync(file).size > READ_LIMIT) return undefined;
      const bytes = readFileSync(file);
      return bytes.includes(0) ? undefined : bytes.toString('utf8');
    } catch {
      return undefined;
    }
  },
});
