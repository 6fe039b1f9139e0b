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
  'laid out as the RUN is': dockerfile`
      FROM debian:12
      RUN apt-get update \
          ~~~~~~~~~~~~~~
       && apt-get install -y \
          a \
    -     b
    +     b \
    +  && rm -rf /var/lib/apt/lists/*
      RUN apt-get update && apt-get install -y \
          ~~~~~~~~~~~~~~
              c \
    -         d
    +         d \
    +         && rm -rf /var/lib/apt/lists/*
  `,
  'patterns and folders that reach the lists': dockerfile`
    FROM debian:12
    RUN apt-get update && apt-get install -y a && rm -f /var/lib/apt/lists/*_*
    RUN apt-get update && apt-get install -y a && rm -rf /var/lib/apt/list*
    RUN cd /var/lib/apt && apt-get update && apt-get install -y a && rm -rf lists/*
    RUN apt-get update && apt-get install -y a && find /var/cache/apt /var/lib/apt/lists -not -name lock -type f -delete
    RUN apt-get update && apt-get install -y a && find /var/lib/apt/lists -type f -print0 | xargs -0 rm -f
    RUN apt-get update && apt-get install -y a && apt-get distclean
    RUN set -eux; apt-get update; apt-get install -y a; apt-get dist-clean
    RUN <<EOF
      set -e
      apt-get update
      apt-get install -y a
      apt-get dist-clean
    EOF
    RUN clean() { rm -rf /var/lib/apt/lists/*; }; apt-get update && apt-get install -y a && clean
    SHELL ["/bin/bash", "-c"]
    RUN apt-get update && apt-get install -y a && rm -rf /var/lib/{apt,cache}
  `,
  'patterns that do not, and braces that sh does not know': dockerfile`
      FROM debian:12
    - RUN apt-get update && apt-get install -y a && rm -rf /var/lib/{apt,cache}
          ~~~~~~~~~~~~~~
    + RUN apt-get update && apt-get install -y a && rm -rf /var/lib/{apt,cache} && rm -rf /var/lib/apt/lists/*
    - RUN apt-get update && apt-get install -y a && find / -name '*.pyc' -delete
          ~~~~~~~~~~~~~~
    + RUN apt-get update && apt-get install -y a && find / -name '*.pyc' -delete && rm -rf /var/lib/apt/lists/*
    - RUN apt-get update && apt-get install -y a && apt-get clean
          ~~~~~~~~~~~~~~
    + RUN apt-get update && apt-get install -y a && apt-get clean && rm -rf /var/lib/apt/lists/*
  `,
  'a clean-up that is not read, and a mount that only the build knows': dockerfile`
    FROM debian:12
    ARG LISTS
    RUN apt-get update && apt-get install -y a && /usr/local/bin/cleanup.sh
    RUN --mount=type=cache,target=$LISTS apt-get update && apt-get install -y a
  `,
  'a stage above removes them': recommended(dockerfile`
    FROM debian:12 AS base
    RUN apt-get update && apt-get install -y a
    FROM base
    RUN rm -rf /var/lib/apt/lists/*
  `),
  'a later RUN that installs from it, here or in a stage that is built on this one': dockerfile`
    FROM debian:12 AS base
    RUN apt-get update && apt-get install -y curl
        ~~~~~~~~~~~~~~
    COPY x /x
    RUN set -e; apt-get -y install git
    FROM base
    RUN apt-get update && apt-get install -y a && (apt-get install -y b)
        ~~~~~~~~~~~~~~
    RUN <<EOF
      set -e
      apt-get install -y d
    EOF
  `,
  'a later RUN that installs from it, however it says so': dockerfile`
    FROM debian:12
    RUN apt update && apt install -y curl
        ~~~~~~~~~~
    ONBUILD RUN apt-get install -y c
  `,
  'a local package has dependencies, too': dockerfile`
    FROM debian:12
    RUN apt-get update && apt-get install -y curl
        ~~~~~~~~~~~~~~
    RUN apt-get install -y ./local.deb
  `,
  'a later RUN that fetches its own': dockerfile`
      FROM debian:12 AS base
    - RUN apt-get update && apt-get install -y curl
          ~~~~~~~~~~~~~~
    + RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
      RUN apt-get update && apt-get install -y git && apt-get install -y nano; true
          ~~~~~~~~~~~~~~
      FROM base
      RUN apt-get install -y d
  `,
  'a container that installs from it': dockerfile`
    FROM debian:12
    RUN apt-get update && apt-get install -y curl
        ~~~~~~~~~~~~~~
    CMD apt-get install -y git && ./start
  `,
  'a user who needs sudo': dockerfile`
      FROM debian:12
      RUN apt-get update && apt-get install -y sudo && useradd app && rm -rf /var/lib/apt/lists/*
      USER app
    - RUN sudo apt-get update && sudo apt-get install -y git
               ~~~~~~~~~~~~~~
    + RUN sudo apt-get update && sudo apt-get install -y git && sudo rm -rf /var/lib/apt/lists/*
  `,
  'a RUN that a missing backslash cuts off': dockerfile`
      FROM debian:12
      RUN apt-get update && apt-get install -y curl
       && rm -rf /var/lib/apt/lists/*
  `,
  'every RUN that installs from it': {
    text: dockerfile`
      FROM debian:12
      RUN apt-get update && apt-get install -y curl
          ~~~~~~~~~~~~~~
      RUN apt-get install -y git
      RUN true
      RUN apt-get install -y make
      RUN apt-get update && apt-get install -y nano && rm -rf /var/lib/apt/lists/*
      RUN apt-get update && apt-get install -y vim && rm -rf /var/lib/apt/lists/*
    `,
    says: [
      '… lines 3 and 5 install from it. … Run an update in lines 3 and 5 too; then end each RUN with rm -rf /var/lib/apt/lists/*.',
    ],
  },
});
