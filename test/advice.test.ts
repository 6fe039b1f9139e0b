import { expect, test } from 'vitest';
import { allRules } from '../rules/index.ts';
import { found } from '../src/dev/cases.ts';
import { position } from '../src/text/lines.ts';

/** What a rule says of the file: each finding as `line: message | instead`. */
function said(id: string, text: string): string[] {
  const rule = allRules.find((it) => it.id === id)!;
  const { diagnostics, lines } = found(rule, text);
  return diagnostics.map(
    ({ span, message, instead }) => `${position(lines, span.start).line}: ${message} | ${instead}`,
  );
}

const table: readonly (readonly [rule: string, text: string, ...said: readonly (string | RegExp)[]])[] = [
  ['invalid-mount', 'FROM debian:12\nRUN --mount=type=bind make', /has no target, and the working directory is \//],
  ['invalid-mount', 'FROM debian:12\nRUN --mount=type=tmpfs,target=/ make', /would cover the root/],
  [
    'leftover-package-index',
    'FROM debian:12\nRUN apt-get update && apt-get install -y curl\nCOPY x /x\nRUN apt-get install -y git',
    /and line 4 installs from it.*Move the install of line 4 into this RUN, or run an update there/,
  ],
  [
    'leftover-package-index',
    'FROM debian:12\nRUN apt-get update && apt-get install -y curl\nRUN ./ask\nRUN apt-get install -y git',
    /Run an update in line 4 too; then end each RUN/,
  ],
  [
    'pipe-without-pipefail',
    "FROM debian:12\nRUN curl -f x | sh\nRUN echo 'a\\nb' > /etc/x",
    /bash's echo prints \\n as it stands: write printf '%b\\n' in line 3\./,
  ],
  ['pipe-without-pipefail', "FROM debian:12\nRUN curl -f x | sh\nRUN echo -e 'a\\nb' > /etc/x", /"-c"\] before it\.$/],
  [
    'root-user',
    'FROM debian:12\nARG UID=0\nUSER $UID',
    /by the default of ARG UID.*Give ARG UID an unprivileged account/,
  ],
  ['unpinned-base-image', 'ARG V=latest\nFROM debian:${V}', /Give ARG V a version/],
  ['sudo', 'FROM x.example/y:1\nRUN sudo make && mkdir a', /before a RUN of the commands with sudo/],
  ['unmaintained-image', 'FROM mcr.microsoft.com/dotnet/core/sdk:2.2', /in a version of \.NET that is supported/],
  ['copied-root', 'FROM debian:12 AS b\nFROM debian:12\nCOPY --from=b / /', /of the stage b is copied/],
  ['copied-root', 'FROM debian:12\nCOPY --from=alpine:3.22 / /', /of the image alpine:3.22 is copied/],
  ['leftover-package-cache', 'FROM alpine:3.2\nRUN apk add a', /end the RUN with rm -rf \/var\/cache\/apk\/\*\.$/],
  ['leftover-package-cache', 'FROM alpine:3.22\nRUN apk update && apk add --no-cache a', /leave out apk update/],
  [
    'leftover-package-cache',
    'FROM rockylinux:9\nRUN yum install -y a',
    /\(\/var\/cache\/dnf\).*target=\/var\/cache\/dnf,/,
  ],
  ['leftover-package-cache', 'FROM amazonlinux:2023\nRUN yum install -y a', /\(\/var\/cache\/dnf\)/],
  ['leftover-package-cache', 'FROM amazonlinux:2\nRUN yum install -y a', /\(\/var\/cache\/yum\)/],
  ['leftover-package-cache', 'FROM registry.access.redhat.com/ubi8/ubi\nRUN yum install -y a', /\(\/var\/cache\/dnf\)/],
  ['leftover-package-cache', 'FROM quay.io/centos/centos:stream9\nRUN yum install -y a', /\(\/var\/cache\/dnf\)/],
  ['leftover-package-cache', 'FROM ubi9/ubi-minimal\nRUN microdnf install -y a', /\(\/var\/cache\/yum\)/],
  [
    'consecutive-run',
    'FROM debian:12\nRUN apt-get update\nRUN apt-get install -y wget\nRUN apt-get install -y bzip2',
    /could be joined to the RUN before it/,
    /2 layers, each with a copy of the package database/,
  ],
  [
    'consecutive-run',
    'FROM debian:12\nRUN apt-get update && apt-get install -y wget\nRUN apt-get install -y bzip2',
    /2 layers where one would do; joined, a change to the list of packages also refreshes the package index/,
  ],
  [
    'cleanup-in-later-layer',
    'FROM debian:12\nCOPY a.list /tmp/\nRUN apt-get update && apt-get install -y a\nRUN rm -rf /var/lib/apt/lists/* /tmp/*',
    /\/tmp\/a\.list, copied in line 2.*so do the contents of \/var\/lib\/apt\/lists, filled in line 3/,
  ],
  ['unpinned-language-package', 'FROM golang:1.10\nRUN go get x.example/a', /this go get cannot take a version/],
  ['unpinned-language-package', 'FROM golang:1.15-alpine\nRUN go get x.example/a', /Set GO111MODULE=on/],
  ['unpinned-language-package', 'FROM golang:1.15\nENV GO111MODULE=on\nRUN go get x.example/a', /\| Add a version/],
  ['unpinned-language-package', 'FROM golang:1.15\nRUN GO111MODULE=on go get x.example/a', /\| Add a version/],
  ['unpinned-language-package', 'FROM golang:1.26\nRUN go install x.example/a', /\| Add a version/],
  [
    'unpinned-language-package',
    'FROM debian:11\nRUN apt-get update && apt-get install -y golang\nRUN go get x.example/a',
    /Set GO111MODULE=on/,
  ],
  ['pipe-without-pipefail', 'FROM debian:12\nRUN curl -fsSL https://x.example | sh', /"-c"\] before it\.$/],
  ['pipe-without-pipefail', 'FROM debian:12\nRUN curl -sSL https://x.example | sh', /Give curl -f too:/],
  ['pipe-without-pipefail', 'FROM alpine:3.22\nRUN wget -qO- https://x.example | sh', /\/bin\/ash.*set -o pipefail\.$/],
  [
    'pipe-without-pipefail',
    'FROM debian:12\nRUN <<EOF\n#!/bin/bash -e\ncurl -fsSL https://x.example | sh\nEOF',
    /\| Begin the script with set -o pipefail\.$/,
  ],
  ['host-command', 'FROM debian:12\nRUN /etc/init.d/ssh start', /^2: \/etc\/init\.d\/ssh start has no effect on/],
];

