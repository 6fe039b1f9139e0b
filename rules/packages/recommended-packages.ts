import {
  dockerfile,
  type Finding,
  mayBeSet,
  type PackageOperation,
  type Place,
  rule,
  type Setting,
} from '../../src/engine/rule.ts';
import { addOption, callSpan, isEditable } from '../lib/edits.ts';

const setting: Setting = {
  text: /(?<!no-)Install-Recommends/i,
  files: /^\/etc\/apt\/apt\.conf/,
  not: new Set(['apt-get', 'apt', 'aptitude']),
};

export default rule({
  id: 'recommended-packages',
  aliases: ['DL3015'],
  severity: 'info',
  preset: 'strict',
  fix: 'suggestion',
  message: 'apt also installs recommended packages.',
  why: `
    Recommended packages are often most of what an install brings, and an image seldom needs them. Not reported if the file
    may set APT::Install-Recommends.
  `,
  instead: 'Add --no-install-recommends and name the packages that you need.',
  url: 'https://docs.docker.com/build/building/best-practices/#apt-get',
  examples: {
    'with recommended packages': dockerfile`
        FROM debian:12
      - RUN apt-get update && apt-get install -y curl
                              ~~~~~~~~~~~~~~~
      + RUN apt-get update && apt-get install --no-install-recommends -y curl
    `,
    'without them, by an option or by configuration': dockerfile`
      FROM debian:12
      RUN apt-get update && apt-get install -y --no-install-recommends curl
      RUN echo 'APT::Install-Recommends "0";' > /etc/apt/apt.conf.d/10-recommends
      RUN apt-get install -y git
    `,
  },
  notRecommended: {
    DL3015: 'Some recommended packages may be needed, and only a test of the image shows which.',
  },
  differs: {
    DL3015: [
      {
        why: 'The option can be written in other ways.',
        only: 'hadolint',
        text: 'FROM debian:12\nRUN apt-get install -y -o APT::Install-Recommends=0 curl=8.*',
      },
      {
        why: 'apt-get may be called through sudo or by its path.',
        only: 'dflint',
        text: 'FROM debian:12\nRUN sudo apt-get install -y curl=8.*',
      },
    ],
  },
  visit: {
    Operation: (operation, place) => judge(operation, place),
  },
});

function judge(operation: PackageOperation, { step }: Place): Finding | undefined {
  const { manager, action, flags, verb } = operation;
  if ((manager !== 'apt-get' && manager !== 'apt') || action !== 'install' || !verb || flags.has('noRecommends'))
    return undefined;
  if (flags.has('dryRun') || step.instruction.kind !== 'Run' || mayBeSet(setting, step)) return undefined;
  const call = `${manager} ${verb.text}`;
  return {
    at: callSpan(operation),
    aliases: ['DL3015'],
    message: `${call} also installs recommended packages.`,
    ...(isEditable(operation) && {
      fix: {
        title: 'Add --no-install-recommends',
        edits: [addOption(operation, '--no-install-recommends', step)],
      },
    }),
  };
}
