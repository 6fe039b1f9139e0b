import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { cli, inFolder } from './run.ts';

interface Hook {
  readonly id: string;
  readonly entry: string;
  readonly language: string;
  readonly files: string;
  readonly exclude: string;
}

const [hook] = parse(readFileSync('.pre-commit-hooks.yaml', 'utf8')) as [Hook];
/** Python's `(?i)` at the beginning is JavaScript's flag. */
const pattern = (python: string): RegExp => new RegExp(python.replace(/^\(\?i\)/, ''), 'i');

const hasGit = spawnSync('git', ['--version']).status === 0;

/** What pre-commit does with the hook: the staged files that it wants, handed to its entry. */
const runner = `#!${process.execPath}
const { execFileSync, spawnSync } = require('node:child_process');
const staged = execFileSync('git', ['diff', '--cached', '--name-only', '--diff-filter=ACMR', '-z'], { encoding: 'utf8' }).split('\\0').filter(Boolean);
const wanted = staged.filter((path) => new RegExp(${JSON.stringify(pattern(hook.files).source)}, 'i').test(path) && !new RegExp(${JSON.stringify(pattern(hook.exclude).source)}, 'i').test(path));
process.exit(wanted.length === 0 ? 0 : spawnSync(process.execPath, [${JSON.stringify(cli)}, ...wanted], { stdio: 'inherit' }).status);
`;

test('the hook runs the bin of this package', () => {
  const { bin } = JSON.parse(readFileSync('package.json', 'utf8')) as { bin: Record<string, string> };
  expect(Object.keys(bin)).toContain(hook.entry);
  expect(hook).toMatchObject({ id: 'dflint', language: 'node' });
});

test.for<[string, boolean]>([
  ['Dockerfile', true],
  ['services/web/Dockerfile.prod', true],
  ['web.dockerfile', true],
  ['api.Dockerfile', true],
  ['Containerfile', true],
  ['dockerfile', true],
  ['x.Containerfile', true],
  ['Dockerfile-test', true],
  ['DOCKERFILE.dev', true],
  ['Dockerfile.md', false],
  ['Dockerfile.dockerignore', false],
  ['docs/Dockerfile-notes/readme.md', false],
  ['MyDockerfile', false],
])('wants %s: %s', ([path, wanted]) => {
  expect(pattern(hook.files).test(path) && !pattern(hook.exclude).test(path)).toBe(wanted);
});

describe.skipIf(!hasGit)('in a repository', () => {
  test('a commit is refused, then accepted', () => {
    inFolder({ 'README.md': 'x\n' }, (cwd) => {
      const git = (...args: string[]) =>
        spawnSync(
          'git',
          ['-c', 'user.name=A', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false', ...args],
          { cwd, encoding: 'utf8' },
        );
      execFileSync('git', ['init', '-q', '.'], { cwd });
      writeFileSync(join(cwd, '.git/hooks/pre-commit'), runner);
      chmodSync(join(cwd, '.git/hooks/pre-commit'), 0o755);

      writeFileSync(join(cwd, 'Dockerfile'), 'FROM alpine\nCMD ["sh"]\n');
      git('add', '.');
      const refused = git('commit', '-m', 'an image');
      expect(refused.status).not.toBe(0);
      expect(refused.stdout + refused.stderr).toContain('Dockerfile:1:6  warning  unpinned-base-image');
      expect(git('rev-parse', 'HEAD').status).not.toBe(0);

      writeFileSync(join(cwd, 'Dockerfile'), 'FROM alpine:3.22\nCMD ["sh"]\n');
      git('add', '.');
      const accepted = git('commit', '-m', 'an image');
      expect(accepted.status, accepted.stderr).toBe(0);

      // a commit that touches no Dockerfile asks for nothing
      writeFileSync(join(cwd, 'README.md'), 'y\n');
      git('add', '.');
      expect(git('commit', '-m', 'words').status).toBe(0);
    });
  });
});
