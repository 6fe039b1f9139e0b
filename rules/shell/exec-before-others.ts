import { dockerfile, rule } from '../../src/engine/rule.ts';
import { isReadable } from '../lib/syntax.ts';

export default rule({
  id: 'exec-before-others',
  aliases: ['SC2093'],
  severity: 'warning',
  preset: 'recommended',
  message: 'Nothing after this exec runs, because the program replaces the shell.',
  why: `
    The commands after it are reached only if the program cannot be started.
  `,
  instead: 'Remove exec, or make it the last command.',
  url: 'https://www.shellcheck.net/wiki/SC2093',
  examples: {
    'a command that never runs': dockerfile`
      FROM debian:12
      CMD exec nginx -g 'daemon off;' && echo stopped
          ~~~~
      CMD exec nginx; tail -f /var/log/nginx.log
          ~~~~
    `,
    'as the last, or without a program': dockerfile`
      FROM debian:12
      RUN exec > /log 2>&1; make
      CMD if [ -f /custom ]; then exec /custom; fi; exec nginx -g 'daemon off;'
      CMD (exec nginx) && echo stopped; exec nginx || exit 1
    `,
  },
  visit: {
    Script(script) {
      if (!isReadable(script)) return undefined;
      const { commands, syntax } = script;
      return commands.flatMap((it) => {
        const exec = it.wrappers[0];
        if (exec?.name !== 'exec' || it.within.length > 0 || syntax.statuses.get(it) === 'last') return [];
        const later = commands.filter((other) => other.span.start > it.span.end && other.within.length === 0);
        const next = later[0];
        const guarded =
          it.joint === '&&' || it.joint === '||' || next?.joint === '||' || next?.joint === '|' || next?.joint === '&';
        return next && !guarded && it.joint !== '|' ? [{ at: exec.word }] : [];
      });
    },
  },
});
