import { cases, recommended } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'removed in any spelling': dockerfile`
    FROM debian:12
    RUN apt-get update && apt-get install -y a && rm -fr /var/lib/apt/lists
    RUN apt-get update && apt-get install -y a; rm -r -f "/var/lib/apt/lists/"
    RUN apt-get update && apt-get install -y a && rm -rf /var/lib/apt/*
    RUN apt-get update && apt-get install -y a && find /var/lib/apt/lists -type f -delete
  `,
  'another folder, or before': dockerfile`
      FROM debian:12
      RUN apt-get update && apt-get install -y a && rm -rf /tmp/x && echo done > /x; true
          ~~~~~~~~~~~~~~
      RUN rm -rf /var/lib/apt/lists/* && apt-get update && apt-get install -y b || true
                                         ~~~~~~~~~~~~~~
  `,
  'mounts in any spelling': dockerfile`
    FROM debian:12
    RUN --mount=type=cache,dst=/var/lib/apt/lists apt-get update && apt-get install -y a
    RUN --mount=type=cache,target=/var/lib/apt/,sharing=locked apt-get update && apt-get install -y a
    RUN --mount=type=tmpfs,target=/var/lib apt-get update && apt-get install -y a
  `,
  'a mount elsewhere': dockerfile`
      FROM debian:12
      RUN --mount=type=cache,target=/var/cache/apt apt-get update && apt-get install -y a; true
                                                   ~~~~~~~~~~~~~~
  `,
  'apt and aptitude': dockerfile`
      FROM debian:12
    - RUN apt update && apt install -y a
          ~~~~~~~~~~
    + RUN apt update && apt install -y a && rm -rf /var/lib/apt/lists/*
  `,
  'a stage that others stand on ships': dockerfile`
      FROM debian:12 AS base
    - RUN apt-get update && apt-get install -y a
          ~~~~~~~~~~~~~~
    + RUN apt-get update && apt-get install -y a && rm -rf /var/lib/apt/lists/*
      FROM base
  `,
  'removed too late, which is told there': recommended(dockerfile`
    FROM debian:12
    RUN apt-get update && apt-get install -y a
    RUN rm -rf /var/lib/apt/lists/*
  `),
  'a later RUN that cleans up after itself': recommended(dockerfile`
      FROM debian:12
    - RUN apt-get update && apt-get install -y a
          ~~~~~~~~~~~~~~
    + RUN apt-get update && apt-get install -y a && rm -rf /var/lib/apt/lists/*
      RUN apt-get update && apt-get install -y b && rm -rf /var/lib/apt/lists/*
  `),
});
