import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run } from '../../src/commands/lib/arguments.ts';
import type { Terminal } from '../../src/commands/lib/terminal.ts';
import { commands } from '../../src/commands/table.ts';
import { noPaint } from '../../src/report/paint.ts';
import { widthOf } from '../../src/text/width.ts';
import { dflint, inFolder } from './run.ts';

const dockerfile = `FROM node:22 AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build

FROM nginx:1.27
LABEL team=web
COPY --from=build /app/dist /usr/share/nginx/html
RUN nginx -t
`;
const app = {
  Dockerfile: dockerfile,
  '.dockerignore': '.git\nnode_modules\n',
  'package.json': '{}\n',
  'package-lock.json': '{}\n',
  'src/index.js': '\n',
  'src/other.js': '\n',
};

/** git as these tests need it: nobody's settings, a name of its own. */
const git = (cwd: string, ...args: readonly string[]): string => {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
  const env = { ...Object.fromEntries(kept), GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
  const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];
  return execFileSync('git', [...who, ...args], { cwd, env, encoding: 'utf8' });
};
const commit = (cwd: string, message = 'change'): void => {
  git(cwd, 'add', '--all');
  git(cwd, 'commit', '--quiet', '--message', message);
};
/** The files above in a repository with one commit. */
const inRepository = <T>(use: (folder: string) => T, files: Readonly<Record<string, string>> = app): T =>
  inFolder(files, (cwd) => {
    git(cwd, 'init', '--quiet');
    commit(cwd, 'first');
    return use(cwd);
  });
/** What the document says of the one file. */
const json = (cwd: string, ...args: readonly string[]) => {
  const { out, error } = dflint(['cache', '--format', 'json', ...args], { cwd });
  expect(error).toBe('');
  return JSON.parse(out).files[0];
};

