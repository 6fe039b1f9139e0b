import type { Lines } from '../src/text/lines.ts';
import type { TextMap } from '../src/text/map.ts';
import type { Span } from '../src/text/span.ts';

/**
 * The tree: plain readonly data, tagged by `kind`, a span on everything that can be pointed at (UTF-16 offsets).
 * It is lossless: leaves carry `raw`, and the leaves of a file in order are its text. What an instruction lacks is undefined.
 */

export type EscapeCharacter = '\\' | '`';

export interface Leaf {
  readonly span: Span;
  /** As it stands in the file. */
  readonly raw: string;
}

export interface Bom extends Leaf {
  readonly kind: 'Bom';
}
export interface Space extends Leaf {
  readonly kind: 'Space';
}
export interface LineEnd extends Leaf {
  readonly kind: 'LineEnd';
}
/** A line of nothing but blanks, its end included. */
export interface Blank extends Leaf {
  readonly kind: 'Blank';
}
/** The escape character at the end of a line, up to the next line. */
export interface Continuation extends Leaf {
  readonly kind: 'Continuation';
}
export interface Comment extends Leaf {
  readonly kind: 'Comment';
  /** Without the number sign and the blanks around. */
  readonly text: string;
}
/** Signs that only divide: `=`, `[`, `,`, `]`, quotes, `--`, `$`, `{`, `}`. */
export interface Punctuation extends Leaf {
  readonly kind: 'Punctuation';
}
/** What the grammar could not place; there is an error for it. */
export interface Skipped extends Leaf {
  readonly kind: 'Skipped';
}
export type Trivia = Bom | Space | LineEnd | Blank | Continuation | Comment | Punctuation | Skipped;

/** `# escape=`, `# syntax=`, `# check=` where BuildKit takes them for one. */
export interface Directive extends Leaf {
  readonly kind: 'Directive';
  readonly name: 'escape' | 'syntax' | 'check';
  readonly value: string;
  readonly valueSpan: Span;
}

export interface Keyword extends Leaf {
  readonly kind: 'Keyword';
  /** In capitals. */
  readonly text: string;
}
export interface Name extends Leaf {
  readonly kind: 'Name';
  readonly text: string;
}
export interface Operator extends Leaf {
  readonly kind: 'Operator';
  readonly text: string;
}
export interface Text extends Leaf {
  readonly kind: 'Text';
}

/** A variable that the builder expands: `$name`, `${name}`, `${name:-word}` and its kin. */
export interface Variable {
  readonly kind: 'Variable';
  readonly span: Span;
  readonly name: Name;
  /** `:-` `-` `:+` `+` `:?` `?` `#` `##` `%` `%%` `/` `//`, or what BuildKit does not know. */
  readonly operator: Operator | undefined;
  /** The word or the pattern behind the operator. */
  readonly operand: readonly WordPart[];
  /** The second half of `${name/pattern/replacement}`. */
  readonly replacement: readonly WordPart[];
  readonly trivia: readonly Trivia[];
}

/** With a continuation come the comments and blank lines behind it, with their own indentation and line ends. */
export type WordPart = Text | Variable | Punctuation | Continuation | Comment | Blank | Space | LineEnd;

/** One argument. Without parts it is a leaf; with parts these tile it. */
export interface Word {
  readonly kind: 'Word';
  readonly span: Span;
  readonly raw: string;
  /** Continuations joined, quotes and escapes removed, variables as written. */
  readonly text: string;
  /** From `text` to the file. */
  readonly map: TextMap;
  readonly parts: readonly WordPart[];
  /** Why BuildKit's expansion would refuse this word, once it comes to it. */
  readonly problem: WordProblem | undefined;
}
export interface WordProblem {
  readonly span: Span;
  readonly reason:
    | 'unterminated-quote'
    | 'missing-brace'
    | 'bad-substitution'
    | 'unsupported-modifier'
    | 'missing-slash';
}

