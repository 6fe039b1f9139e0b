import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from '../../grammar/index.ts';
import { analyze } from '../../src/model/index.ts';
import type { Step } from '../../src/model/model.ts';
import { editedText, samples } from '../grammar/arbitrary.ts';
import { lines, modelOf } from './model.ts';

const last = (text: string): Step => modelOf(text).stages.at(-1)!.steps.at(-1)!;

/** The commands of the last instruction: name and words, each as the file has it at the word's own place. */
function commands(text: string): string[] {
  const file = lines(text);
  return (last(text).script?.commands ?? []).map(({ name, word, args }) => {
    const written = [word, ...args].map(({ span }) => file.slice(span.start, span.end).replaceAll('\n', '⏎'));
    return `${name ?? '?'}: ${written.join(' ')}`;
  });
}

describe('commands and where they stand', () => {
  test.for<[text: string, expected: string[]]>([
    ['RUN apt-get update', ['apt-get: apt-get update']],
    ['run apt-get update', ['apt-get: apt-get update']],
    ['RUN  apt-get   update  ', ['apt-get: apt-get update']],
    ['RUN a && b || c; d | e', ['a: a', 'b: b', 'c: c', 'd: d', 'e: e']],
    ['RUN --mount=type=cache,target=/x --network=none a b', ['a: a b']],
    ['RUN a \\\n    b', ['a: a b']],
    ['RUN a \\\n  # why\n\n  && b \\\n# why not\n c', ['a: a', 'b: b c']],
    ['RUN apt-get ins\\\ntall x', ['apt-get: apt-get ins\\⏎tall x']],
    ['RUN a "b c" \'d e\' f\\ g', ['a: a "b c" \'d e\' f\\ g']],
    ['RUN a\r\n  # not the end', ['a: a']],
    ['RUN a \\\r\n  b', ['a: a b']],
    ['RUN set -eux; apk add curl', ['set: set -eux', 'apk: apk add curl']],
    ['RUN é 😀 && b c', ['é: é 😀', 'b: b c']],
    // paths and wrappers that a comparison of names would miss
    ['RUN /usr/bin/apt-get update', ['apt-get: /usr/bin/apt-get update']],
    ['RUN env apt-get update', ['apt-get: apt-get update']],
    ['RUN env A=1 apt-get update', ['apt-get: apt-get update']],
    ['RUN DEBIAN_FRONTEND=noninteractive apt-get update', ['apt-get: apt-get update']],
    ['RUN sudo -E apt-get update', ['apt-get: apt-get update']],
    ['RUN if true; then apt-get update; fi', ['true: true', 'apt-get: apt-get update']],
    ['RUN (a) && { b; } && ! c', ['a: a', 'b: b', 'c: c']],
    ['RUN a $(b c)', ['a: a $(b c)', 'b: b c']],
    ['RUN for i in 1 2; do a "$i"; done', ['a: a "$i"']],
    ['RUN', []],
    ['RUN # nothing', []],

    ['RUN ["apt-get", "update"]', ['apt-get: "apt-get" "update"']],
    ['RUN [ "a" , \\\n  "b c" ]', ['a: "a" "b c"']],
    ['RUN ["/bin/bash", "-c", "a && b c"]', ['bash: "/bin/bash" "-c" "a && b c"', 'a: a', 'b: b c']],
    ['RUN ["sh", "-c", "a \\"b\\" && c"]', ['sh: "sh" "-c" "a \\"b\\" && c"', 'a: a \\"b\\"', 'c: c']],
    ['RUN sh -c "a && b c"', ['sh: sh -c "a && b c"', 'a: a', 'b: b c']],
    // near JSON is shell
    ['RUN [ -f a ] && b', ['[: [ -f a ]', 'b: b']],
    ['RUN [[ -f a ]] && b', ['b: b']],
    ["CMD ['a', 'b']", ["[a,: ['a', 'b']"]],
    ['RUN []', []],

    ['CMD npm start', ['npm: npm start']],
    ['CMD ["npm", "start"]', ['npm: "npm" "start"']],
    ['CMD exec node app.js', ['node: node app.js']],
    ['ENTRYPOINT ["/docker-entrypoint.sh"]', ['docker-entrypoint.sh: "/docker-entrypoint.sh"']],
    ['ENTRYPOINT java $OPTS -jar a.jar', ['java: java $OPTS -jar a.jar']],
    ['HEALTHCHECK CMD curl -f x || exit 1', ['curl: curl -f x', 'exit: exit 1']],
    ['HEALTHCHECK --interval=5s CMD ["curl", "x"]', ['curl: "curl" "x"']],
    ['HEALTHCHECK NONE', []],
  ])('%s', ([text, expected]) => {
    expect(commands(`FROM a\n${text}`)).toEqual(expected);
  });

  test('only what goes to a shell or the kernel has a script', () => {
    const { steps } = modelOf(
      'FROM a ⏎ ENV A=1 ⏎ COPY a b ⏎ SHELL ["bash"] ⏎ LABEL a=b ⏎ ONBUILD RUN ls ⏎ USER x ⏎ HEALTHCHECK NONE',
    ).target!;
    expect(steps.map(({ script }) => script)).toEqual(steps.map(() => undefined));
    expect(steps.map(({ operations }) => operations)).toEqual(steps.map(() => []));
  });

  test('a script is read once', () => {
    const step = last('FROM a ⏎ RUN apt-get install -y curl');
    expect(step.script).toBe(step.script);
    expect(step.operations).toBe(step.operations);
  });
});

