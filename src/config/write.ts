import { stringify } from 'yaml';
import type { Rule } from '../engine/rule.ts';
import type { ConfigProblem } from './config.ts';
import { configOf, readHadolint } from './hadolint.ts';
import { ruleNamed } from './names.ts';

const HEAD = '# yaml-language-server: $schema=https://unpkg.com/dflint/dist/config.schema.json\n';

/** A config that says what holds without one. */
export const initialConfig = (): string =>
  `${HEAD}
# recommended, strict, all, hadolint or buildkit
preset: recommended

# the least severity of a finding that makes the exit code 1: error, warning, info, style or never
fail-on: warning

# a rule by its id, or by the name that hadolint, BuildKit or ShellCheck has for it
rules: {}
`;

/** What a `.hadolint.yaml` says, as a config of ours; the problems are about what could not be taken over. */
export function fromHadolint(
  text: string,
  rules: readonly Rule[],
): { text: string; problems: readonly ConfigProblem[] } {
  const { settings, problems } = readHadolint(text, rules);
  const { levels, options, failOn, comments, format } = configOf(settings);
  const written: Record<string, unknown> = {};
  for (const name of new Set([...levels.keys(), ...options.keys()])) {
    const level = levels.get(name);
    const own = options.get(name);
    written[nameOf(name, rules)] = own ? { ...(level && { severity: level }), ...own } : level;
  }
  const config = {
    preset: 'hadolint',
    'fail-on': failOn ?? 'info',
    ...(format && format !== 'pretty' && { format }),
    ...(comments === false && { 'ignore-comments': false }),
    rules: written,
  };
  return { text: HEAD + stringify(config, { aliasDuplicateObjects: false }), problems };
}

/** As people write it: codes in capitals. */
const nameOf = (name: string, rules: readonly Rule[]): string => {
  const rule = ruleNamed(rules, name);
  return [rule?.id, ...(rule?.aliases ?? [])].find((it) => it?.toLowerCase() === name) ?? name.toUpperCase();
};
