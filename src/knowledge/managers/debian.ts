import { noWildcard } from './syntax.ts';
import type { Cache, PackageManager, PackageSyntax, Verb } from './types.ts';

/**
 * https://manpages.debian.org/apt-get.8 : `=` takes one version unless it has a wildcard, `/` takes what a release has,
 * a closing `-` removes, `^` names a task.
 */
const syntax: PackageSyntax = {
  sources: [
    [/^https?:\/\//i, 'url'],
    [/\.(?:deb|dsc|changes)$/i, 'file'],
    [/^\.{1,2}\//, 'file'],
    [/^[a-z0-9][a-z0-9+.-]*(?::[a-z0-9-]+)?-$/i, 'removed'],
    [/\^$/, 'group'],
  ],
  operators: ['=', '/'],
  suffix: /:[a-z0-9-]+$/,
  exact: { '=': noWildcard },
};

const caches: readonly Cache[] = [
  { path: '/var/lib/apt/lists', after: ['update-index'] },
  { path: '/var/cache/apt/archives', after: ['install', 'reinstall', 'upgrade', 'download'], hook: 'docker-clean' },
];
const archives = ['/var/cache/apt/archives'];
const clean: Verb = { action: 'clean', cleans: archives };
const removeWith = (flag: 'autoRemove' | 'purge'): Verb => ({ action: 'remove', flags: [flag] });

const options: PackageManager['options'] = {
  assumeYes: '-y|--yes|--assume-yes|--force-yes',
  quiet: '-q|--quiet',
  noRecommends: '--no-install-recommends',
  targetRelease: '-t|--target-release|--default-release=',
  downloadOnly: '-d|--download-only',
  dryRun: '-s|--simulate|--just-print|--dry-run|--recon|--no-act',
  purge: '--purge',
  autoRemove: '--auto-remove|--autoremove',
  unverified: '--allow-unauthenticated --allow-insecure-repositories',
  force: '--force-yes --allow-downgrades --allow-change-held-packages --allow-remove-essential',
  other:
    '-o|--option= -c|--config-file= -a|--host-architecture= -P|--build-profiles= --solver= --planner= --format= --color=? -b|--build|--compile',
};

const settings: NonNullable<PackageManager['settings']> = [
  {
    option: '-o',
    value: /^APT::Install-Recommends=["']?(?:0|false|no|off|without|disable)["']?$/i,
    flag: 'noRecommends',
  },
  { option: '-o', value: /^APT::Get::Assume-Yes=["']?(?:1|true|yes|on|with|enable)["']?$/i, flag: 'assumeYes' },
  { option: '-o', value: /^APT::Default-Release=/i, flag: 'targetRelease' },
  { option: '-o', value: /^Dir::State::Lists=/i, flag: 'cacheDir' },
  // "quiet level 2 implies -y", apt-get(8)
  { option: '-q', value: /^[2-9]$/, flag: 'assumeYes' },
];
const repeated: NonNullable<PackageManager['repeated']> = [{ option: '-q', times: 2, flag: 'assumeYes' }];

const verbs: PackageManager['verbs'] = {
  install: { action: 'install' },
  reinstall: { action: 'reinstall' },
  'build-dep': { action: 'install' },
  satisfy: { action: 'install', words: 'ignored' },
  update: 'update-index',
  'upgrade|dist-upgrade|full-upgrade|dselect-upgrade': { action: 'upgrade' },
  remove: { action: 'remove' },
  purge: removeWith('purge'),
  'autoremove|auto-remove': removeWith('autoRemove'),
  autopurge: { action: 'remove', flags: ['autoRemove', 'purge'] },
  clean,
  // Takes away only what can no longer be fetched, so it is no cleaning to rely on.
  'autoclean|auto-clean': { action: 'clean' },
  // apt 2.7.8 and newer
  'dist-clean|distclean': { action: 'clean', cleans: [...archives, '/var/lib/apt/lists'] },
  'source|download': { action: 'download', noCaches: true },
};

const apt = { family: 'apt', options, settings, repeated, verbs, syntax, caches } as const;

export const debian: readonly PackageManager[] = [
  { ...apt, id: 'apt-get', programs: { 'apt-get': '' } },
  { ...apt, id: 'apt', programs: { apt: '' } },
  {
    ...apt,
    id: 'aptitude',
    programs: { aptitude: '' },
    options: {
      ...options,
      noRecommends: '-R|--without-recommends|--no-install-recommends',
      other: `${options.other} -F|--display-format= -O|--sort= -S= -w|--width= --log-file= --log-level= --user-tag= --add-user-tag= --remove-user-tag= --with-recommends|-r`,
    },
    verbs: { ...verbs, 'safe-upgrade|aptitude-upgrade': { action: 'upgrade' }, 'forget-new|search|show': 'other' },
  },
];

/** What each Debian and Ubuntu has: the packages marked Essential in Debian 12 and 13. */
export const essential: ReadonlySet<string> = new Set(
  `base-files base-passwd bash bsdutils coreutils dash debianutils diffutils dpkg findutils grep gzip hostname
  init-system-helpers libc-bin ncurses-base ncurses-bin perl-base sed sysvinit-utils tar util-linux`.split(/\s+/),
);

/** Images whose apt.conf says yes to all, by their repository: https://github.com/balena-io-library/base-images */
export const assumingYes = /^(?:balenalib|resin)\//;