describe('here-documents', () => {
  test.for<[text: string, expected: string[]]>([
    ['RUN <<EOF\na b\nc\nEOF', ['a: a b', 'c: c']],
    ['RUN <<"EOF"\na $b\nEOF', ['a: a $b']],
    ['RUN <<EOF\na \\\n  b\n# why\nEOF\nRUN x', ['x: x']],
    ['RUN <<-EOF\n\ta b\n\t\tc\n\tEOF', ['a: a b', 'c: c']],
    ['RUN <<-EOF\n\tif a; then\n\t\tb c\n\tfi\nEOF', ['a: a', 'b: b c']],
    ['RUN --mount=type=cache,target=/x <<EOF\na b\nEOF', ['a: a b']],
    ['RUN <<EOF\n\n\na\nEOF', ['a: a']],
    ['RUN <<EOF\nEOF', []],
    ['RUN <<EOF\r\na b\r\nEOF\r', ['a: a b']],
    ['RUN <<-EOF\r\n\ta b\r\n\t\r\n\tc\r\n\tEOF\r', ['a: a b', 'c: c']],
    ['RUN cat <<EOF | a b\r\nx y\r\nEOF\r', ['cat: cat', 'a: a b']],
    ['RUN bash <<EOF && c\r\na b\r\nEOF\r', ['bash: bash', 'a: a b', 'c: c']],
    ['RUN <<EOF\n#!/bin/bash\nset -e\na b\nEOF', ['set: set -e', 'a: a b']],
    ['RUN <<EOF\n#!/usr/bin/env python3\nimport os\nEOF', []],
    ['RUN <<EOF\na <<X\nb\nX\nc d\nEOF', ['a: a', 'c: c d']],
    // with more on the line the shell reads it
    ['RUN cat <<EOF > /x\nthe body\nEOF', ['cat: cat']],
    ['RUN cat <<EOF > /x && b c\nthe body\nEOF', ['cat: cat', 'b: b c']],
    ['RUN a <<A <<B && c d\nthe body\nA\nmore\nB', ['a: a', 'c: c d']],
    ['RUN cat <<EOF | a b\n$(c d)\nEOF', ['cat: cat', 'c: c d', 'a: a b']],
    ["RUN cat <<'EOF' | a b\n$(c d)\nEOF", ['cat: cat', 'a: a b']],
    ['RUN bash <<EOF\na b\nEOF', ['bash: bash', 'a: a b']],
    ['RUN bash -e <<EOF && z\na b\nc\nEOF', ['bash: bash -e', 'a: a b', 'c: c', 'z: z']],
    ['RUN python3 <<EOF\nimport os\nEOF', ['python3: python3']],
    ['RUN <<EOF cat \\\n > x\nthe body\nEOF', ['cat: cat']],
    ['RUN cat <<-EOF | a\n\tthe body\n\tEOF', ['cat: cat', 'a: a']],
    ['RUN a && <<EOF cat && b\nthe body\nEOF', ['a: a', 'cat: cat', 'b: b']],
  ])('%s', ([text, expected]) => {
    expect(new Set(commands(`FROM a\n${text}`))).toEqual(new Set(expected));
  });

  test('a here-document without an end', () => {
    expect(() => commands('FROM a\nRUN <<EOF\na b')).not.toThrow();
    expect(() => commands('FROM a\nRUN cat <<EOF <<B\na b')).not.toThrow();
  });
});

