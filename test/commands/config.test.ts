import { chmodSync, lstatSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dflint, inFolder } from './run.ts';

const file = 'FROM alpine\nADD a.sh /\nUSER 1000\nCMD ["sh"]\n';
/** The rules and severities that are reported, without those of other files. */
const found = (out: string): string[] =>
  [...out.matchAll(/^(\S+?):\d+:\d+ {2}(\w+) {2}([\w-]+)/gm)].map(([, , severity, rule]) => `${severity} ${rule}`);

describe('the build context', () => {
  const files = {
    'app/Dockerfile': 'FROM node:22.11-slim\nWORKDIR /app\nCOPY . .\nUSER 1000\nCMD ["node", "a.js"]\n',
    'app/a.js': '1\n',
    'app/.env': 'TOKEN=1\n',
  };
  const ignored = { '.dockerignore': '**/.env\n' };
  const of = (more: Record<string, string>, ...args: string[]) =>
    inFolder({ ...files, ...more }, (cwd) => dflint(['app/Dockerfile', ...args], { cwd }));

  test('is none unless it is named', () => {
    expect(found(of({}).out)).toEqual([]);
    expect(found(of({}, '--context', 'app').out)).toEqual(['warning missing-ignore-file']);
  });
  test('is seen from the config file, and the command line goes before', () => {
    expect(found(of({ '.dflint.yaml': 'context: app\n' }).out)).toEqual(['warning missing-ignore-file']);
    expect(found(of({ 'app/.dflint.yaml': 'context: .\n' }).out)).toEqual(['warning missing-ignore-file']);
    expect(found(of({ ...ignored, '.dflint.yaml': 'context: .\n' }).out)).toEqual([]);
    expect(found(of({ ...ignored, 'app/.dflint.yaml': 'context: .\n' }, '--context', '.').out)).toEqual([]);
  });
  test('has to be there', () => {
    const { code, error } = of({ '.dflint.yaml': 'context: gone\n' });
    expect([code, error]).toEqual([2, expect.stringMatching(/^dflint: the build context \S*gone is not a folder\n$/)]);
  });
});

describe('which config holds', () => {
  test.for<[string, Record<string, string>, string[], string[], number]>([
    ['none', {}, [], ['warning unpinned-base-image', 'style add-local-file'], 1],
    ['ours, further up', { '.dflint.yaml': 'rules: {DL3006: off}\n' }, [], ['style add-local-file'], 0],
    [
      'in a package.json',
      { 'package.json': '{"dflint":{"rules":{"DL3020":"info"},"fail-on":"error"}}' },
      [],
      ['warning unpinned-base-image', 'info add-local-file'],
      0,
    ],
    [
      'a package.json without it',
      { 'package.json': '{"name":"dflint"}' },
      [],
      ['warning unpinned-base-image', 'style add-local-file'],
      1,
    ],
    [
      'ours before theirs',
      { '.dflint.yaml': 'preset: recommended\n', 'web/.hadolint.yaml': 'ignored: [DL3006]\n' },
      [],
      ['warning unpinned-base-image', 'style add-local-file'],
      1,
    ],
    ["hadolint's, with its levels", { '.hadolint.yaml': 'ignored: [DL3006]\n' }, [], ['error add-local-file'], 1],
    [
      "hadolint's threshold",
      { '.hadolint.yml': 'ignored: [DL3006]\noverride:\n  warning: [DL3020]\nfailure-threshold: error\n' },
      [],
      ['warning add-local-file'],
      0,
    ],
    [
      'none is wanted',
      { '.dflint.yaml': 'rules: {DL3006: off}\n' },
      ['--no-config'],
      ['warning unpinned-base-image', 'style add-local-file'],
      1,
    ],
    [
      'the command line wins',
      { '.dflint.yaml': 'rules: {DL3006: off}\n' },
      ['--rule', 'DL3006=error'],
      ['error unpinned-base-image', 'style add-local-file'],
      1,
    ],
    [
      'one by name',
      { 'other.yaml': 'rules: {DL3006: off, DL3020: style}\n' },
      ['--config', 'other.yaml'],
      ['style add-local-file'],
      0,
    ],
    ["hadolint's options", {}, ['--ignore', 'DL3006', '--info', 'DL3020', '-t', 'warning'], ['info add-local-file'], 0],
    ['no failing', {}, ['--no-fail'], ['warning unpinned-base-image', 'style add-local-file'], 0],
  ])('%s', ([, files, args, expected, code]) => {
    const result = inFolder({ 'web/Dockerfile': file, ...files }, (cwd) =>
      dflint([...args, 'web/Dockerfile'], { cwd }),
    );
    expect(result.error).toBe('');
    expect(found(result.out)).toEqual(expected);
    expect(result.code).toBe(code);
  });

  test("hadolint's variables", () => {
    const env = { HADOLINT_IGNORE: 'DL3006', HADOLINT_OVERRIDE_STYLE: 'DL3020' };
    const { out } = inFolder({ Dockerfile: file }, (cwd) => dflint(['Dockerfile'], { cwd, env }));
    expect(found(out)).toEqual(['style add-local-file']);
  });

  test('each file has the nearest', () => {
    const files = { 'a/Dockerfile': file, 'a/.dflint.yaml': 'rules: {DL3020: off}\n', 'b/Dockerfile': file };
    const { out } = inFolder(files, (cwd) => dflint(['a/Dockerfile', 'b/Dockerfile'], { cwd }));
    expect(found(out)).toEqual(['warning unpinned-base-image', 'warning unpinned-base-image', 'style add-local-file']);
  });

  test('comments that ignore can be turned off', () => {
    const text = `# dflint ignore=all\n${file}`;
    const run = (...args: string[]) =>
      inFolder({ Dockerfile: text }, (cwd) => dflint([...args, 'Dockerfile'], { cwd }));
    expect(found(run().out)).toEqual(['style add-local-file']);
    expect(found(run('--disable-ignore-pragma').out)).toEqual(['warning unpinned-base-image', 'style add-local-file']);
  });
});

