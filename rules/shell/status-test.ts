import { dockerfile, rule } from '../../src/engine/rule.ts';
import { isReadable } from '../lib/syntax.ts';

export default rule({
  id: 'status-test',
  aliases: ['SC2181'],
  severity: 'style',
  preset: 'all',
  message: 'The status is compared in a second step, but if can test the command itself.',
  why: `
    A command in between changes $?, and with set -e the test is not reached after a failure.
  `,
  instead: 'Write if command; then …; fi, or command || ….',
  url: 'https://www.shellcheck.net/wiki/SC2181',
  examples: {
    'a status that is compared': dockerfile`
      FROM debian:12
      RUN make test; if [ $? -ne 0 ]; then cat log; exit 1; fi
                          ~~
    `,
    'the command itself, or the status kept': dockerfile`
      FROM debian:12
      RUN if ! make test; then cat log; exit 1; fi
      RUN make test; status=$?; cat log; exit $status
    `,
  },
  visit: {
    Script(script) {
      if (!isReadable(script)) return undefined;
      return script.syntax.expansions
        .filter(({ name, kind, word }) => {
          if (kind !== 'variable' || name !== '?') return false;
          if (word.context === 'test') return true;
          const { command: owner } = word;
          if (owner?.name !== '[' && owner?.name !== 'test') return false;
          // 1 and more may be told apart
          return (
            owner.args.some(({ text }) => text === '0') &&
            owner.args.every(({ text }) => text !== '-a' && text !== '-o')
          );
        })
        .map((at) => ({ at }));
    },
  },
});
