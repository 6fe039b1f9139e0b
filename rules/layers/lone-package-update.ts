import {
  callOf,
  dockerfile,
  type Finding,
  hasMount,
  lineOf,
  type Model,
  type PackageOperation,
  type Place,
  rule,
  type Step,
} from '../../src/engine/rule.ts';

/** Commands that install nothing, whatever their arguments. */
const harmless = new Set(
  'echo printf true : set export cd mkdir rm touch cat ls sleep date sed grep chmod chown ln cp mv tee test ['.split(
    ' ',
  ),
);
/** Families that install by the index that is there; the others look whether it is old. */
const indexed = new Set(['apt', 'apk', 'pacman']);

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
    Operation(operation: PackageOperation, { step, model, onbuild }: Place): Finding | undefined {
      const { instruction, operations, script } = step;
      if (operation.action !== 'update-index' || !indexed.has(operation.family) || instruction.kind !== 'Run')
        return undefined;
      // what follows is meant for another command, which another rule reports
      if (operation.stray || hasMount(step, 'cache', 'tmpfs')) return undefined;
      const others = script?.commands.filter((command) => !operations.some((it) => it.command === command)) ?? [];
      const quiet = others.every(({ name }) => name !== undefined && harmless.has(name));
      const alone = operations.every(({ action }) => ['update-index', 'clean', 'remove', 'other'].includes(action));
      if (!quiet || !alone) return undefined;
      return onbuild ? { at: operation.command } : finding(operation, step, model);
    },
  },
});

function finding(operation: PackageOperation, step: Step, model: Model): Finding {
  const { command, family } = operation;
  const children = model.stages.filter(
    ({ lineage, index }) => lineage.some((it) => it === step.stage) && index !== step.stage?.index,
  );
  const below = [...(step.stage?.steps.slice(step.index + 1) ?? []), ...children.flatMap(({ steps }) => steps)];
  const ofFamily = (it: Step): readonly PackageOperation[] => it.operations.filter((other) => other.family === family);
  const user = below.find((it) => ofFamily(it).some(({ action }) => action === 'install' || action === 'upgrade'));
  const call = callOf(operation);
  if (!user)
    return {
      at: command,
      message: `${call} has a layer of its own, and no install is written below it.`,
    };
  const line = `line ${lineOf(model, user.instruction)}`;
  const renewed = ofFamily(user).some(({ action, flags }) => action === 'update-index' || flags.has('noCache'));
  return {
    at: command,
    related: user.instruction.keyword,
    message: renewed
      ? `${call} has a layer of its own, and ${line} fetches the index anew: this one ships for nothing.`
      : `${call} has a layer of its own: ${line} installs by an index as old as the cache.`,
  };
}
