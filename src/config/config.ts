import { severities } from '../engine/diagnostic.ts';
import type { Format } from '../report/format-names.ts';
import type { Level, Preset, RuleChanges } from './presets.ts';

/** What `fail-on` may be. */
export const failLevels = [...severities, 'never'] as const;
export type FailLevel = (typeof failLevels)[number];

/** What a config file, the environment or the command line says; what is left out is for the next of them to say. */
export interface Config extends RuleChanges {
  readonly preset?: Preset | undefined;
  /** The least severity for exit code 1. */
  readonly failOn?: FailLevel | undefined;
  readonly format?: Format | undefined;
  /** Whether the real ShellCheck is asked. */
  readonly shellcheck?: boolean | undefined;
  /** Whether comments in a Dockerfile may silence findings. */
  readonly comments?: boolean | undefined;
  readonly color?: boolean | undefined;
  /** The folder of the build context; in a config file seen from there, else from where dflint runs. */
  readonly context?: string | undefined;
}

/** Something wrong in a config file. Lines and columns from 1. */
export interface ConfigProblem {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

export interface ReadConfig {
  readonly config: Config;
  readonly problems: readonly ConfigProblem[];
}

export const noConfig: Config = { levels: new Map(), options: new Map() };

/** Both, where `over` wins; rules are joined name by name. */
export function mergeConfigs(under: Config, over: Config): Config {
  const said = Object.entries(over).filter(([, value]) => value !== undefined);
  return {
    ...under,
    ...Object.fromEntries(said),
    levels: new Map<string, Level>([...under.levels, ...over.levels]),
    options: new Map([...under.options, ...over.options]),
  };
}
