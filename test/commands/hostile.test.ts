import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cli, dflint, inFolder, type Result } from './run.ts';

const clean = 'FROM alpine:3.22\nUSER nobody\nCMD ["sh"]\n';
const fixable = 'FROM alpine:3.22\nRUN apk add curl=8\nUSER nobody\n';
const isRoot = process.getuid?.() === 0;

/** One line or a few that name what is wrong; never where in our code. */
function clear({ code, error }: Result): void {
  expect(error).not.toMatch(/\n {4}at |file:\/\/|node:internal/);
  expect(error.length).toBeLessThan(2000);
  expect(code).not.toBeNull();
}

/** A run that ends by itself, however long a loaded machine takes. */
const run = (cwd: string, ...args: string[]): Result => dflint(args, { cwd });

describe('what is found and opened without being named', () => {
  const link = (target: string, name: string) => (cwd: string) => symlinkSync(target, join(cwd, name));
  const pipe = (name: string) => (cwd: string) => execFileSync('mkfifo', [join(cwd, name)]);
  const folder = (name: string) => (cwd: string) => mkdirSync(join(cwd, name));
  const file = (name: string, text: string) => (cwd: string) => writeFileSync(join(cwd, name), text);

  test.for<[string, (cwd: string) => unknown, string[], number, RegExp]>([
    ['package.json is a device', link('/dev/zero', 'package.json'), ['Dockerfile'], 0, /^$/],
    ['package.json is a pipe', pipe('package.json'), ['Dockerfile'], 0, /^$/],
    ['package.json is a folder', folder('package.json'), ['Dockerfile'], 0, /^$/],
    ['package.json is a pipe of the context', pipe('package.json'), ['cache', '--rewrite', 'Dockerfile'], 0, /^$/],
    ['package.json is a device of the context', link('/dev/zero', 'package.json'), ['--context=.', '.'], 0, /^$/],
    ['.dockerignore is a device', link('/dev/zero', '.dockerignore'), ['layers', 'Dockerfile'], 0, /^$/],
    ['.dockerignore is a pipe', pipe('.dockerignore'), ['layers', 'Dockerfile'], 0, /^$/],
    [
      '.dflint.yaml is a device',
      link('/dev/zero', '.dflint.yaml'),
      ['Dockerfile'],
      2,
      /\.dflint\.yaml: it is not a reg/,
    ],
    ['.dflint.yaml is a pipe', pipe('.dflint.yaml'), ['Dockerfile'], 2, /\.dflint\.yaml: it is not a regular file/],
    ['.dflint.yaml is a folder', folder('.dflint.yaml'), ['Dockerfile'], 2, /\.dflint\.yaml: it is a folder/],
    ['.dflint.yaml leads nowhere', link('gone', '.dflint.yaml'), ['Dockerfile'], 2, /it cannot be read \(ENOENT\)/],
    [
      '.dflint.yaml leads out',
      link('/etc/passwd', '.dflint.yaml'),
      ['Dockerfile'],
      2,
      /it links out of the repository/,
    ],
    ['.dflint.yaml is huge', file('.dflint.yaml', '#'.repeat(2 ** 21)), ['Dockerfile'], 2, /it is larger than 1 MiB/],
    ['.hadolint.yaml is a device', link('/dev/zero', '.hadolint.yaml'), ['Dockerfile'], 0, /it is not a regular file/],
    ['.hadolint.yaml is a folder', folder('.hadolint.yaml'), ['Dockerfile'], 0, /\.hadolint\.yaml: it is a folder/],
    [
      'aliases that unfold without end',
      file(
        '.dflint.yaml',
        `a0: &a0 [x]\n${Array.from({ length: 30 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}, *a${n}]\n`).join('')}`,
      ),
      ['Dockerfile'],
      2,
      /\.dflint\.yaml:1:1: this cannot be read as YAML/,
    ],
    ['a hundred thousand brackets', file('.dflint.yaml', `a: ${'['.repeat(100_000)}`), ['Dockerfile'], 2, /YAML/],
    ['a context outside', file('.dflint.yaml', 'context: /\n'), ['Dockerfile'], 2, /context \/ is outside the repo/],
    ['a context above', file('.dflint.yaml', 'context: ../..\n'), ['Dockerfile'], 2, /outside the repository/],
    ['a name that steers', file('.dflint.yaml', '"\\e[31m": 1\n'), ['Dockerfile'], 2, /there is no key ␛\[31m/],
  ])('%s', ([, make, args, code, message]) => {
    inFolder({ Dockerfile: clean }, (cwd) => {
      make(cwd);
      const result = run(cwd, ...args);
      clear(result);
      expect(result.error).toMatch(message);
      expect(result.error).not.toContain('\u001b');
      expect(result.code).toBe(code);
    });
  });

  test('a config may be a link inside of its repository', () => {
    inFolder({ 'a/Dockerfile': 'FROM alpine\n', 'shared/dflint.yaml': 'rules: {DL3006: off}\n' }, (cwd) => {
      mkdirSync(join(cwd, '.git'));
      symlinkSync('../shared/dflint.yaml', join(cwd, 'a/.dflint.yaml'));
      expect(run(cwd, 'a/Dockerfile')).toMatchObject({ code: 0, error: '' });
    });
  });

  test('links to folders are not followed', () => {
    inFolder({ 't/Dockerfile': clean }, (cwd) => {
      for (const name of ['a', 'b', 'c']) symlinkSync('.', join(cwd, 't', name));
      expect(run(cwd, 't').out).toMatch(/in 1 file\./);
      expect(run(cwd, 't/**/Dockerfile').out).toMatch(/in 1 file\./);
    });
  });
});

describe('words of the command line', () => {
  test.for([
    ['{1..10000000}', /this pattern has too many alternatives/],
    [`${'{a,b}'.repeat(22)}`, /this pattern has too many alternatives/],
    ['', /a path is empty/],
  ] as const)('%s', ([word, message]) => {
    const result = inFolder({ Dockerfile: clean }, (cwd) => run(cwd, word));
    clear(result);
    expect(result.error).toMatch(message);
    expect(result.code).toBe(2);
  });

  test('the working directory is gone', () => {
    const result = inFolder({}, (cwd) => {
      const script = `mkdir gone && cd gone && rmdir ../gone && exec "$0" "$1" Dockerfile`;
      const { status, stderr, stdout } = spawnSync('sh', ['-c', script, process.execPath, cli], {
        cwd,
        encoding: 'utf8',
      });
      return { code: status, error: stderr, out: stdout };
    });
    expect(result.error).not.toMatch(/\n {4}at .*dflint/);
    expect(result.code).not.toBe(0);
  });

  test.skipIf(!existsSync('/dev/full'))('the disk is full', () => {
    inFolder({ Dockerfile: clean }, (cwd) => {
      const full = openSync('/dev/full', 'w');
      const { status, stderr } = spawnSync(process.execPath, [cli, 'Dockerfile'], {
        cwd,
        encoding: 'utf8',
        stdio: ['ignore', full, 'pipe'],
      });
      expect(stderr).toBe('dflint: the output could not be written: ENOSPC\n');
      expect(status).toBe(2);
    });
  });
});

describe('files that cannot simply be replaced', () => {
  const args = ['--no-config', '--preset=all', '--fix-suggestions', 'Dockerfile'];

  test('with another name', () => {
    inFolder({ Dockerfile: fixable }, (cwd) => {
      linkSync(join(cwd, 'Dockerfile'), join(cwd, 'other'));
      const result = run(cwd, ...args);
      expect(result.error).toContain('it has 2 names (hard links), and the others would keep the old text');
      expect(result.code).toBe(2);
      expect(readFileSync(join(cwd, 'other'), 'utf8')).toBe(fixable);
      expect(statSync(join(cwd, 'Dockerfile')).nlink).toBe(2);
    });
  });

  test('read-only', () => {
    inFolder({ Dockerfile: fixable }, (cwd) => {
      chmodSync(join(cwd, 'Dockerfile'), 0o444);
      const result = run(cwd, ...args);
      expect(result.error).toContain('it is read-only; nothing was fixed');
      expect(result.out).toContain('; 1 file could not be written.');
      expect(readFileSync(join(cwd, 'Dockerfile'), 'utf8')).toBe(fixable);
    });
  });

  test.skipIf(!isRoot)('of another user', () => {
    inFolder({ Dockerfile: fixable }, (cwd) => {
      chmodSync(cwd, 0o777);
      chmodSync(join(cwd, 'Dockerfile'), 0o666);
      const { status, stderr } = spawnSync(process.execPath, [cli, ...args], {
        cwd,
        encoding: 'utf8',
        uid: 65534,
        gid: 65534,
      });
      expect(stderr).toContain('it belongs to another user; nothing was fixed');
      expect(status).toBe(2);
    });
  });
});

describe('standard input stands for a file', () => {
  const files = { 'c/.dflint.yaml': 'rules:\n  unpinned-base-image: off\n', 'c/d/x': '' };

  test.for(['c/d/Dockerfile', 'c/Dockerfile.new', './c/d/../Dockerfile'])('%s has the config of its folder', (name) => {
    inFolder(files, (cwd) => {
      const input = 'FROM debian\nUSER 1000\n';
      const near = dflint(['--stdin-filename', name, '-'], { cwd, input });
      expect([near.code, near.out]).toEqual([0, 'Nothing to report in 1 file.\n']);
      const absolute = dflint(['--stdin-filename', join(cwd, name), '-'], { cwd, input });
      expect(absolute.code).toBe(0);
      expect(dflint(['-'], { cwd, input }).code).toBe(1);
    });
  });

  test('also where it is not there', () => {
    inFolder({}, (cwd) => {
      const result = dflint(['--stdin-filename', 'no/such/Dockerfile', '-'], { cwd, input: clean });
      expect(result.code).toBe(0);
    });
  });
});

describe("hadolint's options", () => {
  test.for<[string[], number, RegExp]>([
    [['-f', 'tty'], 1, /^Dockerfile:1 DL3006 warning: /],
    [['--format=gnu', '--no-color'], 1, /^dflint:Dockerfile:1: DL3006 warning: /],
    [['-f', 'checkstyle', '--file-path-in-report', 'x/y'], 1, /<file name="x\/y"><error line="1" /],
    [['-f', 'gitlab_codeclimate', '--file-path-in-report=p'], 1, /"path":"p"/],
    [['-f', 'codeclimate'], 0, /"check_name":"DL3006"/],
    [['-f', 'codacy'], 0, /"patternId":"DL3006"/],
    [['-f', 'sonarqube'], 1, /"ruleId":"DL3006"/],
    [['-f', 'sarif'], 1, /"ruleId": "DL3006"/],
    [['-f', 'junit'], 1, /<testsuite name="Dockerfile"/],
    [['-V', '-f', 'tty'], 1, /^Dockerfile:1 DL3006/],
    [['-t', 'error'], 0, /DL3006/],
    [['--no-fail'], 0, /DL3006/],
  ])('%s', ([args, code, out]) => {
    const result = inFolder({ Dockerfile: 'FROM debian\nUSER 1000\n' }, (cwd) => run(cwd, ...args, 'Dockerfile'));
    expect(result.out).toMatch(out);
    expect(result.code).toBe(code);
    expect(result.error).toMatch(args[0] === '-V' ? /^dflint: config none, preset recommended/ : /^$/);
  });
});

test('a repository cannot have its filters run, however many settings it has', () => {
  inFolder({ Dockerfile: 'FROM alpine:3.22\nCOPY . /a\n', 'f.txt': 'a\n' }, (cwd) => {
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd });
    git('init', '--quiet');
    git('add', '.');
    git('commit', '--quiet', '-m', 'one');
    const trap = join(cwd, '.git/trap');
    writeFileSync(trap, `#!/bin/sh\ntouch '${trap}ped'\ncat\n`);
    chmodSync(trap, 0o755);
    // the settings have more bytes than a program takes in, and the filter stands behind a name that is a secret of theirs
    const name = 'x'.repeat(100_000);
    writeFileSync(join(cwd, '.git/inc'), `[filter "${name}"]\n\tclean = x\n`);
    const includes = '\tpath = inc\n'.repeat(30);
    writeFileSync(
      join(cwd, '.git/config'),
      `[core]\n\trepositoryformatversion = 0\n[filter "evil"]\n\tclean = ${trap}\n\trequired = true\n[include]\n${includes}`,
    );
    writeFileSync(join(cwd, '.gitattributes'), '*.txt filter=evil\n');
    writeFileSync(join(cwd, 'f.txt'), 'b\n');
    const result = run(cwd, 'cache', '--since', 'HEAD', 'Dockerfile');
    expect(result.error).toBe('');
    expect(result.out).toContain('f.txt');
    expect(existsSync(`${trap}ped`)).toBe(false);
  });
});

test('a folder that was unpacked from an image leads nowhere else', () => {
  inFolder({ 'image/oci-layout': '{"imageLayoutVersion":"1.0.0"}' }, (cwd) => {
    symlinkSync('/etc/passwd', join(cwd, 'image/index.json'));
    const result = run(cwd, 'layers', '--image', 'image');
    clear(result);
    expect(result.error).not.toContain('root');
    expect(result.code).toBe(2);
    rmSync(join(cwd, 'image'), { recursive: true });
  });
});

test('a bare repository has no work tree to compare', () => {
  inFolder({ Dockerfile: clean }, (cwd) => {
    execFileSync('git', ['init', '--quiet', '--bare', 'bare'], { cwd });
    writeFileSync(join(cwd, 'bare/Dockerfile'), clean);
    const result = run(join(cwd, 'bare'), 'cache', '--since', 'HEAD', 'Dockerfile');
    expect(result.error).toMatch(/repository without a work tree/);
    expect(result.code).toBe(2);
  });
});
