import type { Rule } from '../engine/rule.ts';
import { formatNames } from '../report/format-names.ts';
import { failLevels } from './config.ts';
import { presets, ruleLevels } from './presets.ts';

type Schema = Readonly<Record<string, unknown>>;

const level: Schema = { enum: ruleLevels };

/** What a config may say of a rule: a severity, `off`, or an object with options. It stands by itself, without references. */
export function ruleSchema({ message, options = {} }: Pick<Rule, 'message' | 'options'>): Schema {
  const own = Object.entries(options).map(([name, { describe, schema, default: initial }]) => [
    name,
    { description: describe, default: initial, ...schema },
  ]);
  return {
    description: message,
    anyOf: [
      level,
      { type: 'object', properties: { severity: level, ...Object.fromEntries(own) }, additionalProperties: false },
    ],
  };
}

/** The JSON Schema (draft 2020-12) of a config file. What a rule takes is written once, for its id and its aliases. */
export function configSchema(rules: readonly Rule[]): Schema {
  const named = rules.flatMap(({ id, aliases }) =>
    [id, ...aliases].map((name) => [name, { $ref: `#/$defs/${id}` }] as const),
  );
  const anyRule = { anyOf: ruleSchema({ message: '' })['anyOf'] };
  const definitions = rules.map((rule) => [
    rule.id,
    rule.options ? ruleSchema(rule) : { description: rule.message, $ref: '#/$defs/anyRule' },
  ]);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Configuration of dflint',
    type: 'object',
    properties: {
      $schema: { type: 'string' },
      preset: { description: 'Preset of rules to start from.', enum: presets, default: 'recommended' },
      rules: {
        description: 'Severities and options by rule id, or by the name that another linter has for the rule.',
        type: 'object',
        properties: Object.fromEntries(named),
        // ShellCheck's own; a pattern would hold for the codes that rules have as well, which take options
        additionalProperties: level,
      },
      'fail-on': {
        description: 'Lowest severity that sets exit code 1.',
        enum: failLevels,
        default: 'warning',
      },
      format: { description: 'Output format.', enum: formatNames, default: 'pretty' },
      shellcheck: { description: 'Whether ShellCheck checks the scripts too.', type: 'boolean', default: false },
      context: {
        description: 'Build context folder, relative to this file, for rules that need it.',
        type: 'string',
        minLength: 1,
      },
      'ignore-comments': {
        description: 'Whether comments in a Dockerfile may silence findings.',
        type: 'boolean',
        default: true,
      },
    },
    additionalProperties: false,
    $defs: { anyRule, ...Object.fromEntries(definitions) },
  };
}
