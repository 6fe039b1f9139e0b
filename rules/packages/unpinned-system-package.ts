import { dockerfile, type Finding, type NamedPackage, type PackageOperation, rule } from '../../src/engine/rule.ts';
import { byWord, expandedOperation, isOpen, listed, mayHideVersion } from './lib/versions.ts';

interface Style {
  readonly aliases: readonly string[];
  /** How a package is written with its version. */
  readonly form: string;
}

const style = (form: string, ...aliases: string[]): Style => ({ aliases, form });
const apt = style('curl=7.88.*', 'DL3008');
const dnf = style('curl-8.6.0', 'DL3041');

const styles: Readonly<Record<string, Style>> = {
  'apt-get': apt,
  apt,
  aptitude: apt,
  apk: style('curl=~8', 'DL3018'),
  yum: style('curl-7.76.1', 'DL3033'),
  zypper: style('curl=8.6.0', 'DL3037'),
  dnf,
  dnf5: dnf,
  microdnf: dnf,
  tdnf: style('curl-8.6.0'),
  pacman: style('curl=8.6.0'),
  choco: style('curl --version 8.6.0'),
};

/** What stands behind these is no package to be installed in a version of its own. */
const otherWords = new Set(['build-dep', 'builddep', 'source-install', 'si', 'swap', 'localinstall']);

const dropped = 'Repositories drop old versions, so a pinned version can break the build within weeks.';

export default rule({
  id: 'unpinned-system-package',
  aliases: ['DL3008', 'DL3018', 'DL3033', 'DL3037', 'DL3041'],
  severity: 'warning',
  preset: 'strict',
  message: 'A system package is installed without a version.',
  why: `
    A later build, or a build on another machine, can install another version. Pinning has a price: most distributions
    delete an old version when a new one arrives, and then the build fails until you change the number. So this rule is in
    strict. Groups, local files, URLs, packages of a named release (git/bookworm) and words whose version may be in a
    variable are not judged.
  `,
  instead: 'Add a version, as exact as you want to maintain.',
  url: 'https://docs.docker.com/build/building/best-practices/#version-pinning',
  examples: {
    'apt, apk, dnf': dockerfile`
      FROM debian:12 AS debian
      RUN apt-get update && apt-get install -y --no-install-recommends curl=7.88.* git
                                                                                   ~~~
      FROM alpine:3.22 AS alpine
      RUN apk add --no-cache curl=~8 git
                                     ~~~
      FROM fedora:42
      RUN dnf install -y curl-8.6.0 git && dnf clean all
                                    ~~~
    `,
    'names in a variable': dockerfile`
      FROM debian:12
      ARG TOOLS="curl=7.88.* git"
      RUN apt-get update && apt-get install -y $TOOLS
                                               ~~~~~~
    `,
    'groups, files, and other words without a version': dockerfile`
      FROM debian:12
      ARG CURL_VERSION
      RUN apt-get update && apt-get install -y curl=\${CURL_VERSION} git/bookworm-backports ./tool.deb lamp-server^ wget-
    `,
  },
  notRecommended: {
    DL3008:
      'Distributions drop old versions from their archives, so a pinned version can break the build within weeks.',
    DL3018:
      'Alpine keeps only the newest version in each release, so a pinned version can break the build within weeks.',
    DL3033: dropped,
    DL3037: dropped,
    DL3041: dropped,
  },
  differs: {
    DL3008: [
      {
        why: 'The variable may contain the version.',
        only: 'hadolint',
        text: 'FROM debian:12\nRUN apt-get install -y $PACKAGES',
      },
      {
        why: 'apt counts as apt-get, also in sh -c and by its path.',
        only: 'dflint',
        text: 'FROM debian:12\nRUN sh -c "/usr/bin/apt install -y curl"',
      },
      {
        why: 'A name that ends in a minus removes the package.',
        only: 'hadolint',
        text: 'FROM debian:12\nRUN apt-get install -y curl=8.* vim-',
      },
    ],
    DL3018: [
      {
        why: 'A package that must not be installed needs no version.',
        only: 'hadolint',
        text: 'FROM alpine:3.22\nRUN apk add --no-cache !busybox curl=~8',
      },
      {
        why: 'The value of an option is not a package.',
        only: 'hadolint',
        text: 'FROM alpine:3.22\nRUN apk add --no-cache --root /rootfs curl=~8',
      },
    ],
    DL3033: [
      {
        why: 'A group has no version.',
        only: 'hadolint',
        text: 'FROM centos:7\nRUN yum install -y @development && yum clean all',
      },
      {
        why: 'A number in the name is not a version.',
        only: 'dflint',
        text: 'FROM centos:7\nRUN yum install -y java-1.8.0-openjdk && yum clean all',
      },
    ],
    DL3037: [
      {
        why: 'The value of an option is not a package.',
        only: 'hadolint',
        text: 'FROM opensuse/leap:15.6\nRUN zypper in -y --from repo curl=8 && zypper clean',
      },
    ],
    DL3041: [
      {
        why: 'A path is not a package name.',
        only: 'hadolint',
        text: 'FROM fedora:42\nRUN dnf install -y /usr/bin/curl && dnf clean all',
      },
    ],
  },
  visit: {
    Operation(operation, place): readonly Finding[] | undefined {
      const known = styles[operation.manager];
      if (!known || place.step.instruction.kind !== 'Run' || !installs(operation)) return undefined;
      const { packages } = expandedOperation(operation, place);
      return byWord(packages.filter((one) => isUnpinned(one, operation.family))).map((group) => ({
        at: group[0]!.word,
        aliases: known.aliases,
        message: `${listed(group.map(({ name, word }) => name ?? word.text))} ${group.length > 1 ? 'are' : 'is'} installed without a version.`,
        instead: `Add a version, as in ${known.form}.`,
      }));
    },
  },
});

/** apt reinstalls in the newest version, the others in the one that is there. */
const installs = ({ action, family, verb, flags }: PackageOperation): boolean =>
  (action === 'install' || (action === 'reinstall' && family === 'apt')) &&
  !flags.has('dryRun') &&
  !otherWords.has(verb?.text ?? '');

const isUnpinned = ({ source, version, word: { text } }: NamedPackage, family: string): boolean =>
  source === 'registry' &&
  !version &&
  !/^[./~]|^$/.test(text) &&
  !(dashed.has(family) ? isOpen(text) : mayHideVersion(text));

/** Where a dash parts name and version, the version may stand anywhere behind one. */
const dashed = new Set(['rpm', 'zypper']);
