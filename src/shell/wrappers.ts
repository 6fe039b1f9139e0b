/** How a program that runs another one is written: the options that take a value, and how many words stand before the program. */
export interface Wrapper {
  /** Options with a value of their own: short letters and long names. */
  readonly valued: readonly string[];
  /** Options without one. Any other option stops the peeling, as the program may not be found behind it. */
  readonly bare: readonly string[];
  /** Words before the program: a duration, a user, a folder. */
  readonly operands?: number;
  /** `NAME=value` words may stand before the program. */
  readonly assigns?: true;
  /** Options with which nothing is run. */
  readonly query?: readonly string[];
}

const letters = (text: string): string[] => [...text].map((letter) => `-${letter}`);

export const wrappers: Readonly<Record<string, Wrapper>> = {
  sudo: {
    valued: [...letters('ugpCDhrtTU'), '--user', '--group', '--prompt', '--chdir', '--host', '--close-from'],
    bare: [...letters('EHnSbAPk'), '--preserve-env', '--set-home', '--non-interactive', '--stdin', '--background'],
    query: [...letters('ilsveKV'), '--login', '--list', '--shell', '--validate', '--edit', '--version', '--help'],
    assigns: true,
  },
  doas: { valued: letters('Cu'), bare: letters('n'), query: letters('Ls') },
  env: {
    valued: [...letters('uC'), '--unset', '--chdir'],
    bare: ['-', ...letters('i0v'), '--ignore-environment', '--null', '--debug'],
    query: ['-S', '--split-string'],
    assigns: true,
  },
  exec: { valued: letters('a'), bare: letters('cl') },
  command: { valued: [], bare: letters('p'), query: letters('vV') },
  builtin: { valued: [], bare: [] },
  nohup: { valued: [], bare: [] },
  time: {
    valued: ['-f', '-o', '--format', '--output'],
    bare: [...letters('pvaq'), '--portability', '--verbose', '--append'],
  },
  timeout: {
    valued: [...letters('ks'), '--kill-after', '--signal'],
    bare: [...letters('vf'), '--foreground', '--preserve-status', '--verbose'],
    operands: 1,
  },
  nice: { valued: ['-n', '--adjustment'], bare: [] },
  ionice: { valued: ['-c', '-n', '--class', '--classdata'], bare: ['-t', '--ignore'] },
  setsid: { valued: [], bare: [...letters('cfw'), '--ctty', '--fork', '--wait'] },
  stdbuf: { valued: [...letters('ioe'), '--input', '--output', '--error'], bare: [] },
  xargs: {
    valued: [
      ...letters('adEILnPs'),
      '--arg-file',
      '--delimiter',
      '--max-args',
      '--max-procs',
      '--replace',
      '--max-lines',
    ],
    bare: [...letters('0prtx'), '--null', '--no-run-if-empty', '--verbose', '--interactive', '--exit'],
  },
  gosu: { valued: [], bare: [], operands: 1 },
  'su-exec': { valued: [], bare: [], operands: 1 },
  runuser: {
    valued: [...letters('ug'), '--user', '--group'],
    bare: ['--'],
    query: ['-c', '-l', '-', '--command', '--login'],
  },
  chroot: { valued: ['--userspec', '--groups'], bare: ['--skip-chdir'], operands: 1 },
  busybox: { valued: [], bare: [], query: ['--list', '--install', '--help'] },
  eatmydata: { valued: [], bare: ['--'] },
  tini: { valued: ['-p', '-e'], bare: [...letters('svwg'), '--'] },
  'dumb-init': { valued: ['-r', '--rewrite'], bare: [...letters('cv'), '--single-child', '--verbose', '--'] },
  flock: { valued: ['-w', '-E', '--timeout', '--conflict-exit-code'], bare: letters('senuxo'), operands: 1 },
  unbuffer: { valued: [], bare: ['-p'] },
};

/** Shells: the word behind `-c`, alone or last in a cluster such as `-euxc`, is a script. */
export const shells: ReadonlySet<string> = new Set(['sh', 'bash', 'dash', 'ash', 'ksh', 'zsh', 'mksh', 'busybox-sh']);
/** Options of shells that take a value. */
export const shellValued: ReadonlySet<string> = new Set(['-o', '+o', '-O', '+O', '--rcfile', '--init-file']);
