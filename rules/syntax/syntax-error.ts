import { dockerfile, replace, rule } from '../../src/engine/rule.ts';

/** hadolint's codes for errors that it tells apart. */
const codes = { 'before-from': 'DL3061', trigger: 'DL3043' } as const;

export default rule({
  id: 'syntax-error',
  aliases: ['DL1000', 'DL3043', 'DL3061'],
  severity: 'error',
  preset: 'recommended',
  always: true,
  fix: 'suggestion',
  message: 'BuildKit cannot read this.',
  why: `
    The build stops before its first step. BuildKit refuses this when it reads the file: unknown instructions and flags, missing
    arguments, here-documents without an end. A comment cannot ignore it.
  `,
  instead: 'Correct what the message names.',
  messageOnly: true,
  url: 'https://docs.docker.com/reference/dockerfile/',
  examples: {
    'a mistyped instruction': dockerfile`
        FROM alpine:3.22
      - RUM apk add curl
        ~~~
      + RUN apk add curl
    `,
    'a mistyped flag': dockerfile`
        FROM alpine:3.22
      - COPY --form=build /app /app
               ~~~~
      + COPY --from=build /app /app
    `,
    'a here-document without a space after it': dockerfile`
        FROM alpine:3.22
      - RUN cat <<EOF>/etc/motd
                ~~~~~~~~~~~~~~~
      + RUN cat <<EOF >/etc/motd
        Hello
        EOF
    `,
    'what BuildKit accepts, however odd': dockerfile`
      from alpine:3.22
      RUN [ -f /etc/passwd ] && echo yes
    `,
  },
  differs: {
    DL1000: [
      {
        why: 'All errors are reported, each at its place, and the rest of the file is linted too.',
        only: 'dflint',
        text: 'FROM debian:12\nSHELL bash',
      },
      {
        why: 'What BuildKit reads is not an error: a here-document right before another instruction, sctp, current flags.',
        only: 'hadolint',
        text: 'FROM debian:12\nRUN <<EOF\ntrue\nEOF\nUSER 1',
      },
      { why: 'An empty file, or one with only comments, builds nothing.', only: 'dflint', text: '# no instruction' },
    ],
  },
  silencing: 'never',
  visit: {
    File: ({ file }) =>
      file.errors.map(({ span, message, meant, kind }) => ({
        at: span,
        message,
        aliases: [kind ? codes[kind] : 'DL1000'],
        ...(meant !== undefined && !isStillMissing(meant) && { fix: replace(span, meant, `Write ${meant}`) }),
      })),
    Checks: ({ problems }) => problems.map(({ span, message }) => ({ at: span, message, aliases: ['DL1000'] })),
  },
});

/** With a blank of another kind in the name, an equals sign at its end changes nothing. */
const isStillMissing = (meant: string): boolean => meant.endsWith('=') && /[^\S \t]/.test(meant);
