import { dockerfile, type Finding, rule } from '../../src/engine/rule.ts';
import { isReadable } from '../lib/syntax.ts';

export default rule({
  id: 'useless-echo',
  aliases: ['SC2005', 'SC2116'],
  severity: 'style',
  preset: 'all',
  message: 'This echo prints what would be printed, or is known, without it.',
  why: `
    echo $(command) prints what the command prints, less its blanks and with its failure lost; $(echo text) is the text.
  `,
  instead: 'The command, or the text, alone.',
  url: 'https://www.shellcheck.net/wiki/SC2005',
  examples: {
    'around a command, and for a text': dockerfile`
      FROM debian:12
      RUN echo $(which bash) >> /etc/shells
          ~~~~
      RUN install "$(echo "$FILES")"
                   ~~~~~~~~~~~~~~~~
    `,
    'with more to print, or piped': dockerfile`
      FROM debian:12
      RUN echo "shell: $(which bash)" >> /etc/shells && install "$(echo "$FILES" | sort)"
    `,
  },
  visit: {
    Script(script) {
      if (!isReadable(script)) return undefined;
      return script.syntax.expansions.flatMap((it): Finding[] => {
        const { kind, word, raw, commands } = it;
        if (kind !== 'command') return [];
        const [only] = commands;
        const { command: owner } = word;
        const whole = word.raw === raw || word.raw === `"${raw}"`;
        if (
          owner?.name === 'echo' &&
          owner.args.length === 1 &&
          word.context === 'argument' &&
          whole &&
          only &&
          only.name !== 'cat'
        )
          return [{ at: owner.word, aliases: ['SC2005'] }];
        const text = commands.length === 1 && only?.name === 'echo' && only.redirects.length === 0;
        const plain = text && only.args.length > 0 && only.args.every((arg) => !/^-|[*?[]/.test(arg.text));
        return plain && !raw.startsWith('`') ? [{ at: it, aliases: ['SC2116'] }] : [];
      });
    },
  },
});
