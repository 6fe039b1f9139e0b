import type { InferredOptionType, Options, PositionalOptions } from 'yargs';
import type { Terminal } from './terminal.ts';

/** All that commands do their work with; loaded when one runs. */
export type Work = typeof import('./work.ts');

type Positionals = Readonly<Record<string, PositionalOptions>>;
type Named = Readonly<Record<string, Options>>;

/** A command: its words, its options, and what it does. */
export interface Command<P extends Positionals = Positionals, O extends Named = Named> {
  /** The name and its words as yargs has them, `layers [path..]`; `$0` in place of a name for the default command. */
  readonly usage: string;
  readonly describe: string;
  /** The words of `usage`. */
  readonly positionals: P;
  readonly options: O;
  /**
   * Gives the exit code. Throws UsageError where the person at the keyboard has something to correct. `work` is handed in, as
   * `--help` reads this file and must not load it.
   */
  run(args: Given<P & O>, terminal: Terminal, work: Work): Promise<number>;
}

/** The values of options, named as yargs names them: `failOn` for `fail-on`. */
export type Given<T extends Readonly<Record<string, Options | PositionalOptions>>> = {
  readonly [Name in keyof T & string as CamelCase<Name>]: InferredOptionType<T[Name]>;
};

type CamelCase<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Name;

/** The command itself, its types inferred. */
export const command = <const P extends Positionals, const O extends Named>(it: Command<P, O>): Command<P, O> => it;

/** `layers`; `$0` for the default command. */
export const nameOf = ({ usage }: Pick<Command, 'usage'>): string => usage.split(' ')[0]!;

/** The values that hold where nothing is given. */
export function defaultsOf<P extends Positionals, O extends Named>(of: Command<P, O>): Given<P & O> {
  const all: [string, Options | PositionalOptions][] = Object.entries({ ...of.positionals, ...of.options });
  const camel = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  return Object.fromEntries(all.map(([name, it]) => [camel(name), it.default])) as Given<P & O>;
}
