import { describe, expect, test } from 'vitest';
import { allRules } from '../rules/index.ts';
import { ruleFiles } from '../src/dev/registry.ts';
import { fixed, mark, original, plain } from '../src/engine/example.ts';
import { lint } from '../src/engine/lint.ts';
import type { Rule } from '../src/engine/rule.ts';

const found = (text: string, rule: Rule) => lint(text, [{ rule, severity: rule.severity }], allRules).diagnostics;

test('every rule file is registered, and named after its rule', () => {
  const names = ruleFiles().map((path) => path.slice(path.indexOf('/') + 1));
  expect(allRules.map(({ id }) => id)).toEqual(names);
});

test('no name is used twice', () => {
  const names = allRules.flatMap(({ id, aliases }) => [id, ...aliases]);
  expect(
    names.filter((name, index) => names.indexOf(name) !== index && name !== 'MultipleInstructionsDisallowed'),
  ).toEqual([]);
});

describe.for([...allRules])('$id', (rule) => {
  test.for(Object.entries(rule.examples))('%s', ([, example]) => {
    const marked = plain(example)
      .split('\n')
      .map((line) => line.trimEnd());
    expect(mark(original(example), found(original(example), rule))).toBe(marked.join('\n'));
    // a fix is not offered a second time where it was applied
    expect(found(fixed(example), rule).filter(({ fix }) => fix)).toEqual([]);
  });

  test('is shown both speaking and silent', () => {
    const speaks = Object.values(rule.examples).map((example) => found(original(example), rule).length > 0);
    expect(new Set(speaks)).toEqual(new Set([true, false]));
  });

  test('speaks in whole sentences', () => {
    const reported = Object.values(rule.examples).flatMap((example) => found(original(example), rule));
    for (const sentence of [rule.message, rule.instead, rule.why.trim(), ...reported.map(({ message }) => message)]) {
      expect(sentence).toMatch(/^[\w$/"'.].*[.]$/s);
    }
  });
});
