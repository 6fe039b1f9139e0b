import type { Span } from '../text/span.ts';
import type { Command, Dialect } from './command.ts';

/** What a script says beyond its simple commands, in the order of the text; scripts in strings included. */
export interface Syntax {
  /** Every `$x`, `${…}`, `$(…)`, backtick, `$((…))` and `<(…)`, those inside of others as well. */
  readonly expansions: readonly Expansion[];
  readonly words: readonly SyntaxWord[];
  readonly lists: readonly AndOrList[];
  readonly loops: readonly Loop[];
  /** What the language of POSIX does not have, but for words, which tell it themselves. */
  readonly constructs: readonly Construct[];
  /** What becomes of a command's exit status. */
  readonly statuses: ReadonlyMap<Command, Status>;
}

/** How a place in the file relates to the text that the shell reads. */
export interface Placed {
  readonly span: Span;
  /** As written in the script. */
  readonly raw: string;
  readonly dialect: Dialect;
  /** Whether the file has the script here as the shell reads it, so that an edit in the file is an edit in the script. */
  readonly exact: boolean;
}

/** Where a word stands. `test` is `[[ … ]]`; `[ … ]` is a command with arguments. */
export type Context =
  | 'name'
  | 'argument'
  | 'assignment'
  /** An assignment behind `export`, `local` and their like, whose value sh may divide. */
  | 'declaration'
  | 'array'
  | 'redirect'
  | 'here-document'
  | 'here-string'
  | 'list'
  | 'case'
  | 'test'
  | 'arithmetic';

export interface SyntaxWord extends Placed {
  readonly context: Context;
  /** The command that it belongs to; its own assignments and redirections do as well. */
  readonly command: Command | undefined;
  /** Quotes and escapes removed, expansions as written. */
  readonly text: string;
  readonly parts: readonly WordPart[];
}

export interface WordPart extends Placed {
  readonly kind: 'literal' | 'single' | 'double' | 'ansi' | 'locale' | 'glob' | 'extglob' | 'brace' | 'expansion';
}

export interface Expansion extends Placed {
  readonly kind: 'variable' | 'command' | 'arithmetic' | 'process';
  /** The variable's name; empty for the other kinds. */
  readonly name: string;
  /** `#` for the length, `!` for the variable that is named by its value. */
  readonly prefix: '#' | '!' | undefined;
  /** `:-`, `%%`, `//`, `^`, `:` and so on. */
  readonly operator: string | undefined;
  readonly index: string | undefined;
  readonly quoted: boolean;
  readonly backticks: boolean;
  /** Whether it stands in the operand or index of another. */
  readonly nested: boolean;
  readonly word: SyntaxWord;
  /** The simple commands that a substitution runs, those of substitutions in it left out. */
  readonly commands: readonly Command[];
}

/** `a && b || c`. */
export interface AndOrList extends Placed {
  readonly operators: readonly ('&&' | '||')[];
  readonly parts: readonly { readonly span: Span; readonly command: Command | undefined }[];
  /** Whether it decides what is done: between `if` and `then`. */
  readonly condition: boolean;
}

/** `for name in words`. */
export interface Loop extends Placed {
  readonly name: string;
  readonly words: readonly SyntaxWord[];
}

export interface Construct extends Placed {
  readonly kind: ConstructKind;
  /** The operator, the number or the name that it is about. */
  readonly detail: string;
}

export type ConstructKind =
  | 'double-bracket'
  | 'double-parenthesis'
  | 'arithmetic-for'
  | 'select'
  | 'coproc'
  | 'function-keyword'
  | 'function-name'
  | 'here-string'
  | 'redirect-both'
  | 'named-descriptor'
  | 'network-redirect'
  | 'pipe-both'
  | 'append'
  | 'array'
  | 'case-fallthrough'
  | 'arithmetic-operator';

/**
 * `checked`: it decides what is done next. `last`: it is the script's own. `ignored`: the script goes on as if nothing were.
 */
export type Status = 'checked' | 'ignored' | 'last';
