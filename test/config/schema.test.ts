import { Validator } from '@cfworker/json-schema';
import { describe, expect, test } from 'vitest';
import { allRules } from '../../rules/index.ts';
import { configSchema, ruleSchema } from '../../src/config/schema.ts';

const schema = configSchema(allRules);
const published = new Validator(schema, '2020-12');
const isValid = (config: unknown): boolean => published.validate(config).valid;

describe('the schema that is published', () => {
  test.for(allRules.map((rule) => [rule.id, rule] as const))('says of %s what a config is checked with', ([, rule]) => {
    const options = Object.fromEntries(Object.entries(rule.options ?? {}).map(([name, it]) => [name, it.default]));
    const wrong = Object.fromEntries(Object.keys(options).map((name) => [name, { no: 'value' }]));
    const alone = new Validator(ruleSchema(rule), '2020-12');
    for (const value of ['off', 'wrning', 1, {}, { severity: 'info' }, { severity: 'no' }, { no: 1 }, options, wrong]) {
      const expected = alone.validate(value).valid;
      for (const name of [rule.id, ...rule.aliases]) expect(isValid({ rules: { [name]: value } })).toBe(expected);
    }
  });

  test('says the same of what is no rule', () => {
    expect(isValid({ rules: { SC9999: 'off', 'shellcheck/SC9999': 'info' }, preset: 'all' })).toBe(true);
    expect(isValid({ rules: { SC9999: 'nope' } })).toBe(false);
    expect(isValid({ presets: 'all' })).toBe(false);
  });

  test('is small enough for an editor to load at each start', () => {
    expect(JSON.stringify(schema).length).toBeLessThan(54_000);
  });
});
