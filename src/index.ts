/** The library: `import { parse, analyze, lint, fix } from 'dflint'`. Pure and synchronous; it reads no file and runs nothing. */

import { allRules } from '../rules/index.ts';
import { enable, type Level, type Preset } from './config/presets.ts';
import type { Safety } from './engine/diagnostic.ts';
import { type Fixed, fix as fixWith } from './engine/fix.ts';
import { type Enabled, type LintResult, lint as lintWith } from './engine/lint.ts';
import type { Rule } from './engine/rule.ts';
import type { BuildOptions } from './model/model.ts';

export type * from '../grammar/index.ts';
export { parse, print, walk } from '../grammar/index.ts';
export { type Level, type Preset, presets } from './config/presets.ts';
export type { Diagnostic, Fix, Safety, Severity } from './engine/diagnostic.ts';
export type { Fixed } from './engine/fix.ts';
export type { LintResult } from './engine/lint.ts';
export type { Finding, Rule, Visitor } from './engine/rule.ts';
export { rule as defineRule } from './engine/rule.ts';
export { type Change, type Rerun, reruns } from './model/cache/reruns.ts';
export type { Effect, Effects } from './model/files/effect.ts';
export { analyze } from './model/index.ts';
export { type Builder, imageLayers, type Layer, layersOf } from './model/layers.ts';
export type { BuildOptions, Model, Stage, State, Step, Waste } from './model/model.ts';
export { type Move, type Rewrite, type RewriteOptions, rewrite, type Stay } from './rewrite/index.ts';
export { position } from './text/lines.ts';
export type { Span } from './text/span.ts';
export { allRules as rules };

export interface LintOptions {
  /** Which rules; `recommended` by default. */
  readonly preset?: Preset;
  /** Severities, or options with or without one, by rule id or alias (any letter case), on top of the preset. */
  readonly rules?: Readonly<Record<string, Level | RuleSettings>>;
  /** Rules of your own, made with `defineRule`; one with the id of a built-in rule takes its place. */
  readonly plugins?: readonly Rule[];
  /** How the file is built: build arguments, target, context. */
  readonly build?: Partial<BuildOptions>;
}

export interface RuleSettings {
  readonly severity?: Level;
  readonly [option: string]: unknown;
}

/** Lints the text of one Dockerfile. Never throws on any text; offsets in the result are UTF-16 units. */
export const lint = (text: string, options: LintOptions = {}): LintResult => linter(options)(text);

/**
 * Repairs the text of one Dockerfile: `safe` fixes keep what it means, `suggestion` has those too that a person should look at.
 * Each is proven before it is kept. Writes no file; never throws on any text.
 */
export const fix = (text: string, safety: Safety = 'safe', options: LintOptions = {}): Fixed =>
  fixWith(text, { lint: linter(options), safety, build: options.build });

function linter({ preset = 'recommended', rules, plugins, build }: LintOptions): (text: string) => LintResult {
  const chosen = rules || plugins ? choose(preset, rules, plugins) : (plain.get(preset) ?? choose(preset));
  if (!rules && !plugins) plain.set(preset, chosen);
  return (text) => lintWith(text, chosen.enabled, { rules: chosen.all, build });
}

interface Chosen {
  readonly all: readonly Rule[];
  readonly enabled: readonly Enabled[];
}

/** What is chosen without settings, by preset. */
const plain = new Map<Preset, Chosen>();

function choose(
  preset: Preset,
  rules: NonNullable<LintOptions['rules']> = {},
  plugins: NonNullable<LintOptions['plugins']> = [],
): Chosen {
  const levels = new Map<string, Level>();
  const settings = new Map<string, Readonly<Record<string, unknown>>>();
  for (const [name, given] of Object.entries(rules)) {
    const { severity, ...own } = typeof given === 'string' ? { severity: given } : given;
    if (severity) levels.set(name.toLowerCase(), severity);
    if (Object.keys(own).length > 0) settings.set(name.toLowerCase(), own);
  }
  const own = new Set(plugins.map(({ id }) => id));
  const all = [...allRules.filter(({ id }) => !own.has(id)), ...plugins];
  return { all, enabled: enable(all, preset, { levels, options: settings }) };
}
