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

/** Formats of several documents end each by a zero byte or stand one on a line. */
const documents = (out: string): string[] => {
  if (out.includes('\0')) return out.split('\0').filter(Boolean);
  const lines = out.trimEnd().split('\n');
  return lines.every((line) => line.startsWith('{')) ? lines : [out];
};

/** Tags that open and close in order, quoted attributes, no bare `&` or `<`. */
function wellFormed(text: string): boolean {
  const open: string[] = [];
  const rest = text.replace(
    /<\?xml [^?]*\?>|<(\/?)(\w+)((?: \w+="[^"<&]*(?:&#\d+;[^"<&]*)*")*)(\/?)>/g,
    (_, close, name, __, self) => {
      if (close) return open.pop() === name ? '' : '<';
      if (name && !self) open.push(name);
      return '';
    },
  );
  return open.length === 0 && !/[<>]|&(?!#\d+;)/.test(rest);
}

describe('every format', () => {
  test('has a name and a reporter', () => {
    expect(Object.keys(formats)).toEqual(formatNames);
  });

  test.for(formatNames.map((name) => [name] as const))('%s of hostile text', ([name]) => {
    const out = rendered(name);
    expect(out).toMatch(/[\n\0]$/);
    if (/^[[{]/.test(out)) for (const document of documents(out)) JSON.parse(document);
    // nothing steers the terminal of a person, and nothing leaves an attribute or an element
    else expect(out).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u2028]/);
    if (out.startsWith('<?xml')) expect(wellFormed(out)).toBe(true);
  });

  test.for<[keyof typeof formats, RegExp]>([
    ['pretty', /^Nothing to report in 0 files\.\n$/],
    ['json', /"files": \[\],\n {2}"failures": \[\],/],
    ['github', /^$/],
    ['hadolint', /^\[\]\n$/],
    ['sarif', /"results": \[\]/],
    ['tty', /^$/],
    ['gnu', /^$/],
    ['codeclimate', /^$/],
    ['gitlab_codeclimate', /^\[\]\n$/],
    ['codacy', /^$/],
    ['sonarqube', /^\{"issues":\[\]\}\n$/],
    ['checkstyle', /<checkstyle version="4.3"><\/checkstyle>\n$/],
    ['junit', /<testsuites name="dflint"><\/testsuites>\n$/],
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

describe("the shapes of hadolint's formats", () => {
  const plain = (name: keyof typeof formats): string =>
    rendered(name, {
      files: [
        {
          path: 'a/Dockerfile',
          lines: linesOf('FROM alpine\nRUN x\n'),
          diagnostics: [
            diagnostic({ message: 'M <1>', why: 'W', instead: 'I', span: { start: 16, end: 17 }, related: undefined }),
            diagnostic({ message: 'M <1>', aliases: [], severity: 'style', span: { start: 0, end: 17 } }),
          ],
          suppressed: 0,
        },
      ],
      failures: [],
    });

  test.for<[keyof typeof formats, string]>([
    ['tty', 'a/Dockerfile:2 DL3000 warning: M <1>\na/Dockerfile:1 some-rule style: M <1>\n'],
    ['gnu', 'dflint:a/Dockerfile:2: DL3000 warning: M <1>\ndflint:a/Dockerfile:1: some-rule style: M <1>\n'],
  ])('%s', ([name, expected]) => {
    expect(plain(name)).toBe(expected);
  });

  test('checkstyle and junit', () => {
    expect(plain('checkstyle')).toContain(
      '<file name="a/Dockerfile"><error line="2" column="5" severity="warning" message="M &#60;1&#62; W Instead: I" source="DL3000"/>',
    );
    expect(plain('junit')).toContain(
      '<testsuite name="a/Dockerfile" tests="2" failures="2"><testcase name="DL3000 at line 2"',
    );
  });

  test('codeclimate, and the same for GitLab', () => {
    const issues = JSON.parse(plain('gitlab_codeclimate'));
    expect(
      plain('codeclimate')
        .split('\0')
        .filter(Boolean)
        .map((it) => JSON.parse(it)),
    ).toEqual(issues);
    expect(issues[0]).toMatchObject({
      check_name: 'DL3000',
      severity: 'major',
      location: { path: 'a/Dockerfile', lines: { begin: 2, end: 2 } },
    });
    expect(new Set(issues.map(({ fingerprint }: { fingerprint: string }) => fingerprint)).size).toBe(2);
  });

  test('codacy and sonarqube', () => {
    expect(JSON.parse(plain('codacy').split('\n')[0]!)).toEqual({
      filename: 'a/Dockerfile',
      line: 2,
      message: 'M <1> W Instead: I',
      patternId: 'DL3000',
    });
    expect(JSON.parse(plain('sonarqube')).issues[0]).toMatchObject({
      ruleId: 'DL3000',
      severity: 'MAJOR',
      primaryLocation: { textRange: { startLine: 2, startColumn: 4, endLine: 2, endColumn: 5 } },
    });
  });

  test('sarif', () => {
    const { runs } = JSON.parse(plain('sarif'));
    const [{ tool, results }] = runs;
    expect(tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(['DL3000', 'some-rule']);
    expect(results[0]).toMatchObject({
      ruleId: 'DL3000',
      level: 'warning',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'a/Dockerfile' },
            region: { startLine: 2, startColumn: 5, endLine: 2, endColumn: 6 },
          },
        },
      ],
    });
  });
});
