import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'the folder above, in the home of another': dockerfile`
      FROM python:3.13-slim
      RUN useradd --create-home --home-dir /srv/app --uid 10001 app
      USER app
    - RUN --mount=type=cache,target=/root/.cache,uid=10001 pip install --user flask==3.1.0
                                    ~~~~~~~~~~~~
    + RUN --mount=type=cache,target=/srv/app/.cache,uid=10001 pip install --user flask==3.1.0
  `,
  'by HOME, ENV and option': dockerfile`
      FROM node:22
      ENV HOME=/srv/own
      WORKDIR /srv/own
    - RUN --mount=type=cache,target=/root/.npm npm ci
                                    ~~~~~~~~~~
    + RUN --mount=type=cache,target=/srv/own/.npm npm ci
      RUN --mount=type=cache,target=.npm npm ci
      RUN --mount=type=cache,target=$HOME/.npm npm ci
      ENV npm_config_cache=/cache/npm
      RUN --mount=type=cache,target=/cache npm ci
      RUN --mount=type=cache,target=/x/.npm npm ci --cache /x/.npm
  `,
  'HOME that is not set': dockerfile`
      FROM node:22
    - RUN --mount=type=cache,target=$HOME/.npm npm ci
                                    ~~~~~~~~~~
    + RUN --mount=type=cache,target=/root/.npm npm ci
    - RUN --mount=type=cache,target=~/.cache make
                                    ~~~~~~~~
    + RUN --mount=type=cache,target=/root/.cache make
      FROM example.com/base:1
      RUN --mount=type=cache,target=$HOME/.npm npm ci
  `,
  'a home that is not known either': dockerfile`
    FROM example.com/base:1
    RUN --mount=type=cache,target=~/.npm npm ci
                                  ~~~~~~
  `,
  'Cargo, Go and Composer, as their images have them': dockerfile`
      FROM rust:1.83
    - RUN --mount=type=cache,target=~/.cargo cargo install just@1.38.0
                                    ~~~~~~~~
    + RUN --mount=type=cache,target=/usr/local/cargo/registry cargo install just@1.38.0
      FROM debian:12
      RUN --mount=type=cache,target=/root/.cargo/registry cargo install just@1.38.0
      FROM golang:1.25
    - RUN --mount=type=cache,target=/root/go/pkg/mod go mod download
                                    ~~~~~~~~~~~~~~~~
    + RUN --mount=type=cache,target=/go/pkg/mod go mod download
      FROM composer:2
    - RUN --mount=type=cache,target=/root/.composer/cache composer install
                                    ~~~~~~~~~~~~~~~~~~~~~
    + RUN --mount=type=cache,target=/tmp/cache composer install
  `,
  'Yarn, of which there are two': dockerfile`
    FROM node:22
    RUN --mount=type=cache,target=/root/.cache/yarn yarn install --frozen-lockfile
                                  ~~~~~~~~~~~~~~~~~
    RUN --mount=type=cache,target=/usr/local/share/.cache yarn install --frozen-lockfile
    RUN --mount=type=cache,target=/root/.yarn/berry/cache yarn install --immutable
    USER node
    RUN --mount=type=cache,target=/home/node/.cache/yarn,uid=1000 yarn install --frozen-lockfile
    RUN --mount=type=cache,target=/root/.yarn,uid=1000 yarn install --immutable
                                  ~~~~~~~~~~~
  `,
  'dnf 5': dockerfile`
      FROM fedora:42
    - RUN --mount=type=cache,target=/var/cache/dnf dnf install -y gcc
                                    ~~~~~~~~~~~~~~
    + RUN --mount=type=cache,target=/var/cache/libdnf5 dnf install -y gcc
      FROM rockylinux:9
      RUN --mount=type=cache,target=/var/cache/dnf dnf install -y gcc
    - RUN --mount=type=cache,target=/var/cache/yum yum install -y gcc
                                    ~~~~~~~~~~~~~~
    + RUN --mount=type=cache,target=/var/cache/dnf yum install -y gcc
      FROM centos:7
      RUN --mount=type=cache,target=/var/cache/yum yum install -y gcc
  `,
  'Gradle, whose image has a link': dockerfile`
    FROM gradle:8-jdk21
    RUN --mount=type=cache,target=/home/gradle/.gradle gradle build
    RUN --mount=type=cache,target=/root/.gradle/caches gradle build
    FROM eclipse-temurin:21
    WORKDIR /src
    RUN --mount=type=cache,target=/root/.gradle --mount=type=cache,target=/src/.gradle ./gradlew build
  `,
  'pnpm, with PNPM_HOME and without': dockerfile`
      FROM node:22
    - RUN --mount=type=cache,target=/pnpm/store pnpm install
                                    ~~~~~~~~~~~
    + RUN --mount=type=cache,target=/root/.local/share/pnpm/store pnpm install
      RUN pnpm config set store-dir /pnpm/store
      RUN --mount=type=cache,target=/pnpm/store pnpm install
      FROM node:22
      ENV PNPM_HOME=/pnpm
      RUN --mount=type=cache,target=/pnpm/store pnpm install
      FROM node:22
      COPY package.json pnpm-lock.yaml .npmrc ./
      RUN --mount=type=cache,target=/pnpm/store pnpm install
  `,
  'not known: who runs it, what the base sets, where an option points': dockerfile`
    FROM node:22
    USER builder
    RUN --mount=type=cache,target=/root/.npm,mode=0777 npm ci
    FROM example.com/base:1
    RUN --mount=type=cache,target=/elsewhere/.npm npm ci
    FROM maven:3.9
    RUN --mount=type=cache,target=/repo/.m2/repository mvn -s settings.xml package
    ARG PLACE
    ENV PIP_CACHE_DIR=$PLACE
    RUN --mount=type=cache,target=/x/.cache/pip pip install flask==3.1.0
  `,
  'another program has it there': dockerfile`
    FROM node:22
    WORKDIR /src
    USER node
    RUN --mount=type=cache,target=/root/.cache,mode=0777 npm ci
    RUN --mount=type=cache,target=/home/node/.npm,uid=1000 --mount=type=cache,target=/tmp/.npm,uid=1000 npm ci
    RUN --mount=type=cache,target=/root/.npm,mode=0777 sudo npm ci
    RUN --mount=type=cache,target=/src/node_modules/.cache,uid=1000 npm run build
  `,
});
