import {
  dockerfile,
  type Finding,
  type Instruction,
  type PackageOperation,
  rule,
  type Stage,
  type Step,
} from '../../src/engine/rule.ts';
import { isWholeContext } from '../lib/paths.ts';

export default rule({
  id: 'copy-before-install',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  message: 'The whole context is copied before the dependencies are installed.',
  why: `
    A change of any file, even of the README, makes the cache forget the install below, which then downloads everything anew. Copied first, the manifest and the lock file alone decide.
  `,
  instead: 'COPY of the manifest and the lock file, the install, then COPY of the rest.',
  url: 'https://docs.docker.com/build/cache/optimize/#order-your-layers',
  examples: {
    npm: dockerfile`
      FROM node:22
      WORKDIR /app
      COPY . .
           ~
      RUN npm ci
    `,
    'pip, with a folder of its own': dockerfile`
      FROM python:3.13
      ADD ./ /app
          ~~
      RUN pip install --no-cache-dir -r /app/requirements.txt
    `,
    'the manifest first': dockerfile`
      FROM node:22
      WORKDIR /app
      COPY package.json package-lock.json ./
      RUN npm ci
      COPY . .
      RUN npm run build
    `,
    'an install that needs no manifest': dockerfile`
      FROM node:22
      COPY . /app
      RUN npm install -g pnpm@9.15.0
    `,
    'from another stage, or one folder': dockerfile`
      FROM node:22 AS source
      FROM node:22
      WORKDIR /app
      COPY --from=source /app .
      COPY packages/api ./
      RUN npm ci
    `,
  },
  visit: {
    Stage: (stage) => judge(stage),
  },
});

function judge(stage: Stage): Finding | undefined {
  let copy: { readonly at: Instruction['keyword'] | { readonly span: { start: number; end: number } } } | undefined;
  const installed = new Set<string>();
  for (const step of stage.steps) {
    for (const operation of step.operations) {
      if (!isInstall(operation, step)) continue;
      if (copy && !installed.has(operation.manager)) return finding(copy.at, operation);
      installed.add(operation.manager);
    }
    copy ??= broadCopy(step);
  }
  return undefined;
}

function finding(
  at: { readonly span: { start: number; end: number } },
  { manager, manifests, verb, command }: PackageOperation,
): Finding {
  const files = manifests.filter((path) => !/[*?]/.test(path)).map((path) => path.slice(path.lastIndexOf('/') + 1));
  const call = [manager, verb?.text.replace(/,$/, '')].filter(Boolean).join(' ');
  return {
    at,
    related: command,
    message: `The whole context is copied before ${call} installs the dependencies.`,
    ...(files.length > 0
      ? { instead: `COPY ${files.slice(0, 2).join(' ')} alone, then ${call}, then COPY of the rest.` }
      : {}),
  };
}

/** An install of what a manifest lists, in a RUN; with a bind mount the files do not come from the copy. */
function isInstall({ action, manifests, packages }: PackageOperation, { instruction }: Step): boolean {
  if (instruction.kind !== 'Run' || instruction.flags.some(({ mount }) => mount?.type === 'bind')) return false;
  return (action === 'install' || action === 'download') && manifests.length > 0 && packages.length === 0;
}

function broadCopy({ instruction, expand }: Step): { at: { span: { start: number; end: number } } } | undefined {
  if (instruction.kind !== 'Copy' && instruction.kind !== 'Add') return undefined;
  if (instruction.flags.some(({ name }) => name.text === 'from' || name.text === 'exclude') || !instruction.destination)
    return undefined;
  const source = instruction.sources.find((it) => {
    const { value } = expand(it);
    return value.state === 'known' && isWholeContext(value.text);
  });
  return source && { at: source };
}
