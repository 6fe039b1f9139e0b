import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const isMissing = spawnSync('pre-commit', ['--version']).status !== 0;
if (isMissing) console.warn('skipped: the hook under the real pre-commit needs pre-commit');

const identity = ['-c', 'user.name=A', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false'];

describe.skipIf(isMissing)('the real pre-commit', { timeout: 600_000 }, () => {
  let root: string;
  const env = () => ({ ...process.env, PRE_COMMIT_HOME: join(root, 'home') });
  const git = (folder: string, ...args: string[]) =>
    spawnSync('git', [...identity, ...args], { cwd: join(root, folder), encoding: 'utf8', env: env() });

  /** This project as it stands, as a repository that pre-commit can clone. */
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'dflint-'));
    for (const folder of ['hook', 'work']) mkdirSync(join(root, folder));
    const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard']);
    const deleted = execFileSync('git', ['ls-files', '-z', '--deleted']).toString().split('\0');
    for (const path of listed.toString().split('\0')) {
      if (path === '' || deleted.includes(path)) continue;
      mkdirSync(dirname(join(root, 'hook', path)), { recursive: true });
      copyFileSync(path, join(root, 'hook', path));
    }
    for (const folder of ['hook', 'work']) git(folder, 'init', '-q', '.');
    git('hook', 'add', '.');
    expect(git('hook', 'commit', '-q', '-m', 'a').stderr).toBe('');
  }, 60_000);
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  test('installs the hook from a clone, refuses a commit, and accepts it when it is mended', () => {
    const rev = git('hook', 'rev-parse', 'HEAD').stdout.trim();
    const config = `repos:\n  - repo: ${join(root, 'hook')}\n    rev: ${rev}\n    hooks:\n      - id: dflint\n`;
    writeFileSync(join(root, 'work', '.pre-commit-config.yaml'), config);
    execFileSync('pre-commit', ['install'], { cwd: join(root, 'work'), env: env() });
    writeFileSync(join(root, 'work', 'Dockerfile'), 'FROM alpine\nCMD ["sh"]\n');
    git('work', 'add', '.');
    const refused = git('work', 'commit', '-m', 'an image');
    expect(refused.stdout + refused.stderr).toContain('Dockerfile:1:6  warning  unpinned-base-image');
    expect(refused.status).not.toBe(0);

    writeFileSync(join(root, 'work', 'Dockerfile'), 'FROM alpine:3.22\nCMD ["sh"]\n');
    git('work', 'add', '.');
    const accepted = git('work', 'commit', '-m', 'an image');
    expect(accepted.stdout + accepted.stderr).toContain('Passed');
    expect(accepted.status).toBe(0);
  });
});
