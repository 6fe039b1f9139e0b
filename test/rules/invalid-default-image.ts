import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'an empty default, and a wrong one': dockerfile`
    ARG BASE=
    ARG TAG=3:22
    FROM $BASE
         ~~~~~
    FROM alpine:$TAG
         ~~~~~~~~~~~
  `,
  'given to the build': {
    text: dockerfile`
      ARG TAG
      FROM alpine:$TAG
    `,
    buildArgs: { TAG: '3.22' },
  },
  'only the builder knows': dockerfile`
    FROM registry.example.com/$TARGETARCH/app:1
    FROM app-$TARGETARCH
    ARG TARGETARCH
    FROM app-$TARGETARCH
  `,
  'no ARG at all is another matter': dockerfile`
    FROM alpine:$TAG
  `,
  'a registry with a port, a stage, a default beside the name': dockerfile`
    ARG REGISTRY=localhost:5000
    ARG STAGE=build
    ARG TAG
    FROM $REGISTRY/app:1 AS build
    FROM $STAGE
    FROM alpine:\${TAG:-3.22}
    FROM alpine:3.22$TAG
  `,
});
