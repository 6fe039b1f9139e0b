/** Packages that build software and serve no running one, by the names of Debian, Alpine and the RPM families. */
export const buildPackages: ReadonlySet<string> = new Set([
  ...[
    'build-essential',
    'gcc',
    'g++',
    'gcc-c++',
    'clang',
    'llvm',
    'cmake',
    'ninja-build',
    'meson',
    'autoconf',
    'automake',
  ],
  ...['libtool', 'bison', 'flex', 'nasm', 'yasm', 'dpkg-dev', 'debhelper', 'devscripts', 'fakeroot', 'build-base'],
  ...[
    'musl-dev',
    'libc-dev',
    'libc6-dev',
    'linux-headers',
    'kernel-devel',
    'kernel-headers',
    'redhat-rpm-config',
    'rpm-build',
  ],
  ...[
    'base-devel',
    'rustc',
    'cargo',
    'golang',
    'golang-go',
    'ghc',
    'maven',
    'gradle',
    'default-jdk',
    'default-jdk-headless',
  ],
]);

/** Package groups that do the same, in lower case. */
export const buildGroups: ReadonlySet<string> = new Set([
  'development tools',
  'development',
  '@development',
  'c-development',
]);
