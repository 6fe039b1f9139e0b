import { dockerfile, type Finding, type Place, rule } from '../../src/engine/rule.ts';

export default rule({
  id: 'missing-source',
  aliases: [],
  severity: 'error',
  preset: 'recommended',
  message: 'The build context has no such file.',
  why: `
    The build stops at this instruction, unless something makes the file before the build. This needs the build context
    (--context). A pattern that matches nothing and a name that only the build knows are not judged.
  `,
  instead: 'Correct the path: it is relative to the build context, and letter case matters.',
  url: 'https://docs.docker.com/reference/dockerfile/#copy',
  examples: {
    'without a build context nothing is known': dockerfile`
      FROM debian:12
      COPY missing.txt /srv/
    `,
  },
  visit: {
    Copy: (_, place) => judge(place),
    Add: (_, place) => judge(place),
    Run: (_, place) => judge(place),
  },
});

/** A context that has none of the files is that of another Dockerfile; what an ONBUILD copies comes from another build. */
const judge = ({ step, model, onbuild }: Place): Finding[] =>
  onbuild || !model.context
    ? []
    : step.takes
        .filter(({ copied, certain }) => certain && (copied?.missing.length ?? 0) > 0)
        .map(({ at, source }) => ({ at, message: `${source} is not in the build context.` }));
