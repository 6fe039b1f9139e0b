import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dflint, inFolder } from './run.ts';

const clean = 'FROM alpine:3.22\nUSER nobody\nCMD ["sh"]\n';
const warned = 'FROM alpine\n';

describe('exit codes and messages', () => {
  test.for<[string, Record<string, string | Buffer>, string[], number, RegExp, RegExp]>([
    ['nothing to report', { Dockerfile: clean }, ['Dockerfile'], 0, /^Nothing to report in 1 file\.\n$/, /^$/],
    ['a warning', { Dockerfile: warned }, ['Dockerfile'], 1, /unpinned-base-image/, /^$/],
    [
      'a warning that does not count',
      { Dockerfile: warned },
      ['--fail-on', 'error', 'Dockerfile'],
      0,
      /1 warning in 1 file/,
      /^$/,
    ],
    ['never', { Dockerfile: 'RUM\n' }, ['--fail-on=never', 'Dockerfile'], 0, /2 errors|1 error/, /^$/],
    [
      'a folder is searched',
      { 'a/Dockerfile': clean, 'b/Containerfile': clean, 'c/x.dockerfile': clean },
      ['.'],
      0,
      /in 3 files/,
      /^$/,
    ],
    ['an empty path', { Dockerfile: clean }, ['', 'Dockerfile'], 2, /^$/, /a path is empty/],
    [
      'other spellings of the name',
      { 'a/dockerfile': clean, 'Dockerfile-test': clean, 'x.Containerfile': clean, 'Dockerfile.md': 'x\n' },
      ['.'],
      0,
      /in 3 files/,
      /^$/,
    ],
    ['no path means this folder', { 'a/Dockerfile.dev': clean }, [], 0, /in 1 file\./, /^$/],
    [
      'ignored files and folders are left out',
      {
        '.gitignore': 'skip\n',
        'skip/Dockerfile': warned,
        'node_modules/x/Dockerfile': warned,
        Dockerfile: clean,
        'Dockerfile.dockerignore': 'x',
      },
      ['.'],
      0,
      /in 1 file\./,
      /^$/,
    ],
    ['a pattern', { 'a/Dockerfile': clean, 'b/Dockerfile': clean }, ['*/Dockerfile'], 0, /in 2 files/, /^$/],
    ['a folder without any', { 'a/x.txt': '' }, ['a'], 2, /^$/, /dflint: a: no Dockerfile in this folder or below/],
    [
      'a missing file, the other reported',
      { Dockerfile: warned },
      ['gone', 'Dockerfile'],
      2,
      /unpinned-base-image/,
      /dflint: gone: no such file or folder/,
    ],
    [
      'a binary file, the other reported',
      { bin: Buffer.from([1, 0, 2]), Dockerfile: warned },
      ['bin', 'Dockerfile'],
      2,
      /unpinned/,
      /bin: not a text file: a zero byte at offset 1/,
    ],
    [
      'UTF-16',
      { wide: Buffer.from('\ufeffFROM a', 'utf16le') },
      ['wide'],
      2,
      /^$/,
      /wide: this is UTF-16; save it as UTF-8/,
    ],
    ['an empty file', { Dockerfile: '' }, ['Dockerfile'], 1, /The file has no instruction/, /^$/],
    ['a path through a file', { Dockerfile: clean }, ['Dockerfile/x'], 2, /^$/, /no such file or folder/],
    ['an unknown option', { Dockerfile: clean }, ['--fromat', 'json', 'Dockerfile'], 2, /^$/, /fromat/],
    ['an unknown format', { Dockerfile: clean }, ['--format', 'xml', 'Dockerfile'], 2, /^$/, /format.*"xml"/s],
    [
      'an unknown rule',
      { Dockerfile: clean },
      ['--rule', 'maintaner=off', 'Dockerfile'],
      2,
      /^$/,
      /there is no rule maintaner; maintainer is likely meant/,
    ],
    [
      'a bad severity',
      { Dockerfile: clean },
      ['--rule', 'maintainer=loud', 'Dockerfile'],
      2,
      /^$/,
      /error, warning, info, style or off/,
    ],
    [
      'a rule turned off by its alias',
      { Dockerfile: warned },
      ['--rule', 'dl3006=off', 'Dockerfile'],
      0,
      /Nothing to report/,
      /^$/,
    ],
    [
      'a rule made graver',
      { Dockerfile: warned },
      ['--rule', 'unpinned-base-image=error', '--fail-on', 'error', 'Dockerfile'],
      1,
      /1 error/,
      /^$/,
    ],
    [
      'the preset of hadolint has its levels',
      { Dockerfile: 'FROM alpine:3.22\nADD a /b\n' },
      ['--preset', 'hadolint', 'Dockerfile'],
      1,
      /2:1 {2}error {2}add-local-file/,
      /^$/,
    ],
    [
      'the preset of BuildKit has its checks only',
      { Dockerfile: 'FROM alpine\nADD a /b\nMAINTAINER a\n' },
      ['--preset', 'buildkit', 'Dockerfile'],
      1,
      /^1 warning in/m,
      /^$/,
    ],
    [
      'an option with a value cannot be turned off',
      { Dockerfile: warned },
      ['--no-context', 'Dockerfile'],
      2,
      /^$/,
      /There is no --no-context/,
    ],
  ])('%s', ([, files, args, code, out, error]) => {
    const result = inFolder(files, (cwd) => dflint(args, { cwd }));
    expect(result.out).toMatch(out);
    expect(result.error).toMatch(error);
    expect(result.error).not.toMatch(/\n {4}at /);
    expect(result.code).toBe(code);
  });

  test('a file that cannot be read, the other reported', () => {
    const { code, out, error } = inFolder({ Dockerfile: warned }, (cwd) => {
      symlinkSync('circle', join(cwd, 'circle'));
      return dflint(['circle', 'Dockerfile'], { cwd });
    });
    expect(error).toBe('dflint: circle: a circle of symbolic links\n');
    expect(out).toContain('unpinned-base-image');
    expect(code).toBe(2);
  });

  test('a file given twice is reported once', () => {
    const { out } = inFolder({ Dockerfile: warned }, (cwd) => dflint(['Dockerfile', 'Dockerfile'], { cwd }));
    expect(out).toContain('1 warning in 1 file.');
  });
});

