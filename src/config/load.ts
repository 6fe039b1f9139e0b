import type { Rule } from '../engine/rule.ts';
import { type Config, type ConfigProblem, mergeConfigs, noConfig } from './config.ts';
import type { FoundConfig } from './discover.ts';
import { configOf, type HadolintSettings, hadolintEnvironment, mergeSettings, readHadolint } from './hadolint.ts';
import { readConfig } from './read.ts';

export { labelOf, noSettings } from './hadolint.ts';

export interface Loaded {
  readonly config: Config;
  /** Mistakes in the file; with one of them in a file of ours nothing can be done. */
  readonly problems: readonly ConfigProblem[];
}

/**
 * What holds for the files under a config: the command line over the file; where the file is hadolint's or there is none,
 * hadolint's variables count as well. A file of hadolint's asks for its preset.
 */
export function loadConfig(
  found: FoundConfig | undefined,
  given: { readonly hadolint: HadolintSettings; readonly config: Config },
  rules: readonly Rule[],
  variable: (name: string) => string | undefined,
): Loaded {
  if (found && found.kind !== 'hadolint') {
    const { config, problems } = readConfig(found.text, rules, found.kind === 'package' ? 'dflint' : undefined);
    return { config: mergeConfigs(mergeConfigs(config, configOf(given.hadolint)), given.config), problems };
  }
  const file = found && readHadolint(found.text, rules);
  const environment = hadolintEnvironment(variable);
  const settings = mergeSettings(file ? mergeSettings(environment, file.settings) : environment, given.hadolint);
  const base: Config = found ? { ...noConfig, preset: 'hadolint' } : noConfig;
  return { config: mergeConfigs(mergeConfigs(base, configOf(settings)), given.config), problems: file?.problems ?? [] };
}
