import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { allRules } from '../rules/index.ts';
import { enable } from '../src/config/presets.ts';
import { compatibilityPage, readMeasured } from '../src/dev/compatibility.ts';
import { buildkitChecks, deviations } from '../src/dev/deviations.ts';
import { lint } from '../src/engine/lint.ts';
import { hadolintLevels } from '../src/knowledge/linters/hadolint.ts';

test('every code of hadolint and every check of BuildKit has a rule', () => {
  const names = new Set(allRules.flatMap(({ aliases }) => aliases));
  const codes = ['DL1000', 'DL1001', 'DL3057', ...Object.keys(hadolintLevels), ...buildkitChecks];
  // it asks a registry what the image is made for
  expect(codes.filter((code) => !names.has(code))).toEqual(['InvalidBaseImagePlatform']);
});

const examples = Object.entries(deviations).flatMap(([code, list]) =>
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
