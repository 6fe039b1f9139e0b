import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse, walk } from '../../grammar/index.ts';
import { analyze } from '../../src/model/index.ts';
import { editedText, likelyText, samples } from '../grammar/arbitrary.ts';
import { baseOf, force, lines, modelOf, said } from './model.ts';

describe('what a stage stands on', () => {
  test.for([
    ['FROM node:22', 'image node:22'],
    ['FROM scratch', 'scratch'],
    ['FROM Scratch', 'unknown Scratch'],
    ['FROM "node:22"', 'image node:22'],
    ['FROM', 'unknown '],
    ['FROM node AS base ⏎ FROM base', 'stage 0'],
    ['FROM node AS Base ⏎ FROM base', 'stage 0'],
    // FROM looks its word up as it stands among the lower-cased names
    ['FROM node AS base ⏎ FROM BASE', 'unknown BASE'],
    ['FROM node AS Base ⏎ FROM Base', 'unknown Base'],
    ['FROM node ⏎ FROM 0', 'image 0'],
    ['FROM a AS x ⏎ FROM b AS x ⏎ FROM x', 'stage 1'],
    ['FROM a AS x ⏎ FROM x AS x ⏎ FROM x', 'stage 1'],
    // a name that comes later, or is the stage's own, is an image
    ['FROM later ⏎ FROM a AS other', 'image a'],
    ['FROM self AS self', 'image self'],
    ['FROM a AS b ⏎ FROM b AS a ⏎ FROM a', 'stage 1'],
    ['FROM node AS alpine ⏎ FROM alpine:3', 'image alpine:3'],
    ['ARG V=22 ⏎ FROM node:$V', 'image node:22'],
    ['ARG V=22 ⏎ ARG I=node:$V ⏎ FROM $I', 'image node:22'],
    ['ARG V ⏎ FROM node:$V', 'unknown node:$V'],
    ['ARG V ⏎ FROM node:${V:-22}', 'image node:22'],
    ['FROM node:${V:-22}', 'image node:22'],
    ['FROM node:$V', 'unknown node:'],
    ['ARG A ⏎ ARG B=$A ⏎ FROM $B', 'unknown $A'],
    ['ARG S=base ⏎ FROM node AS base ⏎ FROM $S', 'stage 0'],
    ['ARG S=Base ⏎ FROM node AS base ⏎ FROM ${S}', 'unknown Base'],
    ['FROM node AS build-amd64 ⏎ FROM build-$TARGETARCH', 'unknown build-$TARGETARCH'],
    // an ARG in a stage is nothing to FROM, a global one is seen by all
    ['FROM a ⏎ ARG V=1 ⏎ FROM b:$V', 'unknown b:'],
    ['ARG V=1 ⏎ FROM a ⏎ ARG V=2 ⏎ FROM b:$V', 'image b:1'],
    ['ARG V=1 ⏎ ARG V=2 ⏎ FROM b:$V', 'image b:2'],
    ['ARG V=1 ⏎ ARG V ⏎ FROM b:$V', 'image b:1'],
    ['ARG R=ghcr.io/me ⏎ FROM ${R}/app:${T:-1}', 'image ghcr.io/me/app:1'],
    ["ARG V='22-slim' ⏎ FROM node:$V", 'image node:22-slim'],
    ['ARG A=1 B=2 ⏎ FROM x:$A$B', 'image x:12'],
    ['ARG A=1 B=$A ⏎ FROM x:$B', 'image x:1'],
  ])('%s', ([text, expected]) => {
    expect(baseOf(modelOf(text!).stages.at(-1)!.base)).toBe(expected);
  });

  test('build arguments win, and may name what the file does not', () => {
    const base = (text: string, ...args: [string, string][]) =>
      baseOf(modelOf(text, { buildArgs: new Map(args) }).stages.at(-1)!.base);
    expect(base('ARG V=22 ⏎ FROM node:$V', ['V', '20'])).toBe('image node:20');
    expect(base('ARG V ⏎ FROM node:$V', ['V', '20'])).toBe('image node:20');
    expect(base('ARG V=22 ⏎ FROM node:$V', ['V', ''])).toBe('unknown node:');
    expect(base('FROM node:$V', ['V', '20'])).toBe('unknown node:');
    expect(base('ARG V=1 ⏎ ARG W=$V ⏎ FROM x:$W', ['V', '2'])).toBe('image x:2');
    expect(base('FROM a AS build-arm64 ⏎ FROM build-$TARGETARCH', ['TARGETARCH', 'arm64'])).toBe('stage 0');
  });
});

