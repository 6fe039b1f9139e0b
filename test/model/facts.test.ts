import { expect, test } from 'vitest';
import { factsOf } from '../../src/knowledge/images/facts.ts';
import { parseReference } from '../../src/model/stages/reference.ts';

test.each([
  ['golang:1.26', 'debian 13 trixie'],
  ['golang:1.22.5', 'debian 12 bookworm'],
  ['golang:1.21', 'debian 12 bookworm'],
  ['golang:1.17-alpine', 'alpine 3.23'],
  ['golang:1.24-alpine3.20', 'alpine 3.20'],
  ['golang:1.12', 'debian 10 buster'],
  ['golang', 'debian 13 trixie'],
  ['rust:1.75', 'debian 12 bookworm'],
  ['rust:1.75-slim-bullseye', 'debian 11 bullseye'],
  ['node:22', 'debian 12 bookworm'],
  ['node:22.11.0-bookworm-slim', 'debian 12 bookworm'],
  ['node:20-alpine', 'alpine'],
  ['python:3.12', 'debian 13 trixie'],
  ['python:3.8', 'debian 12 bookworm'],
  ['ubuntu:24.04', 'ubuntu 24.04 noble'],
  ['ubuntu:jammy', 'ubuntu 22.04 jammy'],
  ['debian:bookworm-slim', 'debian 12 bookworm'],
  ['debian:12', 'debian 12 bookworm'],
  ['eclipse-temurin:21-jdk-noble', 'ubuntu 24.04 noble'],
  ['alpine:3.22', 'alpine 3.22'],
  ['golang:sometag', ''],
  ['registry.example.com/golang:1.22', ''],
] as const)('%s is built on %s', (reference, system) => {
  const facts = factsOf(parseReference(reference)!);
  const said = [facts?.distribution, facts?.version, facts?.codename].filter((it) => it !== undefined).join(' ');
  if (system === 'alpine') expect(said).toMatch(/^alpine 3\.\d+$/);
  else expect(said).toBe(system);
});

test('sizes of those that are listed', () => {
  expect(factsOf(parseReference('golang:1.26-alpine')!)?.size).toBe(71_399_963);
  expect(factsOf(parseReference('golang:1.12')!)?.size).toBeUndefined();
});
