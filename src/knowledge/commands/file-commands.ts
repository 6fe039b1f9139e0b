import type { OptionText } from './options.ts';

/** What a command does to the path that a word names; `none` is no path. */
export type PathRole = 'read' | 'write' | 'folder' | 'link' | 'remove' | 'owner' | 'mode' | 'edit' | 'none';

/** How a program of every Unix takes files by the words it is given. Source: POSIX, the manuals of GNU coreutils and busybox. */
export interface FileCommand {
  readonly options?: OptionText;
  /** What its plain words are. */
  readonly words: PathRole;
  /** How many of them come first and are no paths: the mode, the owner, the pattern. */
  readonly leading?: number;
  /** Options that take the place of the leading words: `grep -e`, `chmod --reference`. */
  readonly instead?: readonly string[];
  /** The last of several words is where the others go; `words` is what happens to those. */
  readonly into?: 'write' | 'link';
  /** The option that names the folder they go to. */
  readonly folder?: string;
  /** Options with which it does so to all that lies below; `always` without any. */
  readonly deep?: readonly string[] | 'always';
  /** Options with a path of their own. */
  readonly paths?: Readonly<Record<string, PathRole>>;
  /** Options with which its words are something else. */
  readonly with?: Readonly<Record<string, PathRole>>;
  /** Options with which it works on the folder it is called in where no path is given; `always` without any. */
  readonly here?: readonly string[] | 'always';
  /** Options with which the words are lists of files, so that what it reads is not known. */
  readonly lists?: readonly string[];
  /** Folders in which it may change files, which ones only the build knows. */
  readonly perhaps?: readonly string[];
  /** What it does to fixed places. */
  readonly always?: Readonly<Record<string, PathRole>>;
}

const accounts: FileCommand = {
  words: 'none',
  options:
    '-d= -u= -g= -G= -s= -c= -h= -k= -p= -e= -f= -K= --home= --uid= --gid= --shell= --comment= --groups= --gecos= --ingroup=',
  always: {
    '/etc/passwd': 'edit',
    '/etc/group': 'edit',
    '/etc/shadow': 'edit',
    '/etc/gshadow': 'edit',
    '/home': 'folder',
  },
};
const reader: FileCommand = { words: 'read' };
const searcher: FileCommand = {
  words: 'read',
  options: '-e|--regexp= -f|--file= -m= -A= -B= -C= --include= --exclude= --exclude-dir= -r|--recursive|-R',
  leading: 1,
  instead: ['-e', '-f'],
  deep: ['-r'],
  here: ['-r'],
};
/** A checksum: with `-c` it reads what the lines say that it is given. */
const summer: FileCommand = { words: 'read', options: '-c|--check', lists: ['-c'] };
const nothing: FileCommand = { words: 'none' };

/** What changes the system in places of its own and reads the files that it is given. */
const administrative: FileCommand = {
  words: 'none',
  perhaps: ['/etc', '/usr', '/var'],
};
const keyring: FileCommand = { ...administrative, perhaps: ['/etc', '/usr', '/var', '/root/.gnupg'] };
const installer: FileCommand = { ...keyring, words: 'read' };

const oneFile = /^-[bcdefghkLNOGprsSuwx]$/;
/** Whether an operator of `test` and `[[` asks for the file that follows. Source: POSIX, the manual of bash. */
export const asksForFile = (operator: string): boolean => oneFile.test(operator);
/** Operators that stand between two files. */
export const comparesFiles: ReadonlySet<string> = new Set(['-nt', '-ot', '-ef']);