describe('the operating system', () => {
  test.for([
    ['FROM node', 'linux'],
    ['FROM mcr.microsoft.com/windows/servercore:ltsc2022', 'windows'],
    ['FROM mcr.microsoft.com/windows/nanoserver:ltsc2022', 'windows'],
    ['FROM mcr.microsoft.com/windows:20H2', 'windows'],
    ['FROM microsoft/nanoserver', 'windows'],
    ['FROM mcr.microsoft.com/dotnet/framework/aspnet:4.8', 'windows'],
    ['FROM mcr.microsoft.com/dotnet/sdk:8.0-nanoserver-ltsc2022', 'windows'],
    ['FROM mcr.microsoft.com/dotnet/sdk:8.0', 'linux'],
    ['FROM golang:1.25-windowsservercore-ltsc2022', 'windows'],
    ['ARG R ⏎ FROM $R/windows/servercore:ltsc2022', 'windows'],
    ['ARG T ⏎ FROM mcr.microsoft.com/windows/nanoserver:$T', 'windows'],
    ['FROM --platform=windows/amd64 x', 'windows'],
    ['FROM --platform=Windows x', 'windows'],
    ['ARG A ⏎ FROM --platform=windows/$A x', 'windows'],
    ['FROM --platform=linux/arm64 x', 'linux'],
    ['FROM --platform=$TARGETPLATFORM golang:nanoserver', 'windows'],
    ['FROM --platform=$BUILDPLATFORM x', 'linux'],
    ['FROM microsoft/nanoserver AS a ⏎ FROM a AS b ⏎ FROM b', 'windows'],
    ['FROM x AS a ⏎ FROM --platform=windows/amd64 a', 'linux'],
    ['# escape=` ⏎ FROM x', 'linux'],
    ['FROM prom/windows-exporter', 'linux'],
    ['FROM scratch', 'linux'],
  ])('%s', ([text, expected]) => {
    expect(modelOf(text!).stages.at(-1)!.os).toBe(expected);
  });
});

/** `via index «name»`, in the order of the file. */
const edges = (text: string): string =>
  modelOf(text)
    .stages.at(-1)!
    .needs.map(({ via, stage, span }) => `${via} ${stage.index} «${lines(text).slice(span.start, span.end)}»`)
    .join(', ');

