import { dockerfile, type Finding, type PackageOperation, type Place, rule } from '../../src/engine/rule.ts';
import { addOption, callSpan, isEditable } from '../lib/calls.ts';

/** What asks before it works, with hadolint's code for its installs. */
const codes: Readonly<Record<string, string>> = {
  'apt-get': 'DL3014',
  apt: 'DL3014',
  yum: 'DL3030',
  zypper: 'DL3034',
  dnf: 'DL3038',
  microdnf: 'DL3038',
};

export default rule({
  id: 'install-without-yes',
  aliases: ['DL3014', 'DL3030', 'DL3034', 'DL3038'],
  severity: 'warning',
  preset: 'recommended',
  fix: 'safe',
  message: 'The package manager asks whether to go on, and nobody answers.',
  why: `
    A build has no terminal: the question is answered with no, or the build stops. Where yes is piped into the command it is
    answered, and nothing is reported.
  `,
  instead: '-y behind the verb.',
  url: 'https://docs.docker.com/build/building/best-practices/#apt-get',
  examples: {
    'apt-get': dockerfile`
        FROM debian:12
      - RUN apt-get update && apt-get install --no-install-recommends curl
                              ~~~~~~~~~~~~~~~
      + RUN apt-get update && apt-get install -y --no-install-recommends curl
    `,
    dnf: dockerfile`
        FROM fedora:42
      - RUN dnf install curl && dnf clean all
            ~~~~~~~~~~~
      + RUN dnf install -y curl && dnf clean all
    `,
    'answered, in any spelling': dockerfile`
      FROM debian:12
      RUN apt-get update && apt-get -qq install curl && yes | apt-get install git && apt-get install --assume-yes jq
    `,
  },
  visit: {
    Operation: (operation, place) => judge(operation, place),
  },
});

const asking: Readonly<Record<string, ReadonlySet<string>>> = {
  'apt-get': new Set(['install', 'reinstall', 'remove', 'upgrade']),
  apt: new Set(['install', 'reinstall', 'remove', 'upgrade']),
  yum: new Set(['install', 'reinstall', 'remove', 'upgrade']),
  dnf: new Set(['install', 'reinstall', 'remove', 'upgrade']),
  microdnf: new Set(['install']),
  zypper: new Set(['install', 'reinstall', 'remove', 'upgrade']),
};
const answers = new Set(['yes', 'echo', 'printf']);

function judge(operation: PackageOperation, { step }: Place): Finding | undefined {
  const { manager, action, flags, verb, command } = operation;
  if (!asking[manager]?.has(action) || !verb || step.instruction.kind !== 'Run') return undefined;
  if (['assumeYes', 'dryRun', 'downloadOnly'].some((flag) => flags.has(flag as 'assumeYes'))) return undefined;
  const before = step.script?.commands.filter(
    ({ pipeline, span }) => pipeline === command.pipeline && span.start < command.span.start,
  );
  const answered =
    before?.some(({ name }) => answers.has(name ?? '')) ||
    command.redirects.some(({ operator }) => operator.startsWith('<'));
  if (answered) return undefined;
  // an unknown option may be the answer
  if (command.args.some(({ literal, text }) => !literal && /^\$\{?\w*(?:OPT|FLAG|ARG|YES)/i.test(text)))
    return undefined;
  const install = action === 'install' || (manager === 'zypper' && verb.text !== 'update' && verb.text !== 'up');
  const code = codes[manager];
  return {
    at: callSpan(operation),
    aliases: install && code ? [code] : [],
    message: `${manager} ${verb.text} asks whether to go on, and nobody answers.`,
    ...(isEditable(operation) && { fix: { title: 'Add -y', edits: [addOption(operation, '-y')] } }),
  };
}
