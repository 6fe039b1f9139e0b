import { dockerfile, type Finding, type Place, rule } from '../../src/engine/rule.ts';

export default rule({
  id: 'ignored-source',
  aliases: ['CopyIgnoredFile'],
  severity: 'error',
  preset: 'recommended',
  message: 'The ignore file excludes this source.',
  why: `
    What .dockerignore excludes is not sent to the builder, so the build does not find it; a pattern such as *.log silently
    copies nothing. This needs the build context (--context). A folder of which a part remains is not reported.
  `,
  instead: 'Add a line to .dockerignore that includes it again, such as !dist, or copy another source.',
  url: 'https://docs.docker.com/reference/build-checks/copy-ignored-file/',
  examples: {
    'the ignore file does not apply to stages and downloads': dockerfile`
      FROM node:22 AS build
      WORKDIR /app
      COPY . .
      RUN npm run build
      FROM nginx:1.29
      COPY --from=build /app/dist /usr/share/nginx/html
    `,
  },
  differs: {
    CopyIgnoredFile: [{ why: 'Patterns with !, globs and a leading slash are understood. It needs --context.' }],
  },
  visit: {
    Copy: (_, place) => judge(place),
    Add: (_, place) => judge(place),
    Run: (_, place) => judge(place),
  },
});

/** What an ONBUILD copies comes from the context of another build. */
const judge = ({ step, model, onbuild }: Place): Finding[] =>
  (onbuild ? [] : step.takes).flatMap(({ at, source, via, copied }): Finding[] => {
    const pattern = copied?.ignored[0]?.pattern;
    if (!pattern) return [];
    const where = `line ${pattern.line} of ${model.options.context?.ignoreFile?.path ?? '.dockerignore'}`;
    const message = `${source} is excluded by the pattern ${pattern.raw}, ${where}.`;
    return [{ at, aliases: via === 'copy' ? ['CopyIgnoredFile'] : [], message }];
  });
