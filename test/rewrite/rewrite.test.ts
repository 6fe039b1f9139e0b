import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Builder, parse, rewrite } from '../../src/index.ts';
import { context } from '../../src/model/context/context.ts';
import { memoryHost } from '../../src/model/context/memory.ts';
import { lines } from '../model/model.ts';

type Files = Readonly<Record<string, string>>;

const build = (files: Files) => ({ context: context(memoryHost(files), 'Dockerfile') });
const joined = (text: string): string => text.replace(/\n$/, '').replaceAll('\n', ' ⏎ ');

const npm: Files = { 'package.json': '{"dependencies":{"a":"1"}}', 'src/index.js': '', 'README.md': '' };
const lock = { 'package-lock.json': '{"packages":{"":{"dependencies":{"a":"1"}}}}' };
const node = 'FROM node:22 ⏎ WORKDIR /app ⏎';

describe('what moves', () => {
  test.for<[string, string, (Files | undefined)?, Builder?]>([
    // a copy below an install of the system
    [
      'FROM debian:12 ⏎ RUN ln -s hbase-1 /usr/share/hbase ⏎ COPY conf /opt/hbase/conf ⏎ RUN apt-get install -y curl',
      'FROM debian:12 ⏎ RUN ln -s hbase-1 /usr/share/hbase ⏎ RUN apt-get install -y curl ⏎ COPY conf /opt/hbase/conf',
    ],
    [
      'FROM debian:12 ⏎ RUN ln -s /opt/hbase-1 /srv/hbase ⏎ COPY conf /srv/hbase/conf ⏎ RUN apt-get install -y curl',
      'FROM debian:12 ⏎ RUN ln -s /opt/hbase-1 /srv/hbase ⏎ RUN apt-get install -y curl ⏎ COPY conf /srv/hbase/conf',
    ],
    [
      'FROM php:8-apache ⏎ COPY site /etc/apache2/sites-available/x.conf ⏎ RUN a2enmod rewrite ⏎ RUN git clone https://example.com/x /app',
      'FROM php:8-apache ⏎ RUN git clone https://example.com/x /app ⏎ COPY site /etc/apache2/sites-available/x.conf ⏎ RUN a2enmod rewrite',
    ],
    [
      'FROM debian:12 ⏎ COPY . /app ⏎ RUN apt-get update && apt-get install -y curl',
      'FROM debian:12 ⏎ RUN apt-get update && apt-get install -y curl ⏎ COPY . /app',
    ],
    [
      'FROM debian:12 ⏎ COPY run.sh / ⏎ WORKDIR /app ⏎ RUN apt-get install -y curl ⏎ RUN pip install x',
      'FROM debian:12 ⏎ WORKDIR /app ⏎ RUN apt-get install -y curl ⏎ RUN pip install x ⏎ COPY run.sh /',
    ],
    [
      'FROM debian:12 ⏎ COPY x.sh / ⏎ SHELL ["/bin/bash", "-c"] ⏎ USER me ⏎ RUN pip install x',
      'FROM debian:12 ⏎ SHELL ["/bin/bash", "-c"] ⏎ USER me ⏎ RUN pip install x ⏎ COPY x.sh /',
    ],
    // what depends on it goes along
    [
      'FROM debian:12 ⏎ COPY . /app ⏎ RUN chmod +x /app/run ⏎ RUN apt-get install -y curl',
      'FROM debian:12 ⏎ RUN apt-get install -y curl ⏎ COPY . /app ⏎ RUN chmod +x /app/run',
    ],
    // comments go along, blank lines stay
    [
      'FROM debian:12 ⏎  ⏎ # the program ⏎ COPY . /app ⏎  ⏎ # tools ⏎ RUN apt-get install -y curl ⏎ CMD x',
      'FROM debian:12 ⏎  ⏎ # tools ⏎ RUN apt-get install -y curl ⏎ # the program ⏎ COPY . /app ⏎ CMD x',
    ],
    // the argument of a build
    [
      'FROM debian:12 ⏎ ARG GIT_SHA ⏎ RUN apt-get install -y curl ⏎ RUN echo $GIT_SHA > /v',
      'FROM debian:12 ⏎ RUN apt-get install -y curl ⏎ ARG GIT_SHA ⏎ RUN echo $GIT_SHA > /v',
    ],
    [
      'FROM debian:12 ⏎ ARG GIT_SHA ⏎ LABEL rev=$GIT_SHA ⏎ RUN apt-get install -y curl',
      'FROM debian:12 ⏎ RUN apt-get install -y curl ⏎ ARG GIT_SHA ⏎ LABEL rev=$GIT_SHA',
    ],
    [
      'FROM debian:12 ⏎ ARG GIT_SHA ⏎ ENV REV=$GIT_SHA ⏎ RUN apt-get install -y curl ⏎ RUN make',
      'FROM debian:12 ⏎ RUN apt-get install -y curl ⏎ ARG GIT_SHA ⏎ ENV REV=$GIT_SHA ⏎ RUN make',
    ],
    // a manifest first, where the context shows that it is all
    [
      `${node} COPY . . ⏎ RUN npm ci`,
      `${node} COPY package.json package-lock.json ./ ⏎ RUN npm ci ⏎ COPY . .`,
      { ...npm, ...lock },
    ],
    [`${node} COPY . . ⏎ RUN npm install`, `${node} COPY package.json ./ ⏎ RUN npm install ⏎ COPY . .`, npm],
    [
      `${node} COPY . . ⏎ RUN npm ci`,
      `${node} COPY package.json package-lock.json .npmrc ./ ⏎ RUN npm ci ⏎ COPY . .`,
      { ...npm, ...lock, '.npmrc': '' },
    ],
    [
      `${node} COPY --chown=node:node web/ . ⏎ RUN npm ci && npm cache clean --force`,
      `${node} COPY --chown=node:node web/package.json web/package-lock.json ./ ⏎ RUN npm ci && npm cache clean --force ⏎ COPY --chown=node:node web/ .`,
      { 'web/package.json': npm['package.json']!, 'web/package-lock.json': lock['package-lock.json'], 'web/a.js': '' },
    ],
    [
      'FROM python:3.13 ⏎ COPY . /srv ⏎ RUN pip install -r /srv/requirements.txt',
      'FROM python:3.13 ⏎ COPY . /srv ⏎ RUN pip install -r /srv/requirements.txt',
      { 'requirements.txt': 'flask', 'a.py': '' },
    ],
    [
      'FROM python:3.13 ⏎ WORKDIR /srv ⏎ COPY . . ⏎ RUN pip install -r requirements.txt',
      'FROM python:3.13 ⏎ WORKDIR /srv ⏎ COPY requirements.txt base.txt ./ ⏎ RUN pip install -r requirements.txt ⏎ COPY . .',
      { 'requirements.txt': '-r base.txt\nflask # web', 'base.txt': 'click', 'a.py': '' },
    ],
    [
      'FROM golang:1.25 ⏎ WORKDIR /src ⏎ COPY . . ⏎ RUN go mod download ⏎ RUN go build',
      'FROM golang:1.25 ⏎ WORKDIR /src ⏎ COPY go.mod go.sum ./ ⏎ RUN go mod download ⏎ COPY . . ⏎ RUN go build',
      { 'go.mod': 'module x', 'go.sum': '', 'main.go': '' },
    ],
    // the manifest is copied by itself, and the code beside it too early
    [
      `${node} COPY package.json package-lock.json ./ ⏎ COPY src src ⏎ RUN npm ci`,
      `${node} COPY package.json package-lock.json ./ ⏎ RUN npm ci ⏎ COPY src src`,
      { ...npm, ...lock },
    ],
    // other builders forget at a label too
    [
      'FROM debian:12 ⏎ ARG GIT_SHA ⏎ RUN apt-get install -y curl ⏎ LABEL a=b',
      'FROM debian:12 ⏎ RUN apt-get install -y curl ⏎ ARG GIT_SHA ⏎ LABEL a=b',
      undefined,
      'classic',
    ],
  ])('%s', ([text, expected, files, builder]) => {
    const options = { ...(files && { build: build(files) }), ...(builder && { builder }) };
    const once = rewrite(lines(text), options);
    expect(joined(once.text)).toBe(expected);
    expect(rewrite(once.text, options).text).toBe(once.text);
  });
});

