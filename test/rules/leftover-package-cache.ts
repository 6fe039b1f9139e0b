import { cases, recommended } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'pip, however it is told': dockerfile`
    FROM python:3.13
    RUN pip install --no-cache-dir a && pip3 install --no-cache-dir=1 b && python -m pip install --no-cache-dir c
    RUN PIP_NO_CACHE_DIR=1 pip install d
    RUN export PIP_NO_CACHE_DIR=on; pip install e
    RUN --mount=type=cache,target=/root/.cache pip install f
    RUN --mount=type=cache,target=/pip pip install --cache-dir /pip g
    RUN pip install h && rm -rf ~/.cache
    RUN pip install h && rm -rf /root/.cache/pip
    RUN pip install h && pip cache purge
  `,
  'pip under another user': dockerfile`
    FROM python:3.13
    USER app
    RUN --mount=type=cache,target=/home/app/.cache/pip,uid=1000 pip install a
  `,
  'set in the stage below, or under ONBUILD': dockerfile`
    FROM python:3.13 AS base
    ENV PIP_NO_CACHE_DIR=true
    FROM base
    RUN pip install a
    ONBUILD RUN pip install b
  `,
  'apk: removed by hand, or kept in a mount': dockerfile`
    FROM alpine:3.22
    RUN apk add a && rm -rf /var/cache/apk/*
    RUN --mount=type=cache,target=/var/cache/apk apk add b
    RUN --mount=type=cache,target=/etc/apk/cache --mount=type=tmpfs,target=/var/cache/apk apk add c
  `,
  'yum and zypper': {
    text: dockerfile`
      FROM example.com/base:1
    - RUN yum install -y a
          ~~~~~~~~~~~
    + RUN yum install -y a && yum clean all
      RUN yum install -y b && rm -rf /x; true
          ~~~~~~~~~~~
    - RUN zypper -n in c
          ~~~~~~~~~~~~
    + RUN zypper -n in c && zypper clean --all
    `,
    aliases: ['DL3032', 'DL3032', 'DL3036'],
  },
  'zypper and yum, cleaned': dockerfile`
    FROM example.com/base:1
    RUN yum install -y a && yum clean all
    RUN yum install -y a && rm -rf /var/cache/yum
    RUN --mount=type=cache,target=/var/cache/yum yum install -y a
    RUN zypper in -y b && zypper cc -a
    RUN zypper in -y b && rm -rf /var/cache/zypp/*
    RUN --mount=type=cache,target=/var/cache/zypp zypper in -y b
  `,
  'dnf 5 keeps its cache elsewhere': dockerfile`
    FROM fedora:42
    RUN --mount=type=cache,target=/var/cache/libdnf5 dnf install -y a
    RUN dnf install -y a && rm -rf /var/cache/libdnf5*
    RUN dnf install -y a && rm -rf /var/cache/{dnf,libdnf5}
  `,
  'cleaned before the last install': dockerfile`
      FROM fedora:42
    - RUN dnf install -y a && dnf clean all && dnf install -y b
                                               ~~~~~~~~~~~
    + RUN dnf install -y a && dnf clean all && dnf install -y b && dnf clean all
  `,
  'yarn without a verb, and with its own clean-up': {
    text: dockerfile`
      FROM node:22
    - RUN yarn --frozen-lockfile
          ~~~~
    + RUN yarn --frozen-lockfile && yarn cache clean
      RUN yarn install && yarn cache clean
      RUN --mount=type=cache,target=/root/.cache/yarn yarn install
      RUN yarn run install
    `,
    aliases: ['DL3060'],
  },
  'a stage that is copied from': dockerfile`
    FROM node:22 AS build
    RUN yarn install
    FROM node:22-slim
    COPY --from=build /app /app
  `,
  'removed too late, which is told there': recommended(dockerfile`
    FROM alpine:3.22
    RUN apk add curl
    RUN rm -rf /var/cache/apk/*
  `),
  'a variable with any value turns it off': dockerfile`
    FROM python:3.13
    RUN export PIP_NO_CACHE_DIR=0 && pip install a
    ENV PIP_NO_CACHE_DIR=off
    RUN pip install b
  `,
  'set in another stage': {
    text: dockerfile`
      FROM python:3.13
      ENV PIP_NO_CACHE_DIR=1
      FROM python:3.13
    - RUN pip install a
          ~~~~~~~~~~~
    + RUN pip install --no-cache-dir a
    `,
    aliases: ['DL3042'],
  },
  'set in a file of pip': dockerfile`
    FROM python:3.13 AS base
    RUN pip config set global.no-cache-dir true
    RUN pip install a
    FROM base
    RUN pip install b
  `,
  'a file of pip that only the build knows': dockerfile`
    FROM python:3.13
    COPY pip.conf /etc/
    RUN pip install a
  `,
  'the cache is elsewhere, and goes': dockerfile`
    FROM python:3.13
    RUN export PIP_CACHE_DIR=/tmp/c && pip install a && rm -rf /tmp/c
    RUN pip install --cache-dir "$DIR" b && rm -rf "$DIR"
    RUN pip install c && cd /root && rm -rf .cache
    RUN pip install --no-index --find-links=/wheels d
    RUN pip install e && rm -rf "$HOME/.cache"
    ENV XDG_CACHE_HOME=/x
    RUN --mount=type=cache,target=/x/pip pip install f
  `,
  'the cache is elsewhere, and stays': dockerfile`
      FROM python:3.13
    - RUN pip install --cache-dir=/tmp/c a
          ~~~~~~~~~~~
    + RUN pip install --no-cache-dir --cache-dir=/tmp/c a
    - RUN pip install b && find / -name '*.pyc' -delete
          ~~~~~~~~~~~
    + RUN pip install --no-cache-dir b && find / -name '*.pyc' -delete
    - RUN ["pip", "install", "c"]
           ~~~~~~~~~~~~~~~~
    + RUN ["pip", "install", "--no-cache-dir", "c"]
  `,
  'Fedora 41 and newer have dnf 5': {
    text: dockerfile`
      FROM fedora:42
    - RUN dnf install -y a && rm -rf /var/cache/dnf
          ~~~~~~~~~~~
    + RUN dnf install -y a && rm -rf /var/cache/dnf && dnf clean all
    - RUN --mount=type=cache,target=/var/cache/dnf dnf5 install -y a
                                                   ~~~~~~~~~~~~
    + RUN --mount=type=cache,target=/var/cache/dnf dnf5 install -y a && dnf5 clean all
    `,
    aliases: ['DL3040', 'DL3040'],
  },
  'older ones do not': dockerfile`
    FROM fedora:40
    RUN dnf install -y a && rm -rf /var/cache/dnf
  `,
  'apk: options before the verb, patterns, other roots': dockerfile`
    FROM alpine:3.22
    RUN apk --no-cache add a
    RUN apk -U add b && rm -f /var/cache/apk/*.tar.gz
    RUN --mount=type=cache,target=/etc/apk/cache apk add c
    RUN apk add --root /rootfs d && rm -rf /rootfs/var/cache
  `,
  'managers that hadolint does not know': {
    text: dockerfile`
      FROM node:22
    - RUN npm ci
          ~~~~~~
    + RUN npm ci && npm cache clean --force
      RUN npm ci && npm cache clean --force
      RUN pnpm install
      RUN composer install && composer clear-cache
    `,
    aliases: [''],
  },
  'removed too late for the user whose home it is in': recommended(dockerfile`
      FROM python:3.13
      RUN pip install a
      RUN rm -rf /root/.cache
      USER app
    - RUN pip install b
          ~~~~~~~~~~~
    + RUN pip install --no-cache-dir b
      USER root
      RUN rm -rf /root/.cache
  `),
  'apk that fetches nothing': dockerfile`
    FROM alpine:3.22
    RUN apk add --no-cache a && apk add --no-network --virtual .run b
    RUN apk --no-network add c
  `,
  'apk update leaves the index, which a later option does not take back': dockerfile`
      FROM alpine:3.20
    - RUN apk update && apk upgrade
          ~~~~~~~~~~
    + RUN apk upgrade --no-cache
    - RUN apk -q update && apk upgrade --no-cache && apk add curl
          ~~~~~~~~~~~~~
    + RUN apk upgrade --no-cache && apk add --no-cache curl
  `,
  'apk update in other scripts': dockerfile`
      FROM alpine:3.20
      RUN set -e; apk update; apk add --no-cache curl
                  ~~~~~~~~~~
      RUN <<EOF
        apk update
        ~~~~~~~~~~
        apk add --no-cache curl
      EOF
      RUN apk update --no-cache && apk add --no-cache curl
      RUN apk update && apk add --no-cache curl && rm -rf /var/cache/apk/*
      RUN --mount=type=cache,target=/var/cache/apk apk update && apk add curl
      RUN apk update
  `,
  'apk update that a later RUN installs by': dockerfile`
      FROM alpine:3.20
      RUN apk update && apk add --no-cache curl
          ~~~~~~~~~~
      RUN sh -c 'apk add git'
                 ~~~~~~~
  `,
  'an apk that does not know --no-cache': dockerfile`
      FROM alpine:3.2
    - RUN apk add --update curl
          ~~~~~~~
    + RUN apk add --update curl && rm -rf /var/cache/apk/*
  `,
  'a pip that keeps no cache': dockerfile`
    FROM ubuntu:14.04
    RUN apt-get update && apt-get install -y python-pip && rm -rf /var/lib/apt/lists/*
    RUN pip install flask==0.10
    RUN pip install -U pip
  `,
  'a pip that keeps no cache, by other names': dockerfile`
    FROM buildpack-deps:jessie AS base
    RUN pip install flask==0.10
    FROM base
    RUN python -m pip install flask==0.10
  `,
  'a pip that keeps no cache, in a tag of Python': dockerfile`
    FROM python:2.7.6-slim
    RUN pip install flask==0.10
  `,
  'a newer pip on an old release': dockerfile`
      FROM ubuntu:trusty
      RUN apt-get update && apt-get install -y python-pip && rm -rf /var/lib/apt/lists/*
    - RUN pip install --upgrade pip && pip install flask==0.10
                                       ~~~~~~~~~~~
    + RUN pip install --upgrade pip && pip install --no-cache-dir flask==0.10
    - RUN pip install celery==3
          ~~~~~~~~~~~
    + RUN pip install --no-cache-dir celery==3
  `,
  'Amazon Linux 2023, el8 and newer have dnf under the name of yum': {
    text: dockerfile`
      FROM rockylinux:9
      RUN yum install -y a && rm -rf /var/cache/dnf
    - RUN yum install -y a && rm -rf /var/cache/yum
          ~~~~~~~~~~~
    + RUN yum install -y a && rm -rf /var/cache/yum && yum clean all
      RUN dnf install -y a && yum clean all
    - RUN dnf install -y a && microdnf clean all
          ~~~~~~~~~~~
    + RUN dnf install -y a && microdnf clean all && dnf clean all
      RUN microdnf install -y a && microdnf clean all
      RUN microdnf install -y a && rm -rf /var/cache/yum
    `,
  },
  'a pip that keeps no cache, in a virtual environment': dockerfile`
    FROM ubuntu:14.04
    RUN virtualenv /venv && /venv/bin/pip install flask==0.10
  `,
  'an image with a pip of its own on an old release': dockerfile`
      FROM python:2.7-wheezy
    - RUN pip install flask==0.10
          ~~~~~~~~~~~
    + RUN pip install --no-cache-dir flask==0.10
  `,
  'a RUN whose end a lacking backslash cuts off': dockerfile`
      FROM fedora:42
      RUN dnf install -y curl
       && dnf clean all
  `,
  'yum where dnf is in use': {
    text: dockerfile`
      FROM example.com/centos-base
      RUN dnf install -y a && dnf clean all
      RUN yum install -y b
          ~~~~~~~~~~~
    `,
    says: ['yum install leaves its cache (/var/cache/dnf) in the layer. …target=/var/cache/dnf…'],
  },
  'yarn of another user, and an install into a mount': {
    text: dockerfile`
      FROM node:22
      USER node
      WORKDIR /app
      RUN --mount=type=bind,source=.,target=/src,rw cd /src && yarn install
      COPY package.json yarn.lock ./
      RUN yarn install
          ~~~~~~~~~~~~
    `,
    says: ['yarn install leaves its cache (~/.cache/yarn) in the layer. …'],
  },
});
