import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'another registry': {
    text: dockerfile`
      FROM evil.example.com/app:1
           ~~~~~~~~~~~~~~~~~~~~~~
      FROM good.example.com/app:1
    `,
    options: { 'trusted-registries': ['good.example.com'] },
  },
  'Docker Hub under its names': {
    text: dockerfile`
      FROM debian:12
      FROM docker.io/library/debian:12
      FROM index.docker.io/library/debian:12
      FROM quay.io/app:1
           ~~~~~~~~~~~~~
    `,
    options: { 'trusted-registries': ['hub.docker.com'] },
  },
  'ports, localhost, patterns': {
    text: dockerfile`
      FROM localhost:5000/app:1
      FROM a.example.com/app:1
      FROM registry.example.org:5000/app:1
      FROM registry.example.org/app:1
           ~~~~~~~~~~~~~~~~~~~~~~~~~~
    `,
    options: { 'trusted-registries': ['localhost*', '*.example.com', 'registry.example.org:5000'] },
  },
  'an argument with a default, and one without': {
    text: dockerfile`
      ARG GOOD=good.example.com
      ARG BAD=evil.example.com
      ARG UNKNOWN
      FROM $GOOD/app:1
      FROM $BAD/app:1
           ~~~~~~~~~~
      FROM $UNKNOWN/app:1
    `,
    options: { 'trusted-registries': ['good.example.com'] },
  },
  'stages, numbers, build contexts; images of COPY and of mounts': {
    text: dockerfile`
      FROM good.example.com/app:1 AS build
      FROM build
      COPY --from=build /a /a
      COPY --from=0 /a /a
      COPY --from=assets /a /a
      COPY --from=evil.example.com/app:1 /a /a
                  ~~~~~~~~~~~~~~~~~~~~~~
      RUN --mount=type=bind,from=evil.example.com/app:2,target=/x true
                                 ~~~~~~~~~~~~~~~~~~~~~~
    `,
    options: { 'trusted-registries': ['good.example.com'] },
  },
  'a name that is known in part': {
    text: dockerfile`
      ARG NAME
      FROM evil.example.com/\${NAME}:1
           ~~~~~~~~~~~~~~~~~~~~~~~~~~
      FROM good.example.com/$NAME
      FROM $NAME/app:1
      FROM debian:$NAME
           ~~~~~~~~~~~~
    `,
    options: { 'trusted-registries': ['good.example.com'] },
  },
  'a well-known image without a registry': {
    text: dockerfile`
      FROM good.example.com/app:1
      COPY --from=nginx /etc/nginx /etc/nginx
                  ~~~~~
    `,
    options: { 'trusted-registries': ['good.example.com'] },
  },
  'anything is trusted': {
    text: dockerfile`
      FROM evil.example.com/app:1
      FROM scratch
    `,
    options: { 'trusted-registries': ['*'] },
  },
  'folders and images of a registry': {
    text: dockerfile`
      ARG NAME
      FROM gcr.io/distroless/base:1
      FROM gcr.io/distroless/static
      FROM gcr.io/distrolessly/base:1
           ~~~~~~~~~~~~~~~~~~~~~~~~~~
      FROM gcr.io/other/base:1
           ~~~~~~~~~~~~~~~~~~~
      FROM gcr.io/$NAME/base:1
      FROM quay.io/$NAME/base:1
           ~~~~~~~~~~~~~~~~~~~~
      FROM debian:12
      FROM docker.io/library/node:22
      FROM bitnami/redis:8
      FROM bitnami/kafka:4
           ~~~~~~~~~~~~~~~
      FROM registry.example.com:5000/team/app
      FROM registry.example.com:5000/teams/app
           ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    `,
    options: {
      'trusted-registries': [
        'gcr.io/distroless',
        'docker.io/library/*',
        'bitnami/redis',
        'https://registry.example.com:5000/team/',
      ],
    },
  },
});
