import { plain } from '../../engine/example.ts';
import type { Rule } from '../../engine/rule.ts';
import { widthOf } from '../../text/width.ts';
import { wrap } from '../layout.ts';
import type { Paint } from '../paint.ts';
import type { Screen } from './screen.ts';

/** `dflint rules`. */
export const rulesScreen = (rules: readonly Rule[]): Screen => ({
  json: () => ({ files: [], rules: rules.map(ruleJson) }),
  text: (paint, width) => listed(rules, paint, width),
});

/** All that a rule file says, for a person at a terminal. */
export function explained(rule: Rule, paint: Paint, width: number): string {
  const { id, aliases, severity, preset, fix, message, why, instead, url, examples, options = {} } = rule;
  const facts = [
    paint[severity](severity),
    preset === 'asked' ? 'in no preset' : `preset ${preset}`,
    ...(fix ? [`with a fix (${fix === 'safe' ? 'safe' : 'a suggestion'})`] : []),
  ];
  const shown = Object.entries(examples).flatMap(([caption, example]) => [
    `${caption[0]!.toUpperCase()}${caption.slice(1)}:`,
    '',
    ...plain(example)
      .split('\n')
      .map((line) => `    ${painted(line, paint, rule)}`),
    '',
  ]);
  const rows = Object.entries(options).map(([name, it]) => `${name} (${JSON.stringify(it.default)}): ${it.describe}`);
  return [
    `${paint.bold(id)}${aliases.length > 0 ? `  ${paint.dim(aliases.join(' '))}` : ''}`,
    facts.join(', '),
    '',
    ...wrap(`${message} ${why.trim().replace(/\s+/g, ' ')}`, width, ''),
    '',
    ...wrap(`Instead: ${instead}`, width, ''),
    '',
    ...(rows.length > 0 ? ['Options:', ...rows.flatMap((row) => wrap(row, width, '  ')), ''] : []),
    ...shown,
    url,
    '',
  ].join('\n');
}

function painted(line: string, paint: Paint, { severity }: Rule): string {
  if (/^ *~[~ ]*$/.test(line)) return paint[severity](line);
  return /^[-+] /.test(line) ? paint.bold(line) : line;
}

/** A rule a line. */
function listed(rules: readonly Rule[], paint: Paint, width: number): string {
  const ids = Math.max(...rules.map(({ id }) => widthOf(id)));
  const rows = rules.map((rule) => {
    const { id, severity, preset, fix, aliases, message } = rule;
    const head = `${id.padEnd(ids)}  ${paint[severity](severity.padEnd(7))}  ${preset.padEnd(11)}  ${(fix ?? '').padEnd(10)}`;
    const names = aliases.length > 0 ? ` (${aliases.join(' ')})` : '';
    const room = Math.max(20, width - ids - 36);
    const [first = '', ...rest] = wrap(message + names, room, '');
    return [`${head}  ${first}`, ...rest.map((row) => `${' '.repeat(ids + 36)}${row}`)].join('\n');
  });
  return `${rows.join('\n')}\n\n${rules.length} rules. dflint explain RULE shows the documentation of one.\n`;
}

/** Examples are as they are marked in the rule's file. */
const ruleJson = ({ visit: _, options = {}, examples, why, ...rule }: Rule) => ({
  ...rule,
  why: why.trim().replace(/\s+/g, ' '),
  options,
  examples: Object.fromEntries(Object.entries(examples).map(([caption, it]) => [caption, plain(it)])),
});
