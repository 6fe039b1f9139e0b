/** Signals of Linux that Docker takes for STOPSIGNAL (moby/sys/signal), without SIG. */
const plain =
  'ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ';

/** Numbers that may follow RTMIN+ and RTMAX-. */
const realTime = (prefix: string, highest: number): string[] =>
  Array.from({ length: highest }, (_, index) => `${prefix}${index + 1}`);

export const signalNames: ReadonlySet<string> = new Set([
  ...plain.split(' '),
  'RTMIN',
  ...realTime('RTMIN+', 15),
  'RTMAX',
  ...realTime('RTMAX-', 14),
]);
