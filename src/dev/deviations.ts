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
const buildkit = (why: string, text: string): Deviation => ({ why, text, only: 'BuildKit' });

/** Why a rule, or what is doubtful of it, is not in preset recommended; by one of its codes. */
export const notInRecommended: Readonly<Record<string, string>> = {
  DL1001: 'A comment that ignores a rule is a decision; only a project that wants none asks for this.',
  DL3003:
    'A cd in front of one command is common and does no harm; what counts in recommended is a cd that has no effect.',
  DL3008: 'The archives of distributions drop old versions, so a pinned one breaks the build in a few weeks.',
  DL3015: 'What is only recommended may be needed; a reviewer cannot tell without trying.',
  DL3018: 'Alpine keeps no old versions, so a pinned one breaks the build in a few weeks.',
  DL3033: 'Repositories drop old versions, so a pinned one breaks the build in a few weeks.',
  DL3037: 'Repositories drop old versions, so a pinned one breaks the build in a few weeks.',
  DL3041: 'Repositories drop old versions, so a pinned one breaks the build in a few weeks.',
  DL3047: 'A progress bar only makes the log of the build long.',
  DL3048: 'Docker takes capitals and underscores; in recommended are signs that belong in no key, and reserved names.',
  DL3057: 'Orchestrators have checks of their own, so most good images have none in the file.',
  DL3059: 'Two layers may be worth the cache they save; in recommended are those that are free to join.',
  DL3064: 'A name alone tells little; in recommended are names of secrets with a value, and values that are secrets.',
  DL3066: 'A name is as good as a number but for Kubernetes, where runAsNonRoot needs the number.',
  DL4001: 'It costs a little space where both are installed, and nothing where the base image has them.',
  DL4006:
    'Most pipes cannot fail in a way that matters; in recommended are downloads and builds that feed a command which takes anything.',
  InvalidDefinitionDescription: 'BuildKit calls it experimental, and it speaks about most comments that people write.',
  UndefinedVar: 'The base image may set the variable, and no registry is asked; in recommended is what is certain.',
};

const D = 'FROM debian:12\n';
const A = 'FROM alpine:3.22\n';
const Y = 'FROM centos:7\n';
const F = 'FROM fedora:42\n';
const Z = 'FROM opensuse/leap:15.6\n';
const P = 'FROM python:3.13\n';
const N = 'FROM node:22\n';

const comments =
  'Comments that ignore work in any letter case, with blanks, behind one another and above blank lines, and inside the instruction.';
const updates = 'Updates and groups fill the cache as an install does.';
const other = 'Another folder that is removed does not help.';
const shipped = 'A stage whose layers do not ship costs nothing.';

