import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allRules } from '../../rules/index.ts';
import { lint } from '../../src/engine/lint.ts';
import { openShellcheck, type Shellcheck } from '../../src/shellcheck/index.ts';
import { applyEdits, compatible } from '../../src/text/edit.ts';
import { said } from './place.ts';

let tool: Shellcheck;
beforeAll(async () => {
  tool = (await openShellcheck({ use: 'wasm', cache: false }))!;
});
afterAll(() => tool.close());

const find = async (text: string): Promise<string[]> => {
  const [diagnostics = []] = await tool.check([{ text }]);
  return diagnostics.map((it) => said(it, text));
};

/** Caption, Dockerfile, findings. */
const table: readonly (readonly [string, string, readonly string[]])[] = [
  ['the script of RUN', 'FROM x\nRUN ls $dir/*\n', ['SC2154 2:8 $dir', 'SC2086 2:8 $dir']],
  ['all findings of a script', 'FROM x\nRUN cd a; ls `b`\n', ['SC2164 2:5 cd a', 'SC2046 2:14 `b`', 'SC2006 2:14 `b`']],
  ['nothing to say', 'FROM x\nRUN apt-get update && rm -rf /var/lib/apt/lists/*\n', []],
  ['no script at all', 'FROM x\nCOPY a b\nENV a=$b\n', []],
  ['no FROM', 'RUN echo `b`\n', ['SC2046 1:10 `b`', 'SC2006 1:10 `b`', 'SC2005 1:10 `b`']],
  [
    'CMD, ENTRYPOINT and HEALTHCHECK',
    'FROM x\nHEALTHCHECK --interval=5s CMD test `a`\nENTRYPOINT exec b `b`\nCMD c $D\n',
    ['SC2046 2:36 `a`', 'SC2006 2:36 `a`', 'SC2046 3:19 `b`', 'SC2006 3:19 `b`', 'SC2086 4:7 $D'],
  ],
  ['ONBUILD', 'FROM x\nONBUILD RUN echo $A\n', ['SC2086 2:18 $A']],
  ['an argv is no script', 'FROM x\nRUN ["echo", "`b`"]\nCMD ["$a"]\n', []],
  ['a script in an argv', 'FROM x\nCMD ["sh", "-c", "echo \\"a\\" $B"]\n', ['SC2086 2:30 $B']],
  ['options before it', 'FROM x\nCMD ["bash", "-eo", "pipefail", "-c", "[[ $a ]]; ls $B"]\n', ['SC2086 2:53 $B']],
  ['a script file gets -c', 'FROM x\nCMD ["bash", "run.sh", "-c", "ls $B"]\n', []],

  // positions
  ['over continued lines', 'FROM x\nRUN echo a && \\\n    ls $A \\\n && cat $B\n', ['SC2086 3:8 $A', 'SC2086 4:9 $B']],
  [
    'a comment and a blank line between them',
    'FROM x\nRUN echo a && \\\n # why\n\n    ls $A\\\n # more\n && ls $B\n',
    ['SC2086 5:8 $A', 'SC2086 7:8 $B'],
  ],
  ['a word over two lines', 'FROM x\nRUN ls $LO\\\nNG\n', ['SC2086 2:8 $LO\\⏎NG']],
  ['behind a tab', 'FROM x\nRUN\tls\t$A\t\t$B\n', ['SC2086 2:8 $A', 'SC2086 2:12 $B']],
  ['behind signs of two units', 'FROM x\nRUN echo "😀é" $A\n', ['SC2086 2:16 $A']],
  ['the other escape character', '# escape=`\nFROM x\nRUN echo a && `\n  ls $A\n', ['SC2086 4:6 $A']],
  ['line ends of Windows', 'FROM x\r\nRUN echo a && \\\r\n  ls $A\r\n', ['SC2086 3:6 $A']],
  ['a here-document', 'FROM x\nRUN <<EOF\nls $A\n\tls\t$B\nEOF\n', ['SC2086 3:4 $A', 'SC2086 4:5 $B']],
  ['its tabs taken off', 'FROM x\nRUN <<-EOF\n\tls\t$A\n\tEOF\n', ['SC2086 3:5 $A']],
  ['with line ends of Windows', 'FROM x\r\nRUN <<EOF\r\nls $A\r\nls $B\r\nEOF\r\n', ['SC2086 3:4 $A', 'SC2086 4:4 $B']],
  [
    'one that a command reads',
    'FROM x\nRUN cat <<EOF > $A && ls $B\n$c\nEOF\n',
    ['SC2086 2:17 $A', 'SC2086 2:26 $B', 'SC2154 3:1 $c'],
  ],
  [
    'a script that cannot be read',
    'FROM x\nRUN if true; then ls\n',
    ['SC1046 2:5 i', 'SC1073 2:5 i', 'SC1047 2:21', 'SC1072 2:21'],
  ],

  // the language
  ['sh', 'FROM x\nRUN [[ $A ]]\n', ['SC3010 2:5 [[ $A ]]']],
  ['SHELL', 'FROM x\nSHELL ["/bin/bash", "-c"]\nRUN [[ $A ]]\n', []],
  ['SHELL of the stage below', 'FROM x AS a\nSHELL ["bash", "-c"]\nFROM a\nRUN [[ $A ]]\n', []],
  [
    'a shell behind another program',
    'FROM x\nSHELL ["conda", "run", "-n", "e", "/bin/bash", "-c"]\nRUN [[ $A ]]\n',
    [],
  ],
  ['BusyBox has more than POSIX', 'FROM alpine\nRUN [[ $A ]]\n', []],
  ['and less than bash', 'FROM alpine\nRUN a=(1 2)\n', ['SC3030 2:7 (1 2)', 'SC2034 2:5 a']],
  ['dash', 'FROM debian\nRUN f() { local a=1; echo "$a"; }; f\n', []],
  ['sh that is bash', 'FROM fedora\nRUN [[ $A ]]\n', []],
  ['ksh', 'FROM x\nSHELL ["/bin/ksh", "-c"]\nRUN [[ $A ]]\n', []],
  ['hadolint shell=', 'FROM x\n# hadolint shell=/bin/bash\nRUN [[ $A ]]\n', []],
  ['shellcheck shell=', 'FROM x\n# shellcheck shell=bash\nRUN [[ $A ]]\n', []],
  ['a shebang', 'FROM x\nRUN <<EOF\n#!/usr/bin/env bash\n[[ $A ]]; ls $A\nEOF\n', ['SC2086 4:14 $A']],
  ['a directive in the script', 'FROM x\nRUN <<EOF\n# shellcheck shell=bash\n[[ $A ]]\nEOF\n', []],
  ['not PowerShell', 'FROM x\nSHELL ["pwsh", "-Command"]\nRUN ls $a\n', []],
  ['not cmd', 'FROM mcr.microsoft.com/windows/nanoserver:1809\nRUN ls `a`\n', []],
  ['not zsh', 'FROM x\nSHELL ["zsh", "-c"]\nRUN ls $a\n', []],
  ['not Python', 'FROM x\nRUN <<EOF\n#!/usr/bin/env python3\nprint(`a`)\nEOF\n', []],
  ['not the script that Python reads', "FROM x\nRUN python3 <<'EOF'\nprint('`a`')\nEOF\n", []],
  ['not a ksh that ShellCheck does not know', 'FROM x\nRUN <<EOF\n#!/bin/mksh\nls $A\nEOF\n', []],
  ['the shell stops at errors', 'FROM x\nSHELL ["/bin/bash", "-e", "-c"]\nRUN cd /a; ls\n', []],
  ['and elsewhere it does not', 'FROM x\nRUN cd /a; ls\n', ['SC2164 2:5 cd /a']],

  // names that are set
  ['ENV and ARG', 'FROM x\nARG a\nENV b=1 c=2\nRUN ls "$a" "$b" "$c" "$d"\n', ['SC2154 4:24 $d']],
  ['of the stage below', 'FROM x AS y\nENV b=1\nFROM y\nRUN ls "$b"\n', []],
  ['not those before FROM', 'ARG a=1\nFROM x\nRUN ls "$a"\n', ['SC2154 3:9 $a']],
  ['not those of later', 'FROM x\nRUN ls "$a"\nARG a\n', ['SC2154 2:9 $a']],
  ['ARGs are gone in CMD', 'FROM x\nARG a\nENV b=1\nCMD ls "$a" "$b"\n', ['SC2154 4:9 $a']],
  ['proxies', 'FROM x\nRUN curl -x "$http_proxy" "$no_proxy"\n', []],
  ['a secret', 'FROM x\nRUN --mount=type=secret,id=t,env=token curl "$token"\n', []],
  ['what is set needs no quotes', 'FROM x\nENV A=1\nRUN ls $A\n', []],
  ['a name that sets a name of the shell', 'FROM x\nENV PATH=/a:$PATH\nRUN ls "$PATH"\n', []],

  // what is left out
  ['other files', 'FROM x\nRUN . ./a && . "$B"\n', []],

  // directives that comments outside of scripts give
  ['a range', 'FROM x\n# shellcheck disable=SC2000-SC2999\nRUN ls $A `b`\n', []],
  [
    'inside a continuation',
    'FROM x\nRUN ls a && \\\n # shellcheck disable=2086\n ls $A `b`\n',
    ['SC2046 4:8 `b`', 'SC2006 4:8 `b`'],
  ],
  ['one that is wrong', 'FROM x\n# shellcheck disable=what ever\nRUN ls $A\n', ['SC2086 3:8 $A']],
  ['an optional check', 'FROM x\n# shellcheck enable=require-variable-braces\nRUN ls "$A"\n', ['SC2250 3:9 $A']],
  ['of the instruction before', 'FROM x\n# shellcheck disable=2086\nRUN ls $A\nRUN ls $A\n', ['SC2086 4:8 $A']],
  [
    'in a here-document',
    'FROM x\nRUN <<EOF\nls $A\n# shellcheck disable=SC2086\nls $A\nls $A\nEOF\n',
    ['SC2086 3:4 $A', 'SC2086 6:4 $A'],
  ],
  ['at its top', 'FROM x\nARG a\nRUN <<EOF\n\n# shellcheck disable=SC2086\nls "$a"\nls $A\nEOF\n', []],
];

