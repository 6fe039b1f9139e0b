import { dockerfile, rule } from '../../src/engine/rule.ts';

export default rule({
  id: 'no-stage',
  aliases: [],
  severity: 'error',
  preset: 'recommended',
  always: true,
  message: 'There is no FROM, so nothing is built.',
  why: `
    BuildKit stops, as the file has no stage. A file that BuildKit cannot parse has a syntax error instead.
  `,
  instead: 'Add FROM with a base image.',
  url: 'https://docs.docker.com/reference/dockerfile/#from',
  examples: {
    'only arguments': dockerfile`
      ARG VERSION=1.2
      ~~~~~~~~~~~~~~~
    `,
    'a stage': dockerfile`
      ARG VERSION=3.22
      FROM alpine:$VERSION
    `,
  },
  visit: {
    File({ stages, globals, file }) {
      const only = stages.length === 0 && globals.length === file.instructions.length;
      return only && globals[0] ? { at: globals[0].instruction } : undefined;
    },
  },
});
