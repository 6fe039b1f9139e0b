import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'another number than the user has': dockerfile`
      FROM node:22
      USER node
    - RUN --mount=type=cache,target=/home/node/.npm,uid=1001 npm ci
                                                    ~~~~~~~~
    + RUN --mount=type=cache,target=/home/node/.npm,uid=1000 npm ci
  `,
  'a user by number, with and without a group': dockerfile`
      FROM debian:12
      USER 10001:10002
    - RUN --mount=type=cache,target=/cache ./build
                             ~~~~~~~~~~~~~
    + RUN --mount=type=cache,target=/cache,uid=10001,gid=10002 ./build
      USER 10001
    - RUN --mount=type=cache,target=/cache,mode=0700 ./build
                             ~~~~~~~~~~~~~
    + RUN --mount=type=cache,target=/cache,mode=0700,uid=10001 ./build
  `,
  'a user whose number nobody says': dockerfile`
    FROM alpine:3.22
    RUN addgroup -S app && adduser -S -G app app
    USER app
    RUN --mount=type=cache,target=/home/app/.cache ./build
                           ~~~~~~~~~~~~~~~~~~~~~~~
  `,
  'a user of busybox, by variables': dockerfile`
      FROM alpine:3.22
      ARG UID=1234
      RUN adduser -D -u $UID app
      USER app
    - RUN --mount=type=cache,target=/home/app/.cache ./build
                             ~~~~~~~~~~~~~~~~~~~~~~~
    + RUN --mount=type=cache,target=/home/app/.cache,uid=1234,gid=1234 ./build
  `,
  'a user made in the stage below': dockerfile`
      FROM python:3.13-slim AS base
      RUN useradd -m -u 2000 app
      USER app
      FROM base
    - RUN --mount=type=cache,target=/home/app/.cache/pip pip install --user flask==3.1.0
                             ~~~~~~~~~~~~~~~~~~~~~~~~~~~
    + RUN --mount=type=cache,target=/home/app/.cache/pip,uid=2000,gid=2000 pip install --user flask==3.1.0
  `,
  'open to the group or to all': dockerfile`
    FROM node:22
    USER node
    RUN --mount=type=cache,target=/a,mode=0775,gid=1000 ./build
    RUN --mount=type=cache,target=/b,mode=1777 ./build
    RUN --mount=type=cache,target=/c,uid=1000,mode=0700 ./build
    USER 5000:0
    RUN --mount=type=cache,target=/d,mode=0775 ./build
  `,
  'open to a group that the user is not in': dockerfile`
      FROM node:22
      USER node
    - RUN --mount=type=cache,target=/a,mode=0775,gid=50 ./build
                             ~~~~~~~~~
    + RUN --mount=type=cache,target=/a,mode=0775,gid=50,uid=1000 ./build
  `,
  'handed over by root': dockerfile`
    FROM node:22
    RUN --mount=type=cache,target=/home/node/.npm chown -R node:node /home/node/.npm
    USER node
    RUN --mount=type=cache,target=/home/node/.npm npm ci
  `,
  'root after all': dockerfile`
    FROM debian:12
    USER app
    RUN --mount=type=cache,target=/var/cache/apt,sharing=locked sudo apt-get update
    USER root
    RUN --mount=type=cache,target=/root/.npm npm ci
    USER 0:0
    RUN --mount=type=cache,target=/root/.npm npm ci
  `,
  'not known: the user of a base, of an argument, a cache that begins as another image': dockerfile`
    FROM example.com/base:1
    RUN --mount=type=cache,target=/root/.npm npm ci
    ARG WHO
    USER $WHO
    RUN --mount=type=cache,target=/root/.npm npm ci
    USER node
    RUN --mount=type=cache,target=/root/.npm,from=seed npm ci
    RUN --mount=type=cache,target=/root/.npm,readonly npm ci
    RUN --mount=type=cache,target=/root/.npm,uid=$WHO npm ci
  `,
  'below the home of root': {
    text: dockerfile`
      FROM node:22
      USER 1000
      RUN --mount=type=cache,target=/root/.pnpm-store pnpm install
                                    ~~~~~~~~~~~~~~~~~
    `,
    says: [
      'The cache mount on /root/.pnpm-store is out of reach: only root may enter /root, … Mount it in the home of that user, with uid=1000…',
    ],
  },
});
