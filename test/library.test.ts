import { expect, test } from 'vitest';
import { defineRule, fix, lint, type Rule } from '../src/index.ts';

const rules = (text: string, options?: Parameters<typeof lint>[1]): string[] =>
  lint(text, options).diagnostics.map(({ rule, severity }) => `${severity} ${rule}`);

test('levels by id or alias, with or without options', () => {
  const text = 'FROM alpine\nADD a.sh /\n';
  expect(rules(text)).toEqual(['warning unpinned-base-image', 'style add-local-file']);
  expect(rules(text, { rules: { DL3006: 'off', 'add-local-file': { severity: 'info' } } })).toEqual([
    'info add-local-file',
  ]);
});

/** A rule that somebody else wrote. */
const shout: Rule = defineRule({
  id: 'quiet-echo',
  aliases: [],
  severity: 'info',
  preset: 'recommended',
  message: 'This is said too quietly.',
  why: 'Nobody hears it.',
  instead: 'Capitals.',
  url: 'https://example.com',
  examples: {},
  options: { words: { describe: 'What to look for.', schema: { type: 'array' }, default: ['hello'] } },
  visit: ({ words }) => ({
    Command: ({ name, args }) =>
      name === 'echo' ? args.filter(({ text }) => words.includes(text)).map((at) => ({ at })) : undefined,
  }),
});

test('rules of your own, with their options', () => {
  const text = 'FROM alpine:3.22\nRUN echo hello && echo goodbye\n';
  expect(rules(text, { plugins: [shout] })).toEqual(['info quiet-echo']);
  expect(rules(text, { plugins: [shout], rules: { 'quiet-echo': { words: ['goodbye', 'hello'] } } })).toHaveLength(2);
  expect(rules(`# dflint ignore-file=quiet-echo\n${text}`, { plugins: [shout] })).toEqual([]);
});

test('one with the id of a built-in rule takes its place', () => {
  const mine: Rule = { ...shout, id: 'add-local-file', visit: {} };
  expect(rules('FROM alpine:3.22\nADD a.sh /\n', { plugins: [mine] })).toEqual([]);
});

test('fixes, safe ones or suggestions too', () => {
  const text = 'FROM alpine:3.22\nADD a.sh /\nMAINTAINER me\n';
  const { text: safe, applied, result } = fix(text);
  expect(safe).toBe(text.replace('ADD', 'COPY'));
  expect(applied.map(({ rule }) => rule)).toEqual(['add-local-file']);
  expect(result.diagnostics.map(({ rule }) => rule)).toEqual(['maintainer']);
  expect(fix(text, 'suggestion').result.diagnostics).toEqual([]);
});
