import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseReference } from '../../src/model/stages/reference.ts';

const sha = 'a'.repeat(64);

/** `registry repository :tag @digest`, and `official` where it is. */
function said(text: string): string {
  const it = parseReference(text);
  if (!it) return 'none';
  const parts = [it.registry, it.repository, it.tag && `:${it.tag}`, it.digest && `@${it.digest.slice(0, 9)}`];
  return [...parts, it.official && 'official'].filter(Boolean).join(' ');
}

describe('references', () => {
  test.for([
    ['node', 'docker.io library/node official'],
    ['node:22', 'docker.io library/node :22 official'],
    ['node:22-alpine3.20', 'docker.io library/node :22-alpine3.20 official'],
    ['node:latest', 'docker.io library/node :latest official'],
    ['node:V1_x.y-Z', 'docker.io library/node :V1_x.y-Z official'],
    ['node:_', 'docker.io library/node :_ official'],
    [`node@sha256:${sha}`, 'docker.io library/node @sha256:aa official'],
    [`node:22@sha256:${sha}`, 'docker.io library/node :22 @sha256:aa official'],
    [`a/b@sha512:${sha}${sha}`, 'docker.io a/b @sha512:aa'],
    ['library/node', 'docker.io library/node official'],
    ['docker.io/node', 'docker.io library/node official'],
    ['docker.io/library/node:1', 'docker.io library/node :1 official'],
    ['index.docker.io/node', 'docker.io library/node official'],
    ['index.docker.io/a/b', 'docker.io a/b'],
    ['library/a/b', 'docker.io library/a/b'],
    ['bitnami/redis:7', 'docker.io bitnami/redis :7'],
    ['a/b/c', 'docker.io a/b/c'],
    ['0', 'docker.io library/0 official'],
    ['ghcr.io/owner/app:1', 'ghcr.io owner/app :1'],
    ['quay.io/app', 'quay.io app'],
    ['localhost/app', 'localhost app'],
    ['localhost:5000/app', 'localhost:5000 app'],
    ['localhost:5000/a/b:c', 'localhost:5000 a/b :c'],
    // without a slash the name is a repository, and what follows the colon its tag
    ['localhost:5000', 'docker.io library/localhost :5000 official'],
    ['registry:5000/app', 'registry:5000 app'],
    ['registry/app', 'docker.io registry/app'],
    ['127.0.0.1:5000/app', '127.0.0.1:5000 app'],
    ['[::1]:5000/app', '[::1]:5000 app'],
    ['[2001:db8::1]/app', '[2001:db8::1] app'],
    // capitals in the first part make it a registry
    ['Registry/app', 'Registry app'],
    ['MY-registry.example.com:443/app', 'MY-registry.example.com:443 app'],
    ['mcr.microsoft.com/windows/servercore:ltsc2022', 'mcr.microsoft.com windows/servercore :ltsc2022'],
    ['123.dkr.ecr.eu-west-1.amazonaws.com/team/app', '123.dkr.ecr.eu-west-1.amazonaws.com team/app'],
    ['a.b', 'docker.io library/a.b official'],
    ['a__b/c-d/e--f.g', 'docker.io a__b/c-d/e--f.g'],
    [`${'a/'.repeat(127)}a`, `docker.io ${'a/'.repeat(127)}a`],
    [`r.io/${'a'.repeat(255)}`, `r.io ${'a'.repeat(255)}`],
  ])('%s', ([text, expected]) => {
    expect(said(text!)).toBe(expected);
  });
});

describe('no references', () => {
  test.for([
    '',
    ':',
    '@',
    'Node',
    'node:',
    'node@',
    'node:-1',
    'node:.1',
    'node:a b',
    'node:a/b:c:d',
    'a//b',
    '/a',
    'a/',
    'a/B',
    'docker.io/A',
    'docker.io/',
    'a___b',
    'a..b',
    '-a',
    'a-',
    'a._b',
    '$node',
    '"node"',
    'node :1',
    'https://example.com/a',
    'registry:port/app',
    '-registry.io/app',
    '[::1/app',
    `node:${'x'.repeat(129)}`,
    'node@sha256:abc',
    `node@sha256:${sha}0`,
    `node@sha256:${sha.toUpperCase()}`,
    `node@md5:${'a'.repeat(32)}`,
    `node@sha256:${sha}@sha256:${sha}`,
    `node@${sha}`,
    'a'.repeat(256),
    'a'.repeat(249),
    `r.io/${'a'.repeat(256)}`,
    sha,
  ])('%s', (text) => {
    expect(parseReference(text)).toBeUndefined();
  });
});

test('the parts of a reference', () => {
  expect(parseReference(`ghcr.io/owner/team/app:1@sha256:${sha}`)).toEqual({
    text: `ghcr.io/owner/team/app:1@sha256:${sha}`,
    registry: 'ghcr.io',
    repository: 'owner/team/app',
    name: 'app',
    tag: '1',
    digest: `sha256:${sha}`,
    official: false,
  });
  expect(parseReference('node')?.name).toBe('node');
});

test('any text is one or is not, quickly', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const it = parseReference(text);
      if (it) expect(parseReference(`${it.registry}/${it.repository}`)?.repository).toBe(it.repository);
    }),
  );
  const long = 'a-'.repeat(100_000);
  for (const text of [long, `${long}!`, `${long}/${long}`, `A${long}.io/a`, `a:${long}`, `a@${long}`])
    parseReference(text);
});
