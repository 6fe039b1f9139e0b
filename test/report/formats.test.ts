import { describe, expect, test } from 'vitest';
import type { Diagnostic, Run } from '../../src/engine/diagnostic.ts';
import { formatNames } from '../../src/report/format-names.ts';
import { formats } from '../../src/report/formats.ts';
import { noPaint } from '../../src/report/paint.ts';
import { linesOf } from '../../src/text/lines.ts';

/** What would break out of a command of GitHub, of JSON, of XML, or of a line, or steer a terminal. */
const hostile = '::error::%0A,:"\'<b>&amp;]]>\\\r\n\u0007\u001b[31m\u009b2J\u2028漢字\ud800';
const text = `FROM alpine\nRUN echo ${hostile.replaceAll(/[\r\n]/g, '')}\n`;

const diagnostic = (more: Partial<Diagnostic> = {}): Diagnostic => ({
  rule: 'some-rule',
  aliases: ['DL3000', 'SC2000'],
  severity: 'warning',
  message: `It says ${hostile}`,
  why: hostile,
  instead: hostile,
  url: `https://example.com/?${hostile}`,
  span: { start: 16, end: text.length - 1 },
  related: { start: 0, end: 4 },
  fix: { safety: 'safe', title: hostile, edits: [{ span: { start: 0, end: 4 }, text: hostile }] },
  ...more,
});

const run: Run = {
  files: [
    {
      path: `web/${hostile}/Dockerfile`,
      lines: linesOf(text),
      diagnostics: [
        diagnostic(),
        diagnostic({ rule: 'other', aliases: [], severity: 'style', span: { start: 0, end: text.length } }),
        diagnostic({ why: undefined, instead: undefined, url: undefined, related: undefined, fix: undefined }),
      ],
      suppressed: 1,
      fixed: 2,
    },
    { path: 'empty', lines: linesOf(''), diagnostics: [], suppressed: 0 },
  ],
  failures: [{ path: `gone${hostile}`, message: hostile }],
};
const rendered = (name: keyof typeof formats, of: Run = run): string =>
  formats[name]({ run: of, paint: noPaint, width: 80, version: '1.2.3' });

describe('every format', () => {
  test('has a name and a reporter', () => {
    expect(Object.keys(formats)).toEqual(formatNames);
  });

  test.for(formatNames.map((name) => [name] as const))('%s of hostile text', ([name]) => {
    const out = rendered(name);
    expect(out).toMatch(/\n$/);
    if (/^[[{]/.test(out)) JSON.parse(out);
    // nothing steers the terminal of a person
    else expect(out).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f]/);
  });

  test.for<[keyof typeof formats, RegExp]>([
    ['pretty', /^Nothing to report in 0 files\.\n$/],
    ['json', /"files": \[\],\n {2}"failures": \[\],/],
    ['github', /^$/],
    ['hadolint', /^\[\]\n$/],
  ])('%s of nothing', ([name, expected]) => {
    expect(rendered(name, { files: [], failures: [] })).toMatch(expected);
  });
});

test('JSON can be read, and holds the texts as they are', () => {
  const { files, failures, summary } = JSON.parse(rendered('json'));
  const [{ path, diagnostics, suppressed, fixed }] = files;
  expect([path, suppressed, fixed, diagnostics.length]).toEqual([run.files[0]!.path, 1, 2, 3]);
  expect(diagnostics[0]).toMatchObject({ message: `It says ${hostile}`, why: hostile, fix: { title: hostile } });
  expect(failures).toEqual(run.failures);
  expect(summary).toEqual({ files: 2, error: 0, warning: 2, info: 0, style: 1 });
});

test("hadolint's JSON has the codes that its users know", () => {
  const found = JSON.parse(rendered('hadolint')) as { code: string; file: string; line: number }[];
  expect(found.map(({ code, line }) => [code, line])).toEqual([
    ['DL3000', 2],
    ['other', 1],
    ['DL3000', 2],
  ]);
  expect(found[0]!.file).toBe(run.files[0]!.path);
});

test('annotations of GitHub are a line each', () => {
  const lines = rendered('github').split('\n');
  expect(lines).toHaveLength(4);
  for (const line of lines.slice(0, 3)) expect(line).toMatch(/^::(?:warning|notice) file=web\/%3A%3Aerror/);
});
