import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { allRules } from '../rules/index.ts';
import { type Case, compare, found, loadCases } from '../src/dev/cases.ts';
import { ruleFiles } from '../src/dev/registry.ts';
import { original } from '../src/engine/example.ts';

test('every rule file is registered, and named after its rule', () => {
  const names = ruleFiles().map((path) => path.slice(path.indexOf('/') + 1));
  expect(allRules.map(({ id }) => id)).toEqual(names);
});

test('every file of cases is for a rule', () => {
  const ids = readdirSync('test/rules').map((name) => name.replace(/\.ts$/, ''));
  expect(ids.filter((id) => !allRules.some((rule) => rule.id === id))).toEqual([]);
});

test('no name is used twice', () => {
  const names = allRules.flatMap(({ id, aliases }) => [id, ...aliases].map((name) => name.toLowerCase()));
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

const all = await Promise.all(allRules.map(async (rule) => ({ rule, more: await loadCases(rule.id) })));
describe.for(all.map((it) => [it.rule.id, it] as const))('%s', ([, { rule, more }]) => {
  test.for(Object.entries({ ...rule.examples, ...more }))('%s', ([, it]) => {
    const { expected, actual } = compare(rule, it);
    expect(actual).toBe(expected);
  });

  test('no caption is used twice', () => {
    expect(Object.keys(more).filter((caption) => caption in rule.examples)).toEqual([]);
  });

  test('is shown both speaking and silent', () => {
    const shown: (string | Case)[] = [...Object.values(rule.examples), ...Object.values(more)];
    const speaks = shown.map((it) => {
      const given = typeof it === 'string' ? { text: it } : it;
      return found(rule, original(given.text), given).diagnostics.length > 0;
    });
    expect(new Set(speaks)).toEqual(new Set([true, false]));
  });

  test('speaks in whole sentences', () => {
    const reported = Object.values(rule.examples).flatMap((it) => found(rule, original(it)).diagnostics);
    for (const sentence of [rule.message, rule.instead, rule.why.trim(), ...reported.map(({ message }) => message)]) {
      expect(sentence).toMatch(/^\S.*[.]$/s);
    }
  });
});
