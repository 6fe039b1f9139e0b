import type { Rule } from '../engine/rule.ts';
import { formatNames } from '../report/format-names.ts';
import { type ConfigProblem, failLevels, noConfig, type ReadConfig } from './config.ts';
import { type ConfigDocument, readDocument } from './document.ts';
import { isRuleName, levelName, ruleNamed, unknownRule } from './names.ts';
import { type Level, presets, ruleLevels } from './presets.ts';
import { configSchema, ruleSchema } from './schema.ts';
import { validate } from './validate.ts';

/**
 * Reads a config file of dflint. `under` is the key under which it stands (`dflint` in a package.json). Every mistake is a
 * problem with its place; the config is then what could be read.
 */
export function readConfig(text: string, rules: readonly Rule[], under?: string): ReadConfig {
  const document = readDocument(text);
  if (document.problems.length > 0) return { config: noConfig, problems: document.problems };
  const path = under === undefined ? [] : [under];
  const value = under === undefined ? document.value : (document.value as Record<string, unknown>)[under];
  if (value === undefined || value === null) return { config: noConfig, problems: [] };
  const { rules: _, ...schema } = configSchema([])['properties'] as Record<string, object>;
  const problems = validate(document, path, value, {
    type: 'object',
    properties: { ...schema, rules: { type: 'object' } },
    additionalProperties: false,
  });
  const given = value as Record<string, unknown>;
  const named = given['rules'];
  const isMap = typeof named === 'object' && named !== null && !Array.isArray(named);
  const changes = readRules(document, [...path, 'rules'], isMap ? (named as Record<string, unknown>) : {}, rules);
  return {
    config: {
      levels: changes.levels,
      options: changes.options,
      preset: among(presets, given['preset']),
      failOn: among(failLevels, given['fail-on']),
      format: among(formatNames, given['format']),
      shellcheck: among([true, false], given['shellcheck']),
      comments: among([true, false], given['ignore-comments']),
      context: typeof given['context'] === 'string' ? given['context'] : undefined,
    },
    problems: [...problems, ...changes.problems],
  };
}

const among = <T>(known: readonly T[], value: unknown): T | undefined => known.find((it) => it === value);

function readRules(
  document: ConfigDocument,
  path: readonly string[],
  given: Readonly<Record<string, unknown>>,
  rules: readonly Rule[],
) {
  const levels = new Map<string, Level>();
  const options = new Map<string, Readonly<Record<string, unknown>>>();
  const problems: ConfigProblem[] = [];
  for (const [name, value] of Object.entries(given)) {
    const rule = ruleNamed(rules, name);
    if (!isRuleName(rules, name)) {
      problems.push(document.problem([...path, name], unknownRule(rules, name), true));
      continue;
    }
    const wrong = validate(document, [...path, name], value, rule ? ruleSchema(rule) : { enum: ruleLevels });
    problems.push(...wrong);
    if (wrong.length > 0) continue;
    if (typeof value === 'string') levels.set(levelName(name), value as Level);
    else {
      const { severity, ...own } = value as { severity?: Level };
      if (severity) levels.set(levelName(name), severity);
      options.set(name.toLowerCase(), own);
    }
  }
  return { levels, options, problems };
}
