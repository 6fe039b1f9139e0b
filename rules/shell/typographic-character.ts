import {
  type Command,
  dockerfile,
  type Finding,
  type Instruction,
  type Place,
  rule,
  type Span,
  type Word,
} from '../../src/engine/rule.ts';

export default rule({
  id: 'typographic-character',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  message: 'This character is not the one that it looks like.',
  why: `
    Programs do not take typographic quotes, dashes and no-break spaces for the plain ones; text editors and web pages put them
    there. They are reported only outside quotes.
  `,
  instead: 'Write the plain character.',
  url: 'https://docs.docker.com/reference/dockerfile/',
  examples: {
    'quotes and a dash': dockerfile`
      FROM node:22
      RUN echo “hello” > /x
               ~
      RUN npm ci -–progress=false
                  ~
      ENV A=“b”
            ~
    `,
    'in quotes': dockerfile`
      FROM node:22
      LABEL description="A “good” image – really"
      RUN echo "it’s – so" –
    `,
  },
  visit: {
    Command: (command, place) => ofCommand(command, place),
    Env: (node, place) => ofPairs(node, place),
    Label: (node, place) => ofPairs(node, place),
    Arg: (node, place) => ofPairs(node, place),
  },
});

type Pairs = Extract<Instruction, { kind: 'Env' | 'Label' | 'Arg' }>;

/** Where the character breaks the instruction, the error names it already. */
const ofPairs = ({ pairs, span }: Pairs, { model }: Place): Finding[] =>
  model.file.errors.some((error) => error.span.start >= span.start && error.span.end <= span.end)
    ? []
    : pairs.flatMap(({ value }) => ofValue(value));

const quotes = /^[“”„‟‘’‚‛]/;
const dashes = /^-?[‐‑‒–—―−]+(?=[A-Za-z])/;

/** The first such character of a command, as the others come from the same pen. */
function ofCommand(command: Command, { model, step }: Place): Finding[] {
  // a program started without a shell gets what the array says
  const form = 'command' in step.instruction ? step.instruction.command : undefined;
  if (form?.kind !== 'ShellForm') return [];
  for (const { span } of [command.word, ...command.args]) {
    const raw = model.file.text.slice(span.start, span.end);
    const dash = dashes.exec(raw)?.[0];
    if (quotes.test(raw)) return [named(raw[0]!, span.start, 'a quote', `" or '`)];
    if (dash) return [named(dash.at(-1)!, span.start + dash.length - 1, 'a hyphen', '-')];
    const space = /^[^"'\\]*?\u00a0/.exec(raw);
    if (space) return [named('\u00a0', span.start + space[0].length - 1, 'a space', 'a plain space')];
  }
  return [];
}

const ofValue = (word: Word | undefined): Finding[] =>
  word && quotes.test(word.raw) ? [named(word.raw[0]!, word.span.start, 'a quote', `" or '`)] : [];

function named(char: string, start: number, like: string, plain: string): Finding {
  const at: Span = { start, end: start + 1 };
  const code = `U+${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  const shown = char === '\u00a0' ? 'A no-break space' : char;
  return { at, message: `${shown} (${code}) is not ${like}.`, instead: `Write ${plain}.` };
}
