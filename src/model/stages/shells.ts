import type { Dialect } from '../../shell/command.ts';
import { lastPart } from '../../text/path.ts';
import type { Span } from '../../text/span.ts';
import type { ShellState } from '../model.ts';

const dialects: ReadonlyMap<string, Dialect> = new Map([
  ['sh', 'posix'],
  ['dash', 'posix'],
  ['bash', 'bash'],
  ['rbash', 'bash'],
  ['ash', 'ash'],
  ['busybox', 'ash'],
  ['ksh', 'ksh'],
  ['ksh93', 'ksh'],
  ['mksh', 'ksh'],
  ['zsh', 'zsh'],
  ['cmd', 'cmd'],
  ['powershell', 'powershell'],
  ['pwsh', 'powershell'],
]);

/**
 * The language of a shell, by the name of its program: any path, any letter case, `.exe` or not; behind `env`, `conda run` or
 * any other program that is followed by a shell and nothing but options of it.
 */
export function dialectOf(argv: readonly string[]): Dialect {
  const words = divided(argv);
  return dialectOfProgram(words[shellIndex(words)] ?? '');
}

/** The shell that an argv sets: `["/bin/bash", "-euo", "pipefail", "-c"]`. */
export function shellOf(argv: readonly string[], explicit: boolean): ShellState {
  const words = divided(argv);
  const dialect = dialectOf(argv);
  let errexit = false;
  let pipefail = false;
  const bourne = dialect !== 'cmd' && dialect !== 'powershell' && dialect !== 'other';
  for (let index = shellIndex(words) + 1; bourne && index < words.length; index++) {
    const word = words[index]!;
    const on = word.startsWith('-');
    if (!/^[-+][a-zA-Z]+$/.test(word)) continue;
    if (word.includes('e')) errexit = on;
    if (!word.includes('o')) continue;
    const option = words[++index];
    if (option === 'pipefail') pipefail = on;
    if (option === 'errexit') errexit = on;
  }
  return { argv, dialect, pipefail, errexit, explicit };
}

/** What the builder takes where neither SHELL nor the base image says (dockerfile2llb, defaultShell). */
export const linuxShell = shellOf(['/bin/sh', '-c'], false);
export const windowsShell = shellOf(['cmd', '/S', '/C'], false);

function dialectOfProgram(word: string): Dialect {
  const name = lastPart(word)
    .toLowerCase()
    .replace(/\.exe$/, '');
  return dialects.get(name) ?? 'other';
}

/** Where the shell stands in an argv: first, or last but for its options. */
function shellIndex(words: readonly string[]): number {
  if (dialectOfProgram(words[0] ?? '') !== 'other') return 0;
  for (let index = words.length - 1; index > 0; index--) {
    if (dialectOfProgram(words[index]!) !== 'other') return index;
    const valued = /^[-+][a-zA-Z]*o$/.test(words[index - 1]!);
    if (!valued && !/^[-+]/.test(words[index]!)) return 0;
  }
  return 0;
}

/** `env -S` divides its word itself. */
function divided(argv: readonly string[]): readonly string[] {
  return argv.flatMap((word, index) => (argv[index - 1] === '-S' ? word.split(/\s+/) : [word]));
}

/** Where a comment says which shell runs what follows, as hadolint has it: `# hadolint shell=/bin/bash`. */
export interface ShellComment {
  readonly at: number;
  readonly shell: ShellState;
}

/** Those of a file, in its order. A shell of which only the name is told has no options. */
export const shellComments = (comments: readonly { readonly raw: string; readonly span: Span }[]): ShellComment[] =>
  comments.flatMap(({ raw, span }) => {
    const name = /^#[ \t]*hadolint[ \t]+shell[ \t]*=[ \t]*(\S+)/i.exec(raw)?.[1];
    return name === undefined ? [] : [{ at: span.start, shell: shellOf([name, '-c'], false) }];
  });
