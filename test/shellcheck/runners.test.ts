import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { noCache } from '../../src/shellcheck/cache.ts';
import type { Finding } from '../../src/shellcheck/finding.ts';
import {
  openShellcheck,
  type Shellcheck,
  ShellcheckError,
  type ShellcheckProblem,
  shellcheck,
  shellcheckWith,
} from '../../src/shellcheck/index.ts';
import { nativeRunner } from '../../src/shellcheck/native.ts';
import type { Runner } from '../../src/shellcheck/runner.ts';
import { wasmRunner } from '../../src/shellcheck/wasm.ts';
import { placeOf, said } from './place.ts';

const text = 'FROM debian\nRUN echo "😀" && \\\n\tls\t$A\nRUN ls `b`\n';
const expected = ['SC2086 3:5 $A', 'SC2046 4:8 `b`', 'SC2006 4:8 `b`'];
const unlimited = { timeout: 30_000, signal: undefined };

async function saidBy(tool: Shellcheck): Promise<string[]> {
  const [found = []] = await tool.check([{ text }]);
  return found.map((it) => said(it, text));
}

async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'dflint-shellcheck-'));
  return use(folder).finally(() => rmSync(folder, { recursive: true, force: true }));
}

describe('the npm package', () => {
  test('500 scripts, and it is still well', async () => {
    const runner = wasmRunner([])!;
    const ask = async (index: number): Promise<number> =>
      (await runner.check(`#!/bin/sh\nls $A${index}\n`, unlimited)).length;
    const counts: number[] = [];
    for (let index = 0; index < 500; index += 2) counts.push(...(await Promise.all([ask(index), ask(index + 1)])));
    expect(counts.every((count) => count === 1)).toBe(true);
    await runner.close();
  });

  test('a script that takes too long is told, and the next one is not lost', async () => {
    const problems: ShellcheckProblem[] = [];
    const slow = `RUN ${Array.from({ length: 3000 }, (_, index) => `if a; then ls $A${index}; fi`).join(' && ')}`;
    const file = `FROM x\n${slow}\nRUN ls $A\n`;
    const options = {
      use: 'wasm',
      cache: false,
      timeout: 3000,
      problem: (it: ShellcheckProblem) => problems.push(it),
    } as const;
    const [found = []] = await shellcheck([{ text: file }], options);
    expect(found.map((it) => said(it, file))).toEqual(['SC2086 3:8 $A']);
    expect(problems.map(({ span, message }) => `${placeOf(span, file)} ${message}`)).toEqual([
      '2:1 ShellCheck did not answer: it took longer than 3 s',
    ]);
  });

  test('nobody waits any more', async () => {
    const stop = new AbortController();
    const asked = shellcheck([{ text }], { use: 'wasm', cache: false, signal: stop.signal });
    stop.abort();
    await expect(asked).rejects.toThrow('aborted');
  });
});

