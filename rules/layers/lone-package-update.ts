import { dockerfile, type Finding, type PackageOperation, type Place, rule } from '../../src/engine/rule.ts';

/** Commands that install nothing, whatever their arguments. */
const harmless = new Set(
  'echo printf true : set export cd mkdir rm touch cat ls sleep date sed grep chmod chown ln cp mv tee test ['.split(
    ' ',
  ),
);
const indexed = new Set(['apt', 'apk']);

export default rule({
  id: 'lone-package-update',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  message: 'The package index is fetched in a layer of its own.',
  why: `
    The cache keeps this layer while the install below changes, and then old versions are installed or no longer found. In one
    RUN both are always as new as each other, and the index can be removed before the layer is written.
  `,
  instead: 'One RUN: the update, the install, and the removal of the index.',
  url: 'https://docs.docker.com/build/building/best-practices/#apt-get',
  examples: {
    'update and install apart': dockerfile`
      FROM debian:12
      RUN apt-get update
          ~~~~~~~~~~~~~~
      RUN apt-get install -y curl
    `,
    together: dockerfile`
      FROM debian:12
      RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*
    `,
    'with a script that may install': dockerfile`
      FROM debian:12
      RUN apt-get update && ./install-dependencies.sh
    `,
    'kept in a cache mount': dockerfile`
      FROM debian:12
      RUN --mount=type=cache,target=/var/lib/apt apt-get update
    `,
  },
  visit: {
    Operation(operation: PackageOperation, { step }: Place): Finding | undefined {
      const { instruction, operations, script } = step;
      if (operation.action !== 'update-index' || !indexed.has(operation.family) || instruction.kind !== 'Run')
        return undefined;
      if (instruction.flags.some(({ mount }) => mount?.type === 'cache' || mount?.type === 'tmpfs')) return undefined;
      const others = script?.commands.filter((command) => !operations.some((it) => it.command === command)) ?? [];
      const quiet = others.every(({ name }) => name !== undefined && harmless.has(name));
      const alone = operations.every(({ action }) => ['update-index', 'clean', 'remove', 'other'].includes(action));
      return quiet && alone ? { at: operation.command } : undefined;
    },
  },
});
