import { dockerfile, type Finding, type Instruction, isOn, type Place, rule } from '../../src/engine/rule.ts';
import { misread } from './lib/misread.ts';

type Transfer = Extract<Instruction, { kind: 'Copy' | 'Add' }>;

export default rule({
  id: 'destination-without-slash',
  aliases: ['DL3021'],
  severity: 'warning',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'Several sources are copied to a destination that does not end in a slash.',
  why: `
    If the folder does not exist yet, builders differ: the classic one refuses, others make a folder or write a file of this
    name. The reference requires the slash. The folders . and .. are clear, and a destination that only the build knows is not
    judged.
  `,
  instead: 'Add a slash at the end of the destination.',
  url: 'https://docs.docker.com/reference/dockerfile/#copy',
  examples: {
    'two files': dockerfile`
        FROM node:22
        WORKDIR /app
      - COPY package.json package-lock.json /app
                                            ~~~~
      + COPY package.json package-lock.json /app/
    `,
    folders: dockerfile`
      FROM node:22
      WORKDIR /app
      COPY package.json package-lock.json ./
      COPY src test .
      COPY ["one file", "another", "/srv/"]
    `,
    'what only the build knows, and a single source': dockerfile`
      FROM node:22
      ARG FOLDER
      COPY package.json package-lock.json $FOLDER
      COPY server.js /app
    `,
  },
  differs: {
    DL3021: [
      {
        why: 'BuildKit takes . for the folder that it is.',
        only: 'hadolint',
        text: 'FROM debian:12\nWORKDIR /srv\nCOPY a b .',
      },
      { why: 'A variable may end in a slash.', only: 'hadolint', text: 'FROM debian:12\nCOPY a b $FOLDER' },
      { why: 'ADD is judged as well, without the code. A warning rather than an error, as builders differ.' },
    ],
  },
  visit: {
    Copy: (node, place) => judge(node, place, ['DL3021']),
    Add: (node, place) => judge(node, place, []),
  },
});

function judge(node: Transfer, { step, onbuild }: Place, names: readonly string[]): Finding | undefined {
  const { sources, destination } = node;
  if (sources.length < 2 || !destination || isOn(node, 'parents') || misread(node)) return undefined;
  const { value } = step.expand(destination);
  if (value.state !== 'known' || isFolder(value.text)) return undefined;
  const { span, raw } = destination;
  const end = /["']$/.test(raw) ? span.end - 1 : span.end;
  return {
    at: destination,
    aliases: onbuild ? [] : names,
    message: `${sources.length} sources are copied to ${value.text}, which does not end in a slash.`,
    fix: {
      title: 'Add the slash',
      edits: [{ span: { start: end, end }, text: '/' }],
      // the current folder is there for certain
      ...(isHere(value.text, step.before.workdir) ? { safety: 'safe' as const } : {}),
    },
  };
}

/** A backslash at the end is Windows', which the base image does not always tell. */
const isFolder = (path: string): boolean => path === '' || /(?:^|[/\\])\.{0,2}$/.test(path);

const isHere = (path: string, folder: Place['step']['before']['workdir']): boolean =>
  folder.state === 'known' && folder.text === path;
