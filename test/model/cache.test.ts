import { describe, expect, test } from 'vitest';
import { analyze, parse, reruns } from '../../src/index.ts';
import { builders } from '../../src/knowledge/builder/builders.ts';
import { cacheAdvice } from '../../src/model/cache/advice.ts';
import { compare, firstMisses } from '../../src/model/cache/reruns.ts';
import { context, type Host } from '../../src/model/context/context.ts';
import { memoryHost } from '../../src/model/context/memory.ts';
import type { Builder } from '../../src/model/layers.ts';

interface Change {
  readonly paths?: readonly string[];
  readonly args?: readonly string[];
  readonly ignore?: string;
  readonly target?: string;
  readonly builder?: Builder;
}

const host = (ignore: string): Host => ({
  list: () => [],
  read: (path) => (path === '.dockerignore' ? ignore : undefined),
});

/** Per step what becomes of it: `RUN!` again, `RUN?` maybe, `RUN` from the cache. */
const show = (text: string, { paths = [], args = [], ignore, target, builder = 'buildkit' }: Change): string => {
  const options = { target, context: ignore === undefined ? undefined : context(host(ignore), 'Dockerfile') };
  const model = analyze(parse(text.replaceAll(' ⏎ ', '\n')).ast, options);
  const sign = { yes: '!', maybe: '?', no: '' } as const;
  return reruns(model, { paths, args }, builder)
    .map(({ instruction, rerun }) => instruction.keyword.text + sign[rerun])
    .join(' ');
};

describe('a path of the context', () => {
  const node =
    'FROM node ⏎ WORKDIR /app ⏎ COPY package.json package-lock.json ./ ⏎ RUN npm ci ⏎ COPY . . ⏎ RUN npm run build ⏎ CMD ["a"]';
  test.for<[string, string, Change, string]>([
    ['the manifest runs all below', node, { paths: ['package.json'] }, 'FROM WORKDIR COPY! RUN! COPY! RUN! CMD'],
    ['a source file the last part', node, { paths: ['src/a.js'] }, 'FROM WORKDIR COPY RUN COPY! RUN! CMD'],
    ['nothing changed', node, {}, 'FROM WORKDIR COPY RUN COPY RUN CMD'],
    ['what is ignored', node, { paths: ['README.md'], ignore: '*.md' }, 'FROM WORKDIR COPY RUN COPY RUN CMD'],
    ['a folder', 'FROM a ⏎ COPY src /s', { paths: ['src/x/y.c'] }, 'FROM COPY!'],
    ['a folder written otherwise', 'FROM a ⏎ COPY ./src/ /s', { paths: ['src/x'] }, 'FROM COPY!'],
    ['beside the folder', 'FROM a ⏎ COPY src /s', { paths: ['srcs/x'] }, 'FROM COPY'],
    ['a pattern', 'FROM a ⏎ COPY *.json /s', { paths: ['a.json'] }, 'FROM COPY!'],
    ['a pattern does not go deeper', 'FROM a ⏎ COPY *.json /s', { paths: ['x/a.json'] }, 'FROM COPY'],
    ['a pattern that takes a folder', 'FROM a ⏎ COPY s* /s', { paths: ['src/x/a.json'] }, 'FROM COPY!'],
    ['out of the context is the root', 'FROM a ⏎ COPY ../a /s', { paths: ['a'] }, 'FROM COPY!'],
    ['what is excluded', 'FROM a ⏎ COPY --exclude=*.md . /s', { paths: ['a.md'] }, 'FROM COPY'],
    ['a download', 'FROM a ⏎ ADD https://example.com/a /s', { paths: ['a'] }, 'FROM ADD'],
    [
      'a bind mount',
      'FROM a ⏎ RUN --mount=type=bind,source=package.json,target=/p true',
      { paths: ['package.json'] },
      'FROM RUN!',
    ],
    [
      'another file than is mounted',
      'FROM a ⏎ RUN --mount=source=package.json,target=/p true',
      { paths: ['x'] },
      'FROM RUN',
    ],
    ['the whole context mounted', 'FROM a ⏎ RUN --mount=target=. true', { paths: ['x'] }, 'FROM RUN!'],
    ['a cache mount is no part', 'FROM a ⏎ RUN --mount=type=cache,target=/c true', { paths: ['c'] }, 'FROM RUN'],
    [
      'a linked copy stands alone, if the image store can merge',
      'FROM a ⏎ COPY a /a ⏎ COPY --link b /b ⏎ RUN true',
      { paths: ['a'] },
      'FROM COPY! COPY? RUN!',
    ],
    ['but not with a mode', 'FROM a ⏎ COPY a /a ⏎ COPY --link --chmod=644 b /b', { paths: ['a'] }, 'FROM COPY! COPY!'],
    ['by a variable', 'FROM a ⏎ ENV D=src ⏎ COPY $D /s', { paths: ['src/a'] }, 'FROM ENV COPY!'],
    [
      'a mount by a variable',
      'FROM a ⏎ ENV D=src ⏎ RUN --mount=source=$D,target=/s 1',
      { paths: ['src/a'] },
      'FROM ENV RUN!',
    ],
    ['beside it', 'FROM a ⏎ ENV D=src ⏎ RUN --mount=source=$D,target=/s 1', { paths: ['x'] }, 'FROM ENV RUN'],
    [
      'a source that only the build knows',
      'FROM a ⏎ COPY dist/$TARGETARCH /s ⏎ RUN 1',
      { paths: ['dist/amd64/x'] },
      'FROM COPY? RUN?',
    ],
    ['beside that', 'FROM a ⏎ COPY dist/$TARGETARCH /s', { paths: ['src/x'] }, 'FROM COPY'],
    ['what is written in the file', 'FROM a ⏎ COPY <<END /f ⏎ text ⏎ END', { paths: ['END', 'f'] }, 'FROM COPY'],
    [
      'the root is no step',
      'FROM a ⏎ COPY x / ⏎ WORKDIR / ⏎ WORKDIR /a',
      { paths: ['x'] },
      'FROM COPY! WORKDIR WORKDIR!',
    ],
    ['--link=false', 'FROM a ⏎ COPY a / ⏎ COPY --link=false b /', { paths: ['a'] }, 'FROM COPY! COPY!'],
    ['a path with dots', 'FROM a ⏎ COPY src /s', { paths: ['./src/../src/a'] }, 'FROM COPY!'],
  ])('%s', ([, text, change, expected]) => expect(show(text, change)).toBe(expected));
});

