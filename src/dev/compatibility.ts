import { readFileSync } from 'node:fs';
import type { Rule } from '../engine/rule.ts';
import { hadolintLevels } from '../knowledge/linters/hadolint.ts';
import { buildkitChecks, type Deviation, deviations, notInRecommended, shellDifferences } from './deviations.ts';
import { HEADER } from './registry.ts';

/** The text of docs/compatibility.md: each code of hadolint and each check of BuildKit, same or different and why. */
export function compatibilityPage(rules: readonly Rule[], { corpus, shellcheck }: Measured): string {
  const owner = new Map(rules.flatMap((rule) => rule.aliases.map((alias) => [alias, rule] as const)));
  const codes = [...new Set([...Object.keys(hadolintLevels), 'DL1000', 'DL1001', 'DL3057'])].sort();
  const shares = sharesIn(corpus);
  const row = (code: string): string => {
    const rule = owner.get(code);
    const cells = [
      code,
      rule ? `[${rule.id}](../rules/README.md#${rule.id})` : 'none',
      rule ? rule.preset : '',
      shares.get(code) ?? '0 %',
      deviations[code] ? `[different](#${code.toLowerCase()})` : 'same',
    ];
    return `| ${cells.join(' | ')} |`;
  };
  const head = ['| code | rule | from preset | files | |', '| --- | --- | --- | --- | --- |'];
  const strict = [...new Set([...codes, ...buildkitChecks])].filter((code) => notInRecommended[code]);
  return [
    `<!-- ${HEADER} -->`,
    '# Compatibility',
    '',
    'Each code of hadolint (2.15) and each check of BuildKit has a rule here, and the code is a name of that rule: in configs, comments and on the command line. "files" is the share of 1,500 real Dockerfiles with a finding of that code when all rules are on. "same" means: what is reported is the same, but for the place, which is exact here and the first line of the instruction there.',
    '',
    'What differs everywhere: values are resolved (ARG defaults, ENV, parent stages), wrappers, absolute paths, `sh -c` and here-documents are looked into, option values are never packages, and a script that is not read (PowerShell, cmd, a template) is not judged by rules about sh.',
    '',
    '## hadolint',
    '',
    ...head,
    ...codes.map(row),
    '',
    '## BuildKit',
    '',
    ...head,
    ...buildkitChecks.map(row),
    '',
    '## ShellCheck',
    '',
    'The most common findings of ShellCheck are rules of ours, under the names they have there; --shellcheck asks the real one for all. Where they differ, ours are meant to know more of the image or to say less:',
    '',
    ...shellDifferences.map((line) => `- ${line}`),
    '',
    `What the two find in ${shellcheck.trimEnd()}`,
    '',
    '## Why not in recommended',
    '',
    'These are in `strict`, `all` or asked for by name, as most good Dockerfiles break them or as only a project can want them.',
    '',
    '| code | files | why |',
    '| --- | --- | --- |',
    ...strict.map((code) => `| ${code} | ${shares.get(code) ?? '0 %'} | ${notInRecommended[code]} |`),
    '',
    '## Where it differs',
    ...[...codes, ...buildkitChecks]
      .filter((code) => deviations[code])
      .flatMap((code) => section(code, deviations[code]!)),
    '',
  ].join('\n');
}

const section = (code: string, list: readonly Deviation[]): string[] => [
  '',
  `### ${code}`,
  ...list.flatMap(({ why, text, only }) => [
    '',
    why,
    ...(text === undefined ? [] : ['', `Only ${only} reports:`, '', '```dockerfile', text, '```']),
  ]),
];

/** The share of files with a finding of each code, as the corpus run counted it. */
function sharesIn(corpus: string): Map<string, string> {
  const total = Number(/^\d+/.exec(corpus)?.[0] ?? 0);
  const table = /\nfiles by name elsewhere:\n((?: .*\n)*)/.exec(corpus)?.[1] ?? '';
  return new Map(
    [...table.matchAll(/^ *(\d+) +(\S+)$/gm)].map(([, count, code]) => [
      code!,
      `${((100 * Number(count)) / total).toFixed(1)} %`,
    ]),
  );
}

/** What was counted on real files: by npm run corpus, and by npm run shellcheck-compare. */
export interface Measured {
  readonly corpus: string;
  readonly shellcheck: string;
}

export const readMeasured = (): Measured => ({
  corpus: readFileSync('test/corpus.txt', 'utf8'),
  shellcheck: readFileSync('test/shellcheck.md', 'utf8'),
});
