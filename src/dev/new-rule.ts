import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { skeleton } from './skeleton.ts';

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
  writeFileSync(file, skeleton(id));
  console.log(`${file}: write it, then npm run generate && npm test`);
}