describe('the program', async () => {
  const native = await openShellcheck({ use: 'native', cache: false });
  test.skipIf(!native)('says the same at the same places (there is a ShellCheck on PATH)', async () => {
    expect(await saidBy(native!)).toEqual(expected);
    const wasm = (await openShellcheck({ use: 'wasm', cache: false }))!;
    expect(await saidBy(wasm)).toEqual(expected);
    await wasm.close();
  });

  /** A program that says what is asked of it, and how often. */
  const program = (version: string, then: string): string =>
    `#!/bin/sh\nif [ "$1" = --version ]; then echo 'version: ${version}'; exit; fi\necho "$* [$SHELLCHECK_OPTS]" >> "$0.log"\n${then}\n`;
  const withProgram = <T>(content: string, use: (path: string, log: () => string) => Promise<T>): Promise<T> =>
    inFolder((folder) => {
      const path = join(folder, 'shellcheck');
      writeFileSync(path, content);
      chmodSync(path, 0o755);
      return use(`relative${delimiter}${folder}${delimiter}${process.env['PATH']}`, () =>
        readdirSync(folder).includes('shellcheck.log') ? readFileSync(`${path}.log`, 'utf8') : '',
      );
    });
  const posix = process.platform !== 'win32';

  test.runIf(posix)('gets the script, and none of the settings around', () =>
    withProgram(program('0.11.0', 'cat > /dev/null; echo \'{"comments":[]}\'; exit 1'), async (path, log) => {
      process.env['SHELLCHECK_OPTS'] = '-e SC2086';
      const tool = (await openShellcheck({ cache: false, environment: () => path }))!;
      delete process.env['SHELLCHECK_OPTS'];
      expect(tool.version).toBe('native 0.11.0');
      expect(await saidBy(tool)).toEqual([]);
      expect(log()).toBe('--norc --format=json1 - []\n'.repeat(2));
    }),
  );

  test.runIf(posix)('one that fails each time is given up', () =>
    withProgram(program('0.3.0', 'echo "unrecognized option" >&2; exit 3'), async (path, log) => {
      const many = `FROM x\n${Array.from({ length: 40 }, (_, index) => `RUN ls $A${index}\n`).join('')}`;
      await expect(shellcheck([{ text: many }], { cache: false, environment: () => path })).rejects.toThrow(
        new ShellcheckError('ShellCheck failed: unrecognized option'),
      );
      expect(log().split('\n').length).toBeLessThan(16);
    }),
  );

  test.runIf(posix)('what is no ShellCheck is passed over', () =>
    withProgram('#!/bin/sh\necho hello\n', async (path) => {
      expect(await nativeRunner(path)).toBeUndefined();
      const tool = await openShellcheck({ cache: false, environment: () => path });
      expect(tool?.version).toMatch(/^wasm /);
    }),
  );

  test('nothing on PATH', async () => {
    expect(await nativeRunner('')).toBeUndefined();
    expect(await openShellcheck({ use: 'native', environment: () => '' })).toBeUndefined();
  });
});

describe('whatever ShellCheck it is', () => {
  const found: Finding = { code: 3010, level: 'warning', message: '…', span: { start: 20, end: 21 }, edits: [] };
  const runner = (check: Runner['check'], busybox = true): Runner => ({
    ...{ version: 'v', busybox, slots: 1, check },
    close: async () => {},
  });

  test('what breaks down once is asked again', async () => {
    let asked = 0;
    const tool = shellcheckWith(
      runner(async () => {
        if (++asked === 1) throw new Error('it ended with 1');
        return [found];
      }),
      noCache,
    );
    expect((await tool.check([{ text: 'FROM x\nRUN echo abcdefghijkl\n' }]))[0]).toHaveLength(1);
    expect(asked).toBe(2);
  });

  test('a script on which it always breaks down is told; the others are checked', async () => {
    const problems: ShellcheckProblem[] = [];
    const tool = shellcheckWith(
      runner(async (script) => {
        if (script.includes('bad')) throw new Error('out of memory');
        return [found];
      }),
      noCache,
      { problem: (it) => problems.push(it) },
    );
    const file = 'FROM x\nRUN echo abcdefghijkl\nRUN echo bad\nRUN echo abcdefghijklm\n';
    expect((await tool.check([{ text: 'FROM x' }, { text: file }])).map((list) => list.length)).toEqual([0, 2]);
    expect(problems).toEqual([
      { file: 1, span: { start: 29, end: 32 }, message: 'ShellCheck did not answer: out of memory' },
    ]);
  });

  test('one that does not know BusyBox says nothing about portability there', async () => {
    const scripts: string[] = [];
    const tool = shellcheckWith(
      runner(async (script) => {
        scripts.push(script);
        return [found];
      }, false),
      noCache,
    );
    expect(await tool.check([{ text: 'FROM alpine\nRUN echo abcdefghijkl\n' }])).toEqual([[]]);
    expect(scripts).toEqual(['#!/bin/ash\necho abcdefghijkl']);
  });
});
