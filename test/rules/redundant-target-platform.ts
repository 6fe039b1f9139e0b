import { cases, recommended } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'in braces, in quotes, with a default': dockerfile`
    - FROM --platform=\${TARGETPLATFORM} debian:12 AS a
           ~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    + FROM debian:12 AS a
    - FROM --platform="$TARGETPLATFORM" debian:12 AS b
           ~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    + FROM debian:12 AS b
      FROM --platform=\${TARGETPLATFORM:-linux/amd64} debian:12
           ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
  `,
  'a default for builders that set none': recommended(dockerfile`
      FROM --platform=\${TARGETPLATFORM:-linux/amd64} debian:12
  `),
  'given a value by the file': dockerfile`
      ARG TARGETPLATFORM=linux/arm64
      FROM --platform=$TARGETPLATFORM debian:12
  `,
  'parts of it': dockerfile`
      FROM --platform=$TARGETOS/$TARGETARCH debian:12
      FROM --platform=linux/$TARGETARCH debian:12
  `,
});
