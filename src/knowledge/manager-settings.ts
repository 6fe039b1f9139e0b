/** Where package managers and the packages themselves look for files when they install. */
export const configuresManagers: readonly string[] = [
  ...['/bin', '/boot', '/etc', '/lib', '/lib32', '/lib64', '/sbin', '/usr', '/var', '/run', '/proc', '/sys', '/dev'],
  ...['/keys', '/certs', '/rpms', '/packages'],
];

/** Folders among these where a project may put what no package manager asks about. */
export const quietFolders: readonly string[] = [
  ...['/usr/src', '/usr/local/src', '/usr/local/bin', '/usr/local/app', '/usr/app', '/usr/share/nginx/html'],
  ...['/var/www', '/var/task', '/var/app', '/var/lib/app', '/etc/service', '/etc/cont-init.d', '/etc/services.d'],
];

/** Names of files that set up a package manager or what it trusts. */
export const configures =
  /(?:^|\.)(?:list|sources|repo|repos|gpg|asc|key|pub|crt|cer|pem|pfx|conf|cfg|ini|npmrc|yarnrc|yarnrc\.yml|pypirc|netrc|gemrc|condarc|curlrc|wgetrc|gitconfig|preseed|seed|prefs|preferences)$|^(?:apt|apk|yum|dnf|pip|certs?|certificates|ca-certificates|keys|repos(?:itories)?|rootfs|sources\.list(?:\.d)?|\.ssh|proxy)\b|proxy|mirror/;

/** Endings of what lies in a project as it came, and hardly ever changes. */
export const settledFiles: readonly string[] = [
  ...[
    '.deb',
    '.rpm',
    '.apk',
    '.whl',
    '.gem',
    '.tgz',
    '.tar',
    '.tar.gz',
    '.tar.xz',
    '.tar.bz2',
    '.tar.zst',
    '.zip',
    '.7z',
  ],
  ...['.patch', '.diff', '.ttf', '.otf', '.so', '.exe', '.msi', '.bin', '.run'],
];
