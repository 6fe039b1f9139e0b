import { dockerfile, type Finding, type PackageOperation, type Place, rule, type Step } from '../../src/engine/rule.ts';
import { addOption, callSpan, isEditable } from '../lib/calls.ts';
import { cachesInLayer, endOfChain, isEmptiedLater } from '../lib/package-caches.ts';

/** hadolint's code for each manager; the others of the table are for strict. */
const codes: Readonly<Record<string, string>> = {
  apk: 'DL3019',
  yum: 'DL3032',
  zypper: 'DL3036',
  dnf: 'DL3040',
  microdnf: 'DL3040',
  pip: 'DL3042',
  yarn: 'DL3060',
};
const others = new Set(['npm', 'pnpm', 'composer', 'conda', 'mamba', 'micromamba', 'poetry', 'uv', 'tdnf', 'dnf5']);

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
  const byManager = new Map<string, PackageOperation[]>();
  for (const operation of step.operations) {
    const { manager, action } = operation;
    if (!fills.has(action) || (!codes[manager] && !others.has(manager))) continue;
    if (cachesInLayer(operation, step).length === 0 || isExported(operation, step)) continue;
    byManager.set(manager, [...(byManager.get(manager) ?? []), operation]);
  }
  return [...byManager.values()].map((operations) => finding(operations, step));
}

/** `export PIP_NO_CACHE_DIR=1` earlier in the script. */
const isExported = ({ manager, command }: PackageOperation, { script }: Step): boolean =>
  manager === 'pip' &&
  script!.commands.some(
    ({ name, args, span }) =>
      name === 'export' &&
      span.start < command.span.start &&
      args.some(({ text }) => /^PIP_NO_CACHE_DIR=(?:1|true|on|yes)$/i.test(text)),
  );

/** One a manager, at the first of its operations. */
function finding(operations: readonly PackageOperation[], step: Step): Finding {
  const operation = operations[0]!;
  const { manager, verb } = operation;
  const left = cachesInLayer(operation, step);
  const code = codes[manager];
  const folder = left[0]!.replace(/^~/, '/root');
  const lock =
    manager === 'apk' || manager === 'yum' || manager === 'dnf' || manager === 'zypper' ? ',sharing=locked' : '';
  const fix = repair(operations, step);
  return {
    at: callSpan(operation),
    aliases: code ? [code] : [],
    ...(code && !left.every((path) => isEmptiedLater(path, step)) ? {} : { preset: 'strict' as const }),
    message: `${[manager, verb?.text].filter(Boolean).join(' ')} leaves its cache (${left.join(', ')}) in the layer.`,
    instead: `RUN --mount=type=cache,target=${folder}${lock}${advice[manager] ? `, or ${advice[manager]}` : ''}.`,
    ...(fix && { fix }),
  };
}

const advice: Readonly<Record<string, string>> = {
  apk: '--no-cache',
  pip: '--no-cache-dir',
  yum: 'yum clean all in the same RUN',
  dnf: 'dnf clean all in the same RUN',
  microdnf: 'microdnf clean all in the same RUN',
  zypper: 'zypper clean in the same RUN',
  yarn: 'yarn cache clean in the same RUN',
  npm: 'npm cache clean --force in the same RUN',
  conda: 'conda clean -afy in the same RUN',
};

function repair(operations: readonly PackageOperation[], step: Step): Finding['fix'] {
  const { manager } = operations[0]!;
  if (!operations.every((operation) => isEditable(operation) && operation.verb)) return undefined;
  const option = manager === 'apk' ? '--no-cache' : manager === 'pip' ? '--no-cache-dir' : undefined;
  if (option) return { title: `Add ${option}`, edits: operations.map((operation) => addOption(operation, option)) };
  const end = /^(?:yum|dnf|microdnf)$/.test(manager) ? endOfChain(step) : undefined;
  return end === undefined
    ? undefined
    : { title: `Add ${manager} clean all`, edits: [{ span: { start: end, end }, text: ` && ${manager} clean all` }] };
}