describe('a folder comes with its first file, be that ignored', () => {
  const files = { '.dockerignore': '**/*.md\n', 'a/x.md': '', 'b/x.md': '', 'b/y.md': '', 'c/x.md': '', 'c/z': '' };
  const told = (text: string, paths: readonly string[]): string[] => {
    const options = { context: context(memoryHost({ ...files, 'd/e/x.md': '' }), 'Dockerfile') };
    const model = analyze(parse(`FROM a\n${text}`).ast, options);
    const [, step] = reruns(model, { paths, args: [] });
    return [step!.rerun, ...(step!.rerun === 'no' ? [] : [step!.why])];
  };
  test.for<[string, string[], string[]]>([
    ['COPY . .', ['a/x.md'], ['maybe', 'it copies the folder a if that is new']],
    ['COPY . .', ['d/e/x.md'], ['maybe', 'it copies the folder d if that is new']],
    ['COPY d/e /', ['d/e/x.md'], ['maybe', 'it copies the folder d/e if that is new']],
    ['COPY . .', ['gone/x.md'], ['maybe', 'it copies the folder gone if that is new']],
    ['COPY . .', ['b/x.md'], ['no']],
    ['COPY . .', ['b/x.md', 'b/y.md'], ['maybe', 'it copies the folder b if that is new']],
    ['COPY . .', ['c/x.md'], ['no']],
    ['COPY . .', ['a/x.md', 'c/z'], ['yes', 'it copies c/z']],
    ['COPY --exclude=a . .', ['a/x.md'], ['no']],
    ['COPY --exclude=*/z . .', ['c/x.md', 'c/z'], ['maybe', 'it copies the folder c if that is new']],
    ['COPY b /', ['a/x.md'], ['no']],
  ])('%s after %j', ([text, paths, expected]) => expect(told(text, paths)).toEqual(expected));
});

