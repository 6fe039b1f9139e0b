import { cases, recommended } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'options of pip, uv, poetry and apk': dockerfile`
      FROM python:3.13-slim
    - RUN --mount=type=cache,target=/root/.cache python -m pip --no-cache-dir install a && pip3 install --no-cache b
                                                               ~~~~~~~~~~~~~~                           ~~~~~~~~~~
    + RUN --mount=type=cache,target=/root/.cache python -m pip install a && pip3 install b
    - RUN --mount=type=cache,target=/root/.cache/uv uv pip install --system --no-cache c && uv sync -n
                                                                            ~~~~~~~~~~              ~~
    + RUN --mount=type=cache,target=/root/.cache/uv uv pip install --system c && uv sync
    - RUN --mount=type=cache,target=/root/.cache/pypoetry poetry --no-cache install
                                                                 ~~~~~~~~~~
    + RUN --mount=type=cache,target=/root/.cache/pypoetry poetry install
      FROM alpine:3.22
      RUN --mount=type=cache,target=/var/cache/apk apk add \
    -     --no-cache \
          ~~~~~~~~~~
          curl
  `,
  'options that leave the packages of the cache alone': recommended(dockerfile`
    FROM example.com/tools:1
    RUN --mount=type=cache,target=/root/.bun/install/cache bun install --no-cache
    RUN --mount=type=cache,target=/root/.gradle gradle build --no-build-cache
    RUN --mount=type=cache,target=/root/.nuget/packages dotnet restore --no-http-cache
    RUN --mount=type=cache,target=/root/.npm npm ci --prefer-offline && npm cache verify
    RUN --mount=type=cache,target=/root/.cache/uv uv sync && uv cache prune --ci
    RUN --mount=type=cache,target=/root/.m2 mvn clean package
    RUN --mount=type=cache,target=/root/.cache/go-build go clean ./... && go build ./...
  `),
  'variables, each told once': dockerfile`
    FROM python:3.13-slim
    ENV PIP_NO_CACHE_DIR=off \
        ~~~~~~~~~~~~~~~~~~~~
        UV_NO_CACHE=1
        ~~~~~~~~~~~~~
    RUN --mount=type=cache,target=/root/.cache/pip pip install a
    RUN --mount=type=cache,target=/root/.cache pip install b && uv pip install --system c
    RUN pip install d
    FROM python:3.13-slim
    RUN --mount=type=cache,target=/root/.cache/pip PIP_NO_CACHE_DIR=1 pip install a
                                                   ~~~~~~~~~~~~~~~~~~
  `,
  'a variable where nothing is mounted': dockerfile`
    FROM python:3.13-slim
    ENV PIP_NO_CACHE_DIR=1
    RUN --mount=type=cache,target=/root/.cache/uv pip install a
    RUN --mount=type=bind,target=/src pip install /src
  `,
  'clean-ups by the managers': dockerfile`
      FROM node:22
    - RUN --mount=type=cache,target=/root/.npm npm ci && npm cache clean --force && npm run build
                                                         ~~~~~~~~~~~~~~~~~~~~~~~
    + RUN --mount=type=cache,target=/root/.npm npm ci && npm run build
      FROM golang:1.25
    - RUN --mount=type=cache,target=/go/pkg/mod go build ./... && go clean -modcache
                                                                  ~~~~~~~~~~~~~~~~~~
    + RUN --mount=type=cache,target=/go/pkg/mod go build ./...
      FROM fedora:42
    - RUN --mount=type=cache,target=/var/cache/libdnf5 dnf install -y gcc && dnf clean all
                                                                             ~~~~~~~~~~~~~
    + RUN --mount=type=cache,target=/var/cache/libdnf5 dnf install -y gcc
      FROM archlinux:latest
    - RUN --mount=type=cache,target=/var/cache/pacman/pkg pacman -Syu --noconfirm gcc && pacman -Scc --noconfirm
                                                                                         ~~~~~~~~~~~~~~~~~~~~~~~
    + RUN --mount=type=cache,target=/var/cache/pacman/pkg pacman -Syu --noconfirm gcc
      RUN --mount=type=cache,target=/var/cache/pacman/pkg pacman -S --noconfirm git && pacman -Sc --noconfirm
  `,
  'one word of several': dockerfile`
      FROM debian:12
      RUN --mount=type=cache,target=/var/lib/apt,sharing=locked \
    -     apt-get update && apt-get install -y gcc && rm -rf /var/lib/apt/lists/* /tmp/* /var/tmp/*
                                                             ~~~~~~~~~~~~~~~~~~~~
    +     apt-get update && apt-get install -y gcc && rm -rf /tmp/* /var/tmp/*
  `,
  'the folder itself, which cannot be removed': dockerfile`
      FROM python:3.13-slim
    - RUN --mount=type=cache,target=/root/.cache/pip pip install a && rm -rf ~/.cache
                                                                             ~~~~~~~~
    + RUN --mount=type=cache,target=/root/.cache/pip pip install a
    - RUN --mount=type=cache,target=/root/.cache/pip pip install b && rm -rf /root/.cache/pip
                                                                             ~~~~~~~~~~~~~~~~
    + RUN --mount=type=cache,target=/root/.cache/pip pip install b
  `,
  'before the install, by find, by a script in which no word can be left out': dockerfile`
      FROM debian:12
    - RUN --mount=type=cache,target=/var/cache/apt,sharing=locked rm -rf /var/cache/apt/archives/* && apt-get install -y gcc
                                                                         ~~~~~~~~~~~~~~~~~~~~~~~~~
    + RUN --mount=type=cache,target=/var/cache/apt,sharing=locked apt-get install -y gcc
      RUN --mount=type=cache,target=/root/.npm npm ci; npm cache clean --force || true
                                                       ~~~~~~~~~~~~~~~~~~~~~~~
      RUN --mount=type=cache,target=/root/.npm <<EOF
      npm ci
      npm cache clean --force
      ~~~~~~~~~~~~~~~~~~~~~~~
      EOF
  `,
  'other folders, part of a cache, a mount that keeps nothing': recommended(dockerfile`
    FROM debian:12
    RUN --mount=type=cache,target=/var/cache/apt,sharing=locked apt-get update && apt-get install -y gcc && rm -rf /var/lib/apt/lists/*
    RUN --mount=type=cache,target=/root/.npm npm ci && rm -rf /root/.npm/_logs /tmp/*
    RUN --mount=type=tmpfs,target=/root/.cache pip install a && rm -rf /root/.cache/*
    RUN --mount=type=cache,target=/root/.cache/pip,ro pip install --no-cache-dir a
    RUN --mount=type=cache,target=/root/.m2 mvn package && rm -rf /root/.m2/repository/com/example
  `),
  'the home of another user': recommended(dockerfile`
    FROM node:22
    USER node
    RUN --mount=type=cache,target=/opt/cache,uid=1000 npm ci && npm cache clean --force
  `),
});
