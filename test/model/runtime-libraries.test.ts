import { expect, test } from 'vitest';
import { runtimeLibraries } from '../../src/knowledge/managers/runtime-libraries.ts';

test.each([
  ['libpq-dev', 'debian 12', ['libpq5']],
  ['libssl-dev', 'debian 11', ['libssl1.1']],
  ['libssl-dev', 'debian 12', ['libssl3']],
  ['libssl-dev', 'debian 13', ['libssl3t64']],
  ['default-libmysqlclient-dev', 'debian 12', ['libmariadb3']],
  ['libjpeg-dev', 'debian 12', ['libjpeg62-turbo']],
  ['zlib1g-dev', 'debian 12', ['zlib1g']],
  ['python3-dev', 'debian 12', []],
  ['libeigen3-dev', 'debian 12', []],
  ['libodd-dev', 'debian 12', undefined],
  ['libpq-dev', 'ubuntu 22.04', ['libpq5']],
  ['libssl-dev', 'ubuntu 22.04', undefined],
  ['libpq-dev', 'ubuntu 18.04', undefined],
  ['postgresql-dev', 'alpine 3.22', ['libpq']],
  ['musl-dev', 'alpine 3.22', []],
  ['odd-dev', 'alpine 3.22', undefined],
] as const)('%s on %s', (name, system, expected) => {
  const [distribution = '', version] = system.split(' ');
  expect(runtimeLibraries(name, { distribution, version })).toEqual(expected);
});
