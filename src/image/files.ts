import { folderOf } from '../text/path.ts';
/**
 * The files of all layers, and which of them a later layer hides. Layers may come in any order, as they do in a packed archive.
 * Only paths, layers and sizes are kept: about 100 MB for a million files.
 */
export interface LayerFiles {
  file(layer: number, path: string, size: number): void;
  folder(layer: number, path: string): void;
  /** `path` and `target` are one file; its bytes are stored at the target. */
  hardLink(layer: number, path: string, target: string): void;
  /** The path is not there any more, seen from this layer. */
  whiteout(layer: number, path: string): void;
  /** Nothing of what lower layers have in this folder is there any more. */
  opaque(layer: number, path: string): void;
  waste(): Waste[];
}

/** What one layer hides of another. */
export interface Waste {
  /** Written again, or not there any more. */
  readonly kind: 'overwritten' | 'deleted';
  /** The layer that stores the bytes, and the one that hides them. */
  readonly from: number;
  readonly by: number;
  readonly bytes: number;
  readonly files: number;
  /** The folder that holds them all; empty for the root. */
  readonly folder: string;
  /** The largest of them first; a deleted folder is one, with all that was in it. */
  readonly largest: readonly WastedPath[];
}

export interface WastedPath {
  readonly path: string;
  readonly bytes: number;
  readonly files: number;
}

const MOST_PATHS = 100;
/** Layers that can be told apart; Docker refuses more than 125. */
export const MOST_LAYERS = 512;

// What a layer says of a path, in one number: kind, layer, size. A number costs a third of an object.
const kinds = { file: 0, folder: 1, whiteout: 2, opaque: 3 } as const;
type Kind = keyof typeof kinds;
const SIZES = 2 ** 42;
const pack = (kind: Kind, layer: number, size = 0): number =>
  (kinds[kind] * MOST_LAYERS + layer) * SIZES + Math.min(size, SIZES - 1);
const kindOf = (event: number): number => Math.floor(event / (SIZES * MOST_LAYERS));
const layerOf = (event: number): number => Math.floor(event / SIZES) % MOST_LAYERS;
const sizeOf = (event: number): number => event % SIZES;

type Events = number | number[];
interface Folder {
  events: Events | undefined;
  readonly children: Map<string, Events | Folder>;
}

const isFolder = (node: Events | Folder | undefined): node is Folder =>
  typeof node === 'object' && !Array.isArray(node);
const listOf = (events: Events | undefined): readonly number[] =>
  events === undefined ? [] : typeof events === 'number' ? [events] : events;
const added = (events: Events | undefined, event: number): Events => {
  if (events === undefined) return event;
  if (typeof events === 'number') return events === event ? events : [events, event];
  if (!events.includes(event)) events.push(event);
  return events;
};

export function layerFiles(): LayerFiles {
  const root: Folder = { events: undefined, children: new Map() };
  const links: { layer: number; path: string; target: string }[] = [];
  // files of one folder stand together in a layer
  let last: { layer: number; path: string; folder: Folder } | undefined;

  const folderAt = (layer: number, path: string): Folder => {
    if (last?.layer === layer && last.path === path) return last.folder;
    let folder = root;
    for (const name of path === '' ? [] : path.split('/')) {
      let next = folder.children.get(name);
      if (!isFolder(next)) {
        next = { events: next, children: new Map() };
        folder.children.set(flat(name), next);
      }
      next.events = added(next.events, pack('folder', layer));
      folder = next;
    }
    last = { layer, path, folder };
    return folder;
  };
  const add = (layer: number, path: string, event: number): void => {
    const slash = path.lastIndexOf('/');
    const { children } = folderAt(layer, slash < 0 ? '' : path.slice(0, slash));
    const name = path.slice(slash + 1);
    const node = children.get(name);
    if (isFolder(node)) node.events = added(node.events, event);
    else children.set(flat(name), added(node, event));
  };

  return {
    file: (layer, path, size) => add(layer, path, pack('file', layer, size)),
    folder: (layer, path) => void folderAt(layer, path),
    hardLink(layer, path, target) {
      add(layer, path, pack('file', layer));
      links.push({ layer, path, target });
    },
    whiteout: (layer, path) => add(layer, path, pack('whiteout', layer)),
    opaque(layer, path) {
      const folder = folderAt(layer, path);
      folder.events = added(folder.events, pack('opaque', layer));
    },
    waste: () => grouped(hidden(root, links)),
  };
}

/** A name of its own memory: a part of a longer string keeps all of it. */
const flat = (name: string): string => (name.length < 13 ? name : Buffer.from(name).toString());

/** That a path, and all that is below it, is not there any more, seen from a layer. */
interface Hiding {
  readonly layer: number;
  readonly kind: Waste['kind'];
  /** What was written or deleted: the file, or a folder with all that it holds. */
  readonly path: string;
}

interface Hidden {
  readonly kind: Waste['kind'];
  readonly from: number;
  readonly by: number;
  readonly path: string;
  readonly bytes: number;
}