test.for(table)('%s: %s', ([rule, text, ...expected]) => {
  const found = said(rule, text);
  expect(found).toHaveLength(expected.length);
  for (const [index, it] of expected.entries()) expect(found[index]).toMatch(it);
});

/** Which fix is offered: one that holds on the oldest base that the tag may mean is safe. */
test.for([
  ['leftover-package-cache', 'FROM alpine:3.22\nRUN apk add a', 'safe'],
  ['leftover-package-cache', 'FROM alpine\nRUN apk add a', 'safe'],
  ['leftover-package-cache', 'FROM alpine:3.2\nRUN apk add a', 'suggestion'],
  ['leftover-package-cache', 'FROM alpine:3.2\nRUN set -e; apk add a', undefined],
  ['leftover-package-cache', 'ARG V=3.22\nFROM alpine:$V\nRUN apk add a', 'suggestion'],
  ['leftover-package-cache', 'ARG BASE\nFROM $BASE\nRUN pip install a', 'suggestion'],
  ['leftover-package-cache', 'FROM alpine:3.22\nRUN apk update && apk add --no-cache a', 'safe'],
  ['leftover-package-cache', 'FROM alpine:3.22\nRUN apk update && apk add --no-cache a && ./x', 'suggestion'],
  ['leftover-package-cache', 'FROM alpine:3.22\nRUN apk update && apk add --no-cache a\nRUN sh /x.sh', 'suggestion'],
  ['leftover-package-cache', 'FROM alpine:3.22\nRUN apk update && apk add --no-cache a && apk fetch b', undefined],
  ['leftover-package-cache', 'FROM python:3.13\nRUN pip install a', 'safe'],
  ['leftover-package-cache', 'FROM rockylinux:9\nRUN yum install -y a', 'safe'],
  ['leftover-package-index', 'FROM debian:12\nRUN apt-get update && apt-get install -y a', 'safe'],
  ['leftover-package-index', 'FROM debian:12\nRUN apt-get update && apt-get install -y a\nRUN ./x', 'suggestion'],
  [
    'leftover-package-index',
    'FROM debian:12\nRUN apt-get update && apt-get install -y a\nRUN rosdep install b',
    'suggestion',
  ],
  [
    'leftover-package-index',
    'FROM debian:12\nRUN apt-get update && apt-get install -y a\nRUN apt-get install -y b',
    undefined,
  ],
  [
    'defeated-cache-mount',
    'FROM python:3.13\nRUN --mount=type=cache,target=/root/.cache/pip pip install --no-cache-dir a',
    'safe',
  ],
  [
    'defeated-cache-mount',
    'FROM x.example/y:1\nRUN --mount=type=cache,target=/root/.cache/pip pip install --no-cache-dir a',
    'suggestion',
  ],
] as const)('%s: %s: %s', ([id, text, safety]) => {
  const rule = allRules.find((it) => it.id === id)!;
  const { diagnostics } = found(rule, text);
  expect(diagnostics).toHaveLength(1);
  expect(diagnostics[0]?.fix?.safety).toBe(safety);
});
