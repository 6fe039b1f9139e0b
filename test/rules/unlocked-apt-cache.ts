import { cases, recommended } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'the lists, the archives, a folder below': dockerfile`
      FROM debian:12
    - RUN --mount=type=cache,target=/var/lib/apt/lists apt-get update
                             ~~~~~~~~~~~~~~~~~~~~~~~~~
    + RUN --mount=type=cache,target=/var/lib/apt/lists,sharing=locked apt-get update
    - RUN --mount=type=cache,dst=/var/cache/apt/archives,id=apt apt-get install -y gcc
                             ~~~~~~~~~~~~~~~~~~~~~~~~~~~
    + RUN --mount=type=cache,dst=/var/cache/apt/archives,id=apt,sharing=locked apt-get install -y gcc
  `,
  'in a script, with no call of apt to be seen': dockerfile`
      FROM ubuntu:24.04
    - RUN --mount=type=cache,target=/var/cache/apt/ ./install.sh
                             ~~~~~~~~~~~~~~~~~~~~~~
    + RUN --mount=type=cache,target=/var/cache/apt/,sharing=locked ./install.sh
  `,
  'by a variable': dockerfile`
      FROM ubuntu:24.04
      ARG CACHE=/var/cache/apt
    - RUN --mount=type=cache,target=$CACHE apt-get update
                             ~~~~~~~~~~~~~
    + RUN --mount=type=cache,target=$CACHE,sharing=locked apt-get update
      ARG HOW
      RUN --mount=type=cache,target=/var/cache/apt,sharing=$HOW apt-get update
  `,
  'in quotes': dockerfile`
      FROM debian:12
    - RUN --mount="type=cache,target=/var/lib/apt" apt-get update
                              ~~~~~~~~~~~~~~~~~~~
    + RUN --mount="type=cache,target=/var/lib/apt,sharing=locked" apt-get update
  `,
  'read only, or no cache': dockerfile`
    FROM debian:12
    RUN --mount=type=cache,target=/var/cache/apt,ro ls /var/cache/apt
    RUN --mount=type=tmpfs,target=/var/lib/apt/lists apt-get update
    RUN --mount=type=bind,from=debs,target=/var/cache/apt/archives apt-get install -y gcc
  `,
  'a value that there is not is told elsewhere': dockerfile`
    FROM debian:12
    RUN --mount=type=cache,target=/var/cache/apt,sharing=exclusive apt-get update
                                                 ~~~~~~~~~~~~~~~~~
  `,
  'other folders of /var': recommended(dockerfile`
    FROM fedora:42
    RUN --mount=type=cache,target=/var/cache/libdnf5 dnf install -y gcc
    RUN --mount=type=cache,target=/var/cache/apt-cacher-ng true
    RUN --mount=type=cache,target=/var/cache true
  `),
});