describe('stages', () => {
  const two =
    'FROM a AS build ⏎ COPY . /src ⏎ RUN make ⏎ FROM b ⏎ RUN prepare ⏎ COPY --from=build /out /out ⏎ RUN finish';
  test.for<[string, string, Change, string]>([
    ['a copy is a firewall', two, { paths: ['x'] }, 'FROM COPY! RUN! FROM RUN COPY? RUN?'],
    [
      'standing on a stage is none',
      'FROM a AS x ⏎ COPY . / ⏎ FROM x ⏎ RUN 1',
      { paths: ['x'] },
      'FROM COPY! FROM! RUN!',
    ],
    [
      'a mount from a stage',
      'FROM a AS x ⏎ COPY . / ⏎ FROM b ⏎ RUN --mount=from=x,target=/x 1',
      { paths: ['x'] },
      'FROM COPY! FROM RUN?',
    ],
    ['stages that the target does not need', two, { paths: ['x'], target: 'build' }, 'FROM COPY! RUN!'],
    ['an unneeded stage', 'FROM a AS x ⏎ COPY . / ⏎ FROM b ⏎ RUN 1', { paths: ['x'] }, 'FROM RUN'],
    [
      'by index, in capitals',
      'FROM a AS x ⏎ COPY . / ⏎ FROM b ⏎ COPY --from=0 /a /a ⏎ COPY --from=X /b /b',
      { paths: ['x'] },
      'FROM COPY! FROM COPY? COPY?',
    ],
    [
      'what the base has in ONBUILD',
      'FROM a AS x ⏎ ONBUILD COPY a / ⏎ ONBUILD RUN 1 ⏎ FROM x ⏎ RUN 2',
      { paths: ['a'] },
      'FROM ONBUILD ONBUILD FROM! RUN!',
    ],
    [
      'the classic builder builds all up to the target',
      'FROM a AS x ⏎ COPY . / ⏎ FROM b ⏎ RUN 1',
      { paths: ['x'], builder: 'classic' },
      'FROM COPY! FROM RUN',
    ],
    [
      'and so does kaniko',
      'FROM a AS x ⏎ COPY . / ⏎ FROM b AS y ⏎ RUN 1 ⏎ FROM c ⏎ COPY . /',
      { paths: ['x'], builder: 'kaniko', target: 'y' },
      'FROM COPY! FROM RUN',
    ],
    [
      'buildah looks at the stage of a mount, and not at its files',
      'FROM a AS x ⏎ COPY . / ⏎ FROM b ⏎ RUN --mount=from=x,target=/x 1',
      { paths: ['x'], builder: 'buildah' },
      'FROM COPY! FROM RUN!',
    ],
    [
      'through two walls',
      'FROM a AS x ⏎ COPY . / ⏎ FROM a AS y ⏎ COPY --from=x /a /b ⏎ FROM y ⏎ RUN 1',
      { paths: ['x'] },
      'FROM COPY! FROM COPY? FROM? RUN?',
    ],
    [
      'a wall does not hold where something else changes',
      'FROM a AS x ⏎ COPY . / ⏎ FROM b ⏎ COPY --from=x /a /b ⏎ COPY . . ⏎ RUN 1',
      { paths: ['x'] },
      'FROM COPY! FROM COPY? COPY! RUN!',
    ],
    [
      'an image of another name',
      'FROM a AS x ⏎ COPY . / ⏎ FROM b ⏎ COPY --from=nginx /a /a',
      { paths: ['x'] },
      'FROM COPY',
    ],
  ])('%s', ([, text, change, expected]) => expect(show(text, change)).toBe(expected));
});

