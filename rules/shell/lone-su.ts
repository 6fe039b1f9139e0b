import { dockerfile, rule } from '../../src/engine/rule.ts';
import { isReadable } from '../lib/syntax.ts';

export default rule({
  id: 'lone-su',
  aliases: ['SC2117'],
  severity: 'warning',
  preset: 'recommended',
  message: 'The commands after this su do not run as the other user.',
  why: `
    su starts a shell that ends at once, because a build gives it nothing to read; what follows runs as before.
  `,
  instead: 'Set USER for the later instructions, or write su user -c "command".',
  url: 'https://www.shellcheck.net/wiki/SC2117',
  examples: {
    'a shell that ends at once': dockerfile`
      FROM postgres:17
      RUN su postgres && createdb app
          ~~~~~~~~~~~
    `,
    'with a command, or something to read': dockerfile`
      FROM postgres:17
      RUN su postgres -c "createdb app" && su - postgres < /commands.sh && echo id | su postgres
      RUN su postgres ./script.sh
    `,
  },
  visit: {
    Script(script) {
      if (!isReadable(script)) return undefined;
      return script.commands
        .filter(({ name, args, redirects, joint, wrappers }) => {
          if (name !== 'su' || wrappers.length > 0 || joint.startsWith('|')) return false;
          if (redirects.some(({ operator }) => operator.startsWith('<'))) return false;
          const operands = args.filter(({ text }) => !/^-(?:l|m|p)?$|^--login$/.test(text));
          return operands.length === 1 && operands[0]!.literal && !operands[0]!.text.startsWith('-');
        })
        .map((at) => ({ at }));
    },
  },
});
