import {
  type Command,
  dockerfile,
  type Finding,
  type PackageOperation,
  type Place,
  type Proposal,
  rule,
} from '../../src/engine/rule.ts';

/** The verbs that bring every package to what the repositories have, by manager, each with the plain update. */
const verbs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  zypper: { dup: 'up', 'dist-upgrade': 'update' },
  dnf: { 'distro-sync': 'upgrade', distrosync: 'upgrade', dsync: 'upgrade', dup: 'upgrade' },
  dnf5: { 'distro-sync': 'upgrade', dsync: 'upgrade' },
  yum: { 'distro-sync': 'update', 'distribution-synchronization': 'update' },
};
/** Options that the plain update has in the same meaning. */
const sharedOptions = /^(?:-y|--no-confirm|--assumeyes|-l|--auto-agree-with-licenses|--(?:no-)?recommends|-q|--quiet)$/;
/** Releases without numbers, which are brought up to date in no other way: https://en.opensuse.org/SDB:Tumbleweed */
const rolling = /tumbleweed|microos|slowroll/;

export default rule({
  id: 'distribution-upgrade',
  aliases: ['DL3035'],
  severity: 'warning',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'The whole distribution is upgraded.',
  why: `
    It replaces, downgrades or removes whatever differs from today's repositories, so the image may no longer be the release
    that FROM names. A plain update, such as for security fixes, is not reported; nor are apt-get dist-upgrade, which stays
    within the release of its sources, and zypper dup on openSUSE Tumbleweed, which has no other way to update.
  `,
  instead: 'Use a base image of the release that you want, and a plain update if you need one.',
  url: 'https://docs.docker.com/build/building/best-practices/#choose-the-right-base-image',
  examples: {
    'all packages of openSUSE': dockerfile`
        FROM opensuse/leap:15.6
      - RUN zypper -n dup && zypper clean
                      ~~~
      + RUN zypper -n up && zypper clean
    `,
    'the next release': dockerfile`
      FROM ubuntu:24.04
      RUN do-release-upgrade -f DistUpgradeViewNonInteractive
          ~~~~~~~~~~~~~~~~~~
    `,
    'plain updates': dockerfile`
      FROM opensuse/leap:15.6 AS suse
      RUN zypper -n up && zypper clean
      FROM debian:12
      RUN apt-get update && apt-get dist-upgrade -y && rm -rf /var/lib/apt/lists/*
    `,
    'a rolling release': dockerfile`
      FROM opensuse/tumbleweed
      RUN zypper -n dup && zypper clean
    `,
  },
  visit: {
    Command(command, { step }) {
      if (command.name !== 'do-release-upgrade' || step.instruction.kind !== 'Run') return undefined;
      const asks = command.args.some(({ text }) =>
        /^(?:-c|--check-dist-upgrade-only|-V|--version|-h|--help)$/.test(text),
      );
      return asks
        ? undefined
        : { at: command.word, aliases: [], message: 'do-release-upgrade moves the image to another release.' };
    },
    Operation(operation, place) {
      const { manager, verb, flags, packages } = operation;
      if (place.step.instruction.kind !== 'Run' || !verb || flags.has('dryRun')) return undefined;
      const release = releaseUpgrade(operation);
      if (release) return { ...release, aliases: [] };
      const plain = verbs[manager]?.[verb.text];
      if (plain === undefined || packages.length > 0 || (manager === 'zypper' && isRolling(place))) return undefined;
      const fix = fixOf(operation.command, verb, plain);
      return {
        at: verb,
        message: `${manager} ${verb.text} upgrades the whole distribution.`,
        aliases: manager === 'zypper' ? ['DL3035'] : [],
        ...(fix && { fix }),
      };
    },
  },
});

/** What moves to another release for certain. */
function releaseUpgrade({ manager, family, action, flags, command }: PackageOperation): Finding | undefined {
  const next = command.args.find(({ text }) => text === 'system-upgrade');
  if (next && /^(?:dnf5?|yum)$/.test(manager))
    return { at: next, message: 'system-upgrade moves the image to another release.' };
  const target = family === 'apt' && action === 'upgrade' ? flags.get('targetRelease')?.at(-1) : undefined;
  return (
    target && { at: target.word, message: `All packages are upgraded to ${target.value?.text ?? 'another release'}.` }
  );
}

function isRolling({ stage }: Place): boolean {
  const base = stage?.lineage[0]?.base;
  return base?.kind === 'image'
    ? rolling.test(base.reference.text)
    : base?.kind === 'unknown' && rolling.test(base.text);
}

function fixOf({ args }: Command, verb: NonNullable<PackageOperation['verb']>, plain: string): Proposal | undefined {
  const behind = args.filter(({ span }) => span.start > verb.span.start);
  if (verb.raw !== verb.text || !behind.every(({ text }) => sharedOptions.test(text))) return undefined;
  return { title: `Write ${plain}`, edits: [{ span: verb.span, text: plain }] };
}
