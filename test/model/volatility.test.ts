import { describe, expect, test } from 'vitest';
import { changesEachBuild } from '../../src/knowledge/project/volatility.ts';
import { reruns } from '../../src/model/cache/reruns.ts';
import { type Commits, typicalChanges } from '../../src/model/cache/typical.ts';
import { churnOf, costOfSteps, scoreOf, volatilityOf } from '../../src/model/cache/volatility.ts';
import { context, type Host } from '../../src/model/context/context.ts';
import type { Model } from '../../src/model/model.ts';
import { modelOf } from './model.ts';

/** A context of empty files. */
const folder = (...paths: readonly string[]): Host => ({
  list(directory) {
    const below = paths.flatMap((path) =>
      directory === '' ? [path] : path.startsWith(`${directory}/`) ? [path.slice(directory.length + 1)] : [],
    );
    const names = [...new Set(below.map((path) => path.split('/')[0]!))];
    return names.map((name) => ({ name, directory: below.some((path) => path.startsWith(`${name}/`)), size: 1 }));
  },
  read: (path) => (paths.includes(path) ? '' : undefined),
});
const read = (text: string, ...paths: readonly string[]): Model =>
  modelOf(text, { context: context(folder(...paths), 'Dockerfile') });
const titles = (model: Model, commits?: Commits): string[] => typicalChanges(model, commits).map(({ title }) => title);
const times = (count: number, ...paths: readonly string[]): string[][] =>
  Array.from({ length: count }, () => [...paths]);

const early = 'FROM node ⏎ COPY . . ⏎ RUN npm ci';
const late = 'FROM node ⏎ COPY package.json package-lock.json ./ ⏎ RUN npm ci ⏎ COPY . .';

describe('typical changes', () => {
  test('by the table, without a context', () => {
    expect(titles(modelOf(late))).toEqual(['src/index.js', 'package.json', 'package-lock.json']);
    expect(titles(modelOf('FROM node ⏎ COPY web/package.json web/ ⏎ COPY web/src web/ ⏎ RUN npm ci'))).toContain(
      'web/package.json',
    );
  });

  test('the files that are there', () => {
    const model = read(late, 'package.json', 'package-lock.json', 'src/b.js', 'src/a.js', 'README.md');
    expect(titles(model)).toEqual(['src/a.js', 'package.json', 'package-lock.json']);
    expect(titles(read(late, 'package.json', 'src/a.js'))).toEqual(['src/a.js', 'package.json']);
  });

  test('the source file that most commits changed', () => {
    const model = read(late, 'package.json', 'src/b.js', 'src/a.js');
    expect(titles(model, [['src/b.js'], ['src/b.js', 'src/a.js'], ['gone.js']])[0]).toBe('src/b.js');
  });

  test('another context than that of the file counts for nothing', () => {
    expect(titles(read(late, 'main.go'))).toEqual(['src/index.js', 'package.json', 'package-lock.json']);
  });

  test('arguments: those of every build first, then those without a default', () => {
    const text = 'ARG BASE=node ⏎ FROM $BASE ⏎ ARG A=1 ⏎ ARG B ⏎ ARG TARGETARCH ⏎ ARG GIT_SHA=none ⏎ RUN 1';
    expect(titles(modelOf(text))).toEqual(['ARG GIT_SHA', 'ARG B', 'ARG A', 'ARG BASE']);
  });

  test('what is copied by name, where no ecosystem is known', () => {
    expect(titles(modelOf('FROM nginx ⏎ COPY nginx.conf /etc/nginx/ ⏎ COPY html /html'))).toEqual([
      'nginx.conf',
      'html',
    ]);
    const model = read('FROM nginx ⏎ COPY nginx.conf /etc/nginx/ ⏎ COPY html /html', 'nginx.conf', 'html/index.html');
    expect(titles(model)).toEqual(['nginx.conf', 'html/index.html']);
  });

  test('a tool that is installed is no ecosystem', () => {
    expect(titles(modelOf('FROM node ⏎ RUN npm install -g pnpm@9'))).toEqual([]);
  });
});

describe('score', () => {
  test('by the table: the manifest first is worth an install', () => {
    const model = modelOf(early);
    const volatility = volatilityOf(model);
    expect(volatility.basis).toBe('table');
    expect(volatility.changes.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
    const before = scoreOf(model, volatility);
    const after = scoreOf(modelOf(late), volatility);
    expect([before.cached, before.expected.install, before.expected.copy]).toEqual([0, 1, 1]);
    expect([after.cached, after.expected.install, after.expected.copy]).toEqual([89, 0.1, 1.1]);
    expect([...after.shares.values()]).toEqual([[0.1, 0.1, 1]]);
  });

  test('by commits, where there are enough', () => {
    const model = read(late, 'package.json', 'package-lock.json', 'src/a.js');
    const commits = [...times(15, 'src/a.js'), ...times(5, 'package-lock.json', 'src/a.js')];
    const volatility = volatilityOf(model, commits);
    expect([volatility.basis, volatility.commits]).toEqual(['commits', 20]);
    const { expected } = scoreOf(model, volatility);
    expect(expected.install).toBeCloseTo(0.25);
    expect(expected.copy).toBeCloseTo(1.25);
    expect(churnOf(model, commits).map((it) => it.commits)).toEqual([5, 20]);
    expect(volatilityOf(model, times(9, 'src/a.js')).basis).toBe('table');
  });

  test('an argument that changes with each build', () => {
    const text = (lines: string): Model => modelOf(`FROM node ⏎ ${lines}`);
    const model = text('ARG GIT_SHA ⏎ RUN apt-get install -y git ⏎ LABEL v=$GIT_SHA');
    const volatility = volatilityOf(model);
    expect(scoreOf(model, volatility).cached).toBe(0);
    expect(scoreOf(text('RUN apt-get install -y git ⏎ ARG GIT_SHA ⏎ LABEL v=$GIT_SHA'), volatility).cached).toBe(100);
  });

  test('a little is not nothing', () => {
    const model = modelOf(
      'FROM a ⏎ RUN apt-get install -y a ⏎ RUN apt-get install -y b ⏎ RUN make ⏎ RUN make ⏎ COPY a /',
    );
    const costAfter = (...paths: string[]) => costOfSteps(model, reruns(model, { paths, args: [] }));
    expect(costAfter('a')).toMatchObject({ cached: 99, expected: { copy: 1 } });
    expect(costAfter().cached).toBe(100);
  });

  test('nothing to run', () => {
    const model = modelOf('FROM a ⏎ CMD b');
    expect(scoreOf(model, volatilityOf(model)).cached).toBe(100);
  });
});

test('names of arguments that change with each build', () => {
  for (const name of [
    'GIT_SHA',
    'BUILD_DATE',
    'COMMIT',
    'commit_sha',
    'VCS_REF',
    'BUILD_NUMBER',
    'CACHEBUST',
    'APP_REVISION',
  ])
    expect([name, changesEachBuild(name)]).toEqual([name, true]);
  for (const name of [
    'VERSION',
    'NODE_ENV',
    'UPDATE',
    'PREFERRED',
    'BASE_IMAGE',
    'USER_ID',
    'GITHUB_TOKEN',
    'CANDIDATE',
  ])
    expect([name, changesEachBuild(name)]).toEqual([name, false]);
});
