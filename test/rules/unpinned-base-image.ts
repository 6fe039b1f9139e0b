import { cases, recommended } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'each goes by one name': {
    text: dockerfile`
      FROM node
           ~~~~
      FROM node:latest
           ~~~~~~~~~~~
      COPY --from=nginx /a /a
                  ~~~~~
      RUN --mount=from=ghcr.io/example/tool,target=/tool true
                       ~~~~~~~~~~~~~~~~~~~~
    `,
    aliases: ['DL3006', 'DL3007', '', ''],
  },
  'a port is no tag': dockerfile`
    FROM registry.example.com:5000/app
         ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
  `,
  'defaults of arguments': dockerfile`
    ARG TAG=22
    ARG BASE=debian
    FROM node:$TAG
    FROM $BASE
         ~~~~~
    FROM node:\${VERSION:-latest}
         ~~~~~~~~~~~~~~~~~~~~~~~
    FROM node:\${VERSION:-22}
  `,
  'an argument in front of the name': {
    text: dockerfile`
      ARG REGISTRY
      FROM $REGISTRY/app:1
      FROM $REGISTRY/app:latest
           ~~~~~~~~~~~~~~~~~~~~
      FROM \${REGISTRY}/app
           ~~~~~~~~~~~~~~~
      FROM app-$REGISTRY
      FROM example/app:$REGISTRY
      FROM $REGISTRY
    `,
    aliases: ['DL3007', 'DL3006'],
  },
  'latest with a digest': dockerfile`
    FROM node:latest@sha256:a8560b36e8b8210634f77d9f7f9efd7ffa463e380b75e2e74aff4511df3ef88c
  `,
  'an image whose name ends like the empty one': dockerfile`
    FROM registry.example.com/scratch
         ~~~~~~~~~~~~~~~~~~~~~~~~~~~~
  `,
  'stages in other letters, numbers, build contexts': dockerfile`
    FROM debian:12 AS Base
    FROM base
    COPY --from=0 /a /a
    COPY --from=BASE /a /a
    COPY --from=assets /a /a
    COPY --from=nginx:1.29 /a /a
    COPY --from=$IMAGE /a /a
  `,
  'the name as written': {
    text: dockerfile`
      FROM gloursdocker/docker
           ~~~~~~~~~~~~~~~~~~~
      FROM us-west1-docker.pkg.dev/p/images/base:latest
           ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      COPY --from=ghcr.io/astral-sh/uv:latest /uv /bin/
                  ~~~~~~~~~~~~~~~~~~~~~~~~~~~
    `,
    says: [
      'The base image gloursdocker/docker has no tag, which means latest. … Write gloursdocker/docker:VERSION with a version as exact as you want to maintain, or add a digest.',
      'The tag latest of us-west1-docker.pkg.dev/p/images/base is not a fixed version. …',
      'The tag latest of ghcr.io/astral-sh/uv is not a fixed version. …',
    ],
  },
  'names that no registry has, and tags that move by design': recommended(dockerfile`
    FROM php-base
    FROM gcr.io/distroless/static-debian12
    FROM gcr.io/distroless/base:latest
    FROM cgr.dev/chainguard/node:latest
    FROM local-image/java
    FROM docker.io/library/debian
         ~~~~~~~~~~~~~~~~~~~~~~~~
    FROM node
         ~~~~
  `),
  'the name of a stage that stands elsewhere': dockerfile`
    FROM Tools
    FROM alpine:3.22 AS tools
  `,
  'a stage that is called after its image': dockerfile`
    FROM node AS node
         ~~~~
    FROM golang AS go
         ~~~~~~
  `,
});
