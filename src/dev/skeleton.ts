/** The text of a new rule file; it passes all checks as it is. */
export const skeleton = (id: string): string => `import { dockerfile, rule } from '../../src/engine/rule.ts';

export default rule({
  id: '${id}',
  aliases: [],
  severity: 'warning',
  preset: 'all',
  message: 'What is wrong, in one sentence.',
  why: \`
    Why it matters, in one sentence that reports show. What else a reader should know.
  \`,
  instead: 'Do this.',
  url: 'https://docs.docker.com/reference/dockerfile/',
  examples: {
    reported: dockerfile\`
      FROM alpine
           ~~~~~~
    \`,
    'not reported': dockerfile\`
      FROM scratch
    \`,
  },
  visit: {
    From: ({ image }) => (image && image.text !== 'scratch' ? { at: image } : undefined),
  },
});
`;
