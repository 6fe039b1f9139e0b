import {
  type Command,
  cachesInLayer,
  dockerfile,
  type Finding,
  isEmptiedLater,
  type Place,
  rule,
  type Step,
} from '../../src/engine/rule.ts';
import { callSpan, isEditable, joinAtEnd } from '../lib/edits.ts';

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
    whose layers do not ship are not judged, nor is a RUN that ends with a clean-up script of its own. The fix is safe where
    no later RUN can need the lists.
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
  differs: {
    DL3009: [
      {
        why: 'Another folder that is removed does not help.',
        only: 'dflint',
        text: 'FROM debian:12\nRUN apt-get update && rm -rf /tmp/x',
      },
      {
        why: 'The folder may be emptied in any spelling.',
        only: 'hadolint',
        text: 'FROM debian:12\nRUN apt-get update && rm -fr /var/lib/apt/lists',
      },
      {
        why: 'A stage whose layers do not ship costs nothing. A RUN that only updates is told once, as lone-package-update; DL3009 says it from strict on.',
      },
    ],
  },
  visit: {
    Run: (_, place) => judge(place),
  },
});

function judge({ step, stage, model, onbuild }: Place): Finding | undefined {
  if (!stage?.shipped || !step.script?.parsed) return undefined;
  const update = step.operations.find(
    (it) => it.family === 'apt' && it.action === 'update-index' && cachesInLayer(it, step).includes(LISTS),
  );
  if (!update) return undefined;
  // alone in its RUN it is reported as such, and a removal that comes too late is reported there
  const toldElsewhere =
    step.operations.every(({ action }) => action !== 'install' && action !== 'upgrade') ||
    isEmptiedLater(LISTS, step, model);
  const edit = !toldElsewhere && isEditable(update) ? joinAtEnd(step, `rm -rf ${LISTS}/*`, model.file) : undefined;
  const safe = !onbuild && !stepsAfter(step, model).some(mayNeedLists);
  return {
    at: callSpan(update),
    ...(toldElsewhere && { preset: 'strict' }),
    ...(edit && { fix: { title: 'Remove the lists', edits: [edit], ...(safe && { safety: 'safe' }) } }),
  };
}

/** What runs on the layer: the rest of its stage, and the stages that stand on it. */
const stepsAfter = ({ stage, index }: Step, { stages }: Place['model']): Step[] =>
  stages.flatMap((it) => {
    if (it === stage) return it.steps.slice(index + 1);
    return it.lineage.includes(stage!) ? it.steps : [];
  });

/** Whether a RUN installs by lists that it does not fetch itself; a script that is not read may. */
function mayNeedLists({ instruction, trigger, script, operations }: Step): boolean {
  if (trigger) return mayNeedLists(trigger);
  if (instruction.kind !== 'Run') return false;
  if (!script?.parsed || script.commands.some(isUnread)) return true;
  const fetched = operations.find(({ family, action }) => family === 'apt' && action === 'update-index');
  return operations.some(
    ({ family, action, command }) =>
      family === 'apt' &&
      ['install', 'reinstall', 'upgrade', 'download'].includes(action) &&
      !(fetched && fetched.command.span.start < command.span.start),
  );
}

/** A script, or a program that only the build knows. */
const isUnread = ({ name, word }: Command): boolean =>
  (name === undefined && word.text !== '') ||
  /^(?:sh|bash|dash|\.|source|eval|make)$/.test(name ?? '') ||
  (word.text.includes('/') && !/^\/(?:usr\/)?(?:local\/)?s?bin\//.test(word.text)) ||
  /\.\w+$/.test(name ?? '');
