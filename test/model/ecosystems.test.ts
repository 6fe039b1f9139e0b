import { expect, test } from 'vitest';
import { packageManagers } from '../../src/knowledge/managers/index.ts';
import type { Verb } from '../../src/knowledge/managers/types.ts';
import { type Ecosystem, ecosystems } from '../../src/knowledge/project/ecosystems/index.ts';
import { compileIgnore, isIgnored } from '../../src/model/context/ignore.ts';

const managers = new Map(packageManagers.map((it) => [it.id, it]));
const patternsOf = ({ manifests, locks, inputs }: Ecosystem): string[] => [
  ...manifests,
  ...locks,
  ...inputs.map(({ pattern }) => pattern),
];
/** The manifests that the verbs of a package manager read, without those of other tools. */
const readBy = (id: string): string[] =>
  [...Object.values(managers.get(id)!.verbs), ...Object.values(managers.get(id)!.calls ?? {})]
    .filter((it): it is Verb => typeof it === 'object')
    .flatMap(({ manifests = [], directoryManifests = [] }) => [...manifests, ...directoryManifests]);

test('every ecosystem of the facts is there, each once', () => {
  const ids = ecosystems.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThanOrEqual(30);
  for (const { managers: named, commands = [] } of ecosystems)
    expect(named.length + commands.length).toBeGreaterThan(0);
});

test('a package manager installs for one ecosystem', () => {
  const named = ecosystems.flatMap((it) => it.managers);
  expect(new Set(named).size).toBe(named.length);
  expect(named.filter((id) => !managers.has(id))).toEqual([]);
});

test.each(ecosystems.map((it) => [it.id, it] as const))('%s: what its managers read is in the row', (_, ecosystem) => {
  const compiled = compileIgnore(patternsOf(ecosystem));
  const unknown = ecosystem.managers.flatMap(readBy).filter((path) => !isIgnored(compiled, path.replace('*', 'x')));
  expect(unknown).toEqual([]);
});

test.each(ecosystems.map((it) => [it.id, it] as const))('%s: its row is whole', (_, it) => {
  expect(it.manifests.length).toBeGreaterThan(0);
  expect(it.sources.length).toBeGreaterThan(0);
  expect(it.sources[0]).not.toMatch(/[*?]/);
  expect(it.url).toMatch(/^https:\/\//);
  const sentences = [...it.inputs, ...(it.stops ?? []), ...(it.members ?? [])].map(({ why }) => why);
  for (const why of sentences) expect(why).toMatch(/^[\w.].*[^.]$/);
  for (const { text } of [...(it.stops ?? []), ...(it.members ?? [])]) expect(text.flags).not.toMatch(/[gy]/);
  // nothing is both copied ahead and left out of the image
  const outputs = compileIgnore(it.outputs);
  const copied = [...it.manifests, ...it.locks].filter((path) => isIgnored(outputs, path));
  expect(copied).toEqual([]);
});

test('each text that stops an install, and one beside it that does not', () => {
  const says = (id: string, text: string): boolean =>
    ecosystems.find((it) => it.id === id)!.stops?.some((it) => it.text.test(text)) ?? false;
  const stops: readonly (readonly [string, string, string])[] = [
    ['poetry', 'a = { path = "../a" }', 'a = "^1.0"\n# path = "x"'],
    ['uv', 'a = { path = "../a" }', 'a = { git = "https://example.com/a" }'],
    ['bundler', "gem 'a', path: 'engines/a'", "gem 'a', '~> 1.0'"],
    ['bundler', 'gemspec\n', 'gem "gemspec-tools"\n'],
    ['composer', '{"repositories":[{"type": "path","url":"a"}]}', '{"repositories":[{"type":"vcs"}]}'],
    ['go', 'replace a => ./a', 'replace a => example.com/b v1.0.0'],
    ['maven', '<modules><module>a</module></modules>', '<artifactId>module</artifactId>'],
    ['gradle', "include ':app'", "rootProject.name = 'include'"],
    ['mix', '{:a, path: "../a"}', '{:a, "~> 1.0"}'],
    ['swift', '.package(path: "../a")', '.package(url: "https://example.com/a", from: "1.0.0")'],
    ['pub', 'dependencies:\n  a:\n    path: ../a\n', 'dependencies:\n  path: ^1.8.0\n'],
    ['clojure', '{a {:local/root "../a"}}', '{a {:mvn/version "1"}}'],
    ['helm', 'repository: "file://../a"', 'repository: https://example.com'],
  ];
  for (const [id, text, other] of stops) {
    expect([id, text, says(id, text)]).toEqual([id, text, true]);
    expect([id, other, says(id, other)]).toEqual([id, other, false]);
  }
});