/** A command as one string, for the shell. */
export interface ShellForm {
  readonly kind: 'ShellForm';
  readonly span: Span;
  readonly raw: string;
  /** Continuations joined, comment lines left out; nothing else is changed. */
  readonly text: string;
  readonly map: TextMap;
  readonly parts: readonly WordPart[];
}

/** A JSON array of strings. */
export interface ExecForm {
  readonly kind: 'ExecForm';
  readonly span: Span;
  readonly items: readonly Word[];
  readonly trivia: readonly Trivia[];
}

export type Command = ShellForm | ExecForm;

/** `--name` or `--name=value`. */
export interface Flag {
  readonly kind: 'Flag';
  readonly span: Span;
  readonly name: Name;
  readonly value: Word | undefined;
  /** What `--mount=` says, key by key. */
  readonly mount: Mount | undefined;
  readonly trivia: readonly Trivia[];
}

export interface MountOption {
  readonly span: Span;
  /** In lower case. */
  readonly key: string;
  readonly keySpan: Span;
  readonly value: string | undefined;
  readonly valueSpan: Span | undefined;
}

/** The options of one `--mount`, typed; values are as written, variables not expanded. Undefined: not given. */
export interface Mount {
  readonly span: Span;
  readonly type: 'bind' | 'cache' | 'tmpfs' | 'secret' | 'ssh' | 'unknown';
  readonly target: string | undefined;
  readonly source: string | undefined;
  readonly from: string | undefined;
  readonly id: string | undefined;
  readonly env: string | undefined;
  readonly sharing: string | undefined;
  readonly readonly: boolean | undefined;
  readonly required: boolean | undefined;
  readonly size: string | undefined;
  readonly mode: string | undefined;
  readonly uid: string | undefined;
  readonly gid: string | undefined;
  readonly options: readonly MountOption[];
}

/** A here-document: the body and the line that ends it. The word that opens it stands in the instruction's own words. */
export interface Heredoc {
  readonly kind: 'Heredoc';
  readonly span: Span;
  /** Where `<<NAME` stands. */
  readonly opener: Span;
  readonly delimiter: string;
  /** Whether the builder (COPY, ADD) or the shell (RUN) expands variables in the body. */
  readonly expand: boolean;
  /** `<<-`: leading tabs are stripped. */
  readonly stripTabs: boolean;
  readonly body: HeredocBody;
  readonly terminator: Name | undefined;
  readonly trivia: readonly Trivia[];
}
export interface HeredocBody extends Leaf {
  readonly kind: 'HeredocBody';
  /** Its variables, where the builder expands them; none otherwise, and then the body is a leaf. */
  readonly parts: readonly WordPart[];
  /** Why BuildKit's expansion would refuse the body. */
  readonly problem: WordProblem | undefined;
}

export interface InstructionBase {
  /** From the keyword to the last word or the end of the last here-document. */
  readonly span: Span;
  readonly keyword: Keyword;
  readonly flags: readonly Flag[];
  readonly trivia: readonly Trivia[];
}

export interface From extends InstructionBase {
  readonly kind: 'From';
  readonly image: Word | undefined;
  readonly as: Keyword | undefined;
  readonly name: Word | undefined;
}
export interface Run extends InstructionBase {
  readonly kind: 'Run';
  readonly command: Command | undefined;
  readonly heredocs: readonly Heredoc[];
}
export interface Cmd extends InstructionBase {
  readonly kind: 'Cmd';
  readonly command: Command | undefined;
}
export interface Entrypoint extends InstructionBase {
  readonly kind: 'Entrypoint';
  readonly command: Command | undefined;
}
export interface Shell extends InstructionBase {
  readonly kind: 'Shell';
  readonly command: Command | undefined;
}
export interface Healthcheck extends InstructionBase {
  readonly kind: 'Healthcheck';
  /** CMD or NONE, or whatever stands there. */
  readonly type: Keyword | undefined;
  readonly command: Command | undefined;
}