describe('what stays, and why', () => {
  test.for<[string, string | undefined, Files?]>([
    ['FROM debian:12 ⏎ COPY . /app ⏎ RUN make', undefined],
    [
      'FROM debian:12 ⏎ COPY . /app ⏎ RUN cd /app && make && make install',
      'dflint does not know what make reads and writes',
    ],
    [
      'FROM debian:12 ⏎ COPY sources /etc/apt/sources.list.d/ ⏎ RUN apt-get install -y curl',
      'its packages may use /etc/apt/sources.list.d',
    ],
    ['FROM debian:12 ⏎ COPY apt /usr/local/bin/apt ⏎ RUN apt-get install -y curl', 'it may call /usr/local/bin/apt'],
    ['FROM python:3 ⏎ WORKDIR /a ⏎ COPY . . ⏎ RUN pip install wheels/x.whl', 'it reads /a/wheels/x.whl'],
    ['FROM debian:12 ⏎ COPY . /data/in ⏎ RUN curl -o /data/x https://x/y', 'it needs the folder /data'],
    ['FROM debian:12 ⏎ COPY . $D ⏎ RUN apt-get install -y curl', undefined],
    ['FROM debian:12 ⏎ ARG GIT_SHA ⏎ RUN make all', 'make may read GIT_SHA'],
    ['FROM debian:12 ⏎ ARG GIT_SHA ⏎ RUN apt-get install -y x=$GIT_SHA', 'it uses GIT_SHA'],
    ['FROM a ⏎ COPY . /app ⏎ RUN chown app /app ⏎ USER app ⏎ WORKDIR /srv ⏎ RUN pip install x', undefined],
    [
      `${node} COPY . . ⏎ RUN npm ci`,
      'without the files of the build context dflint cannot tell what the install reads',
    ],
    [
      `${node} COPY . . ⏎ RUN npm ci`,
      'package.json has workspaces, whose manifests the install reads too: package.json and p/a/package.json',
      { ...npm, 'package.json': '{"workspaces":["p/*"]}', 'p/a/package.json': '{}' },
    ],
    [
      `${node} COPY . . ⏎ RUN npm ci`,
      'the postinstall script of package.json may read any file',
      { 'package.json': '{"scripts":{"postinstall":"node x"}}' },
    ],
    [
      `${node} COPY . . ⏎ RUN npm ci`,
      'package.json takes b from file:../b',
      { 'package.json': '{"dependencies":{"b":"file:../b"}}' },
    ],
    [`${node} COPY . . ⏎ RUN npm ci`, 'package.json is not in the build context', { 'a.js': '' }],
    [
      `${node} COPY . . ⏎ RUN npm ci`,
      'the context has node_modules/a/x.js, which COPY would lay over the install',
      { ...npm, ...lock, 'node_modules/a/x.js': '' },
    ],
    [
      `${node} COPY . . ⏎ RUN npm install`,
      'npm install may rewrite package-lock.json, and COPY would put the old one back',
      { ...npm, 'package-lock.json': '{}' },
    ],
    [
      `${node} COPY . . ⏎ RUN npm ci && npm run build`,
      'dflint does not know what npm reads and writes',
      { ...npm, ...lock },
    ],
    [
      'FROM python:3 ⏎ WORKDIR /a ⏎ COPY . . ⏎ RUN pip install -r r.txt',
      'r.txt installs -e .',
      { 'r.txt': '-e .', 'a.py': '' },
    ],
    [
      'FROM golang:1 ⏎ WORKDIR /a ⏎ COPY . . ⏎ RUN go mod download',
      'go.mod names folders in place of modules',
      { 'go.mod': 'replace x => ./b', 'a.go': '' },
    ],
    [
      'FROM maven:3 ⏎ WORKDIR /a ⏎ COPY . . ⏎ RUN mvn dependency:go-offline',
      'pom.xml names files of the project as packages',
      { 'pom.xml': '<dependency><systemPath>${basedir}/lib/a.jar</systemPath></dependency>', 'src/A.java': '' },
    ],
    // a folder above that of the install
    [
      'FROM node:22 ⏎ WORKDIR /a ⏎ COPY . . ⏎ RUN cd web && npm ci',
      'npm ci may also read package.json in a parent folder',
      { 'package.json': '{"workspaces":["web"]}', 'web/package.json': '{}', 'web/a.js': '' },
    ],
    // what looks at files without a word of them
    [
      'FROM debian:12 ⏎ WORKDIR /a ⏎ COPY src src/ ⏎ RUN stat src && apt-get install -y curl',
      'it reads /a/src',
      { 'src/x': '' },
    ],
    ['FROM debian:12 ⏎ WORKDIR /a ⏎ COPY src src/ ⏎ RUN ls > /list && apt-get install -y curl', 'it reads /a/src'],
    ['FROM debian:12 ⏎ COPY src /src ⏎ RUN [ -d /src ] && apt-get install -y curl', 'it reads /src'],
    ['FROM debian:12 ⏎ COPY src /src ⏎ RUN cd /src && apt-get install -y curl', 'it needs the folder /src'],
    ['FROM debian:12 ⏎ COPY src /src ⏎ RUN echo /src/* > /x && apt-get install -y curl', 'it reads /src/*'],
    [
      'FROM debian:12 ⏎ RUN ln -s /b /a ⏎ COPY src /a/c ⏎ RUN cp /b/c/d /e && apt-get install -y curl',
      'it reads /b/c/d',
    ],
    [
      'FROM debian:12 ⏎ COPY x /run/x ⏎ RUN cp /var/run/x/y /e && curl -o /z https://example.com/z',
      'it reads /run/x/y',
    ],
    [
      'FROM debian:12 ⏎ RUN ln -s $(cat /x) /a ⏎ COPY src /a/c ⏎ RUN cp /b/c/d /e && apt-get install -y curl',
      '/a is a link to an unknown place',
    ],
    [
      'FROM debian:12 ⏎ COPY ca /usr/local/share/ca-certificates/ca ⏎ RUN curl -o /x https://example.com/x',
      'what it fetches may depend on /usr/local/share/ca-certificates/ca',
    ],
    [
      'FROM debian:12 ⏎ ENV CURL_CA_BUNDLE=/certs/ca.pem ⏎ COPY certs /certs ⏎ RUN curl -o /x https://example.com/x',
      'what it fetches may depend on /certs',
    ],
    [
      'FROM node:22 ⏎ WORKDIR /a ⏎ ENV NODE_EXTRA_CA_CERTS=/a/ca.pem ⏎ COPY . . ⏎ RUN npm ci',
      'what it fetches may depend on /a',
      { 'package.json': '{}', 'ca.pem': '' },
    ],
    [
      'FROM composer:2 ⏎ WORKDIR /a ⏎ COPY . . ⏎ RUN composer install',
      'without --no-scripts and --no-autoloader composer reads the classes of the project',
      { 'composer.json': '{}', 'a.php': '' },
    ],
  ])('%s: %s', ([text, reason, files]) => {
    const { text: after, stays, moves } = rewrite(lines(text), files ? { build: build(files) } : {});
    expect(joined(after)).toBe(text);
    expect(moves).toEqual([]);
    if (reason !== undefined) expect(stays.map((it) => it.reason)).toContain(reason);
  });
});

