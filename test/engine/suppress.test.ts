import { describe, expect, test } from 'vitest';
import { lint } from '../../src/index.ts';

const found = (text: string) => {
  const { diagnostics, suppressed } = lint(text, { rules: { 'consecutive-run': 'off' } });
  return { rules: diagnostics.map(({ rule }) => rule), suppressed };
};

describe('comments silence rules', () => {
  test.for<[string, string, string[], number]>([
    ['the next instruction, by id', '# dflint ignore=unpinned-base-image\nFROM alpine\n', [], 1],
    ['by alias, in any letter case', '# dflint ignore=dl3006\nFROM alpine\n', [], 1],
    ['with a reason', '# dflint ignore=unpinned-base-image -- nightly builds\nFROM alpine\n', [], 1],
    [
      'several names',
      '# dflint ignore=maintainer, add-local-file\nFROM a:1\n',
      ['unused-suppression', 'unused-suppression'],
      0,
    ],
    ['a blank line and another comment between', '# dflint ignore=all\n\n# about the base\nFROM alpine\n', [], 1],
    [
      'only the next instruction',
      'FROM a:1\n# dflint ignore=add-local-file\nADD a /\nADD b /\n',
      ['add-local-file'],
      1,
    ],
    [
      'inside the instruction',
      'FROM a:1\nRUN apt-get update \\\n  # dflint ignore=lone-package-update\n  && true\n',
      [],
      1,
    ],
    ['the whole file', '# dflint ignore-file=add-local-file\nFROM a:1\nADD a /\nADD b /\n', [], 2],
    ['hadolint, one line', 'FROM a:1\n# hadolint ignore=DL3020\nADD a /\n', [], 1],
    ['hadolint, with a reason', 'FROM a:1\n# hadolint ignore=DL3020,DL3008 # legacy\nADD a /\n', [], 1],
    ['hadolint, everywhere', '# hadolint global ignore=DL3020\nFROM a:1\nADD a /\nADD b /\n', [], 2],
    [
      'hadolint, a stage',
      'FROM a:1 AS x\nADD a /\n# hadolint stage ignore=DL3020\nFROM a:1\nADD b /\n',
      ['add-local-file'],
      1,
    ],
    ['BuildKit, the file', '# check=skip=MaintainerDeprecated\nFROM a:1\nMAINTAINER me\n', [], 1],
    [
      'BuildKit, one instruction',
      'FROM a:1\n# check=skip=MaintainerDeprecated kept for history\nMAINTAINER me\n',
      [],
      1,
    ],
    [
      'BuildKit, in other letters is another name',
      '# check=skip=maintainerdeprecated\nFROM a:1\nMAINTAINER me\n',
      ['unused-suppression', 'maintainer'],
      0,
    ],
    [
      'BuildKit, cut at the first blank',
      '# check=skip=DuplicateStageName, MaintainerDeprecated\nFROM a:1\nMAINTAINER me\n',
      ['maintainer'],
      0,
    ],
    ['BuildKit, an indented directive', '  # check=skip=all\nFROM a:1\nMAINTAINER me\n', ['maintainer'], 0],
    ['BuildKit, behind a shebang', '#!/usr/bin/env docker\n# check=skip=all\nFROM a:1\nMAINTAINER me\n', [], 1],
    ['BuildKit, an indented comment', 'FROM a:1\n  # check=skip=all\nMAINTAINER me\n', ['maintainer'], 0],
    ['BuildKit, parted by an empty comment', 'FROM a:1\n# check=skip=all\n#\nMAINTAINER me\n', ['maintainer'], 0],
    [
      'BuildKit, only the first of several',
      'FROM a:1\n# check=skip=StageNameCasing\n# check=skip=all\nMAINTAINER me\n',
      ['maintainer'],
      0,
    ],
    [
      'BuildKit, a key twice',
      '# check=skip=MaintainerDeprecated;skip=StageNameCasing\nFROM a:1\nMAINTAINER me\n',
      ['maintainer'],
      0,
    ],
    ['BuildKit, an option that it refuses', '# check=ignore=all\nFROM a:1\n', ['syntax-error'], 0],
    ['BuildKit, error is no word', '# check=error=yes\nFROM a:1\n', ['syntax-error'], 0],
    [
      'BuildKit, at the instruction that overrides',
      'FROM a:1\nCMD ["a"]\n# check=skip=MultipleInstructionsDisallowed\nCMD ["b"]\n',
      [],
      1,
    ],
    [
      'BuildKit, not at the instruction that is overridden',
      'FROM a:1\n# check=skip=MultipleInstructionsDisallowed\nCMD ["a"]\nCMD ["b"]\n',
      ['overridden-instruction'],
      0,
    ],
    [
      'hadolint, at the instruction that overrides',
      'FROM a:1\nCMD ["a"]\n# hadolint ignore=DL4003\nCMD ["b"]\n',
      [],
      1,
    ],
    ['hadolint, at the one that is overridden', 'FROM a:1\n# hadolint ignore=DL4003\nCMD ["a"]\nCMD ["b"]\n', [], 1],
    [
      'dflint, only at the one that is overridden',
      'FROM a:1\nCMD ["a"]\n# dflint ignore=DL4003\nCMD ["b"]\n',
      ['overridden-instruction', 'unused-suppression'],
      0,
    ],
    [
      'BuildKit, a check that it does outside of instructions',
      'FROM a:1 AS b\n# check=skip=DuplicateStageName\nFROM a:1 AS b\n',
      ['duplicate-stage-name'],
      0,
    ],
    ['the same at the top', '# check=skip=DuplicateStageName\nFROM a:1 AS b\nFROM a:1 AS b\n', [], 1],
    ['the same for hadolint', 'FROM a:1 AS b\n# hadolint ignore=DL3024\nFROM a:1 AS b\n', [], 1],
    ['ShellCheck, above', 'FROM a:1\n# shellcheck disable=SC2086,SC2046\nRUN true\n', [], 0],
    ['BuildKit, all of its own checks', '# check=skip=all\nFROM alpine\nMAINTAINER me\n', ['unpinned-base-image'], 1],
    [
      'not a syntax error',
      '# dflint ignore-file=syntax-error,all\nRUM\n',
      expect.arrayContaining(['syntax-error']) as never,
      0,
    ],
    ['a code that no version of hadolint has', '# hadolint ignore=DL9999\nFROM a:1\n', ['unused-suppression'], 0],
    ['a code that hadolint had once', '# hadolint ignore=DL3005\nFROM a:1\n', [], 0],
    ['hadolint, with blanks, in small letters', '#hadolint   IGNORE = dl3020 , DL3006\nFROM alpine\n', [], 1],
    ['hadolint, one above the other', '# hadolint ignore=DL3007\n# hadolint ignore=DL3006\n\nFROM alpine\n', [], 1],
    ['hadolint, text behind it', '# hadolint ignore=DL3006 the base is ours\nFROM alpine\n', [], 1],
    ['hadolint, blanks instead of commas', '# hadolint ignore=DL3006 DL3007\nFROM alpine\n', [], 1],
    ['any dialect takes any name', '# hadolint ignore=unpinned-base-image\nFROM alpine\n', [], 1],
    ['a name that nobody has', '# dflint ignore=add-local-fil\nFROM a:1\n', ['unused-suppression'], 0],
    [
      'a comment that only speaks of it',
      '# we could dflint ignore=all here\nFROM alpine\n',
      ['unpinned-base-image'],
      0,
    ],
  ])('%s', ([, text, rules, suppressed]) => {
    expect(found(text)).toEqual({ rules, suppressed });
  });

  test('an unused name says what was likely meant, and points at the name', () => {
    const text = '# dflint ignore=maintainer,add-local-fil\nFROM a:1\nMAINTAINER me\n';
    const [, unused] = [undefined, lint(text).diagnostics.find(({ rule }) => rule === 'unused-suppression')!];
    expect(text.slice(unused.span.start, unused.span.end)).toBe('maintainer');
    const typo = lint(text).diagnostics.filter(({ rule }) => rule === 'unused-suppression')[1]!;
    expect(typo.message).toBe('There is no rule add-local-fil; add-local-file is likely meant.');
  });
});
