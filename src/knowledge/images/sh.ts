/** Which program `sh` is in an image. */
export type Sh = 'dash' | 'busybox' | 'bash';

/** Parts of repository names and tags that tell the distribution: `node:22-alpine`, `nvidia/cuda:12.6-base-ubuntu24.04`. The first that fits decides. */
export const shByPart: readonly (readonly [pattern: RegExp, sh: Sh])[] = [
  [/alpine|busybox|openwrt/, 'busybox'],
  [
    /centos|fedora|rocky|alma|redhat|rhel|\bubi\d|amazonlinux|oracle|opensuse|\bsuse|\bleap\b|archlinux|\barch\b|manjaro|photon|mariner|azurelinux|clearlinux|gentoo|slackware|mageia|\bel[6-9]\b/,
    'bash',
  ],
  [
    /debian|ubuntu|wheezy|jessie|stretch|buster|bullseye|bookworm|trixie|trusty|xenial|bionic|focal|jammy|noble|kali|raspbian|devuan|phusion|buildpack-deps/,
    'dash',
  ],
];

/** Repositories whose tags are of Debian or Ubuntu where they do not say otherwise. */
export const dashImages: ReadonlySet<string> = new Set(
  `library/node library/python library/ruby library/golang library/rust library/php library/perl library/postgres
  library/redis library/nginx library/httpd library/tomcat library/maven library/gradle library/eclipse-temurin
  library/wordpress library/elixir library/erlang library/julia library/haskell library/gcc library/mariadb library/mongo
  library/rabbitmq library/cassandra library/jruby library/pypy library/r-base library/drupal library/neo4j library/solr
  library/swift library/clojure library/groovy library/dart library/sonarqube library/ghost library/jenkins
  jenkins/jenkins jupyter/base-notebook jupyter/minimal-notebook rocker/r-ver rocker/rstudio tensorflow/tensorflow
  pytorch/pytorch continuumio/miniconda3 continuumio/anaconda3 dotnet/sdk dotnet/aspnet dotnet/runtime`.split(/\s+/),
);

/** Images without any shell, by registry, repository and tag; those for debugging have one. */
export const shellless = /^gcr\.io\/distroless\/[^:]+(?::(?!.*debug).*)?$|^cgr\.dev\/chainguard\/static(?::latest)?$/;

/** Images of others that hold a system whatever their name says. */
export const systemImages =
  /^(?:jrottenberg\/ffmpeg|nvidia\/cuda|linuxserver\/|bitnami\/|dotnet\/|circleci\/|cimg\/|gitpod\/)/;

/** The package managers that go with a shell. */
export const shByManager: Readonly<Record<string, Sh>> = {
  apt: 'dash',
  apk: 'busybox',
  rpm: 'bash',
  zypper: 'bash',
  pacman: 'bash',
};

/** Something that the language of POSIX does not have. */
export interface Feature {
  /** ShellCheck's code of it. */
  readonly code: string;
  /** As the subject of a sentence in the singular. */
  readonly what: string;
  /** The shells behind sh that have it nevertheless. */
  readonly has: readonly Sh[];
  readonly instead: string;
}

const all: readonly Sh[] = ['dash', 'busybox', 'bash'];
const feature = (code: string, what: string, has: string, instead: string): Feature => ({
  code,
  what,
  has: all.filter((it) => has.split(' ').includes(it)),
  instead,
});

const bash = 'Set SHELL ["/bin/bash", "-c"], or write it without.';

