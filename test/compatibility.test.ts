import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { allRules } from '../rules/index.ts';
import { enable } from '../src/config/presets.ts';
import { compatibilityPage, deviationsOf, hadolintCodes, readMeasured } from '../src/dev/compatibility.ts';
import { lint } from '../src/engine/lint.ts';
import { buildkitChecks } from '../src/knowledge/linters/buildkit.ts';

test('every code of hadolint and every check of BuildKit has a rule', () => {
  const names = new Set(allRules.flatMap(({ aliases }) => aliases));
  const codes = [...hadolintCodes, ...buildkitChecks];
  // it asks a registry what the image is made for
  expect(codes.filter((code) => !names.has(code))).toEqual(['InvalidBaseImagePlatform']);
});

test('a rule explains its own codes', () => {
  const foreign = allRules.flatMap(({ id, aliases, differs = {}, notRecommended = {} }) =>
    [...Object.keys(differs), ...Object.keys(notRecommended)].flatMap((code) =>
      aliases.includes(code) ? [] : `${id}: ${code}`,
    ),
  );
  expect(foreign).toEqual([]);
});

const examples = Object.entries(deviationsOf(allRules)).flatMap(([code, list]) =>
  list.flatMap(({ why, text, only }) => (text ? [[`${code}: ${why}`, code, text, only === 'dflint'] as const] : [])),
);

test.for(examples)('%s', ([, code, text, speaks]) => {
  const enabled = enable(allRules, 'all', { levels: new Map([[code.toLowerCase(), 'info']]) });
  const found = lint(text, enabled, { rules: allRules }).diagnostics.some(({ aliases }) => aliases.includes(code));
  expect(found).toBe(speaks);
});

test('the page is fresh', () => {
  expect(readFileSync('docs/compatibility.md', 'utf8')).toBe(compatibilityPage(allRules, readMeasured()));
});
