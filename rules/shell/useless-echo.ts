import { dockerfile, type Finding, rule } from '../../src/engine/rule.ts';
import { isReadable } from '../lib/syntax.ts';

export default rule({
  id: 'useless-echo',
  aliases: ['SC2005', 'SC2116'],
  severity: 'style',
  preset: 'all',
  message: 'This echo is not needed.',
  why: `
    echo $(command) prints what the command prints, but hides its failure; $(echo text) is the text.
  `,
  instead: 'Write only the command, or only the text.',
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
          return [{ at: owner.word, aliases: ['SC2005'], ...ofCommand }];
        const text = commands.length === 1 && only?.name === 'echo' && only.redirects.length === 0;
        const plain = text && only.args.length > 0 && only.args.every((arg) => !/^-|[*?[]/.test(arg.text));
        return plain && !raw.startsWith('`') ? [{ at: it, aliases: ['SC2116'], ...ofText }] : [];
      });
    },
  },
});

const ofCommand = {
  message: 'This echo only prints what the command prints anyway.',
  why: 'echo succeeds even if the command fails.',
  instead: 'Write only the command.',
} as const;
const ofText = {
  message: 'This echo only gives its text back.',
  why: 'It starts a subshell for nothing.',
  instead: 'Write only the text.',
} as const;
