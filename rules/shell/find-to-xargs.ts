import { dockerfile, rule } from '../../src/engine/rule.ts';
import { followerOf, isReadable } from '../lib/syntax.ts';

export default rule({
  id: 'find-to-xargs',
  aliases: ['SC2038'],
  severity: 'warning',
  preset: 'strict',
  message: 'xargs splits the names that find prints at spaces and quotes.',
  why: `
    A file with a space in its name becomes two names, of files that do not exist or were not meant.
  `,
  instead: 'Write find … -exec command {} +, or find … -print0 with xargs -0.',
  url: 'https://www.shellcheck.net/wiki/SC2038',
  examples: {
    'names through a pipe': dockerfile`
      FROM debian:12
      RUN find /usr/share/man -name '*.gz' | xargs rm -f
          ~~~~
    `,
    'split at NUL, or not at all': dockerfile`
      FROM debian:12
      RUN find /usr/share/man -name '*.gz' -print0 | xargs -0 rm -f
      RUN find /usr/share/man -name '*.gz' -exec rm -f {} + && find / -type d -delete
      RUN find /opt -name '*.so' -printf '%f\n' | xargs -d '\n' ls
    `,
  },
  visit: {
    Script(script) {
      if (!isReadable(script)) return undefined;
      // what says that names are not divided at blanks
      const divided = script.syntax.words.filter(
        ({ context, text }) => context === 'argument' && /^-[a-zA-Z]*0|^--null|^-d|^--delimiter/.test(text),
      );
      return script.commands.flatMap((it) => {
        if (it.name !== 'find' || it.args.some(({ text }) => /^-(?:print0|printf|exec|execdir|ls|fprint)/.test(text)))
          return [];
        const next = followerOf(it, script);
        const xargs =
          next?.wrappers.find(({ name }) => name === 'xargs')?.word ?? (next?.name === 'xargs' ? next.word : undefined);
        if (!next || !xargs || next.joint !== '|') return [];
        // the options of xargs were peeled off with it
        const until = next.name === 'xargs' ? next.span.end : next.word.span.start;
        const isDivided = divided.some(({ span }) => span.start > xargs.span.start && span.start < until);
        return isDivided ? [] : [{ at: it.word }];
      });
    },
  },
});
