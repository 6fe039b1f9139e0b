/** A reference of Git that is the same for ever: a commit, or a tag with a number in it. */
export const fixedReference =
  /^[0-9a-f]{7,40}$|^(?:refs\/tags\/|tags\/)|\d+[._-]\d+|^v\d+$|^r\d+$|^(?:release|version)[-_/]\d/i;

/** Parts of addresses that stand for something else each day. */
export const movingParts =
  /^v?latest$|^(?:current|nightly|snapshots?|edge|master|HEAD|trunk|tip)$|(?:^|[-_.])(?:latest|nightly|current|snapshot|master|HEAD)(?:[-_.]|$)/i;

/** Names of branches, as a part of an address. */
export const branches = /^(?:master|main|HEAD|develop|trunk)(?:\.(?:tar\.\w+|tgz|zip))?$/;

/** Endings of what is released. */
export const releaseEndings: readonly string[] = [
  ...[
    '.tar.gz',
    '.tgz',
    '.tar.xz',
    '.tar.bz2',
    '.tbz2',
    '.tar',
    '.zip',
    '.7z',
    '.deb',
    '.rpm',
    '.jar',
    '.war',
    '.phar',
    '.appimage',
  ],
  ...['.whl', '.gem', '.exe', '.msi', '.run', '.bin', '.tar.zst'],
];

/** Endings of keys and lists, which are the same for years. */
export const settingEndings: readonly string[] = [
  '.gpg',
  '.asc',
  '.key',
  '.pub',
  '.list',
  '.repo',
  '.crt',
  '.pem',
  '.sig',
];

/** Hosts that have nothing but a script which installs the newest version. */
export const hostsOfScripts: ReadonlySet<string> = new Set([
  ...['sh.rustup.rs', 'get.docker.com', 'install.python-poetry.org', 'get.sdkman.io', 'getcomposer.org', 'bun.sh'],
  ...['get.volta.sh', 'cpanmin.us', 'bootstrap.pypa.io', 'get.pnpm.io', 'deno.land'],
]);

/** Hosts on which `master` in an address is a branch; in archives of packages `main` is a part of the distribution. */
export const codeHosts =
  /(?:^|\.)(?:github\.com|githubusercontent\.com|gitlab\.com|bitbucket\.org|codeberg\.org|gitea\.com|sr\.ht)$|^(?:raw\.github\.com|raw\.git|git|gitlab|cgit)\./i;

/** Digits in addresses that tell no version. */
export const notVersions =
  /x86[_-]64|amd64|arm64|armv\d\w*|aarch64|i[3-6]86|x64|win(?:32|64)|linux(?:32|64)|64-?bit|32-?bit|sha\d+|mp[34]|python[23]|php\d|v8|h264|\bs3\b|base64|utf8|bz2|7z/gi;