describe('a config that cannot be used', () => {
  test.for<[string, string, string[], RegExp]>([
    [
      '.dflint.yaml',
      'presets: all\n',
      [],
      /^dflint: \.dflint\.yaml:1:1: there is no key presets; preset is likely meant\n$/,
    ],
    ['.dflint.json', '{"rules":', [], /^dflint: \.dflint\.json:1:\d+: this is not YAML/],
    ['x', '', ['--config', 'gone.yaml'], /^dflint: --config gone\.yaml: the file does not exist/],
  ])('%s %s', ([name, text, args, expected]) => {
    const result = inFolder({ Dockerfile: file, [name]: text }, (cwd) => dflint([...args, 'Dockerfile'], { cwd }));
    expect(result.error).toMatch(expected);
    expect(result.code).toBe(2);
  });

  test("a mistake in hadolint's is told, the rest of it holds", () => {
    const files = { Dockerfile: file, '.hadolint.yaml': 'ignored: [DL3006]\ntreshold: error\n' };
    const result = inFolder(files, (cwd) => dflint(['Dockerfile'], { cwd }));
    expect(result.error).toBe('dflint: .hadolint.yaml:2:1: there is no key treshold\n');
    expect(found(result.out)).toEqual(['error add-local-file']);
  });
});

describe('init', () => {
  test('writes a config that says what holds without one', () => {
    inFolder({ Dockerfile: file }, (cwd) => {
      expect(dflint(['init'], { cwd })).toMatchObject({ code: 0, out: '.dflint.yaml written\n' });
      expect(found(dflint(['Dockerfile'], { cwd }).out)).toEqual([
        'warning unpinned-base-image',
        'style add-local-file',
      ]);
      expect(dflint(['init'], { cwd })).toMatchObject({ code: 2, error: 'dflint: .dflint.yaml already exists\n' });
    });
  });

  test('says what the config of hadolint says', () => {
    const theirs =
      'ignored: [DL3006]\noverride: {style: [DL3020]}\nfailure-threshold: error\ntrustedRegistries: [docker.io]\nlabel-schema: {team: text}\n';
    inFolder({ Dockerfile: file, '.hadolint.yaml': theirs }, (cwd) => {
      const before = dflint(['Dockerfile'], { cwd });
      expect(dflint(['init', '--from-hadolint'], { cwd }).code).toBe(0);
      expect(dflint(['Dockerfile'], { cwd })).toEqual(before);
      const written = readFileSync(join(cwd, '.dflint.yaml'), 'utf8');
      expect(written).toContain('DL3006: off');
      expect(written).not.toMatch(/[&*]a1/);
    });
  });

  test('there is not one of hadolint', () => {
    expect(
      inFolder({}, (cwd) => dflint(['init', '--from-hadolint'], { cwd, env: { HOME: cwd, XDG_CONFIG_HOME: cwd } })),
    ).toMatchObject({ code: 2 });
  });
});

