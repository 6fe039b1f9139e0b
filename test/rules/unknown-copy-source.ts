import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'images and build contexts that have no near name': dockerfile`
      FROM golang:1.25 AS build
      FROM debian:12
      COPY --from=nginx /a /a
      COPY --from=registry.example.com/app /a /a
      COPY --from=scripts /a /a
  `,
  'a usual name of a stage': dockerfile`
      FROM debian:12
      COPY --from=builder /a /a
                  ~~~~~~~
  `,
  'in other letters': dockerfile`
      FROM golang:1.25 AS build
      FROM debian:12
      COPY --from=BUILD /a /a
  `,
  'in a mount': {
    text: dockerfile`
        FROM golang:1.25 AS build
        FROM debian:12
      - RUN --mount=type=bind,from=buld,target=/x true
                                   ~~~~
      + RUN --mount=type=bind,from=build,target=/x true
    `,
    aliases: [''],
  },
  'a number below zero; a mount has no numbers': dockerfile`
      FROM debian:12
      COPY --from=-1 /a /a
                  ~~
      RUN --mount=type=bind,from=5,target=/x true
  `,
  'an image that is nearly called like a stage': dockerfile`
      FROM debian:12 AS base
      FROM debian:12
      COPY --from=bash /a /a
      COPY --from=scratch / /a
  `,
  'in another build': dockerfile`
      FROM debian:12
      ONBUILD COPY --from=builder /a /a
  `,
  'two stages that need each other': dockerfile`
      FROM debian:12 AS one
      COPY --from=two /a /a
                  ~~~
      FROM debian:12 AS two
      COPY --from=one /a /a
  `,
  'its own stage is another matter': dockerfile`
      FROM debian:12 AS b
      COPY --from=b /a /b
  `,
});
