import { dockerfile, type Edit, type Finding, type Instruction, type Model, rule } from '../../src/engine/rule.ts';
import { andMore } from '../lib/words.ts';
import { between, exactEdits, type Pair, readValue, type Written } from './lib/key-value.ts';

type Pairs = Extract<Instruction, { kind: 'Env' | 'Label' }>;

/** An instruction that has the value that was meant: only the form is old. */
interface Old {
  readonly pair: Pair;
  /** `ENV NAME`. */
  readonly what: string;
  /** Undefined where it is not certain that they keep the value. */
  readonly edits: readonly Edit[] | undefined;
}

export default rule({
  id: 'legacy-key-value',
  aliases: ['LegacyKeyValueFormat'],
  severity: 'style',
  preset: 'recommended',
  fix: 'safe',
  message: 'Name and value are separated by a space.',
  why: `
    Docker's build checks warn of this old form, in which everything after the name is the value. The fix keeps the value exactly;
    there is none where that is not certain, and only a suggestion where another value was probably meant. In recommended,
    instructions that are merely old are reported once a file, at the first of them, with one fix for all.
  `,
  instead: 'Write name=value, with quotes if the value has spaces.',
  url: 'https://docs.docker.com/reference/build-checks/legacy-key-value-format/',
  examples: {
    'plain values': dockerfile`
        FROM node:22
      - ENV NODE_ENV production
            ~~~~~~~~
      + ENV NODE_ENV=production
      - LABEL description Sells things
              ~~~~~~~~~~~
      + LABEL description="Sells things"
    `,
    'a value in quotes': dockerfile`
        FROM node:22
      - LABEL maintainer "Ada <ada@example.com>"
              ~~~~~~~~~~
      + LABEL maintainer="Ada <ada@example.com>"
    `,
    'two values were meant': dockerfile`
        FROM node:22
      - ENV PORT 3000 HOST=localhost
            ~~~~
      + ENV PORT=3000 HOST=localhost
    `,
    'equals signs': dockerfile`
      FROM node:22
      ENV NODE_ENV=production PORT=3000
    `,
  },
  differs: {
    LegacyKeyValueFormat: [{ why: 'The fix keeps the value exactly, or is not offered.' }],
  },
  visit: {
    File: ofStages,
    Env: (node, { model, onbuild }) => (onbuild ? ofTrigger(node, model) : undefined),
    Label: (node, { model, onbuild }) => (onbuild ? ofTrigger(node, model) : undefined),
  },
});

function ofStages(model: Model): Finding[] {
  const all = model.stages.flatMap(({ steps }) =>
    steps.flatMap(({ instruction }) =>
      instruction.kind === 'Env' || instruction.kind === 'Label' ? (judge(instruction, model) ?? []) : [],
    ),
  );
  const old = all.filter(isOld);
  return all.map((it) => (!isOld(it) ? it : it === old[0] ? forAll(it, old) : alone(it)));
}

function ofTrigger(instruction: Pairs, model: Model): Finding | undefined {
  const it = judge(instruction, model);
  return it && isOld(it) ? alone(it) : it;
}

const isOld = (it: Finding | Old): it is Old => 'pair' in it;

/** The finding of the first, which stands for those further on as well. */
function forAll(first: Old, all: readonly Old[]): Finding {
  return { ...found(first, andMore(all.length - 1)), ...fixOf(all) };
}

const alone = (it: Old): Finding => ({ ...found(it, ''), ...fixOf([it]), preset: 'strict' });

const found = ({ pair, what }: Old, others: string): Finding => ({
  at: pair.name,
  message: `${what} is written in the old form, with a space instead of =${others}.`,
});

function fixOf(all: readonly Old[]): Pick<Finding, 'fix'> {
  const edits = all.flatMap((it) => (it.edits ? [it.edits] : []));
  const title = edits.length > 1 ? 'Write the equals signs' : 'Write the equals sign';
  return edits.length > 0 ? { fix: { title, edits: edits.flat() } } : {};
}

function judge({ legacy, pairs, keyword }: Pairs, model: Model): Finding | Old | undefined {
  const [pair] = pairs;
  if (!legacy || !pair?.value) return undefined;
  const { name, value } = pair;
  const written = readValue(value, model);
  if (written?.outside.startsWith('=')) {
    const message = `The space before = makes the = part of the value of ${name.text}.`;
    const instead = 'Remove the spaces around =.';
    return { at: name, message, instead, ...meant(withoutBlanks(pair, written), 'Remove the spaces') };
  }
  const other = written && (swallowed(keyword.text, name.text, written.outside) ?? nextLine(keyword.text, pair));
  if (other !== undefined) {
    const message = `Everything after ${name.text} is its value, including ${other}.`;
    const instead = 'Write name=value for each of them.';
    return { at: name, message, instead, ...meant(severalPairs(pair, written!), 'Set each of them') };
  }
  const what = `${keyword.text.toUpperCase()} ${name.text}`;
  return { pair, what, edits: written && exactEdits(pair, written, model) };
}

/** Another value comes of it, so a person has to agree. */
const meant = (edits: readonly Edit[] | undefined, title: string): Pick<Finding, 'fix'> =>
  edits ? { fix: { title, edits, safety: 'suggestion', reaches: ['variables'] } } : {};

/** The name of a second pair inside the value; `a=b` in the value of a variable in capitals is likely an option of a program. */
function swallowed(keyword: string, name: string, outside: string): string | undefined {
  const keywordInside = /\s(?:ENV|LABEL)\s+([^\s=]+)/.exec(outside)?.[1];
  if (keywordInside !== undefined) return keywordInside;
  const capitals = keyword === 'ENV' && name === name.toUpperCase();
  return (capitals ? /\s([A-Z_][A-Z0-9_]*)=/ : /\s([A-Za-z_][\w.-]*)=/).exec(outside)?.[1];
}

/** The name that a further line of an ENV begins with, as if each line were a pair: `ENV A 1 \`, `B 2`. */
function nextLine(keyword: string, { name, value }: Pair): string | undefined {
  if (keyword !== 'ENV' || !value || name.text !== name.text.toUpperCase()) return undefined;
  const lines = value.parts.filter((part, index) => part.kind === 'Text' && value.parts[index - 1]?.kind !== 'Text');
  return lines
    .slice(value.parts[0]?.kind === 'Text' ? 1 : 0)
    .map((part) => ('raw' in part ? /^\s+([A-Z][A-Z0-9_]+)\s+\S/.exec(part.raw)?.[1] : undefined))
    .find((it) => it !== undefined);
}

/** `NAME =value` and `NAME = value` as they were meant, where the value is one word. */
function withoutBlanks(pair: Pair, { outside, continued }: Written): readonly Edit[] | undefined {
  const gap = between(pair);
  const rest = outside.slice(1);
  if (!gap || continued || !pair.value || /\S\s/.test(rest) || rest.trim() === '') return undefined;
  const blanks = /^\s*/.exec(rest)![0].length;
  return [{ span: { start: gap.start, end: gap.end + 1 + blanks }, text: '=' }];
}

/** The first blank becomes the equals sign, where every further word has one. */
function severalPairs(pair: Pair, { outside }: Written): readonly Edit[] | undefined {
  const gap = between(pair);
  const [, ...words] = outside.split(/\s+/);
  return gap && words.length > 0 && words.every((word) => /^[^="]+=/.test(word))
    ? [{ span: gap, text: '=' }]
    : undefined;
}
