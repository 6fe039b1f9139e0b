import { librariesText } from './runtime-libraries-data.ts';

/** The library packages of Alpine behind packages of headers; nothing for what is headers only: https://pkgs.alpinelinux.org */
const alpine: Readonly<Record<string, string>> = {
  ...{
    'musl-dev': '',
    'libc-dev': '',
    'linux-headers': '',
    'python3-dev': '',
    'ruby-dev': '',
    'perl-dev': '',
    'nodejs-dev': '',
    'bsd-compat-headers': '',
    'eigen-dev': '',
    'libstdc++-dev': 'libstdc++',
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
    'snappy-dev': 'snappy',
    'brotli-dev': 'brotli-libs',
    'libarchive-dev': 'libarchive',
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
    'libheif-dev': 'libheif',
    'libraw-dev': 'libraw',
    'libexif-dev': 'libexif',
    'librsvg-dev': 'librsvg',
    'gd-dev': 'libgd',
    'tesseract-ocr-dev': 'tesseract-ocr',
    'leptonica-dev': 'leptonica',
    'poppler-dev': 'poppler',
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
    'gettext-dev': 'libintl',
    'libedit-dev': 'libedit',
    'libbsd-dev': 'libbsd',
    'libexecinfo-dev': 'libexecinfo',
    'file-dev': 'libmagic',
    'gdbm-dev': 'gdbm',
    'db-dev': 'db',
    'leveldb-dev': 'leveldb',
    'rocksdb-dev': 'rocksdb',
    'jansson-dev': 'jansson',
    'json-c-dev': 'json-c',
    'jsoncpp-dev': 'jsoncpp',
    'yajl-dev': 'yajl',
    'yaml-cpp-dev': 'yaml-cpp',
    'tinyxml2-dev': 'tinyxml2',
    'fmt-dev': 'fmt',
    'spdlog-dev': 'spdlog',
    're2-dev': 're2',
    'gflags-dev': 'gflags',
    'glog-dev': 'glog',
    'luajit-dev': 'luajit',
    'lua5.3-dev': 'lua5.3-libs',
    'lua5.4-dev': 'lua5.4-libs',
    'tcl-dev': 'tcl',
    'tk-dev': 'tk',
  },
  ...{
    'cairo-dev': 'cairo',
    'pango-dev': 'pango',
    'glib-dev': 'glib',
    'fontconfig-dev': 'fontconfig',
    'harfbuzz-dev': 'harfbuzz',
    'fribidi-dev': 'fribidi',
    'libx11-dev': 'libx11',
    'libxext-dev': 'libxext',
    'libxrender-dev': 'libxrender',
    'gtk+3.0-dev': 'gtk+3.0',
    'sdl2-dev': 'sdl2',
    'libevent-dev': 'libevent',
    'libuv-dev': 'libuv',
    'libsodium-dev': 'libsodium',
    'librdkafka-dev': 'librdkafka',
    'protobuf-dev': 'protobuf',
    'zeromq-dev': 'libzmq',
    'czmq-dev': 'czmq',
    'grpc-dev': 'grpc-cpp',
    'rabbitmq-c-dev': 'rabbitmq-c',
    'mosquitto-dev': 'mosquitto-libs',
    'libwebsockets-dev': 'libwebsockets',
    'libmicrohttpd-dev': 'libmicrohttpd',
    'nghttp2-dev': 'nghttp2-libs',
    'c-ares-dev': 'c-ares',
    'libssh2-dev': 'libssh2',
    'libgit2-dev': 'libgit2',
    'gnutls-dev': 'gnutls',
    'libgcrypt-dev': 'libgcrypt',
    'gpgme-dev': 'gpgme',
    'nss-dev': 'nss',
    'libsecret-dev': 'libsecret',
    'libmcrypt-dev': 'libmcrypt',
    'argon2-dev': 'argon2-libs',
    'libpcap-dev': 'libpcap',
    'libseccomp-dev': 'libseccomp',
    'libcap-dev': 'libcap',
    'libnl3-dev': 'libnl3',
    'libmnl-dev': 'libmnl',
    'libusb-dev': 'libusb',
    'eudev-dev': 'eudev-libs',
    'dbus-dev': 'dbus-libs',
    'avahi-dev': 'avahi-libs',
    'cups-dev': 'cups-libs',
    'linux-pam-dev': 'linux-pam',
    'jemalloc-dev': 'jemalloc',
    'libunwind-dev': 'libunwind',
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
    'net-snmp-dev': 'net-snmp-libs',
    'imap-dev': 'c-client',
    'tidyhtml-dev': 'tidyhtml-libs',
    'aspell-dev': 'aspell-libs',
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
    'pulseaudio-dev': 'libpulse',
    'portaudio-dev': 'portaudio',
    'opus-dev': 'opus',
    'libogg-dev': 'libogg',
    'libvorbis-dev': 'libvorbis',
    'libvpx-dev': 'libvpx',
    'x264-dev': 'x264-libs',
    'x265-dev': 'x265-libs',
    'gsl-dev': 'gsl',
    'openmpi-dev': 'openmpi',
    'hwloc-dev': 'hwloc',
  },
};

/** The suites of Debian that tell the names of a release. */
const suites: Readonly<Record<string, readonly string[]>> = {
  'debian 11': ['bullseye'],
  'debian 12': ['bookworm'],
  'debian 13': ['trixie'],
  // Ubuntu has the names on which the releases of Debian before and after it agree
  'ubuntu 22.04': ['bullseye', 'bookworm'],
  'ubuntu 24.04': ['bookworm', 'trixie'],
};

/** Where Ubuntu has a library of its own, from 20.04 to 24.04; nothing where it lacks the package: https://packages.ubuntu.com */
const ubuntu: Readonly<Record<string, string>> = {
  'libjpeg-dev': 'libjpeg8',
  'libjpeg8-dev': 'libjpeg8',
  'libjpeg-turbo8-dev': 'libjpeg-turbo8',
  'libjpeg62-turbo-dev': '',
  'default-libmysqlclient-dev': 'libmysqlclient21',
  'libmysqlclient-dev': 'libmysqlclient21',
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
  if (distribution === 'alpine') return ofAlpine(name, version);
  const release = `${distribution} ${version}`;
  if (/^ubuntu 2[024]\.04$/.test(release) && Object.hasOwn(ubuntu, name)) {
    return ubuntu[name] === '' ? undefined : [ubuntu[name]!];
  }
  const told = (suites[release] ?? []).map((suite) => inSuite(name, suite));
  const [first] = told;
  return first && told.every((it) => it?.join() === first.join()) ? first : undefined;
}

/** Newer releases have dropped numbers from names of headers and still provide the old ones: libfreetype6-dev is libfreetype-dev. */
function inSuite(name: string, suite: string): readonly string[] | undefined {
  const packages = debian().get(suite);
  return packages?.get(name) ?? packages?.get(name.replace(/\d+(?=-dev$)/, ''));
}

function ofAlpine(name: string, version: string | undefined): readonly string[] | undefined {
  // before OpenSSL 3 the libraries have other names; the program brings them in every release
  if (name === 'openssl-dev' && isOpenssl3(version)) return ['libssl3', 'libcrypto3'];
  if (!Object.hasOwn(alpine, name)) return /^php\d+-dev$/.test(name) ? [] : undefined;
  return alpine[name]!.split(' ').filter((it) => it !== '');
}

/** Releases of Alpine with OpenSSL 3. */
const isOpenssl3 = (version: string | undefined): boolean => /^(?:edge|3\.(?:1[7-9]|[2-9]\d))/.test(version ?? '');
