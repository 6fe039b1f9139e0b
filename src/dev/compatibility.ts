import { readFileSync } from 'node:fs';
import type { Deviation, Rule } from '../engine/rule.ts';
import { buildkitChecks } from '../knowledge/linters/buildkit.ts';
import { hadolintLevels } from '../knowledge/linters/hadolint.ts';
import { HEADER } from './registry.ts';

type Deviations = Readonly<Record<string, readonly Deviation[]>>;

/** The code that no rule has. */
const unchecked: Deviations = {
  InvalidBaseImagePlatform: [
    {
      why: 'Not checked: it compares the platform with what a registry has, and dflint does not ask a registry.',
    },
  ],
};

/** Where rules about scripts differ from ShellCheck on purpose. */
const shellDifferences: readonly string[] = [
  'SC2086: silent for values that cannot be split (literals, `$(mktemp)`, ARG and ENV by their values, the words of a loop) and for names that mean a list (`$PACKAGES`, `$CFLAGS`); reports an ENV or ARG whose known value has a space.',
  'SC2046: silent for commands that print one word, such as nproc, uname -m and id -u.',
  'SC2164: silent for the last command, for folders that every image has or that the script has just made, and under `-e` of SHELL.',
  'SC30xx, SC2112, SC2113: silent where the sh of the image has the feature (dash, BusyBox or bash, by the base image or its package manager).',
  'SC3037: `echo -n` is not reported, as every sh of an image has it. SC3043 (local) and SC3013 (-nt, -ot): never, for the same reason.',
  'SC2028: silent where sh is dash, which expands the escape, and for text that is code.',
  'SC2015: silent where the last part is true, :, exit or return, or where the middle cannot fail.',
  'SC2016: silent for sed, php, node, python, su and the like, whose dollar signs are their own.',
  'SC2174: silent where the parent folder is known to exist. SC2038: silent with any -exec.',
  'SC2002 is optional in ShellCheck; here it is in preset all.',
];

/** Codes of hadolint that `hadolintLevels` leaves out: off by default, or fatal. */
const unlevelled = ['DL1000', 'DL1001', 'DL3057'];

/** Every code of hadolint, sorted. */
export const hadolintCodes: readonly string[] = [...Object.keys(hadolintLevels), ...unlevelled].sort();

/** Where dflint differs, by code. */
export const deviationsOf = (rules: readonly Rule[]): Deviations => ({
  ...Object.fromEntries(rules.flatMap(({ differs = {} }) => Object.entries(differs))),
  ...unchecked,
});

/** The text of docs/compatibility.md: each code of hadolint and each check of BuildKit, same or different and why. */
export function compatibilityPage(rules: readonly Rule[], { corpus, shellcheck }: Measured): string {
  const deviations = deviationsOf(rules);
  const shares = sharesIn(corpus);
  return [
    `<!-- ${HEADER} -->`,
    '# Compatibility',
    '',
    'Each code of hadolint (2.15) and each check of BuildKit has a rule here, and the code is a name of that rule: in configs, comments and on the command line. "files" is the share of 1,500 real Dockerfiles with a finding of that code when all rules are on. "same" means: both report the same files; dflint points at the exact words, hadolint at the first line of the instruction.',
    '',
    'What differs everywhere: values are resolved (ARG defaults, ENV, parent stages), wrappers, absolute paths, `sh -c` and here-documents are looked into, option values are never packages, and a script that is not read (PowerShell, cmd, a template) is not judged by rules about sh. A comment such as `# hadolint ignore=crazy,DL3002` silences the names that are known in it, where hadolint drops the whole comment. A file without FROM gets the findings of its instructions; what it may lack is not reported.',
    '',
    '## hadolint',
    '',
    ...table(hadolintCodes, rules, deviations, shares),
    '',
    '## BuildKit',
    '',
    ...table(buildkitChecks, rules, deviations, shares),
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
    'These are in `strict` or `all`, or must be enabled by name, because most good Dockerfiles break them or only some projects want them.',
    '',
    ...notRecommended(rules, shares),
    '',
    '## Where it differs',
    ...[...hadolintCodes, ...buildkitChecks].flatMap((code) => section(code, deviations[code] ?? [])),
    '',
  ].join('\n');
}

type Shares = ReadonlyMap<string, string>;

/** A code a row: its rule, and whether the two differ. */
function table(codes: readonly string[], rules: readonly Rule[], deviations: Deviations, shares: Shares): string[] {
  const row = (code: string): string => {
    const rule = rules.find(({ aliases }) => aliases.includes(code));
    const cells = [
      code,
      rule ? `[${rule.id}](../rules/README.md#${rule.id})` : 'none',
      rule ? rule.preset : '',
      shares.get(code) ?? '0 %',
      deviations[code] ? `[different](#${code.toLowerCase()})` : 'same',
    ];
    return `| ${cells.join(' | ')} |`;
  };
  return ['| code | rule | from preset | files | |', '| --- | --- | --- | --- | --- |', ...codes.map(row)];
}

/** A code a row, with the reason why it is in a larger preset. */
function notRecommended(rules: readonly Rule[], shares: Shares): string[] {
  const reasons = new Map(rules.flatMap((rule) => Object.entries(rule.notRecommended ?? {})));
  const codes = [...hadolintCodes, ...buildkitChecks].filter((code) => reasons.has(code));
  return [
    '| code | files | why |',
    '| --- | --- | --- |',
    ...codes.map((code) => `| ${code} | ${shares.get(code) ?? '0 %'} | ${reasons.get(code)} |`),
  ];
}

function section(code: string, list: readonly Deviation[]): string[] {
  if (list.length === 0) return [];
  const parts = list.flatMap(({ why, text, only }) => [
    '',
    why,
    ...(text === undefined ? [] : ['', `Only ${only} reports:`, '', '```dockerfile', text, '```']),
  ]);
  return ['', `### ${code}`, ...parts];
}

/** The share of files with a finding of each code, as the corpus run counted it. */
function sharesIn(corpus: string): Shares {
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
