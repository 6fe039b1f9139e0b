import { dockerfile, type Finding, type Model, rule, type Step } from '../../src/engine/rule.ts';
import { trivialCommands } from '../../src/knowledge/trivial-commands.ts';
import { isSingle, joinEdits, series } from '../lib/runs.ts';

export default rule({
  id: 'consecutive-run',
  aliases: ['DL3059'],
  severity: 'info',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'This RUN could be one layer with the RUN before it.',
  why: `
    Each RUN adds a layer to the image, even one that changes nothing, and what a later one deletes still ships with the
    earlier. Keep them apart only where the first is slow and the second changes often: in recommended only those count that are
    free to join, which are quick commands in a row or in front of one other command, and installs by one manager. Stages whose layers do not ship, and
    RUNs with flags of different kinds, are not judged.
  `,
  instead: 'One RUN with the commands joined by &&, or a here-document that begins with set -e.',
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
    'a command that would change the next': dockerfile`
      FROM debian:12
      RUN cd /srv && mkdir app
      RUN touch motd
      ~~~
    `,
    'something between, or another mount': dockerfile`
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
  visit: {
    Stage: (stage, model) => (stage.shipped ? series(stage).flatMap((steps) => judge(steps, model.file)) : undefined),
  },
});

/** Of each part that is free to join the second RUN tells it; all others behind another RUN are for strict. */
function judge(steps: readonly Step[], file: Model['file']): Finding[] {
  const groups = free(steps);
  return steps.slice(1).map((step, index): Finding => {
    const before = steps[index]!;
    const group = groups.find((it) => it[1] === step);
    const edits = joinEdits(group ?? [before, step], file);
    return {
      at: step.instruction.keyword,
      related: (group?.[0] ?? before).instruction.keyword,
      aliases: isSingle(before) && isSingle(step) ? ['DL3059'] : [],
      ...(group ? { message: groupMessage(group) } : { preset: 'strict' as const }),
      ...(edits && { fix: { title: group ? 'Join them' : 'Join it to the one before', edits } }),
    };
  });
}

const groupMessage = ({ length }: readonly Step[]): string =>
  `${length} RUN instructions in a row make ${length} layers; one would do.`;

/** The parts of a series that are one RUN without cost: quick ones and what follows them, or installs. */
function free(steps: readonly Step[]): Step[][] {
  const parts: Step[][] = [];
  for (const step of steps) {
    const part = parts.at(-1);
    const before = part?.at(-1);
    const family = installer(step);
    const quick = before && isTrivial(before) && (isTrivial(step) || (isSingle(before) && isSingle(step)));
    const joins = quick || (before && family !== undefined && installer(before) === family);
    if (joins) part!.push(step);
    else parts.push([step]);
  }
  return parts.filter(({ length }) => length > 1);
}

const isTrivial = ({ script }: Step): boolean =>
  script?.parsed === true &&
  script.commands.length > 0 &&
  script.commands.every(({ name, word }) => (name === undefined ? word.text === '' : trivialCommands.has(name)));

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
