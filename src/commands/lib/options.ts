import type { Options } from 'yargs';
import { builders } from '../../knowledge/builder/builders.ts';

/** Options that several commands have. They load nothing that does work: `--help` reads them. */

/** An option that may be repeated; it takes one word, so that paths may follow. */
export const words = (describe: string) =>
  ({ type: 'string', array: true, nargs: 1, default: [] as string[], defaultDescription: 'none', describe }) as const;

/** Paths without an option; `initial` says what stands for none. */
export const paths = (initial: string) =>
  ({ type: 'string', array: true, default: [] as string[], defaultDescription: initial }) as const;

/** Of every command. */
export const common = {
  color: { type: 'boolean', describe: 'Force colour on or off (default: detect)' },
  // accepted everywhere, so that a script may pass it to any command; only linting reads configs
  config: { type: 'boolean', hidden: true },
} as const satisfies Record<string, Options>;

/** How the file is built. */
export const build = {
  'build-arg': words('Build argument as NAME=VALUE, or NAME for its value in the environment; repeatable'),
  context: { type: 'string', default: '.', describe: 'Build context folder' },
  target: { type: 'string', describe: 'Stage to build, by name or index' },
} as const satisfies Record<string, Options>;

export const builder = { choices: builders, default: 'buildkit', describe: 'Builder to model' } as const;

export const format = { choices: ['pretty', 'json'], default: 'pretty', describe: 'Output format' } as const;
