import { baseName, dockerfile, rule, shOf } from '../../src/engine/rule.ts';

export default rule({
  id: 'refused-shell-option',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  message: 'The sh of this image does not have the option pipefail.',
  why: `
    Every RUN after it fails: on Debian and Ubuntu, sh is dash, which stops with "Illegal option -o pipefail". The sh of Alpine
    and of Red Hat's images has the option.
  `,
  instead: 'Write SHELL ["/bin/bash", "-o", "pipefail", "-c"].',
  url: 'https://docs.docker.com/reference/dockerfile/#shell',
  fix: 'suggestion',
  examples: {
    dash: dockerfile`
        FROM debian:12
      - SHELL ["/bin/sh", "-o", "pipefail", "-c"]
                                ~~~~~~~~~~
      + SHELL ["/bin/bash", "-o", "pipefail", "-c"]
    `,
    'bash, and the sh of Alpine': dockerfile`
      FROM debian:12
      SHELL ["/bin/bash", "-o", "pipefail", "-c"]
      FROM alpine:3.22
      SHELL ["/bin/sh", "-eo", "pipefail", "-c"]
    `,
  },
  visit: {
    Shell({ command }, place) {
      if (command?.kind !== 'ExecForm') return undefined;
      const [shell] = command.items;
      if (!shell || baseName(shell.text) !== 'sh' || shOf(place) !== 'dash') return undefined;
      const at = command.items.find(({ text }, index) => {
        const before = command.items[index - 1]?.text;
        return text === 'pipefail' && before !== undefined && /^-[a-z]*o$/.test(before);
      });
      const fix = { title: 'Write bash', edits: [{ span: shell.span, text: '"/bin/bash"' }] };
      return at && { at, fix };
    },
  },
});
