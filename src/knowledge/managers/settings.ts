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

/**
 * Where programs that fetch look for certificates, keys, proxies and addresses, whatever they fetch. Source: the manuals of
 * OpenSSL, curl, wget, git, ssh, npm, pip and RubyGems; update-ca-certificates(8).
 */
export const fetchSettings: readonly string[] = [
  ...['/etc/ssl', '/etc/pki', '/etc/ca-certificates', '/usr/lib/ssl', '/usr/local/ssl'],
  ...['/usr/share/ca-certificates', '/usr/local/share/ca-certificates'],
  ...['/etc/hosts', '/etc/resolv.conf', '/etc/nsswitch.conf', '/etc/environment', '/etc/ssh'],
  ...['/etc/gitconfig', '/etc/wgetrc', '/etc/netrc', '/etc/curlrc'],
  ...['/etc/npmrc', '/usr/etc/npmrc', '/usr/local/etc/npmrc', '/etc/pip.conf', '/etc/xdg'],
  ...['/etc/gemrc', '/usr/local/etc/gemrc', '/usr/share/maven', '/etc/maven'],
];

/** Hidden files of a home: `~/.netrc`, `~/.ssh`, `~/.npmrc`, `~/.m2`. */
export const homeSettings = /^(?:~|\/root|\/home\/[^/]+)\/\.[^/]/;

/** Variables whose values are paths of such files. */
export const settingVariables =
  /^(?:SSL_CERT_(?:FILE|DIR)|CURL_CA_BUNDLE|CURL_HOME|REQUESTS_CA_BUNDLE|NODE_EXTRA_CA_CERTS|GIT_SSL_\w+|GIT_SSH\w*|GIT_CONFIG\w*|GIT_ASKPASS|WGETRC|NETRC|PIP_(?:CERT|CLIENT_CERT|CONFIG_FILE|CONSTRAINT|REQUIREMENT)|(?:npm_config|NPM_CONFIG)_(?:cafile|CAFILE|userconfig|USERCONFIG|globalconfig|GLOBALCONFIG)|YARN_RC_FILENAME|CARGO_HTTP_CAINFO|BUNDLE_SSL\w+|BUNDLE_CONFIG|GEMRC|COMPOSER_(?:CAFILE|HOME)|MAVEN_(?:ARGS|OPTS|CONFIG)|JAVA_(?:OPTS|TOOL_OPTIONS)|NUGET_\w+|UV_CONFIG_FILE|POETRY_CONFIG_DIR|HEX_CACERTS_PATH|DENO_CERT|AWS_CA_BUNDLE)$/;
