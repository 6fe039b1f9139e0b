import { dockerfile, type Finding, type Place, readOptions, rule, type ShellWord } from '../../src/engine/rule.ts';
import { useraddValued } from '../../src/knowledge/commands/user-tools.ts';
import { literalValues } from '../lib/syntax.ts';

/** From here on the login records take tens of megabytes. */
const LARGE = 100_000;

export default rule({
  id: 'large-uid',
  aliases: ['DL3046'],
  severity: 'warning',
  preset: 'recommended',
  fix: 'safe',
  message: 'useradd with a large uid and without --no-log-init makes the image huge.',
  why: `
    /var/log/lastlog and /var/log/faillog have an entry for every number up to the largest uid, and an image layer does not keep
    such files sparse. A uid that only the build knows is not judged.
  `,
  instead: 'Add -l, so that useradd does not write to the login logs.',
  url: 'https://docs.docker.com/build/building/best-practices/#user',
  examples: {
    'a large uid': dockerfile`
        FROM debian:12
      - RUN useradd --uid 1000650000 --create-home app
            ~~~~~~~
      + RUN useradd -l --uid 1000650000 --create-home app
    `,
    'a small uid, or no log': dockerfile`
      FROM debian:12
      RUN useradd --uid 10001 app && useradd --no-log-init --uid 1000650000 job
    `,
  },
  differs: {
    DL3046: [
      {
        why: 'The long option and the option with its value attached count too.',
        only: 'dflint',
        text: 'FROM debian:12\nRUN useradd --uid 1234567 app',
      },
    ],
  },
  visit: {
    Command(command, place): Finding | undefined {
      if (command.name !== 'useradd' || place.step.instruction.kind !== 'Run') return undefined;
      const { options } = readOptions(command.args, { options: useraddValued });
      if (options.some(({ name }) => name === '-l' || name.startsWith('--no-l'))) return undefined;
      const given = options.findLast(({ name }) => name === '-u');
      const uid = given?.value && numberOf(given.value, place);
      if (uid === undefined || uid < LARGE) return undefined;
      const { end } = command.word.span;
      const fix = { title: 'Add -l', edits: [{ span: { start: end, end }, text: ' -l' }] };
      return {
        at: command.word,
        message: `useradd with uid ${uid} and without --no-log-init makes the image huge.`,
        fix,
      };
    },
  },
});

/** The uid as the command gets it; that of a variable where the file alone decides it. */
function numberOf({ text, literal }: ShellWord, place: Place): number | undefined {
  if (literal) return /^\d+$/.test(text) ? Number(text) : undefined;
  const name = /^\$\{?(\w+)\}?$/.exec(text)?.[1];
  const { script } = place.step;
  const values = name !== undefined && script ? literalValues(name, script, place) : undefined;
  const numbers = values?.map((value) => (/^\d+$/.test(value) ? Number(value) : Number.NaN)) ?? [];
  return numbers.length > 0 && numbers.every((it) => it >= LARGE) ? Math.min(...numbers) : undefined;
}
