import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compileIgnore,
  isIgnored,
  matchingPattern,
  mayReinclude,
  parseIgnore,
  stateOf,
} from '../../src/model/context/ignore.ts';
import { isWild, match } from '../../src/model/go/gopath.ts';
import { clean } from '../../src/text/path.ts';

interface Row {
  readonly name: string;
  readonly text: string;
  readonly ignored?: readonly string[];
  readonly kept?: readonly string[];
}

const rows: readonly Row[] = [
  { name: 'no pattern', text: '', kept: ['a', 'a/b', '.dockerignore'] },
  { name: 'a plain name is anchored at the root', text: 'a', ignored: ['a', 'a/b', 'a/b/c'], kept: ['ab', 'b/a', 'A'] },
  { name: 'a path', text: 'a/b', ignored: ['a/b', 'a/b/c/d'], kept: ['a', 'a/c', 'b', 'a/bc', 'x/a/b'] },
  { name: 'a trailing slash means nothing', text: 'logs/', ignored: ['logs', 'logs/x'], kept: ['src/logs'] },
  { name: 'a leading slash means nothing', text: '/logs', ignored: ['logs', 'logs/x'], kept: ['src/logs'] },
  { name: 'many slashes', text: '//a///b//', ignored: ['a/b'], kept: ['a', 'b'] },
  { name: './ in front', text: './a', ignored: ['a', 'a/b'] },
  { name: '. and .. inside', text: 'x/../a/./b', ignored: ['a/b'], kept: ['x', 'a'] },
  { name: '.. above the root matches nothing', text: '../a', kept: ['a', 'b/a'] },
  { name: '.. above a leading slash stops there', text: '/../a', ignored: ['a'] },
  { name: 'the root cannot be named', text: '.\n/\n./\n..', kept: ['a', '.a', 'a/b'] },
  { name: 'a dot file', text: '.env', ignored: ['.env'], kept: ['a/.env', '.env.local', 'xenv'] },

  { name: '* is one level', text: '*', ignored: ['a', '.a', 'a/b'] },
  {
    name: '* stops at a slash',
    text: '*.log',
    ignored: ['a.log', '.log', 'd.log/x'],
    kept: ['d/a.log', 'a.logs', 'alog'],
  },
  { name: '*/* is two levels', text: '*/*', ignored: ['a/b', 'a/b/c'], kept: ['a'] },
  { name: '*/*/x', text: '*/*/x', ignored: ['a/b/x', 'a/b/x/y'], kept: ['x', 'a/x', 'a/b/c/x'] },
  { name: '*/temp*', text: '*/temp*', ignored: ['a/temp', 'a/temporary.txt'], kept: ['temp', 'a/b/temp'] },
  { name: '* in the middle', text: 'a*c', ignored: ['ac', 'abc', 'a.c/d'], kept: ['a/c', 'abcd'] },
  { name: '* matches dot files', text: 'a/*', ignored: ['a/.b'], kept: ['a'] },
  { name: 'several *', text: '*a*b*', ignored: ['ab', 'xaxbx', 'aab'], kept: ['ba', 'a/b'] },
  { name: '? is one character', text: 'temp?', ignored: ['tempa', 'temp1/x'], kept: ['temp', 'tempab', 'temp/a'] },
  { name: '? is one code point', text: 'a?b', ignored: ['aéb', 'a😀b'], kept: ['ab', 'a/b', 'a😀😀b'] },
  { name: 'a literal $ + ( ) .', text: '*$+().x', ignored: ['a$+().x'], kept: ['a$+()-x'] },

  { name: '** is everything', text: '**', ignored: ['a', 'a/b', '.a'] },
  { name: '**/ is everything', text: '**/', ignored: ['a', 'a/b'] },
  { name: '**/x at any depth', text: '**/x', ignored: ['x', 'a/x', 'a/b/x', 'a/x/b'], kept: ['ax', 'a/bx', 'xa'] },
  { name: '**/a/b', text: '**/a/b', ignored: ['a/b', 'c/a/b', 'c/a/b/d'], kept: ['ca/b', 'a/c/b'] },
  { name: '**/*.go', text: '**/*.go', ignored: ['a.go', 'a/b.go', 'a/b/c.go', '.go'], kept: ['a.goo', 'ago'] },
  { name: '/**/x', text: '/**/x', ignored: ['x', 'a/x'] },
  { name: 'a/**', text: 'a/**', ignored: ['a/b', 'a/b/c'], kept: ['a', 'ab', 'b/a/c'] },
  { name: 'a/**/', text: 'a/**/', ignored: ['a/b'], kept: ['a'] },
  {
    name: 'foo/**/bar',
    text: 'foo/**/bar',
    ignored: ['foo/bar', 'foo/a/bar', 'foo/a/b/bar/c'],
    kept: ['foo', 'foo/abar', 'bar'],
  },
  { name: '**/a/**', text: '**/a/**', ignored: ['a/b', 'x/a/b/c'], kept: ['a', 'x/a', 'ba/b'] },
  { name: '**/**', text: '**/**', ignored: ['a', 'a/b'] },
  { name: '**/**/x', text: '**/**/x', ignored: ['x', 'a/x', 'a/b/x'], kept: ['ax'] },
  { name: 'a**', text: 'a**', ignored: ['a', 'ab', 'ab/c', 'a/b'], kept: ['ba'] },
  { name: '**a is a bare suffix', text: '**a', ignored: ['a', 'ba', 'c/ba', 'ca/b'], kept: ['ab'] },
  { name: '**.txt', text: '**.txt', ignored: ['.txt', 'a.txt', 'a/b.txt'], kept: ['txt'] },
  { name: 'a**b asks for a slash', text: 'a**b', ignored: ['ab', 'a/b', 'ax/b', 'ax/y/b'], kept: ['axb'] },
  { name: '**/*a*/*b*', text: '**/*a*/*b*', ignored: ['a/b', 'x/1a1/2b2'], kept: ['a', 'b', 'b/a'] },
  { name: '***', text: '***', ignored: ['a', 'a/b'] },

  { name: 'a class', text: 'a[b-d]', ignored: ['ab', 'ac', 'ad', 'ad/x'], kept: ['a', 'aa', 'ae', 'abc'] },
  { name: 'a class of members', text: '[Bb]in', ignored: ['bin', 'Bin/x'], kept: ['tin', 'a/bin'] },
  { name: 'a negated class', text: '[^a]', ignored: ['b', '1', 'é'], kept: ['a', 'bb'] },
  { name: 'a negated class takes a slash', text: 'a[^b]c', ignored: ['axc', 'a/c'], kept: ['abc'] },
  { name: '! does not negate a class', text: '[!a]', ignored: ['a', '!'], kept: ['b'] },
  { name: 'several ranges', text: '[a-c0-2_]', ignored: ['b', '1', '_'], kept: ['d', '3', '-'] },
  { name: 'an escape in a class', text: '[\\]x]', ignored: [']', 'x'], kept: ['\\', 'y'] },
  { name: 'an escaped range', text: '[\\--0]', ignored: ['-', '0'], kept: ['1', ','] },
  { name: 'a lone ] is literal', text: 'a]*', ignored: ['a]', 'a]b'], kept: ['a'] },
  { name: 'a named class', text: '[[:digit:]]x', ignored: ['1x'], kept: ['ax', '[x', ':]x'] },
  { name: 'unicode ranges', text: '[α-ω]', ignored: ['β'], kept: ['b'] },
  { name: 'a star in a class ends up a regular expression', text: '[*]', ignored: [']', '[]', '^]'], kept: ['*'] },

  { name: 'an escaped star', text: 'a\\*', ignored: ['a*', 'a*/b'], kept: ['a', 'ab', 'a\\b'] },
  { name: 'an escaped ?', text: 'a\\?', ignored: ['a?'], kept: ['ab'] },
  { name: 'an escaped [', text: 'a\\[b\\]', ignored: ['a[b]'], kept: ['ab'] },
  { name: 'an escaped backslash', text: 'a\\\\b', ignored: ['a\\b'], kept: ['ab', 'a/b'] },
  { name: 'an escaped !', text: '\\!a', ignored: ['!a'], kept: ['a'] },
  { name: 'an escaped #', text: '\\#a', ignored: ['#a'], kept: ['a'] },
  { name: 'an escaped space', text: 'a\\ b', ignored: ['a b'], kept: ['ab'] },
  { name: 'an escaped letter can be a class', text: 'v\\d', ignored: ['v1', 'v2/x'], kept: ['vd', 'v\\d'] },
  {
    name: 'an escaped letter can be a control character',
    text: 'src\\test',
    ignored: ['src\test'],
    kept: ['src/test'],
  },
  { name: 'an escaped letter can be a border', text: 'bin\\build', kept: ['bin/build', 'bin\\build', 'binbuild'] },
  { name: 'hexadecimal, octal', text: '\\x41\\102', ignored: ['AB'], kept: ['x41'] },
  { name: 'a unicode category', text: '\\pL\\PL', ignored: ['é1'], kept: ['1é', 'éé'] },
  { name: 'quoted by \\Q', text: '\\Qa', kept: ['a', 'Qa'] },

  { name: 'braces are literal', text: '*.{js,ts}', ignored: ['a.{js,ts}'], kept: ['a.js', 'a.ts'] },
  { name: 'a number in braces repeats beside a wildcard', text: '?a{2}', ignored: ['xaa'], kept: ['xa{2}', 'xa'] },
  { name: 'a number in braces alone is literal', text: 'a{2}', ignored: ['a{2}'], kept: ['aa'] },
  {
    name: 'an alternative is not anchored beside a wildcard',
    text: 'ab|c?',
    ignored: ['abx', 'xcd'],
    kept: ['xab', 'c'],
  },
  { name: 'a bar alone is literal', text: 'a|b', ignored: ['a|b'], kept: ['a', 'b'] },
  { name: '^ in front is no character beside a wildcard', text: '^?', ignored: ['a'], kept: ['^a'] },
  { name: '^ alone is literal', text: '^a', ignored: ['^a'], kept: ['a'] },
  { name: '$ is literal', text: 'a$*', ignored: ['a$', 'a$b'], kept: ['a'] },

  { name: '! takes back', text: '*.md\n!README.md', ignored: ['a.md'], kept: ['README.md'] },
  { name: 'the last match wins', text: '*.md\n!R*.md\nR-secret.md', ignored: ['a.md', 'R-secret.md'], kept: ['R.md'] },
  { name: 'a ! that comes first is lost', text: '!README.md\n*.md', ignored: ['README.md', 'a.md'] },
  { name: 'back from under an ignored directory', text: 'a\n!a/b', ignored: ['a/c', 'a'], kept: ['a/b', 'a/b/c'] },
  { name: 'nothing but one directory', text: '*\n!src', ignored: ['a', 'b/src'], kept: ['src', 'src/x/y'] },
  { name: 'nothing but one directory, by **', text: '**\n!src/**', ignored: ['a', 'src'], kept: ['src/a', 'src/a/b'] },
  { name: 'and less of it', text: '*\n!src\nsrc/test', ignored: ['src/test', 'src/test/a'], kept: ['src/a'] },
  { name: 'back at any depth', text: 'a\n!**/keep', ignored: ['a/x'], kept: ['a/keep', 'a/b/keep', 'a/b/keep/c'] },
  { name: 'back by extension', text: '*\n!*.go\n!**/*.go', ignored: ['a.js', 'd'], kept: ['a.go', 'd/e/a.go'] },
  { name: '! with blanks behind it', text: '*\n!  a', ignored: ['b'], kept: ['a'] },
  { name: '! and a leading slash', text: '*\n!/a/', ignored: ['b'], kept: ['a', 'a/b'] },
  { name: '! and ./', text: '*\n!./a', kept: ['a'] },
  { name: './! is a ! all the same', text: '*\n./!a', kept: ['a'] },
  { name: '!! takes back a name with !', text: '*\n!!a', ignored: ['a'], kept: ['!a'] },
  { name: '!. matches nothing', text: 'a\n!.', ignored: ['a'] },
  {
    name: 'a parent taken back before it was ignored does not count',
    text: '**/*.md\n!docs',
    ignored: ['docs/a.md'],
    kept: ['docs/a'],
  },
  {
    name: 'what lies below taken back does',
    text: '**/*.md\n!docs/**',
    ignored: ['a.md'],
    kept: ['docs/a.md', 'docs/b/a.md'],
  },
  { name: 'a parent ignored a second time does not count', text: '*\n!a/b\na', ignored: ['a', 'a/c'], kept: ['a/b'] },

  { name: 'a comment', text: '# a\n#a\n#', kept: ['a', '# a', '#a', '#'] },
  { name: 'an indented # is a pattern', text: ' #a\n\t# b', ignored: ['#a', '# b'], kept: ['a'] },
  { name: '# behind a pattern belongs to it', text: 'a # b', ignored: ['a # b'], kept: ['a'] },
  { name: 'blank lines', text: '\n\n  \n\t\na\n\n', ignored: ['a'], kept: ['b', ' '] },
  { name: 'blanks around', text: '  a  \n\tb\t', ignored: ['a', 'b'], kept: [' a'] },
  { name: 'blanks inside', text: 'a b', ignored: ['a b'], kept: ['a', 'b'] },
  { name: 'a blank name behind a slash goes', text: 'a/ ', ignored: ['a'] },
  { name: 'blanks of Unicode around', text: '\u00a0a\u3000\n\u0085b\u2028', ignored: ['a', 'b'] },
  { name: 'CRLF', text: 'a\r\n!b\r\n# c\r\n', ignored: ['a'], kept: ['b', 'c'] },
  { name: 'a lone CR ends no line', text: 'a\rb', ignored: ['a\rb'], kept: ['a', 'b'] },
  { name: 'no end of line', text: 'a\nb', ignored: ['a', 'b'] },
  { name: 'a byte order mark', text: '\uFEFFa\nb', ignored: ['a', 'b'] },
  { name: 'a byte order mark before a comment', text: '\uFEFF#a', kept: ['a', '#a'] },
  { name: 'a byte order mark later is a character', text: 'a\n\uFEFFb', ignored: ['\uFEFFb'], kept: ['b'] },
  {
    name: 'a byte order mark later is lost beside a wildcard',
    text: 'a\n\uFEFFb*',
    ignored: ['bc'],
    kept: ['\uFEFFbc'],
  },
  { name: 'names beyond ASCII', text: 'é*\n日本', ignored: ['été', '日本/x'], kept: ['ete'] },
  { name: 'normal forms differ', text: 'caf\u00e9', ignored: ['caf\u00e9'], kept: ['cafe\u0301'] },
  { name: 'names of Object.prototype', text: '[[:alpha:]]onstructor', ignored: ['constructor'], kept: ['__proto__'] },

  {
    name: 'a path is cleaned',
    text: 'a/b',
    ignored: ['./a/b', 'a//b', 'a/b/', '/a/b', 'a/x/../b'],
    kept: ['', '.', '/', '..', '../a/b'],
  },
];

