import {
  type Command,
  dockerfile,
  type Finding,
  lazy,
  lineOf,
  readerOf,
  rule,
  type Step,
} from '../../src/engine/rule.ts';
import { builders, credulous, fetchers, gitFetches } from '../../src/knowledge/commands/pipes.ts';
import { unlessInherited } from './lib/inherited.ts';
import { breaksWithPipefail, failsAnyway, type LossyPipe, lossyPipes, pipefailFix, quitsEarly } from './lib/pipes.ts';

export default rule({
  id: 'pipe-without-pipefail',
  aliases: ['DL4006'],
  severity: 'warning',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'A failure before the last command of this pipe goes unnoticed.',
  why: `
    The status of a pipe is that of its last command, so the build goes on with empty or partial input. In recommended only
    those pipes count in which a download, an install or a build feeds a command that accepts anything: tar, gunzip and gpg
    notice broken input. Not judged are pipes in conditions, before || and in arguments, whose status the script handles or
    drops anyway; pipes that begin only with echo, printf or yes; and pipes before a command that needs a file which only the
    pipe can bring. With pipefail a command that is stopped because its reader has enough (head, grep -q) fails the pipe too.
  `,
  instead: 'Add SHELL ["/bin/bash", "-o", "pipefail", "-c"] before it (on Alpine with /bin/ash).',
  url: 'https://docs.docker.com/build/building/best-practices/#using-pipes',
  examples: {
    'an empty script runs without an error': dockerfile`
        FROM node:22
      + SHELL ["/bin/bash", "-o", "pipefail", "-c"]
        RUN curl -fsSL https://example.com/install.sh | sh
            ~~~~
    `,
    'an empty version': dockerfile`
        FROM alpine:3.22
      + SHELL ["/bin/ash", "-o", "pipefail", "-c"]
        RUN VERSION=$(wget -qO- https://example.com/latest | cut -d '"' -f 4) && ./install "$VERSION"
                      ~~~~
    `,
    'a build that only seems to succeed': dockerfile`
        FROM debian:12
      + SHELL ["/bin/bash", "-o", "pipefail", "-c"]
        RUN make all 2>&1 | tee build.log
            ~~~~
    `,
    'a search that may fail': dockerfile`
        FROM debian:12
        WORKDIR /srv
      + SHELL ["/bin/bash", "-o", "pipefail", "-c"]
        RUN ./list-users | sort > users.txt
                         ~
    `,
    'the shell of Alpine': dockerfile`
      FROM alpine:3.22
      SHELL ["/bin/ash", "-eo", "pipefail", "-c"]
      RUN ./list-users | sort > users.txt
    `,
    'set in the script': dockerfile`
      FROM debian:12
      RUN <<EOF
      #!/bin/bash
      set -euo pipefail
      ./list-users | sort > users.txt
      EOF
    `,
    'nothing that can fail, or a failure that is handled': dockerfile`
      FROM debian:12
      RUN echo "app:secret" | chpasswd
      RUN yes | ./install
      RUN ps -ef | grep -c sshd || true
      RUN if ./list-users | grep -q app; then touch /srv/seen; fi
    `,
  },
  notRecommended: {
    DL4006:
      'Most pipes cannot fail in a way that matters; recommended only has downloads, installs and builds that feed a command which accepts anything.',
  },
  differs: {
    DL4006: [
      {
        why: 'A stage inherits SHELL from the stage that it is based on.',
        only: 'hadolint',
        text: 'FROM debian:12 AS b\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nFROM b\nRUN ./a | ./b',
      },
      {
        why: 'The script may set it itself.',
        only: 'hadolint',
        text: 'FROM debian:12\nSHELL ["/bin/bash", "-c"]\nRUN set -o pipefail; ./a | ./b',
      },
      {
        why: 'If the script handles or drops the status, nothing is hidden.',
        only: 'hadolint',
        text: 'FROM debian:12\nRUN ./a | ./b || true',
      },
      {
        why: 'A command that needs a file from the pipe stops the build without it.',
        only: 'hadolint',
        text: 'FROM php:8\nRUN curl -fsSL https://getcomposer.org/installer | php && mv composer.phar /bin/composer',
      },
      { why: 'echo, printf and yes do not fail.', only: 'hadolint', text: 'FROM debian:12\nRUN echo y | ./install' },
    ],
  },
  visit: {
    Stage(stage, model) {
      const pipes = lossyPipes(stage, model).filter((it) => !failsAnyway(it));
      const told = new Set<Step>();
      const stopsGoodBuild = lazy(() => stage.steps.some(breaksWithPipefail));
      const found = pipes.flatMap((pipe): Finding[] => {
        const bad = badPipe(pipe);
        const { step } = pipe.place;
        if (!bad && told.has(step)) return [];
        told.add(step);
        return [{ ...(bad ?? { at: pipe.operator, preset: 'strict' }), instead: insteadFor(pipe, stopsGoodBuild()) }];
      });
      // one SHELL repairs all that is behind it
      const fix = pipes[0] && !stopsGoodBuild() && pipefailFix(pipes[0]);
      return fix ? found.map((finding) => ({ ...finding, fix })) : found;
    },
  },
});

