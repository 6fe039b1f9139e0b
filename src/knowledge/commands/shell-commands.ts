/** Commands that print one word without blanks, whatever happens; the arguments must fit. */
export const oneWordCommands: Readonly<Record<string, RegExp>> = {
  nproc: /^/,
  arch: /^/,
  mktemp: /^/,
  hostname: /^/,
  uname: /^(?:-[mrsnpi])?$/,
  id: /^-[ugn]+(?: \S+)?$/,
  whoami: /^/,
  getconf: /^/,
  date: /^(?:-u )?\+\S*$/,
  dpkg: /^--print-(?:foreign-)?architecture$/,
  'dpkg-architecture': /^-q/,
  lsb_release: /^-(?:cs|sc|rs|sr|is|si|c -s|s -c|r -s|s -r)$/,
  rpm: /^(?:-E|--eval) \S+$/,
  apk: /^--print-arch$/,
  stat: /^-c %[a-zA-Z] /,
  sha256sum: /^$/,
};

/** Variables whose names say that they hold several words. */
export const listName =
  /(?:S|PKG|DEPS?|LIST|ALL|PACKAGES?|CONFIG|CONFIGURE|EXTRA|CMD|COMMAND|FLAG|OPT|ARG|PARAM|OPTION)$|^(?:PHPIZE_DEPS|[A-Z_]*(?:FLAGS|OPTS|ARGS|PARAMS|OPTIONS|PACKAGES|DEPENDENCIES|DEPS|MODULES|EXTENSIONS|PKGS|KEYS|CONFIG)[A-Z_0-9]*)$/i;

/** Variables that shells and programs read without being handed them. */
export const environmentNames =
  /^(?:PATH|HOME|IFS|CDPATH|ENV|BASH_ENV|LANG|LANGUAGE|LC_\w+|PS[0-4]|PWD|OLDPWD|SHELL|SHELLOPTS|TERM|TZ|USER|LOGNAME|HOSTNAME|TMPDIR|EDITOR|MAIL|MANPATH|LD_LIBRARY_PATH|PKG_CONFIG_PATH|PYTHONPATH|HISTFILE|OPTIND|RANDOM|REPLY|SECONDS|FUNCNEST|GLOBIGNORE|POSIXLY_CORRECT|TIMEFORMAT|\w+_proxy|\w+_PROXY|_\w*)$/;

/** Folders that every image has. */
export const commonFolders: ReadonlySet<string> = new Set(
  '/ ~ $HOME ${HOME} . .. /tmp /root /home /etc /usr /usr/local /usr/local/bin /usr/bin /usr/src /usr/lib /var /var/tmp /var/lib /opt /bin /srv /mnt /dev /proc'.split(
    ' ',
  ),
);

/** Programs that are handed code of a language with dollar signs of its own, or expand variables themselves. */
export const codeTakers: ReadonlySet<string> = new Set(
  `trap sh bash dash ash ksh zsh ssh eval xprop alias sudo doas docker podman oc dpkg-query jq yq rename prename rg git mumps
  awk gawk mawk nawk perl php ruby node python python2 python3 lua Rscript envsubst parallel find xargs watch su runuser
  gosu sed gsed grep egrep printf unset psql mysql mongo pwsh powershell expect tclsh crontab groovy jshell`.split(
    /\s+/,
  ),
);

/** Variables that the shell itself sets, to numbers. */
export const numericVariables: ReadonlySet<string> = new Set(
  'RANDOM SRANDOM SECONDS EPOCHSECONDS EPOCHREALTIME LINENO PPID UID EUID BASHPID SHLVL BASH_SUBSHELL OPTIND HISTCMD HISTSIZE HISTFILESIZE COLUMNS LINES'.split(
    ' ',
  ),
);
