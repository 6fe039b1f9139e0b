import type { Command, Dialect, ShellWord } from './command.ts';
import { scriptTakers, shells, shellValued } from './wrappers.ts';

/** A script that a command is handed: words that make it with blanks between them, the first without its first `from` units. */
export interface InnerScript {
  readonly words: readonly ShellWord[];
  readonly from: number;
  readonly dialect: Dialect;
}

/** The script in the words of a command: behind `sh -c`, `eval`, `trap`, `su -c`, `cmd /c`, `powershell -Command`. */
export function innerScript({ name, args, wrappers }: Command, dialect: Dialect): InnerScript | undefined {
  if (name === undefined) return undefined;
  const outer: Dialect = dialect === 'cmd' || dialect === 'powershell' || dialect === 'other' ? 'posix' : dialect;
  const of = (words: readonly (ShellWord | undefined)[], language: Dialect = outer, from = 0) => {
    const known = words.filter((word) => word !== undefined);
    const certain = known.length > 0 && known.every(({ literal }) => literal);
    return certain ? { words: known, from, dialect: language } : undefined;
  };
  if (shells.has(name)) return of([shellCall(args).script], languageOf(name));
  switch (name.replace(/\.exe$/, '')) {
    case 'eval':
      return of(args[0]?.text === '--' ? args.slice(1) : args);
    case 'trap': {
      const [script, ...signals] = args[0]?.text === '--' ? args.slice(1) : args;
      return signals.length > 0 && !script!.text.startsWith('-') ? of([script]) : undefined;
    }
    case 'watch':
      return wrappers.at(-1)?.name === 'watch' ? undefined : of(args.slice(-1));
    case 'cmd':
      return of(behindOption(args, /^\/[ck]$/i), 'cmd');
    case 'powershell':
    case 'pwsh':
      return of(behindOption(args, /^[-/]c(?:o(?:m(?:m(?:a(?:nd?)?)?)?)?)?$/i), 'powershell');
  }
  if (!scriptTakers.has(name)) return undefined;
  for (const [index, word] of args.entries()) {
    if (/^(?:-[a-zA-Z]*c|--command)$/.test(word.text)) return of([args[index + 1]]);
    if (word.text.startsWith('--command=')) return of([word], outer, '--command='.length);
  }
  return undefined;
}

function behindOption(args: readonly ShellWord[], option: RegExp): readonly ShellWord[] {
  const index = args.findIndex(({ text }) => option.test(text));
  return index < 0 ? [] : args.slice(index + 1);
}

const languages: Readonly<Record<string, Dialect>> = {
  bash: 'bash',
  rbash: 'bash',
  ash: 'ash',
  busybox: 'ash',
  zsh: 'zsh',
};

/** The language of a shell that is started by name. */
export const languageOf = (shell: string): Dialect => languages[shell] ?? (shell.includes('ksh') ? 'ksh' : 'posix');

/** Whether a command is a shell that reads its script from standard input. */
export const readsScript = ({ name, args }: Command): boolean =>
  name !== undefined && shells.has(name) && shellCall(args).stdin;

/** What the words behind a shell tell it to run. */
function shellCall(args: readonly ShellWord[]): { readonly script: ShellWord | undefined; readonly stdin: boolean } {
  let command = false;
  let stdin = false;
  let at = 0;
  for (; at < args.length; at++) {
    const { text } = args[at]!;
    if (text === '--' || text === '-') {
      at++;
      break;
    }
    if (!/^[-+]./.test(text)) break;
    if (shellValued.has(text)) at++;
    if (text.startsWith('--')) continue;
    command ||= /^-.*c/.test(text);
    stdin ||= /^-.*s/.test(text);
    at += text.match(/o/gi)?.length ?? 0;
  }
  const operand = args[at];
  if (command) return { script: operand, stdin: false };
  return { script: undefined, stdin: stdin || !operand || operand.text === '/dev/stdin' };
}

/** The calls in the words of a command: those behind `find -exec`. */
export function innerCalls({ name, args }: Command): readonly (readonly ShellWord[])[] {
  if (name !== 'find') return [];
  const calls: (readonly ShellWord[])[] = [];
  for (let at = 0; at < args.length; at++) {
    if (!/^-(?:exec|ok)(?:dir)?$/.test(args[at]!.text)) continue;
    const from = at + 1;
    do at++;
    while (at < args.length && args[at]!.text !== ';' && !(args[at]!.text === '+' && args[at - 1]!.text === '{}'));
    if (at < args.length && at > from) calls.push(args.slice(from, at));
  }
  return calls;
}
