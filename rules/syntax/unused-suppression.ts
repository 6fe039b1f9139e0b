import { closest, dockerfile, type Finding, rule, type UnusedName } from '../../src/engine/rule.ts';
import { retiredCodes } from '../../src/knowledge/linters/hadolint.ts';

export default rule({
  id: 'unused-suppression',
  aliases: [],
  severity: 'info',
  preset: 'recommended',
  always: true,
  message: 'This comment silences nothing.',
  why: `
    A comment that ignores what is no longer reported hides the next real finding. Comments for other tools are left alone, as
    they may still be needed there.
  `,
  instead: 'Remove the name, or the comment.',
  url: 'https://docs.docker.com/reference/dockerfile/#format',
  examples: {
    'a rule that does not exist': dockerfile`
      # dflint ignore=unpined-base-image
                      ~~~~~~~~~~~~~~~~~~
      FROM alpine:3.22
    `,
    'a comment for another tool': dockerfile`
      # hadolint ignore=SC2086
      FROM alpine:3.22
    `,
  },
  visit: {
    UnusedName(unused, { all, on, checks }) {
      const { name, dialect } = unused;
      if (dialect === 'shellcheck') return undefined;
      if (name === 'all') return dialect === 'dflint' ? idle(unused) : undefined;
      if (dialect === 'buildkit') return checks.has(name) ? undefined : unknown(unused, checks);
      // these may be meant for hadolint or ShellCheck
      if (retiredCodes.has(name.toUpperCase()) || name.startsWith('sc')) return undefined;
      if (!all.has(name)) return unknown(unused, all);
      return dialect === 'dflint' && on.has(name) ? idle(unused) : undefined;
    },
  },
});

const idle = ({ name, span }: UnusedName): Finding => ({
  at: span,
  message:
    name === 'all'
      ? 'Nothing is reported here, so this comment is not needed.'
      : `${name} reports nothing here, so this comment does not need it.`,
});

function unknown({ name, span }: UnusedName, known: ReadonlySet<string>): Finding {
  const near = closest(name, [...known]);
  // codes are written in capitals
  const shown = /^(?:dl|sc)\d/.test(name) ? name.toUpperCase() : name;
  return {
    at: span,
    message: `There is no rule ${shown}${near ? `; ${near} is likely meant` : ''}.`,
    why: 'What it was meant to silence is still reported.',
    instead: near ? `Write ${near} if it was meant, or remove the name.` : 'Remove the name, or the comment.',
  };
}
