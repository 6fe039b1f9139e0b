import {
  cachesInLayer,
  callOf,
  dockerfile,
  type Finding,
  isArgumentBase,
  isBefore,
  isBelow,
  isEmptiedLater,
  mayBeSet,
  type PackageOperation,
  type Place,
  releaseOf,
  rule,
  type Setting,
  type Step,
} from '../../src/engine/rule.ts';
import { firstWithNoCache } from '../../src/knowledge/images/releases.ts';
import { addOption, asCaller, callSpan, isEditable, joinAtEnd, withoutCommand } from '../lib/edits.ts';
import { hasOldPip } from './lib/old-pip.ts';
import { isUnread } from './lib/unread.ts';

/** hadolint's code for each manager; the others of the table are for strict. */
const codes: Readonly<Record<string, string>> = {
  apk: 'DL3019',
  yum: 'DL3032',
  zypper: 'DL3036',
  dnf: 'DL3040',
  dnf5: 'DL3040',
  microdnf: 'DL3040',
  pip: 'DL3042',
  yarn: 'DL3060',
};
// pnpm and bun link the files of the project into their store: they are there once
const others = new Set(['npm', 'composer', 'conda', 'mamba', 'micromamba', 'poetry', 'pipenv', 'uv', 'tdnf']);

/** pip that was told once and for all. */
const noPipCache: Setting = {
  text: /^(?:global\.|install\.)?no-cache-dir$|(?<!-)\bno-cache-dir\s*=/i,
  files: /(?:^|\/)\.?pip\.(?:conf|ini)$/,
  not: new Set(),
};

