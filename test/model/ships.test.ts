import { describe, expect, test } from 'vitest';
import { context } from '../../src/model/context/context.ts';
import { memoryHost } from '../../src/model/context/memory.ts';
import { contentsOf } from '../../src/model/ships/contents.ts';
import { imagesIn } from '../../src/model/ships/images.ts';
import { libcOf } from '../../src/model/ships/libc.ts';
import { workOf } from '../../src/model/ships/work.ts';
import { modelOf } from './model.ts';

const names = (text: string, target?: string): (string | number)[] =>
  imagesIn(modelOf(text, { target })).map(({ name, index }) => name ?? index);

test.for<[string, (string | number)[]]>([
  ['FROM a ⏎ CMD x', [0]],
  ['FROM a AS one ⏎ CMD x ⏎ FROM b AS two ⏎ CMD y', ['one', 'two']],
  // nobody can build it by a name
  ['FROM a ⏎ CMD x ⏎ FROM b', [1]],
  // it is copied from, or built on
  ['FROM a AS one ⏎ CMD x ⏎ FROM b AS two ⏎ COPY --from=one /a /', ['two']],
  ['FROM a AS one ⏎ CMD x ⏎ FROM one AS two', ['two']],
  ['FROM a AS dev ⏎ CMD x ⏎ FROM b AS two', ['two']],
  ['FROM a AS app-test ⏎ CMD x ⏎ FROM b AS two', ['two']],
])('the images of %s', ([text, expected]) => {
  expect(names(text)).toEqual(expected);
});

test('the one that is asked for is the only one', () => {
  expect(names('FROM a AS one ⏎ CMD x ⏎ FROM b AS two ⏎ CMD y', 'one')).toEqual(['one']);
});

/** What ships in the last stage, as `need kind: what`, the base left out. */
function ships(text: string, files: Readonly<Record<string, string>> = {}): string[] {
  const model = modelOf(text, { context: context(memoryHost(files), 'Dockerfile') });
  return contentsOf(model.target!, model)
    .slice(1)
    .map(({ kind, what, need, from }) => {
      const origin = typeof from === 'object' ? ` from ${from.name}` : from === undefined ? '' : ` from ${from}`;
      return `${need ?? 'unknown'} ${kind}: ${what.join(' ')}${origin}`;
    });
}

describe('what ships, and what needs it', () => {
  test.for<[string, string[]]>([
    ['FROM node:22 ⏎ WORKDIR /app ⏎ COPY server.js . ⏎ CMD ["node", "server.js"]', ['run files: server.js']],
    [
      'FROM node:22 ⏎ WORKDIR /app ⏎ COPY . . ⏎ RUN npm ci && npm run build ⏎ CMD ["node", "dist/main.js"]',
      [
        'run dependencies: package.json',
        'build dev dependencies: package.json',
        'unknown files: .',
        'run output: npm run build',
        'none caches: /root/.npm',
      ],
    ],
    [
      'FROM node:22 AS build ⏎ RUN npm run build ⏎ FROM nginx:1 ⏎ COPY --from=build /dist /usr/share/nginx/html',
      ['run copied: /dist from build'],
    ],
    [
      'FROM debian:12 ⏎ RUN apt-get update && apt-get install -y nginx gcc curl ⏎ CMD ["nginx"]',
      ['run packages: nginx', 'unknown packages: curl', 'build packages: gcc', 'none caches: /var/lib/apt/lists'],
    ],
    // a shell, or nothing at all: it may be an image to build in
    ['FROM alpine:3 ⏎ RUN apk add --no-cache gcc ⏎ CMD ["sh"]', ['unknown packages: gcc']],
    [
      'FROM debian:12 ⏎ RUN git clone https://example.com/x.git /x ⏎ CMD ["/x/run"]',
      ['run clones: /x', 'none history: /x/.git'],
    ],
    [
      'FROM debian:12 ⏎ RUN git clone https://example.com/x.git /x && rm -rf /x/.git ⏎ CMD ["/x/run"]',
      ['run clones: /x'],
    ],
    [
      'FROM golang:1.25 ⏎ WORKDIR /src ⏎ COPY go.mod ./ ⏎ COPY . . ⏎ RUN go build -o /app . ⏎ CMD ["/app"]',
      [
        'build files: go.mod',
        // the program may read any of them
        'unknown files: .',
        'run output: go build',
        'none caches: /go/pkg/mod /root/.cache/go-build',
      ],
    ],
    [
      'FROM php:8 ⏎ COPY --from=composer:2 /usr/bin/composer /usr/bin/ ⏎ CMD ["php", "a.php"]',
      ['unknown copied: /usr/bin/composer from composer:2'],
    ],
  ])('%s', ([text, expected]) => {
    expect(ships(text).sort()).toEqual([...expected].sort());
  });

  test('history and secrets of the build context', () => {
    const key = '-----BEGIN PRIVATE KEY-----\n';
    const found = ships('FROM node:22 ⏎ COPY . /app ⏎ CMD ["node", "/app/a.js"]', {
      'a.js': '',
      '.git/HEAD': '',
      'tls/server.key': key,
      Dockerfile: '',
    });
    expect(found).toEqual(['run files: .', 'none secrets: tls/server.key', 'none history: .git']);
  });
});

test.for([
  ['FROM golang:1.25 ⏎ RUN go build .', 'builds go build'],
  ['FROM golang:1.25 ⏎ RUN go test ./...', 'tests go test'],
  ['FROM debian:12 ⏎ RUN apt-get update && apt-get install -y curl', 'installs apt-get install'],
  ['FROM debian:12 ⏎ RUN curl -fsSLO https://example.com/a', 'downloads curl'],
  ['FROM gcc:15 ⏎ RUN ./configure && make && make install && make clean', 'builds make install'],
  ['FROM a ⏎ COPY . .', ''],
])('what a stage is for: %s', ([text, expected]) => {
  expect(
    workOf(modelOf(text!).stages[0]!)
      .map(({ kind, call }) => `${kind} ${call}`)
      .join(', '),
  ).toBe(expected);
});

test.for([
  ['FROM scratch', 'none'],
  ['FROM alpine:3.22', 'musl'],
  ['FROM debian:13-slim', 'glibc'],
  ['FROM golang:1.25', 'glibc'],
  ['FROM golang:1.25-alpine', 'musl'],
  ['FROM gcr.io/distroless/static-debian12', 'none'],
  ['FROM gcr.io/distroless/base-debian12', 'glibc'],
  ['FROM example.com/own', undefined],
  ['FROM alpine:3 AS a ⏎ FROM a', 'musl'],
])('the C library of %s is %s', ([text, libc]) => {
  expect(libcOf(modelOf(text!).stages.at(-1)!)).toBe(libc);
});
