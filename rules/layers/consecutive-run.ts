import {
  type Command,
  dockerfile,
  type Finding,
  type Model,
  rule,
  type Stage,
  type Step,
} from '../../src/engine/rule.ts';

/** Commands whose effect would reach the commands joined behind them. */
const lasting = new Set(
  'cd export set unset exit source . exec eval umask trap alias shopt ulimit pushd popd wait return'.split(' '),
);

export default rule({
  id: 'consecutive-run',
  aliases: ['DL3059'],
  severity: 'info',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'RUN instructions in a row make a layer each.',
  why: `
    Each RUN adds a layer to the image, even one that changes nothing, and what a later one deletes still ships with the
    earlier. Joined they are one layer. Keep them apart only where the first is slow and the second changes often. Stages
    whose layers do not ship, and RUNs with flags of different kinds, are not judged.
  `,
  instead: 'One RUN with the commands joined by &&, or a here-document that begins with set -e.',
  url: 'https://docs.docker.com/build/building/best-practices/#run',
  examples: {
    'three in a row': dockerfile`
        FROM debian:12
      - RUN mkdir /srv/app
        ~~~
      - RUN chown www-data /srv/app
      - # the web server reads it
      - RUN chmod 750 /srv/app
      + RUN mkdir /srv/app \
      +     && chown www-data /srv/app \
      +     # the web server reads it
      +     && chmod 750 /srv/app
    `,
    'a command that would change the next': dockerfile`
      FROM debian:12
      RUN cd /srv && mkdir app
      ~~~
      RUN touch motd
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
    Stage: (stage, model) => (stage.shipped ? series(stage).map((steps) => finding(steps, model.file)) : undefined),
  },
});

/** Runs of two RUN and more that could be one. */
function series({ steps }: Stage): Step[][] {
  const found: Step[][] = [];
  let current: Step[] = [];
  for (const step of steps) {
    const before = current[0];
    if (isJoinable(step) && before && flagsOf(before) === flagsOf(step)) current.push(step);
    else {
      current = isJoinable(step) ? [step] : [];
      found.push(current);
    }
  }
  return found.filter(({ length }) => length > 1);
}

function isJoinable({ instruction }: Step): boolean {
  return instruction.kind === 'Run' && instruction.command?.kind === 'ShellForm' && instruction.heredocs.length === 0;
}

const flagsOf = ({ instruction }: Step): string =>
  instruction.flags
    .map(({ name, value }) => `${name.text}=${value?.text}`)
    .sort()
    .join(' ');

function finding(steps: readonly Step[], file: Model['file']): Finding {
  const first = steps[0]!.instruction;
  const message = `${steps.length} RUN instructions in a row make ${steps.length} layers; one would do.`;
  const known = steps.every(
    ({ script, before }) => script?.parsed && before.shell.dialect !== 'cmd' && before.shell.dialect !== 'powershell',
  );
  const joinable =
    known && steps.every(({ script }) => script!.commands.length > 0 && script!.commands.every(staysInside));
  if (!joinable) return { at: first.keyword, message };
  const edits = steps.slice(1).map(({ instruction }, index) => {
    const start = steps[index]!.instruction.span.end;
    const end = instruction.kind === 'Run' ? instruction.command!.span.start : start;
    const between = file.comments.filter(({ span }) => span.start > start && span.end < end);
    const comments = between.map(({ raw }) => `    ${raw}\n`).join('');
    return { span: { start, end }, text: ` ${file.escape}\n${comments}    && ` };
  });
  return { at: first.keyword, message, fix: { title: 'Join them', edits } };
}

/** Whether the command leaves the shell as it found it, so that what is joined behind it runs as before. */
const staysInside = ({ name, joint, assignments, word }: Command): boolean =>
  name !== undefined && !lasting.has(name) && joint !== '&' && (assignments.length === 0 || word.text !== '');
