import {
  type Command,
  cachesInLayer,
  dockerfile,
  emptiedBy,
  type Finding,
  isEmptiedLater,
  keptOut,
  lineOf,
  listed,
  type PackageOperation,
  type Place,
  rule,
  type Stage,
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
  visit: () => {
    const ahead = keeping(readAhead);
    return { Run: (_, place) => judge(place, ahead) };
  },
});

function judge({ step, stage, model, onbuild }: Place, ahead: (stage: Stage) => Ahead): Finding | undefined {
  if (!stage?.shipped || !step.script?.parsed || step.isCutOff) return undefined;
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
  const after = stagesAfter(step, model);
  const user = after.map((stages) => userIn(stages, step, ahead)).find((it) => it !== undefined);
  if (user) {
    const users = usersFrom(user);
    const numbers = users.map((it) => String(lineOf(model, it.instruction)));
    const line = `${users.length > 1 ? 'lines' : 'line'} ${listed(numbers)}`;
    return {
      at,
      ...preset,
      related: user.instruction.keyword,
      message: `The apt package index stays in the layer, and ${line} ${users.length > 1 ? 'install' : 'installs'} from it.`,
      instead: `${users.length === 1 && isNext(user, step) ? `Move the install of ${line} into this RUN, or run an update there too` : `Run an update in ${line} too`}; then end each RUN with ${asCaller(update.command, `rm -rf ${LISTS}/*`)}.`,
    };
  }
  const removal = asCaller(update.command, `rm -rf ${LISTS}/*`);
  const edit = !toldElsewhere && isEditable(update) ? joinAtEnd(step, removal, model.file) : undefined;
  const safe = !onbuild && !after.some((stages) => needsLists(stages, step, ahead));
  return {
    at,
    ...preset,
    instead: `End this RUN with ${removal}, or mount a cache on /var/lib/apt.`,
    ...(edit && { fix: { title: 'Remove the lists in the same RUN', edits: [edit], ...(safe && { safety: 'safe' }) } }),
  };
}

/** The RUNs of a stage that install by the same lists as the first: all that come before the lists are fetched or removed again. */
function usersFrom(first: Step): Step[] {
  const users = [first];
  const steps = first.stage?.steps ?? [];
  for (let at = first.index + 1; at < steps.length; at++) {
    const it = steps[at]!;
    if (isFetch(it) || isRemoval(it)) break;
    if (installsFromLists(it)) users.push(it);
  }
  return users;
}

/** Whether no other RUN stands between, which the install may need. */
const isNext = (user: Step, { stage, index }: Step): boolean =>
  user.stage === stage && stage?.steps.find((it) => it.index > index && it.instruction.kind === 'Run') === user;

/** What is known of the steps of a stage, read once from their end. */
interface Ahead {
  /** At each index the first step from there on that installs by the lists, fetches or removes them. */
  readonly next: readonly (Step | undefined)[];
  /** The index of the last step that may need lists which it does not fetch; -1 for none. */
  readonly lastNeed: number;
}

function readAhead({ steps }: Stage): Ahead {
  const next: (Step | undefined)[] = Array(steps.length + 1).fill(undefined);
  for (const step of [...steps].reverse())
    next[step.index] = installsFromLists(step) || isFetch(step) || isRemoval(step) ? step : next[step.index + 1];
  return { next, lastNeed: steps.findLastIndex(mayNeedLists) };
}

/** The value of a function for each argument, found once. */
function keeping<A, B>(find: (of: A) => B): (of: A) => B {
  const known = new Map<A, B>();
  return (of) => {
    const value = known.has(of) ? known.get(of)! : find(of);
    known.set(of, value);
    return value;
  };
}

/** The stages that stand on the layer, each with those between, beside the rest of its own. */
const stagesAfter = ({ stage }: Step, { stages }: Place['model']): (readonly Stage[])[] =>
  stages.flatMap(({ lineage }) => {
    const from = lineage.indexOf(stage!);
    return from < 0 ? [] : [lineage.slice(from + 1)];
  });

/** The first RUN after a step that installs by its lists, before another RUN fetches or removes them. */
function userIn(above: readonly Stage[], { stage, index }: Step, ahead: (stage: Stage) => Ahead): Step | undefined {
  const starts = [ahead(stage!).next[index + 1], ...above.map((it) => ahead(it).next[0])];
  const next = starts.find((it) => it !== undefined);
  return next && installsFromLists(next) ? next : undefined;
}

const needsLists = (above: readonly Stage[], { stage, index }: Step, ahead: (stage: Stage) => Ahead): boolean =>
  ahead(stage!).lastNeed > index || above.some((it) => ahead(it).lastNeed >= 0);

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
  // the setup script of a vendor fetches them anew
  const unread = script?.commands.find(isUnread);
  return operations.some(
    ({ family, action, command }) =>
      family === 'apt' &&
      installing.has(action) &&
      [fetched, removed, unread].every((earlier) => !before(earlier, command)),
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
