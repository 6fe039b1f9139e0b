import { factsText } from './facts-data.ts';

/** What is known of a build of an official image. */
export interface ImageFacts {
  /** `debian`, `ubuntu`, `alpine` and others; undefined where it is not known. */
  readonly distribution: string | undefined;
  /** `12`, `24.04`, `3.22`. */
  readonly version: string | undefined;
  /** `bookworm`, `noble`; undefined where the distribution has none. */
  readonly codename: string | undefined;
  /** Compressed, in bytes, on linux/amd64. */
  readonly size: number | undefined;
  /** Undefined for root. */
  readonly user: string | undefined;
}

/** Releases with a code name that tags use. */
const codenames: Readonly<Record<string, string>> = {
  jessie: 'debian 8',
  stretch: 'debian 9',
  buster: 'debian 10',
  bullseye: 'debian 11',
  bookworm: 'debian 12',
  trixie: 'debian 13',
  forky: 'debian 14',
  xenial: 'ubuntu 16.04',
  bionic: 'ubuntu 18.04',
  focal: 'ubuntu 20.04',
  jammy: 'ubuntu 22.04',
  noble: 'ubuntu 24.04',
  resolute: 'ubuntu 26.04',
};
const byVersion: ReadonlyMap<string, string> = new Map(Object.entries(codenames).map(([name, it]) => [it, name]));

/** `bookworm` of `debian` and `12`. */
export const codenameOf = (distribution: string, version: string | undefined): string | undefined =>
  version === undefined ? undefined : byVersion.get(`${distribution} ${version}`);

/**
 * The suite of Debian that lines of versions were last built on where their tags name none, by the first version of each. Where a
 * line moved, it is the newer one: what was built on the older runs there. From the histories of the images' repositories.
 */
const lines: Readonly<Record<string, readonly (readonly [from: string, suite: string])[]>> = {
  golang: [
    ['1.14', 'buster'],
    ['1.16', 'bullseye'],
    ['1.19', 'bookworm'],
    ['1.24', 'trixie'],
  ],
  rust: [
    ['1.37', 'buster'],
    ['1.55', 'bullseye'],
    ['1.70', 'bookworm'],
    ['1.89', 'trixie'],
  ],
  node: [
    ['13', 'buster'],
    ['16', 'bullseye'],
    ['18', 'bookworm'],
    ['26', 'trixie'],
  ],
  python: [
    ['3.6', 'bullseye'],
    ['3.7', 'bookworm'],
    ['3.9', 'trixie'],
  ],
  ruby: [
    ['2.7', 'bullseye'],
    ['3.0', 'bookworm'],
    ['3.2', 'trixie'],
  ],
  gcc: [
    ['9', 'bullseye'],
    ['11', 'bookworm'],
    ['14', 'trixie'],
  ],
  php: [
    ['7.4', 'bullseye'],
    ['8.0', 'bookworm'],
    ['8.1', 'trixie'],
  ],
};

/** A release of Alpine for tags that name none: what was built on an older one runs on it. */
const ALPINE = 'alpine 3.23';

interface Known {
  readonly systems: ReadonlyMap<string, string>;
  readonly sizes: ReadonlyMap<string, string>;
  readonly users: ReadonlyMap<string, string>;
}

let read: ReadonlyMap<string, Known> | undefined;

/** The table, read when it is first asked. */
function known(): ReadonlyMap<string, Known> {
  if (read) return read;
  const found = new Map<
    string,
    { systems: Map<string, string>; sizes: Map<string, string>; users: Map<string, string> }
  >();
  let image = {
    systems: new Map<string, string>(),
    sizes: new Map<string, string>(),
    users: new Map<string, string>(),
  };
  for (const line of factsText.trim().split('\n')) {
    if (!line.startsWith(' ')) {
      image = { systems: new Map(), sizes: new Map(), users: new Map() };
      found.set(line, image);
      continue;
    }
    const colon = line.indexOf(': ');
    const head = line.slice(1, colon);
    for (const word of line.slice(colon + 2).split(' ')) {
      const [tag = '', value = ''] = word.split('=');
      if (head === 'size') image.sizes.set(tag, value);
      else if (head === 'user') image.users.set(tag, value);
      else image.systems.set(tag, head);
    }
  }
  read = found;
  return found;
}

/** Facts of an official image; undefined for others. What a tag says itself comes before what is listed. */
export function factsOf({
  official,
  name,
  tag = 'latest',
}: {
  readonly official: boolean;
  readonly name: string;
  readonly tag?: string | undefined;
}): ImageFacts | undefined {
  if (!official) return undefined;
  const image = known().get(name);
  const listed = [tag, withoutPatch(tag)].find((it) => image?.systems.has(it) || image?.sizes.has(it));
  const system =
    systemIn(tag) ?? (listed === undefined ? undefined : image?.systems.get(listed)) ?? systemOfLine(name, tag);
  const [distribution, release] = system?.split(' ') ?? [];
  const suite = release !== undefined && Object.hasOwn(codenames, release) ? codenames[release] : system;
  const version = suite?.split(' ')[1];
  const size = listed === undefined ? undefined : image?.sizes.get(listed);
  return {
    distribution,
    version,
    codename: suite === undefined ? undefined : byVersion.get(suite),
    size: size === undefined ? undefined : Number(size),
    user: listed === undefined ? undefined : image?.users.get(listed),
  };
}

/** `1.22.3-alpine` → `1.22-alpine`. */
const withoutPatch = (tag: string): string => tag.replace(/^(\d+\.\d+)\.\d+/, '$1');

/** The release that a tag names: `3.12-slim-bookworm`, `21-jre-alpine3.22`, `21-jdk-noble`. */
function systemIn(tag: string): string | undefined {
  const alpine = /alpine-?(\d+\.\d+)/.exec(tag)?.[1];
  if (alpine !== undefined) return `alpine ${alpine}`;
  const suite = tag.split(/[^a-z]+/).find((it) => Object.hasOwn(codenames, it));
  return suite === undefined ? undefined : codenames[suite];
}

function systemOfLine(name: string, tag: string): string | undefined {
  if (/(?:^|-)alpine$/.test(tag)) return ALPINE;
  const version = /^\d+(?:\.\d+)?/.exec(tag)?.[0];
  if (version === undefined || !Object.hasOwn(lines, name)) return undefined;
  const suite = lines[name]!.findLast(([from]) => compare(version, from) >= 0)?.[1];
  return suite === undefined ? undefined : codenames[suite];
}

function compare(one: string, other: string): number {
  const [a, b] = [one.split('.').map(Number), other.split('.').map(Number)];
  for (const [index, part] of b.entries()) {
    const difference = (a[index] ?? 99) - part;
    if (difference !== 0) return difference;
  }
  return 0;
}
