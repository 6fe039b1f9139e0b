import type { Preset } from '../config/presets.ts';
import type { Severity } from '../engine/diagnostic.ts';

/** What the options of the commands may say; apart from the commands, so that --help loads none of them. */

export const formats = ['pretty', 'json', 'github'] as const;
export type Format = (typeof formats)[number];

export interface LintArguments {
  readonly paths: readonly string[];
  readonly format: Format;
  readonly preset: Preset;
  /** `ID=SEVERITY` or `ID=off`, as given. */
  readonly rules: readonly string[];
  readonly failOn: Severity | 'never';
  /** The name to report standard input under. */
  readonly stdinFilename: string | undefined;
}

export const lintDefaults: LintArguments = {
  paths: [],
  format: 'pretty',
  preset: 'recommended',
  rules: [],
  failOn: 'warning',
  stdinFilename: undefined,
};

export const layerFormats = ['pretty', 'json'] as const;
export const stageFormats = ['text', 'json', 'mermaid', 'dot'] as const;