describe('fixing', () => {
  const broken = 'FROM alpine:3.22\r\nADD a.sh /\r\nMAINTAINER me\r\nUSER 1000\r\n';
  const safe = broken.replace('ADD', 'COPY');

  test('replaces the file, mode and link kept', () => {
    inFolder({ 'real/Dockerfile': broken }, (cwd) => {
      chmodSync(join(cwd, 'real/Dockerfile'), 0o640);
      symlinkSync('real/Dockerfile', join(cwd, 'Dockerfile'));
      const { out, code } = dflint(['--fix', 'Dockerfile'], { cwd });
      expect(out).toContain('1 fixed');
      expect(code).toBe(0);
      expect(readFileSync(join(cwd, 'real/Dockerfile'), 'utf8')).toBe(safe);
      expect(statSync(join(cwd, 'real/Dockerfile')).mode & 0o777).toBe(0o640);
      expect(lstatSync(join(cwd, 'Dockerfile')).isSymbolicLink()).toBe(true);
    });
  });

  test('suggestions, where they are asked for', () => {
    inFolder({ Dockerfile: broken }, (cwd) => {
      expect(dflint(['--fix-suggestions', 'Dockerfile'], { cwd }).code).toBe(0);
      expect(readFileSync(join(cwd, 'Dockerfile'), 'utf8')).toContain(
        'LABEL org.opencontainers.image.authors="me"\r\n',
      );
    });
  });

  test('a dry run sends no control characters of the file to the terminal', () => {
    inFolder({ Dockerfile: 'FROM alpine:3.22\n# \u001b[31m\nADD a.sh /\nUSER 1000\n' }, (cwd) => {
      const { out } = dflint(['--fix', '--dry-run', 'Dockerfile'], { cwd });
      expect(out).toContain('+COPY a.sh /');
      expect(out).not.toContain('\u001b');
    });
  });

  test('a dry run shows a diff and changes nothing', () => {
    inFolder({ Dockerfile: 'FROM alpine:3.22\nADD a.sh /\nUSER 1000\n' }, (cwd) => {
      const { out, error, code } = dflint(['--fix', '--dry-run', 'Dockerfile'], { cwd });
      expect(out).toBe(
        '--- a/Dockerfile\n+++ b/Dockerfile\n@@ -1,3 +1,3 @@\n FROM alpine:3.22\n-ADD a.sh /\n+COPY a.sh /\n USER 1000\n',
      );
      expect(error).toBe('Nothing to report in 1 file, 1 more would be fixed.\n');
      expect(code).toBe(1);
      expect(readFileSync(join(cwd, 'Dockerfile'), 'utf8')).toContain('ADD');
    });
  });

  test('of standard input the result is printed', () => {
    const { out, error } = dflint(['--fix', '-'], { input: 'FROM alpine:3.22\nADD a.sh /\n' });
    expect(out).toBe('FROM alpine:3.22\nCOPY a.sh /\n');
    expect(error).toContain('1 fixed');
  });

  test('a file that is not UTF-8 stands as it stood', () => {
    const bytes = Buffer.from('FROM alpine:3.22\n# \xe9\nADD a.sh /\n', 'latin1');
    inFolder({ Dockerfile: bytes }, (cwd) => {
      const { out, error, code } = dflint(['--fix', 'Dockerfile'], { cwd });
      expect(error).toContain('it is not valid UTF-8; nothing was fixed');
      expect(out).toMatch(/1 style remark in 1 file; 1 file could not be written\.\n$/);
      expect(code).toBe(2);
      const both = dflint(['--fix', 'Dockerfile', 'gone'], { cwd });
      expect(both.out).toMatch(/in 1 file; 1 path could not be read; 1 file could not be written\.\n$/);
      expect(readFileSync(join(cwd, 'Dockerfile'))).toEqual(bytes);
    });
  });

  test('a clean file is not written', () => {
    inFolder({ Dockerfile: 'FROM alpine:3.22\nUSER 1000\n' }, (cwd) => {
      const path = join(cwd, 'Dockerfile');
      writeFileSync(path, 'FROM alpine:3.22\nUSER 1000\n');
      const before = statSync(path).ino;
      expect(dflint(['--fix', 'Dockerfile'], { cwd }).code).toBe(0);
      expect(statSync(path).ino).toBe(before);
    });
  });
});

