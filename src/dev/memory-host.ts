import type { Host, HostEntry } from '../model/context/context.ts';

/** Files by path; a trailing slash makes an empty directory, a trailing @ a link. The size is the length of the text. */
export type Disk = Readonly<Record<string, string>>;

/** A build context that is not on any disk; what is asked of it goes to `log`. */
export function memoryHost(disk: Disk, log: string[] = []): Host {
  const directories = new Map<string, Map<string, HostEntry>>([['', new Map()]]);
  for (const [key, text] of Object.entries(disk)) {
    const parts = key.replace(/[/@]$/, '').split('/');
    for (let at = 1; at <= parts.length; at++) {
      const inner = at < parts.length || key.endsWith('/');
      const name = parts[at - 1]!;
      const path = parts.slice(0, at).join('/');
      const link = !inner && key.endsWith('@');
      const entry = { name, directory: inner, size: inner ? 0 : text.length, ...(link && { link }) };
      directories.get(parts.slice(0, at - 1).join('/'))?.set(name, entry);
      if (inner && !directories.has(path)) directories.set(path, new Map());
    }
  }
  return {
    list(directory) {
      log.push(`list ${directory}`);
      return directories.has(directory) ? [...directories.get(directory)!.values()].reverse() : undefined;
    },
    read(path) {
      log.push(`read ${path}`);
      return Object.hasOwn(disk, path) ? disk[path] : undefined;
    },
  };
}
