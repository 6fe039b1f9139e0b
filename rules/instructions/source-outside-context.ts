import { clean, dockerfile, type Finding, rule, type Step } from '../../src/engine/rule.ts';

export default rule({
  id: 'source-outside-context',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  message: 'This source is outside the build context.',
  why: `
    BuildKit drops the leading ../ without an error and copies whatever has the rest of the path in the context; other builders
    stop.
  `,
  instead:
    'Build with a parent folder as the context, or add it with --build-context NAME=.. and copy with --from=NAME.',
  url: 'https://docs.docker.com/build/concepts/context/',
  examples: {
    'a folder beside the context': dockerfile`
      FROM debian:12
      COPY ../shared /shared
           ~~~~~~~~~
    `,
    'a path that stays inside, and one of another stage': dockerfile`
      FROM debian:12 AS a
      COPY src/../shared /shared
      FROM debian:12
      COPY --from=a ../shared /shared
    `,
  },
  visit: {
    Copy: (_, { step }) => judge(step),
    Add: (_, { step }) => judge(step),
  },
});

const judge = ({ takes }: Step): Finding[] =>
  takes
    .filter(
      ({ origin, source, via }) => via === 'copy' && origin.kind === 'context' && /^(?:\.\/)*\.\.(?:\/|$)/.test(source),
    )
    .map(({ at, source }) => ({
      at,
      message: `${source} is outside the build context; BuildKit takes ${clean(`/${source}`)} inside it.`,
    }));
