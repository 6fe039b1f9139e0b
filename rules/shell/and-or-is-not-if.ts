import { type Command, dockerfile, rule } from '../../src/engine/rule.ts';
import { isReadable } from '../lib/syntax.ts';

/** As the last part they mean that a failure of any part is forgiven, or final. */
const finals: ReadonlySet<string> = new Set(['true', ':', 'false', 'exit', 'return', 'kill', 'continue', 'break']);
/** As the middle part they cannot fail. */
const sure: ReadonlySet<string> = new Set(['echo', 'printf', 'true', ':', 'exit', 'return', 'export', 'set', 'unset']);

export default rule({
  id: 'and-or-is-not-if',
  aliases: ['SC2015'],
  severity: 'info',
  preset: 'strict',
  message: 'The part after || also runs if the part after && fails.',
  why: `
    a && b || c is not "if a then b else c": c also runs if b fails. If b cannot fail, or c only forgives the failure or ends
    the script (true, exit 1), nothing is reported.
  `,
  instead: 'Write if a; then b; else c; fi.',
  url: 'https://www.shellcheck.net/wiki/SC2015',
  examples: {
    'an else that is not one': dockerfile`
      FROM debian:12
      RUN [ -f /etc/app.conf ] && install-config /etc/app.conf || install-defaults
                                                               ~~
    `,
    'nothing to mistake': dockerfile`
      FROM debian:12
      RUN command -v apt-get && apt-get update || true
      RUN [ -f /etc/app.conf ] && echo found || install-defaults
      RUN if grep -q x /a && grep -q x /b || grep -q x /c; then touch /d; fi
    `,
  },
  visit: {
    Script(script) {
      if (!isReadable(script)) return undefined;
      return script.syntax.lists.flatMap(({ operators, parts, condition }) => {
        const index = operators.findIndex((it, i) => it === '&&' && operators[i + 1] === '||');
        if (condition || index < 0 || operators.length !== index + 2) return [];
        const [middle, last] = [parts[index + 1]!, parts[index + 2]!];
        if (isSure(middle.command) || (last.command?.name !== undefined && finals.has(last.command.name))) return [];
        const at = last.command?.jointSpan ?? last.span;
        return [{ at }];
      });
    },
  },
});

const isSure = (it: Command | undefined): boolean =>
  it !== undefined && (it.name === undefined ? it.word.text === '' : sure.has(it.name));
