import { factsPrograms, factsText } from './facts-data.ts';

/** What is known of a build of an official image. */
export interface ImageFacts {
  /** `debian`, `ubuntu`, `alpine` and others; undefined where it is not known. */
  readonly distribution: string | undefined;
  /** `12`, `24.04`, `3.22`. */
  readonly version: string | undefined;
  /** `bookworm`, `noble`; undefined where the distribution has none. */
  readonly codename: string | undefined;
  readonly libc: ImageLibc | undefined;
  /** Compressed, in bytes, on linux/amd64. */
  readonly size: number | undefined;
  /** Undefined for root, and where it is not known. */
  readonly user: string | undefined;
  /** Undefined where none is set, and where it is not known. */
  readonly workdir: string | undefined;
  /** Whether a program is in it, or the package `ca-certificates` or `tzdata`; undefined where that is not known. */
  has(program: string): boolean | undefined;
  /**
   * Whether the release is that of the tag itself: it is listed, or names its release. Otherwise it is where the line of the tag was
   * last built, which may be newer than what an old patch version is built on.
   */
  readonly isExact: boolean;
}

export type ImageLibc = 'glibc' | 'musl' | 'uclibc' | 'none';

/** What of a reference to an image tells the build. */
interface Named {
  readonly registry: string;
  readonly repository: string;
  readonly name: string;
  readonly tag?: string | undefined;
}

