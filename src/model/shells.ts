import type { Dialect } from '../shell/command.ts';
import type { ShellState } from './model.ts';

const dialects: Readonly<Record<string, Dialect>> = {
  sh: 'posix',
  dash: 'posix',
  bash: 'bash',
  ash: 'ash',
  busybox: 'ash',
  ksh: 'ksh',
  mksh: 'ksh',
  zsh: 'zsh',
  cmd: 'cmd',
  powershell: 'powershell',
  pwsh: 'powershell',
};

/** The language of a shell, by the name of its program: any path, any letter case, `.exe` or not, behind env or not. */
export function dialectOf(words: readonly string[]): Dialect {
  const [first = '', ...rest] = words;
  const name = first
    .slice(Math.max(first.lastIndexOf('/'), first.lastIndexOf('\\')) + 1)
    .toLowerCase()
    .replace(/\.exe$/, '');
  if (name === 'env' && rest.length > 0) return dialectOf(rest.filter((word) => !word.startsWith('-')));
  return dialects[name] ?? 'other';
}

/** The shell that an argv sets: `["/bin/bash", "-euo", "pipefail", "-c"]`. */
export function shellOf(argv: readonly string[], explicit: boolean): ShellState {
  let errexit = false;
  let pipefail = false;
  for (const [index, word] of argv.entries()) {
    if (!/^-[a-zA-Z]+$/.test(word)) continue;
    if (word.includes('e')) errexit = true;
    if (word.includes('o') && argv[index + 1] === 'pipefail') pipefail = true;
    if (word.includes('o') && argv[index + 1] === 'errexit') errexit = true;
  }
  return { argv, dialect: dialectOf(argv), pipefail, errexit, explicit };
}

export const linuxShell = shellOf(['/bin/sh', '-c'], false);
export const windowsShell = shellOf(['cmd', '/S', '/C'], false);