describe('build arguments', () => {
  test.for<[string, string, Change, string]>([
    [
      'every RUN below, used or not',
      'FROM a ⏎ RUN 1 ⏎ ARG V ⏎ RUN 2 ⏎ RUN 3',
      { args: ['V'] },
      'FROM RUN ARG RUN! RUN!',
    ],
    ['no COPY, unless it uses it', 'FROM a ⏎ ARG V ⏎ COPY a /a ⏎ COPY $V /b', { args: ['V'] }, 'FROM ARG COPY COPY!'],
    ['an undeclared one does nothing', 'FROM a ⏎ RUN 1', { args: ['V'] }, 'FROM RUN'],
    ['a global one that is not declared again', 'ARG V ⏎ FROM a ⏎ RUN 1', { args: ['V'] }, 'FROM RUN'],
    ['a global one that is', 'ARG V ⏎ FROM a ⏎ ARG V ⏎ RUN 1', { args: ['V'] }, 'FROM ARG RUN!'],
    ['in FROM', 'ARG V=1 ⏎ FROM a:$V ⏎ RUN 1', { args: ['V'] }, 'FROM! RUN!'],
    ['through ENV', 'FROM a ⏎ ARG V ⏎ ENV W=$V ⏎ RUN 1', { args: ['V'] }, 'FROM ARG ENV RUN!'],
    ['ENV of the same name shields', 'FROM a ⏎ ARG V ⏎ ENV V=1 ⏎ RUN 1', { args: ['V'] }, 'FROM ARG ENV RUN'],
    ['inherited by a stage', 'FROM a AS x ⏎ ARG V ⏎ FROM x ⏎ RUN 1', { args: ['V'] }, 'FROM ARG FROM RUN!'],
    ['a proxy is no part of the key', 'FROM a ⏎ RUN 1', { args: ['HTTP_PROXY'] }, 'FROM RUN'],
    ['unless it is declared', 'FROM a ⏎ ARG HTTP_PROXY ⏎ RUN 1', { args: ['HTTP_PROXY'] }, 'FROM ARG RUN!'],
    ['in a file that COPY writes', 'FROM a ⏎ ARG V ⏎ COPY <<END /f ⏎ $V ⏎ END', { args: ['V'] }, 'FROM ARG COPY!'],
    ['not where it is quoted', 'FROM a ⏎ ARG V ⏎ COPY <<"END" /f ⏎ $V ⏎ END', { args: ['V'] }, 'FROM ARG COPY'],
    ['in a platform', 'ARG P=linux/amd64 ⏎ FROM --platform=$P a ⏎ RUN 1', { args: ['P'] }, 'FROM! RUN!'],
    [
      'which stage it stands on',
      'ARG V=x ⏎ FROM a AS x ⏎ RUN 1 ⏎ FROM b AS y ⏎ FROM $V ⏎ RUN 2',
      { args: ['V'] },
      'FROM RUN FROM! RUN!',
    ],
    ['WORKDIR by it', 'FROM a ⏎ ARG V=/x ⏎ WORKDIR $V ⏎ COPY a b', { args: ['V'] }, 'FROM ARG WORKDIR! COPY!'],
  ])('%s', ([, text, change, expected]) => expect(show(text, change)).toBe(expected));
});

