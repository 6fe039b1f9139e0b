import { closest, dockerfile, rule, swallowed } from '../../src/engine/rule.ts';
import { signalNames } from '../../src/knowledge/builder/signals.ts';

export default rule({
  id: 'invalid-signal',
  aliases: [],
  severity: 'error',
  preset: 'recommended',
  always: true,
  fix: 'suggestion',
  message: 'There is no such signal.',
  why: `
    The build stops before its first step. A signal is a name, with or without SIG and in any letter case, or a number other than
    0. A value that only the build knows is not judged, nor is a Windows image.
  `,
  instead: 'Write a name such as SIGTERM, or a number such as 15.',
  url: 'https://docs.docker.com/reference/dockerfile/#stopsignal',
  examples: {
    'a mistyped name': dockerfile`
        FROM nginx:1.29
      - STOPSIGNAL SIGTREM
                   ~~~~~~~
      + STOPSIGNAL SIGTERM
    `,
    'a comment that is not one': dockerfile`
      FROM nginx:1.29
      STOPSIGNAL SIGQUIT # finish the requests
                 ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    `,
    'names, a number, and an argument': dockerfile`
      FROM scratch AS a
      STOPSIGNAL SIGRTMIN+3
      FROM scratch AS b
      STOPSIGNAL quit
      FROM scratch
      ARG SIGNAL
      STOPSIGNAL $SIGNAL
      STOPSIGNAL 15
    `,
  },
  visit: {
    Stopsignal(node, { step, stage }) {
      const { signal } = node;
      if (!signal || stage?.os === 'windows') return undefined;
      const { value } = step.expand(signal);
      if (value.state !== 'known' || isSignal(value.text)) return undefined;
      const { text } = value;
      const inner = swallowed(node);
      if (inner)
        return {
          at: inner,
          message: `The trailing backslash above makes this ${inner.keyword} part of the STOPSIGNAL before it.`,
          instead: 'Remove the backslash.',
        };
      if (/\s#/.test(text)) {
        return { at: signal, message: 'STOPSIGNAL takes the comment for part of the signal.', instead: commentLine };
      }
      const near = closest(text.toUpperCase(), names());
      return {
        at: signal,
        message: text === '' ? 'STOPSIGNAL has no signal: its variable is not set.' : `There is no signal ${text}.`,
        ...(near &&
          signal.text === text && { fix: { title: `Write ${near}`, edits: [{ span: signal.span, text: near }] } }),
      };
    },
  },
});

const commentLine = 'Put the comment on a line of its own.';
const names = (): string[] => [...signalNames].map((name) => `SIG${name}`);

function isSignal(text: string): boolean {
  if (/^[+-]?\d+$/.test(text)) return Number(text) !== 0;
  return signalNames.has(text.toUpperCase().replace(/^SIG/, ''));
}
