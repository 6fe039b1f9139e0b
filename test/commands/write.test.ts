import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { replaceFile, unifiedDiff } from '../../src/commands/lib/write.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'dflint-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

test('a file that changed meanwhile is left alone', async () => {
  writeFileSync(join(cwd, 'Dockerfile'), 'FROM b\n');
  expect(await replaceFile('Dockerfile', cwd, 'FROM a\n', 'FROM c\n')).toEqual({
    path: 'Dockerfile',
    message: 'it changed in the meantime; nothing was fixed',
  });
  expect(readFileSync(join(cwd, 'Dockerfile'), 'utf8')).toBe('FROM b\n');
});

test('a file that is gone is not made anew', async () => {
  expect((await replaceFile('Dockerfile', cwd, 'FROM a\n', 'FROM c\n'))?.message).toBe('cannot be written: ENOENT');
});

test('what differs is shown as a unified diff', async () => {
  expect(await unifiedDiff('web/Dockerfile', 'FROM a\nRUN b\n', 'FROM a\nRUN c\n')).toBe(
    '--- a/web/Dockerfile\n+++ b/web/Dockerfile\n@@ -1,2 +1,2 @@\n FROM a\n-RUN b\n+RUN c\n',
  );
});