describe('other builders compare the whole history', () => {
  test.for<[string, Change, string]>([
    [
      'FROM a ⏎ COPY a /a ⏎ LABEL x=1 ⏎ RUN 1 ⏎ CMD a',
      { paths: ['a'], builder: 'buildah' },
      'FROM COPY! LABEL! RUN! CMD!',
    ],
    [
      'FROM a ⏎ COPY a /a ⏎ LABEL x=1 ⏎ RUN 1 ⏎ CMD a',
      { paths: ['a'], builder: 'classic' },
      'FROM COPY! LABEL! RUN! CMD!',
    ],
    ['FROM a ⏎ ARG V ⏎ ENV W=$V ⏎ RUN 1 ⏎ CMD a', { args: ['V'], builder: 'buildah' }, 'FROM ARG! ENV! RUN! CMD!'],
    // it stands in the history without its name as long as it has no value, which the next value does not change
    ['FROM a ⏎ ARG V ⏎ COPY a /a ⏎ RUN 1', { args: ['V'], builder: 'buildah' }, 'FROM ARG! COPY! RUN!'],
    ['FROM a ⏎ ARG V=1 ⏎ COPY a /a ⏎ RUN 1', { args: ['V'], builder: 'buildah' }, 'FROM ARG COPY RUN!'],
    ['FROM a ⏎ ARG V ⏎ ENV W=$V ⏎ RUN 1', { args: ['V'], builder: 'classic' }, 'FROM ARG ENV! RUN!'],
    // BuildKit alone hands an ARG on to the stages that stand on its own
    ['FROM a AS b ⏎ ARG V ⏎ FROM b ⏎ RUN 1', { args: ['V'] }, 'FROM ARG FROM RUN!'],
    ['FROM a AS b ⏎ ARG V ⏎ FROM b ⏎ RUN 1', { args: ['V'], builder: 'buildah' }, 'FROM ARG! FROM! RUN!'],
    ['FROM a AS b ⏎ ARG V=1 ⏎ FROM b ⏎ RUN 1', { args: ['V'], builder: 'buildah' }, 'FROM ARG FROM RUN'],
    ['FROM a ⏎ COPY a /a ⏎ COPY --link b /b', { paths: ['a'], builder: 'buildah' }, 'FROM COPY! COPY!'],
    ['FROM a ⏎ ARG V ⏎ COPY a /a ⏎ RUN 1 ⏎ COPY b /b', { args: ['V'], builder: 'classic' }, 'FROM ARG COPY RUN! COPY!'],
    [
      'FROM a ⏎ ARG V ⏎ COPY a /a ⏎ RUN 1 ⏎ COPY b /b',
      { args: ['V'], builder: 'buildkit' },
      'FROM ARG COPY RUN! COPY!',
    ],
    ['FROM a ⏎ ARG V ⏎ LABEL v=$V ⏎ RUN 1', { args: ['V'], builder: 'classic' }, 'FROM ARG LABEL! RUN!'],
    ['FROM a ⏎ ARG V ⏎ ENV W=$V ⏎ RUN 1 ⏎ CMD a', { args: ['V'], builder: 'kaniko' }, 'FROM ARG ENV RUN! CMD!'],
    [
      'FROM a ⏎ COPY a /a ⏎ LABEL x=1 ⏎ RUN 1 ⏎ WORKDIR /',
      { paths: ['a'], builder: 'kaniko' },
      'FROM COPY! LABEL! RUN! WORKDIR!',
    ],
    [
      'FROM a AS x ⏎ COPY . / ⏎ FROM b ⏎ COPY --from=x /a /a ⏎ CMD a',
      { paths: ['a'], builder: 'kaniko' },
      'FROM COPY! FROM COPY? CMD?',
    ],
  ])('%s after %j', ([text, change, expected]) => expect(show(text, change)).toBe(expected));
});

describe('why, with the line of the cause', () => {
  const why = (text: string, change: Change): string[] => {
    const model = analyze(parse(text.replaceAll(' ⏎ ', '\n')).ast);
    return reruns(model, { paths: change.paths ?? [], args: change.args ?? [] }, change.builder)
      .filter(({ rerun }) => rerun !== 'no')
      .map((it) => it.why);
  };
  test.for<[string, Change, string[]]>([
    [
      'FROM a ⏎ COPY src /s ⏎ ENV A=1 ⏎ RUN 1',
      { paths: ['src/index.js'] },
      ['it copies src/index.js', 'the COPY above, line 2, runs again'],
    ],
    ['FROM a ⏎ COPY . /s', { paths: ['a', 'b', 'c'] }, ['it copies a and 2 more']],
    ['FROM a ⏎ ARG GIT_SHA ⏎ RUN 1', { args: ['GIT_SHA'] }, ['ARG GIT_SHA, line 2, is part of its environment']],
    [
      'FROM a ⏎ ARG A ⏎ ENV B=$A ⏎ RUN 1 ⏎ RUN 2',
      { args: ['A'] },
      ['ARG A, line 2, is part of its environment', 'ARG A, line 2, is part of its environment'],
    ],
    ['FROM a ⏎ ARG A ⏎ ENV A=$A ⏎ RUN 1', { args: ['A'] }, ['ENV A, line 3, is part of its environment']],
    ['FROM a ⏎ ARG A ⏎ COPY $A /x', { args: ['A'] }, ['ARG A, line 2, is part of its text']],
    ['FROM a ⏎ RUN --mount=source=p.json,target=/p 1', { paths: ['p.json'] }, ['it mounts p.json']],
    [
      'ARG V=1 ⏎ FROM a:$V ⏎ RUN 1',
      { args: ['V'] },
      ['ARG V, line 1, is part of its image', 'the stage has another base image, line 2'],
    ],
    [
      'FROM a AS x ⏎ COPY . / ⏎ FROM x ⏎ RUN 1',
      { paths: ['a'] },
      ['it copies a', 'its base stage runs again from line 2', 'its base stage runs again from line 2'],
    ],
    [
      'FROM a AS x ⏎ COPY . / ⏎ FROM b ⏎ COPY --from=x /out /o ⏎ RUN 1',
      { paths: ['a'] },
      [
        'it copies a',
        'stage x runs again from line 2; if /out comes out the same, this does not',
        'the COPY above, line 4, may run again',
      ],
    ],
    ['FROM a AS x ⏎ ONBUILD COPY . / ⏎ FROM x', { paths: ['a'] }, ['its ONBUILD, line 2, runs again: it copies a']],
    ['FROM a ⏎ COPY $TARGETARCH/a /', { paths: ['a'] }, ['it may copy a: only the build knows']],
    [
      'FROM a ⏎ COPY a / ⏎ LABEL a=1',
      { paths: ['a'], builder: 'classic' },
      ['it copies a', 'the COPY above, line 2, runs again'],
    ],
  ])('%s after %j', ([text, change, expected]) => expect(why(text, change)).toEqual(expected));
});