describe('the language of a script', () => {
  const language = (text: string): string => {
    const { script } = last(text);
    return script ? `${script.dialect} ${script.parsed ? 'parsed' : script.reason}` : 'none';
  };
  test.for([
    ['FROM a ⏎ RUN x', 'posix parsed'],
    ['FROM a ⏎ SHELL ["/bin/bash", "-c"] ⏎ RUN x', 'bash parsed'],
    ['FROM a ⏎ RUN x ⏎ SHELL ["/bin/bash", "-c"]', 'none'],
    ['FROM a AS b ⏎ SHELL ["/bin/bash", "-c"] ⏎ FROM b ⏎ ENV A=1 ⏎ ARG B ⏎ RUN x', 'bash parsed'],
    ['FROM a ⏎ SHELL ["/bin/ash", "-c"] ⏎ CMD x', 'ash parsed'],
    ['FROM a ⏎ SHELL ["/bin/zsh", "-c"] ⏎ HEALTHCHECK CMD x', 'zsh parsed'],
    ['FROM a ⏎ SHELL ["powershell", "-Command"] ⏎ RUN Get-Thing -Name "x"', 'powershell dialect'],
    ['FROM a ⏎ SHELL ["powershell", "-Command"] ⏎ ENV A=1 ⏎ RUN Get-Thing -Name "x"', 'powershell dialect'],
    ['FROM microsoft/nanoserver ⏎ RUN dir C:\\', 'cmd dialect'],
    ['FROM microsoft/nanoserver AS b ⏎ FROM b ⏎ RUN dir', 'cmd dialect'],
    ['FROM a ⏎ SHELL ["/usr/bin/python3", "-c"] ⏎ RUN print(1)', 'other dialect'],
    // exec forms need no shell, or bring their own
    ['FROM microsoft/nanoserver ⏎ RUN ["cmd", "/C", "dir"]', 'cmd parsed'],
    ['FROM a ⏎ RUN ["bash", "-c", "x"]', 'bash parsed'],
    ['FROM a ⏎ RUN ["/bin/sh", "-c", "x"]', 'posix parsed'],
    ['FROM a ⏎ SHELL ["bash", "-c"] ⏎ CMD ["node"]', 'bash parsed'],
    ['FROM a ⏎ SHELL ["bash", "-c"] ⏎ ENTRYPOINT ["/usr/bin/env", "sh", "-c", "x"]', 'bash parsed'],
    ['FROM a ⏎ RUN <<EOF\n#!/bin/bash\nx\nEOF', 'bash parsed'],
    ['FROM a ⏎ RUN <<EOF\n#!/bin/sh -e\nx\nEOF', 'posix parsed'],
    ['FROM a ⏎ RUN <<EOF\n#! /usr/bin/env bash\nx\nEOF', 'bash parsed'],
    ['FROM a ⏎ RUN <<EOF\n#!/usr/bin/env -S bash -e\nx\nEOF', 'bash parsed'],
    ['FROM a ⏎ RUN <<EOF\n#!/usr/bin/env python3\nprint(1)\nEOF', 'other dialect'],
    ['FROM a ⏎ RUN <<EOF\nx\n#!/usr/bin/env python3\nEOF', 'posix parsed'],
    ['FROM a ⏎ SHELL ["bash", "-c"] ⏎ RUN <<EOF\nx\nEOF', 'bash parsed'],
    ['FROM a ⏎ SHELL ["bash", "-c"] ⏎ RUN <<EOF\n#!/bin/sh\nx\nEOF', 'posix parsed'],
    ['FROM a ⏎ RUN cat <<EOF\n#!/bin/bash\nEOF', 'posix parsed'],
    ['FROM a ⏎ RUN echo "', 'posix syntax'],
    ['FROM a ⏎ RUN if true; then', 'posix syntax'],
  ])('%s', ([text, expected]) => {
    expect(language(text!)).toBe(expected);
  });

  test('options that a script sets for itself', () => {
    const { script } = last('FROM a ⏎ RUN <<EOF\nset -euo pipefail\na | b\nEOF');
    expect(script!.sets.map(({ option, on }) => `${option} ${on}`)).toContain('pipefail true');
  });
});

