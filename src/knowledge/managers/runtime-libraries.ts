import { librariesText } from './runtime-libraries-data.ts';

/** The library packages of Alpine behind packages of headers; nothing for what is headers only: https://pkgs.alpinelinux.org */
const alpine: Readonly<Record<string, string>> = {
  ...{
    'musl-dev': '',
    'libc-dev': '',
    'linux-headers': '',
    'python3-dev': '',
    'ruby-dev': '',
    'bsd-compat-headers': '',
    'eigen-dev': '',
  },
  ...{
    'postgresql-dev': 'libpq',
    'libpq-dev': 'libpq',
    'mariadb-dev': 'mariadb-connector-c',
    'mariadb-connector-c-dev': 'mariadb-connector-c',
    'mysql-dev': 'mariadb-connector-c',
  },
  ...{
    'libffi-dev': 'libffi',
    'openssl-dev': 'openssl',
    'libressl-dev': 'libressl',
    'zlib-dev': 'zlib',
    'bzip2-dev': 'libbz2',
    'xz-dev': 'xz-libs',
    'zstd-dev': 'zstd-libs',
    'lz4-dev': 'lz4-libs',
  },
  ...{
    'jpeg-dev': 'libjpeg-turbo',
    'libjpeg-turbo-dev': 'libjpeg-turbo',
    'libpng-dev': 'libpng',
    'freetype-dev': 'freetype',
    'libwebp-dev': 'libwebp',
    'giflib-dev': 'giflib',
    'tiff-dev': 'tiff',
    'openjpeg-dev': 'openjpeg',
    'lcms2-dev': 'lcms2',
  },
  ...{
    'libxml2-dev': 'libxml2',
    'libxslt-dev': 'libxslt',
    'sqlite-dev': 'sqlite-libs',
    'yaml-dev': 'yaml',
    'gmp-dev': 'gmp',
    'icu-dev': 'icu-libs',
    'vips-dev': 'vips',
    'imagemagick-dev': 'imagemagick-libs',
  },
  ...{
    'curl-dev': 'libcurl',
    'libzip-dev': 'libzip',
    'oniguruma-dev': 'oniguruma',
    'readline-dev': 'readline',
    'ncurses-dev': 'ncurses-libs',
    'expat-dev': 'libexpat',
    'pcre-dev': 'pcre',
    'pcre2-dev': 'pcre2',
  },
  ...{
    'cairo-dev': 'cairo',
    'pango-dev': 'pango',
    'glib-dev': 'glib',
    'libevent-dev': 'libevent',
    'libuv-dev': 'libuv',
    'libsodium-dev': 'libsodium',
    'librdkafka-dev': 'librdkafka',
    'protobuf-dev': 'protobuf',
    'zeromq-dev': 'libzmq',
  },
  ...{
    'openldap-dev': 'libldap',
    'cyrus-sasl-dev': 'libsasl',
    'krb5-dev': 'krb5-libs',
    'unixodbc-dev': 'unixodbc',
    'freetds-dev': 'freetds',
    'libmemcached-dev': 'libmemcached-libs',
    'hiredis-dev': 'hiredis',
    'libxpm-dev': 'libxpm',
  },
  ...{
    'geos-dev': 'geos',
    'gdal-dev': 'gdal',
    'proj-dev': 'proj',
    'openblas-dev': 'openblas',
    'lapack-dev': 'lapack',
    'hdf5-dev': 'hdf5',
    'libsndfile-dev': 'libsndfile',
    'ffmpeg-dev': 'ffmpeg-libs',
    'alsa-lib-dev': 'alsa-lib',
  },
};

/** The suites of Debian that tell the names of a release. */
const suites: Readonly<Record<string, readonly string[]>> = {
  'debian 11': ['bullseye'],
  'debian 12': ['bookworm'],
  'debian 13': ['trixie'],
  // Ubuntu has the names on which the releases of Debian before and after it agree
  'ubuntu 20.04': ['bullseye', 'bookworm'],
  'ubuntu 22.04': ['bullseye', 'bookworm'],
  'ubuntu 24.04': ['bookworm', 'trixie'],
};

let read: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>> | undefined;

/** The table of Debian, read when it is first asked. */
function debian(): NonNullable<typeof read> {
  if (read) return read;
  const found = new Map<string, Map<string, readonly string[]>>();
  let suite = new Map<string, readonly string[]>();
  for (const line of librariesText.trim().split('\n')) {
    if (line.startsWith(' ')) {
      const [name = '', ...libraries] = line.trim().split(' ');
      suite.set(name, libraries);
      continue;
    }
    suite = new Map();
    found.set(line, suite);
  }
  read = found;
  return found;
}

/** The packages that programs need at run time which were built with a package of headers; undefined where that is not known. */
export function runtimeLibraries(
  name: string,
  { distribution, version }: { readonly distribution: string; readonly version: string | undefined },
): readonly string[] | undefined {
  if (distribution === 'alpine') {
    const found = Object.hasOwn(alpine, name) ? alpine[name] : undefined;
    return found === undefined ? undefined : found.split(' ').filter((it) => it !== '');
  }
  const told = (suites[`${distribution} ${version}`] ?? []).map((suite) => debian().get(suite)?.get(name));
  const [first] = told;
  return first && told.every((it) => it?.join() === first.join()) ? first : undefined;
}
