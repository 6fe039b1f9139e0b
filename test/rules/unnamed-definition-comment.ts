import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'the last line counts, across blank lines': dockerfile`
    # VERSION is the release
    # to build.
    ~~~~~~~~~~~

    ARG VERSION=1.2
    FROM alpine:$VERSION
  `,
  'any of several names, in their letter case': dockerfile`
    # B says more.
    ARG A=1 B=2
    # Build compiles.
    ~~~~~~~~~~~~~~~~~
    FROM alpine:3.22 AS build
  `,
  'comments for tools, stages without a name, other instructions': dockerfile`
    # build compiles.
    # hadolint ignore=DL3006
    FROM golang AS build
    # dflint ignore=unpinned-base-image
    FROM golang AS test
    # the last
    FROM alpine:3.22
    # runs
    RUN one
  `,
});
