import {
  type Command,
  dockerfile,
  type Finding,
  lineOf,
  type Place,
  rule,
  type Script,
  type Step,
} from '../../src/engine/rule.ts';
import { isReadable } from '../lib/syntax.ts';
import { unlessInherited } from './lib/inherited.ts';

export default rule({
  id: 'here-document-without-errexit',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'The script goes on after a failed command.',
  why: `
    The shell runs a here-document to its end, and only the status of the last command decides whether the build stops. Scripts
    with set -e, a SHELL or a first line with -e, lists joined by &&, and commands that hardly ever fail or whose failure the
    script handles are not reported.
  `,
  instead: 'Begin the script with set -e.',
  url: 'https://docs.docker.com/reference/dockerfile/#here-documents',
  examples: {
    'an install that may fail': dockerfile`
        FROM debian:12
        RUN <<EOF
            ~~~~~
      + set -e
        apt-get update
        apt-get install -y --no-install-recommends curl
        rm -rf /var/lib/apt/lists/*
        EOF
    `,
    'a script that stops at errors, or in which only the last command can fail': dockerfile`
      FROM debian:12
      RUN <<EOF
      set -eux
      apt-get update
      apt-get install -y --no-install-recommends curl
      EOF
      RUN <<EOF
      apt-get update && apt-get install -y --no-install-recommends curl
      EOF
      RUN <<EOF
      #!/bin/bash -e
      make
      make install
      EOF
      SHELL ["/bin/bash", "-euo", "pipefail", "-c"]
      RUN <<EOF
      make
      make install
      EOF
    `,
  },
  visit: {
    Script: judge,
  },
});

function judge(script: Script, place: Place): Finding | undefined {
  const { step, model, onbuild } = place;
  const { instruction } = step;
  if (instruction.kind !== 'Run' || !isReadable(script)) return undefined;
  const heredoc = instruction.heredocs.find(({ body }) => {
    const { start, end } = body.span;
    return script.commands.some(({ span }) => span.start >= start && span.end <= end);
  });
  if (!heredoc) return undefined;
  const { body, opener } = heredoc;
  const inside = script.commands.filter(({ span }) => span.start >= body.span.start && span.end <= body.span.end);
  const shebang = /^\t*#![^\n]*/.exec(body.raw)?.[0];
  const started = shebang === undefined ? step.before.shell.errexit : / -[a-z]*e|errexit/.test(shebang);
  if (startsWithErrexit(script, body.span.start) || inside.some(catchesErrors)) return undefined;
  const lost = inside.find(
    (command) =>
      !(inside.findLast((it) => setsErrexit(it, command)) ?? started) &&
      isLost(command, script) &&
      !isNeededLater(command, script, step),
  );
  if (!lost) return undefined;
  const at = shebang === undefined ? body.span.start : body.span.start + shebang.length + 1;
  const fix = { title: 'Add set -e', edits: [{ span: { start: at, end: at }, text: 'set -e\n' }] };
  return {
    at: opener,
    related: lost,
    ...unlessInherited(
      `If ${lost.name ?? 'the command'} in line ${lineOf(model, lost)} fails, the script and the build go on`,
      step,
    ),
    ...(!onbuild && { fix }),
  };
}

/** `bash -e <<EOF`: the program that reads the body is told. */
const startsWithErrexit = ({ commands }: Script, before: number): boolean =>
  commands.some(
    ({ span, name, args }) =>
      span.start < before &&
      /^(?:ba|da|a|k|z)?sh$/.test(name ?? '') &&
      args.some(({ text }) => /^-[a-z]*e|^errexit$/.test(text)),
  );

/** `set -e` before a command. */
const setsErrexit = ({ name, args, span }: Command, other: Command): boolean =>
  name === 'set' &&
  span.start < other.span.start &&
  args.some(
    ({ text }, index) => /^-[a-z]*e/.test(text) || (text === 'errexit' && args[index - 1]?.text.startsWith('-')),
  );

const catchesErrors = ({ name, args }: Command): boolean => name === 'trap' && args.some(({ text }) => text === 'ERR');

/** Commands that hardly fail, or whose failure another rule reports. */
const quiet = new Set(
  'echo printf true false : export set umask alias unset readonly local shift trap cd pushd popd sleep date exit return wait'.split(
    ' ',
  ),
);

/** Whether it gets the index for an install that fails without one, and whose failure is seen. */
const isNeededLater = (command: Command, { syntax }: Script, step: Step): boolean =>
  step
    .operationsOf(command)
    .some(
      (it) =>
        it.action === 'update-index' &&
        step.operations.some(
          (other) =>
            other.family === it.family &&
            other.action === 'install' &&
            other.command.span.start > command.span.start &&
            syntax.statuses.get(other.command) !== 'ignored',
        ),
    );

/** Whether a failure of the command is seen by nothing. */
function isLost(command: Command, { syntax, commands }: Script): boolean {
  const { name, word, args, within, pipeline } = command;
  if (name === undefined ? word.text === '' : quiet.has(name)) return false;
  if (within.some((it) => it === 'function' || it === 'substitution' || it === 'condition')) return false;
  if ((name === 'rm' || name === 'mkdir') && args.some(({ text }) => /^-[a-zA-Z]*[fp]/.test(text))) return false;
  if (commands.findLast((it) => it.pipeline === pipeline) !== command) return false;
  return syntax.statuses.get(command) === 'ignored';
}
