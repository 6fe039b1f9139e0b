import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'scratch with a program': dockerfile`
      FROM scratch
           ~~~~~~~
      COPY app /
      ENTRYPOINT ["/app"]
  `,
  'scratch with files only': dockerfile`
      FROM scratch
      COPY files /
  `,
  'not known': dockerfile`
      FROM example.com/base:1
      CMD ["app"]
  `,
  'only the stage that is built': dockerfile`
      FROM golang:1.25 AS build
      FROM gcr.io/distroless/static:nonroot
      CMD ["/app"]
  `,
  'servers that leave root behind': dockerfile`
      FROM nginx:1.29
      COPY index.html /usr/share/nginx/html/
  `,
  'a USER anywhere in the lineage, even root': dockerfile`
      FROM debian:12 AS base
      USER root
      FROM base
      CMD ["app"]
  `,
  'the tool is fetched': dockerfile`
      FROM debian:12
      RUN curl -fsSLo /usr/local/bin/gosu https://github.com/tianon/gosu/releases/download/1.19/gosu-amd64
      ENTRYPOINT ["/entrypoint.sh"]
  `,
});
