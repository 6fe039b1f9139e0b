import { dockerfile, rule } from '../../src/engine/rule.ts';
import { followerOf, isReadable } from '../lib/syntax.ts';

const readers: Readonly<Record<string, string>> = { grep: 'SC2010' };

export default rule({
  id: 'parsed-ls',
  aliases: ['SC2012', 'SC2010'],
  severity: 'info',
  preset: 'all',
  message: 'The output of ls is made for people, not for programs.',
  why: `
    Names with spaces or line breaks cannot be told apart in it, and ls may print special characters in another form.
  `,
  instead: 'Use a glob, or find.',
  url: 'https://www.shellcheck.net/wiki/SC2012',
  examples: {
    'the first file, and a search': dockerfile`
      FROM debian:12
      RUN ln -s "$(ls -1d /opt/tool-* | head -1)" /opt/tool && ls /opt | grep tool
                   ~~                                          ~~
    `,
    'a glob, or a list for the log': dockerfile`
      FROM debian:12
      RUN ln -s /opt/tool-* /opt/tool && ls -l /opt
    `,
  },
  visit: {
    Script(script) {
      if (!isReadable(script)) return undefined;
      return script.commands.flatMap((it) => {
        if (it.name !== 'ls') return [];
        const next = followerOf(it, script);
        if (next?.joint !== '|') return [];
        const code = readers[next.name ?? ''] ?? 'SC2012';
        return [{ at: it.word, aliases: [code] }];
      });
    },
  },
});
