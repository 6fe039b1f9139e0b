import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { skeleton } from '../../src/dev/skeleton.ts';

function run(command: string, args: readonly string[], input?: string) {
  const all = [resolve('node_modules', command), ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, all, { encoding: 'utf8', input });
  return { status, stdout, stderr };
}

test('a new rule is formatted and lint-clean', () => {
  const text = skeleton('some-id');
  const args = ['check', '--write', '--stdin-file-path=rules/layers/some-id.ts'];
  expect(run('@biomejs/biome/bin/biome', args, text)).toEqual({ status: 0, stdout: text, stderr: '' });
});

test('a new rule has no type errors', () => {
  const folder = mkdtempSync(join(tmpdir(), 'skeleton-'));
  try {
    const config = {
      extends: resolve('tsconfig.json'),
      compilerOptions: { typeRoots: [resolve('node_modules/@types')] },
      files: ['some-id.mts'],
      include: [],
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    writeFileSync(join(folder, 'some-id.mts'), skeleton('some-id').replace('../../src', resolve('src')));
    expect(run('typescript/bin/tsc', ['-p', folder])).toEqual({ status: 0, stdout: '', stderr: '' });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
