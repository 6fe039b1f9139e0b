/** What the value of a label may be said to be, by the names that hadolint has for it. */
export const labelTypes = ['text', 'email', 'hash', 'rfc3339', 'semver', 'spdx', 'url'] as const;
export type LabelType = (typeof labelTypes)[number];

/** Namespaces of label keys that Docker keeps for itself. */
export const reservedLabels: readonly string[] = ['com.docker.', 'io.docker.', 'org.dockerproject.'];

/**
 * Keys in them that Docker asks authors of images to set, or acts on: extensions of Docker Desktop, servers of the MCP
 * catalogue, settings of Compose and of stacks.
 */
export const documentedLabels: readonly string[] = [
  'com.docker.desktop.',
  'com.docker.extension.',
  'com.docker.compose.',
  'com.docker.stack.',
  'com.docker.lb.',
  'io.docker.server.',
];