/** The finding on a pipe that hides the failure of a download, an install or a build. */
function badPipe({ commands, counts, place }: LossyPipe): Finding | undefined {
  const fetcher = commands.slice(0, -1).find((it) => mayFail(it, place.step));
  const last = commands.at(-1)!.name ?? '';
  if (!fetcher || !counts || !credulous.has(last) || commands.some(quitsEarly)) return undefined;
  return {
    at: fetcher.word,
    ...unlessInherited(`If ${fetcher.name} fails, ${last} after the pipe still succeeds`, place.step),
  };
}

/** pipefail where the shell at hand knows it; for curl it is nothing without -f. */
function insteadFor({ commands, place }: LossyPipe, stopsGoodBuild: boolean): string {
  const { step } = place;
  const { instruction } = step;
  const reader = readerOf(step.script!.dialect, step);
  const ash = reader === 'busybox' ? '/bin/ash' : '/bin/bash';
  const mayBeAlpine =
    reader === 'unknown' && step.stage?.rootImage?.tag === undefined ? ' (on Alpine with /bin/ash)' : '';
  const inScript = reader === 'bash' || reader === 'busybox' ? ', or begin the script with set -o pipefail' : '';
  const curl = commands
    .slice(0, -1)
    .find((it) => it.name === 'curl' && !it.args.some(({ text }) => failing.test(text)));
  const more = curl ? ' Give curl -f too: without it an error page counts as a success.' : '';
  if (stopsGoodBuild && !commands.some(quitsEarly))
    return `Let ${nameOf(commands[0]!)} write to a file, and give that to ${nameOf(commands.at(-1)!)} after &&: pipefail for all would stop other pipes of this stage, which end early on purpose.`;
  if (instruction.kind === 'Run' && instruction.heredocs.some(({ body }) => body.raw.startsWith('#!')))
    return `Begin the script with ${inScript === '' ? '#!/bin/bash and ' : ''}set -o pipefail.${more}`;
  const echo = reader === 'busybox' || reader === 'bash' ? undefined : escapingEcho(place);
  const other = echo === undefined ? '' : ` bash's echo prints \\n as it stands: write printf '%b\\n' in line ${echo}.`;
  return `Add SHELL ["${ash}", "-o", "pipefail", "-c"] before it${mayBeAlpine}${inScript}.${more}${other}`;
}

/** The line of an echo from here on whose escapes dash expands and bash does not. */
function escapingEcho({ step, stage, model }: LossyPipe['place']): number | undefined {
  const found = stage?.steps
    .slice(step.index)
    .flatMap(({ script }) => script?.named('echo') ?? [])
    .find(({ args }) => !args[0]?.text.startsWith('-') && args.some(({ text }) => /\\[nt]/.test(text)));
  return found && lineOf(model, found);
}

const nameOf = ({ name, word }: Command): string => name ?? word.text;

const failing = /^(?:--fail(?:-with-body|-early)?|-[a-zA-Z#]*f[a-zA-Z#]*)$/;

const acts = new Set(['install', 'reinstall', 'upgrade', 'update-index', 'download', 'build']);

/** Whether it downloads, installs or builds. */
function mayFail(command: Command, { operations }: Step): boolean {
  const { name, args, within } = command;
  if (name === undefined || args.some(({ text }) => text === '--version' || text === '--help')) return false;
  if (name === 'git') return args.some(({ text }) => gitFetches.has(text));
  if (operations.some((it) => it.command === command && acts.has(it.action))) return true;
  return fetchers.has(name) || (!within.includes('substitution') && builders.has(name));
}