describe('what a stage takes from others', () => {
  test.for([
    ['FROM a', ''],
    ['FROM a AS b ⏎ FROM b', 'from 0 «b»'],
    ['FROM a AS b ⏎ FROM c ⏎ COPY --from=b /x /x', 'copy 0 «b»'],
    ['FROM a AS Build ⏎ FROM c ⏎ COPY --from=build /x /x', 'copy 0 «build»'],
    ['FROM a AS build ⏎ FROM c ⏎ COPY --from=BUILD /x /x', 'copy 0 «BUILD»'],
    ['FROM a ⏎ FROM b ⏎ FROM c ⏎ COPY --from=1 /x /x', 'copy 1 «1»'],
    ['FROM a ⏎ FROM b ⏎ COPY --from=1 /x /x', ''],
    ['FROM a ⏎ FROM b ⏎ COPY --from=9 /x /x', ''],
    ['FROM a ⏎ FROM b ⏎ COPY --from=-1 /x /x', ''],
    ['FROM a AS x ⏎ FROM b AS x ⏎ FROM c ⏎ COPY --from=x / /', 'copy 1 «x»'],
    ['FROM a AS x ⏎ COPY --from=x / /', ''],
    ['FROM a AS x ⏎ FROM b AS x ⏎ COPY --from=x / /', 'copy 0 «x»'],
    ['FROM a ⏎ COPY --from=nginx:1 /x /x', ''],
    ['ARG S=b ⏎ FROM a AS b ⏎ FROM c ⏎ ARG S ⏎ COPY --from=$S / /', ''],
    ['FROM a AS b ⏎ FROM c ⏎ COPY --link --from="b" --chown=1 / /', 'copy 0 «"b"»'],
    ['FROM a AS b ⏎ FROM c ⏎ ADD --from=b / /', ''],
    ['FROM a AS b ⏎ FROM c ⏎ RUN --mount=from=b,target=/x ls', 'mount 0 «b»'],
    ['FROM a AS b ⏎ FROM c ⏎ RUN --mount=type=bind,FROM=B,target=/x ls', 'mount 0 «B»'],
    ['FROM a AS b ⏎ FROM c ⏎ RUN --mount=type=cache,target=/y --mount=from=b,target=/x ls', 'mount 0 «b»'],
    ['FROM a AS b ⏎ FROM c ⏎ RUN --mount=type=cache,from=b,target=/x ls', 'mount 0 «b»'],
    // mounts know no numbers
    ['FROM a ⏎ FROM c ⏎ RUN --mount=from=0,target=/x ls', ''],
    [
      'FROM a AS x ⏎ FROM b AS y ⏎ FROM x ⏎ COPY --from=y / / ⏎ RUN --mount=from=x,target=/m ls ⏎ COPY --from=0 / /',
      'from 0 «x», copy 1 «y», mount 0 «x», copy 0 «0»',
    ],
    ['FROM a AS x ⏎ FROM b AS y ⏎ ONBUILD COPY --from=x / / ⏎ FROM y', 'from 1 «y», copy 0 «x»'],
    ['FROM a AS x ⏎ FROM b AS y ⏎ ONBUILD COPY --from=x / /', ''],
  ])('%s', ([text, expected]) => {
    expect(edges(text!)).toBe(expected);
  });

  test('an edge knows its step', () => {
    const model = modelOf('FROM a AS x ⏎ FROM x ⏎ RUN ls ⏎ COPY --from=x / /');
    const [from, copy] = model.stages[1]!.needs;
    expect(from!.step).toBeUndefined();
    expect(from!.at).toBe(model.stages[1]!.from.image);
    expect(copy!.step).toBe(model.stages[1]!.steps[1]);
  });
});

