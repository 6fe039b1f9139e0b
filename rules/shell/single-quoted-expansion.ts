import { dockerfile, rule } from '../../src/engine/rule.ts';
import { codeTakers } from '../../src/knowledge/commands/shell-commands.ts';
import { isReadable } from '../lib/syntax.ts';

export default rule({
  id: 'single-quoted-expansion',
  aliases: ['SC2016'],
  severity: 'info',
  preset: 'all',
  message: 'Single quotes prevent the expansion.',
  why: `
    The command gets the dollar sign and the name, not the value. That is right for text that another shell reads later, such as
    a line for .bashrc. Programs that take code, such as awk and sed, are not judged.
  `,
  instead: 'Write double quotes if the value is meant.',
  url: 'https://www.shellcheck.net/wiki/SC2016',
  examples: {
    'a path that stays a name': dockerfile`
      FROM debian:12
      ENV APP=/srv/app
      RUN mkdir -p '$APP/data'
                   ~~~~~~~~~~~
    `,
    'code of another program': dockerfile`
      FROM debian:12
      RUN awk '{ print $1 }' /etc/passwd > /users && sh -c 'echo $HOME'
      RUN mkdir -p "$APP/data" && echo 'costs 5$'
    `,
  },
  visit: {
    Script(script) {
      if (!isReadable(script)) return undefined;
      return script.syntax.words.flatMap(({ parts, command, context }) => {
        if (context !== 'argument') return [];
        const found = parts.filter(({ kind, raw }) => kind === 'single' && expands(raw));
        if (found.length === 0) return [];
        const names = [command?.name, ...(command?.wrappers.map(({ name }) => name) ?? [])];
        return names.some((name) => name !== undefined && codeTakers.has(name)) ? [] : found.map((at) => ({ at }));
      });
    },
  },
});

const expands = (raw: string): boolean =>
  /\$[{(A-Za-z_0-9@*#?!$-]|`[^`]+`/.test(raw.slice(1, -1)) && !/^'\$\w+\$'$/.test(raw);