/** `name=value`, or `name value` in the legacy form, or a bare ARG name. */
export interface Pair {
  readonly kind: 'Pair';
  readonly span: Span;
  readonly name: Word;
  readonly value: Word | undefined;
  readonly trivia: readonly Trivia[];
}
export interface Env extends InstructionBase {
  readonly kind: 'Env';
  readonly pairs: readonly Pair[];
  /** `ENV name value`, without an equals sign. */
  readonly legacy: boolean;
}
export interface Label extends InstructionBase {
  readonly kind: 'Label';
  readonly pairs: readonly Pair[];
  readonly legacy: boolean;
}
export interface Arg extends InstructionBase {
  readonly kind: 'Arg';
  readonly pairs: readonly Pair[];
}

export interface Transfer extends InstructionBase {
  readonly sources: readonly Word[];
  readonly destination: Word | undefined;
  /** The JSON array that holds the words, where they are written so. */
  readonly form: ExecForm | undefined;
  readonly heredocs: readonly Heredoc[];
}
export interface Add extends Transfer {
  readonly kind: 'Add';
}
export interface Copy extends Transfer {
  readonly kind: 'Copy';
}

export interface Volume extends InstructionBase {
  readonly kind: 'Volume';
  readonly paths: readonly Word[];
  readonly form: ExecForm | undefined;
}
export interface Expose extends InstructionBase {
  readonly kind: 'Expose';
  readonly ports: readonly Word[];
}
export interface Workdir extends InstructionBase {
  readonly kind: 'Workdir';
  readonly path: Word | undefined;
}
export interface User extends InstructionBase {
  readonly kind: 'User';
  readonly user: Word | undefined;
}
export interface Stopsignal extends InstructionBase {
  readonly kind: 'Stopsignal';
  readonly signal: Word | undefined;
}
export interface Maintainer extends InstructionBase {
  readonly kind: 'Maintainer';
  readonly name: Word | undefined;
}
export interface Onbuild extends InstructionBase {
  readonly kind: 'Onbuild';
  readonly instruction: Instruction | undefined;
}
/** A line that begins with no keyword of the language; its rest is `Skipped`. */
export interface Unknown extends InstructionBase {
  readonly kind: 'Unknown';
}

export type Instruction =
  | From
  | Run
  | Cmd
  | Label
  | Maintainer
  | Expose
  | Env
  | Add
  | Copy
  | Entrypoint
  | Volume
  | User
  | Workdir
  | Arg
  | Onbuild
  | Stopsignal
  | Healthcheck
  | Shell
  | Unknown;

/** What BuildKit refuses when it reads the file, in our words. */
export interface ParseError {
  readonly message: string;
  readonly span: Span;
  /** What was likely meant in place of `span`. */
  readonly meant?: string;
  /** Set for those that other linters tell apart from errors of syntax. */
  readonly kind?: 'before-from' | 'trigger';
}

export interface File {
  readonly kind: 'File';
  readonly span: Span;
  /** What was read, byte order mark included. */
  readonly text: string;
  /** Where the lines of the text begin; `position(file.lines, offset)` is a line and a column. */
  readonly lines: Lines;
  /** What BuildKit's reader refuses, in the order of the file. */
  readonly errors: readonly ParseError[];
  readonly escape: EscapeCharacter;
  readonly directives: readonly Directive[];
  /** Comments between instructions; those inside one are in its own tree. */
  readonly comments: readonly Comment[];
  readonly instructions: readonly Instruction[];
  readonly trivia: readonly Trivia[];
}

export type Node =
  | File
  | Instruction
  | Directive
  | Trivia
  | Keyword
  | Flag
  | Name
  | Operator
  | Word
  | Text
  | Variable
  | Pair
  | ShellForm
  | ExecForm
  | Heredoc
  | HeredocBody;
