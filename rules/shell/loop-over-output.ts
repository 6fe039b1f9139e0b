import { dockerfile, rule } from '../../src/engine/rule.ts';
import { isReadable } from '../lib/syntax.ts';

const codes: Readonly<Record<string, string>> = { find: 'SC2044', ls: 'SC2045', cat: 'SC2013' };

export default rule({
  id: 'loop-over-output',
  aliases: ['SC2044', 'SC2045', 'SC2013'],
  severity: 'info',
  preset: 'all',
  message: 'The loop goes over the words of the output, not over its lines.',
  why: `
    A name or line with a space becomes two rounds of the loop, and stars in it are expanded.
  `,
  instead: 'Write for x in ./*, find … -exec, or while IFS= read -r line.',
  url: 'https://www.shellcheck.net/wiki/SC2044',
  examples: {
    'files and lines': dockerfile`
      FROM debian:12
      RUN for f in $(ls *.sh); do chmod +x "$f"; done
                   ~~~~~~~~~~
      RUN for f in $(find /srv -name '*.sh'); do chmod +x "$f"; done
                   ~~~~~~~~~~~~~~~~~~~~~~~~~
      RUN for name in $(cat /list); do install "$name"; done
                      ~~~~~~~~~~~~
    `,
    'globs, and lists of words': dockerfile`
      FROM debian:12
      RUN for f in ./*.sh; do chmod +x "$f"; done; for n in $(seq 3) $NAMES; do echo "$n"; done
    `,
  },
  visit: {
    Script(script) {
      if (!isReadable(script)) return undefined;
      return script.syntax.expansions.flatMap((it) => {
        if (it.kind !== 'command' || it.quoted || it.word.context !== 'list' || it.commands.length !== 1) return [];
        const code = codes[it.commands[0]!.name ?? ''];
        return code === undefined ? [] : [{ at: it, aliases: [code] }];
      });
    },
  },
});
