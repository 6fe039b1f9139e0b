import { cases, recommended } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'an architecture alone, a variant, quotes': dockerfile`
      FROM --platform=arm64 debian:12
                      ~~~~~
      FROM --platform="linux/arm/v7" debian:12 AS pi
                      ~~~~~~~~~~~~~~
  `,
  'names that say the platform, under its other name too': recommended(dockerfile`
      FROM --platform=linux/amd64 alpine:3.22 AS app-amd64
      FROM --platform=linux/aarch64 debian:12 AS app-arm64
      FROM --platform=linux/amd64 debian:12 AS linux-app
      FROM --platform=windows/amd64 debian:12 AS windows
      FROM app-$TARGETARCH
  `),
  'names of which only another tool does not take notice': {
    text: dockerfile`
      FROM --platform=linux/amd64 debian:12 AS app
                      ~~~~~~~~~~~
      FROM --platform=linux/amd64 debian:12 AS app-amd64
                      ~~~~~~~~~~~
      FROM --platform=linux/aarch64 debian:12 AS app-aarch64
                      ~~~~~~~~~~~~~
    `,
    aliases: ['DL3029 FromPlatformFlagConstDisallowed', 'DL3029', 'DL3029 FromPlatformFlagConstDisallowed'],
  },
  'a stage is no exception': dockerfile`
      FROM debian:12 AS base
      FROM --platform=linux/amd64 base
                      ~~~~~~~~~~~
  `,
  'what is no platform is another matter': dockerfile`
      FROM --platform=nonsense debian:12
      FROM --platform=$TARGETARCH debian:12
  `,
});
