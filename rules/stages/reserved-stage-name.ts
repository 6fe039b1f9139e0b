import { dockerfile, rule } from '../../src/engine/rule.ts';

const reserved = new Set(['scratch', 'context']);

export default rule({
  id: 'reserved-stage-name',
  aliases: ['DL3063', 'ReservedStageName'],
  severity: 'warning',
  preset: 'recommended',
  message: 'The name of the stage has a meaning of its own for the builder.',
  why: `
    FROM scratch is the empty image, and context is the build context; a stage of that name cannot be told from it.
  `,
  instead: 'Another name, such as base.',
  url: 'https://docs.docker.com/reference/build-checks/reserved-stage-name/',
  examples: {
    'a stage called scratch': dockerfile`
      FROM alpine:3.22 AS scratch
                          ~~~~~~~
    `,
    'in capitals': dockerfile`
      FROM alpine:3.22 AS Context
                          ~~~~~~~
    `,
    'the empty image itself': dockerfile`
      FROM scratch AS empty
      FROM scratch
    `,
  },
  differs: {
    DL3063: [{ why: 'BuildKit compares names in small letters.', only: 'dflint', text: 'FROM debian:12 AS Scratch' }],
  },
  silencing: 'top',
  visit: {
    Stage: ({ name, from }) =>
      name !== undefined && from.name && reserved.has(name.toLowerCase())
        ? { at: from.name, message: `The name ${name.toLowerCase()} has a meaning of its own for the builder.` }
        : undefined,
  },
});
