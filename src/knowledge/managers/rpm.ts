import { noWildcard } from './syntax.ts';
import type { Cache, PackageManager, PackageSyntax } from './types.ts';

/**
 * https://dnf.readthedocs.io/en/latest/command_ref.html "Specifying Packages": name-[epoch:]version[-release][.arch].
 * A name may itself end in `-12`, so a lone number is left open. A version needs a dot, an epoch, a release behind it,
 * or to be a number. Without a wildcard it is exact, as the release is fixed by the repository.
 */
const syntax: PackageSyntax = {
  sources: [
    [/^https?:\/\//i, 'url'],
    [/\.rpm$/i, 'file'],
    [/^@/, 'group'],
    [/^-/, 'removed'],
    [/^\//, 'capability'],
    [/\(.*\)/, 'capability'],
  ],
  operators: ['>=', '<=', '=', '<', '>'],
  tail: /-((?:\d+:)?\d[\w.~^+*]*-[\d*$][\w.~^+*${}]*|(?:\d+:)?\d+(?:[.:~^*][\w.~^+*]*)?|\$\{?\w+\}?[\w.]*-\d[\w.]*|\$\{?\w*VERSION\w*\}?)$/,
  suffix: /\.(?:x86_64|i[3-6]86|noarch|aarch64|armv7hl|ppc64le|s390x|src)$/,
  exact: { '': noWildcard, '=': noWildcard },
  unsure: /^\d+$/,
};

const moduleSyntax: PackageSyntax = { sources: [], operators: [':'], exact: {} };

const options: PackageManager['options'] = {
  assumeYes: '-y|--assumeyes',
  quiet: '-q|--quiet',
  noDocs: '--nodocs',
  cacheDir: '--cachedir=',
  downloadOnly: '--downloadonly',
  unverified: '--nogpgcheck|--no-gpgchecks|--no-gpg-checks',
  noRecommends: '--no-install-weak-deps',
  installRoot: '--installroot=',
  repository: '--enablerepo|--enable-repo= --repo|--repoid=',
  offline: '-C|--cacheonly',
  refresh: '--refresh',
  other:
    '-c|--config= -d|--debuglevel= -e|--errorlevel= --rpmverbosity= -R|--randomwait= --disablerepo|--disable-repo= -x|--exclude|--excludepkgs= --disableexcludes|--disableexcludepkgs= --disableplugin= --enableplugin= --color= --releasever= --downloaddir|--destdir= --setopt= --advisory|--advisories= --bz|--bzs= --cve|--cves= --sec-severity|--secseverity= --comment= --forcearch|--arch= --repofrompath= --comps= --releasever-major= --releasever-minor= --from-repo= --from-vendor= --store= --use-host-config --providers-of= --destdir= -D|--define=',
};

const settings: NonNullable<PackageManager['settings']> = [
  { option: '--setopt', value: /install_weak_deps=(?:0|false|no|off)$/i, flag: 'noRecommends' },
  { option: '--setopt', value: /tsflags=\S*nodocs/i, flag: 'noDocs' },
  { option: '--setopt', value: /assumeyes=(?:1|true|yes|on)$/i, flag: 'assumeYes' },
  { option: '--setopt', value: /cachedir=/i, flag: 'cacheDir' },
  { option: '--setopt', value: /gpgcheck=(?:0|false|no)$/i, flag: 'unverified' },
];

const fetches = ['update-index', 'install', 'reinstall', 'upgrade', 'download'] as const;
const cache = (path: string): Cache => ({ path, after: fetches });

const verbsCleaning = (paths: readonly string[]): PackageManager['verbs'] => ({
  'install|in|install-n|install-na|install-nevra|localinstall|swap': { action: 'install' },
  'reinstall|rei': { action: 'reinstall' },
  'builddep|build-dep': { action: 'install' },
  'groupinstall|grouplist install|group install|groups install|grp install': { action: 'install', flags: ['group'] },
  'groupupdate|groupupgrade|group update|group upgrade': { action: 'upgrade', flags: ['group'] },
  'groupremove|grouperase|group remove': { action: 'remove', flags: ['group'] },
  'module install|mod install': { action: 'install', syntax: moduleSyntax },
  'update|upgrade|up|upgrade-minimal|update-minimal|up-min|distro-sync|distrosync|dsync|dup|update-to|upgrade-to|downgrade|dg|localupdate':
    { action: 'upgrade' },
  'system-upgrade download': { action: 'download', words: 'ignored' },
  'remove|erase|rm|remove-n|remove-na|remove-nevra|autoremove': { action: 'remove' },
  'makecache|mc|check-update|check-upgrade': 'update-index',
  download: { action: 'download' },
  'clean all': { action: 'clean', words: 'ignored', cleans: paths },
  'clean packages|clean metadata|clean dbcache|clean expire-cache|clean plugins|clean headers|clean rpmdb|clean cache':
    'clean',
});

const dnfPaths = ['/var/cache/dnf', '/var/cache/libdnf5'];
const rpm = { family: 'rpm', options, settings, syntax } as const;

export const redHat: readonly PackageManager[] = [
  {
    ...rpm,
    id: 'yum',
    programs: { yum: '' },
    verbs: verbsCleaning(['/var/cache/yum', ...dnfPaths]),
    caches: [cache('/var/cache/yum')],
  },
  {
    ...rpm,
    id: 'dnf',
    programs: { dnf: '', 'dnf-3': '', dnf4: '' },
    verbs: verbsCleaning(dnfPaths),
    caches: [cache('/var/cache/dnf')],
  },
  {
    ...rpm,
    id: 'dnf5',
    programs: { dnf5: '' },
    verbs: verbsCleaning(dnfPaths),
    caches: [cache('/var/cache/libdnf5')],
  },
  {
    ...rpm,
    id: 'microdnf',
    programs: { microdnf: '' },
    // its cache is /var/cache/yum, which dnf does not use (microdnf, dnf-main.c); dnf 5 has the name on newer Fedora
    verbs: verbsCleaning(['/var/cache/yum', '/var/cache/libdnf5']),
    caches: [cache('/var/cache/yum')],
  },
  {
    ...rpm,
    id: 'tdnf',
    programs: { tdnf: '' },
    verbs: verbsCleaning(['/var/cache/tdnf']),
    caches: [cache('/var/cache/tdnf')],
  },
];

const zypp = ['/var/cache/zypp'];

/** https://manpages.opensuse.org/zypper.8 : options before and after the command are two lists; none of them clash. */
export const suse: readonly PackageManager[] = [
  {
    id: 'zypper',
    family: 'zypper',
    programs: { zypper: '' },
    verbs: {
      'install|in': { action: 'install' },
      'source-install|si': { action: 'install' },
      'install-new-recommends|inr': { action: 'install', words: 'ignored' },
      'verify|ve': { action: 'install', words: 'ignored' },
      'remove|rm': { action: 'remove' },
      'refresh|ref|refresh-services|refs': 'update-index',
      'update|up': { action: 'upgrade' },
      patch: { action: 'upgrade', words: 'ignored' },
      'dist-upgrade|dup': { action: 'upgrade', words: 'ignored' },
      'clean|cc': { action: 'clean', words: 'ignored', cleans: zypp },
      download: { action: 'download' },
      'addrepo|ar': { action: 'other', words: 'ignored' },
    },
    options: {
      assumeYes: '-n|--non-interactive -y|--no-confirm',
      quiet: '-q|--quiet',
      noRecommends: '--no-recommends',
      unverified: '--no-gpg-checks --allow-unsigned-rpm',
      downloadOnly: '-d|--download-only',
      dryRun: '-D|--dry-run',
      force: '-f|--force',
      refresh: '--refresh',
      autoRemove: '-u|--clean-deps',
      all: '-a|--all',
      installRoot: '-R|--root= --installroot=',
      cacheDir: '-C|--cache-dir=',
      repository: '-r|--repo= --from= -p|--plus-repo=',
      other:
        '-t|--type= -c|--config= --releasever= -x|--xmlout --userdata= --reposd-dir= --raw-cache-dir= --solv-cache-dir= --pkg-cache-dir= --plus-content= --name= --download= --solver-focus= --pkg-format= --disable-repositories|--no-remote --gpg-auto-import-keys --ignore-unknown|-i',
    },
    settings: [{ option: '-t', value: /^(?:pattern|product|patch)$/, flag: 'group' }],
    syntax: {
      sources: [
        [/^https?:\/\//i, 'url'],
        [/\.rpm$/i, 'file'],
        [/^(?:pattern|product|patch):/, 'group'],
        [/^[-!]/, 'removed'],
        [/^\//, 'capability'],
        [/\(.*\)/, 'capability'],
      ],
      strip: /^[+~](?=\w)|^(?:package|srcpackage):/,
      operators: ['>=', '<=', '=', '<', '>'],
      // `name-version-release` is tried where no package has that name
      tail: syntax.tail!,
      suffix: /\.(?:x86_64|i[3-6]86|noarch|aarch64|ppc64le|s390x)$/,
      exact: { '': noWildcard, '=': noWildcard },
      unsure: /^\d+$/,
    },
    caches: [{ path: '/var/cache/zypp', after: fetches }],
  },
];

/** https://man.archlinux.org/man/pacman.8 : the operation is an option; the same letter means another thing in each. */
export const arch: readonly PackageManager[] = [
  {
    id: 'pacman',
    family: 'pacman',
    programs: { pacman: '', yay: '', paru: '' },
    verbIs: 'mode',
    verbs: {
      '-S -c': { action: 'clean', words: 'ignored', cleans: ['/var/cache/pacman/pkg'] },
      '-S -s|-S -i|-S -g|-S -l|-S -p': 'other',
      '-S -w': { action: 'download' },
      '-S -u': { action: 'install', alone: 'upgrade' },
      '-S -y': { action: 'install', alone: 'update-index' },
      '-S': { action: 'install' },
      '-U': { action: 'install' },
      '-R': { action: 'remove' },
    },
    options: {
      assumeYes: '--noconfirm',
      quiet: '-q|--quiet',
      refresh: '-y|--refresh',
      upgrade: '-u|--sysupgrade',
      downloadOnly: '-w|--downloadonly',
      installRoot: '--root= --sysroot=',
      cacheDir: '--cachedir=',
      repository: '--repo=',
      force: '--overwrite=',
      other:
        '-S|--sync -R|--remove -U|--upgrade -Q|--query -T|--deptest -F|--files -D|--database -c|--clean -s|--search -i|--info -g|--groups -l|--list -p|--print --needed -b|--dbpath= --arch= --color= --config= --gpgdir= --hookdir= --logfile= --assume-installed= --ignore= --ignoregroup= --print-format= --ask=',
    },
    syntax: {
      sources: [
        [/^https?:\/\//i, 'url'],
        [/\.pkg\.tar(?:\.\w+)?$/i, 'file'],
      ],
      strip: /^[\w.-]+\//,
      operators: ['>=', '<=', '=', '<', '>'],
      exact: { '=': noWildcard },
    },
    caches: [
      { path: '/var/lib/pacman/sync', after: ['update-index'] },
      { path: '/var/cache/pacman/pkg', after: ['install', 'upgrade', 'download'] },
    ],
  },
];
