import { libraries } from '../install.ts';
import type { Taken } from '../recipe.ts';
import type { View } from '../view.ts';
import { Obstacle } from '../work.ts';
import { startOffset } from './compiled.ts';

/** Libraries that a program of C or C++ is linked to: those of its compiler, and those that a full image has the headers of. */

interface Runtimes {
  readonly takes: readonly Taken[];
  readonly packages: readonly string[];
}

interface Runtime {
  /** What a flag or a build file says. */
  readonly said: RegExp;
  readonly file: string;
  readonly debian: string;
  readonly alpine: string;
}

const kinds: readonly Runtime[] = [
  {
    said: /-fopenmp|\bOpenMP\b|-lgomp\b|dependency\('openmp'\)/,
    file: 'libgomp.so.1*',
    debian: 'libgomp1',
    alpine: 'libgomp',
  },
  { said: /-latomic\b/, file: 'libatomic.so.1*', debian: 'libatomic1', alpine: 'libatomic' },
  {
    said: /\bgfortran\b|\bFortran\b|-lgfortran\b/,
    file: 'libgfortran.so.5*',
    debian: 'libgfortran5',
    alpine: 'libgfortran',
  },
  { said: /-lquadmath\b/, file: 'libquadmath.so.0*', debian: 'libquadmath0', alpine: 'libquadmath' },
];

/** The libraries of the compiler; gcc's own image brings newer ones than its release has, and a pattern may match none. */
export function runtimesOf(view: View, flags: readonly string[], isPlus: boolean): Runtimes {
  const texts = [flags.join(' '), ...buildFiles(view)];
  const found = kinds.filter(({ said }) => texts.some((it) => said.test(it)));
  if (view.stage.rootImage?.name === 'gcc') {
    const files = [...(isPlus ? ['libstdc++.so.6*', 'libgcc_s.so.1*'] : []), ...found.map(({ file }) => file)];
    const takes = files.map((it) => ({
      ...{ from: `/usr/local/lib64*/${it}`, to: '/usr/local/lib/', isFolder: true },
      what: 'the libraries of the compiler',
    }));
    return { takes, packages: found.map(({ debian }) => debian) };
  }
  const isAlpine = view.system?.distribution === 'alpine';
  const packages = found.map(({ alpine, debian }) => (isAlpine ? alpine : debian));
  return { takes: [], packages: [...packages, ...(isPlus && isAlpine ? ['libgcc', 'libstdc++'] : [])] };
}

/** The packages of the libraries that flags and build files name, for an image that has their headers. */
export function linkedTo(view: View, flags: readonly string[]): string[] {
  const texts = [flags.join(' '), ...buildFiles(view)];
  const names = new Set(texts.flatMap((it) => [...it.matchAll(/(?<![\w-])-l([\w+.-]+)/g)].map(([, name]) => name!)));
  for (const [said, name] of searched) if (texts.some((it) => said.test(it))) names.add(name);
  const own = new Set(texts.flatMap((it) => [...it.matchAll(/\blib([\w-]+)\.(?:a|so)\b/g)].map(([, name]) => name!)));
  return [...names].flatMap((name) => {
    if (ofSystem.has(name) || own.has(name)) return [];
    const headers = Object.hasOwn(headersOf, name) ? headersOf[name]! : `lib${name}-dev`;
    const found = libraries(headers, view);
    if (!found)
      throw new Obstacle(startOffset(view), `the library ${name} that it is linked to is not known by its package`);
    return found;
  });
}

function buildFiles({ context }: View): string[] {
  const files = context
    ?.files()
    .filter(({ path }) =>
      /(?:^|\/)(?:CMakeLists\.txt|(?:GNU)?[Mm]akefile(?:\.am)?|meson\.build)$|\.(?:cmake|mk)$/.test(path),
    );
  return files?.flatMap(({ path }) => context!.read(path) ?? []) ?? [];
}

/** What every small image of Debian has, and what gcc brings. */
const ofSystem = new Set(
  'c m pthread dl rt util resolv crypt gcc gcc_s stdc++ stdc++fs supc++ atomic gomp gfortran quadmath z lzma bz2'.split(
    ' ',
  ),
);

/** Libraries whose headers are in a package of another name. */
const headersOf: Readonly<Record<string, string>> = {
  ...{ ssl: 'libssl-dev', crypto: 'libssl-dev', curl: 'libcurl4-openssl-dev', pq: 'libpq-dev', xml2: 'libxml2-dev' },
  ...{ sqlite3: 'libsqlite3-dev', ncurses: 'libncurses-dev', ncursesw: 'libncurses-dev', readline: 'libreadline-dev' },
  ...{ png: 'libpng-dev', png16: 'libpng-dev', jpeg: 'libjpeg-dev', 'glib-2.0': 'libglib2.0-dev' },
  ...{ mysqlclient: 'default-libmysqlclient-dev', gmpxx: 'libgmp-dev', tinfo: 'libncurses-dev' },
};

/** What cmake and meson search by other names. */
const searched: readonly (readonly [RegExp, string])[] = [
  [/find_package\(\s*OpenSSL|dependency\('openssl'/, 'ssl'],
  [/find_package\(\s*CURL|dependency\('libcurl'/, 'curl'],
  [/find_package\(\s*SQLite3|dependency\('sqlite3'/, 'sqlite3'],
  [/find_package\(\s*PostgreSQL|dependency\('libpq'/, 'pq'],
  [/find_package\(\s*LibXml2|dependency\('libxml-2.0'/, 'xml2'],
  [/find_package\(\s*PNG|dependency\('libpng'/, 'png'],
  [/find_package\(\s*JPEG|dependency\('libjpeg'/, 'jpeg'],
];
