import { severities } from '../engine/diagnostic.ts';
import type { Enabled, Named } from '../engine/lint.ts';
import type { Rule } from '../engine/rule.ts';
import { hadolintLevels } from '../knowledge/linters/hadolint.ts';
import { shellcheckLevels } from '../knowledge/linters/shellcheck.ts';

export const presets = ['recommended', 'strict', 'all', 'hadolint', 'buildkit'] as const;
export type Preset = (typeof presets)[number];

/** What a rule may be set to. */
export const ruleLevels = [...severities, 'off'] as const;
export type Level = (typeof ruleLevels)[number];

/** How each preset finds the level of a finding. */
const levelsIn: Readonly<Record<Preset, (found: Named) => Level>> = {
  recommended: withThose('recommended'),
  strict: withThose('recommended', 'strict'),
  all: withThose('recommended', 'strict', 'all'),
  hadolint: ({ aliases }) =>
    aliases.map((alias) => hadolintLevels[alias] ?? shellcheckLevels[alias]).find((level) => level) ?? 'off',
  buildkit: ({ aliases, smallest }) =>
    smallest !== 'asked' && aliases.some((alias) => !/^(?:DL|SC)\d/.test(alias)) ? 'warning' : 'off',
};

function withThose(...sizes: readonly Rule['preset'][]): (found: Named) => Level {
  return ({ severity, smallest }) => (sizes.includes(smallest) ? severity : 'off');
}

/** What is said of rules on top of a preset; names are ids or aliases in lower case. */
export interface RuleChanges {
  readonly levels: ReadonlyMap<string, Level>;
  readonly options: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
}

/** The rules of a preset, each at the preset's severity, with the changes. The caller rejects unknown names. */
export function enable(rules: readonly Rule[], preset: Preset, changes: Partial<RuleChanges> = {}): Enabled[] {
  const { levels = new Map(), options = new Map() } = changes;
  return rules.flatMap((rule) => {
    const given = [rule.id, ...rule.aliases].map((name) => options.get(name.toLowerCase())).find((it) => it);
    const level = levelsOf(rule, preset, levels);
    const { preset: smallest, severity } = rule;
    const possible = [rule.aliases, ...rule.aliases.map((alias) => [alias])].map((aliases) =>
      level({ aliases, smallest, severity }),
    );
    return possible.every((it) => it === 'off') ? [] : [{ rule, severity: level, options: given }];
  });
}

/** The level of a finding of `rule` by the names that it goes by: what was said of a name, then of the rule, then the preset's. */
function levelsOf(rule: Rule, preset: Preset, changes: ReadonlyMap<string, Level>): (finding: Named) => Level {
  const own = changes.get(rule.id);
  return (finding) => {
    const said = finding.aliases.map((alias) => changes.get(alias.toLowerCase())).find((level) => level !== undefined);
    return said ?? own ?? (rule.always ? rule.severity : levelsIn[preset](finding));
  };
}
