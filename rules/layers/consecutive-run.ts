import { costOf, dockerfile, type Finding, isBelow, type Model, rule, type Step } from '../../src/engine/rule.ts';
import { trivialCommands } from '../../src/knowledge/commands/trivial-commands.ts';
import { isSingle, joinEdits, series } from './lib/runs.ts';

export default rule({
  id: 'consecutive-run',
  aliases: ['DL3059'],
  severity: 'info',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'This RUN could be joined to the RUN before it, which saves a layer.',
  why: `
    Each RUN adds a layer to the image, even if it changes nothing. On the other hand, an edit of one part of a joined RUN
    runs all of it again. So only RUNs that can be joined at no cost are reported: quick commands about one thing, in a row
    or followed by one other command, and apt installs that use an index fetched by an earlier RUN. Other RUNs are reported
    only in strict. A separate RUN after an install, a build or a download is right; it is reported only if the rule or
    DL3059 is enabled by name. Stages whose layers do not ship, and RUNs with different flags, are not judged.
  `,
  instead: 'Join the commands with && in one RUN, or use a here-document that begins with set -e.',
  url: 'https://docs.docker.com/build/building/best-practices/#run',
  examples: {
    'three in a row': dockerfile`
        FROM debian:12
      - RUN mkdir /srv/app
      - RUN chown www-data /srv/app
        ~~~
      - # the web server reads it
      - RUN chmod 750 /srv/app
        ~~~
      + RUN mkdir /srv/app \
      +     && chown www-data /srv/app \
      +     # the web server reads it
      +     && chmod 750 /srv/app
    `,
    'a command that would affect the next one': dockerfile`
      FROM debian:12
      RUN cd /srv && mkdir app
      RUN touch motd
      ~~~
    `,
    'another instruction between them, or different mounts': dockerfile`
      FROM node:22
      RUN --mount=type=cache,target=/root/.npm npm install -g pnpm@9.15.0
      RUN mkdir /srv/app
      WORKDIR /srv/app
      RUN npm init -y
    `,
    'a stage that does not ship': dockerfile`
      FROM golang:1.25 AS build
      RUN go install example.com/tool@v1.2.3
      RUN go install example.com/other@v1.2.3
      FROM scratch
      COPY --from=build /go/bin/tool /tool
    `,
  },
  notRecommended: {
    DL3059: 'A second layer may be worth the cache it saves; recommended has only RUNs that can be joined at no cost.',
  },
  differs: {
    DL3059: [
      {
        why: 'In a stage whose layers do not ship, extra layers cost nothing.',
        only: 'hadolint',
        text: 'FROM debian:12 AS build\nRUN a\nRUN b\nFROM debian:12\nCOPY --from=build /a /a',
      },
      { why: 'A pipe is one command.', only: 'dflint', text: 'FROM debian:12\nRUN a | b\nRUN c' },
    ],
  },
  visit: {
    Stage: (stage, model) => (stage.shipped ? series(stage).flatMap((steps) => judge(steps, model.file)) : undefined),
  },
});

/** Of each part that is free to join the second RUN tells it; others behind another RUN are for strict, or keep their place. */
function judge(steps: readonly Step[], file: Model['file']): Finding[] {
  const groups = new Map(free(steps).flatMap((part) => part.map((step) => [step, part] as const)));
  return steps.slice(1).map((step, index): Finding => {
    const before = steps[index]!;
    const part = groups.get(step);
    const group = part?.[1] === step ? part : undefined;
    const told = {
      at: step.instruction.keyword,
      related: (group?.[0] ?? before).instruction.keyword,
      aliases: isSingle(before) && isSingle(step) ? ['DL3059'] : [],
    };
    const inGroup = part !== undefined && groups.get(before) === part;
    if (!inGroup && installer(before) !== undefined && installer(before) === installer(step))
      return { ...told, preset: 'strict', message: installs };
    const costly = inGroup || updatesFor(before, step) ? undefined : costlyPart(before);
    if (costly)
      return {
        ...told,
        preset: 'asked',
        message: `Joining this RUN to the RUN before it saves a layer, but each edit here would then repeat ${costly}.`,
      };
    const edits = joinEdits(group ?? [before, step], file);
    return {
      ...told,
      ...(group
        ? { message: groupMessage(group) }
        : { preset: 'strict' as const, message: updatesFor(before, step) ? updates : single }),
      ...(edits && { fix: { title: group ? 'Join the RUNs' : 'Join it to the RUN before it', edits } }),
    };
  });
}

