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

/**
 * Repositories that are known to set no SHELL, beside the official images, from their Dockerfiles. Others may: those of
 * Home Assistant, of CircleCI (cimg) and many bases of companies set one with pipefail or -e.
 */
export const withoutShellInstruction =
  /^(?:mcr\.microsoft\.com\/|(?:docker\.io|nvcr\.io)\/nvidia\/cuda$|registry\.(?:access\.)?redhat\.(?:com|io)\/ubi|docker\.io\/(?:redhat\/ubi|phusion\/baseimage|alpine\/|oven\/bun|denoland\/deno|lukemathwalker\/cargo-chef|rustlang\/rust|lsiobase\/|linuxserver\/|library\/)|quay\.io\/centos\/|public\.ecr\.aws\/(?:lambda|docker\/library|amazonlinux)\/|ghcr\.io\/(?:linuxserver\/|astral-sh\/uv$)|gcr\.io\/distroless\/)/;

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

const bash = 'Set SHELL ["/bin/bash", "-c"] if bash is installed, or do without it.';

export const features = {
  'process-substitution': feature('SC3001', 'Process substitution', 'busybox bash', 'Use a temporary file or a pipe.'),
  extglob: feature('SC3002', 'An extended glob', '', 'Use several plain patterns, or case.'),
  'ansi-quotes': feature('SC3003', "$'…'", 'busybox bash', 'Write "$(printf \'…\')".'),
  'locale-quotes': feature('SC3004', '$"…"', 'bash', 'Write plain double quotes.'),
  'arithmetic-for': feature('SC3005', 'for ((…))', 'bash', 'Use a while loop that counts, or seq.'),
  'double-parenthesis': feature('SC3006', '((…)) as a command', 'bash', 'Write [ "$((…))" -ne 0 ].'),
  'bracket-sum': feature('SC3007', '$[…]', 'bash', 'Write $((…)).'),
  select: feature('SC3008', 'select', 'bash', bash),
  brace: feature('SC3009', 'Brace expansion', 'bash', 'Write the words out.'),
  'double-bracket': feature('SC3010', '[[ … ]]', 'busybox bash', 'Write [ … ], with variables in double quotes.'),
  'here-string': feature('SC3011', 'A here-string (<<<)', 'bash', "Write printf '%s\\n' … | command."),
  'double-equals': feature('SC3014', '== in a test', 'busybox bash', 'Write a single =.'),
  'test-regex': feature('SC3015', '=~ in a test', 'bash', 'Use grep -E, or case.'),
  'redirect-both': feature('SC3020', '&>', 'busybox bash', 'Write >file 2>&1.'),
  'redirect-to-file': feature('SC3021', '>& with a file', 'busybox bash', 'Write >file 2>&1.'),
  'named-descriptor': feature('SC3022', 'A named file descriptor', 'bash', 'Write a number.'),
  append: feature('SC3024', '+=', 'bash', 'Write x="$x…".'),
  'network-redirect': feature('SC3025', '/dev/tcp and /dev/udp', 'bash', 'Use curl, wget or nc.'),
  variable: feature(
    'SC3028',
    'The variable',
    'bash',
    'Use $0, or a command that prints the same, such as hostname, id or date.',
  ),
  'shared-variable': feature('SC3028', 'The variable', 'busybox bash', 'Use shuf, od on /dev/urandom, or date.'),
  'pipe-both': feature('SC3029', '|&', 'bash', 'Write 2>&1 |.'),
  array: feature('SC3030', 'An array', 'bash', 'Use positional parameters (set -- …), or words in a loop.'),
  coproc: feature('SC3032', 'coproc', 'bash', 'Use a named pipe.'),
  'function-name': feature(
    'SC3033',
    'A function name with characters other than letters, digits and _',
    'bash',
    'Write a plain name.',
  ),
  'file-substitution': feature('SC3034', '$(<file)', 'bash', 'Write $(cat file).'),
  'echo-option': feature('SC3037', 'An option of echo', 'busybox bash', 'Use printf.'),
  let: feature('SC3039', 'let', 'busybox bash', 'Write x=$((…)).'),
  'set-option': feature(
    'SC3040',
    'The option of set',
    'busybox bash',
    'Set bash as the shell, as in SHELL ["/bin/bash", "-o", "pipefail", "-c"].',
  ),
  declare: feature('SC3044', 'The builtin', 'bash', 'Use what POSIX sh has, such as plain assignments and cd.'),
  'builtin-option': feature('SC3045', 'The option', 'bash', 'Do without the option, or set bash as the SHELL.'),
  'read-option': feature('SC3045', 'The option', 'busybox bash', 'Do without the option, or set bash as the SHELL.'),
  source: feature('SC3046', 'source', 'busybox bash', 'Write a dot, as in . ./file.'),
  'trap-error': feature('SC3047', 'trap … ERR', 'busybox bash', 'Use trap … EXIT, and set -e.'),
  'printf-quote': feature('SC3050', 'printf %q', 'bash', 'Use printf %s, with the value in quotes.'),
  indirect: feature('SC3053', '${!x}', 'bash', 'Use case, or eval.'),
  'array-reference': feature(
    'SC3054',
    'An array reference',
    'bash',
    'Use positional parameters, or parts of variables such as ${x#…}; or set bash as the shell.',
  ),
  'array-keys': feature('SC3055', 'A list of array keys', 'bash', bash),
  'name-prefix': feature('SC3056', 'A list of names by prefix', 'bash', bash),
  substring: feature('SC3057', '${x:1:2}', 'busybox bash', 'Use cut, or ${x#?} and ${x%?}.'),
  'case-change': feature('SC3059', '${x^} and ${x,}', 'bash', 'Use tr.'),
  'string-replacement': feature('SC3060', '${x/a/b}', 'busybox bash', 'Use sed, or ${x#…} and ${x%…}.'),
  'function-keyword': feature('SC2112', 'The keyword function', 'busybox bash', 'Write name() { …; }.'),
  'bare-function-keyword': feature('SC2113', 'The keyword function', 'busybox bash', 'Write name() { …; }.'),
  increment: feature('SC3018', '++ and --', 'bash busybox', 'Write x=$((x + 1)).'),
  power: feature('SC3019', '**', 'bash busybox', 'Write a multiplication.'),
  'case-fallthrough': feature('SC2127', ';& and ;;&', 'bash', 'Join the patterns with |, or repeat the commands.'),
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
