import { dockerfile, rule } from '../../src/engine/rule.ts';

export default rule({
  id: 'unread-heredoc',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  message: 'No command reads these here-documents.',
  why: `
    The shell runs nothing, and the build goes on. A single here-document after RUN is the script; with several, the shell gets
    redirections without a command.
  `,
  instead: 'Write one RUN for each here-document.',
  url: 'https://docs.docker.com/reference/dockerfile/#here-documents',
  examples: {
    'two scripts': dockerfile`
      FROM python:3.13
      RUN <<ONE <<TWO
          ~~~~~~~~~~~
      pip install flask==3.0.3
      ONE
      pip check
      TWO
    `,
    'a script, and a command that reads two': dockerfile`
      FROM python:3.13
      RUN <<ONE
      pip check
      ONE
      RUN cat <<A /dev/fd/3 3<<B
      one
      A
      two
      B
    `,
  },
  visit: {
    Run({ command, heredocs }) {
      if (command?.kind !== 'ShellForm' || heredocs.length < 2) return undefined;
      const { raw, span } = command;
      const openers = heredocs.map(({ opener }) => raw.slice(opener.start - span.start, opener.end - span.start));
      // nothing but the openers and blanks between them
      return bare(raw) === bare(openers.join('')) ? { at: command } : undefined;
    },
  },
});

const bare = (text: string): string => text.replace(/\s/g, '');
