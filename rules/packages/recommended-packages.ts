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
  message: 'Packages that are only recommended are installed as well.',
  why: `
    Debian's packages recommend others for the comfort of a desktop; in an image they are often most of what an install brings.
    An apt that the file configures is not reported.
  `,
  instead: '--no-install-recommends, and what is needed of them by name.',
  url: 'https://docs.docker.com/build/building/best-practices/#apt-get',
  examples: {
    'all that is recommended': dockerfile`
        FROM debian:12
      - RUN apt-get update && apt-get install -y curl
                              ~~~~~~~~~~~~~~~
      + RUN apt-get update && apt-get install --no-install-recommends -y curl
    `,
    'left out, by option or by configuration': dockerfile`
      FROM debian:12
      RUN apt-get update && apt-get install -y --no-install-recommends curl
      RUN echo 'APT::Install-Recommends "0";' > /etc/apt/apt.conf.d/10-recommends
      RUN apt-get install -y git
    `,
  },
  notRecommended: {
    DL3015: 'What is only recommended may be needed; a reviewer cannot tell without trying.',
  },
  differs: {
    DL3015: [
      {
        why: 'The option may be written in other ways.',
        only: 'hadolint',
        text: 'FROM debian:12\nRUN apt-get install -y -o APT::Install-Recommends=0 curl=8.*',
      },
      {
        why: 'Wrappers and paths are looked through.',
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
    message: `${call} installs what is only recommended as well.`,
    ...(isEditable(operation) && {
      fix: {
        title: 'Leave out what is only recommended',
        edits: [addOption(operation, '--no-install-recommends', step)],
      },
    }),
  };
}
