import type { ShellWord } from '../../src/engine/rule.ts';

/** An option of a call: `-u 5`, `-u5`, `--uid=5` and `--uid 5` all have the value `5`. */
export interface Argument {
  /** With its dashes. */
  readonly name: string;
  readonly value: string | undefined;
  /** Whether the value is certain. */
  readonly literal: boolean;
  readonly word: ShellWord;
}

export interface Arguments {
  readonly options: readonly Argument[];
  readonly operands: readonly ShellWord[];
}

/** Divides the words of a call as getopt does. `valued`: the letters and long names that take a value. */
export function readArguments(args: readonly ShellWord[], valued: string): Arguments {
  const takes = new Set(valued.split(' '));
  const options: Argument[] = [];
  const operands: ShellWord[] = [];
  for (let at = 0; at < args.length; at++) {
    const word = args[at]!;
    const { text } = word;
    if (text === '--') {
      operands.push(...args.slice(at + 1));
      break;
    }
    if (!text.startsWith('-') || text === '-') {
      operands.push(word);
      continue;
    }
    const add = (name: string, value: string | undefined, by = word): unknown =>
      options.push({ name, value, literal: by.literal, word });
    const next = (name: string): unknown => add(name, args[at + 1]?.text, args[++at] ?? word);
    if (text.startsWith('--')) {
      const equals = text.indexOf('=');
      if (equals >= 0) add(text.slice(0, equals), text.slice(equals + 1));
      else if (takes.has(text)) next(text);
      else add(text, undefined);
      continue;
    }
    for (let letter = 1; letter < text.length; letter++) {
      const name = `-${text[letter]}`;
      if (!takes.has(name)) {
        add(name, undefined);
        continue;
      }
      if (letter < text.length - 1) add(name, text.slice(letter + 1));
      else next(name);
      break;
    }
  }
  return { options, operands };
}
