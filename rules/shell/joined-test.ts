import { dockerfile, rule } from '../../src/engine/rule.ts';
import { isReadable } from '../lib/syntax.ts';

export default rule({
  id: 'joined-test',
  aliases: ['SC2166'],
  severity: 'info',
  preset: 'all',
  message: 'Tests are joined with -a or -o inside the brackets.',
  why: `
    POSIX no longer has -a and -o in [ … ], because a value such as ( or ! makes them ambiguous.
  `,
  instead: 'Write [ … ] && [ … ], or [ … ] || [ … ].',
  url: 'https://www.shellcheck.net/wiki/SC2166',
  examples: {
    'joined inside': dockerfile`
      FROM debian:12
      RUN if [ -f /a -a -f /b ]; then touch /c; fi
                     ~~
    `,
    'joined outside': dockerfile`
      FROM debian:12
      RUN if [ -f /a ] && [ -f /b ]; then touch /c; fi
    `,
  },
  visit: {
    Command({ name, args }, { step }) {
      if ((name !== '[' && name !== 'test') || !step.script || !isReadable(step.script)) return undefined;
      return args.filter(({ raw }, index) => index > 1 && (raw === '-a' || raw === '-o')).map((at) => ({ at }));
    },
  },
});