describe('findings at their places', () => {
  for (const [caption, text, expected] of table)
    test(caption, async () => expect(new Set(await find(text))).toEqual(new Set(expected)));
});

test('a finding is whole', async () => {
  const text = 'FROM x\nRUN ls $A\n';
  const [[it] = []] = await tool.check([{ text }]);
  expect(it).toEqual({
    rule: 'shellcheck/SC2086',
    aliases: ['SC2086'],
    severity: 'info',
    message: 'Double quote to prevent globbing and word splitting.',
    why: undefined,
    instead: undefined,
    url: 'https://www.shellcheck.net/wiki/SC2086',
    span: { start: 14, end: 16 },
    related: undefined,
    fix: {
      safety: 'suggestion',
      title: 'Write it as ShellCheck proposes',
      edits: [
        { span: { start: 14, end: 14 }, text: '"' },
        { span: { start: 16, end: 16 }, text: '"' },
      ],
    },
  });
});

/** Before and after all corrections. */
const corrections: readonly (readonly [string, string, string])[] = [
  ['quotes', 'RUN ls $A `b`', 'RUN ls "$A" $(b)'],
  ['quotes at the end of a line', 'RUN ls $A\\\n  && ls $B', 'RUN ls "$A"\\\n  && ls "$B"'],
  ['a name over two lines stays', 'RUN ls $LO\\\nNG', 'RUN ls "$LO\\\nNG"'],
  ['behind the command', 'RUN cd a\\\n; ls', 'RUN cd a || exit\\\n; ls'],
  ['in JSON', 'CMD ["sh", "-c", "ls $A"]', 'CMD ["sh", "-c", "ls \\"$A\\""]'],
  ['in a here-document', 'RUN <<EOF\nls $A\nEOF', 'RUN <<EOF\nls "$A"\nEOF'],
  ['backticks over two lines', 'RUN echo "`a \\\n b`"', 'RUN echo "$(a \\\n b)"'],
];