export const deviations: Readonly<Record<string, readonly Deviation[]>> = {
  DL1000: [
    dflint('All errors are told, each at its place, and what can be read is linted all the same.', `${D}SHELL bash`),
    hadolint(
      'What BuildKit reads is no error: here-documents right before another instruction, sctp, flags of today.',
      `${D}RUN <<EOF\ntrue\nEOF\nUSER 1`,
    ),
    dflint('An empty file, and one of comments alone, builds nothing.', '# no instruction'),
  ],
  DL1001: [
    dflint(
      'It also reports a comment that would silence itself.',
      '# hadolint ignore=DL1001\n# hadolint ignore=DL3006\nFROM debian',
    ),
  ],
  DL3001: [
    hadolint('A job that the same RUN has started may be killed.', `${D}RUN ./server & kill $!`),
    dflint('Paths are looked through, and ifconfig counts.', `${D}RUN /sbin/ifconfig`),
  ],
  DL3002: [
    hadolint(
      'Only the image that is built counts, not the stages that it copies from.',
      'FROM debian:12 AS build\nUSER root\nFROM debian:12\nUSER 1000',
    ),
    dflint('Quotes and variables are resolved.', `${D}USER "root"`),
  ],
  DL3003: [
    hadolint('A subshell keeps the change to itself.', `${D}RUN (cd /srv && make) && make test`),
    hadolint(
      'Several of them in one script are a way of work, not a missing WORKDIR.',
      `${D}RUN cd /a && make && cd /b && make`,
    ),
    { why: comments },
  ],
  DL3004: [
    dflint('Wrappers and paths are looked through.', `${D}RUN env A=1 /usr/bin/sudo true`),
    { why: 'A warning rather than an error: the build works.' },
  ],
  DL3006: [
    dflint('A default is what is built without arguments.', 'ARG BASE=debian\nFROM $BASE'),
    hadolint('The tag may be in an argument.', 'ARG APP\nFROM registry.example.com/$APP'),
    hadolint('BuildKit compares stage names in small letters.', 'FROM debian:12 AS Base\nFROM base'),
    { why: comments },
  ],
  DL3007: [dflint('The tag may come from a default.', 'ARG TAG=latest\nFROM debian:$TAG')],
  DL3008: [
    hadolint('A variable may hold the version; it is not known.', `${D}RUN apt-get install -y $PACKAGES`),
    dflint(
      'Wrappers and paths are looked through, and apt is apt-get.',
      `${D}RUN sh -c "/usr/bin/apt install -y curl"`,
    ),
    hadolint('A word with a minus at its end removes a package.', `${D}RUN apt-get install -y curl=8.* vim-`),
  ],
  DL3009: [
    dflint(other, `${D}RUN apt-get update && rm -rf /tmp/x`),
    hadolint('The folder may be emptied in any spelling.', `${D}RUN apt-get update && rm -fr /var/lib/apt/lists`),
    { why: `${shipped} A RUN that only updates is told once, as lone-package-update; DL3009 says it from strict on.` },
  ],
  DL3010: [
    dflint(
      'Options of tar need no dash, and each stage counts.',
      `${D}COPY app.tar.gz /opt/\nRUN tar xzf /opt/app.tar.gz`,
    ),
    hadolint('ADD does not unpack what only compresses one file.', `${D}COPY app.gz /opt/\nRUN gunzip /opt/app.gz`),
  ],
  DL3012: [
    {
      why: 'Told at the instruction that is overridden, with the one that overrides beside it; comments count at both.',
    },
  ],
  DL3013: [
    dflint('Options may stand before the verb, and uv is pip as well.', `${P}RUN python -m pip --quiet install flask`),
    hadolint('The value of an option is no package.', `${P}RUN pip install --timeout 10 flask==3.0.3`),
    hadolint('An archive is one version.', `${P}RUN pip install app.zip`),
  ],
  DL3014: [
    hadolint('The answer may come through a pipe.', `${D}RUN yes | apt-get install curl=8.*`),
    dflint('apt asks too.', `${D}RUN apt install curl=8.*`),
  ],
  DL3015: [
    hadolint(
      'The option may be written in other ways.',
      `${D}RUN apt-get install -y -o APT::Install-Recommends=0 curl=8.*`,
    ),
    dflint('Wrappers and paths are looked through.', `${D}RUN sudo apt-get install -y curl=8.*`),
  ],
  DL3016: [
    dflint('npm i, yarn add and pnpm add install as well.', `${N}RUN npm i -g typescript`),
    hadolint('A folder is no package of the registry.', `${N}RUN npm install .`),
    dflint('A tag that moves is no version.', `${N}RUN npm install -g typescript@latest`),
  ],
  DL3018: [
    hadolint('A package that must not be installed needs no version.', `${A}RUN apk add --no-cache !busybox curl=~8`),
    hadolint('The value of an option is no package.', `${A}RUN apk add --no-cache --root /rootfs curl=~8`),
  ],
  DL3019: [
    hadolint('The cache may be removed by hand.', `${A}RUN apk add curl=~8 && rm -rf /var/cache/apk/*`),
    dflint(updates, `${A}RUN apk upgrade`),
  ],
  DL3020: [
    hadolint('A variable may hold an address, and Git addresses have many forms.', `${D}ARG URL\nADD $URL /srv/`),
    hadolint('With a flag that only ADD has, ADD was chosen on purpose.', `${D}ADD --unpack=false app /srv/`),
    { why: 'A warning rather than an error: the build works.' },
  ],
  DL3021: [
    hadolint('BuildKit takes . for the folder that it is.', `${D}WORKDIR /srv\nCOPY a b .`),
    hadolint('A variable may end in a slash.', `${D}COPY a b $FOLDER`),
    { why: 'ADD is judged as well, without the code. A warning rather than an error, as builders differ.' },
  ],
  DL3022: [
    hadolint(
      'An image is an image, also by its bare name; any other name may be a build context.',
      `${D}COPY --from=nginx /etc/nginx /etc/nginx`,
    ),
    hadolint(
      'BuildKit compares stage names in small letters.',
      'FROM debian:12 AS b\nFROM debian:12\nCOPY --from=B /a /c',
    ),
  ],
  DL3023: [
    dflint('A stage may name itself by its number, or in other letters.', 'FROM debian:12 AS b\nCOPY --from=0 /a /c'),
  ],
  DL3024: [dflint('BuildKit compares names in small letters.', 'FROM debian:12 AS x\nFROM debian:12 AS X')],
  DL3025: [
    hadolint('The shell may hand over to the program.', `${D}CMD exec app --port $PORT`),
    hadolint('A stage that sets SHELL has chosen its shell.', `${D}SHELL ["/bin/bash", "-c"]\nCMD app`),
    hadolint(
      'A health check needs a shell for its ||; the option healthchecks reports it.',
      `${D}HEALTHCHECK CMD curl -f http://localhost/ || exit 1`,
    ),
  ],
  DL3026: [
    {
      why: 'A default of an argument is resolved, numbers and stages are no images, localhost and ports are registries, docker.io has several names.',
    },
  ],
  DL3027: [dflint('Paths are looked through.', `${D}RUN /usr/bin/apt update`)],
  DL3028: [
    hadolint('The version may be glued to its option.', 'FROM ruby:3.4\nRUN gem install rails -v7.1.3'),
    dflint('An option without a value takes no gem away.', 'FROM ruby:3.4\nRUN gem install --no-document rails'),
  ],
  DL3029: [hadolint('An argument may name the platform.', 'ARG MINE=linux/arm64\nFROM --platform=$MINE debian:12')],
  DL3030: [dflint('swap asks too.', `${Y}RUN yum swap a b`)],
  DL3032: [
    dflint(other, `${Y}RUN yum install -y httpd-2.4 && rm -rf /tmp/x`),
    dflint(updates, `${Y}RUN yum update -y`),
    { why: shipped },
  ],
  DL3033: [
    hadolint('A group has no version.', `${Y}RUN yum install -y @development && yum clean all`),
    dflint('A number in the name is no version.', `${Y}RUN yum install -y java-1.8.0-openjdk && yum clean all`),
  ],
  DL3034: [hadolint('A word that looks like a verb is none.', `${Z}RUN zypper addrepo https://example.com in`)],
  DL3036: [
    hadolint('The cache may be removed by hand.', `${Z}RUN zypper in -y curl=8 && rm -rf /var/cache/zypp/*`),
    dflint(updates, `${Z}RUN zypper -n up`),
  ],
  DL3037: [
    hadolint('The value of an option is no package.', `${Z}RUN zypper in -y --from repo curl=8 && zypper clean`),
  ],
  DL3038: [dflint('dnf in is dnf install.', `${F}RUN dnf in curl-8.6 && dnf clean all`)],
  DL3040: [
    dflint(other, `${F}RUN dnf install -y curl-8.6 && rm -rf /tmp/x`),
    dflint(
      'What is installed after the cleaning counts.',
      `${F}RUN dnf install -y a-1 && dnf clean all && dnf install -y b-1`,
    ),
  ],
  DL3041: [hadolint('A file is no package name.', `${F}RUN dnf install -y /usr/bin/curl && dnf clean all`)],
  DL3042: [
    hadolint(
      'The cache folder may be kept out of the layer in any spelling.',
      `${P}RUN --mount=type=cache,target=/root/.cache pip install flask==3.0.3`,
    ),
    hadolint('The cache may be removed by hand.', `${P}RUN pip install flask==3.0.3 && rm -rf /root/.cache`),
    dflint(
      'A variable of another stage does not hold here.',
      `${P}ENV PIP_NO_CACHE_DIR=1\n${P}RUN pip install flask==3.0.3`,
    ),
  ],
  DL3044: [hadolint('An escaped dollar sign is a dollar sign.', `${D}ENV A=1 B=\\$A`)],
  DL3045: [
    hadolint(
      'What a stage sets holds for those that stand on it, whatever the images are called.',
      'FROM scratch\nCOPY a b',
    ),
  ],
  DL3046: [dflint('The long option and the glued one count too.', `${D}RUN useradd --uid 1234567 app`)],
  DL3047: [hadolint('Without a download there is no bar.', `${D}RUN wget --help`)],
  DL3048: [hadolint('What a key with a variable comes to is not known.', `${D}ARG K\nLABEL $K=1`)],
  DL3049: [{ why: 'Only images are judged: a stage that another one needs has no labels of its own to show.' }],
  DL3050: [{ why: 'Keys that only the build knows are not judged.' }],
  DL3051: [{ why: 'Blanks alone are empty as well; a value that only the build knows is not judged.' }],
  DL3052: [{ why: 'An absolute URL has a host: localhost:80 is none.' }],
  DL3054: [{ why: 'Expressions of several licences are fine, as the SPDX specification has them.' }],
  DL3055: [{ why: 'A hash of 64 digits (SHA-256) is fine.' }],
  DL3057: [
    { why: 'Only the image that is built is judged. In strict only where it opens a port or is a known server.' },
  ],
  DL3058: [{ why: 'A value that only the build knows is not judged.' }],
  DL3059: [
    hadolint(shipped, 'FROM debian:12 AS build\nRUN a\nRUN b\nFROM debian:12\nCOPY --from=build /a /a'),
    dflint('A pipe is one command.', `${D}RUN a | b\nRUN c`),
  ],
  DL3060: [
    dflint('yarn without a verb installs.', `${N}RUN yarn`),
    hadolint('yarn run runs a script.', `${N}RUN yarn run install`),
  ],
  DL3062: [
    hadolint('A file of the project is no package.', 'FROM golang:1.25\nRUN go run main.go'),
    hadolint('The value of an option is no package.', 'FROM golang:1.25\nRUN go install -tags x example.com/x@v1.2.3'),
    dflint('A branch moves.', 'FROM golang:1.25\nRUN go install example.com/x@master'),
  ],
  DL3063: [dflint('BuildKit compares names in small letters.', 'FROM debian:12 AS Scratch')],
  DL3064: [
    hadolint('A file or an address that names a secret is none.', `${D}ENV DB_PASSWORD_FILE=/run/secrets/db`),
    hadolint('A word inside another is none.', `${D}ENV TOKENIZERS_PARALLELISM=true`),
    { why: 'hadolint has a fixed list of names of services besides; of these only real keys are taken over.' },
  ],
  DL3065: [dflint('Quotes and a default do not change it.', 'FROM --platform="$TARGETPLATFORM" debian:12')],
  DL3066: [
    hadolint('Only the last USER of the image that ships counts.', 'FROM debian:12\nUSER app\nUSER 1000'),
    hadolint('A user to whom the file gives a number has one.', `${D}RUN useradd -u 1000 app\nUSER app`),
  ],
  DL3067: [
    hadolint('Into scratch it is how layers are squashed.', 'FROM debian:12 AS b\nFROM scratch\nCOPY --from=b / /'),
    dflint('The root has other spellings.', 'FROM debian:12 AS b\nFROM debian:12\nCOPY --from=b /. /'),
  ],
  DL4000: [{ why: 'A warning rather than an error: the build works.' }],
  DL4001: [{ why: 'One finding a stage, where the second of the two is first used.' }],
  DL4003: [
    {
      why: 'Told at the instruction that is overridden, with the one that overrides beside it; comments count at both.',
    },
  ],
  DL4004: [{ why: 'As DL4003; an empty array is a reset on purpose.' }],
  DL4005: [
    dflint('The file may also be copied over, and /usr/bin/sh is the same.', `${D}RUN ln -sf /bin/bash /usr/bin/sh`),
    hadolint('As the source of a link it stays what it is.', `${D}RUN ln -s /bin/sh /bin/ksh`),
  ],
  DL4006: [
    hadolint(
      'SHELL is inherited from a stage.',
      'FROM debian:12 AS b\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nFROM b\nRUN ./a | ./b',
    ),
    hadolint('The script may set it itself.', `${D}SHELL ["/bin/bash", "-c"]\nRUN set -o pipefail; ./a | ./b`),
    hadolint('Where the status decides or is dropped, nothing is hidden.', `${D}RUN ./a | ./b || true`),
    hadolint('echo, printf and yes do not fail.', `${D}RUN echo y | ./install`),
  ],
  ConsistentInstructionCasing: [{ why: 'Global ARGs and what ONBUILD holds are judged as well, without the name.' }],
  CopyIgnoredFile: [{ why: 'Patterns with !, globs and a leading slash are understood. It needs --context.' }],
  FromPlatformFlagConstDisallowed: [{ why: 'A value that an argument gives is no constant.' }],
  InvalidBaseImagePlatform: [
    {
      why: 'Not checked: it compares what a registry answers with the platform asked for, and dflint asks no registry.',
    },
  ],
  InvalidDefaultArgInFrom: [
    buildkit(
      'Only where an ARG is involved, as its page says; a plain bad name is an error of its own, invalid-image-name.',
      'FROM Alpine',
    ),
  ],
  InvalidDefinitionDescription: [{ why: 'Comments for tools are no descriptions.' }],
  JSONArgsRecommended: [buildkit('The shell may hand over to the program.', `${D}CMD exec app`)],
  LegacyKeyValueFormat: [{ why: 'The fix keeps the value to the letter, or is not offered.' }],
  MultipleInstructionsDisallowed: [
    buildkit('An empty array is a reset on purpose.', `${D}ENTRYPOINT ["a"]\nENTRYPOINT []`),
  ],
  NoEmptyContinuation: [{ why: 'Told at the blank line, once for each run of blank lines.' }],
  RedundantTargetPlatform: [{ why: 'Where the file gives TARGETPLATFORM a value of its own, it is not redundant.' }],
  SecretsUsedInArgOrEnv: [
    buildkit(
      'The id of a public key is no secret.',
      `${D}ENV WORDPRESS_CLI_GPG_KEY=63AF7AA15067C05616FDDD88A3A2E8F226F0BC06`,
    ),
    { why: 'Names that it misses (PASSPHRASE, GITHUBTOKEN, …_PASS) and values that are secrets are found as well.' },
  ],
  UndefinedVar: [
    {
      why: 'What the base image sets is not asked of a registry: recommended has what is certain, strict and all the rest; preset buildkit has all.',
    },
  ],
  WorkdirRelativePath: [{ why: 'A path that depends on an argument without a default is not judged.' }],
};

/** Where our rules for scripts differ from ShellCheck on purpose. */
export const shellDifferences: readonly string[] = [
  'SC2086: silent for values that cannot be divided (literals, `$(mktemp)`, ARG and ENV by their values, the words of a loop) and for names that say list (`$PACKAGES`, `$CFLAGS`); speaks on an ENV or ARG whose known value has a blank.',
  'SC2046: silent for commands that print one word, such as nproc, uname -m and id -u.',
  'SC2164: silent for the last command, for folders that every image has or that the script has just made, and under `-e` of SHELL.',
  'SC30xx, SC2112, SC2113: silent where the sh of the image has the feature (dash, BusyBox or bash, by the base image or its package manager).',
  'SC3037: `echo -n` is not reported, as every sh of an image has it. SC3043 (local) and SC3013 (-nt, -ot): never, for the same reason.',
  'SC2028: silent where sh is dash, which expands the escape, and for text that is code.',
  'SC2015: silent where the last part is true, :, exit or return, or where the middle cannot fail.',
  'SC2016: silent for sed, php, node, python, su and the like, whose dollar signs are their own.',
  'SC2174: silent where the parent folder is known to be there. SC2038: silent with any -exec.',
  'SC2002 is optional in ShellCheck; here it is in preset all.',
];