export default rule({
  id: 'leftover-package-cache',
  aliases: ['DL3019', 'DL3032', 'DL3036', 'DL3040', 'DL3042', 'DL3060'],
  severity: 'warning',
  preset: 'recommended',
  fix: 'safe',
  message: 'The install leaves its cache in the layer.',
  why: `
    The cache ships with the image, where nothing uses it. A cache mount keeps it for the next build and out of the layer;
    so does removing it in the same RUN, which keeps nothing for the next build. Stages whose layers do not ship are not
    judged, nor is the pip of a release that ships a version before 6, which keeps no cache.
  `,
  instead: 'Mount a cache on the folder, add the option that keeps no cache, or empty the cache in the same RUN.',
  url: 'https://docs.docker.com/build/cache/optimize/#use-cache-mounts',
  examples: {
    pip: dockerfile`
        FROM python:3.13-slim
        COPY requirements.txt .
      - RUN pip install -r requirements.txt
            ~~~~~~~~~~~
      + RUN pip install --no-cache-dir -r requirements.txt
    `,
    'pip keeps a wheel that it downloads': dockerfile`
        FROM python:3.13-slim
      - RUN pip install https://example.com/tool-1.0-py3-none-any.whl
            ~~~~~~~~~~~
      + RUN pip install --no-cache-dir https://example.com/tool-1.0-py3-none-any.whl
    `,
    apk: dockerfile`
        FROM alpine:3.22
      - RUN apk add curl
            ~~~~~~~
      + RUN apk add --no-cache curl
    `,
    'apk update leaves its index, even before apk add --no-cache': dockerfile`
        FROM alpine:3.22
      - RUN apk update && apk add --no-cache curl
            ~~~~~~~~~~
      + RUN apk add --no-cache curl
    `,
    dnf: dockerfile`
        FROM fedora:42
      - RUN dnf install -y curl
            ~~~~~~~~~~~
      + RUN dnf install -y curl && dnf clean all
    `,
    'kept out of the layer': dockerfile`
      FROM python:3.13-slim
      RUN --mount=type=cache,target=/root/.cache/pip pip install flask==3.1.0
      ENV PIP_NO_CACHE_DIR=1
      RUN pip install celery==5.4.0
    `,
    'removed in the same RUN, or in a stage that does not ship': dockerfile`
      FROM fedora:42 AS build
      RUN dnf install -y gcc
      FROM fedora:42
      RUN dnf install -y curl && dnf clean all
    `,
  },
  differs: {
    DL3019: [
      {
        why: 'The RUN may remove the cache itself.',
        only: 'hadolint',
        text: 'FROM alpine:3.22\nRUN apk add curl=~8 && rm -rf /var/cache/apk/*',
      },
      {
        why: 'Updates and groups fill the cache too.',
        only: 'dflint',
        text: 'FROM alpine:3.22\nRUN apk upgrade',
      },
    ],
    DL3032: [
      {
        why: 'Removing another folder does not help.',
        only: 'dflint',
        text: 'FROM centos:7\nRUN yum install -y httpd-2.4 && rm -rf /tmp/x',
      },
      {
        why: 'Updates and groups fill the cache too.',
        only: 'dflint',
        text: 'FROM centos:7\nRUN yum update -y',
      },
      { why: 'In a stage whose layers do not ship, a cache costs nothing.' },
    ],
    DL3036: [
      {
        why: 'The RUN may remove the cache itself.',
        only: 'hadolint',
        text: 'FROM opensuse/leap:15.6\nRUN zypper in -y curl=8 && rm -rf /var/cache/zypp/*',
      },
      {
        why: 'Updates and groups fill the cache too.',
        only: 'dflint',
        text: 'FROM opensuse/leap:15.6\nRUN zypper -n up',
      },
    ],
    DL3040: [
      {
        why: 'Removing another folder does not help.',
        only: 'dflint',
        text: 'FROM fedora:42\nRUN dnf install -y curl-8.6 && rm -rf /tmp/x',
      },
      {
        why: 'An install after the clean-up fills the cache again.',
        only: 'dflint',
        text: 'FROM fedora:42\nRUN dnf install -y a-1 && dnf clean all && dnf install -y b-1',
      },
    ],
    DL3042: [
      {
        why: 'A mount on a parent folder also keeps the cache out of the layer.',
        only: 'hadolint',
        text: 'FROM python:3.13\nRUN --mount=type=cache,target=/root/.cache pip install flask==3.0.3',
      },
      {
        why: 'The RUN may remove the cache itself.',
        only: 'hadolint',
        text: 'FROM python:3.13\nRUN pip install flask==3.0.3 && rm -rf /root/.cache',
      },
      {
        why: 'A variable set in another stage has no effect here.',
        only: 'dflint',
        text: 'FROM python:3.13\nENV PIP_NO_CACHE_DIR=1\nFROM python:3.13\nRUN pip install flask==3.0.3',
      },
    ],
    DL3060: [
      { why: 'yarn without a subcommand installs.', only: 'dflint', text: 'FROM node:22\nRUN yarn' },
      { why: 'yarn run only runs a script.', only: 'hadolint', text: 'FROM node:22\nRUN yarn run install' },
    ],
  },
  visit: {
    Run: (_, place) => judge(place),
  },
});

const fills = new Set(['install', 'reinstall', 'upgrade']);

/** An update of apk that has something to install after it; alone in its RUN it is reported as such. */
const isUpdate = ({ manager, action }: PackageOperation): boolean => manager === 'apk' && action === 'update-index';

function judge(place: Place): Finding[] {
  const { step, stage } = place;
  if (!stage?.shipped || !step.script?.parsed || step.isCutOff) return [];
  const byManager = new Map<string, Left[]>();
  for (const operation of step.operations) {
    const { manager, action } = operation;
    if (!fills.has(action) && !(isUpdate(operation) && installsWithApk(step))) continue;
    if (!codes[manager] && !others.has(manager)) continue;
    const folders = cachesInLayer(operation, step);
    if (folders.length === 0) continue;
    if (isForMount(operation, step)) continue;
    if (manager === 'pip' && (mayBeSet(noPipCache, step) || hasOldPip(operation, step) || isOfFiles(operation)))
      continue;
    byManager.set(manager, [...(byManager.get(manager) ?? []), { operation, folders }]);
  }
  return [...byManager.values()].map((left) => finding(left, place));
}

/** Whether what is installed goes into a mount that does not stay, so that the cache is what the RUN is for. */
const isForMount = ({ command }: PackageOperation, { effects, mounts }: Step): boolean => {
  const folder = effects.folders.get(command);
  return (
    folder !== undefined &&
    mounts.some(({ type, target }) => type === 'bind' && target !== undefined && isBelow(folder, target))
  );
};

