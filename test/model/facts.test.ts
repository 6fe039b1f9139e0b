import { expect, test } from 'vitest';
import { factsOf } from '../../src/knowledge/images/facts.ts';
import { parseReference } from '../../src/model/stages/reference.ts';

const facts = (reference: string) => factsOf(parseReference(reference)!);

test.each([
  ['golang:1.26', 'debian 13 trixie'],
  ['golang:1.22.5', 'debian 12 bookworm'],
  ['golang:1.21', 'debian 12 bookworm'],
  ['golang:1.17-alpine', 'alpine 3.23'],
  ['golang:1.24-alpine3.20', 'alpine 3.20'],
  ['golang:1.22.5-bullseye', 'debian 11 bullseye'],
  ['golang:1.12', 'debian 10 buster'],
  ['golang', 'debian 13 trixie'],
  ['rust:1.75', 'debian 12 bookworm'],
  ['rust:1.75-slim-bullseye', 'debian 11 bullseye'],
  ['node:22', 'debian 12 bookworm'],
  ['node:22.11.0', 'debian 12 bookworm'],
  ['node:22.11.0-bookworm-slim', 'debian 12 bookworm'],
  ['node:20-alpine', 'alpine'],
  ['node:22.11.0-alpine', 'alpine'],
  ['node:10.15.3', 'debian 9 stretch'],
  ['python:3.12', 'debian 13 trixie'],
  ['python:3.12.7-slim', 'debian 13 trixie'],
  ['python:3.8', 'debian 12 bookworm'],
  ['ruby:3.3.6-slim-bookworm', 'debian 12 bookworm'],
  ['php:8.3-fpm-alpine3.20', 'alpine 3.20'],
  ['ubuntu:24.04', 'ubuntu 24.04 noble'],
  ['ubuntu:jammy', 'ubuntu 22.04 jammy'],
  ['ubuntu:jammy-20240808', 'ubuntu 22.04 jammy'],
  ['ubuntu:18.04', 'ubuntu 18.04 bionic'],
  ['debian:bookworm-slim', 'debian 12 bookworm'],
  ['debian:bookworm-20240722-slim', 'debian 12 bookworm'],
  ['debian:12', 'debian 12 bookworm'],
  ['debian:12.5-slim', 'debian 12 bookworm'],
  ['eclipse-temurin:21-jdk-noble', 'ubuntu 24.04 noble'],
  ['eclipse-temurin:21.0.5_11-jdk-ubi9-minimal', 'ubi 9'],
  ['maven:3.9.6-eclipse-temurin-21-jammy', 'ubuntu 22.04 jammy'],
  ['amazoncorretto:21-al2023', 'amazonlinux 2023'],
  ['alpine:3.22', 'alpine 3.22'],
  ['alpine:3.16.9', 'alpine 3.16'],
  ['almalinux:9.4', 'almalinux 9'],
  ['public.ecr.aws/docker/library/debian:11', 'debian 11 bullseye'],
  ['golang:sometag', ''],
  ['registry.example.com/golang:1.22', ''],
  ['someone/golang:1.22', ''],
  ['busybox:musl', 'busybox'],
] as const)('%s is built on %s', (reference, system) => {
  const { distribution, version, codename } = facts(reference) ?? {};
  const said = [distribution, version, codename].filter((it) => it !== undefined).join(' ');
  if (system === 'alpine') expect(said).toMatch(/^alpine 3\.\d+$/);
  else expect(said).toBe(system);
});

test.each([
  ['golang:1.26', 'glibc'],
  ['golang:1.26-alpine', 'musl'],
  ['busybox', 'glibc'],
  ['busybox:musl', 'musl'],
  ['busybox:uclibc', 'uclibc'],
  ['mysql:8.0.33', 'glibc'],
  ['nginx:alpine', 'musl'],
  ['golang:sometag', undefined],
] as const)('%s has %s', (reference, libc) => {
  expect(facts(reference)?.libc).toBe(libc);
});

test.each([
  ['golang:1.26.3', { gcc: true, git: true, curl: true, 'ca-certificates': true, odd: undefined }],
  ['golang:1.26-alpine', { gcc: false, git: false, bash: false, wget: true }],
  ['node:22.11.0-bookworm-slim', { node: true, npm: true, curl: false, python3: false }],
  ['node:22', { python3: true, make: true, gcc: true }],
  ['python:3.12-slim', { python3: true, gcc: false, 'ca-certificates': true }],
  ['debian:bookworm-20240722-slim', { bash: true, perl: true, 'ca-certificates': false, curl: false }],
  ['golang:1.23', { gcc: undefined }],
] as const)('programs of %s', (reference, programs) => {
  const found = facts(reference)!;
  for (const [name, expected] of Object.entries(programs)) expect([name, found.has(name)]).toEqual([name, expected]);
});

test('sizes, users and folders of those that are listed', () => {
  expect(facts('golang:1.26-alpine')?.size).toBe(71_399_963);
  expect(facts('golang:1.12')?.size).toBeUndefined();
  expect(facts('golang:1.26')).toMatchObject({ user: undefined, workdir: '/go' });
  expect(facts('haproxy')).toMatchObject({ user: 'haproxy', workdir: '/var/lib/haproxy' });
  expect(facts('tomcat:10.1')?.workdir).toBe('/usr/local/tomcat');
});

test.each([
  ['python:3.12-slim', true],
  ['python:3.12.7-slim-bookworm', true],
  ['alpine:3.16.9', true],
  // it was built on bookworm; 3.12 went on to trixie
  ['python:3.12.7-slim', false],
  ['golang:1.23', false],
] as const)('whether the release of %s is its own: %s', (reference, isExact) => {
  expect(facts(reference)?.isExact).toBe(isExact);
});
