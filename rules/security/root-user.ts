import { dockerfile, rule } from '../../src/engine/rule.ts';

export default rule({
  id: 'root-user',
  aliases: ['DL3002'],
  severity: 'warning',
  preset: 'recommended',
  message: 'The last USER of the image is root.',
  why: `
    Whoever breaks into the program is root in the container, one kernel or mount mistake away from the host. Stages that are
    only built from are not judged, nor is an image that sets no USER, as the base image may have set one.
  `,
  instead: 'USER with an account without privileges, after the steps that need root.',
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
    'root only for a while, or only to build': dockerfile`
      FROM golang:1.25 AS build
      USER root
      FROM node:22
      USER root
      RUN npm install -g pnpm@9.15.0
      USER node
    `,
  },
  visit: {
    File({ target }) {
      for (const stage of [...(target?.lineage ?? [])].reverse()) {
        const step = stage.steps.findLast(({ instruction }) => instruction.kind === 'User');
        if (step?.instruction.kind !== 'User' || !step.instruction.user) continue;
        const { value } = step.expand(step.instruction.user);
        const user = value.state === 'known' ? value.text.split(':')[0] : undefined;
        return user === 'root' || user === '0' ? { at: step.instruction.user } : undefined;
      }
      return undefined;
    },
  },
});
