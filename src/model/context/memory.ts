import type { Host, HostEntry } from './context.ts';

/** The text of each file by its path; a trailing slash makes an empty directory, a trailing @ a link. */
export type MemoryFiles = Readonly<Record<string, string>>;

/** The files of a build context that are on no disk. Their sizes are those of their texts in UTF-8. */
export function memoryHost(files: MemoryFiles): Host {
  const directories = new Map<string, Map<string, HostEntry>>([['', new Map()]]);
  for (const [key, text] of Object.entries(files)) {
    const parts = key.replace(/[/@]$/, '').split('/');
    for (let at = 1; at <= parts.length; at++) {
      const inner = at < parts.length || key.endsWith('/');
      const name = parts[at - 1]!;
      const path = parts.slice(0, at).join('/');
      const link = !inner && key.endsWith('@');
      const entry = { name, directory: inner, size: inner ? 0 : utf8Length(text), ...(link && { link }) };
      directories.get(parts.slice(0, at - 1).join('/'))?.set(name, entry);
      if (inner && !directories.has(path)) directories.set(path, new Map());
    }
  }
  return {
    list: (directory) => (directories.has(directory) ? [...directories.get(directory)!.values()] : undefined),
    read: (path) => (Object.hasOwn(files, path) ? files[path] : undefined),
  };
}

const utf8Length = (text: string): number => new TextEncoder().encode(text).length;
