import { expect, test } from 'vitest';
import { runtimeLibraries } from '../../src/knowledge/managers/runtime-libraries.ts';

const libraries = (name: string, system: string) => {
  const [distribution = '', version] = system.split(' ');
  return runtimeLibraries(name, { distribution, version });
};

test.each([
  ['libpq-dev', 'debian 12', ['libpq5']],
  ['libssl-dev', 'debian 11', ['libssl1.1']],
  ['libssl-dev', 'debian 12', ['libssl3']],
  ['libssl-dev', 'debian 13', ['libssl3t64']],
  ['default-libmysqlclient-dev', 'debian 12', ['libmariadb3']],
  ['libjpeg-dev', 'debian 12', ['libjpeg62-turbo']],
  ['libjpeg62-turbo-dev', 'debian 13', ['libjpeg62-turbo']],
  ['zlib1g-dev', 'debian 12', ['zlib1g']],
  ['libffi-dev', 'debian 11', ['libffi7']],
  ['libffi-dev', 'debian 12', ['libffi8']],
  ['libxml2-dev', 'debian 12', ['libxml2']],
  ['libxslt1-dev', 'debian 12', ['libxslt1.1']],
  ['libcurl4-openssl-dev', 'debian 12', ['libcurl4']],
  ['libcurl4-openssl-dev', 'debian 13', ['libcurl4t64']],
  ['libicu-dev', 'debian 12', ['libicu72']],
  ['libzip-dev', 'debian 12', ['libzip4']],
  ['libonig-dev', 'debian 12', ['libonig5']],
  ['libgeos-dev', 'debian 12', ['libgeos-c1v5']],
  ['libvips-dev', 'debian 12', ['libvips42']],
  ['libboost-filesystem-dev', 'debian 12', ['libboost-filesystem1.74.0']],
  ['libncurses5-dev', 'debian 12', ['libtinfo6', 'libncurses6', 'libncursesw6']],
  ['libgl1-mesa-dev', 'debian 12', ['libgl1', 'libglvnd0']],
  ['libstdc++-12-dev', 'debian 12', ['libstdc++6']],
  // headers and archives only
  ['libeigen3-dev', 'debian 12', []],
  ['libboost-dev', 'debian 12', []],
  ['nlohmann-json3-dev', 'debian 12', []],
  // the program that loads what is built has them
  ['python3-dev', 'debian 12', []],
  ['php-dev', 'debian 12', []],
  ['libodd-dev', 'debian 12', undefined],
  ['libpq-dev', 'debian', undefined],
  ['libpq-dev', 'debian testing', undefined],
] as const)('%s on %s', (name, system, expected) => {
  expect(libraries(name, system)).toEqual(expected);
});

test('packages that lead to others have all of theirs', () => {
  expect(libraries('libkrb5-dev', 'debian 12')).toEqual(expect.arrayContaining(['libkrb5-3', 'libgssapi-krb5-2']));
  expect(libraries('libopencv-dev', 'debian 12')).toEqual(
    expect.arrayContaining(['libopencv-core406', 'libopencv-viz406']),
  );
  const boost = libraries('libboost-all-dev', 'debian 12')!;
  expect(boost).toContain('libboost-regex1.74.0');
  expect(boost.filter((it) => !it.startsWith('libboost-'))).toEqual([]);
});

test.each([
  ['libpq-dev', 'ubuntu 22.04', ['libpq5']],
  ['libpq-dev', 'ubuntu 24.04', ['libpq5']],
  // the releases of Debian around it have different names
  ['libssl-dev', 'ubuntu 22.04', undefined],
  // Ubuntu has its own
  ['libjpeg-dev', 'ubuntu 22.04', ['libjpeg8']],
  ['default-libmysqlclient-dev', 'ubuntu 24.04', ['libmysqlclient21']],
  ['libjpeg62-turbo-dev', 'ubuntu 22.04', undefined],
  ['libhdf5-dev', 'ubuntu 20.04', undefined],
  ['libpq-dev', 'ubuntu 18.04', undefined],
  ['libpq-dev', 'fedora 43', undefined],
] as const)('%s on %s', (name, system, expected) => {
  expect(libraries(name, system)).toEqual(expected);
});

test.each([
  ['postgresql-dev', 'alpine 3.22', ['libpq']],
  ['mariadb-connector-c-dev', 'alpine 3.22', ['mariadb-connector-c']],
  ['openssl-dev', 'alpine 3.22', ['libssl3', 'libcrypto3']],
  ['openssl-dev', 'alpine 3.9', ['openssl']],
  ['openssl-dev', 'alpine', ['openssl']],
  ['libjpeg-turbo-dev', 'alpine 3.22', ['libjpeg-turbo']],
  ['sqlite-dev', 'alpine 3.22', ['sqlite-libs']],
  ['icu-dev', 'alpine 3.22', ['icu-libs']],
  ['curl-dev', 'alpine 3.22', ['libcurl']],
  ['yaml-dev', 'alpine', ['yaml']],
  ['gettext-dev', 'alpine edge', ['libintl']],
  ['musl-dev', 'alpine 3.22', []],
  ['linux-headers', 'alpine 3.22', []],
  ['php83-dev', 'alpine 3.22', []],
  ['odd-dev', 'alpine 3.22', undefined],
  ['constructor', 'alpine 3.22', undefined],
] as const)('%s on %s', (name, system, expected) => {
  expect(libraries(name, system)).toEqual(expected);
});