const cases = rows.flatMap(({ name, text, ignored = [], kept = [] }) => [
  ...ignored.map((path) => ({ name, text, path, expected: true })),
  ...kept.map((path) => ({ name, text, path, expected: false })),
]);

describe('isIgnored', () => {
  test.for(cases)('$name: $path', ({ text, path, expected }) => {
    const ignore = parseIgnore(text);
    expect(ignore.errors).toEqual([]);
    expect(isIgnored(ignore, path)).toBe(expected);
  });
});

describe('errors', () => {
  test.for([
    ['a lone !', '!', 'illegal exclusion pattern: "!"'],
    ['! and blanks', ' !  ', 'illegal exclusion pattern: "!"'],
    ['!/', '!/', 'illegal exclusion pattern: "!/"'],
    ['an open class', '[', 'syntax error in pattern: "["'],
    ['an open range', 'a[b-', 'syntax error in pattern: "a[b-"'],
    ['an empty class', '[]', 'syntax error in pattern: "[]"'],
    ['an empty negated class', '![^]', 'syntax error in pattern: "![^]"'],
    ['a ] first in a class', '[]a]', 'syntax error in pattern: "[]a]"'],
    ['a - first in a class', '[-a]', 'syntax error in pattern: "[-a]"'],
    ['a - last in a class', '[a-]', 'syntax error in pattern: "[a-]"'],
    ['a range turned round', '[b-a]', 'syntax error in pattern: "[b-a]"'],
    ['an open class behind a star', 'a*[', 'syntax error in pattern: "a*["'],
    ['a trailing backslash', 'a\\', 'syntax error in pattern: "a\\"'],
    ['a backslash before a letter without meaning', 'obj\\Release', 'syntax error in pattern: "obj\\Release"'],
    ['a backslash before a letter beyond ASCII', '\\é', 'syntax error in pattern: "\\é"'],
    ['\\p without a category', 'src\\packages', 'syntax error in pattern: "src\\packages"'],
    ['an unknown named class', '[[:foo:]]', 'syntax error in pattern: "[[:foo:]]"'],
    ['a repetition of a repetition', '*{2}', 'syntax error in pattern: "*{2}"'],
    ['a repetition of nothing', '?|{2}', 'syntax error in pattern: "?|{2}"'],
    ['a repetition too often', '?{1001}', 'syntax error in pattern: "?{1001}"'],
  ])('%s', ([, line, message]) => {
    const ignore = parseIgnore(`# first\n${line}\nlast`);
    expect(ignore.errors).toEqual([{ line: 2, message }]);
    expect(ignore.patterns.map((it) => it.text)).toEqual(['last']);
  });

  test('a line longer than the buffer of the scanner', () => {
    expect(parseIgnore('a'.repeat(65_535)).errors).toEqual([]);
    expect(parseIgnore('é'.repeat(32_768)).errors).toEqual([{ line: 1, message: 'line is longer than 64 KiB' }]);
  });
});

