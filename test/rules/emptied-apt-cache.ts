import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'once in a stage, and in those that stand on it': dockerfile`
      FROM python:3.13-slim AS base
    - RUN --mount=type=cache,target=/var/cache/apt,sharing=locked apt-get update && apt-get install -y gcc
                             ~~~~~~~~~~~~~~~~~~~~~
    + RUN --mount=type=cache,target=/var/cache/apt,sharing=locked rm -f /etc/apt/apt.conf.d/docker-clean && apt-get update && apt-get install -y gcc
      RUN --mount=type=cache,target=/var/cache/apt,sharing=locked apt-get install -y git
      FROM base
      RUN --mount=type=cache,target=/var/cache/apt,sharing=locked apt-get install -y curl
  `,
  'a variable in front': dockerfile`
      FROM debian:12
    - RUN --mount=type=cache,target=/var/cache/apt,sharing=locked DEBIAN_FRONTEND=noninteractive apt-get install -y gcc
                             ~~~~~~~~~~~~~~~~~~~~~
    + RUN --mount=type=cache,target=/var/cache/apt,sharing=locked rm -f /etc/apt/apt.conf.d/docker-clean && DEBIAN_FRONTEND=noninteractive apt-get install -y gcc
  `,
  'apt, which deletes them by itself as well': dockerfile`
    FROM ubuntu:24.04
    RUN --mount=type=cache,target=/var/cache/apt,sharing=locked apt update && apt install -y gcc
                           ~~~~~~~~~~~~~~~~~~~~~
  `,
  'a list that an && would not hold for': dockerfile`
    FROM ubuntu:24.04
    RUN --mount=type=cache,target=/var/cache/apt,sharing=locked apt-get update; apt-get install -y gcc || true
                           ~~~~~~~~~~~~~~~~~~~~~
  `,
  'kept for apt, deleted by the hook': dockerfile`
      FROM debian:12
      RUN echo 'Binary::apt::APT::Keep-Downloaded-Packages "true";' > /etc/apt/apt.conf.d/keep-cache
    - RUN --mount=type=cache,target=/var/cache/apt,sharing=locked apt-get update && apt-get install -y gcc
                             ~~~~~~~~~~~~~~~~~~~~~
    + RUN --mount=type=cache,target=/var/cache/apt,sharing=locked rm -f /etc/apt/apt.conf.d/docker-clean && apt-get update && apt-get install -y gcc
  `,
  'removed in the same RUN, in a here-document, with all of the folder': dockerfile`
    FROM debian:12
    RUN --mount=type=cache,target=/var/cache/apt,sharing=locked \
        rm -f /etc/apt/apt.conf.d/docker-clean && apt-get update && apt-get install -y gcc
    FROM debian:12
    RUN --mount=type=cache,target=/var/cache/apt,sharing=locked <<EOF
    set -e
    rm -f /etc/apt/apt.conf.d/docker-clean
    apt-get update
    apt-get install -y gcc
    EOF
    FROM debian:12
    RUN rm -rf /etc/apt/apt.conf.d/*
    RUN --mount=type=cache,target=/var/cache/apt,sharing=locked apt-get update && apt-get install -y gcc
  `,
  'other settings that may do it': dockerfile`
    FROM debian:12
    COPY docker/99apt /etc/apt/apt.conf.d/
    RUN --mount=type=cache,target=/var/cache/apt,sharing=locked apt-get install -y gcc
    FROM debian:12
    COPY setup.sh /
    RUN sh /setup.sh
    RUN --mount=type=cache,target=/var/cache/apt,sharing=locked apt-get install -y gcc
    FROM debian:12
    RUN --mount=type=cache,target=/var/cache/apt,sharing=locked apt-get -o DPkg::Post-Invoke= install -y gcc
    FROM debian:12
    RUN --mount=type=cache,target=/var/cache/apt,sharing=locked mv /etc/apt/apt.conf.d/docker-clean /tmp && apt-get install -y gcc
  `,
  'images of others, and what is no install': dockerfile`
    FROM example.com/debian:12
    RUN --mount=type=cache,target=/var/cache/apt,sharing=locked apt-get update && apt-get install -y gcc
    FROM debian:12
    RUN --mount=type=cache,target=/var/cache/apt,sharing=locked apt-get update
    RUN --mount=type=cache,target=/var/lib/apt,sharing=locked apt-get update && apt-get install -y gcc
    RUN --mount=type=tmpfs,target=/var/cache/apt apt-get update && apt-get install -y gcc
  `,
  'as somebody who may not remove it': dockerfile`
    FROM debian:12
    USER app
    RUN --mount=type=cache,target=/var/cache/apt,sharing=locked sudo apt-get install -y gcc
                           ~~~~~~~~~~~~~~~~~~~~~
  `,
});