describe('the build of a target', () => {
  const which = (text: string, target?: string): string => {
    const { stages } = modelOf(text, { target });
    const list = (key: 'reachable' | 'shipped') => stages.flatMap((it) => (it[key] ? [it.index] : [])).join('');
    return `${list('reachable')} ships ${list('shipped')}`;
  };
  const tree = 'FROM a AS x ⏎ FROM x AS y ⏎ FROM b AS z ⏎ FROM c AS t ⏎ COPY --from=y / / ⏎ FROM t AS u';
  test.for<[string, string | undefined, string]>([
    ['FROM a', undefined, '0 ships 0'],
    ['FROM a ⏎ FROM b', undefined, '1 ships 1'],
    ['FROM a AS x ⏎ FROM x', undefined, '01 ships 01'],
    ['FROM a AS x ⏎ FROM b ⏎ COPY --from=x / /', undefined, '01 ships 1'],
    ['FROM a ⏎ FROM b ⏎ RUN --mount=from=x,target=/x ls', undefined, '1 ships 1'],
    [tree, undefined, '0134 ships 34'],
    [tree, 'z', '2 ships 2'],
    [tree, 'Y', '01 ships 01'],
    [tree, '1', '01 ships 01'],
    [tree, '3', '013 ships 3'],
    [tree, 'nowhere', ' ships '],
    [tree, '7', ' ships '],
    // a base that only the build knows may be any stage that it may name
    ['FROM a AS build-amd64 ⏎ FROM a AS build-arm64 ⏎ FROM a AS x ⏎ FROM build-$TARGETARCH', undefined, '013 ships 3'],
    ['ARG B ⏎ FROM a AS x ⏎ FROM ${B}', undefined, '01 ships 1'],
    ['ARG R ⏎ FROM a AS x ⏎ FROM ${R}/app:1', undefined, '1 ships 1'],
    ['ARG B=x ⏎ FROM a AS w ⏎ FROM a AS x ⏎ FROM ${B}', undefined, '12 ships 12'],
  ])('%s (%s)', ([text, target, expected]) => {
    expect(which(text, target)).toBe(expected);
  });

  test('a stage and those below it', () => {
    const { stages } = modelOf('FROM a AS x ⏎ FROM b AS o ⏎ FROM x AS y ⏎ FROM y');
    expect(stages[3]!.lineage.map(({ index }) => index)).toEqual([0, 2, 3]);
    expect(stages[1]!.lineage).toEqual([stages[1]]);
  });

  test('without stages there is nothing to build', () => {
    for (const text of ['', 'ARG A=1', '# only a comment', 'RUN ls', 'nonsense ⏎ more']) {
      const model = modelOf(text);
      expect(model.stages).toEqual([]);
      expect(model.target).toBeUndefined();
      force(model);
    }
  });
});

describe('names of stages, as --from finds them', () => {
  const model = modelOf('FROM a AS One ⏎ FROM b ⏎ FROM c AS one ⏎ FROM d');
  test.for<[string, number, number | undefined]>([
    ['one', 3, 2],
    ['ONE', 3, 2],
    ['one', 2, 0],
    ['one', 0, undefined],
    ['0', 3, 0],
    ['1', 3, 1],
    ['3', 3, undefined],
    ['01', 3, 1],
    ['two', 3, undefined],
    ['', 3, undefined],
    ['constructor', 3, undefined],
  ])('%s from %i', ([reference, from, expected]) => {
    expect(model.stageNamed(reference, model.stages[from]!)?.index).toBe(expected);
  });
});

describe('steps', () => {
  const text = 'ARG A=1 ⏎ ARG B=$A$C C=3 ⏎ FROM a:$B AS x ⏎ RUN ls ⏎ ONBUILD USER me ⏎ ARG D=$E E=5 F=$E';
  const model = modelOf(text);

  test('every instruction has one, ONBUILD has one for both', () => {
    const found: string[] = [];
    walk(model.file, (node) => {
      if ('keyword' in node) found.push(`${node.kind} ${model.step(node)?.index ?? 'none'}`);
    });
    expect(found).toEqual(['Arg 0', 'Arg 1', 'From -1', 'Run 0', 'Onbuild 1', 'User none', 'Arg 2']);
  });

  test('a global ARG has no stage, FROM and the others have one', () => {
    expect(model.globals.map(({ stage }) => stage)).toEqual([undefined, undefined]);
    expect(model.step(model.stages[0]!.from)?.stage).toBe(model.stages[0]);
    expect(model.stages[0]!.steps[0]!.stage).toBe(model.stages[0]);
  });

  test('words of an ARG see the names before them', () => {
    const values = (index: number, of = model.globals) => {
      const { instruction, expand } = of[index]!;
      return instruction.kind === 'Arg' ? instruction.pairs.map(({ value }) => value && said(expand(value).value)) : [];
    };
    expect(values(0)).toEqual(['=1']);
    expect(values(1)).toEqual(['=1', '=3']);
    expect(values(2, [...model.stages[0]!.steps])).toEqual(['?$E', '=5', '=5']);
    expect(said(model.step(model.stages[0]!.from)!.expand(model.stages[0]!.from.image!).value)).toBe('=a:1');
  });

  test('before FROM stands what is global, after it what the stage starts with', () => {
    const step = model.step(model.stages[0]!.from)!;
    expect([...step.before.variables.keys()]).toEqual(['A', 'B', 'C']);
    expect([...step.after.variables.keys()]).toEqual([]);
    expect([...model.globals[1]!.before.variables.keys()]).toEqual(['A']);
  });
});

