import { dockerfile, rule } from '../../src/engine/rule.ts';

export default rule({
  id: 'syntax-error',
  aliases: ['DL1000', 'DL3043', 'DL3061'],
  severity: 'error',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'BuildKit does not read this.',
  why: `
    The build stops before its first step. What is reported here is what BuildKit refuses when it reads the file: unknown
    instructions and flags, missing arguments, here-documents without an end. It cannot be ignored by a comment.
  `,
  instead: 'Write what the message says.',
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
    'a here-document glued to what follows': dockerfile`
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
  visit: {},
});
