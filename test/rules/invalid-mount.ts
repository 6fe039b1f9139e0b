import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'no target: the working directory, where it is known not to be the root or only the image knows': dockerfile`
    FROM golang:1.26-alpine
    RUN --mount=type=bind go build -o /out/app .
    FROM example.com/builder:1
    RUN --mount=type=cache --mount=type=tmpfs,target= make
    FROM debian:12 AS base
    WORKDIR /src
    FROM base
    RUN --mount=type=bind,source=x,target=. --mount=type=tmpfs make
    ARG HERE
    WORKDIR $HERE
    RUN --mount=type=bind make
    ONBUILD RUN --mount=type=bind make
  `,
  'the root, in other words': dockerfile`
    FROM scratch
    RUN --mount=type=bind ["/x"]
        ~~~~~~~~~~~~~~~~~
    FROM debian:12
    WORKDIR /srv
    WORKDIR ..
    RUN --mount=type=tmpfs,size=1m make
        ~~~~~~~~~~~~~~~~~~~~~~~~~~
    RUN --mount=type=bind,target=. make
        ~~~~~~~~~~~~~~~~~~~~~~~~~~
    WORKDIR /srv
    RUN --mount=type=bind,target=/ make
        ~~~~~~~~~~~~~~~~~~~~~~~~~~
    RUN --mount=type=bind,target=.. make
        ~~~~~~~~~~~~~~~~~~~~~~~~~~~
  `,
});