export const fileCommands: Readonly<Record<string, FileCommand>> = {
  rm: { words: 'remove', options: '-r|-R|--recursive', deep: ['-r'] },
  rmdir: { words: 'remove' },
  unlink: { words: 'remove' },
  shred: { words: 'remove', options: '-n= -s=' },
  mkdir: { words: 'folder', options: '-m|--mode=' },
  touch: { words: 'write', options: '-d|--date= -r|--reference= -t=', paths: { '-r': 'read' } },
  truncate: { words: 'write', options: '-s|--size= -r|--reference=' },
  cp: {
    words: 'read',
    into: 'write',
    options: '-t|--target-directory= -S|--suffix= -r|-R|--recursive -a|--archive',
    folder: '-t',
    deep: ['-r', '-a'],
  },
  mv: { words: 'remove', into: 'write', options: '-t|--target-directory= -S|--suffix=', folder: '-t', deep: 'always' },
  ln: { words: 'none', into: 'link', options: '-t|--target-directory= -S|--suffix=', folder: '-t' },
  install: {
    words: 'read',
    into: 'write',
    options: '-t|--target-directory= -m|--mode= -o|--owner= -g|--group= -S|--suffix= -d|--directory',
    folder: '-t',
    with: { '-d': 'folder' },
  },
  chmod: {
    words: 'mode',
    leading: 1,
    options: '-R|--recursive --reference=',
    instead: ['--reference'],
    deep: ['-R'],
    paths: { '--reference': 'read' },
  },
  chown: {
    words: 'owner',
    leading: 1,
    options: '-R|--recursive --reference= --from=',
    instead: ['--reference'],
    deep: ['-R'],
    paths: { '--reference': 'read' },
  },
  chgrp: { words: 'owner', leading: 1, options: '-R|--recursive --reference=', instead: ['--reference'], deep: ['-R'] },
  setcap: { words: 'mode', leading: 1 },
  strip: { words: 'edit', options: '-o= -K= -N= -R= -F= -I= -O=', paths: { '-o': 'write' } },
  sed: {
    words: 'read',
    leading: 1,
    options: '-e|--expression= -f|--file= -i|--in-place=? -n -r -E -s -u -l=',
    instead: ['-e', '-f'],
    with: { '-i': 'edit' },
    paths: { '-f': 'read' },
  },
  tee: { words: 'write', options: '-a|--append', with: { '-a': 'edit' } },
  dos2unix: { words: 'edit', options: '-n|--newfile' },
  cat: reader,
  tac: reader,
  head: { words: 'read', options: '-n|--lines= -c|--bytes=' },
  tail: { words: 'read', options: '-n|--lines= -c|--bytes=' },
  cut: { words: 'read', options: '-d|--delimiter= -f|--fields= -c= -b=' },
  sort: { words: 'read', options: '-k|--key= -t= -o|--output= -T=', paths: { '-o': 'write' } },
  uniq: reader,
  wc: reader,
  stat: { words: 'read', options: '-c|--format= --printf=' },
  file: reader,
  ls: { words: 'read', deep: 'always', here: 'always' },
  du: { words: 'read', options: '-d|--max-depth=', deep: 'always', here: 'always' },
  readlink: reader,
  realpath: reader,
  md5sum: summer,
  sha1sum: summer,
  sha256sum: summer,
  sha512sum: summer,
  cmp: reader,
  diff: reader,
  awk: { words: 'read', leading: 1, options: '-F= -v= -f=', instead: ['-f'], paths: { '-f': 'read' } },
  grep: searcher,
  egrep: searcher,
  fgrep: searcher,
  base64: { words: 'read', options: '-w= -d|--decode' },
  tr: nothing,
  basename: nothing,
  dirname: nothing,
  echo: nothing,
  printf: nothing,
  true: nothing,
  false: nothing,
  ':': nothing,
  unset: nothing,
  cd: nothing,
  exit: nothing,
  umask: nothing,
  sleep: nothing,
  date: nothing,
  uname: nothing,
  id: nothing,
  whoami: nothing,
  arch: nothing,
  nproc: nothing,
  pwd: nothing,
  which: nothing,
  command: nothing,
  type: nothing,
  useradd: accounts,
  adduser: accounts,
  groupadd: accounts,
  addgroup: accounts,
  usermod: accounts,
  groupmod: accounts,
  userdel: accounts,
  deluser: accounts,
  groupdel: accounts,
  delgroup: accounts,
  passwd: accounts,
  chpasswd: accounts,
  ldconfig: { words: 'none', always: { '/etc/ld.so.cache': 'edit' } },
  'update-ca-certificates': {
    words: 'none',
    always: { '/etc/ssl/certs': 'edit', '/usr/local/share/ca-certificates': 'read' },
  },
  'locale-gen': { words: 'none', always: { '/usr/lib/locale': 'edit', '/etc/locale.gen': 'read' } },
  localedef: { words: 'none', always: { '/usr/lib/locale': 'edit' } },
  'apt-key': installer,
  'add-apt-repository': keyring,
  'apt-add-repository': keyring,
  'apt-mark': administrative,
  dpkg: { ...installer, options: '-i|--install --admindir= -s= -L= -l' },
  rpm: installer,
  'yum-config-manager': keyring,
  'dpkg-reconfigure': administrative,
  'update-alternatives': administrative,
  'update-locale': administrative,
  lsb_release: nothing,
  a2enmod: administrative,
  a2dismod: administrative,
  a2ensite: administrative,
  a2dissite: administrative,
  phpenmod: administrative,
  'docker-php-ext-install': administrative,
  'docker-php-ext-enable': administrative,
  'docker-php-ext-configure': administrative,
  'debconf-set-selections': { words: 'read', always: { '/var/cache/debconf': 'edit' } },
};