/** Releases with a code name that tags use. */
const codenames: Readonly<Record<string, string>> = {
  wheezy: 'debian 7',
  jessie: 'debian 8',
  stretch: 'debian 9',
  buster: 'debian 10',
  bullseye: 'debian 11',
  bookworm: 'debian 12',
  trixie: 'debian 13',
  forky: 'debian 14',
  trusty: 'ubuntu 14.04',
  xenial: 'ubuntu 16.04',
  bionic: 'ubuntu 18.04',
  focal: 'ubuntu 20.04',
  jammy: 'ubuntu 22.04',
  noble: 'ubuntu 24.04',
  oracular: 'ubuntu 24.10',
  plucky: 'ubuntu 25.04',
  questing: 'ubuntu 25.10',
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

/** What one line of the table says of its tags. */
interface Build {
  readonly system: string;
  readonly programs: string;
  readonly workdir: string;
  readonly user: string;
  readonly libc: string;
}

interface Builds {
  readonly builds: ReadonlyMap<string, Build>;
  readonly sizes: ReadonlyMap<string, number>;
}

const read = new Map<string, Builds>();

/** The builds of an image by their tags, read when they are first asked. */
function buildsOf(name: string): Builds {
  const known = read.get(name);
  if (known) return known;
  const builds = new Map<string, Build>();
  const sizes = new Map<string, number>();
  for (const line of linesOf(name)) {
    const colon = line.indexOf(': ');
    const head = line.slice(1, colon);
    const [system = '', programs = '', workdir = '', user = '', libc = ''] = head.split('|');
    for (const tag of line.slice(colon + 2).split(' ')) {
      if (head.startsWith('=')) sizes.set(tag, Number(head.slice(1)));
      else builds.set(tag, { system, programs, workdir, user, libc });
    }
  }
  const found = { builds, sizes };
  read.set(name, found);
  return found;
}

/** An image has its name in a line, and lines that begin with a space below it. */
function linesOf(name: string): string[] {
  const start = factsText.indexOf(`\n${name}\n`);
  if (start < 0) return [];
  const body = factsText.slice(start + name.length + 2);
  const end = body.search(/^\S/m);
  const lines = (end < 0 ? body : body.slice(0, end)).split('\n');
  return lines.filter((it) => it !== '');
}

/** Where official images are besides Docker Hub's `library`, under the same names and tags. */
const mirrors = /^(?:docker\.io\/(?:library|amd64)|public\.ecr\.aws\/docker\/library|mirror\.gcr\.io\/library)\/[^/]+$/;

/** Facts of an official image; undefined for others, and where nothing is known. What a tag says itself comes before what is listed. */
export function factsOf({ registry, repository, name, tag = 'latest' }: Named): ImageFacts | undefined {
  if (!mirrors.test(`${registry}/${repository}`)) return undefined;
  const { builds, sizes } = buildsOf(name);
  const listed = listedFor(name, tag).find((it) => builds.has(it));
  const build = listed === undefined ? undefined : builds.get(listed);
  const named = systemOfName(name, tag) ?? systemIn(tag);
  const system = named || build?.system || systemOfLine(name, tag);
  if (!build && system === undefined) return undefined;
  const { distribution, version, codename } = releaseOf(system);
  return {
    distribution,
    version,
    codename,
    libc: libcOf(distribution, build?.libc),
    size: listed === undefined ? undefined : sizes.get(listed),
    user: build?.user || undefined,
    workdir: build?.workdir || undefined,
    has: (program) => build && isIn(program, build.programs),
    isExact: named !== undefined || builds.has(tag),
  };
}

/** `debian trixie` and `debian 13` are the same. */
function releaseOf(system = ''): Pick<ImageFacts, 'distribution' | 'version' | 'codename'> {
  const [distribution, release = ''] = system.split(' ');
  const suite = Object.hasOwn(codenames, release) ? codenames[release]! : system;
  return { distribution: distribution || undefined, version: suite.split(' ')[1], codename: byVersion.get(suite) };
}

function libcOf(distribution: string | undefined, said: string | undefined): ImageLibc | undefined {
  if (said === 'musl' || said === 'uclibc' || said === 'none' || said === 'glibc') return said;
  if (distribution === undefined || distribution === 'busybox' || distribution === 'scratch') return undefined;
  return distribution === 'alpine' ? 'musl' : 'glibc';
}

const letters: ReadonlyMap<string, string> = new Map(
  factsPrograms.split(' ').map((it, index) => [it, String.fromCharCode(97 + index)]),
);

function isIn(program: string, programs: string): boolean | undefined {
  const letter = letters.get(program);
  if (letter === undefined) return undefined;
  if (programs.includes(letter)) return true;
  return programs.includes(letter.toUpperCase()) || programs.includes('*') ? undefined : false;
}

/** Images whose lines are their first number: `22.11.0` is a `22`, but `1.23.4` of golang is no `1`. */
const byMajor = new Set(
  `node gcc erlang debian centos rockylinux almalinux oraclelinux amazonlinux postgres gradle maven openjdk java eclipse-temurin
  amazoncorretto adoptopenjdk sapmachine ibm-semeru-runtimes ibmjava`.split(/\s+/),
);

/** Tags that may be listed for a tag, the nearest first: days and patch versions are left out. */
function listedFor(name: string, tag: string): string[] {
  const dayless = tag.replace(/-20\d{6}(?:\.\d+)?(?=-|$)/, '');
  const line = dayless.replace(/^(\d+\.\d+)\.\d+/, '$1');
  return [tag, dayless, line, ...(byMajor.has(name) ? [dayless.replace(/^(\d+)(?:[._u+]\d+)+(?:-b\d+)?/, '$1')] : [])];
}

/** Distributions whose image has their name, with the parts of a version that make a release. */
const distributions: Readonly<Record<string, RegExp>> = {
  alpine: /^\d+\.\d+/,
  ubuntu: /^\d+\.\d+/,
  debian: /^\d+/,
  fedora: /^\d+/,
};

function systemOfName(name: string, tag: string): string | undefined {
  const release = Object.hasOwn(distributions, name) ? distributions[name]!.exec(tag)?.[0] : undefined;
  return release === undefined ? undefined : `${name} ${release}`;
}

/** A distribution that a tag names with its version: `oraclelinux9`, `ubi9`, `al2023`. */
const versioned =
  /(?:^|-)(ubuntu|debian|alpine|fedora|rockylinux|almalinux|oraclelinux|amazonlinux|ubi|al)-?(\d+(?:\.\d+)?)(?=[.-]|$)/;

/** The release that a tag names: `3.12-slim-bookworm`, `21-jre-alpine3.22`, `21-jdk-noble`. */
function systemIn(tag: string): string | undefined {
  const [, distribution, version] = versioned.exec(tag) ?? [];
  if (distribution !== undefined) return `${distribution === 'al' ? 'amazonlinux' : distribution} ${version}`;
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
