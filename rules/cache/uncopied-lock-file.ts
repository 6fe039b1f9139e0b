import { type Context, dockerfile, type Finding, type Model, rule, type Step } from '../../src/engine/rule.ts';
import { contextOf } from '../lib/context-takes.ts';
import { flagNamed } from '../lib/flags.ts';
import { fits } from '../lib/glob.ts';
import { type CopySource, copySources, filesOf, lineageSteps } from '../lib/image-files.ts';
import { type Install, installsIn } from '../lib/installs.ts';
import { baseOf } from '../lib/paths.ts';

export default rule({
  id: 'uncopied-lock-file',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'The manifest is copied for an install, the lock file beside it is not.',
  why: `
    Without the lock file the install takes the newest versions that fit, so that two builds of one commit differ, and an update of the lock file changes nothing. This is only judged with a build context that has a lock file.
  `,
  instead: 'COPY of both.',
  url: 'https://docs.docker.com/build/cache/optimize/#order-your-layers',
  examples: {
    'a lock file that is not there, as far as this file tells': dockerfile`
      FROM node:22
      WORKDIR /app
      COPY package.json ./
      RUN npm install
    `,
    both: dockerfile`
      FROM node:22
      WORKDIR /app
      COPY package.json package-lock.json ./
      RUN npm ci
    `,
  },
  visit: {
    File: (model) => {
      const context = contextOf(model);
      if (!context) return undefined;
      const told = new Set<number>();
      const found = model.stages.flatMap(({ steps }) =>
        steps.flatMap((step) => installsIn(step).flatMap((it) => judge(it, context, model) ?? [])),
      );
      return found.filter(({ at }) => {
        const { start } = at as { start: number };
        return !told.has(start) && told.add(start);
      });
    },
  },
});

function judge(install: Install, context: Context, model: Model): Finding | undefined {
  const { ecosystem, step, call, command, manifests, operation } = install;
  const locks = ecosystem.locks.filter((it) => !ecosystem.manifests.includes(it) && !it.includes('/'));
  if (locks.length === 0 || manifests.length === 0 || hasMounts(step)) return undefined;
  const before = lineageSteps(step);
  const sources = before.flatMap(copySources);
  const brought = sources.map((copy) => ({ copy, files: filesOf(copy, context) }));
  const wanted = manifests.filter((it) => !ecosystem.locks.some((lock) => fits(lock, baseOf(it))));
  for (const { copy, files } of brought.toReversed()) {
    const manifest = [...files].find(([path]) => wanted.some((it) => sameFile(it, path)));
    if (!manifest) continue;
    const [place, { path }] = manifest;
    const lock = locks.map((name) => beside(path, name)).find((it) => context.copied([it]).files.length > 0);
    if (lock === undefined) return undefined;
    const target = beside(place, baseOf(lock));
    const isThere = brought.some(
      (it) => it.files.has(target) || [...it.files.values()].some((file) => file.path === lock),
    );
    if (isThere || mayBring(before, model)) return undefined;
    const fails = operation?.flags.has('frozen')
      ? `${call} fails or takes other versions`
      : `${call} takes the newest versions that fit`;
    const all = [baseOf(path), baseOf(lock)].join(' ');
    return {
      at: copy.at,
      related: command,
      message: `${lock} is not copied with ${baseOf(path)}, so ${fails}.`,
      instead: `COPY ${all} together.`,
      ...fixOf(copy, path, baseOf(lock)),
    };
  }
  return undefined;
}

const beside = (path: string, name: string): string => path.slice(0, path.lastIndexOf('/') + 1) + name;
const hasMounts = ({ instruction }: Step): boolean => instruction.flags.some(({ mount }) => mount?.type === 'bind');

const sameFile = (pattern: string, path: string): boolean =>
  pattern.slice(0, pattern.lastIndexOf('/') + 1) === path.slice(0, path.lastIndexOf('/') + 1) &&
  fits(baseOf(pattern), baseOf(path));

/** Whether the lock file may come from another stage, or by the words of a source that only the build knows. */
const mayBring = (steps: readonly Step[], model: Model): boolean =>
  steps.some((step) => {
    const { instruction, expand } = step;
    if (instruction.kind !== 'Copy' && instruction.kind !== 'Add') return false;
    const from = flagNamed(instruction, 'from')?.value?.text;
    if (from !== undefined)
      return (
        step.stage !== undefined &&
        model.stageNamed(from, step.stage) !== undefined &&
        instruction.sources.some((it) => /lock|\.$|\/$/.test(it.text))
      );
    return instruction.sources.some((it) => expand(it).value.state !== 'known');
  });

/** The lock file beside the manifest, where both go to a folder. */
function fixOf({ step, at, source, isFolder }: CopySource, path: string, lock: string): Pick<Finding, 'fix'> {
  const { instruction } = step;
  const plain = instruction.kind === 'Copy' || instruction.kind === 'Add';
  if (!plain || instruction.form || !isFolder || baseOf(source) !== baseOf(path)) return {};
  const text = ` ${beside(source, lock)}`;
  return { fix: { title: `Copy ${lock} as well`, edits: [{ span: { start: at.end, end: at.end }, text }] } };
}
