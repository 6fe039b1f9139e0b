import { describe, expect, test } from 'vitest';
import { nameOf } from '../../src/commands/lib/command.ts';
import { commands } from '../../src/commands/table.ts';
import { dflint, inFolder } from './run.ts';

describe('screens', () => {
  test.for<string[]>([
    ['layers', '--context', 'fixtures/node-app', 'fixtures/node-app/Dockerfile'],
    [
      'layers',
      '--builder',
      'classic',
      '--target',
      'dependencies',
      '--context',
      'fixtures/node-app',
      'fixtures/node-app/Dockerfile.good',
    ],
    ['stages', '--build-arg', 'BASE=busybox:1.37', 'fixtures/builder/stages/Dockerfile'],
    ['stages', '--format', 'mermaid', '--build-arg', 'BASE=busybox:1.37', 'fixtures/builder/stages/Dockerfile'],
    ['stages', '--format', 'dot', '--build-arg', 'BASE=busybox:1.37', 'fixtures/builder/stages/Dockerfile'],
    ['cache', '--changed', 'package.json', '--context', 'fixtures/node-app', 'fixtures/node-app/Dockerfile.good'],
    [
      'cache',
      '--arg',
      'VERSION',
      '--format',
      'json',
      '--build-arg',
      'BASE=busybox:1.37',
      'fixtures/builder/stages/Dockerfile',
    ],
  ])('%s %s %s %s', (args) => {
    const { code, out, error } = dflint(args);
    expect(error).toBe('');
    expect(code).toBe(0);
    expect(out.replace(/"version": ".*"/, '"version": "…"')).toMatchSnapshot();
  });
});

test('layers as JSON keeps its contract', () => {
  const input = 'FROM scratch AS one\nCOPY a /\nFROM one\nWORKDIR /x\n';
  const { out } = dflint(['layers', '--format', 'json', '-'], { input });
  const one = [
    { line: 1, keyword: 'FROM', layer: false, why: expect.any(String) },
    { line: 2, keyword: 'COPY', layer: true, why: expect.any(String) },
  ];
  const two = [
    { line: 3, keyword: 'FROM', layer: false, why: expect.any(String) },
    { line: 4, keyword: 'WORKDIR', layer: true, why: expect.any(String) },
  ];
  expect(JSON.parse(out)).toMatchObject({
    schemaVersion: 1,
    files: [
      {
        path: '-',
        stages: [
          { index: 0, name: 'one', base: 'scratch', instructions: one, ownLayers: 1 },
          { index: 1, name: null, base: 'one', instructions: two, ownLayers: 1 },
        ],
        image: { stage: 1, ownLayers: 2, instructions: [...one, ...two] },
      },
    ],
    failures: [],
  });
});

test.for(commands.map((it) => [nameOf(it)] as const))('%s takes --no-config, in any place', ([name]) => {
  const words: Readonly<Record<string, string[]>> = { explain: ['DL3020'], init: [], rules: [], parse: ['Dockerfile'] };
  const named = name === '$0' ? [] : [name];
  for (const args of [
    [...named, '--no-config', ...(words[name] ?? ['Dockerfile'])],
    ['--no-config', ...named, ...(words[name] ?? ['Dockerfile'])],
  ])
    inFolder({ Dockerfile: 'FROM a:1\nUSER 1\n' }, (cwd) => {
      const { code, error } = dflint(args, { cwd });
      expect([code, error]).toEqual([0, '']);
    });
});

test('only linting takes a config', () => {
  const { code, error } = dflint(['layers', '--config', 'x.yaml', '-'], { input: 'FROM a\n' });
  expect([code, error]).toEqual([2, 'dflint: --config is only for linting; this command does not read a config\n']);
});

describe('exit codes and messages', () => {
  test.for<[string, string[], string, RegExp]>([
    ['a missing file', ['layers', 'gone'], '', /dflint: gone: no such file or folder/],
    ['a file that does not build', ['stages', '-'], 'RUM x\n', /There is no instruction RUM/],
    ['a file without a stage', ['layers', '-'], 'ARG A=1\n', /there is no FROM, so it builds nothing/],
    ['a target that is not there', ['layers', '--target', 'web', '-'], 'FROM a\n', /there is no stage web/],
    [
      'a context that is not there',
      ['cache', '--context', 'gone', '-'],
      'FROM a\n',
      /the build context gone is not a folder/,
    ],
    ['a build argument without a name', ['cache', '--build-arg', '=x', '-'], 'FROM a\n', /write NAME=value/],
    ['an unknown builder', ['layers', '--builder', 'bazel', '-'], 'FROM a\n', /builder/],
  ])('%s', ([, args, input, message]) => {
    const { code, error } = dflint(args, { input });
    expect(error).toMatch(message);
    expect(error).not.toMatch(/\n {4}at /);
    expect(code).toBe(2);
  });
});

test('build arguments from the command line and the environment', () => {
  const input = 'ARG BASE=a\nFROM $BASE\n';
  expect(dflint(['stages', '--build-arg', 'BASE=b:1', '-'], { input }).out).toContain('FROM b:1');
  expect(dflint(['stages', '--build-arg', 'BASE', '-'], { input, env: { BASE: 'c:2' } }).out).toContain('FROM c:2');
});

test('without a path it is the Dockerfile here, and an option takes one word', () => {
  const files = { Dockerfile: 'FROM a\nCOPY a b /\n', 'x/Dockerfile': 'FROM b\n', 'y/Containerfile': 'FROM c:1\n' };
  inFolder(files, (cwd) => {
    expect(dflint(['cache', '--changed', 'a'], { cwd }).out).toContain('Dockerfile after a\n');
    expect(dflint(['cache', '--changed', 'a', '--changed', 'b', 'Dockerfile'], { cwd }).out).toContain(
      'Dockerfile after a, b\n',
    );
    expect(dflint(['layers'], { cwd }).out).toMatch(/^Dockerfile\n/);
    expect(dflint(['stages', 'y'], { cwd }).out).toMatch(/^y\/Containerfile\n/);
  });
});

test('the ignore file beside the Dockerfile counts', () => {
  const files = {
    'web/Dockerfile': 'FROM a\nCOPY . .\n',
    'web/Dockerfile.dockerignore': '*.md\n',
    '.dockerignore': '*\n',
  };
  const rerun = (path: string): string =>
    inFolder(
      files,
      (cwd) =>
        dflint(['cache', '--context', '.', '--changed', path, '--format', 'json', 'web/Dockerfile'], { cwd }).out,
    );
  expect(JSON.parse(rerun('a.js')).files[0]).toMatchObject({
    steps: [{ rerun: 'no' }, { rerun: 'yes', why: 'it copies a.js' }],
  });
  expect(JSON.parse(rerun('a.md')).files[0]).toMatchObject({ steps: [{ rerun: 'no' }, { rerun: 'no' }] });
});
