/** The formats of findings by name; apart from their code, so that neither `--help` nor a config loads it. */
export const formatNames = [
  'pretty',
  'json',
  'github',
  'sarif',
  'hadolint',
  'tty',
  'gnu',
  'checkstyle',
  'codeclimate',
  'gitlab_codeclimate',
  'codacy',
  'sonarqube',
  'junit',
] as const;
export type Format = (typeof formatNames)[number];

/** Whoever runs the program for Code Climate or Codacy takes any other exit code for a crash. */
export const neverFails: readonly Format[] = ['codeclimate', 'codacy'];
