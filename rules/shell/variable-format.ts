import { dockerfile, rule } from '../../src/engine/rule.ts';
import { isReadable } from '../lib/syntax.ts';

export default rule({
  id: 'variable-format',
  aliases: ['SC2059'],
  severity: 'info',
  preset: 'all',
  message: 'A variable is part of the format of printf.',
  why: `
    A % or a backslash in the value is read as part of the format and changes the output.
  `,
  instead: 'Write printf \'…%s…\' "$x".',
  url: 'https://www.shellcheck.net/wiki/SC2059',
  examples: {
    'a value in the format': dockerfile`
      FROM debian:12
      RUN printf "Hello $NAME\n" > /greeting
                 ~~~~~~~~~~~~~~~
    `,
    'a value as an argument': dockerfile`
      FROM debian:12
      RUN printf 'Hello %s\n' "$NAME" > /greeting && printf -- '%s\n' "$NAME"
    `,
  },
  visit: {
    Script(script) {
      if (!isReadable(script)) return undefined;
      const { words, expansions } = script.syntax;
      return words
        .filter((word) => {
          const { command: owner, context } = word;
          if (owner?.name !== 'printf' || context !== 'argument') return false;
          const format = owner.args.find(({ text }) => text !== '--');
          const variables = expansions.filter((it) => it.word === word && !it.nested);
          return (
            format?.span.start === word.span.start &&
            variables.some(({ kind }) => kind === 'variable') &&
            !word.raw.includes('%')
          );
        })
        .map((at) => ({ at }));
    },
  },
});
