import type { Severity } from '../engine/diagnostic.ts';
import type { Enabled } from '../engine/lint.ts';
import type { Rule } from '../engine/rule.ts';
import { hadolintLevels } from '../knowledge/linters/hadolint.ts';
import { shellcheckLevels } from '../knowledge/linters/shellcheck.ts';

export const presets = ['recommended', 'strict', 'all', 'hadolint', 'buildkit'] as const;
export type Preset = (typeof presets)[number];
export type Level = Severity | 'off';

/** What is said of rules on top of a preset; names are ids or aliases in lower case. */
export interface RuleChanges {
  readonly levels: ReadonlyMap<string, Level>;
  readonly options: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
}

const sizes = ['recommended', 'strict', 'all'] as const;

/** The rules of a preset, each at the preset's severity, with the changes. Unknown names are the caller's to refuse. */
export function enable(rules: readonly Rule[], preset: Preset, changes: Partial<RuleChanges> = {}): Enabled[] {
  const { levels = new Map(), options = new Map() } = changes;
  return rules.flatMap((rule) => {
    const given = [rule.id, ...rule.aliases].map((name) => options.get(name.toLowerCase())).find((it) => it);
    const level = levelsOf(rule, preset, levels);
    const possible = [rule.aliases, ...rule.aliases.map((alias) => [alias])].map((names) => level(names, rule.preset));
    return possible.every((it) => it === 'off') ? [] : [{ rule, severity: level, options: given }];
  });
}

/** The level of a finding of `rule` by the names that it goes by: what was said of a name, then of the rule, then the preset's. */
function levelsOf(
  rule: Rule,
  preset: Preset,
  changes: ReadonlyMap<string, Level>,
): (aliases: readonly string[], preset: Rule['preset']) => Level {
  const own = changes.get(rule.id);
  return (aliases, smallest) => {
    const said = aliases.map((alias) => changes.get(alias.toLowerCase())).find((level) => level !== undefined);
    return said ?? own ?? levelIn(rule, aliases, smallest, preset);
  };
}

function levelIn(rule: Rule, aliases: readonly string[], smallest: Rule['preset'], preset: Preset): Level {
  if (rule.always) return rule.severity;
  if (preset === 'hadolint')
    return aliases.map((alias) => hadolintLevels[alias] ?? shellcheckLevels[alias]).find((level) => level) ?? 'off';
  if (smallest === 'asked') return 'off';
  if (preset === 'buildkit') return aliases.some((alias) => !/^(?:DL|SC)\d/.test(alias)) ? 'warning' : 'off';
  return sizes.indexOf(smallest) <= sizes.indexOf(preset) ? rule.severity : 'off';
}
