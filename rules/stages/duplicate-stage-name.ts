import { dockerfile, rule, type Stage } from '../../src/engine/rule.ts';

export default rule({
  id: 'duplicate-stage-name',
  aliases: ['DL3024', 'DuplicateStageName'],
  severity: 'error',
  preset: 'recommended',
  message: 'Another stage above has this name.',
  why: `
    What names the stage from here on gets this one, and nothing tells a reader which of the two was meant. Names are compared
    in lower case, as BuildKit compares them.
  `,
  instead: 'A name of its own for each stage.',
  url: 'https://docs.docker.com/reference/build-checks/duplicate-stage-name/',
  examples: {
    'the same name twice': dockerfile`
      FROM golang:1.25 AS build
      RUN go build -o /app .
      FROM node:22 AS build
                      ~~~~~
      RUN npm ci
    `,
    'in other letters': dockerfile`
      FROM golang:1.25 AS build
      FROM node:22 AS Build
                      ~~~~~
    `,
    'names of their own': dockerfile`
      FROM golang:1.25 AS build-server
      FROM node:22 AS build-pages
      FROM alpine:3.22
    `,
  },
  differs: {
    DL3024: [
      {
        why: 'BuildKit compares names in small letters.',
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
        const message = `A stage above has the name ${earlier?.name} already.`;
        return earlier ? [{ at: from.name, related: earlier.from.name!, message }] : [];
      });
    },
  },
});
