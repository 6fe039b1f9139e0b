import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'a bad part': dockerfile`
      FROM --platform=linux/amd64/v1/x debian:12
                      ~~~~~~~~~~~~~~~~
      FROM --platform=linx debian:12
                      ~~~~
  `,
  'a default of an argument, letters in another order': dockerfile`
      ARG PLATFORM=linux/amd46
      FROM --platform=$PLATFORM debian:12
                      ~~~~~~~~~
  `,
  'nothing, or what only the build knows': dockerfile`
      ARG PLATFORM
      FROM --platform= debian:12
      FROM --platform=$PLATFORM debian:12
  `,
  'known under other names, or to come': dockerfile`
      FROM --platform=linux/x86_64 debian:12
      FROM --platform=linux/aarch64/v8 debian:12
      FROM --platform=Linux/AMD64 debian:12
      FROM --platform=wasi/wasm scratch
      FROM --platform=linux/sparc64 debian:12
  `,
  'given by the build': dockerfile`
      FROM --platform=linux/$TARGETARCH debian:12
  `,
});