/** pip keeps what it downloads and builds: a wheel that is at hand is neither, and may need nothing else. */
const isOfFiles = ({ packages, manifests }: PackageOperation): boolean =>
  packages.length > 0 &&
  manifests.length === 0 &&
  packages.every(({ source, word }) => source === 'file' && word.text.endsWith('.whl'));

const installsWithApk = ({ operations }: Step): boolean =>
  operations.some(({ manager, action }) => manager === 'apk' && fills.has(action));

/** An operation and the caches that it leaves. */
interface Left {
  readonly operation: PackageOperation;
  readonly folders: readonly string[];
}

/** What another base image may have said. */
const unless = ({ family }: PackageOperation, step: Step): string =>
  family === 'pip' && !isKnownBase(step) ? ', unless the base image sets PIP_NO_CACHE_DIR' : '';

/** One a manager, at the first of its operations. */
function finding(left: readonly Left[], place: Place): Finding {
  const { operation, folders } = left[0]!;
  const { manager } = operation;
  const code = codes[manager];
  const told = folders.every((path) => isEmptiedLater(path, place.step, place.model));
  const fix = repair(left, place);
  return {
    at: callSpan(operation),
    aliases: code ? [code] : [],
    ...((!code || told) && { preset: 'strict' }),
    message: `${callOf(operation)} leaves its cache (${folders.join(', ')}) in the layer${unless(operation, place.step)}.`,
    instead: insteadOf(operation, folders[0]!, place),
    ...(fix && { fix }),
  };
}

/** The managers that cannot share their cache with a build beside them. */
const locked = new Set(['apk', 'yum', 'dnf', 'dnf5', 'microdnf', 'tdnf', 'zypper']);

/** The flag that keeps the folder out of the layer, for the user whose home it is in. */
function mountOf(manager: string, folder: string, { before }: Step): string {
  const lock = locked.has(manager) ? ',sharing=locked' : '';
  if (!folder.startsWith('~')) return `--mount=type=cache,target=${folder}${lock}`;
  const { user } = before;
  const home = before.variable('HOME')?.value;
  const name = user.state === 'known' ? user.text.replace(/:.*/, '') : '';
  const isRoot = /^(?:root|0*)$/.test(name);
  const place = home?.state === 'known' ? home.text : isRoot ? '/root' : /^\d/.test(name) ? undefined : `/home/${name}`;
  const owner = isRoot ? '' : `,uid=${/^\d+$/.test(name) ? name : '1000'}`;
  return `--mount=type=cache,target=${folder.replace(/^~/, place ?? '<home>')}${owner}`;
}

/** What empties the cache at the end of the same RUN. */
const cleaning: Readonly<Record<string, string>> = {
  yum: 'yum clean all',
  dnf: 'dnf clean all',
  dnf5: 'dnf5 clean all',
  microdnf: 'microdnf clean all',
  tdnf: 'tdnf clean all',
  zypper: 'zypper clean --all',
  yarn: 'yarn cache clean',
  npm: 'npm cache clean --force',
  composer: 'composer clear-cache',
  conda: 'conda clean -afy',
  mamba: 'mamba clean -afy',
  micromamba: 'micromamba clean -ay',
};
/** What keeps it from being filled. */
const options: Readonly<Record<string, string>> = { apk: '--no-cache', pip: '--no-cache-dir', uv: '--no-cache' };

const removal = 'rm -rf /var/cache/apk/*';

/** What to do about the first of the operations. */
function insteadOf(operation: PackageOperation, folder: string, { step }: Place): string {
  const { manager } = operation;
  const mount = `Write RUN ${mountOf(manager, folder, step)}`;
  if (manager === 'apk' && isBefore(firstWithNoCache, step)) return `${mount}, or end the RUN with ${removal}.`;
  if (isUpdate(operation))
    return `${mount}, or leave out apk update and use --no-cache, with which apk fetches the index and does not keep it.`;
  if (options[manager]) return `${mount}, or add ${options[manager]}.`;
  const clean = cleaning[manager];
  return clean ? `${mount}, or end the RUN with ${asCaller(operation.command, clean)}.` : `${mount}.`;
}

