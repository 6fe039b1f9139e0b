import type { HadolintSettings } from '../config/hadolint.ts';
import type { Preset } from '../config/presets.ts';
import type { Format } from '../config/schema.ts';
import type { Safety, Severity } from '../engine/diagnostic.ts';

/** What the options of the commands may say; apart from the commands, so that --help loads none of them. */
export interface LintArguments {
  readonly paths: readonly string[];
  readonly format: Format | undefined;
  readonly preset: Preset | undefined;
  /** `ID=SEVERITY` or `ID=off`, as given. */
  readonly rules: readonly string[];
  readonly failOn: Severity | 'never' | undefined;
  /** The name to report standard input under. */
  readonly stdinFilename: string | undefined;
  /** A config file; `false` for none at all, undefined for the one that is found. */
  readonly config: string | false | undefined;
  /** The least sure fixes to apply; undefined for none. */
  readonly fix: Safety | undefined;
  /** Whether fixes are only shown. */
  readonly dryRun: boolean;
  readonly shellcheck: boolean | undefined;
  /** The build context, for rules that look into it. */
  readonly context: string | undefined;
  /** What hadolint's own options say; undefined where none was given. */
  readonly hadolint: HadolintSettings | undefined;
}

export const lintDefaults: LintArguments = {
  paths: [],
  format: undefined,
  preset: undefined,
  rules: [],
  failOn: undefined,
  stdinFilename: undefined,
  config: undefined,
  fix: undefined,
  dryRun: false,
  shellcheck: undefined,
  context: undefined,
  hadolint: undefined,
};

export const layerFormats = ['pretty', 'json'] as const;
export const stageFormats = ['text', 'json', 'mermaid', 'dot'] as const;
