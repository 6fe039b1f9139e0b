/** How a program that runs another one is written: its options, and how many words stand before the program. */
export interface Wrapper {
  /** Options with a value of their own: short letters and long names. */
  readonly valued: readonly string[];
  /** Options without one. Any option in none of the lists stops the peeling, as the program may not be found behind it. */
  readonly bare: readonly string[];
  /** Options whose value, if there is one, is written onto them: `-i{}`, `--preserve-env=PATH`. */
  readonly optional?: readonly string[];
  /** Words before the program: a duration, a user, a folder. */
  readonly operands?: number;
  /** `NAME=value` words may stand before the program. */
  readonly assigns?: true;
  /** Options with which nothing is run, or not in a way that words can tell. */
  readonly query?: readonly string[];
  /** The option whose value is divided at blanks into the words of the call. */
  readonly splits?: readonly string[];
  /** `-10` is an option. */
  readonly numbers?: true;
  /** A single word behind the options is a script, not a program. */
  readonly script?: true;
}

const letters = (text: string): string[] => [...text].map((letter) => `-${letter}`);

export const wrappers: Readonly<Record<string, Wrapper>> = {
  sudo: {
    valued: [
      ...letters('ugpCDhRrtTU'),
      '--user',
      '--group',
      '--prompt',
      '--chdir',
      '--host',
      '--chroot',
      '--role',
      '--type',
      '--close-from',
      '--command-timeout',
      '--other-user',
    ],
    bare: [
      ...letters('EHnSbABPkNis'),
      '--set-home',
      '--non-interactive',
      '--stdin',
      '--background',
      '--askpass',
      '--bell',
      '--preserve-groups',
      '--reset-timestamp',
      '--no-update',
      '--login',
      '--shell',
    ],
    optional: ['--preserve-env'],
    query: [...letters('lveKV'), '--list', '--validate', '--edit', '--remove-timestamp', '--version', '--help'],
    assigns: true,
  },
  doas: { valued: letters('Cu'), bare: letters('n'), query: letters('Ls') },
  env: {
    valued: [...letters('uCa'), '--unset', '--chdir', '--argv0'],
    bare: ['-', ...letters('i0v'), '--ignore-environment', '--null', '--debug', '--list-signal-handling'],
    optional: ['--block-signal', '--default-signal', '--ignore-signal'],
    splits: ['-S', '--split-string'],
    assigns: true,
  },
  exec: { valued: letters('a'), bare: letters('cl') },
  command: { valued: [], bare: letters('p'), query: letters('vV') },
  builtin: { valued: [], bare: [] },
  nohup: { valued: [], bare: [] },
  time: {
    valued: ['-f', '-o', '--format', '--output'],
    bare: [...letters('pvaq'), '--portability', '--verbose', '--append', '--quiet'],
  },
  timeout: {
    valued: [...letters('ks'), '--kill-after', '--signal'],
    bare: [...letters('vfp'), '--foreground', '--preserve-status', '--verbose'],
    operands: 1,
  },
  nice: { valued: ['-n', '--adjustment'], bare: [], numbers: true },
  ionice: { valued: ['-c', '-n', '--class', '--classdata'], bare: ['-t', '--ignore'], query: letters('pPu') },
  chrt: {
    valued: [...letters('TPD'), '--sched-runtime', '--sched-period', '--sched-deadline'],
    bare: [...letters('bdfiorRv'), '--batch', '--deadline', '--fifo', '--idle', '--other', '--rr', '--reset-on-fork'],
    query: [...letters('mp'), '--max', '--pid'],
    operands: 1,
  },
  setsid: { valued: [], bare: [...letters('cfw'), '--ctty', '--fork', '--wait'] },
  stdbuf: { valued: [...letters('ioe'), '--input', '--output', '--error'], bare: [] },
  xargs: {
    valued: [
      ...letters('adEILnPs'),
      '--arg-file',
      '--delimiter',
      '--max-args',
      '--max-procs',
      '--max-chars',
      '--process-slot-var',
    ],
    bare: [
      ...letters('0oprtx'),
      '--null',
      '--no-run-if-empty',
      '--verbose',
      '--interactive',
      '--exit',
      '--open-tty',
      '--show-limits',
    ],
    optional: [...letters('iel'), '--replace', '--max-lines', '--eof'],
  },
  gosu: { valued: [], bare: [], operands: 1 },
  'su-exec': { valued: [], bare: [], operands: 1 },
  runuser: {
    valued: [...letters('ugGw'), '--user', '--group', '--supp-group', '--whitelist-environment'],
    bare: [],
    query: ['-c', '-l', '-', '--command', '--login'],
  },
  chroot: { valued: ['--userspec', '--groups'], bare: ['--skip-chdir'], operands: 1 },
  unshare: {
    valued: [...letters('RSGw'), '--root', '--setuid', '--setgid', '--wd'],
    bare: [...letters('muinpUCTfrc'), '--fork', '--map-root-user', '--map-current-user', '--map-auto'],
    optional: ['--mount', '--uts', '--ipc', '--net', '--pid', '--user', '--cgroup', '--time', '--mount-proc'],
  },
  busybox: { valued: [], bare: [], query: ['--list', '--list-full', '--install', '--help'] },
  eatmydata: { valued: [], bare: [] },
  tini: { valued: ['-p', '-e'], bare: letters('svwg') },
  'dumb-init': { valued: ['-r', '--rewrite'], bare: [...letters('cv'), '--single-child', '--verbose'] },
  catchsegv: { valued: [], bare: [] },
  faketime: { valued: ['-p', '--date-prog'], bare: ['-m', '-f', '--exclude-monotonic'], operands: 1 },
  watch: {
    valued: [...letters('nq'), '--interval', '--equexit'],
    bare: [
      ...letters('bcegptx'),
      '--beep',
      '--color',
      '--errexit',
      '--chgexit',
      '--precise',
      '--no-title',
      '--exec',
      '--no-wrap',
    ],
    optional: ['-d', '--differences'],
    script: true,
  },
  flock: {
    valued: ['-w', '-E', '--timeout', '--wait', '--conflict-exit-code'],
    bare: [
      ...letters('senuxoF'),
      '--shared',
      '--exclusive',
      '--unlock',
      '--nonblock',
      '--nb',
      '--close',
      '--no-fork',
      '--verbose',
    ],
    operands: 1,
  },
  unbuffer: { valued: [], bare: ['-p'] },
};

/** The wrappers of cmd; those of the other shells mean something else there. */
export const cmdWrappers: Readonly<Record<string, Wrapper>> = {
  call: { valued: [], bare: [] },
};

/** Shells: the word behind the options is a script if `-c` is among them, alone or in a cluster such as `-euxc`. */
export const shells: ReadonlySet<string> = new Set(['sh', 'bash', 'dash', 'ash', 'ksh', 'zsh', 'mksh', 'rbash']);
/** Long options of shells that take a value; of the short ones all that have an `o` or `O`. */
export const shellValued: ReadonlySet<string> = new Set(['--rcfile', '--init-file', '--emulate']);

/** Programs that take a script behind `-c` or `--command`, wherever that stands. */
export const scriptTakers: ReadonlySet<string> = new Set(['su', 'runuser', 'script', 'flock']);