test('standard input, under the name that is given', () => {
  expect(dflint(['-'], { input: warned }).out).toContain('-:1:6  warning');
  expect(dflint(['--stdin-filename', 'web/Dockerfile', '-'], { input: warned }).out).toContain(
    'web/Dockerfile:1:6  warning',
  );
  expect(dflint(['-'], { input: clean }).code).toBe(0);
});

describe('colours', () => {
  const coloured = (args: string[], env: NodeJS.ProcessEnv = {}) =>
    dflint([...args, '-'], { input: warned, env }).out.includes('\u001b[');
  test.for<[string, string[], NodeJS.ProcessEnv, boolean]>([
    ['a pipe has none', [], {}, false],
    ['when asked for', ['--color'], {}, true],
    ['when forced', [], { FORCE_COLOR: '1' }, true],
    ['not when refused', [], { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
    ['not when refused on the command line', ['--no-color'], { FORCE_COLOR: '1' }, false],
  ])('%s', ([, args, env, expected]) => expect(coloured(args, env)).toBe(expected));
});

test('a well-written Dockerfile gets no finding', () => {
  const good = readdirSync('fixtures', { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('Dockerfile.good'),
  );
  expect(good.length).toBeGreaterThan(5);
  const { out, code } = dflint([
    ...good.map((path) => `fixtures/${path}`),
    'fixtures/monorepo/services/web/Dockerfile',
  ]);
  expect(out).toBe(`Nothing to report in ${good.length + 1} files.\n`);
  expect(code).toBe(0);
});

test('nor does a file that follows the documentation of its ecosystem', () => {
  expect(readdirSync('fixtures/ecosystems')).toHaveLength(10);
  expect(dflint(['fixtures/ecosystems'])).toEqual({ code: 0, out: 'Nothing to report in 10 files.\n', error: '' });
});

test('five mistakes are five errors', () => {
  const { out } = dflint(['fixtures/broken/five-mistakes.Dockerfile']);
  expect(out).toContain('5 errors in 1 file.');
});

test('the screen', () => {
  expect(dflint(['fixtures/node-app/Dockerfile']).out).toMatchSnapshot();
});

test('wide characters, tabs and long lines keep the marks under the words', () => {
  const input = `FROM alpine:3.22\nRUN\techo 漢字カナ && apk update\nADD 文字.txt /x\nMAINTAINER ${'ä'.repeat(150)}\n`;
  expect(dflint(['-'], { input }).out).toMatchSnapshot();
});

test.for<[string[], string]>([
  [[], 'FROM a:1\nRU\x1b[31mN x\nCOPY --fr\x1bom=x a b\n'],
  [['layers'], 'FROM a:\x1b1\nRUN curl \x1b[31m\nCOPY --from=\x1bx a b\n'],
  [['layers'], 'FROM a\nRU\x1b[31mN x\n'],
  [['cache'], 'FROM a:\x1b1\nARG A=\x1b\nCOPY \x1bx a b\n'],
  [['cache', '--changed', '\x1bx'], 'FROM a:\x1b1\nCOPY \x1bx a b\n'],
  [['cache', '--rewrite'], 'FROM a:1\nARG BUILD_DATE=\x1b\nRUN pip install x\nLABEL date=$BUILD_DATE\n'],
  [['parse'], 'FROM a\nRU\x1b[31mN x\n'],
  [['stages'], 'FROM a:\x1b1\n'],
])('control characters of a file do not reach the terminal: dflint %s', ([args, input]) => {
  const { out, error } = dflint([...args, '-'], { input });
  expect(out + error).toContain('␛');
  expect(out + error).not.toContain('\x1b');
});

test('json keeps its contract', () => {
  const { out, code } = dflint(['--format', 'json', '-'], { input: 'FROM alpine:3.22\r\nADD a.conf /\r\n' });
  expect(code).toBe(0);
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(JSON.parse(out)).toEqual({
    schemaVersion: 1,
    tool: { name: 'dflint', version },
    files: [
      {
        path: '-',
        diagnostics: [
          {
            rule: 'add-local-file',
            aliases: ['DL3020'],
            severity: 'style',
            message: expect.stringContaining('ADD'),
            why: expect.any(String),
            instead: expect.any(String),
            url: expect.stringContaining('https://docs.docker.com/'),
            range: { start: { line: 2, column: 1, offset: 18 }, end: { line: 2, column: 4, offset: 21 } },
            fix: {
              safety: 'safe',
              title: 'Write COPY',
              edits: [
                {
                  range: { start: { line: 2, column: 1, offset: 18 }, end: { line: 2, column: 4, offset: 21 } },
                  text: 'COPY',
                },
              ],
            },
          },
        ],
        suppressed: 0,
      },
    ],
    failures: [],
    summary: { files: 1, error: 0, warning: 0, info: 0, style: 1 },
  });
});

test('json names what could not be read', () => {
  const { out, code } = dflint(['--format', 'json', 'no/such/file']);
  expect(code).toBe(2);
  expect(JSON.parse(out)).toMatchObject({
    files: [],
    failures: [{ path: 'no/such/file', message: 'no such file or folder' }],
  });
});

test('github annotations', () => {
  const { out } = inFolder({ 'a,b/Dockerfile': warned }, (cwd) =>
    dflint(['--format', 'github', 'a,b/Dockerfile'], { cwd }),
  );
  expect(out).toMatch(
    /^::warning file=a%2Cb\/Dockerfile,line=1,endLine=1,col=6,endColumn=12,title=unpinned-base-image DL3006::The base image alpine has no tag.*Instead: .*\n$/,
  );
});

test('a tree is printed as JSON, errors beside it', () => {
  const { out, error, code } = dflint(['parse', 'fixtures/broken/missing-backslash.Dockerfile']);
  expect(JSON.parse(out)).toMatchObject({
    kind: 'File',
    instructions: [{ kind: 'From' }, { kind: 'Run' }, { kind: 'Unknown' }, { kind: 'Cmd' }],
  });
  expect(error).toMatch(/missing-backslash\.Dockerfile:4:5: There is no instruction &&/);
  expect(code).toBe(1);
});

test('a tree ten thousand deep is printed too', () => {
  const { out, code } = dflint(['parse', '-'], {
    input: `FROM a\nENV X=${'${a:-'.repeat(10_000)}x${'}'.repeat(10_000)}\n`,
  });
  expect(code).toBe(0);
  expect(out.length).toBeGreaterThan(1_000_000);
});

test('help and version', () => {
  expect(dflint(['--help']).out).toMatch(
    /--format[\s\S]*Exit codes: 0 for nothing to report, 1 for findings that fail, 2 for an error\./,
  );
  expect(dflint(['--version']).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(dflint(['-v']).out).toMatch(/^\d+\.\d+\.\d+\n$/);
});