describe('package operations', () => {
  const operations = (text: string): string[] =>
    last(text).operations.map(({ manager, action, packages }) =>
      [manager, action, ...packages.map(({ name }) => name)].join(' '),
    );
  test.for<[text: string, expected: string[]]>([
    ['FROM a ⏎ RUN apt-get install -y curl', ['apt-get install curl']],
    ['FROM a ⏎ RUN /usr/bin/apt-get install -y curl', ['apt-get install curl']],
    ['FROM a ⏎ RUN env apt-get install -y curl', ['apt-get install curl']],
    ['FROM a ⏎ RUN sudo -n apt-get install -y curl', ['apt-get install curl']],
    ['FROM a ⏎ RUN ["apt-get", "install", "-y", "curl"]', ['apt-get install curl']],
    ['FROM a ⏎ RUN sh -c "apt-get install -y curl"', ['apt-get install curl']],
    ['FROM a ⏎ RUN <<EOF\napk add curl\nEOF', ['apk install curl']],
    ['FROM a ⏎ RUN bash <<EOF\napk add curl\nEOF', ['apk install curl']],
    ['FROM a ⏎ RUN echo apt-get install curl', []],
    ['FROM microsoft/nanoserver ⏎ RUN pip install x', ['pip install x']],
  ])('%s', ([text, expected]) => {
    expect(operations(text)).toEqual(expected);
  });

  test('the environment of the step is known to them', () => {
    const caches = (text: string) => last(text).operations[0]!.caches.length;
    expect(caches('FROM a ⏎ RUN pip install x')).toBeGreaterThan(0);
    expect(caches('FROM a ⏎ ENV PIP_NO_CACHE_DIR=1 ⏎ RUN pip install x')).toBe(0);
    expect(caches('FROM a AS b ⏎ ENV PIP_NO_CACHE_DIR=1 ⏎ FROM b ⏎ RUN pip install x')).toBe(0);
    expect(caches('FROM a AS b ⏎ ENV PIP_NO_CACHE_DIR=1 ⏎ FROM a ⏎ RUN pip install x')).toBeGreaterThan(0);
  });
});

describe('places', () => {
  const files = samples();
  const steps = (text: string) => analyze(parse(text).ast).stages.flatMap((stage) => stage.steps);

  test('every word of every command is what the file has there', () => {
    for (const file of files) {
      for (const { script } of steps(file)) {
        for (const { word, args, within } of script?.commands ?? []) {
          // inside a string the file has the quotes and escapes of the string
          if (within.includes('string')) continue;
          for (const { raw, span } of [word, ...args]) {
            const written = file.slice(span.start, span.end).replace(/[\\`][ \t]*\r?\n(?:[ \t]*(?:#.*)?\r?\n)*/g, '');
            expect(written).toBe(raw);
          }
        }
      }
    }
  });

  test('whatever is written, commands stand in their instruction', () => {
    fc.assert(
      fc.property(editedText(files), (text) => {
        for (const { script, instruction } of steps(text)) {
          const spans = [
            ...(script?.errors ?? []).map(({ span }) => span),
            ...(script?.commands ?? []).flatMap((it) => [it.span, it.word.span, ...it.args.map(({ span }) => span)]),
          ];
          for (const { start, end } of spans) {
            expect(start).toBeLessThanOrEqual(end);
            expect(start).toBeGreaterThanOrEqual(instruction.span.start);
            expect(end).toBeLessThanOrEqual(instruction.span.end);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });
});
