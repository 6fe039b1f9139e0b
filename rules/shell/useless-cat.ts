import { dockerfile, rule } from '../../src/engine/rule.ts';
import { isReadable } from '../lib/syntax.ts';

export default rule({
  id: 'useless-cat',
  aliases: ['SC2002'],
  severity: 'style',
  preset: 'all',
  message: 'cat only passes on one file, which the next command can read itself.',
  why: `
    It is one more process, and without pipefail a missing file goes unnoticed. Several files are what cat is for.
  `,
  instead: 'Write command file, or command < file.',
  url: 'https://www.shellcheck.net/wiki/SC2002',
  examples: {
    'one file': dockerfile`
      FROM debian:12
      RUN cat /etc/passwd | cut -d: -f1 > /users
          ~~~~~~~~~~~~~~~
    `,
    'several files, options, no pipe': dockerfile`
      FROM debian:12
      RUN cat /etc/passwd /etc/group | cut -d: -f1 > /names && cat -n /names | tail && cat /names && cat "$@" | tail
    `,
  },
  visit: {
    Script(script) {
      if (!isReadable(script)) return undefined;
      const { commands } = script;
      return commands.flatMap((it, index) => {
        const [file, ...more] = it.args;
        if (it.name !== 'cat' || !file || more.length > 0 || it.redirects.length > 0 || it.wrappers.length > 0)
          return [];
        const single =
          !/^-|[*?[{@]|\$\(/.test(file.text) && (file.literal || /^"?\$/.test(file.raw) || /\$/.test(file.raw));
        const first = !commands.slice(0, index).some((other) => other.pipeline === it.pipeline);
        const piped = commands.some((other) => other.pipeline === it.pipeline && other !== it && other.joint === '|');
        return single && first && piped ? [{ at: it }] : [];
      });
    },
  },
});
