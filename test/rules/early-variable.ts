import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'several, with the label that takes them': dockerfile`
    FROM alpine:3.20
    ARG BUILD_DATE
        ~~~~~~~~~~
    ARG VCS_REF
    LABEL org.opencontainers.image.created=$BUILD_DATE \
          org.opencontainers.image.revision=$VCS_REF
    RUN apk add --no-cache curl
  `,
  'several, with a label below': dockerfile`
      FROM alpine:3.20
    - ARG BUILD_DATE
          ~~~~~~~~~~
    - ARG VCS_REF=unknown
      RUN apk add --no-cache curl
    + ARG BUILD_DATE
    + ARG VCS_REF=unknown
      # what it is
      LABEL org.opencontainers.image.created=$BUILD_DATE \
            org.opencontainers.image.revision=$VCS_REF
  `,
  'when they change, by their names': {
    text: dockerfile`
      FROM alpine:3.20
      ARG BUILD_DATE
          ~~~~~~~~~~
      ARG VCS_REF
      RUN apk add --no-cache curl
      RUN apk add --no-cache git
      FROM alpine:3.20
      ARG GIT_SHA
          ~~~~~~~
      RUN apk add --no-cache curl
      FROM alpine:3.20
      ARG BUILD_NUMBER
          ~~~~~~~~~~~~
      RUN apk add --no-cache curl
      FROM alpine:3.20
      ARG GIT_BRANCH
          ~~~~~~~~~~
      ARG GIT_TAG
      ARG VCS_URL
      RUN apk add --no-cache curl
      FROM scratch
      COPY --from=0 / /
      COPY --from=1 / /
      COPY --from=2 / /
      COPY --from=3 / /
    `,
    says: [
      'BUILD_DATE and VCS_REF change with each commit or build, so apk add (lines 4 and 5) run again, although they do not use them. …',
      'GIT_SHA changes with each commit, so apk add (line 8) runs again, although it does not use it. …',
      'BUILD_NUMBER changes with each build, …',
      'GIT_BRANCH and GIT_TAG change with each branch or release, …',
    ],
  },
  'through ENV': dockerfile`
    FROM node:22
    ARG GIT_COMMIT
        ~~~~~~~~~~
    ENV APP_COMMIT=\${GIT_COMMIT}
    WORKDIR /app
    COPY package.json package-lock.json ./
    RUN npm ci
    COPY . .
    RUN npm run build
  `,
  'in the stages that stand on it': dockerfile`
    FROM debian:12 AS base
    ARG COMMIT_SHA
        ~~~~~~~~~~
    FROM base
    RUN apt-get update && apt-get install -y curl
  `,
  'a comment that belongs to it stays': dockerfile`
    FROM debian:12
    # of the pipeline
    ARG BUILD_NUMBER
        ~~~~~~~~~~~~
    RUN apt-get update && apt-get install -y curl
    LABEL build=$BUILD_NUMBER
  `,
  'shielded by a constant': dockerfile`
    FROM debian:12
    ARG COMMIT_SHA
    ENV COMMIT_SHA=none
    RUN apt-get update && apt-get install -y curl
  `,
  'what takes no time': dockerfile`
    FROM debian:12
    ARG COMMIT_SHA
    RUN mkdir -p /var/lib/app
    LABEL revision=$COMMIT_SHA
  `,
  'in use': dockerfile`
    FROM debian:12
    ARG COMMIT_SHA
    RUN apt-get update && apt-get install -y "app=$COMMIT_SHA"
  `,
  'a program that may look at it': dockerfile`
    FROM debian:12
    ARG COMMIT_SHA
    RUN ./configure && make
    RUN apt-get update && apt-get install -y curl
  `,
  'below the code, which changes as often': dockerfile`
    FROM node:22
    WORKDIR /app
    COPY . .
    ARG COMMIT_SHA
    RUN npm ci
  `,
  'in front of FROM': dockerfile`
    ARG COMMIT_SHA
    FROM debian:12
    RUN apt-get update && apt-get install -y curl
  `,
  'a default that is a value': dockerfile`
    FROM debian:12
    ARG OPENSSL_COMMIT=3b421ebc64c7b52f1b9feb3812bdc7781c784332
    RUN apt-get update && apt-get install -y git
  `,
  'the revision of another project': dockerfile`
    FROM debian:12
    ARG NGINX_COMMIT
    RUN apt-get update && apt-get install -y git
    RUN git clone https://github.com/nginx/nginx && git -C nginx checkout $NGINX_COMMIT
  `,
  'there to empty the cache': dockerfile`
    FROM debian:12
    ARG CACHE_DATE
    RUN apt-get update && apt-get install -y curl
  `,
  'a version is a setting': dockerfile`
    FROM debian:12
    ARG VERSION
    RUN apt-get update && apt-get install -y curl
  `,
  'given a value for this build': {
    text: dockerfile`
      FROM debian:12
      ARG COMMIT_SHA
          ~~~~~~~~~~
      RUN apt-get update && apt-get install -y curl
    `,
    buildArgs: { COMMIT_SHA: 'abc1234' },
  },
});