test('line ends, the byte order mark and a missing newline are kept', () => {
  const text = '\uFEFFFROM debian:12\r\nCOPY . /app\r\nRUN apt-get install -y curl';
  expect(rewrite(text).text).toBe('\uFEFFFROM debian:12\r\nRUN apt-get install -y curl\r\nCOPY . /app');
});

test('the last commits tell what changes', () => {
  const text = lines('FROM debian:12 ⏎ COPY docs /docs ⏎ RUN apt-get install -y curl');
  const options = { build: build({ 'docs/a': '', 'src/b': '' }) };
  const commits = (path: string) => Array.from({ length: 20 }, () => [path]);
  expect(rewrite(text, { ...options, commits: commits('src/b') }).text).toBe(text);
  expect(rewrite(text, { ...options, commits: commits('docs/a') }).text).not.toBe(text);
});

const fixtures = readdirSync('fixtures', { recursive: true, encoding: 'utf8' })
  .filter((path) => /(?:^|[/\\])(?:Dockerfile(?:\.good)?|[\w-]+\.Dockerfile)$/.test(path))
  .map((path) => join('fixtures', path));

test('whatever is done to a file, the result parses, and there is nothing more to do', () => {
  const texts = fixtures.map((path) => readFileSync(path, 'utf8'));
  fc.assert(
    fc.property(
      fc.constantFrom(...texts),
      fc.nat(),
      fc.nat({ max: 40 }),
      fc.string({ maxLength: 5 }),
      (text, at, length, other) => {
        const start = at % (text.length + 1);
        const mutated = text.slice(0, start) + other + text.slice(start + length);
        const once = rewrite(mutated);
        if (once.text === mutated) return;
        expect(parse(once.text).errors).toEqual([]);
        expect(rewrite(once.text).text).toBe(once.text);
        expect([...once.text].sort().join('').trim()).toBe([...mutated].sort().join('').trim());
      },
    ),
    { numRuns: 150 },
  );
});
