import { dockerfile, rule } from '../../src/engine/rule.ts';

export default rule({
  id: 'no-stage',
  aliases: [],
  severity: 'error',
  preset: 'recommended',
  always: true,
  message: 'There is no FROM, so nothing is built.',
  why: `
    BuildKit reads such a file and stops, as there is no stage in it. A file that it does not even read has a syntax error instead.
  `,
  instead: 'FROM with the image to begin with.',
  url: 'https://docs.docker.com/reference/dockerfile/#from',
  examples: {
    'arguments alone': dockerfile`
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
