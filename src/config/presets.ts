import type { Severity } from '../engine/diagnostic.ts';
import type { Enabled } from '../engine/lint.ts';
import type { Rule } from '../engine/rule.ts';
import { hadolintLevels } from '../knowledge/hadolint.ts';

export const presets = ['recommended', 'strict', 'all', 'hadolint', 'buildkit'] as const;
export type Preset = (typeof presets)[number];

/** In every preset: without it a file that does not build would pass. */
const always = new Set(['syntax-error', 'unused-suppression']);
const sizes = ['recommended', 'strict', 'all'] as const;

/** The rules of a preset, each at the preset's severity; `changes` by id or alias come on top. Unknown names are the caller's to refuse. */
export function enable(
  rules: readonly Rule[],
  preset: Preset,
  changes: ReadonlyMap<string, Severity | 'off'> = new Map(),
): Enabled[] {
  return rules.flatMap((rule) => {
    const names = [rule.id, ...rule.aliases].map((name) => name.toLowerCase());
    const change = names.map((name) => changes.get(name)).find((it) => it !== undefined);
    const severity = change ?? severityIn(rule, preset);
    return severity === undefined || severity === 'off' ? [] : [{ rule, severity }];
  });
}

function severityIn(rule: Rule, preset: Preset): Severity | undefined {
  if (always.has(rule.id)) return rule.severity;
  if (preset === 'hadolint') return rule.aliases.map((alias) => hadolintLevels[alias]).find((level) => level);
  if (preset === 'buildkit') return rule.aliases.some((alias) => !/^(?:DL|SC)\d/.test(alias)) ? 'warning' : undefined;
  return sizes.indexOf(rule.preset) <= sizes.indexOf(preset) ? rule.severity : undefined;
}
