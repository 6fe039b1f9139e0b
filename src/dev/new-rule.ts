import { existsSync, mkdirSync, writeFileSync } from 'node:fs';

/** `npm run new-rule SUBJECT/RULE-ID`: the skeleton of a rule; `npm run generate` then lists it. */
const path = process.argv[2] ?? '';
const [subject, id] = path.split('/');
const file = `rules/${path}.ts`;
if (!subject || !id || !/^[a-z-]+\/[a-z-]+$/.test(path)) {
  console.error('usage: npm run new-rule SUBJECT/RULE-ID, such as layers/consecutive-run');
  process.exitCode = 2;
} else if (existsSync(file)) {
  console.error(`${file} is there already`);
  process.exitCode = 2;
} else {
  mkdirSync(`rules/${subject}`, { recursive: true });
  writeFileSync(
    file,
    `import { dockerfile, rule } from '../engine/rule.ts';

export default rule({
  id: '${id}',
  aliases: [],
  severity: 'warning',
  preset: 'all',
  message: 'What is wrong, in one sentence.',
  why: \`
    Why it matters, in one sentence that stands on the screen. What else a reader should know.
  \`,
  instead: 'What to write.',
  url: 'https://docs.docker.com/reference/dockerfile/',
  examples: {
    'speaks': dockerfile\`
      FROM alpine
           ~~~~~~
    \`,
    'is silent': dockerfile\`
      FROM scratch
    \`,
  },
  visit: {
    From: ({ image }) => (image && image.text !== 'scratch' ? { at: image } : undefined),
  },
});
`,
  );
  console.log(`${file}: write it, then npm run generate && npm test`);
}
