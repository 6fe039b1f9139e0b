import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'an install by an old index, one that fetches its own, and none': dockerfile`
    FROM debian:12 AS old
    RUN apt-get update
        ~~~~~~~~~~~~~~
    RUN apt-get install -y curl
    FROM debian:12 AS fresh
    RUN apt-get update
        ~~~~~~~~~~~~~~
    RUN apt-get update && apt-get install -y curl
    FROM debian:12
    RUN apt-get update
        ~~~~~~~~~~~~~~
    RUN pip install flask
  `,
  'apk, which may fetch the index for itself': dockerfile`
    FROM alpine:3.20
    RUN apk update
        ~~~~~~~~~~
    RUN apk add --no-cache curl
    RUN apk update
        ~~~~~~~~~~
    RUN apk add curl
  `,
  pacman: dockerfile`
    FROM archlinux:base
    RUN pacman -Sy
        ~~~~~~~~~~
    RUN pacman -S --noconfirm git
    RUN pacman -Syu --noconfirm git
  `,
  'those that look whether their index is old': dockerfile`
    FROM fedora:41
    RUN dnf makecache
    RUN dnf install -y git
    FROM opensuse/leap:15
    RUN zypper refresh
    RUN zypper install -y git
  `,
  'beside what installs nothing': dockerfile`
    FROM debian:12
    RUN set -eux; apt-get update; echo done
                  ~~~~~~~~~~~~~~
    RUN sed -i s/a/b/ /etc/apt/sources.list && apt-get -qq update
                                               ~~~~~~~~~~~~~~~~~~
  `,
  'with what may install': dockerfile`
    FROM debian:12
    RUN apt-get update && $INSTALL curl
    RUN apt-get update && apt-get upgrade -y
    RUN apt-get update && apt-get install -y curl
    RUN apt-get update && make deps
    RUN apt-get update && curl -fsSL https://example.com/setup | bash -
  `,
  'in mounts': dockerfile`
    FROM debian:12
    RUN --mount=type=tmpfs,target=/var/lib/apt/lists apt-get update
    RUN --mount=type=cache,target=/var/lib/apt/lists,sharing=locked apt-get update
  `,
  'a trigger of another build': dockerfile`
    FROM debian:12
    ONBUILD RUN apt-get update
                ~~~~~~~~~~~~~~
  `,
  'an install that an operator or a forgotten && makes an argument': dockerfile`
    FROM debian:12
    RUN ["apt-get", "update", "&&", "apt-get", "install", "-y", "curl"]
    RUN apt-get update apt-get install -y curl
  `,
  'how old the index is': {
    text: dockerfile`
      FROM debian:12
      RUN apt-get update
          ~~~~~~~~~~~~~~
      FROM debian:12
      RUN apt-get update
          ~~~~~~~~~~~~~~
      RUN apt-get install -y a
    `,
    says: [
      '… A script, or an image built on this one, would install from an index as old as this layer. …',
      'apt-get update has its own layer: line 5 installs from an index as old as the cached layer. …',
    ],
  },
  'several installs from one update': {
    text: dockerfile`
      FROM debian:12
      RUN apt-get update
          ~~~~~~~~~~~~~~
      RUN apt-get install -y a
      RUN apt-get install -y b
    `,
    says: ['… Run an update in each RUN that installs (lines 3 and 4), and remove the index at its end.'],
  },
});