describe('patterns', () => {
  test('keep their line, what was written and what is compared', () => {
    const [first, second] = parseIgnore('# a\n\n  !./b/  \r\n/c//*').patterns;
    expect(first).toMatchObject({ line: 3, raw: '!./b/', text: 'b', negated: true });
    expect(second).toMatchObject({ line: 4, raw: '/c//*', text: 'c/*', negated: false });
    expect(second?.matches('c/d')).toBe(true);
    expect(second?.matches('c/d/e')).toBe(false);
  });

  test('of a list are not anchored and know no comment', () => {
    const list = compileIgnore(['#a', '/b', ' c ']);
    expect(['#a', 'b', 'c'].map((path) => isIgnored(list, path))).toEqual([true, false, true]);
  });
});

describe('matchingPattern', () => {
  const ignore = parseIgnore('*.md\n!docs\ndocs/b\n!docs/b/c.md');
  test.for([
    ['a.md', '*.md'],
    ['a', undefined],
    ['docs', undefined],
    ['docs/b', 'docs/b'],
    ['docs/b/x', 'docs/b'],
    ['docs/b/c.md', '!docs/b/c.md'],
    ['.', undefined],
  ] as const)('%s is decided by %s', ([path, raw]) => {
    expect(matchingPattern(ignore, path)?.raw).toBe(raw);
  });
});