export const features = {
  'process-substitution': feature('SC3001', 'Process substitution', 'busybox bash', 'A temporary file or a pipe.'),
  extglob: feature('SC3002', 'An extended glob', '', 'Several plain patterns, or case.'),
  'ansi-quotes': feature('SC3003', "$'…'", 'busybox bash', '"$(printf \'…\')".'),
  'locale-quotes': feature('SC3004', '$"…"', 'bash', 'Plain double quotes.'),
  'arithmetic-for': feature('SC3005', 'for ((…))', 'bash', 'A while loop that counts, or seq.'),
  'double-parenthesis': feature('SC3006', '((…)) as a command', 'bash', '[ "$((…))" -ne 0 ].'),
  'bracket-sum': feature('SC3007', '$[…]', 'bash', '$((…)).'),
  select: feature('SC3008', 'select', 'bash', bash),
  brace: feature('SC3009', 'Brace expansion', 'bash', 'The words written out.'),
  'double-bracket': feature('SC3010', '[[ … ]]', 'busybox bash', '[ … ], with variables in double quotes.'),
  'here-string': feature('SC3011', 'A here-string (<<<)', 'bash', "printf '%s\\n' … | command."),
  'double-equals': feature('SC3014', '== in a test', 'busybox bash', 'A single =.'),
  'test-regex': feature('SC3015', '=~ in a test', 'bash', 'grep -E, or case.'),
  'redirect-both': feature('SC3020', '&>', 'busybox bash', '>file 2>&1.'),
  'redirect-to-file': feature('SC3021', '>& with a file', 'busybox bash', '>file 2>&1.'),
  'named-descriptor': feature('SC3022', 'A named file descriptor', 'bash', 'A number.'),
  append: feature('SC3024', '+=', 'bash', 'x="$x…".'),
  'network-redirect': feature('SC3025', '/dev/tcp and /dev/udp', 'bash', 'curl, wget or nc.'),
  variable: feature('SC3028', 'The variable', 'bash', 'A command that tells the same: hostname, id, date, $0.'),
  'shared-variable': feature('SC3028', 'The variable', 'busybox bash', 'shuf, od on /dev/urandom, date.'),
  'pipe-both': feature('SC3029', '|&', 'bash', '2>&1 |.'),
  array: feature('SC3030', 'An array', 'bash', 'Positional parameters (set -- …), or words in a loop.'),
  coproc: feature('SC3032', 'coproc', 'bash', 'A named pipe.'),
  'function-name': feature('SC3033', 'A function name of other than letters, digits and _', 'bash', 'A plain name.'),
  'file-substitution': feature('SC3034', '$(<file)', 'bash', '$(cat file).'),
  'echo-option': feature('SC3037', 'An option of echo', 'busybox bash', 'printf.'),
  let: feature('SC3039', 'let', 'busybox bash', 'x=$((…)).'),
  'set-option': feature('SC3040', 'The option of set', 'busybox bash', 'SHELL ["/bin/bash", "-o", "pipefail", "-c"].'),
  declare: feature('SC3044', 'The builtin', 'bash', 'Plain assignments and functions of POSIX.'),
  'builtin-option': feature('SC3045', 'The option', 'bash', 'The same in two steps.'),
  'read-option': feature('SC3045', 'The option', 'busybox bash', 'The same in two steps.'),
  source: feature('SC3046', 'source', 'busybox bash', 'A dot: . ./file.'),
  'trap-error': feature('SC3047', 'trap … ERR', 'busybox bash', 'trap … EXIT, and set -e.'),
  'printf-quote': feature('SC3050', 'printf %q', 'bash', 'printf %s, with the value in quotes.'),
  indirect: feature('SC3053', '${!x}', 'bash', 'case, or eval.'),
  'array-reference': feature('SC3054', 'An array reference', 'bash', 'Positional parameters.'),
  'array-keys': feature('SC3055', 'A list of array keys', 'bash', bash),
  'name-prefix': feature('SC3056', 'A list of names by prefix', 'bash', bash),
  substring: feature('SC3057', '${x:1:2}', 'busybox bash', 'cut, or ${x#?} and ${x%?}.'),
  'case-change': feature('SC3059', '${x^} and ${x,}', 'bash', 'tr.'),
  'string-replacement': feature('SC3060', '${x/a/b}', 'busybox bash', 'sed, or ${x#…} and ${x%…}.'),
  'function-keyword': feature('SC2112', 'The keyword function', 'busybox bash', 'name() { …; }.'),
  'bare-function-keyword': feature('SC2113', 'The keyword function', 'busybox bash', 'name() { …; }.'),
  increment: feature('SC3018', '++ and --', 'bash busybox', 'x=$((x + 1)).'),
  power: feature('SC3019', '**', 'bash busybox', 'Multiplication.'),
  'case-fallthrough': feature('SC2127', ';& and ;;&', 'bash', 'The patterns joined with |.'),
} as const satisfies Readonly<Record<string, Feature>>;

/** Variables that bash alone sets. */
export const bashVariables: ReadonlySet<string> = new Set(
  `RANDOM SECONDS HOSTNAME UID EUID GROUPS BASH BASHPID BASHOPTS BASH_SOURCE BASH_VERSION BASH_VERSINFO BASH_COMMAND BASH_LINENO BASH_REMATCH BASH_SUBSHELL
  FUNCNAME DIRSTACK HOSTTYPE MACHTYPE OSTYPE PIPESTATUS SHELLOPTS SHLVL EPOCHSECONDS EPOCHREALTIME`.split(/\s+/),
);

/** Those of them that busybox has too. */
export const sharedVariables: ReadonlySet<string> = new Set(['RANDOM', 'EPOCHSECONDS', 'EPOCHREALTIME']);

/** Builtins of bash that no other sh has. */
export const bashBuiltins: ReadonlySet<string> = new Set(
  'declare typeset shopt mapfile readarray pushd popd dirs disown enable caller compgen complete bind'.split(' '),
);
