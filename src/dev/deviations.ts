/** Where a rule differs on purpose from the tool that has its code, with a Dockerfile on which only one of them speaks. */
export interface Deviation {
  readonly why: string;
  readonly text?: string;
  /** Who reports the code in `text`. */
  readonly only?: 'dflint' | 'hadolint' | 'BuildKit';
}

export const buildkitChecks = [
  'ConsistentInstructionCasing',
  'CopyIgnoredFile',
  'DuplicateStageName',
  'ExposeInvalidFormat',
  'ExposeProtoCasing',
  'FromAsCasing',
  'FromPlatformFlagConstDisallowed',
  'InvalidBaseImagePlatform',
  'InvalidDefaultArgInFrom',
  'InvalidDefinitionDescription',
  'JSONArgsRecommended',
  'LegacyKeyValueFormat',
  'MaintainerDeprecated',
  'MultipleInstructionsDisallowed',
  'NoEmptyContinuation',
  'RedundantTargetPlatform',
  'ReservedStageName',
  'SecretsUsedInArgOrEnv',
  'StageNameCasing',
  'UndefinedArgInFrom',
  'UndefinedVar',
  'WorkdirRelativePath',
] as const;

const dflint = (why: string, text: string): Deviation => ({ why, text, only: 'dflint' });
const hadolint = (why: string, text: string): Deviation => ({ why, text, only: 'hadolint' });

/** Why a rule is not in preset recommended, by one of its codes. */
export const notInRecommended: Readonly<Record<string, string>> = {};

const D = 'FROM debian:12\n';
const A = 'FROM alpine:3.22\n';

