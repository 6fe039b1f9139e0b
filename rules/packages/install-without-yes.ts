import {
  dockerfile,
  type Finding,
  mayBeSet,
  type PackageOperation,
  type Place,
  rule,
  type Setting,
  type ShellWord,
  type Step,
} from '../../src/engine/rule.ts';
import { assumingYes, essential } from '../../src/knowledge/managers/debian.ts';
import { addOption, callSpan, isEditable } from '../lib/edits.ts';

/** A package manager that asks before it works. */
interface Asking {
  /** hadolint's code of its installs. */
  readonly code?: string;
  /** The option that answers. */
  readonly yes?: string;
  /** It asks before installs only. */
  readonly installs?: true;
  /** The setting that answers once and for all. */
  readonly setting?: Setting;
}

const aptSetting: Setting = {
  text: /Assume-Yes/i,
  files: /^\/etc\/apt\/apt\.conf/,
  not: new Set(['apt-get', 'apt', 'aptitude']),
};
const dnfSetting: Setting = {
  text: /\bassumeyes\b/i,
  files: /^\/etc\/(?:dnf|yum|tdnf)(?:\/(?:[\w.-]+\.conf)?$|\.conf$)/,
  not: new Set(['yum', 'dnf', 'dnf5', 'microdnf', 'tdnf']),
};

const asking: Readonly<Record<string, Asking>> = {
  'apt-get': { code: 'DL3014', setting: aptSetting },
  apt: { code: 'DL3014', setting: aptSetting },
  aptitude: { setting: aptSetting },
  yum: { code: 'DL3030', setting: dnfSetting },
  dnf: { code: 'DL3038', setting: dnfSetting },
  dnf5: { code: 'DL3038', setting: dnfSetting },
  microdnf: { code: 'DL3038', setting: dnfSetting, installs: true },
  tdnf: { setting: dnfSetting },
  zypper: { code: 'DL3034' },
  pacman: { yes: '--noconfirm' },
};

export default rule({
  id: 'install-without-yes',
  aliases: ['DL3014', 'DL3030', 'DL3034', 'DL3038'],
  severity: 'warning',
  preset: 'recommended',
  fix: 'safe',
  message: 'The package manager may ask for confirmation, which a build cannot give.',
  why: `
    Without an answer the package manager aborts, and the build stops. Not reported if an answer is piped into the command,
    or if the file may configure the manager to assume yes.
  `,
  instead: 'Add -y.',
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
    'answered by an option or a pipe': dockerfile`
      FROM debian:12
      RUN apt-get update && apt-get -qq install curl && yes | apt-get install git && apt-get install --assume-yes jq
    `,
  },
  differs: {
    DL3014: [
      {
        why: 'The answer may come from a pipe.',
        only: 'hadolint',
        text: 'FROM debian:12\nRUN yes | apt-get install curl=8.*',
      },
      { why: 'apt asks too.', only: 'dflint', text: 'FROM debian:12\nRUN apt install curl=8.*' },
    ],
    DL3030: [{ why: 'swap asks too.', only: 'dflint', text: 'FROM centos:7\nRUN yum swap a b' }],
    DL3034: [
      {
        why: 'An argument that looks like a subcommand is not one.',
        only: 'hadolint',
        text: 'FROM opensuse/leap:15.6\nRUN zypper addrepo https://example.com in',
      },
    ],
    DL3038: [
      {
        why: 'dnf in means dnf install.',
        only: 'dflint',
        text: 'FROM fedora:42\nRUN dnf in curl-8.6 && dnf clean all',
      },
    ],
  },
  visit: {
    Operation: (operation, place) => judge(operation, place),
  },
});

const changes = new Set(['install', 'reinstall', 'remove', 'upgrade']);
const answers = new Set(['yes', 'echo', 'printf']);

function judge(operation: PackageOperation, { step }: Place): Finding | undefined {
  const { manager, action, flags, verb } = operation;
  const how = asking[manager];
  if (!how || !verb || step.instruction.kind !== 'Run') return undefined;
  if (!(how.installs ? action === 'install' : changes.has(action))) return undefined;
  if (['assumeYes', 'dryRun', 'downloadOnly'].some((flag) => flags.has(flag as 'assumeYes'))) return undefined;
  if (how.setting === aptSetting && assumingYes.test(step.stage?.rootImage?.repository ?? '')) return undefined;
  if (isAnswered(operation, step) || (how.setting && mayBeSet(how.setting, step))) return undefined;
  if (how.setting === aptSetting && action === 'install' && !mayInstall(operation)) return undefined;
  const yes = how.yes ?? '-y';
  return {
    at: callSpan(operation),
    aliases: how.code && isKnownToHadolint(operation) ? [how.code] : [],
    message: `${manager} ${verb.text} may ask for confirmation, which a build cannot give.`,
    instead: `Add ${yes}, as in ${manager} ${verb.text} ${yes}.`,
    ...(isEditable(operation) && { fix: { title: `Add ${yes}`, edits: [addOption(operation, yes, step)] } }),
  };
}

/** Whether apt has anything to ask about: a package that is not in each Debian, or what dpkg has left half installed. */
function mayInstall({ packages, command }: PackageOperation): boolean {
  if (packages.length > 0)
    return packages.some(({ name, source }) => source !== 'registry' || !essential.has(name ?? ''));
  return command.joint !== '&&';
}

/** Its codes are about installs; of zypper about all that changes packages but update. */
const isKnownToHadolint = ({ manager, action, verb }: PackageOperation): boolean =>
  action === 'install' ||
  (manager === 'zypper' && !/^(?:update|up|dist-upgrade|dup)$/.test(verb?.text ?? '')) ||
  (action === 'reinstall' && /^apt/.test(manager));

/** Whether something is piped into it, or an option that is not known may be the answer. */
function isAnswered({ command, verb }: PackageOperation, { script }: Step): boolean {
  const before = script?.commands.filter(
    ({ pipeline, span }) => pipeline === command.pipeline && span.start < command.span.start,
  );
  const mayAnswer = ({ literal, text, span }: ShellWord): boolean =>
    !literal && (span.start < verb!.span.start ? text.startsWith('$') : /^\$\{?\w*(?:OPT|FLAG|ARG|YES)/i.test(text));
  return (
    before?.some(({ name }) => answers.has(name ?? '')) ||
    command.redirects.some(({ operator }) => operator.startsWith('<')) ||
    command.args.some(mayAnswer)
  );
}
