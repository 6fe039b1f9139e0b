import { dockerfile, rule } from '../../src/engine/rule.ts';

const reserved = new Set(['scratch', 'context']);

export default rule({
  id: 'reserved-stage-name',
  aliases: ['DL3063', 'ReservedStageName'],
  severity: 'warning',
  preset: 'recommended',
  message: 'The stage name is reserved by the builder.',
  why: `
    FROM scratch means the empty image, and context means the build context, so a stage with that name is ambiguous.
  `,
  instead: 'Choose another name, such as base.',
  url: 'https://docs.docker.com/reference/build-checks/reserved-stage-name/',
  examples: {
    'a stage called scratch': dockerfile`
      FROM alpine:3.22 AS scratch
                          ~~~~~~~
    `,
    'in upper case': dockerfile`
      FROM alpine:3.22 AS Context
                          ~~~~~~~
    `,
    'the empty image itself': dockerfile`
      FROM scratch AS empty
      FROM scratch
    `,
  },
  differs: {
    DL3063: [{ why: 'BuildKit compares names in lower case.', only: 'dflint', text: 'FROM debian:12 AS Scratch' }],
  },
  silencing: 'top',
  visit: {
    Stage: ({ name, from }) =>
      name !== undefined && from.name && reserved.has(name.toLowerCase())
        ? { at: from.name, message: `The stage name ${name.toLowerCase()} is reserved by the builder.` }
        : undefined,
  },
});