/** Every version of a file that a later layer hides. */
function* hidden(
  root: Folder,
  links: readonly { readonly layer: number; readonly path: string; readonly target: string }[],
): Generator<Hidden> {
  const linked = linkedFiles(links);
  const stack: { node: Events | Folder; path: string; above: readonly Hiding[] }[] = [
    { node: root, path: '', above: [] },
  ];
  for (let item = stack.pop(); item; item = stack.pop()) {
    const { node, path, above } = item;
    const events = listOf(isFolder(node) ? node.events : node);
    const here = [...above, ...events.flatMap((event) => hidingOf(event, path))];
    for (const event of events) {
      if (kindOf(event) !== kinds.file) continue;
      const from = layerOf(event);
      const by = first(here.filter(({ layer }) => layer > from));
      if (!by) continue;
      const found = { kind: by.kind, from, by: by.layer, path: by.path, bytes: sizeOf(event) };
      if (!linked.hide(from, path, found)) yield found;
    }
    if (!isFolder(node)) continue;
    const below = [...above, ...events.flatMap((event) => hidingBelow(event, path))];
    for (const [name, child] of node.children)
      stack.push({ node: child, path: path === '' ? name : `${path}/${name}`, above: below });
  }
  yield* linked.wasted();
}

/** A file or a folder takes the place of the file that was there. */
function hidingOf(event: number, path: string): Hiding[] {
  const kind = kindOf(event);
  if (kind === kinds.opaque) return [];
  return [{ layer: layerOf(event), kind: kind === kinds.whiteout ? 'deleted' : 'overwritten', path }];
}

/** A folder that is written again keeps what is in it; a file in its place does not. */
const hidingBelow = (event: number, path: string): Hiding[] =>
  kindOf(event) === kinds.folder ? [] : [{ layer: layerOf(event), kind: 'deleted', path }];

const first = (hidings: readonly Hiding[]): Hiding | undefined =>
  hidings.reduce<Hiding | undefined>((best, it) => (best && best.layer <= it.layer ? best : it), undefined);

/** Bytes of a file with several names are wasted when all the names are gone; the last to go says how. */
function linkedFiles(links: readonly { readonly layer: number; readonly path: string; readonly target: string }[]): {
  hide(layer: number, path: string, found: Hidden): boolean;
  wasted(): Generator<Hidden>;
} {
  const keyOf = (layer: number, path: string): string => `${layer}:${path}`;
  const groups = new Map<string, { names: Set<string>; found: Hidden[] }>();
  const byName = new Map<string, { names: Set<string>; found: Hidden[] }>();
  for (const { layer, path, target } of links) {
    const key = keyOf(layer, target);
    const group = byName.get(key) ?? groups.get(key) ?? { names: new Set([key]), found: [] };
    group.names.add(keyOf(layer, path));
    groups.set(key, group);
    byName.set(key, group);
    byName.set(keyOf(layer, path), group);
  }
  return {
    hide(layer, path, found) {
      const group = byName.get(keyOf(layer, path));
      group?.found.push(found);
      return group !== undefined;
    },
    *wasted() {
      for (const { names, found } of new Set(groups.values())) {
        if (found.length < names.size) continue;
        const bytes = found.reduce((sum, it) => sum + it.bytes, 0);
        yield { ...found.reduce((late, it) => (it.by > late.by ? it : late)), bytes };
      }
    },
  };
}

interface Group {
  readonly kind: Waste['kind'];
  readonly from: number;
  readonly by: number;
  bytes: number;
  files: number;
  folder: string | undefined;
  paths: Map<string, { path: string; bytes: number; files: number }>;
}

/** By what was hidden and by whom, largest first; what is empty is no waste. */
function grouped(found: Iterable<Hidden>): Waste[] {
  const groups = new Map<string, Group>();
  for (const { kind, from, by, path, bytes } of found) {
    if (bytes === 0) continue;
    const key = `${kind} ${from} ${by}`;
    const group = groups.get(key) ?? { kind, from, by, bytes: 0, files: 0, folder: undefined, paths: new Map() };
    groups.set(key, group);
    group.bytes += bytes;
    group.files++;
    const above = folderOf(path);
    group.folder = group.folder === undefined ? above : shared(group.folder, above);
    const known = group.paths.get(path);
    if (known) {
      known.bytes += bytes;
      known.files++;
      continue;
    }
    // what is below one path comes together, so that only finished ones are dropped
    if (group.paths.size > 20 * MOST_PATHS) group.paths = new Map(largest(group).map((it) => [it.path, it]));
    group.paths.set(path, { path, bytes, files: 1 });
  }
  return [...groups.values()]
    .map((group) => ({
      kind: group.kind,
      from: group.from,
      by: group.by,
      bytes: group.bytes,
      files: group.files,
      folder: group.folder ?? '',
      largest: largest(group),
    }))
    .sort((a, b) => b.bytes - a.bytes || a.from - b.from || a.by - b.by);
}

const largest = ({ paths }: Group): { path: string; bytes: number; files: number }[] =>
  [...paths.values()].sort((a, b) => b.bytes - a.bytes || (a.path < b.path ? -1 : 1)).slice(0, MOST_PATHS);

/** The folder that holds two folders. */
function shared(a: string, b: string): string {
  if (a === b) return a;
  const [left, right] = [a.split('/'), b.split('/')];
  let count = 0;
  while (count < left.length && left[count] === right[count]) count++;
  return left.slice(0, count).join('/');
}