describe('fixes', () => {
  for (const [caption, before, after] of corrections)
    test(caption, async () => {
      const text = `FROM x\n${before}\n`;
      const [found = []] = await tool.check([{ text }]);
      const fixes = found.flatMap(({ fix }) => (fix ? [fix] : []));
      expect(new Set(fixes.map(({ safety }) => safety))).toEqual(new Set(['suggestion']));
      expect(applyEdits(text, compatible(fixes.map(({ edits }) => edits)).flat())).toBe(`FROM x\n${after}\n`);
    });
});

test('files are told apart, and the same script is asked once', async () => {
  const [one, two, three] = ['FROM x\nRUN ls $A\n', 'FROM x\n\nRUN ls $A\n', 'FROM x\n'];
  const found = await tool.check([one, two, three].map((text) => ({ text: text! })));
  expect(found.map((list) => list.map(({ span }) => span.start))).toEqual([[14], [15], []]);
});

test('build arguments do not matter, comments may be passed over', async () => {
  const text = 'FROM x\n# shellcheck disable=2086\nRUN ls $A\n';
  expect(await tool.check([{ text }])).toEqual([[]]);
  expect((await tool.check([{ text, comments: false }]))[0]).toHaveLength(1);
});

test('a comment silences what ShellCheck found, and that is counted; ours of the same code and place gives way', async () => {
  const text = 'FROM x\nRUN ls $A\n# shellcheck disable=SC2086\nRUN ls $A\n';
  const [foreign = []] = await tool.check([{ text }]);
  const enabled = allRules
    .filter(({ aliases }) => aliases.includes('SC2086'))
    .map((rule) => ({ rule, severity: rule.severity }));
  expect(enabled).toHaveLength(1);
  const { diagnostics, suppressed } = lint(text, enabled, { foreign });
  expect(diagnostics.map(({ rule }) => rule)).toEqual(['shellcheck/SC2086']);
  expect(suppressed).toBe(1);
});
