import { plain } from '../engine/example.ts';
import type { Rule } from '../engine/rule.ts';
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
    'A preset holds the rules of the smaller ones: recommended, strict, all. Rules marked asked are in none and are enabled by name. `~~~` underlines what is reported, `-` and `+` are the fix.',
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

function section(
  { id, aliases, severity, always, message, why, instead, url, examples }: Rule,
  subject: string,
): string[] {
  const names = aliases.length > 0 ? `; also known as ${aliases.join(', ')}` : '';
  return [
    `## ${id}`,
    '',
    `${subject}, ${severity}${always ? ', in every preset' : ''}${names}.`,
    '',
    `${prose(message)} ${prose(why)}`,
    '',
    `Instead: ${prose(instead)} [More](${url}).`,
    ...Object.entries(examples).flatMap(([caption, example]) => {
      const text = plain(example);
      const language = /^[-+] /m.test(text) ? 'diff' : 'dockerfile';
      return ['', `${caption[0]!.toUpperCase()}${caption.slice(1)}:`, '', `\`\`\`${language}`, text, '```'];
    }),
  ];
}
