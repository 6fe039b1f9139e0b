import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, describe, expect, test } from 'vitest';
import { formatNames } from '../../src/report/format-names.ts';

/** A project of somebody else, with the package as npm would install it. */
const folder = mkdtempSync(join(tmpdir(), 'dflint-'));
const installed = join(folder, 'node_modules/dflint');
const pack = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
  encoding: 'utf8',
  shell: process.platform === 'win32',
});
const [{ filename, files }] = JSON.parse(pack) as [{ filename: string; files: readonly { path: string }[] }];
const tarball = join(folder, filename);
mkdirSync(installed, { recursive: true });
execFileSync('tar', ['-xzf', tarball, '--strip-components=1', '-C', installed]);
cpSync('fixtures/library', folder, { recursive: true });
afterAll(() => rmSync(folder, { recursive: true }));

describe.for(['node16', 'bundler'])('a project with module resolution %s', (resolution) => {
  test('compiles, its own rules run, and its fixes are written', () => {
    execFileSync('node', ['node_modules/typescript/bin/tsc', '-p', join(folder, `tsconfig.${resolution}.json`)], {
      encoding: 'utf8',
    });
    const printed = execFileSync('node', [join(resolution, 'main.js')], { cwd: folder, encoding: 'utf8' });
    expect(printed.trimEnd().split('\n')).toEqual([
      'default quiet-echo hello This is said too quietly.',
      'config 4 there is no rule no-rule',
      'memory big-copy COPY This copies 12 bytes.',
      'memory quiet-echo bye This is said too quietly.',
      'folder quiet-echo bye This is said too quietly.',
      'fixed RUN echo hello && echo BYE 1',
      ...formatNames.map((name) => `${name} true`),
      'model 3',
    ]);
  });
});

test('what ships', () => {
  const top = files.map(({ path }) => path).filter((path) => !/^dist\/(?:chunks|library)\//.test(path));
  expect(top.sort()).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'NOTICE',
    'README.md',
    'dist/cli.js',
    'dist/config.schema.json',
    'dist/index.d.ts',
    'dist/index.js',
    'dist/report.d.ts',
    'dist/report.js',
    'dist/rule.d.ts',
    'dist/rule.js',
    'dist/shared.d.ts',
    'dist/shellcheck-worker.js',
    'package.json',
  ]);
});

test('publint has no complaint', async () => {
  const { messages, pkg } = await publint({ pkgDir: installed, pack: false, strict: true });
  expect(messages.map((it) => formatMessage(it, pkg ?? {}))).toEqual([]);
});

test('compilers find the declarations of every entry, as ES modules', async () => {
  const analysis = await checkPackage(createPackageFromTarballData(readFileSync(tarball)));
  if (!analysis.types) throw new Error('the package has no types');
  // only ES modules are shipped, and subpaths need resolution by `exports`
  const passed = analysis.problems.filter(
    (it) => !('resolutionKind' in it) || !['node10', 'node16-cjs'].includes(it.resolutionKind),
  );
  expect(Object.keys(analysis.entrypoints)).toEqual(expect.arrayContaining(['.', './rule', './report']));
  expect(passed).toEqual([]);
});