/** Where the packages of a distribution write, and what their scripts read and keep up to date (ldconfig, certificates, fonts). */
export const systemFolders: readonly string[] = [
  ...['/bin', '/boot', '/etc', '/lib', '/lib32', '/lib64', '/libx32', '/run', '/sbin', '/var'],
  ...[
    '/usr/bin',
    '/usr/games',
    '/usr/include',
    '/usr/lib',
    '/usr/lib32',
    '/usr/lib64',
    '/usr/libexec',
    '/usr/sbin',
    '/usr/share',
  ],
  ...['/usr/local/lib', '/usr/local/share', '/root/.gnupg', '/root/.wget-hsts'],
];

/** Folders in which they may put a folder of their own name, and nothing else. */
export const sharedFolders: readonly string[] = ['/opt', '/srv', '/tmp', '/usr/src', '/usr/local'];

/** Folders in which a shell looks for programs: what is put there may run wherever a name is called. */
export const programFolders: readonly string[] = [
  ...['/bin', '/sbin', '/usr/bin', '/usr/sbin', '/usr/local/bin', '/usr/local/sbin'],
];

/** Folders that every image of a distribution has. */
export const usualFolders: ReadonlySet<string> = new Set([
  ...[
    '/',
    '/bin',
    '/boot',
    '/dev',
    '/etc',
    '/home',
    '/lib',
    '/media',
    '/mnt',
    '/opt',
    '/proc',
    '/root',
    '/run',
    '/sbin',
    '/srv',
  ],
  ...[
    '/sys',
    '/tmp',
    '/usr',
    '/usr/bin',
    '/usr/lib',
    '/usr/local',
    '/usr/local/bin',
    '/usr/local/lib',
    '/usr/local/sbin',
  ],
  ...['/usr/local/share', '/usr/sbin', '/usr/share', '/var', '/var/cache', '/var/lib', '/var/log', '/var/tmp'],
]);

/** Programs that every image with a shell has, so that no package has to bring them first. */
export const standardPrograms: ReadonlySet<string> = new Set(
  `rm rmdir mkdir touch cp mv ln chmod chown chgrp cat head tail cut sort uniq wc ls echo printf true false test [ : sed grep tr
  basename dirname date sleep pwd id env set export unset cd exit umask tee uname readlink rm command type which`.split(
    /\s+/,
  ),
);

/** Links that most base images have: the merged /usr of Debian, Fedora and Alpine 3.22 and later, and those of /var (file-hierarchy(7)). */
export const usualLinks: readonly { readonly path: string; readonly target: string }[] = [
  { path: '/bin', target: '/usr/bin' },
  { path: '/sbin', target: '/usr/sbin' },
  { path: '/lib', target: '/usr/lib' },
  { path: '/lib64', target: '/usr/lib64' },
  { path: '/var/run', target: '/run' },
  { path: '/var/lock', target: '/run/lock' },
];