describe('mayReinclude', () => {
  test.for([
    ['a', 'a', false],
    ['a\n!b', 'a', false],
    ['a\n!a/b', 'a', true],
    ['a\n!a/b/c', 'a/b', true],
    ['a\n!ab', 'a', false],
    ['!a/b\na', 'a', false],
    ['a\n!**/b', 'a', true],
    ['a\n!b/**/c', 'a', false],
    ['a/b\n!a/**/c', 'a/b', true],
    ['a\n!b?/c', 'a', false],
    ['a\n!*/b', 'a', true],
    ['a\n!x|b*', 'a', true],
    ['a\n!\\a/b', 'a', true],
  ] as const)('%j: %s %s', ([text, directory, expected]) => {
    const ignore = parseIgnore(text);
    expect(mayReinclude(ignore, directory, stateOf(ignore, directory)!)).toBe(expected);
  });
});

describe('the paths of Go', () => {
  test.for([
    ['', '.'],
    ['/', '/'],
    ['a/', 'a'],
    ['./a//b/.', 'a/b'],
    ['a/../..', '..'],
    ['../../a/..', '../..'],
    ['/../a', '/a'],
    ['a/..', '.'],
  ] as const)('clean %j is %j', ([path, expected]) => expect(clean(path)).toBe(expected));

  test.for([
    ['*', 'a', true],
    ['*', 'a/b', false],
    ['a*/b', 'abc/b', true],
    ['a*/b', 'a/c/b', false],
    ['a?c', 'a/c', false],
    ['a[^b]c', 'a/c', true],
    ['[a-c]?', 'b😀', true],
    ['a\\*', 'a*', true],
    ['**/b', 'a/b', true],
    ['**/b', 'b', false],
    ['**/b', 'a/a/b', false],
    ['*x*y', 'axbxy', true],
    ['', '', true],
    ['', 'a', false],
    ['[', 'a', undefined],
    ['a[', 'b', undefined],
    ['a*[', 'b', false],
    ['a*[', 'a', undefined],
    ['a\\', 'a', undefined],
  ] as const)('match %j on %j is %j', ([pattern, path, expected]) => expect(match(pattern, path)).toBe(expected));

  test.for([
    ['a', false],
    ['a*', true],
    ['a?', true],
    ['a[', true],
    ['a]', false],
    ['a\\*', false],
    ['a\\\\*', true],
  ] as const)('isWild %j is %j', ([path, expected]) => expect(isWild(path)).toBe(expected));
});

