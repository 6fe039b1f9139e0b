import {
  type Command,
  cachesInLayer,
  dockerfile,
  emptiedBy,
  type Finding,
  isEmptiedLater,
  keptOut,
  lineOf,
  type PackageOperation,
  type Place,
  rule,
  type Step,
  takes,
} from '../../src/engine/rule.ts';
import { asCaller, callSpan, isEditable, joinAtEnd } from '../lib/edits.ts';
import { isUnread } from './lib/unread.ts';

const LISTS = '/var/lib/apt/lists';

export default rule({
  id: 'leftover-package-index',
  aliases: ['DL3009'],
  severity: 'info',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'The apt package index stays in the layer.',
  why: `
    The lists are tens of megabytes that a container does not need, and a removal in a later RUN comes too late. Stages
    whose layers do not ship are not judged, nor is a RUN that ends with its own clean-up script. If a later RUN installs
    without its own update, there is no fix, as the removal would break that RUN; if no later RUN can need the lists, the
    fix is safe.
  `,
  instead: 'End this RUN with rm -rf /var/lib/apt/lists/*, or mount a cache on /var/lib/apt.',
  url: 'https://docs.docker.com/build/building/best-practices/#apt-get',
  examples: {
    'the lists are not removed': dockerfile`
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
    'lists that a later RUN installs from': dockerfile`
      FROM debian:12
      RUN apt-get update && apt-get install -y curl
          ~~~~~~~~~~~~~~
      COPY x /x
      RUN apt-get install -y git
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
        why: 'Removing another folder does not help.',
        only: 'dflint',
        text: 'FROM debian:12\nRUN apt-get update && rm -rf /tmp/x',
      },
      {
        why: 'The lists can be removed by other commands.',
        only: 'hadolint',
        text: 'FROM debian:12\nRUN apt-get update && rm -fr /var/lib/apt/lists',
      },
      {
        why: 'In a stage whose layers do not ship, the lists cost nothing. A RUN that only updates is reported once, as lone-package-update; preset strict reports it as DL3009 too.',
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
  const at = callSpan(update);
  const preset = toldElsewhere ? { preset: 'strict' as const } : {};
  const user = pathsAfter(step, model).flatMap((steps) => userIn(steps) ?? [])[0];
  if (user) {
    const line = `line ${lineOf(model, user.instruction)}`;
    return {
      at,
      ...preset,
      related: user.instruction.keyword,
      message: `The apt package index stays in the layer, and ${line} installs from it.`,
      instead: `Move the install of ${line} into this RUN, or run an update there too; then end each RUN with ${asCaller(update.command, `rm -rf ${LISTS}/*`)}.`,
    };
  }
  const removal = asCaller(update.command, `rm -rf ${LISTS}/*`);
  const edit = !toldElsewhere && isEditable(update) ? joinAtEnd(step, removal, model.file) : undefined;
  const safe = !onbuild && !pathsAfter(step, model).some((steps) => steps.some(mayNeedLists));
  return {
    at,
    ...preset,
    instead: `End this RUN with ${removal}, or mount a cache on /var/lib/apt.`,
    ...(edit && { fix: { title: 'Remove the lists in the same RUN', edits: [edit], ...(safe && { safety: 'safe' }) } }),
  };
}

/** What runs on the layer: the rest of its stage, and each stage that stands on it with those between. */
const pathsAfter = ({ stage, index }: Step, { stages }: Place['model']): (readonly Step[])[] =>
  stages.flatMap(({ lineage }) => {
    const from = lineage.indexOf(stage!);
    if (from < 0) return [];
    const above = lineage.slice(from + 1).flatMap(({ steps }) => steps);
    return [[...stage!.steps.slice(index + 1), ...above]];
  });

/** The first RUN that installs by the lists of an earlier one, before another RUN fetches or removes them. */
function userIn(steps: readonly Step[]): Step | undefined {
  const next = steps.find((it) => installsFromLists(it) || isFetch(it) || isRemoval(it));
  return next && installsFromLists(next) ? next : undefined;
}

const isUpdate = ({ family, action }: PackageOperation): boolean => family === 'apt' && action === 'update-index';
const isFetch = ({ operations }: Step): boolean => operations.some(isUpdate);
const isRemoval = (step: Step): boolean =>
  step.instruction.kind === 'Run' &&
  (step.script?.commands ?? []).some((command) => emptiedBy(command, step).some((by) => takes(by, LISTS)));

const installing: ReadonlySet<string> = new Set(['install', 'reinstall', 'upgrade', 'download']);

/** Whether a RUN installs by lists that it does not fetch itself before. */
function installsFromLists(step: Step): boolean {
  const { trigger, script, operations } = step;
  if (trigger) return installsFromLists(trigger);
  if (keptOut(step).some((by) => takes(by, LISTS))) return false;
  const removed = (script?.commands ?? []).find((it) => emptiedBy(it, step).some((by) => takes(by, LISTS)));
  const before = (it: Command | undefined, other: Command): boolean =>
    it !== undefined && it.span.start < other.span.start;
  const fetched = operations.find(isUpdate)?.command;
  return operations.some(
    ({ family, action, command }) =>
      family === 'apt' && installing.has(action) && !before(fetched, command) && !before(removed, command),
  );
}

/** Whether a RUN installs by lists that it does not fetch itself; a script that is not read may. */
function mayNeedLists(step: Step): boolean {
  const { instruction, trigger, script } = step;
  if (trigger) return mayNeedLists(trigger);
  // what a container starts is mostly a program of its own
  if (instruction.kind !== 'Run') return installsFromLists(step);
  return !script?.parsed || script.commands.some(isUnread) || installsFromLists(step);
}
