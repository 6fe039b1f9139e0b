import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { nameOf } from '../../src/commands/lib/command.ts';
import { commands } from '../../src/commands/table.ts';
import { dflint, inFolder } from './run.ts';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const files = { 'a/Dockerfile': 'FROM a:1\nCOPY x /\nUSER 1\n', 'b/Dockerfile': 'FROM b:1\nCOPY x /\nUSER 1\n' };
const gone = { path: 'gone', message: 'no such file or folder' };

/** The words of each command line that prints JSON about files, and what follows the first four keys. */
const lines: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['$0', [], ['summary']],
  ['layers', ['layers'], ['shared', 'apart']],
  ['cache', ['cache'], []],
  ['cache', ['cache', '--changed', 'x'], []],
  ['cache', ['cache', '--rewrite'], []],
  ['stages', ['stages'], []],
];

describe('one document, however many files', () => {
  test('every command that prints JSON is here', () => {
    const printing = commands.filter(({ options }) => options['format']?.choices?.includes('json')).map(nameOf);
    expect(printing.toSorted()).toEqual([...new Set([...lines.map(([name]) => name), 'rules'])].toSorted());
  });

  test.for(lines.map(([, words, more]) => [words, more] as const))('dflint %s', ([words, more]) => {
    inFolder(files, (cwd) => {
      const run = (...paths: string[]) => dflint([...words, '--format', 'json', ...paths], { cwd });
      const { out, error, code } = run('a/Dockerfile', 'gone', 'b/Dockerfile');
      const document = JSON.parse(out);
      expect(Object.keys(document)).toEqual(['schemaVersion', 'tool', 'files', 'failures', ...more]);
      expect(document).toMatchObject({ schemaVersion: 1, tool: { name: 'dflint', version }, failures: [gone] });
      expect(document.files.map(({ path }: { path: string }) => path)).toEqual(['a/Dockerfile', 'b/Dockerfile']);
      expect([error, code]).toEqual(['dflint: gone: no such file or folder\n', 2]);

      const nothing = run('gone');
      expect(JSON.parse(nothing.out)).toMatchObject({ files: [], failures: [gone] });
      expect([nothing.error, nothing.code]).toEqual(['dflint: gone: no such file or folder\n', 2]);
      expect(run('a/Dockerfile').error).toBe('');
    });
  });

  test('of rules', () => {
    const document = JSON.parse(dflint(['rules', '--format', 'json']).out);
    expect(Object.keys(document)).toEqual(['schemaVersion', 'tool', 'files', 'failures', 'rules']);
    expect(document).toMatchObject({ files: [], failures: [] });
  });
});