test('a rule explains itself under any of its names', () => {
  for (const name of ['add-local-file', 'dl3020']) {
    const { out, code } = dflint(['explain', name]);
    expect(out).toContain('add-local-file  DL3020');
    expect(out).toContain('    - ADD entrypoint.sh /usr/local/bin/');
    expect(code).toBe(0);
  }
  expect(dflint(['explain', 'SC9999']).out).toContain('https://www.shellcheck.net/wiki/SC9999');
  expect(dflint(['explain', 'add-local-fil'])).toMatchObject({
    code: 2,
    error: 'dflint: there is no rule add-local-fil; add-local-file is likely meant\n',
  });
});

test('rules are listed, those of a preset too', () => {
  const all = JSON.parse(dflint(['rules', '--format', 'json']).out).rules as { id: string; preset: string }[];
  expect(all.map(({ id }) => id)).toContain('syntax-error');
  const recommended = dflint(['rules', '--preset', 'recommended']).out;
  for (const { id, preset } of all) expect(recommended.includes(`${id} `)).toBe(preset === 'recommended');
});

test('hadolint has its own JSON', () => {
  const { out } = dflint(['--format', 'hadolint', '-'], { input: 'FROM alpine\n' });
  expect(JSON.parse(out)).toEqual([
    { code: 'DL3006', column: 6, file: '-', level: 'warning', line: 1, message: expect.any(String) },
  ]);
});

describe('the real ShellCheck', () => {
  const text = 'FROM debian:12\nRUN cd /srv \\\n    && echo $HOST_NAME\nUSER 1000\n';
  const run = (args: readonly string[], files: Record<string, string> = {}) =>
    inFolder({ Dockerfile: text, ...files }, (cwd) =>
      dflint([...args, 'Dockerfile'], { cwd, env: { XDG_CACHE_HOME: join(cwd, 'cache') } }),
    );

  test('is asked where that is wanted, and points at the exact words', () => {
    expect(found(run([]).out)).toEqual([]);
    expect(run(['--shellcheck']).out).toMatch(/^Dockerfile:3:13 {2}info {2}shellcheck\/SC2086 SC2086\n/);
    expect(found(run([], { '.dflint.yaml': 'shellcheck: true\n' }).out)).toEqual(['info shellcheck']);
    expect(found(run(['--preset', 'hadolint', '--no-shellcheck', '--ignore', 'DL3003']).out)).toEqual([
      'info unquoted-expansion',
    ]);
  });

  test('its findings have the levels of the config and take the place of ours', () => {
    expect(found(run(['--shellcheck', '--rule', 'SC2086=error']).out)).toEqual(['error shellcheck']);
    expect(found(run(['--shellcheck', '--rule', 'shellcheck/SC2086=off']).out)).toEqual([]);
    expect(found(run(['--preset', 'hadolint', '--ignore', 'DL3003']).out)).toEqual(['info shellcheck']);
  });

  test('its fixes are suggestions', () => {
    const { out } = run(['--shellcheck', '--fix-suggestions', '--dry-run']);
    expect(out).toContain('+    && echo "$HOST_NAME"\n');
    expect(run(['--shellcheck', '--fix', '--dry-run']).out).toBe('');
  });
});
