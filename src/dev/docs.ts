import { plain } from '../engine/example.ts';
import type { Rule, RuleOption } from '../engine/rule.ts';
import { HEADER, idOf, ruleFiles } from './registry.ts';

/** The text of rules/README.md: every rule with its names, reason and marked examples. */
export function rulesPage(rules: readonly Rule[]): string {
  const subjects = new Map(ruleFiles().map((path) => [idOf(path), path.slice(0, path.indexOf('/'))]));
  const rows = rules.map(
    ({ id, aliases, severity, preset, fix, message }) =>
      `| [${id}](#${id}) | ${aliases.join(', ')} | ${severity} | ${preset} | ${fix ?? ''} | ${cell(message)} |`,
  );
  return [
    `<!-- ${HEADER} -->`,
    '# Rules',
    '',
    'A preset holds the rules of the smaller ones: recommended, strict, all. Rules marked asked are in none and are enabled by name. Options go into the config file, under `rules` and the id. `~~~` underlines what is reported, `-` and `+` are the fix.',
    '',
    '| rule | also known as | severity | from preset | fix | what it says |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
    ...rules.flatMap((rule) => ['', ...section(rule, subjects.get(rule.id) ?? '')]),
    '',
  ].join('\n');
}

const cell = (text: string): string => text.replaceAll('|', '\\|');
const prose = (text: string): string => text.trim().replace(/[ \t]*\n[ \t]*/g, ' ');

function section(rule: Rule, subject: string): string[] {
  const { id, aliases, severity, always, message, why, instead, url, examples, options = {} } = rule;
  const names = aliases.length > 0 ? `; also known as ${aliases.join(', ')}` : '';
  const rows = Object.entries(options).map(([name, option]) => optionRow(name, option));
  return [
    `## ${id}`,
    '',
    `${subject}, ${severity}${always ? ', in every preset' : ''}${names}.`,
    '',
    `${prose(message)} ${why}`,
    '',
    `Instead: ${prose(instead)} [More](${url}).`,
    ...(rows.length > 0 ? ['', 'Options:', '', ...rows] : []),
    ...Object.entries(examples).flatMap(([caption, example]) => {
      const text = plain(example);
      const language = /^[-+] /m.test(text) ? 'diff' : 'dockerfile';
      return ['', `${caption[0]!.toUpperCase()}${caption.slice(1)}:`, '', `\`\`\`${language}`, text, '```'];
    }),
  ];
}

const optionRow = (name: string, { describe, schema, default: initial }: RuleOption): string =>
  `- \`${name}\` (${typeOf(schema)}, default \`${JSON.stringify(initial)}\`): ${describe}`;

/** A JSON Schema in words, as far as options use it. */
function typeOf({ type, enum: values, items, additionalProperties }: Schema): string {
  if (values) return values.map((it) => JSON.stringify(it)).join(' | ');
  if (items) return `array of ${typeOf(items)}`;
  return additionalProperties ? `object of ${typeOf(additionalProperties)}` : String(type);
}

interface Schema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema;
}