test('what is not asked for is not computed', () => {
  const { ast } = parse(lines('FROM a AS b ⏎ ENV A=1 ⏎ USER $A ⏎ RUN x ⏎ FROM b'));
  const trap = (kind: string, key: string) =>
    Object.defineProperty(ast.instructions.find((it) => it.kind === kind)!, key, {
      get: () => {
        throw new Error(`${kind} was read`);
      },
    });
  trap('Env', 'pairs');
  trap('Run', 'command');
  const { target, stages } = analyze(ast);
  expect([target!.reachable, stages[0]!.shipped, target!.lineage.length, target!.os]).toEqual([true, true, 2, 'linux']);
  expect(target!.end.shell.dialect).toBe('posix');
  expect(() => target!.end.user).toThrow('Env was read');
  expect(() => stages[0]!.steps[2]!.script).toThrow('Run was read');
});

describe('any text', () => {
  const files = samples();
  const whole = (text: string): void => {
    const { ast } = parse(text);
    const model = analyze(ast);
    force(model);
    // in the other order, and with other options
    for (const stage of [...analyze(ast, { target: 'a', buildArgs: new Map([['a', '$b']]) }).stages].reverse())
      void [stage.end.user, stage.end.variables, stage.reachable];
  };
  test('of tokens of the language', () => {
    fc.assert(fc.property(likelyText, whole), { numRuns: 1500 });
  });
  test('of Dockerfiles with slips', () => {
    fc.assert(fc.property(editedText(files), whole), { numRuns: 1000 });
  });
  test('of lines about stages and variables', () => {
    const name = fc.constantFrom('a', 'A', 'b', '0', '$a', '${a:-b}', '$b$a', 'x');
    const line = fc.oneof(
      fc.tuple(name, name).map(([image, as]) => `FROM ${image} AS ${as}`),
      fc.tuple(name, name).map(([key, value]) => `ARG ${key}=${value} ${value}`),
      fc.tuple(name, name).map(([key, value]) => `ENV ${key}=${value}${value} ${value}=${key}`),
      fc.tuple(name, name).map(([from, path]) => `COPY --from=${from} ${path} ${path}`),
      name.map((it) => `RUN --mount=from=${it},target=/x ls ${it}`),
      name.map((it) => `WORKDIR ${it}`),
      name.map((it) => `ONBUILD ENV ${it}=${it}`),
    );
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 40 }).map((all) => all.join('\n')),
        whole,
      ),
      { numRuns: 500 },
    );
  });

  test('of great size', () => {
    const stages = Array.from({ length: 3000 }, (_, index) => `FROM s${index - 1} AS s${index}\nENV A=$A$A B=x$B`);
    const chain = analyze(parse(stages.join('\n')).ast);
    expect(chain.target!.base.kind).toBe('stage');
    expect(chain.stages[100]!.lineage).toHaveLength(101);
    force(chain);
    const doubled = modelOf(`FROM scratch\nENV A=x\n${'ENV A=$A$A\n'.repeat(3000)}LABEL a=$A`);
    expect(doubled.target!.end.labels.get('a')).toBeDefined();
    force(modelOf(`FROM a\n${'LABEL a=1 b=2\nUSER x\nWORKDIR y\nEXPOSE 1\n'.repeat(500)}`));
  });
});
