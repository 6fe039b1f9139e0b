import { noWildcard } from './syntax.ts';
import type { PackageManager } from './types.ts';

/**
 * https://man.archlinux.org/man/apk-world.5 and apk-add(8): only `=` without a wildcard is exact; `~` and `=~` match the
 * beginning of a version; `@tag` names a repository; `!` keeps a package out; `.name` is by custom a virtual package.
 */
export const alpine: readonly PackageManager[] = [
  {
    id: 'apk',
    family: 'apk',
    programs: { apk: '' },
    verbs: {
      add: { action: 'install' },
      fix: { action: 'reinstall' },
      del: { action: 'remove' },
      update: 'update-index',
      upgrade: { action: 'upgrade' },
      fetch: { action: 'download' },
      'cache clean|cache purge': { action: 'clean', words: 'ignored', cleans: ['/var/cache/apk'] },
      'cache download|cache sync': 'download',
    },
    options: {
      noCache: '--no-cache',
      virtual: '-t|--virtual=',
      repository: '-X|--repository=',
      refresh: '-U|--update-cache|--update',
      upgrade: '-u|--upgrade -l|--latest',
      quiet: '-q|--quiet',
      force: '-f|--force',
      unverified: '--allow-untrusted',
      dryRun: '-s|--simulate',
      installRoot: '-p|--root=',
      purge: '--purge -r|--rdepends',
      offline: '--no-network',
      cacheDir: '--cache-dir=',
      other:
        '--arch= --keys-dir= --repositories-file= --cache-max-age= --wait= --progress-fd= --timeout= -o|--output= --initramfs-diskless-boot --force-overwrite -i|--interactive -v|--verbose --no-progress --no-scripts --no-chown --initdb',
    },
    syntax: {
      sources: [
        [/^https?:\/\//i, 'url'],
        [/^!/, 'removed'],
        [/\.apk$/i, 'file'],
        [/^\./, 'virtual'],
        [/^(?:so|cmd|pc|py3\.\d+|dbus):/, 'capability'],
      ],
      strip: /@[\w.-]+$|@[\w.-]+(?=[=<>~])/,
      operators: ['=~', '~=', '>=', '<=', '><', '=', '~', '<', '>'],
      exact: { '=': noWildcard },
    },
    caches: [{ path: '/var/cache/apk', after: ['update-index', 'install', 'reinstall', 'upgrade'] }],
  },
];
