import { dockerfile, type Finding, fileSpan, rule, type Word } from '../../src/engine/rule.ts';
import { misread } from './lib/misread.ts';

export default rule({
  id: 'trailing-comment',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  message: 'The builder takes this comment for part of the instruction.',
  why: `
    A # begins a comment only at the start of a line; elsewhere it is ordinary text. In EXPOSE, STOPSIGNAL, FROM, ENV and LABEL
    it stops the build, and the error is reported instead.
  `,
  instead: 'Put the comment on a line of its own.',
  url: 'https://docs.docker.com/reference/dockerfile/#format',
  examples: {
    'in a folder, a user and paths': dockerfile`
      FROM debian:12
      WORKDIR /app # the application
                   ~~~~~~~~~~~~~~~~~
      VOLUME /data # kept
                   ~~~~~~
      COPY a b /c/ # both
                   ~~~~~~
      USER 1000 # not root
                ~~~~~~~~~~
    `,
    'in the names of arguments': dockerfile`
      FROM debian:12
      ARG VERSION=1 # of the tool
                    ~~~~~~~~~~~~~
    `,
    'names with a number sign': dockerfile`
      FROM debian:12
      WORKDIR /app#1
      COPY #readme# /doc/
    `,
  },
  visit: {
    Workdir: ({ path }) => within(path),
    User: ({ user }) => within(user),
    Arg({ pairs, span }) {
      const comment = pairs.find(({ name }) => name.raw.startsWith('#'));
      return (
        comment && {
          at: { start: comment.span.start, end: span.end },
          message: 'ARG takes the words of this comment for names.',
        }
      );
    },
    Copy: (node) => among(node, 'COPY takes the words of this comment for paths.'),
    Add: (node) => among(node, 'ADD takes the words of this comment for paths.'),
    Volume: (node) => among(node, 'VOLUME takes the words of this comment for paths.'),
  },
});

function within(word: Word | undefined): Finding | undefined {
  const match = word && /\s(#.*)$/s.exec(word.text);
  if (!match) return undefined;
  const start = match.index + match[0].length - match[1]!.length;
  return { at: fileSpan(word.map, start, word.text.length) };
}

function among(node: Parameters<typeof misread>[0], message: string): Finding | undefined {
  const found = misread(node);
  return found?.kind === 'comment' ? { at: found.at, message } : undefined;
}