describe('typical changes', () => {
  test('a table for people', () => {
    const { out, code, error } = inFolder(app, (cwd) => dflint(['cache'], { cwd }));
    expect([code, error]).toEqual([0, '']);
    expect(out).toMatchSnapshot();
  });

  test('several files have a line between them', () => {
    const files = { 'a/Dockerfile': 'FROM a\nCOPY x /\n', 'b/Dockerfile': 'FROM b\nCOPY x /\n' };
    const { out } = inFolder(files, (cwd) => dflint(['cache', 'a/Dockerfile', 'b/Dockerfile'], { cwd }));
    expect(out).toMatch(/\n\nb\/Dockerfile: what runs again after a change with BuildKit\n/);
  });

  test('as JSON', () => {
    const found = inFolder(app, (cwd) => json(cwd));
    expect(Object.keys(found)).toEqual(['path', 'builder', 'changes', 'score', 'advice']);
    expect(found).toMatchObject({ path: 'Dockerfile', builder: 'buildkit' });
    expect(found.changes.map(({ title, paths, args }: Record<string, unknown>) => [title, paths, args])).toEqual([
      ['src/index.js', ['src/index.js'], []],
      ['package.json', ['package.json'], []],
      ['package-lock.json', ['package-lock.json'], []],
    ]);
    const [source] = found.changes;
    expect(source.steps[4]).toEqual({
      line: 5,
      stage: 0,
      keyword: 'COPY',
      rerun: 'yes',
      why: 'it copies src/index.js',
    });
    expect(source.cost).toMatchObject({ cached: expect.any(Number), expected: { install: 0, compile: 1 } });
    expect(found.score).toMatchObject({ basis: 'table', commits: 0, how: expect.stringContaining('half') });
    expect(found.score.steps[0]).toEqual({ line: 2, stage: 0, keyword: 'WORKDIR', class: 'trivial', share: 0 });
  });

  test.for([60, 80, 120])('fits %i columns, and its columns are straight', async (width) => {
    const many = Array.from({ length: 12 }, (_, index) => `ARG VALUE_${index}`).join('\n');
    const text = `${dockerfile}${many}\nRUN echo ${'long '.repeat(50)} "日本語のテキスト"\nCOPY a.json b.json c.json /\n`;
    let out = '';
    const terminal: Terminal = {
      ...{ cwd: process.cwd(), version: '0', width, environment: () => undefined },
      print: (it) => {
        out += it;
      },
      complain: () => {},
      paint: async () => noPaint,
      input: () => Buffer.from(text),
    };
    const words = ['cache', '--context', 'fixtures/language', '--builder', 'kaniko', '-'];
    expect(await run(words, commands, () => terminal)).toBe(0);
    expect(await run([...words, '--changed', 'package.json'], commands, () => terminal)).toBe(0);
    expect(out.split('\n').filter((line) => widthOf(line) > width)).toEqual([]);
    expect(out).toMatch(/and \d+ more; show one with --changed PATH or --arg NAME/);
    const places = out
      .split('\n')
      .flatMap((line) =>
        /^ {2,5}\d+ .*[·●○] {2}/.test(line) ? [widthOf(line.replace(/[·●○](?!.*[·●○]).*/, ''))] : [],
      );
    expect(places.length).toBeGreaterThan(5);
    expect(new Set(places).size).toBe(1);
  });

  test('by the history of git, if there is enough', () => {
    const found = inRepository((cwd) => {
      for (let index = 0; index < 12; index++) {
        appendFileSync(join(cwd, index < 9 ? 'src/other.js' : 'package-lock.json'), `${index}\n`);
        commit(cwd);
      }
      expect(json(cwd, '--no-history').score.basis).toBe('table');
      return json(cwd);
    });
    expect(found.changes[0].title).toBe('src/other.js');
    expect(found.score).toMatchObject({
      ...{ basis: 'commits', commits: 12 },
      expected: { install: 0.25, compile: 1 },
      copies: [
        { line: 3, commits: 3 },
        { line: 5, commits: 12 },
      ],
    });
  });

  test('only of commits that touch the context', () => {
    const files = { 'web/Dockerfile': 'FROM node\nCOPY . .\nRUN npm ci\n', 'web/package.json': '{}', 'api/a.js': '' };
    inRepository((cwd) => {
      for (let index = 0; index < 12; index++) {
        appendFileSync(join(cwd, 'api/a.js'), `${index}\n`);
        commit(cwd);
      }
      expect(json(cwd, '--context', 'web', 'web/Dockerfile').score.basis).toBe('table');
      for (let index = 0; index < 10; index++) {
        appendFileSync(join(cwd, 'web/package.json'), `${index}\n`);
        commit(cwd);
      }
      const { score } = json(cwd, '--context', 'web', 'web/Dockerfile');
      expect([score.commits, score.copies]).toEqual([10, [{ line: 2, commits: 10 }]]);
    }, files);
  });
});

describe('one change', () => {
  test('keeps its contract, and adds to it', () => {
    const found = inFolder(app, (cwd) => json(cwd, '--changed', 'package.json', '--builder', 'classic'));
    expect(found).toMatchObject({
      ...{ path: 'Dockerfile', builder: 'classic', changed: ['package.json'], args: [] },
      cost: { cached: 5 },
      advice: ['LABEL in line 9 is above 1 RUN: a new value runs it again.'],
    });
    expect(Object.keys(found.steps[2])).toEqual(['line', 'stage', 'keyword', 'rerun', 'why']);
  });

  test('a folder or a pattern stands for the files in it', () => {
    inFolder(app, (cwd) => {
      const last = (...args: string[]) => json(cwd, ...args).steps[4].why;
      expect(last('--changed', 'src')).toBe('it copies src/index.js and 1 more');
      expect(last('--changed', 'src/')).toBe('it copies src/index.js and 1 more');
      expect(last('--changed', 'src/o*')).toBe('it copies src/other.js');
      expect(last('--changed', 'src/new.js')).toBe('it copies src/new.js');
    });
  });

  test('an argument that no ARG declares is told', () => {
    const { error, code } = inFolder(app, (cwd) => dflint(['cache', '--arg', 'NODE_ENV'], { cwd }));
    expect([error, code]).toEqual(['dflint: Dockerfile: there is no ARG NODE_ENV\n', 0]);
  });

  test('colours are those of the terminal', () => {
    inFolder(app, (cwd) => {
      expect(dflint(['cache', '--color'], { cwd }).out).toContain('\u001b[');
      expect(dflint(['cache', '--color', '--changed', 'src'], { cwd }).out).toContain('\u001b[');
      expect(dflint(['cache'], { cwd, env: { NO_COLOR: '1' } }).out).not.toContain('\u001b[');
    });
  });
});

