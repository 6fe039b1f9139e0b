/** The formats of findings by name; apart from their code, so that neither `--help` nor a config loads it. */
export const formatNames = ['pretty', 'json', 'github', 'hadolint'] as const;
export type Format = (typeof formatNames)[number];
