import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Cache, cacheFolder, diskCache } from '../../src/shellcheck/cache.ts';
import type { Finding } from '../../src/shellcheck/finding.ts';
import { shellcheckWith } from '../../src/shellcheck/index.ts';
import type { Runner } from '../../src/shellcheck/runner.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dflint-cache-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const script = '#!/bin/sh\nls $A\n';
const finding: Finding = {
  code: 2086,
  level: 'info',
  message: 'Double quote.',
  span: { start: 13, end: 15 },
  edits: [{ span: { start: 13, end: 13 }, text: '"' }],
};
const entries = (): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.includes('.json'))
    .map((path) => join(folder, path));

test('what was written is read, for this script and this version', () => {
  const cache = diskCache(folder);
  cache.write('native 0.11.0', script, [finding]);
  cache.write('native 0.11.0', 'ls', []);
  const later = diskCache(folder);
  expect(later.read('native 0.11.0', script)).toEqual([finding]);
  expect(later.read('native 0.11.0', 'ls')).toEqual([]);
  expect(later.read('native 0.10.0', script)).toBeUndefined();
  expect(later.read('native 0.11.0', `${script} `)).toBeUndefined();
  expect(entries()).toHaveLength(2);
});

/** An entry whose hash is right. */
const seal = (body: string): string => `${createHash('sha256').update(body).digest('hex')}\n${body}`;

describe('a damaged entry is none, and is written anew', () => {
  const damages: Readonly<Record<string, (content: string) => string>> = {
    empty: () => '',
    'cut short': (content) => content.slice(0, -5),
    'without its hash': (content) => content.slice(content.indexOf('\n') + 1),
    'another number': (content) => content.replace('2086', '2087'),
    'another form': () => seal('{"code":1}'),
    'another list': () => seal('[1, null]'),
    'beyond the script': () => seal(JSON.stringify([{ ...finding, span: { start: 13, end: 99 } }])),
    'an unknown level': () => seal(JSON.stringify([{ ...finding, level: 'grave' }])),
    'no JSON': () => seal('nothing'),
    binary: () => '\0\u{fffd}\0',
  };
  for (const [caption, damage] of Object.entries(damages))
    test(caption, () => {
      const cache = diskCache(folder);
      cache.write('v', script, [finding]);
      const [path = ''] = entries();
      writeFileSync(path, damage(readFileSync(path, 'utf8')));
      expect(cache.read('v', script)).toBeUndefined();
      cache.write('v', script, [finding]);
      expect(cache.read('v', script)).toEqual([finding]);
    });
});

test('a folder that cannot be made', () => {
  writeFileSync(join(folder, 'file'), '');
  const cache = diskCache(join(folder, 'file'));
  cache.write('v', script, [finding]);
  expect(cache.read('v', script)).toBeUndefined();
  cache.trim();
});

test('the oldest are dropped beyond what may be kept', () => {
  const cache = diskCache(folder, { entries: 32, bytes: 1_000_000 });
  for (let index = 0; index < 400; index++) cache.write('v', `old ${index}`, []);
  for (const path of entries()) utimesSync(path, 1, 1);
  cache.write('v', 'new', []);
  for (let index = 400; index < 500; index++) cache.write('v', `old ${index}`, []);
  cache.trim();
  expect(entries().length).toBeLessThanOrEqual(32);
  expect(cache.read('v', 'old 1')).toBeUndefined();
  const small = diskCache(folder, { entries: 1000, bytes: 16 * 200 });
  for (let index = 0; index < 200; index++) small.write('w', `script ${index}`, [finding]);
  small.trim();
  expect(entries().length).toBeLessThanOrEqual(16);
});

test('runs at the same time see whole entries', async () => {
  const program = `
    const { diskCache } = await import(${JSON.stringify(new URL('../../src/shellcheck/cache.ts', import.meta.url).href)});
    const cache = diskCache(${JSON.stringify(folder)}, { entries: 160, bytes: 1e6 });
    let wrong = 0;
    for (let index = 0; index < 300; index++) {
      const script = 'script ' + index % 20;
      const found = cache.read('v', script);
      if (found && found[0]?.message !== script.repeat(50)) wrong++;
      cache.write('v', script, [{ code: 1, level: 'info', message: script.repeat(50), span: { start: 0, end: 1 }, edits: [] }]);
      if (index % 50 === 0) cache.trim();
    }
    process.exitCode = wrong;`;
  const run = (): Promise<number | null> =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      child.on('exit', resolve);
    });
  expect(await Promise.all(Array.from({ length: 4 }, run))).toEqual([0, 0, 0, 0]);
  const left = entries();
  expect(left).toHaveLength(20);
  expect(left.filter((path) => !path.endsWith('.json'))).toEqual([]);
});

test('where it is kept', () => {
  const at = (variables: Readonly<Record<string, string>>): string => cacheFolder((name) => variables[name]);
  expect(at({ XDG_CACHE_HOME: folder })).toBe(join(folder, 'dflint'));
  expect(at({ XDG_CACHE_HOME: 'relative' })).toBe(at({}));
  expect(at({})).toMatch(/dflint$/);
});

test('the same script is asked once, in one run and in the next', async () => {
  let asked = 0;
  const runner: Runner = {
    version: 'v',
    busybox: true,
    slots: 2,
    check: async () => {
      asked++;
      return [];
    },
    close: async () => {},
  };
  const cache: Cache = diskCache(folder);
  const files = [{ text: 'FROM x\nRUN ls $A\nRUN ls $A\n' }, { text: 'FROM x\nENV B=1\nRUN ls $A\n' }];
  await shellcheckWith(runner, cache).check(files);
  expect(asked).toBe(1);
  await shellcheckWith(runner, diskCache(folder)).check(files);
  expect(asked).toBe(1);
  await shellcheckWith({ ...runner, version: 'w' }, cache).check(files);
  expect(asked).toBe(2);
  await shellcheckWith(runner, cache).check([{ text: 'FROM x\nENV A=1\nRUN ls $A\n' }]);
  expect(asked).toBe(3);
});