describe('since a commit', () => {
  const misses = (cwd: string, ...args: readonly string[]): string[] =>
    json(cwd, '--since', 'HEAD', ...args).firstMisses.map(
      ({ line, keyword, why }: Record<string, unknown>) => `${line} ${keyword}: ${why}`,
    );
  const write = (cwd: string, text: string): void => writeFileSync(join(cwd, 'Dockerfile'), text);

  test('nothing changed', () => {
    inRepository((cwd) => {
      const { out } = dflint(['cache', '--since', 'HEAD'], { cwd });
      expect(out).toContain('The Dockerfile did not change; no file of the context changed.');
      expect(out).toContain('Every step comes from the cache.');
    });
  });

  test('a picture for people', () => {
    inRepository((cwd) => {
      write(cwd, dockerfile.replace('COPY . .', 'ARG GIT_SHA\nCOPY . .'));
      appendFileSync(join(cwd, 'src/index.js'), '1\n');
      expect(dflint(['cache', '--since', 'HEAD'], { cwd }).out).toMatchSnapshot();
    });
  });

  test('files: changed, new, gone, ignored by git or by the builder', () => {
    const from = 'stage build runs again from line 5; if /app/dist comes out the same, this does not';
    for (const change of [
      (cwd: string) => appendFileSync(join(cwd, 'src/index.js'), '1\n'),
      (cwd: string) => rmSync(join(cwd, 'src/index.js')),
      (cwd: string) => writeFileSync(join(cwd, 'src/index.js'), ''),
    ])
      inRepository((cwd) => {
        change(cwd);
        expect(misses(cwd)).toEqual(['5 COPY: it copies src/index.js', `10 COPY: ${from}`]);
      });
    inRepository((cwd) => {
      writeFileSync(join(cwd, 'new.txt'), '');
      mkdirSync(join(cwd, 'node_modules'));
      writeFileSync(join(cwd, 'node_modules/a.js'), '');
      expect(misses(cwd)[0]).toBe('5 COPY: it copies new.txt');
    });
  });

  test('the ignore file', () => {
    inRepository((cwd) => {
      writeFileSync(join(cwd, '.dockerignore'), '.git\nnode_modules\n.dockerignore\nsrc/other.js\n');
      expect(misses(cwd)[0]).toBe('5 COPY: it copies .dockerignore and 1 more');
    });
  });

  test('the Dockerfile', () => {
    inRepository((cwd) => {
      writeFileSync(join(cwd, '.dockerignore'), '.git\nDockerfile\n.dockerignore\n');
      commit(cwd);
      write(cwd, dockerfile.replace('npm ci', 'npm install'));
      expect(misses(cwd)[0]).toBe('4 RUN: its text changed');
      write(cwd, dockerfile.replace('RUN npm ci', 'ARG GIT_SHA\nRUN npm ci'));
      expect(misses(cwd)[0]).toBe('5 RUN: ARG GIT_SHA, line 4, is part of its environment');
      expect(misses(cwd, '--build-arg', 'GIT_SHA=1')[0]).toBe('5 RUN: ARG GIT_SHA, line 4, is part of its environment');
      write(cwd, dockerfile.replace('team=web', 'team=other'));
      expect(misses(cwd)).toEqual([]);
      expect(misses(cwd, '--builder', 'classic')).toEqual(['9 LABEL: its text changed']);
    });
  });

  test('below the root of the repository, with the file beside its context', () => {
    const files = { 'web/a.js': '', 'deploy/web.Dockerfile': 'FROM a\nCOPY a.js /\n', 'api/a.js': '' };
    inRepository((cwd) => {
      const args = ['--context', 'web', 'deploy/web.Dockerfile'];
      appendFileSync(join(cwd, 'api/a.js'), '1');
      expect(misses(cwd, ...args)).toEqual([]);
      appendFileSync(join(cwd, 'web/a.js'), '1');
      expect(misses(cwd, ...args)).toEqual(['2 COPY: it copies a.js']);
    }, files);
  });

  test('nothing that the repository is set up to run is run', () => {
    inRepository((cwd) => {
      const trap = join(cwd, '.git/trap');
      writeFileSync(trap, `#!/bin/sh\ntouch '${cwd}/.git/trapped'\ncat\n`);
      chmodSync(trap, 0o755);
      mkdirSync(join(cwd, '.git/hooks'), { recursive: true });
      for (const hook of ['post-index-change', 'fsmonitor-watchman', 'reference-transaction']) {
        writeFileSync(join(cwd, '.git/hooks', hook), `#!/bin/sh\ntouch '${cwd}/.git/trapped'\n`);
        chmodSync(join(cwd, '.git/hooks', hook), 0o755);
      }
      writeFileSync(join(cwd, '.git/info/attributes'), '*.js filter=trap=x diff=trap\n');
      const set = (key: string, value: string) => git(cwd, 'config', key, value);
      for (const key of ['clean', 'smudge', 'process']) set(`filter.trap=x.${key}`, trap);
      set('filter.trap=x.required', 'true');
      for (const key of ['command', 'textconv']) set(`diff.trap.${key}`, trap);
      for (const key of ['core.fsmonitor', 'core.pager', 'diff.external', 'gpg.program']) set(key, trap);
      set('log.showSignature', 'true');
      appendFileSync(join(cwd, 'src/index.js'), '1\n');
      expect(misses(cwd)[0]).toBe('5 COPY: it copies src/index.js');
      json(cwd);
      expect(existsSync(join(cwd, '.git/trapped'))).toBe(false);
      expect(existsSync(join(cwd, '.git/index.lock'))).toBe(false);
    });
  });

  test.for<[string, (cwd: string) => ReturnType<typeof dflint>, RegExp]>([
    ['no such commit', (cwd) => dflint(['cache', '--since', 'gone'], { cwd }), /--since gone: there is no such commit/],
    ['an option in its place', (cwd) => dflint(['cache', '--since=--output=x'], { cwd }), /not the name of a commit/],
    ['a path in its place', (cwd) => dflint(['cache', '--since', 'HEAD:src'], { cwd }), /there is no such commit/],
    ['nothing in its place', (cwd) => dflint(['cache', '--since='], { cwd }), /not the name of a commit/],
    [
      'a file that was not there',
      (cwd) => {
        writeFileSync(join(cwd, 'new.Dockerfile'), 'FROM a\n');
        return dflint(['cache', '--since', 'HEAD', 'new.Dockerfile'], { cwd });
      },
      /new\.Dockerfile: it does not exist in HEAD/,
    ],
    [
      'standard input',
      (cwd) => dflint(['cache', '--since', 'HEAD', '-'], { cwd, input: 'FROM a\n' }),
      /standard input has no history/,
    ],
    ['no git', (cwd) => dflint(['cache', '--since', 'HEAD'], { cwd, env: { PATH: '/nowhere' } }), /needs git/],
    [
      'no repository',
      (cwd) => {
        rmSync(join(cwd, '.git'), { recursive: true });
        return dflint(['cache', '--since', 'HEAD'], { cwd });
      },
      /is not in a git repository/,
    ],
  ])('%s', ([, run, message]) => {
    const { code, error, out } = inRepository(run);
    expect(error).toMatch(message);
    expect(error).not.toMatch(/\n {4}at /);
    expect([code, out]).toEqual([2, '']);
  });

  test('in JSON, a file without a history is a failure beside the others', () => {
    inRepository((cwd) => {
      writeFileSync(join(cwd, 'new.Dockerfile'), 'FROM a\n');
      const args = ['cache', '--since', 'HEAD', '--format', 'json', 'new.Dockerfile', 'Dockerfile'];
      const { code, out, error } = dflint(args, { cwd });
      const { files, failures } = JSON.parse(out);
      expect(files.map(({ path }: { path: string }) => path)).toEqual(['Dockerfile']);
      expect(failures).toEqual([{ path: 'new.Dockerfile', message: 'it does not exist in HEAD' }]);
      expect([code, error]).toEqual([2, 'dflint: new.Dockerfile: it does not exist in HEAD\n']);
    });
  });

  test('a table needs no git', () => {
    const { code, out } = inFolder(app, (cwd) => dflint(['cache'], { cwd, env: { PATH: '/nowhere' } }));
    expect(code).toBe(0);
    expect(out).toContain('no git history');
  });
});
