import { dockerfile, rule, type Stage } from '../../src/engine/rule.ts';

export default rule({
  id: 'duplicate-stage-name',
  aliases: ['DL3024', 'DuplicateStageName'],
  severity: 'error',
  preset: 'recommended',
  message: 'A stage above already has this name.',
  why: `
    From here on the name means this stage, so a later FROM or COPY --from may use the wrong one. Names are compared in
    lower case, as in BuildKit.
  `,
  instead: 'Give each stage its own name.',
  url: 'https://docs.docker.com/reference/build-checks/duplicate-stage-name/',
  examples: {
    'the same name twice': dockerfile`
      FROM golang:1.25 AS build
      RUN go build -o /app .
      FROM node:22 AS build
                      ~~~~~
      RUN npm ci
    `,
    'in another letter case': dockerfile`
      FROM golang:1.25 AS build
      FROM node:22 AS Build
                      ~~~~~
    `,
    'different names': dockerfile`
      FROM golang:1.25 AS build-server
      FROM node:22 AS build-pages
      FROM alpine:3.22
    `,
  },
  differs: {
    DL3024: [
      {
        why: 'BuildKit compares names in lower case.',
        only: 'dflint',
        text: 'FROM debian:12 AS x\nFROM debian:12 AS X',
      },
    ],
  },
  silencing: 'top',
  visit: {
    File({ stages }) {
      const first = new Map<string, Stage>();
      return stages.flatMap((stage) => {
        const { name, from } = stage;
        if (name === undefined || !from.name) return [];
        const earlier = first.get(name.toLowerCase());
        if (!earlier) first.set(name.toLowerCase(), stage);
        const message = `A stage above is already named ${earlier?.name}.`;
        return earlier ? [{ at: from.name, related: earlier.from.name!, message }] : [];
      });
    },
  },
});
