import { describe, expect, test } from 'vitest';
import { allRules } from '../../rules/index.ts';
import { configOf, hadolintEnvironment, noSettings, readHadolint } from '../../src/config/hadolint.ts';
import { readConfig } from '../../src/config/read.ts';

/** The problems as `line:column message`. */
const said = (problems: readonly { line: number; column: number; message: string }[]): string[] =>
  problems.map(({ line, column, message }) => `${line}:${column} ${message}`);

describe('a mistake in a config has its place, and what was likely meant', () => {
  test.for<[string, string[]]>([
    ['', []],
    ['# nothing\n', []],
    ['preset: strict\nfail-on: error\nformat: json\nshellcheck: true\nignore-comments: false\n', []],
    ['rules:\n  DL3006: off\n  add-local-file: error\n  sc2086: info\n  shellcheck/SC2046: off\n', []],
    ['{"preset": "all", "rules": {"maintainerdeprecated": "off"}}', []],
    [
      'preset: stict\n',
      ['1:9 preset: stict is not one of recommended, strict, all, hadolint, buildkit; strict is likely meant'],
    ],
    ['presets: all\n', ['1:1 there is no key presets; preset is likely meant']],
    ['shellcheck: yes please\n', ['1:13 shellcheck: yes please should be true or false']],
    ['rules: [DL3006]\n', ['1:8 rules: ["DL3006"] should be a map']],
    ['rules:\n  add-local-fil: off\n', ['2:3 there is no rule add-local-fil; add-local-file is likely meant']],
    [
      'rules:\n  DL3006: wrning\n',
      ['2:11 DL3006: wrning is not one of error, warning, info, style, off; warning is likely meant'],
    ],
    ['rules:\n  DL3006: {severty: off}\n', ['2:12 there is no key severty; severity is likely meant']],
    ['- a\n', ['1:1 the file: ["a"] should be a map']],
    ['a: [1\n', [expect.stringMatching(/^\d+:\d+ this is not YAML: /) as never]],
    [
      'presets: all\nrules:\n  nope-nope-nope: off\n',
      ['1:1 there is no key presets; preset is likely meant', '3:3 there is no rule nope-nope-nope'],
    ],
  ])('%s', ([text, expected]) => {
    expect(said(readConfig(text, allRules).problems)).toEqual(expected);
  });
});

test('what a config says', () => {
  const { config } = readConfig('preset: strict\nrules:\n  dl3006: off\n  shellcheck/SC2086: info\n', allRules);
  expect([config.preset, [...config.levels]]).toEqual([
    'strict',
    [
      ['dl3006', 'off'],
      ['sc2086', 'info'],
    ],
  ]);
});

test('in a package.json it stands under its name', () => {
  const text = '{\n  "name": "x",\n  "dflint": {"preset": "al"}\n}\n';
  const [problem] = readConfig(text, allRules, 'dflint').problems;
  expect(said([problem!])).toEqual([
    '3:24 preset: al is not one of recommended, strict, all, hadolint, buildkit; all is likely meant',
  ]);
});

describe("hadolint's config", () => {
  test('every key of it', () => {
    const { settings, problems } = readHadolint(
      [
        'failure-threshold: warning',
        'format: json',
        'ignored: [DL3006, SC2086, DL3005]',
        'override:',
        '  error: [DL3020]',
        '  info: [DL4000]',
        'label-schema:',
        '  author: text',
        '  contact: email',
        '  version: semver',
        '  bare:',
        'strict-labels: true',
        'no-color: true',
        'no-fail: false',
        'disable-ignore-pragma: true',
        'verbose: false',
        'trustedRegistries:',
        '  - docker.io',
        '  - "*.example.com"',
      ].join('\n'),
      allRules,
    );
    expect(said(problems)).toEqual(['11:8 bare: null is not one of text, email, hash, rfc3339, semver, spdx, url, ']);
    const { levels, options, ...rest } = configOf(settings);
    expect(rest).toEqual({ failOn: 'warning', comments: false, color: false, format: 'hadolint' });
    expect(Object.fromEntries(levels)).toEqual({
      dl3020: 'error',
      dl4000: 'info',
      dl3006: 'off',
      sc2086: 'off',
      dl3005: 'off',
    });
    expect(options.get('dl3026')).toEqual({ 'trusted-registries': ['docker.io', '*.example.com'] });
    expect(options.get('dl3049')).toEqual({
      schema: { author: 'text', contact: 'email', version: 'semver', bare: 'text' },
    });
  });

  test.for<[string, string[]]>([
    ['', []],
    ['trustedRegistries: docker.io\n', []],
    ['failure-threshold: ignore\n', []],
    ['no-fail: 1\n', ['1:10 no-fail: 1 should be true or false']],
    ['ignore: [DL3006]\n', ['1:1 there is no key ignore; ignored is likely meant']],
    ['ignored: [add-local-fil]\n', ['1:11 there is no rule add-local-fil; add-local-file is likely meant']],
    ['ignored: DL3006\n', ['1:10 ignored: DL3006 should be a list']],
    ['override:\n  ignore: [DL3006]\n', ['2:3 there is no key ignore']],
    ['format: codacy\n', []],
    [
      'failure-threshold: warn\n',
      ['1:20 failure-threshold: warn is not one of error, warning, info, style, ignore, none'],
    ],
  ])('%s', ([text, expected]) => {
    expect(said(readHadolint(text, allRules).problems)).toEqual(expected);
  });

  test.for<[string, string | undefined]>([
    ['tty', 'tty'],
    ['json', 'hadolint'],
    ['gitlab_codeclimate', 'gitlab_codeclimate'],
    // a name of ours, not of hadolint's
    ['github', undefined],
  ])('its format %s is %s here', ([theirs, ours]) => {
    expect(configOf({ ...noSettings, format: theirs }).format).toBe(ours);
  });

  test('its variables', () => {
    const variables: Record<string, string> = {
      HADOLINT_NOFAIL: 'Yes',
      HADOLINT_IGNORE: 'DL3006, DL3007',
      HADOLINT_OVERRIDE_ERROR: 'DL3020',
      HADOLINT_FAILURE_THRESHOLD: 'none',
      HADOLINT_TRUSTED_REGISTRIES: 'docker.io',
      HADOLINT_REQUIRE_LABELS: 'a:text,b',
      HADOLINT_STRICT_LABELS: '0',
    };
    const settings = hadolintEnvironment((name) => variables[name]);
    const { levels, failOn } = configOf(settings);
    expect(Object.fromEntries(levels)).toEqual({ dl3050: 'off', dl3020: 'error', dl3006: 'off', dl3007: 'off' });
    expect(failOn).toBe('never');
    expect(settings.labels).toEqual({ a: 'text', b: 'text' });
    expect(configOf({ ...settings, noFail: false }).failOn).toBe('style');
  });
});
