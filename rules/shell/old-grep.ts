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
  message: 'egrep and fgrep are old names; GNU grep warns at each call.',
  why: `
    POSIX has dropped them, and grep 3.8 and later prints a warning into the log of the build.
  `,
  instead: 'grep -E, grep -F.',
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
      return { at: word, aliases: [code], ...(plain ? { fix: replace(word, instead, `Write ${instead}`) } : {}) };
    },
  },
});
