import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

const one = { schema: { x: 'text' } };

export default cases({
  'one finding a label': {
    text: dockerfile`
      FROM alpine:3.22
           ~~~~~~~~~~~
      LABEL y=1
    `,
    aliases: ['DL3049', 'DL3049'],
    options: { schema: { x: 'text', y: 'text', z: 'text' } },
  },
  'another image of the file': {
    text: dockerfile`
      FROM alpine:3.22 AS b
           ~~~~~~~~~~~
      FROM debian:12
      LABEL x=1
    `,
    options: one,
  },
  'in a stage that it stands on': {
    text: dockerfile`
      FROM alpine:3.22 AS b
      LABEL x=1
      FROM b
      FROM debian:12
           ~~~~~~~~~
    `,
    options: one,
  },
  'stages that another needs': {
    text: dockerfile`
      FROM alpine:3.22 AS base
      FROM golang:1.25 AS build
      FROM node:22 AS assets
      FROM base
      COPY --from=build /app /app
      RUN --mount=from=assets,target=/assets cp -r /assets /srv/
      LABEL x=1
    `,
    options: one,
  },
  'in a trigger it is not of this image': {
    text: dockerfile`
      FROM alpine:3.22
           ~~~~~~~~~~~
      ONBUILD LABEL x=1
    `,
    options: one,
  },
  'a key that only the build knows': {
    text: dockerfile`
      FROM alpine:3.22
      ARG KEY
      LABEL $KEY=1
    `,
    options: one,
  },
});