describe('two revisions of a file', () => {
  const read = (text: string, ignore?: string, files: readonly string[] = []) => {
    const list = (folder: string) =>
      folder === '' ? files.map((name) => ({ name, directory: false, size: 1 })) : undefined;
    const host: Host = { list, read: (path) => (path === '.dockerignore' ? ignore : undefined) };
    return analyze(parse(text.replaceAll(' ⏎ ', '\n')).ast, { context: context(host, 'Dockerfile') });
  };
  const told = (old: string, next: string, paths: readonly string[] = [], builder: Builder = 'buildkit'): string[] =>
    firstMisses(compare(read(old), read(next), { paths, args: [] }, builder)).map(
      ({ instruction, why }) => `${instruction.keyword.text}: ${why}`,
    );
  const app = 'FROM a ⏎ COPY p.json / ⏎ RUN npm ci ⏎ COPY . . ⏎ CMD a';

  test.for<[string, string, string, readonly string[], string[]]>([
    ['the same', app, app, [], []],
    ['a comment and blanks', app, app.replace('RUN npm ci', '# note ⏎ RUN   npm ci'), [], []],
    ['a file', app, app, ['src/a.js'], ['COPY: it copies src/a.js']],
    ['a text', app, app.replace('npm ci', 'npm install'), [], ['RUN: its text changed']],
    ['a new step', app, app.replace('RUN npm ci', 'RUN npm ci ⏎ RUN new'), [], ['RUN: it is new']],
    [
      'a step that is gone',
      app,
      app.replace('RUN npm ci ⏎ ', ''),
      [],
      ['COPY: it came after other steps then, in line 4'],
    ],
    ['an ARG', app, app.replace('RUN', 'ARG V=1 ⏎ RUN'), [], ['RUN: ARG V, line 3, is part of its environment']],
    [
      'an ARG that is gone',
      app.replace('RUN', 'ARG V=1 ⏎ RUN'),
      app,
      [],
      ['RUN: ARG V, line 3 before, is gone from its environment'],
    ],
    ['an ARG without a value', app, app.replace('RUN', 'ARG V ⏎ RUN'), [], []],
    ['another image', app, app.replace('FROM a', 'FROM b'), [], ['FROM: its image changed']],
    ['settings are no steps', app, app.replace('RUN', 'LABEL a=1 ⏎ RUN').replace('CMD a', 'CMD b'), [], []],
    ['a folder', app, app.replace('RUN', 'WORKDIR /x ⏎ RUN'), [], ['WORKDIR: it is new']],
    ['a user', app, app.replace('RUN', 'USER x ⏎ RUN'), [], ['RUN: USER, line 3, sets the user who runs it']],
    [
      'a shell',
      app,
      app.replace('RUN', 'SHELL ["bash", "-c"] ⏎ RUN'),
      [],
      ['RUN: SHELL, line 3, sets the shell that runs it'],
    ],
    [
      'stages that changed places',
      'FROM a AS x ⏎ RUN 1 ⏎ FROM b AS y ⏎ RUN 2 ⏎ FROM c ⏎ COPY --from=x / / ⏎ COPY --from=y / /',
      'FROM b AS y ⏎ RUN 2 ⏎ FROM a AS x ⏎ RUN 1 ⏎ FROM c ⏎ COPY --from=x / / ⏎ COPY --from=y / /',
      [],
      [],
    ],
    ['a stage cut in two', 'FROM a ⏎ RUN 1 ⏎ RUN 2', 'FROM a AS x ⏎ RUN 1 ⏎ FROM x ⏎ RUN 2', [], []],
    [
      'a stage that others take from',
      'FROM a AS x ⏎ RUN 1 ⏎ FROM b ⏎ COPY --from=x /o /',
      'FROM a AS x ⏎ RUN 2 ⏎ FROM b ⏎ COPY --from=x /o /',
      [],
      ['RUN: its text changed', 'COPY: stage x runs again from line 2; if /o comes out the same, this does not'],
    ],
  ])('%s', ([, old, next, paths, expected]) => expect(told(old, next, paths)).toEqual(expected));

  test('a LABEL costs what stands below it, elsewhere than in BuildKit', () => {
    const next = app.replace('RUN', 'LABEL a=1 ⏎ RUN');
    expect(told(app, next, [], 'classic')).toEqual(['LABEL: it is new']);
    expect(told(app, next, [], 'buildah')).toEqual(['LABEL: it is new']);
    expect(told(app, next, [], 'kaniko')).toEqual(['LABEL: it is new']);
    expect(told(app.replace('RUN', 'LABEL a=2 ⏎ RUN'), next, [], 'classic')).toEqual(['LABEL: its text changed']);
  });

  test('what an ignore file hides or lets in is a change', () => {
    const text = 'FROM a ⏎ COPY . .';
    const files = ['a.js', 'a.md'];
    const found = (old: string | undefined, next: string | undefined) =>
      firstMisses(compare(read(text, old, files), read(text, next, files), { paths: [], args: [] })).map(
        (it) => it.why,
      );
    expect(found(undefined, '*.md')).toEqual(['it copies a.md']);
    expect(found('*.md', '*.txt')).toEqual(['it copies a.md']);
    expect(found('*.txt', '*.log')).toEqual([]);
  });
});