/** Without a question about what the image means: what these empty nothing but a cache. */
const exact = new Set(['yum', 'dnf', 'dnf5', 'microdnf', 'zypper', 'npm']);

/** Whether the base is an official image, or named after a release: of others nobody knows how old their tools are. */
const isKnownBase = (step: Step): boolean => step.stage?.rootImage?.official === true || releaseOf(step) !== undefined;

function repair(left: readonly Left[], { step, model }: Place): Finding['fix'] {
  const { manager } = left[0]!.operation;
  if (!left.every(({ operation }) => isEditable(operation))) return undefined;
  // which release it is, and so what its apk and pip know, is for the build to say
  const careful = isArgumentBase(step) || !isKnownBase(step) ? { safety: 'suggestion' as const } : {};
  if (manager === 'apk' && isBefore(firstWithNoCache, step)) {
    const edit = joinAtEnd(step, asCaller(left[0]!.operation.command, removal), model.file);
    return edit && { title: 'Remove the index', edits: [edit], safety: 'suggestion' };
  }
  if (left.some(({ operation }) => isUpdate(operation))) return withoutUpdate(left, step, model, careful);
  const option = manager === 'uv' ? undefined : options[manager];
  if (option)
    return {
      title: `Add ${option}`,
      edits: left.map(({ operation }) => addOption(operation, option, step)),
      ...careful,
    };
  const clean = cleaning[manager];
  const command = clean && asCaller(left[0]!.operation.command, clean);
  const edit = command && joinAtEnd(step, command, model.file);
  if (!edit) return undefined;
  return { title: `Add ${command}`, edits: [edit], ...(exact.has(manager) ? {} : { safety: 'suggestion' }) };
}

/** An update of apk goes where all that installs after it fetches an index of its own, which it does with --no-cache. */
function withoutUpdate(
  left: readonly Left[],
  step: Step,
  model: Place['model'],
  careful: { readonly safety?: 'suggestion' },
): Finding['fix'] {
  const updates = left.filter(({ operation }) => isUpdate(operation));
  const installs = left.filter(({ operation }) => !isUpdate(operation));
  const edit = updates.length === 1 ? withoutCommand(updates[0]!.operation.command, step, model) : undefined;
  const later = laterSteps(step, model);
  const reads = ({ manager, action }: PackageOperation): boolean =>
    manager === 'apk' && (action === 'download' || action === 'other');
  if (!edit || step.operations.some(reads) || later.some(usesIndex)) return undefined;
  const isSure = ![step, ...later].some(mayUseIndex);
  const edits = [edit, ...installs.map(({ operation }) => addOption(operation, '--no-cache', step))];
  return {
    title: installs.length > 0 ? 'Replace apk update with --no-cache' : 'Remove apk update',
    edits,
    ...careful,
    ...(isSure ? {} : { safety: 'suggestion' }),
  };
}

const laterSteps = ({ stage, index }: Step, { stages }: Place['model']): readonly Step[] =>
  stages.flatMap((it) => (it === stage ? it.steps.slice(index + 1) : it.lineage.includes(stage!) ? it.steps : []));

/** Whether a later RUN may install by an index that it does not fetch itself. */
function usesIndex(step: Step): boolean {
  if (step.trigger) return usesIndex(step.trigger);
  const calls = step.operations.filter(({ manager }) => manager === 'apk');
  const first = calls.find(({ action, flags }) => action === 'update-index' || flags.has('refresh'));
  return calls.some((it) => fills.has(it.action) && !it.flags.has('noCache') && !isAfter(it, first));
}

/** Whether a script that is not read may do so. */
const mayUseIndex = ({ instruction, script }: Step): boolean =>
  instruction.kind === 'Run' && (!script?.parsed || script.commands.some(isUnread));

const isAfter = ({ command }: PackageOperation, other: PackageOperation | undefined): boolean =>
  other !== undefined && other.command.span.start <= command.span.start;