describe('properties', () => {
  const spice = fc.constantFrom(
    'a',
    'b',
    '/',
    '*',
    '**',
    '?',
    '[',
    ']',
    '^',
    '-',
    '\\',
    '!',
    '#',
    '{2}',
    '|',
    '.',
    '\n',
    ' ',
    'Q',
    'p',
  );
  const spicy = fc.array(fc.oneof({ weight: 9, arbitrary: spice }, fc.string({ unit: 'grapheme', maxLength: 3 })), {
    maxLength: 24,
  });
  const text = spicy.map((it) => it.join(''));
  const name = fc.stringMatching(/^[ab.]{1,3}$/).filter((it) => it !== '.' && it !== '..');
  const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((it) => it.join('/'));

  test('nothing throws, and the decider agrees with the answer', () => {
    fc.assert(
      fc.property(text, fc.array(fc.oneof(text, path), { maxLength: 4 }), (written, paths) => {
        const ignore = parseIgnore(written);
        for (const it of paths) {
          const decider = matchingPattern(ignore, it);
          expect(isIgnored(ignore, it)).toBe(decider !== undefined && !decider.negated);
        }
        match(written, paths[0] ?? '');
      }),
      { numRuns: 3000 },
    );
  });

  test('without metacharacters a pattern is a prefix', () => {
    fc.assert(
      fc.property(fc.array(path, { maxLength: 4 }), path, (patterns, it) => {
        const expected = patterns.some((pattern) => `${it}/`.startsWith(`${pattern}/`));
        expect(isIgnored(parseIgnore(patterns.join('\n')), it)).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });

  test('a path with every character escaped matches itself alone', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[!-/:-@[-`{-~]{1,8}$/), (it) => {
        const escaped = it.replace(/[^/]/g, '\\$&');
        expect(match(escaped, it)).toBe(true);
        expect(match(escaped, `${it}a`)).toBe(false);
      }),
    );
  });

  test('what mayReinclude prunes stays ignored', () => {
    fc.assert(
      fc.property(text, path, (written, it) => {
        const ignore = parseIgnore(written);
        const directory = it.slice(0, Math.max(0, it.lastIndexOf('/')));
        const state = stateOf(ignore, directory);
        if (state?.ignored && !mayReinclude(ignore, directory, state)) expect(isIgnored(ignore, it)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('patterns that make backtracking matchers hang end', () => {
    const long = 'a'.repeat(5000);
    for (const pattern of [
      `${'a*'.repeat(200)}b`,
      `${'**/a'.repeat(100)}b`,
      `${'[a-b]*'.repeat(200)}c`,
      `${'?'.repeat(50)}${'*a'.repeat(100)}b`,
    ]) {
      expect(isIgnored(parseIgnore(pattern), long)).toBe(false);
      expect(isIgnored(parseIgnore(pattern), 'a/'.repeat(100) + long)).toBe(false);
      expect(match(pattern, long)).toBe(false);
    }
  });
});
