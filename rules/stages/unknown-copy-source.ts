import {
  closest,
  dockerfile,
  type Finding,
  isKnownName,
  isNumber,
  type NamedSource,
  namedSources,
  type Place,
  rule,
  type Span,
  type Stage,
} from '../../src/engine/rule.ts';
import { usualStageNames } from '../../src/knowledge/builder/stage-names.ts';

export default rule({
  id: 'unknown-copy-source',
  aliases: ['DL3022'],
  severity: 'error',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'The source is not a stage above this one.',
  why: `
    The build stops, or fetches an unrelated image of that name. A name that may be an image, or a build context given on
    the command line, is reported only if a stage above has nearly the same name, or if it is a usual stage name.
  `,
  instead: 'Name a stage above, or an image with its tag.',
  url: 'https://docs.docker.com/reference/dockerfile/#copy---from',
  examples: {
    'a mistyped stage': dockerfile`
        FROM golang:1.25 AS build
        FROM alpine:3.22
      - COPY --from=biuld /app /app
                    ~~~~~
      + COPY --from=build /app /app
    `,
    'a stage further down': dockerfile`
      FROM alpine:3.22
      COPY --from=build /app /app
                  ~~~~~
      FROM golang:1.25 AS build
    `,
    'a number without a stage': dockerfile`
      FROM alpine:3.22
      COPY --from=2 /app /app
                  ~
    `,
    'a variable': dockerfile`
      ARG TOOLS=example/tools:1
      FROM alpine:3.22
      COPY --from=$TOOLS /tool /tool
                  ~~~~~~
    `,
    'stages, images, build contexts': dockerfile`
      FROM golang:1.25 AS build
      FROM alpine:3.22
      COPY --from=build /app /app
      COPY --from=0 /app /app
      COPY --from=nginx:1.29 /etc/nginx /etc/nginx
      COPY --from=assets / /srv
    `,
  },
  differs: {
    DL3022: [
      {
        why: 'A well-known image needs no tag, and any other name may be a build context.',
        only: 'hadolint',
        text: 'FROM debian:12\nCOPY --from=nginx /etc/nginx /etc/nginx',
      },
      {
        why: 'BuildKit compares stage names in lower case.',
        only: 'hadolint',
        text: 'FROM debian:12 AS b\nFROM debian:12\nCOPY --from=B /a /c',
      },
    ],
  },
  visit: {
    Copy: (node, place) => namedSources(node).flatMap((source) => judge(source, place) ?? []),
    Run: (node, place) => namedSources(node).flatMap((source) => judge(source, place) ?? []),
  },
});

function judge({ name, at, mount }: NamedSource, { model: { stages, stageNamed }, stage, onbuild }: Place) {
  if (!stage || onbuild || stageNamed(name, stage)) return undefined;
  if (/\$[\w{]/.test(name)) return mount ? undefined : { at, ...variable(name) };
  const found = isNumber(name) ? !mount && missingNumber(name, stage) : missingName(name, stage, stages);
  // others do not look at mounts
  return found ? { at, aliases: mount ? [] : ['DL3022'], ...found(at) } : undefined;
}

// in a mount it is an error of syntax
const variable = (name: string): Omit<Finding, 'at'> => ({
  message: 'COPY --from does not expand variables.',
  why: 'BuildKit stops at this COPY.',
  instead: `Add a stage FROM ${name} AS source above this one, with its ARG before the first FROM, and write --from=source.`,
});

type Found = (at: Span) => Omit<Finding, 'at'>;

const missingNumber = (name: string, { index }: Stage): Found | undefined =>
  Number(name) === index ? undefined : () => ({ message: `There is no stage ${name} above this one.` });

function missingName(written: string, own: Stage, stages: readonly Stage[]): Found | undefined {
  const name = written.toLowerCase();
  // what has a tag or a folder is an image
  if (!/^[a-z][a-z\d_.-]*$/.test(name) || name === 'scratch' || own.name?.toLowerCase() === name) return undefined;
  const later = stages.find((it) => it.index > own.index && it.name?.toLowerCase() === name)?.from.name;
  if (later) return () => ({ related: later, message: `The stage ${written} is further down in the file.` });
  if (isKnownName(name)) return undefined;
  const near = closest(
    name,
    stages.slice(0, own.index).flatMap((it) => it.name ?? []),
  );
  if (near)
    return (at) => ({
      message: `There is no stage ${written}; ${near} is likely meant.`,
      fix: { title: `Write ${near}`, edits: [{ span: at, text: near }] },
    });
  return usualStageNames.has(name) ? () => ({ message: `There is no stage ${written}.` }) : undefined;
}
