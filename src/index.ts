/** The library: `import { parse, analyze, lint } from 'dflint'`. Pure and synchronous; it reads no file and runs nothing. */

import { allRules } from '../rules/index.ts';
import { enable, type Preset } from './config/presets.ts';
import type { Severity } from './engine/diagnostic.ts';
import { type LintResult, lint as lintWith } from './engine/lint.ts';
import type { BuildOptions } from './model/model.ts';

export type * from '../grammar/index.ts';
export { parse, print, walk } from '../grammar/index.ts';
export { presets } from './config/presets.ts';
export type { Diagnostic, Fix, Severity } from './engine/diagnostic.ts';
export type { LintResult } from './engine/lint.ts';
export type { Finding, Rule, Visitor } from './engine/rule.ts';
export { rule as defineRule } from './engine/rule.ts';
export { type Change, type Rerun, reruns } from './model/cache.ts';
export { analyze } from './model/index.ts';
export { type Builder, imageLayers, type Layer, layersOf } from './model/layers.ts';
export type { BuildOptions, Model, Stage, State, Step } from './model/model.ts';
export { position } from './text/lines.ts';
export type { Span } from './text/span.ts';
export { allRules as rules };

export interface LintOptions {
  /** Which rules; `recommended` by default. */
  readonly preset?: Preset;
  /** Severities by rule id or alias (any letter case), on top of the preset. */
  readonly rules?: Readonly<Record<string, Severity | 'off'>>;
  /** How the file is built: build arguments, target, context. */
  readonly build?: Partial<BuildOptions>;
}

/** Lints the text of one Dockerfile. Never throws on any text; offsets in the result are UTF-16 units. */
export function lint(text: string, options: LintOptions = {}): LintResult {
  const changes = Object.entries(options.rules ?? {}).map(
    ([name, severity]) => [name.toLowerCase(), severity] as const,
  );
  return lintWith(text, enable(allRules, options.preset ?? 'recommended', { levels: new Map(changes) }), {
    rules: allRules,
    build: options.build,
  });
}
