/**
 * Options in one line of text. Options are separated by blanks, the spellings of one option by `|`, the first being its
 * canonical name. A closing `=` says that it takes a value, attached or as the next word; `=?` that it takes one only
 * when attached (`--color=auto`). `-y|--yes -o|--option= --color=?` is three options. Switches that nobody asks about
 * need no entry: what is not listed takes no value.
 */
export type OptionText = string;

/** How a program reads its arguments. */
export interface OptionTable {
  readonly options: OptionText;
  /** `-tags` is one option, not a cluster of letters: go, java, find. */
  readonly singleDashLong?: boolean;
  /** The first word that is no option ends the options: `npx tool --flag`. */
  readonly ordered?: boolean;
  /** What follows `--` is for another program: `gem install x -- --with-cflags`. */
  readonly dashesEnd?: boolean;
  /** A switch may be followed by the word `true` or `false`: npm. */
  readonly booleanWords?: boolean;
  /** The option after whose value everything is a plain word: `python -m module --its-flag`. */
  readonly last?: string;
}