export const deviations: Readonly<Record<string, readonly Deviation[]>> = {
  DL1000: [
    dflint('Several errors are told, each at its place, and what can be read is linted all the same.', 'RUM a\nRUM b'),
    hadolint(
      'What BuildKit reads is no error: here-documents right before another instruction, ports with sctp, flags of today.',
      'FROM debian:12\nRUN <<EOF\ntrue\nEOF\nUSER 1',
    ),
  ],
  DL3000: [
    dflint('What matters is whether the stage has set an absolute folder before; then a relative one is plain.', ''),
  ],
  DL3001: [hadolint('A job that the same RUN has started may be killed.', `${D}RUN ./server & kill $!`)],
  DL3002: [
    hadolint(
      'Only the image that is built counts, not the stages that it copies from.',
      'FROM debian:12 AS build\nUSER root\nFROM debian:12\nUSER 1000',
    ),
    dflint('Quotes and variables are resolved.', `${D}USER "root"`),
  ],
  DL3003: [hadolint('A subshell keeps the change to itself.', `${D}RUN (cd /srv && make) && make test`)],
  DL3004: [dflint('Wrappers and paths are looked through.', `${D}RUN env A=1 /usr/bin/sudo true`)],
  DL3006: [
    hadolint(
      'The name of an image may depend on an argument; then only its default can be judged.',
      'ARG TAG=12\nFROM debian:$TAG',
    ),
    dflint('A default is what is built without arguments.', 'ARG BASE=debian\nFROM $BASE'),
  ],
  DL3007: [dflint('The tag may come from a default.', 'ARG TAG=latest\nFROM debian:$TAG')],
  DL3008: [
    hadolint('A variable may hold the version; it is not known.', `${D}RUN apt-get install -y curl=$VERSION $PACKAGES`),
    hadolint('The value of an option is no package.', `${D}RUN apt-get install -y -o Dpkg::Use-Pty 0 curl=8.*`),
    dflint('Wrappers and paths are looked through.', `${D}RUN sh -c "/usr/bin/apt-get install -y curl"`),
  ],
  DL3009: [
    dflint('Another folder that is removed does not help.', `${D}RUN apt-get update && rm -rf /tmp/x`),
    hadolint('The folder may be emptied in any spelling.', `${D}RUN apt-get update && rm -fr /var/lib/apt/lists`),
  ],
  DL3010: [
    dflint(
      'Options of tar need no dash, and each stage counts.',
      `${D}COPY app.tar.gz /opt/\nRUN tar xzf /opt/app.tar.gz`,
    ),
    hadolint('ADD does not unpack what only compresses one file.', `${D}COPY app.gz /opt/\nRUN gunzip /opt/app.gz`),
  ],
  DL3013: [
    dflint('uv and an option before the verb are known.', 'FROM python:3.13\nRUN python -m pip --quiet install flask'),
    hadolint('The value of an option is no package.', 'FROM python:3.13\nRUN pip install --timeout 10 flask==3.0.3'),
  ],
  DL3014: [hadolint('Three q are as good as two.', `${D}RUN apt-get install -qqq curl=8.*`)],
  DL3015: [
    hadolint(
      'The option may be written in other ways.',
      `${D}RUN apt-get install -y -o APT::Install-Recommends=0 curl=8.*`,
    ),
  ],
  DL3016: [
    dflint('npm i, yarn add and pnpm add install as well.', 'FROM node:22\nRUN npm i -g typescript'),
    hadolint('A folder is no package of the registry.', 'FROM node:22\nRUN npm install .'),
  ],
  DL3018: [
    hadolint('A package that must not be installed needs no version.', `${A}RUN apk add --no-cache !busybox curl=~8`),
  ],
  DL3019: [hadolint('The cache may be removed.', `${A}RUN apk add curl=~8 && rm -rf /var/cache/apk/*`)],
  DL3020: [
    hadolint('A variable may hold an address, and Git addresses have many forms.', `${D}ARG URL\nADD $URL /srv/`),
    dflint('Of several sources each counts.', `${D}ADD a.tar.gz conf /srv/`),
  ],
  DL3021: [
    hadolint('BuildKit takes . for the folder that it is.', `${D}WORKDIR /srv\nCOPY a b .`),
    dflint('ADD has the same rule.', `${D}ADD a b /srv`),
  ],
  DL3022: [hadolint('An image is an image, also by its bare name.', `${D}COPY --from=nginx /etc/nginx /etc/nginx`)],
  DL3023: [
    dflint('A stage may name itself by its number, or in other letters.', 'FROM debian:12 AS b\nCOPY --from=0 /a /c'),
  ],
  DL3024: [dflint('BuildKit compares names in small letters.', 'FROM debian:12 AS x\nFROM debian:12 AS X')],
  DL3026: [hadolint('An argument has a default, and a number is a stage.', '')],
  DL3028: [hadolint('The version may be glued to the option.', 'FROM ruby:3.4\nRUN gem install rails -v7.1.3')],
  DL3029: [hadolint('An argument may name the platform.', 'ARG MINE\nFROM --platform=$MINE debian:12')],
  DL3030: [dflint('update and reinstall ask too.', 'FROM centos:7\nRUN yum update')],
  DL3032: [
    dflint(
      'Another folder that is removed does not help.',
      'FROM centos:7\nRUN yum install -y httpd-2.4 && rm -rf /tmp/x',
    ),
  ],
  DL3033: [hadolint('A group has no version.', 'FROM centos:7\nRUN yum install -y @development && yum clean all')],
  DL3034: [dflint('update and dup ask too.', 'FROM opensuse/leap:15.6\nRUN zypper update')],
  DL3036: [
    hadolint(
      'The cache may be removed by hand.',
      'FROM opensuse/leap:15.6\nRUN zypper in -y curl=8 && rm -rf /var/cache/zypp/*',
    ),
  ],
  DL3037: [
    hadolint(
      'The value of an option is no package.',
      'FROM opensuse/leap:15.6\nRUN zypper in -y --from repo curl=8 && zypper clean',
    ),
  ],
  DL3038: [dflint('dnf5 is dnf.', 'FROM fedora:42\nRUN dnf5 install curl-8.6 && dnf5 clean all')],
  DL3040: [dflint('dnf5 is dnf.', 'FROM fedora:42\nRUN dnf5 install -y curl-8.6')],
  DL3041: [
    hadolint(
      'A file or a capability is no package name.',
      'FROM fedora:42\nRUN dnf install -y /usr/bin/curl && dnf clean all',
    ),
  ],
  DL3042: [
    hadolint(
      'The cache folder may be kept out of the layer in any spelling.',
      'FROM python:3.13\nRUN --mount=type=cache,target=/root/.cache pip install flask==3.0.3',
    ),
  ],
  DL3044: [hadolint('An escaped dollar sign is a dollar sign.', `${D}ENV A=1 B=\\$A`)],
  DL3046: [dflint('The long option and the glued one count too.', `${D}RUN useradd --uid 1234567 app`)],
  DL3047: [hadolint('Without a download there is no bar.', `${D}RUN wget --version`)],
  DL3048: [],
  DL3059: [],
  DL3060: [dflint('yarn without a verb installs.', 'FROM node:22\nRUN yarn')],
  DL3062: [hadolint('A file of the project is no package.', 'FROM golang:1.25\nRUN go run main.go')],
  DL3064: [],
  DL3066: [hadolint('Only the image that ships counts, and its last USER.', 'FROM debian:12\nUSER app\nUSER 1000')],
  DL3067: [
    hadolint('Into scratch it is how layers are squashed.', 'FROM debian:12 AS b\nFROM scratch\nCOPY --from=b / /'),
  ],
  DL4005: [
    dflint('The file may also be copied over, and /usr/bin/sh is the same.', `${D}RUN ln -sf /bin/bash /usr/bin/sh`),
  ],
  DL4006: [
    hadolint(
      'SHELL is inherited from a stage.',
      'FROM debian:12 AS b\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nFROM b\nRUN cat a | wc -l',
    ),
    hadolint('The script may set it itself.', `${D}RUN set -o pipefail; cat a | wc -l`),
  ],
};
