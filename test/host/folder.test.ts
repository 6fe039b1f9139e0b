import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { folderHost } from '../../src/host/folder.ts';

const folder = mkdtempSync(join(tmpdir(), 'dflint-'));
const root = join(folder, 'context');
mkdirSync(join(root, 'src'), { recursive: true });
for (const [path, content] of Object.entries({
  '../outside.txt': 'outside',
  'a.txt': 'grüß',
  'src/b.txt': 'b',
  binary: '\0',
  large: ' '.repeat((1 << 20) + 1),
}))
  writeFileSync(join(root, path), content);
symlinkSync('a.txt', join(root, 'link.txt'));
symlinkSync('..', join(root, 'up'));
if (process.platform !== 'win32') execFileSync('mkfifo', [join(root, 'pipe')]);
afterAll(() => rmSync(folder, { recursive: true }));

const host = folderHost(root);

describe('reads', () => {
  test.for([
    ['a file', 'a.txt', 'grüß'],
    ['a file below', 'src/b.txt', 'b'],
    ['a file beside the context', '../outside.txt', 'outside'],
    ['no missing file', 'missing', undefined],
    ['no folder', 'src', undefined],
    ['no bytes', 'binary', undefined],
    ['no large file', 'large', undefined],
    ['no link', 'link.txt', undefined],
    ['nothing through a link', 'up/outside.txt', undefined],
    ['no pipe, which would never end', 'pipe', undefined],
  ] as const)('%s', ([, path, expected]) => expect(host.read(path)).toBe(expected));
});

test('lists a folder, links as links, sizes in bytes', () => {
  const listed = host.list('')!.map(({ name, directory, link, size }) => [name, directory, link, size]);
  expect(listed).toEqual(
    expect.arrayContaining([
      ['a.txt', false, false, 6],
      ['src', true, false, 0],
      ['link.txt', false, true, 0],
      ['up', false, true, 0],
    ]),
  );
  for (const path of ['missing', 'a.txt', 'up', 'up/context']) expect(host.list(path)).toBeUndefined();
});
