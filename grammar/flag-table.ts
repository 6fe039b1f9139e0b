import type { Instruction } from './ast.ts';

/** `list` may be repeated; `boolean` may stand bare. */
export type FlagType = 'string' | 'list' | 'boolean';

type Flags = Readonly<Record<string, FlagType>>;

const transfer = { chown: 'string', chmod: 'string', link: 'boolean', exclude: 'list' } as const;
const none: Flags = {};

/**
 * The flags that BuildKit's parser knows (moby/buildkit frontend/dockerfile/instructions/parse.go).
 * Undefined: it takes any flag there without a look.
 */
export const flagTable: Readonly<Record<Instruction['kind'], Flags | undefined>> = {
  From: { platform: 'string' },
  Run: { mount: 'list', network: 'string', security: 'string', device: 'list' },
  Copy: { from: 'string', ...transfer, parents: 'boolean' },
  Add: { ...transfer, 'keep-git-dir': 'boolean', checksum: 'string', unpack: 'boolean' },
  Healthcheck: {
    interval: 'string',
    timeout: 'string',
    'start-period': 'string',
    'start-interval': 'string',
    retries: 'string',
  },
  Arg: undefined,
  Stopsignal: undefined,
  Unknown: undefined,
  Cmd: none,
  Entrypoint: none,
  Env: none,
  Expose: none,
  Label: none,
  Maintainer: none,
  Onbuild: none,
  Shell: none,
  User: none,
  Volume: none,
  Workdir: none,
};
