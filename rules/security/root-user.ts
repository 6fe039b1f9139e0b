import {
  dockerfile,
  type Finding,
  type Instruction,
  isRoot,
  type Model,
  rule,
  type Step,
  type Word,
} from '../../src/engine/rule.ts';
import { leavesRoot, needsRoot } from './lib/leaves-root.ts';

export default rule({
  id: 'root-user',
  aliases: ['DL3002'],
  severity: 'warning',
  preset: 'recommended',
  message: 'The last USER of the image is root.',
  why: `
    An intruder in the program is root in the container, and one kernel bug or careless mount away from the host. Stages
    that do not ship are not judged, nor is a USER with a comment about root above it, an image without USER, nor one with
    gosu, su-exec or s6-overlay, whose entry point drops root.
  `,
  instead: 'Write USER with an unprivileged account after the last instruction that needs root.',
  url: 'https://docs.docker.com/build/building/best-practices/#user',
  examples: {
    'back to root at the end': dockerfile`
      FROM node:22
      USER root
           ~~~~
      RUN npm install -g pnpm@9.15.0
    `,
    'by number, with a group': dockerfile`
      FROM alpine:3.22
      USER 0:0
           ~~~
    `,
    'root only for some instructions, or only in a build stage': dockerfile`
      FROM golang:1.25 AS build
      USER root
      FROM node:22
      USER root
      RUN npm install -g pnpm@9.15.0
      USER node
    `,
    'an entry point that drops root': dockerfile`
      FROM postgres:18
      USER root
      COPY --from=tianon/gosu:1.19 /gosu /usr/local/bin/
      ENTRYPOINT ["/entrypoint.sh"]
    `,
  },
  differs: {
    DL3002: [
      {
        why: 'Only the image that is built counts, not the stages that it copies from.',
        only: 'hadolint',
        text: 'FROM debian:12 AS build\nUSER root\nFROM debian:12\nUSER 1000',
      },
      { why: 'Quotes and variables are resolved.', only: 'dflint', text: 'FROM debian:12\nUSER "root"' },
    ],
  },
  visit: {
    File({ target, file }) {
      const steps = target?.allSteps ?? [];
      const last = steps.findLast(({ instruction }) => instruction.kind === 'User' && instruction.user);
      if (!target || last?.instruction.kind !== 'User') return undefined;
      const user = last.instruction.user!;
      const { value } = last.expand(user);
      // what ONBUILD runs in the images above may need it
      if (steps.some(({ trigger }) => trigger?.instruction.kind === 'Run')) return undefined;
      return value.state === 'known' &&
        isRoot(value.text) &&
        !leavesRoot(target) &&
        !needsRoot(target) &&
        !hasReason(last.instruction, file)
        ? { at: user, ...byArgument(last, user) }
        : undefined;
    },
  },
});

/** The account may be what a build argument says, and root only its default. */
function byArgument({ before, expand }: Step, user: Word): Pick<Finding, 'message' | 'instead'> | undefined {
  const name = expand(user).uses.find((it) => before.variable(it.name)?.kind === 'arg')?.name;
  return name === undefined
    ? undefined
    : {
        message: `The last USER of the image is root, by the default of ARG ${name}.`,
        instead: `Give ARG ${name} an unprivileged account as its default.`,
      };
}

/** Whether the comments above it speak of root: then it is a choice that somebody has made and explained. */
function hasReason({ span }: Instruction, { comments, text }: Model['file']): boolean {
  let start = span.start;
  for (const comment of comments.filter((it) => it.span.end <= span.start).reverse()) {
    if (!/^\s*$/.test(text.slice(comment.span.end, start))) return false;
    if (/\broot\b/i.test(comment.raw)) return true;
    start = comment.span.start;
  }
  return false;
}
