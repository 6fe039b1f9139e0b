import { dockerfile, replace, rule } from '../../src/engine/rule.ts';
import { isReadable } from '../lib/syntax.ts';

const options: Readonly<Record<string, readonly [code: string, instead: string]>> = {
  egrep: ['SC2196', 'grep -E'],
  fgrep: ['SC2197', 'grep -F'],
};

export default rule({
  id: 'old-grep',
  aliases: ['SC2196', 'SC2197'],
  severity: 'style',
  preset: 'all',
  fix: 'safe',
  message: 'egrep and fgrep are old names of grep -E and grep -F.',
  why: `
    GNU grep 3.8 and later prints a warning at each call, and POSIX no longer has the old names.
  `,
  instead: 'Write grep -E or grep -F.',
  url: 'https://www.shellcheck.net/wiki/SC2196',
  examples: {
    'both names': dockerfile`
        FROM debian:12
      - RUN egrep 'a|b' /etc/passwd && fgrep a.b /etc/hosts
            ~~~~~                      ~~~~~
      + RUN grep -E 'a|b' /etc/passwd && grep -F a.b /etc/hosts
    `,
    'the options': dockerfile`
      FROM debian:12
      RUN grep -E 'a|b' /etc/passwd
    `,
  },
  visit: {
    Command({ name, word, within }, { step }) {
      const known = name === undefined ? undefined : Object.hasOwn(options, name) ? options[name] : undefined;
      if (!known || !step.script || !isReadable(step.script)) return undefined;
      const [code, instead] = known;
      const plain = word.raw === name && !within.includes('string');
      return {
        at: word,
        aliases: [code],
        message: `${name} is the old name of ${instead}.`,
        instead: `Write ${instead}.`,
        ...(plain ? { fix: replace(word, instead, `Write ${instead}`) } : {}),
      };
    },
  },
});
