import {
  cachesInLayer,
  dockerfile,
  type Finding,
  isEmptiedLater,
  mayBeSet,
  type PackageOperation,
  type Place,
  rule,
  type Setting,
  type Step,
} from '../../src/engine/rule.ts';
import { addOption, callSpan, isEditable, joinAtEnd } from '../lib/edits.ts';

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
    What was downloaded ships with the image, beside what was made of it. A cache mount keeps it for the next build and out of
    the layer; so does removing it in the same RUN. Stages whose layers do not ship are not judged.
  `,
  instead: 'A cache mount on its folder, an option that keeps nothing, or a removal in the same RUN.',
  url: 'https://docs.docker.com/build/cache/optimize/#use-cache-mounts',
  examples: {
    pip: dockerfile`
        FROM python:3.13-slim
        COPY requirements.txt .
      - RUN pip install -r requirements.txt
            ~~~~~~~~~~~
      + RUN pip install --no-cache-dir -r requirements.txt
    `,
    apk: dockerfile`
        FROM alpine:3.22
      - RUN apk add curl
            ~~~~~~~
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
    'removed by the same RUN, or in a stage that does not ship': dockerfile`
      FROM fedora:42 AS build
      RUN dnf install -y gcc
      FROM fedora:42
      RUN dnf install -y curl && dnf clean all
    `,
  },
  visit: {
    Run: (_, place) => judge(place),
  },
});

const fills = new Set(['install', 'reinstall', 'upgrade']);

function judge(place: Place): Finding[] {
  const { step, stage } = place;
  if (!stage?.shipped || !step.script?.parsed) return [];
  const byManager = new Map<string, Left[]>();
  for (const operation of step.operations) {
    const { manager, action } = operation;
    if (!fills.has(action) || (!codes[manager] && !others.has(manager))) continue;
    const folders = cachesInLayer(operation, step);
    if (folders.length > 0 && !(manager === 'pip' && mayBeSet(noPipCache, step)))
      byManager.set(manager, [...(byManager.get(manager) ?? []), { operation, folders }]);
  }
  return [...byManager.values()].map((left) => finding(left, place));
}

/** An operation and the caches that it leaves. */
interface Left {
  readonly operation: PackageOperation;
  readonly folders: readonly string[];
}

/** One a manager, at the first of its operations. */
function finding(left: readonly Left[], place: Place): Finding {
  const { operation, folders } = left[0]!;
  const { manager, verb } = operation;
  const code = codes[manager];
  const told = folders.every((path) => isEmptiedLater(path, place.step, place.model));
  const fix = repair(left, place);
  return {
    at: callSpan(operation),
    aliases: code ? [code] : [],
    ...((!code || told) && { preset: 'strict' }),
    message: `${[manager, verb?.text].filter(Boolean).join(' ')} leaves its cache (${folders.join(', ')}) in the layer.`,
    instead: `RUN ${mountOf(manager, folders[0]!, place.step)}${other(manager)}.`,
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

const other = (manager: string): string =>
  options[manager] ? `, or ${options[manager]}` : cleaning[manager] ? `, or ${cleaning[manager]} in the same RUN` : '';

/** Without a question about what the image means: what these empty nothing but a cache. */
const exact = new Set(['yum', 'dnf', 'dnf5', 'microdnf', 'zypper', 'npm']);

function repair(left: readonly Left[], { step, model }: Place): Finding['fix'] {
  const { manager } = left[0]!.operation;
  if (!left.every(({ operation }) => isEditable(operation))) return undefined;
  const option = manager === 'uv' ? undefined : options[manager];
  if (option)
    return {
      title: `Add ${option}`,
      edits: left.map(({ operation }) => addOption(operation, option, step)),
    };
  const command = cleaning[manager];
  const edit = command && joinAtEnd(step, command, model.file);
  if (!edit) return undefined;
  return { title: `Add ${command}`, edits: [edit], ...(exact.has(manager) ? {} : { safety: 'suggestion' }) };
}
