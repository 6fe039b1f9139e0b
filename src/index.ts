/**
 * The library: `import { parse, analyze, lint, fix } from 'dflint'`. Synchronous, and pure save for `folderHost`, which reads a
 * folder when a rule asks for its files. Rules are written with `dflint/rule`, findings printed with `dflint/report`.
 */

import { allRules } from '../rules/index.ts';
import type { ConfigProblem } from './config/config.ts';
import { enable, type Level, type Preset } from './config/presets.ts';
import { readConfig as readConfigWith } from './config/read.ts';
import type { Safety } from './engine/diagnostic.ts';
import { type Fixed, fix as fixWith } from './engine/fix.ts';
import { type Enabled, type LintResult, lint as lintWith } from './engine/lint.ts';
import type { Rule } from './engine/rule.ts';
import type { BuildOptions } from './model/model.ts';

export { type ParseResult, parse, print, walk } from '../grammar/index.ts';
export { presets } from './config/presets.ts';
export { rule as defineRule } from './engine/rule.ts';
export { folderHost } from './host/folder.ts';
export { reruns } from './model/cache/reruns.ts';
export { context } from './model/context/context.ts';
export { memoryHost } from './model/context/memory.ts';
export { analyze } from './model/index.ts';
export { imageLayers, layersOf } from './model/layers.ts';
export { rewrite } from './rewrite/index.ts';
export { split } from './rewrite/stages/index.ts';
export { position } from './text/lines.ts';
export type * from './types.ts';
export { allRules as rules };

export interface LintOptions {
  /** Which rules; `recommended` by default. */
  readonly preset?: Preset;
  /** Severities, or options with or without one, by rule id or alias (any letter case), on top of the preset. */
  readonly rules?: Readonly<Record<string, Level | RuleSettings>>;
  /** Rules of your own, made with `defineRule`; one with the id of a built-in rule takes its place. */
  readonly plugins?: readonly Rule[];
  /** How the file is built: build arguments, target, context (`context(folderHost('.'), 'Dockerfile')`). */
  readonly build?: Partial<BuildOptions>;
  /** Whether comments in the file may silence findings; true if left out. */
  readonly comments?: boolean;
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

/** What a config file says, as `lint` and `fix` take it. */
export interface ConfigOptions {
  readonly options: LintOptions;
  /** Mistakes in the file, with their places; the options are then what could be read. */
  readonly problems: readonly ConfigProblem[];
}

/**
 * Reads the text of a config file, YAML or JSON; of a package.json, the part under `under`. What only the command line uses
 * (formats, exit codes, the folder of the context) is checked and left out. `plugins` are rules of your own that it may name.
 */
export function readConfig(
  text: string,
  { plugins = [], under }: { readonly plugins?: readonly Rule[]; readonly under?: string } = {},
): ConfigOptions {
  const { config, problems } = readConfigWith(text, withPlugins(plugins), under);
  const { preset, comments, levels, options } = config;
  const rules = Object.fromEntries<RuleSettings>([...levels].map(([name, severity]) => [name, { severity }]));
  for (const [name, values] of options) rules[name] = { ...rules[name], ...values };
  return {
    options: { ...(preset && { preset }), ...(comments !== undefined && { comments }), rules, plugins },
    problems,
  };
}

function linter({
  preset = 'recommended',
  rules,
  plugins,
  build,
  comments,
}: LintOptions): (text: string) => LintResult {
  const chosen = rules || plugins ? choose(preset, rules, plugins) : (plain.get(preset) ?? choose(preset));
  if (!rules && !plugins) plain.set(preset, chosen);
  return (text) => lintWith(text, chosen.enabled, { rules: chosen.all, build, comments });
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
  const all = withPlugins(plugins);
  return { all, enabled: enable(all, preset, { levels, options: settings }) };
}

function withPlugins(plugins: readonly Rule[]): readonly Rule[] {
  const own = new Set(plugins.map(({ id }) => id));
  return [...allRules.filter(({ id }) => !own.has(id)), ...plugins];
}
