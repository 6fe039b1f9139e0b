import type { Span } from '../text/span.ts';

/** The shells whose language we know. `posix` is sh, dash and every other plain Bourne shell. */
export type Dialect = 'posix' | 'bash' | 'ash' | 'ksh' | 'zsh' | 'cmd' | 'powershell' | 'other';

/** A word of a script. Every span is in the file, through continuations, comments and here-documents. */
export interface ShellWord {
  readonly span: Span;
  /** As written in the script. */
  readonly raw: string;
  /** Quotes and escapes removed; expansions (`$x`, `$(…)`, globs) stay as written. */
  readonly text: string;
  /** Whether `text` is what the command gets: no expansion, no glob, no brace list. */
  readonly literal: boolean;
}

export interface Redirect {
  readonly span: Span;
  readonly operator: string;
  readonly descriptor: number | undefined;
  readonly target: ShellWord | undefined;
}

/** What stands between a command and the one before it in the same list or pipeline. */
export type Joint = 'start' | '&&' | '||' | ';' | '&' | '|' | '|&';

/**
 * What a command stands in, from the outside in. `string` is what another command is handed to run: a script in a word or
 * a here-document, or the words behind `find -exec`.
 */
export type Within =
  | 'subshell'
  | 'group'
  | 'if'
  | 'else'
  | 'loop'
  | 'case'
  | 'condition'
  | 'function'
  | 'substitution'
  | 'negation'
  | 'string';

/** A simple command, wrappers (sudo, env, exec, time…) peeled off. */
export interface Command {
  readonly span: Span;
  /** The program's name without its path, on Windows in lower case and without `.exe`; undefined when it is not known. */
  readonly name: string | undefined;
  /** The word that names the program; an empty one behind assignments or redirections that stand alone. */
  readonly word: ShellWord;
  /** What follows the name, redirections left out. */
  readonly args: readonly ShellWord[];
  /** `A=1 cmd`: names with their value word, also those given through `env`. */
  readonly assignments: readonly {
    readonly name: string;
    readonly value: ShellWord | undefined;
    readonly span: Span;
  }[];
  readonly redirects: readonly Redirect[];
  /** The wrappers peeled off, outermost first, each with its name and the word that names it. */
  readonly wrappers: readonly { readonly name: string; readonly word: ShellWord }[];
  readonly joint: Joint;
  /** Where the joining operator stands; undefined at a start and for line ends. */
  readonly jointSpan: Span | undefined;
  /** Number of the pipeline in the script; commands of one pipeline share it. */
  readonly pipeline: number;
  readonly within: readonly Within[];
}