/** What of a RUN nobody wants to wait for again because of another command. */
function costlyPart(step: Step): string | undefined {
  const cost = costOf(step);
  const { command, verb } = step.operations.find(({ action }) => slow.has(action)) ?? {};
  if (cost === 'install') return [command?.name, verb?.text].filter(Boolean).join(' ') || 'the install';
  return cost === 'compile' ? 'the build' : cost === 'download' ? 'the download' : undefined;
}

const slow = new Set(['install', 'reinstall', 'upgrade', 'download']);

/** Whether the first only fetches the index that the second installs from: apart they are never as new as each other. */
const updatesFor = (before: Step, { operations }: Step): boolean =>
  before.operations.length > 0 &&
  before.operations.every(({ action }) => action === 'update-index') &&
  operations.some(({ action, family }) => action === 'install' && family === before.operations[0]!.family);

const single = 'This RUN could be joined to the RUN before it, but each edit here would then run both again.';

const updates =
  'This RUN could be joined to the RUN before it, and each edit here would then fetch the package index again.';

const installs =
  'Joined to the RUN before it, this RUN would not store the package database again, but each edit here would repeat both installs.';

function groupMessage(steps: readonly Step[]): string {
  const { length } = steps;
  const layers = `These ${length} RUN instructions make ${length} layers`;
  const what = `${layers} where one would do`;
  if (steps.every(isTrivial)) return `${what}, as each is quick to run again.`;
  if (steps.slice(0, -1).every(isTrivial))
    return `${what}, as ${length === 2 ? 'the first is' : 'all but the last are'} quick to run again.`;
  // quick ones in front of installs
  if (isTrivial(steps[0]!)) return `${what}.`;
  return fetches(steps[0]!)
    ? `${what}; joined, a change to the list of packages also refreshes the package index.`
    : `${layers}, each with a copy of the package database, where one would do.`;
}

/** The parts of a series that are one RUN without cost: quick ones and what follows them, or installs. */
function free(steps: readonly Step[]): Step[][] {
  const parts: Step[][] = [];
  for (const step of steps) {
    const part = parts.at(-1);
    const before = part?.at(-1);
    const family = installer(step);
    const isQuick = before && isTrivial(before) && (isTrivial(step) || (isSingle(before) && isSingle(step)));
    const quick = isQuick && belong(before, step);
    const byOldIndex = before && family === 'apt' && installer(before) === family && !fetches(step);
    const joins = quick || byOldIndex;
    if (joins) part!.push(step);
    else parts.push([step]);
  }
  return parts.filter(({ length }) => length > 1);
}

/** Whether two RUNs do parts of one thing: they call the same program, or what they do is about the same path. */
function belong(before: Step, step: Step): boolean {
  const names = (it: Step): Set<string | undefined> => new Set(it.script?.commands.map(({ name }) => name));
  const own = names(step);
  if ([...names(before)].some((name) => name !== undefined && name !== 'echo' && own.has(name))) return true;
  const paths = (it: Step): string[] =>
    it.effects.all.filter(({ means }) => means !== 'packages').map(({ path }) => path);
  const theirs = paths(before).filter((path) => !shared.has(path));
  return paths(step).some((path) => !shared.has(path) && theirs.some((it) => isBelow(path, it) || isBelow(it, path)));
}

/** Folders that have no one purpose. */
const shared = new Set(
  '/ /etc /usr /usr/bin /usr/local /usr/local/bin /usr/share /var /var/lib /var/log /opt /srv /tmp /home /root /data'.split(
    ' ',
  ),
);

const isTrivial = ({ script }: Step): boolean =>
  script?.parsed === true &&
  script.commands.length > 0 &&
  script.commands.every(({ name, word }) => (name === undefined ? word.text === '' : trivialCommands.has(name)));

/** Whether it installs by an index of its own; else by one of a layer above, which grows old in the cache. */
const fetches = ({ operations }: Step): boolean => operations.some(({ action }) => action === 'update-index');

const system = new Set(['apt', 'apk', 'rpm', 'pacman']);

/** The family of system packages that a RUN installs, where it does nothing else of weight. */
function installer({ script, operations }: Step): string | undefined {
  const family = operations[0]?.family;
  if (family === undefined || !system.has(family) || script?.parsed !== true) return undefined;
  if (!operations.some(({ action }) => action === 'install')) return undefined;
  const own = (command: (typeof script.commands)[number]): boolean =>
    operations.some((it) => it.command === command && it.family === family) || trivialCommands.has(command.name ?? '');
  return script.commands.every(own) ? family : undefined;
}
