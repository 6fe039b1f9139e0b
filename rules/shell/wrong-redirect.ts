import { type Command, dockerfile, type Finding, rule } from '../../src/engine/rule.ts';
import { isReadable } from '../lib/syntax.ts';

export default rule({
  id: 'wrong-redirect',
  aliases: ['SC2069', 'SC2210', 'SC2094'],
  severity: 'warning',
  preset: 'recommended',
  message: 'This redirection does not do what it looks like.',
  why: `
    Redirections take effect from left to right before the command starts: errors go where the output went at that moment, a
    number without & is the name of a file, and a file that is opened for writing is emptied before it is read.
  `,
  instead: 'Write >file 2>&1 in this order, >&2 for the errors, or another file that you then rename with mv.',
  url: 'https://www.shellcheck.net/wiki/SC2069',
  examples: {
    'errors that still go to the log': dockerfile`
      FROM debian:12
      RUN make 2>&1 >/dev/null
               ~~~~
    `,
    'a file called 1': dockerfile`
      FROM debian:12
      RUN make 2>1
               ~~~
    `,
    'a file that is emptied before it is read': dockerfile`
      FROM debian:12
      RUN sed s/a/b/ /etc/app.conf > /etc/app.conf
                                   ~~~~~~~~~~~~~~~
    `,
    'as it was meant': dockerfile`
      FROM debian:12
      RUN make >/dev/null 2>&1 && make 2>&1 >/dev/null | grep warning && make > log 2>&1 && make > 1.log
      RUN sed s/a/b/ /etc/app.conf > /tmp/app.conf && echo /etc/app.conf >> /etc/app.conf
    `,
  },
  visit: {
    Script(script) {
      if (!isReadable(script)) return undefined;
      const { commands } = script;
      return commands.flatMap((it) => {
        const next = script.piped(it).findLast(({ joint }) => joint.startsWith('|'));
        const piped = next !== undefined && next.span.start > it.span.start;
        return [...(piped ? [] : order(it)), ...digits(it), ...overwritten(it)];
      });
    },
  },
});

function order({ redirects }: Command): Finding[] {
  const errors = redirects.findIndex(
    ({ operator, descriptor, target }) => operator === '>&' && descriptor === 2 && target?.text === '1',
  );
  const after = redirects.slice(errors + 1);
  const later = after.some(({ operator, descriptor }) => /^>{1,2}$/.test(operator) && (descriptor ?? 1) === 1);
  const message = 'The errors go where the output went before, because > comes after 2>&1.';
  const why = 'Redirections take effect from left to right, so 2>&1 does not follow a later >.';
  const instead = 'Write 2>&1 last, as in >file 2>&1.';
  return errors >= 0 && later ? [{ at: redirects[errors]!, aliases: ['SC2069'], message, why, instead }] : [];
}

/** Words that are no names of files: a descriptor without its &, a version without quotes. */
function digits({ redirects }: Command): Finding[] {
  return redirects.flatMap((at): Finding[] => {
    const { operator, target } = at;
    if (!target || !/^(?:>{1,2}|<)$/.test(operator)) return [];
    const verb = operator === '<' ? 'reads' : 'writes to';
    const message = `This ${verb} a file called ${target.text}.`;
    if (/^\d+$/.test(target.raw))
      return [
        {
          at,
          aliases: ['SC2210'],
          message,
          why: 'A number without & is the name of a file, and > and < do not compare numbers.',
          instead: `Write ${operator[0]}&${target.raw} for the descriptor, or -gt and -lt to compare numbers.`,
        },
      ];
    const attached = at.span.end - at.span.start === operator.length + target.raw.length;
    const version = attached && /^(?:=\S*|\d+(?:\.\d+)+\S*)$/.test(target.raw) && !/\.[a-z]+$/.test(target.raw);
    const why = 'Without quotes the shell takes > and < for a redirection, so the command does not get the version.';
    return version ? [{ at, aliases: [], message, why, instead: 'Put quotes around the name and its version.' }] : [];
  });
}

/** Programs that only print their arguments, or read them before they write. */
const harmless: ReadonlySet<string> = new Set([
  'echo',
  'printf',
  'touch',
  'ls',
  'test',
  '[',
  'sponge',
  'basename',
  'dirname',
  'ln',
  'chmod',
  'chown',
  'rm',
  'mkdir',
  'export',
]);

function overwritten({ name, args, redirects }: Command): Finding[] {
  if (name === undefined || harmless.has(name)) return [];
  return redirects
    .filter(
      ({ operator, target }) => operator === '>' && target?.text.includes('/') && !target.text.startsWith('/dev/'),
    )
    .filter(({ target }) => args.some(({ text }) => text === target!.text))
    .map((at) => ({
      at,
      aliases: ['SC2094'],
      message: `${at.target!.text} is emptied before ${name} reads it.`,
      why: 'The shell opens the file for writing before it starts the command.',
      instead: 'Write to another file, then rename it with mv.',
    }));
}
