import {
  anyBefore,
  callOf,
  dockerfile,
  type Finding,
  hasMount,
  lineOf,
  listed,
  type Model,
  type PackageOperation,
  type Place,
  rule,
  type Stage,
  type Step,
  swallowed,
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
  message: 'The package index is fetched in its own layer.',
  why: `
    This layer stays in the cache while the list of packages changes, so an old index is used, and packages that the mirrors
    have replaced are not found. In one RUN, each change of the list fetches the index again, and the index can be removed
    before the layer is written.
  `,
  instead: 'Put the update, the install and the removal of the index into one RUN.',
  url: 'https://docs.docker.com/build/building/best-practices/#apt-get',
  examples: {
    'update and install in separate RUNs': dockerfile`
      FROM debian:12
      RUN apt-get update
          ~~~~~~~~~~~~~~
      RUN apt-get install -y curl
    `,
    'update and install in one RUN': dockerfile`
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
    Run(instruction, { step, model, onbuild }: Place): Finding[] {
      const { operations, script } = step;
      // what follows a stray one is meant for another command, which another rule reports
      const updates = operations.filter(
        ({ action, family, stray }) => action === 'update-index' && indexed.has(family) && !stray,
      );
      // the install may be in what a backslash has swallowed
      if (updates.length === 0 || hasMount(step, 'cache', 'tmpfs') || swallowed(instruction)) return [];
      const others = script?.commands.filter((command) => step.operationsOf(command).length === 0) ?? [];
      const quiet = others.every(({ name }) => name !== undefined && harmless.has(name));
      const alone = operations.every(({ action }) => ['update-index', 'clean', 'remove', 'other'].includes(action));
      if (!quiet || !alone) return [];
      return updates.map((it) => (onbuild ? { at: it.command } : finding(it, step, model)));
    },
  },
});

/** How many steps after the first install are looked at. */
const WINDOW = 50;

const isUpdate = ({ action }: PackageOperation): boolean => action === 'update-index';

function finding(operation: PackageOperation, step: Step, model: Model): Finding {
  const { command, family } = operation;
  const ofFamily = (it: Step): readonly PackageOperation[] => it.operations.filter((other) => other.family === family);
  const installs = (it: Step): boolean =>
    ofFamily(it).some(({ action }) => action === 'install' || action === 'upgrade');
  const onTop = ({ lineage, index }: Stage): boolean =>
    index !== step.stage?.index && lineage.some((it) => it === step.stage);
  const user =
    step.stage?.steps.find((it) => it.index > step.index && installs(it)) ??
    model.stages
      .filter(onTop)
      .flatMap(({ steps }) => steps)
      .find(installs);
  const call = callOf(operation);
  if (!user)
    return {
      at: command,
      message: `${call} has its own layer, and no install follows it in this file.`,
      why: 'A script, or an image built on this one, would install from an index as old as this layer.',
      instead: 'Remove it, or run it in the RUN that installs.',
    };
  const line = `line ${lineOf(model, user.instruction)}`;
  const renewed = ofFamily(user).some(({ action, flags }) => action === 'update-index' || flags.has('noCache'));
  // each of them would find no index any more, where the first removes it
  const others = (user.stage?.steps ?? [])
    .slice(user.index + 1, user.index + 1 + WINDOW)
    .filter((it) => installs(it) && !ofFamily(it).some(isUpdate));
  const found = { at: command, related: user.instruction.keyword };
  return renewed
    ? {
        ...found,
        message: `${call} has its own layer, but ${line} fetches the index again.`,
        why: 'The first index is not needed: it only costs time and space.',
        instead: 'Remove this update.',
      }
    : {
        ...found,
        message: `${call} has its own layer: ${line} installs from an index as old as the cached layer.`,
        ...(anyBefore(step, finding, ({ changes }) => changes === 'source') && {
          why: 'One RUN could also remove the index before the layer is written.',
        }),
        ...(others.length > 0 && {
          instead: `Run an update in each RUN that installs (lines ${listed([user, ...others].slice(0, 6).map((it) => String(lineOf(model, it.instruction))))}), and remove the index at its end.`,
        }),
      };
}
