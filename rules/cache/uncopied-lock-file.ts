import {
  baseName,
  type Context,
  dockerfile,
  type Finding,
  fits,
  folderOf,
  hasMount,
  type Install,
  isTransfer,
  joined,
  rule,
  type Span,
  type Step,
  type Take,
} from '../../src/engine/rule.ts';
import { broughtBefore, isManifest, onePerCopy } from './lib/dependency-copies.ts';

export default rule({
  id: 'uncopied-lock-file',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'The manifest is copied for an install, but the lock file beside it is not.',
  why: `
    Two builds of the same commit can install different versions, and an update of the lock file changes nothing. Without
    the lock file the install takes the newest versions that fit. Judged only with a build context that has a lock file.
  `,
  instead: 'Copy both files.',
  url: 'https://docs.docker.com/build/cache/optimize/#order-your-layers',
  examples: {
    'a lock file that may not exist': dockerfile`
      FROM node:22
      WORKDIR /app
      COPY package.json ./
      RUN npm install
    `,
    'both files': dockerfile`
      FROM node:22
      WORKDIR /app
      COPY package.json package-lock.json ./
      RUN npm ci
    `,
  },
  visit: {
    File: (model) => {
      const { context } = model;
      return context && onePerCopy(model, (step) => step.installs.flatMap((it) => judge(it, step, context) ?? []));
    },
  },
});

function judge(install: Install, step: Step, context: Context): (Finding & { at: Span }) | undefined {
  const { ecosystem, call, command, manifests, operation } = install;
  const locks = ecosystem.locks.filter((it) => !ecosystem.manifests.includes(it) && !it.includes('/'));
  if (locks.length === 0 || manifests.length === 0 || hasMount(step, 'bind')) return undefined;
  const brought = broughtBefore(step);
  const wanted = manifests.filter((it) => !ecosystem.locks.some((lock) => fits(lock, baseName(it))));
  for (const { take, step: copy } of brought.toReversed()) {
    const manifest = [...take.landed].find(([place]) => wanted.some((it) => isManifest(it, place)));
    if (!manifest) continue;
    const [place, { path }] = manifest;
    const lock = locks.map((name) => beside(path, name)).find((it) => context.copied([it]).files.length > 0);
    if (lock === undefined) return undefined;
    const target = beside(place, baseName(lock));
    const isThere = brought.some(
      ({ take: { landed } }) => landed.has(target) || [...landed.values()].some((file) => file.path === lock),
    );
    if (isThere || mayBring(step.earlier)) return undefined;
    const isFrozen = operation?.flags.has('frozen');
    const fails = isFrozen ? `${call} fails or takes other versions` : `${call} takes the newest versions that fit`;
    return {
      at: take.at,
      related: command,
      message: `${lock} is not copied with ${baseName(path)}, so ${fails}.`,
      ...(isFrozen && { why: 'The command installs what the lock file lists, and does not find it.' }),
      instead: `Copy ${baseName(path)} and ${baseName(lock)} together.`,
      ...fixOf(take, copy, path, baseName(lock)),
    };
  }
  return undefined;
}

const beside = (path: string, name: string): string => joined(folderOf(path), name);

/** Whether the lock file may come from another stage, or by the words of a source that only the build knows. */
const mayBring = (steps: readonly Step[]): boolean =>
  steps.some(({ takes }) =>
    takes.some(
      ({ via, origin, source, certain }) =>
        via === 'copy' &&
        (origin.kind === 'stage' ? /lock|\.$|\/$/.test(source) : origin.kind === 'context' && !certain),
    ),
  );

/** The lock file beside the manifest, where both go to a folder. */
function fixOf(take: Take, { instruction }: Step, path: string, lock: string): Pick<Finding, 'fix'> {
  const { at, source, into } = take;
  const plain = isTransfer(instruction) && !instruction.form;
  if (!plain || !into || baseName(source) !== baseName(path)) return {};
  const text = ` ${beside(source, lock)}`;
  return { fix: { title: `Copy ${lock} too`, edits: [{ span: { start: at.end, end: at.end }, text }] } };
}
