import { dockerfile, type Finding, type PackageOperation, type Place, rule } from '../../src/engine/rule.ts';
import { callSpan, isEditable } from '../lib/calls.ts';
import { cachesInLayer, endOfChain, isEmptiedLater } from '../lib/package-caches.ts';

const LISTS = '/var/lib/apt/lists';

export default rule({
  id: 'leftover-package-index',
  aliases: ['DL3009'],
  severity: 'info',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'The package index stays in the layer.',
  why: `
    The lists of apt are some tens of megabytes that a container never reads. A removal in a later RUN comes too late. Stages
    whose layers do not ship are not judged.
  `,
  instead: 'rm -rf /var/lib/apt/lists/* at the end of the same RUN, or a cache mount on that folder.',
  url: 'https://docs.docker.com/build/building/best-practices/#apt-get',
  examples: {
    'lists that nobody removes': dockerfile`
        FROM debian:12
      - RUN apt-get update && apt-get install -y --no-install-recommends curl
            ~~~~~~~~~~~~~~
      + RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*
    `,
    'removed, or kept out of the layer': dockerfile`
      FROM debian:12
      RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*
      RUN --mount=type=cache,target=/var/lib/apt,sharing=locked --mount=type=cache,target=/var/cache/apt,sharing=locked \
          apt-get update && apt-get install -y --no-install-recommends git
    `,
    'a stage that does not ship': dockerfile`
      FROM debian:12 AS build
      RUN apt-get update && apt-get install -y gcc
      FROM debian:12
    `,
  },
  visit: {
    Run: (_, place) => judge(place),
  },
});

function judge({ step, stage }: Place): Finding | undefined {
  if (!stage?.shipped || !step.script?.parsed) return undefined;
  const left = step.operations.filter(
    (it) => it.family === 'apt' && it.action === 'update-index' && cachesInLayer(it, step).includes(LISTS),
  );
  const [update] = left;
  if (!update) return undefined;
  // alone in its RUN it is reported as such, and a removal that comes too late is reported there
  const toldElsewhere =
    step.operations.every(({ action }) => action !== 'install' && action !== 'upgrade') || isEmptiedLater(LISTS, step);
  const fix = toldElsewhere ? undefined : repair(update, step);
  return { at: callSpan(update), ...(toldElsewhere ? { preset: 'strict' as const } : {}), ...(fix && { fix }) };
}

function repair(update: PackageOperation, step: Place['step']): Finding['fix'] {
  const end = isEditable(update) ? endOfChain(step) : undefined;
  return end === undefined
    ? undefined
    : { title: 'Remove the lists', edits: [{ span: { start: end, end }, text: ` && rm -rf ${LISTS}/*` }] };
}
