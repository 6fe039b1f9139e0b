/** Where a rule differs on purpose from the tool that has its code, with a Dockerfile on which only one of them speaks. */
export interface Deviation {
  readonly why: string;
  readonly text?: string;
  /** Who reports the code in `text`. */
  readonly only?: 'dflint' | 'hadolint' | 'BuildKit';
}

export const buildkitChecks = [
  'ConsistentInstructionCasing',
  'CopyIgnoredFile',
  'DuplicateStageName',
  'ExposeInvalidFormat',
  'ExposeProtoCasing',
  'FromAsCasing',
  'FromPlatformFlagConstDisallowed',
  'InvalidBaseImagePlatform',
  'InvalidDefaultArgInFrom',
  'InvalidDefinitionDescription',
  'JSONArgsRecommended',
  'LegacyKeyValueFormat',
  'MaintainerDeprecated',
  'MultipleInstructionsDisallowed',
  'NoEmptyContinuation',
  'RedundantTargetPlatform',
  'ReservedStageName',
  'SecretsUsedInArgOrEnv',
  'StageNameCasing',
  'UndefinedArgInFrom',
  'UndefinedVar',
  'WorkdirRelativePath',
] as const;

const dflint = (why: string, text: string): Deviation => ({ why, text, only: 'dflint' });
const hadolint = (why: string, text: string): Deviation => ({ why, text, only: 'hadolint' });
const buildkit = (why: string, text: string): Deviation => ({ why, text, only: 'BuildKit' });

/** Why a rule is not in preset recommended, by one of its codes. */
export const notInRecommended: Readonly<Record<string, string>> = {};

export const deviations: Readonly<Record<string, readonly Deviation[]>> = {
  DL1000: [
    dflint(
      'Several errors are reported, each at its place, and what can be read is linted all the same.',
      'FROM debian:12\nRUM a',
    ),
    hadolint(
      'What BuildKit reads is no error: here-documents followed by an instruction, ports with sctp, any flag of today.',
      'FROM debian:12\nRUN <<EOF\necho hi\nEOF\nUSER 1',
    ),
  ],
};
void [dflint, hadolint, buildkit];