test('after no change nothing runs again, whoever builds', () => {
  const text =
    'ARG V=1 ⏎ FROM a:$V AS x ⏎ ONBUILD RUN 1 ⏎ COPY --link . / ⏎ FROM x AS y ⏎ WORKDIR b ⏎ RUN 1 ⏎ FROM scratch ⏎ COPY --from=y / /';
  const model = analyze(parse(text.replaceAll(' ⏎ ', '\n')).ast);
  for (const builder of builders)
    expect(reruns(model, { paths: [], args: [] }, builder).every(({ rerun }) => rerun === 'no')).toBe(true);
});

test('what is said of order is true of the builder', () => {
  const advice = (text: string, builder: Builder): string[] =>
    cacheAdvice(analyze(parse(text.replaceAll(' ⏎ ', '\n')).ast), builder);
  const text = 'FROM a AS x ⏎ LABEL a=1 ⏎ RUN 1 ⏎ RUN 2 ⏎ FROM x ⏎ EXPOSE 80 ⏎ RUN 3 ⏎ CMD a';
  const both = [
    'LABEL in line 2 is above 3 RUNs: a new value runs them again.',
    'EXPOSE in line 6 is above 1 RUN: a new value runs it again.',
  ];
  expect(advice(text, 'classic')).toEqual(both);
  expect(advice(text, 'kaniko')).toEqual(both);
  expect(advice(text, 'buildah')).toEqual([...both, expect.stringContaining('--layers')]);
  expect(advice(text, 'buildkit')).toEqual(['The place of EXPOSE and LABEL does not matter to the cache of BuildKit.']);
  expect(advice('FROM a ⏎ RUN 1 ⏎ CMD a', 'buildkit')).toEqual([]);
  expect(advice('FROM a ⏎ RUN 1 ⏎ CMD a', 'classic')).toEqual([]);
});
