/** The languages of ShellCheck; versions before 0.10 have `ash` in place of `busybox`. */
export type Dialect = 'sh' | 'bash' | 'dash' | 'ksh' | 'busybox' | 'ash';

export interface Surroundings {
  readonly dialect: Dialect;
  /** Whether the shell was started with -e. */
  readonly errexit: boolean;
  /** The names that are set. */
  readonly variables: readonly string[];
  /** Comments for ShellCheck that hold for all of the script. */
  readonly directives: readonly string[];
}

export interface Composed {
  readonly script: string;
  /** From an offset of the script to one of the text; undefined for what was put in. */
  readonly written: (offset: number) => number | undefined;
}

/** The interpreters that ShellCheck knows by name. Any other would be told as an error, in place of all else. */
const known = /^#!.*?\b(?:sh|bash|dash|ash|ksh|ksh88|ksh93|busybox[ \t]+sh|busybox[ \t]+ash)(?:[ \t].*)?$/;

/** The comments and blank lines at the top of a script: directives in them hold for all of it, but only before any command. */
const top = /^(?:[ \t]*(?:#[^\n]*)?\n)*/;

/**
 * Text with what ShellCheck has to know: the shell in a `#!` line, the names that are set as exports. A name that the text does
 * not have in it changes nothing, and is left out, so that the same script is the same under other ENVs. Undefined for a script
 * with an interpreter of its own that ShellCheck does not know.
 */
export function compose(text: string, { dialect, errexit, variables, directives }: Surroundings): Composed | undefined {
  const own = /^#![^\n]*\n?/.exec(text)?.[0] ?? '';
  if (own !== '' && !known.test(own.trimEnd())) return undefined;
  const shebang = own !== '' ? '' : `#!/bin/${dialect === 'busybox' ? 'busybox sh' : dialect}${errexit ? ' -e' : ''}\n`;
  const rest = text.slice(own.length);
  const opening = rest.includes('shellcheck') ? top.exec(rest)![0] : '';
  const mentioned = new Set(rest.match(/[A-Za-z_]\w*/g));
  const names = variables.filter((name) => mentioned.has(name)).sort();
  const exports = names.length > 0 ? `export${names.map((name) => ` ${name}=1`).join('')}\n` : '';
  const put = directives.map((line) => `${line}\n`).join('');

  const parts = [
    { text: shebang, from: undefined },
    { text: own, from: 0 },
    { text: put, from: undefined },
    { text: opening, from: own.length },
    { text: exports, from: undefined },
    { text: rest.slice(opening.length), from: own.length + opening.length },
  ].filter((part) => part.text !== '');
  const written = (offset: number): number | undefined => {
    let at = 0;
    for (const [index, part] of parts.entries()) {
      const end = at + part.text.length;
      if (offset < end || index === parts.length - 1)
        return part.from === undefined ? undefined : part.from + offset - at;
      at = end;
    }
    return undefined;
  };
  return { script: parts.map((part) => part.text).join(''), written };
}
