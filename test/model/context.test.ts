import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Context, type CopyOptions, context, type Host } from '../../src/model/context/context.ts';
import { isIgnored, parseIgnore } from '../../src/model/context/ignore.ts';
import { type MemoryFiles, memoryHost } from '../../src/model/context/memory.ts';

const disk: MemoryFiles = {
  Dockerfile: 'FROM scratch',
  'README.md': '12',
  'a.txt': '1',
  'b.txt': '22',
  'c.log': '333',
  'package.json': '{}',
  'package-lock.json': '{"a":1}',
  'src/main.ts': '4444',
  'src/main.test.ts': '5',
  'src/lib/util.ts': '66',
  'src/lib/util.test.ts': '7',
  'packages/one/package.json': '{}',
  'packages/one/index.ts': '88',
  'packages/two/package.json': '{}',
  'packages/two/deep/package.json': '{}',
  'node_modules/x/index.js': '999',
  'arr[0].txt': '0',
  'empty/': '',
  'link@': '/etc',
};

const paths = (of: Context): readonly string[] => of.files().map((it) => it.path);
const withIgnore = (text: string, more: MemoryFiles = disk): Context =>
  context(memoryHost({ ...more, '.dockerignore': text }), 'Dockerfile');

/** The host, with what is asked of it in `log`; lists in reverse, as the order is not promised. */
const logged = ({ list, read }: Host, log: string[]): Host => ({
  list(directory) {
    log.push(`list ${directory}`);
    return [...(list(directory) ?? [])].reverse();
  },
  read(path) {
    log.push(`read ${path}`);
    return read(path);
  },
});

describe('the ignore file', () => {
  test.for([
    ['none', 'Dockerfile', [], undefined],
    ['the root', 'Dockerfile', ['.dockerignore'], '.dockerignore'],
    ['beside the Dockerfile', 'Dockerfile', ['Dockerfile.dockerignore', '.dockerignore'], 'Dockerfile.dockerignore'],
    [
      'beside a Dockerfile below',
      'docker/web.Dockerfile',
      ['docker/web.Dockerfile.dockerignore', '.dockerignore'],
      'docker/web.Dockerfile.dockerignore',
    ],
    [
      'the root for a Dockerfile below',
      'docker/Dockerfile',
      ['docker/.dockerignore', '.dockerignore'],
      '.dockerignore',
    ],
    ['of another Dockerfile', 'Dockerfile', ['web.Dockerfile.dockerignore'], undefined],
    [
      'a path that is not clean',
      './docker//Dockerfile',
      ['docker/Dockerfile.dockerignore'],
      'docker/Dockerfile.dockerignore',
    ],
    ['outside of the context', '../Dockerfile', ['../Dockerfile.dockerignore'], '../Dockerfile.dockerignore'],
  ] as const)('%s', ([, dockerfile, present, expected]) => {
    const host: Host = { list: () => [], read: (path) => (present.some((it) => it === path) ? path : undefined) };
    const { ignoreFile } = context(host, dockerfile);
    expect(ignoreFile?.path).toBe(expected);
    if (expected) expect(ignoreFile?.parsed.patterns.map((it) => it.text)).toEqual([expected]);
  });

  test('an empty one beside the Dockerfile still wins', () => {
    const host = memoryHost({ ...disk, 'Dockerfile.dockerignore': '', '.dockerignore': '*' });
    expect(paths(context(host, 'Dockerfile'))).toContain('a.txt');
  });
});

describe('files', () => {
  test('all of them, by name, links included, empty directories not', () => {
    const all = context(memoryHost(disk), 'Dockerfile').files();
    expect(all).toHaveLength(Object.keys(disk).length - 1);
    expect(all.slice(0, 4).map((it) => it.path)).toEqual(['Dockerfile', 'README.md', 'a.txt', 'arr[0].txt']);
    expect(all.find((it) => it.path === 'src/main.ts')).toEqual({ path: 'src/main.ts', size: 4 });
    expect(all.find((it) => it.path === 'link')).toEqual({ path: 'link', size: 4 });
  });

  test('the Dockerfile and the ignore file are sent unless ignored', () => {
    expect(paths(withIgnore('node_modules'))).toEqual(expect.arrayContaining(['Dockerfile', '.dockerignore']));
    expect(paths(withIgnore('Dockerfile\n.dockerignore'))).not.toContain('Dockerfile');
  });

  test('what is taken back from an ignored directory', () => {
    expect(paths(withIgnore('*\n!src/lib\n**/*.test.ts'))).toEqual(['src/lib/util.ts']);
  });

  test('an ignored directory is not even listed', () => {
    const log: string[] = [];
    const host = memoryHost({ ...disk, '.dockerignore': 'node_modules\n!src/x\n!README.md' });
    context(logged(host, log), 'Dockerfile').files();
    expect(log).toContain('list src');
    expect(log.filter((it) => it.includes('node_modules'))).toEqual([]);
  });

  test('nothing is read before it is asked for, and nothing twice', () => {
    const log: string[] = [];
    const it = context(logged(memoryHost(disk), log), 'Dockerfile');
    expect(log).toEqual([]);
    it.copied(['package.json', 'src/lib', 'package*.json', 'nothing*']);
    expect(log.filter((line) => line.startsWith('list'))).toEqual(['list ', 'list src', 'list src/lib']);
    it.files();
    it.files();
    it.read('package.json');
    it.read('package.json');
    expect(new Set(log).size).toBe(log.length);
  });

  test('are those that isIgnored lets pass, whatever the patterns', () => {
    const part = fc.constantFrom('src', 'lib', 'node_modules', 'x', 'package.json', '*', '**', '*.ts', 'p*', '[a-p]*');
    const line = fc
      .tuple(fc.constantFrom('', '', '!'), fc.array(part, { minLength: 1, maxLength: 3 }))
      .map(([not, it]) => not + it.join('/'));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 5 }), (lines) => {
        const ignore = parseIgnore(lines.join('\n'));
        const all = paths(context(memoryHost({ ...disk, '.dockerignore': '' }), 'Dockerfile'));
        expect(paths(withIgnore(lines.join('\n')))).toEqual(all.filter((path) => !isIgnored(ignore, path)));
      }),
      { numRuns: 1000 },
    );
  });
});

test('read gives ignored files too, and stops at the root', () => {
  const it = withIgnore('*');
  expect(it.read('package.json')).toBe('{}');
  expect(it.read('./src/../package.json')).toBe('{}');
  expect(it.read('/../package.json')).toBe('{}');
  expect(it.read('missing')).toBeUndefined();
});

interface Row {
  readonly name: string;
  readonly ignore?: string;
  readonly sources: readonly string[];
  readonly options?: CopyOptions;
  readonly files?: readonly string[];
  readonly missing?: readonly string[];
  /** The source, and the pattern as written. */
  readonly ignored?: readonly (readonly [string, string])[];
}

const parents = { parents: true };
const everyPackage = ['packages/one/package.json', 'packages/two/package.json'];

const rows: readonly Row[] = [
  { name: 'a file', sources: ['a.txt'], files: ['a.txt'] },
  { name: 'a file below', sources: ['src/main.ts'], files: ['src/main.ts'] },
  { name: 'a directory, whole', sources: ['src/lib'], files: ['src/lib/util.test.ts', 'src/lib/util.ts'] },
  { name: 'a directory with a slash', sources: ['src/lib/'], files: ['src/lib/util.test.ts', 'src/lib/util.ts'] },
  { name: 'a file with a slash', sources: ['a.txt/'], files: ['a.txt'] },
  { name: './ in front', sources: ['./a.txt'], files: ['a.txt'] },
  { name: 'a leading slash is the context root', sources: ['/a.txt'], files: ['a.txt'] },
  { name: '.. stops at the context root', sources: ['../../a.txt'], files: ['a.txt'] },
  { name: '.. inside', sources: ['src/../b.txt'], files: ['b.txt'] },
  { name: 'a link is taken as itself', sources: ['link'], files: ['link'] },
  { name: 'what is behind a link is not known', sources: ['link/passwd'] },
  { name: 'an empty directory', sources: ['empty'] },
  {
    name: 'several sources, each file once',
    sources: ['b.txt', 'a.txt', 'a.txt', './b.txt'],
    files: ['b.txt', 'a.txt'],
  },
  {
    name: 'a file that is not there',
    sources: ['nope', 'a.txt', 'src/nope'],
    files: ['a.txt'],
    missing: ['nope', 'src/nope'],
  },
  { name: 'something below a file', sources: ['a.txt/b'], missing: ['a.txt/b'] },
  { name: 'capital letters count', sources: ['A.txt'], missing: ['A.txt'] },

  { name: '*', sources: ['*.txt'], files: ['a.txt', 'arr[0].txt', 'b.txt'] },
  { name: '* stops at a slash', sources: ['*.ts'] },
  {
    name: '* takes directories whole',
    sources: ['p*s'],
    files: [
      'packages/one/index.ts',
      'packages/one/package.json',
      'packages/two/deep/package.json',
      'packages/two/package.json',
    ],
  },
  { name: '* in the middle', sources: ['packages/*/package.json'], files: everyPackage },
  { name: '** without --parents is *', sources: ['packages/**/package.json'], files: everyPackage },
  { name: '** without --parents is one level', sources: ['**/util.ts'] },
  { name: '?', sources: ['?.txt'], files: ['a.txt', 'b.txt'] },
  { name: 'a class', sources: ['[b-c].*'], files: ['b.txt', 'c.log'] },
  { name: 'a bracket by a class', sources: ['arr[[]0].txt'], files: ['arr[0].txt'] },
  { name: 'a class can take a slash', sources: ['src[^x]main.ts'], files: ['src/main.ts'] },
  { name: 'a wildcard that matches nothing is no error', sources: ['yarn.lock*', 'no/*.x'] },
  { name: 'a malformed wildcard takes nothing', sources: ['a[.txt'] },
  { name: 'a wildcard and ..', sources: ['../*.log'], files: ['c.log'] },

  { name: 'an ignored file', ignore: '*.log', sources: ['c.log'], ignored: [['c.log', '*.log']] },
  { name: 'an ignored directory', ignore: 'src', sources: ['/src/'], ignored: [['/src/', 'src']] },
  {
    name: 'below an ignored directory',
    ignore: 'src',
    sources: ['src/lib/util.ts'],
    ignored: [['src/lib/util.ts', 'src']],
  },
  { name: 'ignored and not there', ignore: 'dist', sources: ['dist'], missing: ['dist'] },
  { name: 'a directory without the ignored', ignore: '**/*.test.ts', sources: ['src/lib'], files: ['src/lib/util.ts'] },
  {
    name: 'all that is in a directory',
    ignore: 'src/lib/**',
    sources: ['src/lib'],
    ignored: [['src/lib', 'src/lib/**']],
  },
  {
    name: 'a directory of which a part is taken back',
    ignore: 'src\n!src/lib/util.ts',
    sources: ['src'],
    files: ['src/lib/util.ts'],
  },
  { name: 'a wildcard without the ignored', ignore: 'a.txt', sources: ['?.txt'], files: ['b.txt'] },
  { name: 'a wildcard of which nothing is left', ignore: '*.log', sources: ['*.log'], ignored: [['*.log', '*.log']] },
  { name: 'the whole context', ignore: '*', sources: ['.'], ignored: [['.', '*']] },
  { name: 'the whole context but for one', ignore: '*\n!b.txt', sources: ['.'], files: ['b.txt'] },
  {
    name: 'an ignored link',
    ignore: 'link',
    sources: ['link', 'link/x'],
    ignored: [
      ['link', 'link'],
      ['link/x', 'link'],
    ],
  },
  { name: 'an ignored empty directory', ignore: 'empty', sources: ['empty'], ignored: [['empty', 'empty']] },

  {
    name: '--exclude below a directory',
    sources: ['src'],
    options: { exclude: ['*.test.ts'] },
    files: ['src/lib/util.test.ts', 'src/lib/util.ts', 'src/main.ts'],
  },
  {
    name: '--exclude at any depth',
    sources: ['src'],
    options: { exclude: ['**/*.test.ts'] },
    files: ['src/lib/util.ts', 'src/main.ts'],
  },
  {
    name: '--exclude of a directory',
    sources: ['src'],
    options: { exclude: ['lib'] },
    files: ['src/main.test.ts', 'src/main.ts'],
  },
  {
    name: '--exclude counts from the source',
    sources: ['src'],
    options: { exclude: ['src/lib', 'src'] },
    files: ['src/lib/util.test.ts', 'src/lib/util.ts', 'src/main.test.ts', 'src/main.ts'],
  },
  {
    name: '--exclude of files that a wildcard matches',
    sources: ['*.txt'],
    options: { exclude: ['a*', '*.md'] },
    files: ['b.txt'],
  },
  {
    name: '--exclude of all is neither missing nor ignored',
    ignore: '*.md',
    sources: ['a.txt'],
    options: { exclude: ['*'] },
  },
  {
    name: '--exclude with a !',
    sources: ['src/lib'],
    options: { exclude: ['*', '!*.test.ts'] },
    files: ['src/lib/util.test.ts'],
  },

  { name: '--parents: a file', sources: ['src/main.ts'], options: parents, files: ['src/main.ts'] },
  {
    name: '--parents: a directory',
    sources: ['./src/lib/'],
    options: parents,
    files: ['src/lib/util.test.ts', 'src/lib/util.ts'],
  },
  {
    name: '--parents: the root',
    sources: ['.'],
    options: { parents: true, exclude: ['*', '!*.txt'] },
    files: ['a.txt', 'arr[0].txt', 'b.txt'],
  },
  { name: '--parents: *', sources: ['packages/*/package.json'], options: parents, files: everyPackage },
  {
    name: '--parents: **',
    sources: ['packages/**/package.json'],
    options: parents,
    files: ['packages/one/package.json', 'packages/two/deep/package.json', 'packages/two/package.json'],
  },
  { name: '--parents: ** from the root', sources: ['**/util.ts'], options: parents, files: ['src/lib/util.ts'] },
  {
    name: '--parents: the pivot',
    sources: ['./packages/./**/package.json'],
    options: parents,
    files: ['packages/one/package.json', 'packages/two/deep/package.json', 'packages/two/package.json'],
  },
  {
    name: '--parents: wildcards before the pivot',
    sources: ['pack*/*/./package.json'],
    options: parents,
    files: everyPackage,
  },
  {
    name: '--parents: nothing behind the pivot',
    sources: ['src/lib/./'],
    options: parents,
    files: ['src/lib/util.test.ts', 'src/lib/util.ts'],
  },
  {
    name: '--parents: behind the pivot counts from it',
    sources: ['packages/./package.json', 'packages/./one'],
    options: parents,
    files: ['packages/one/index.ts', 'packages/one/package.json'],
    missing: ['packages/./package.json'],
  },
  { name: '--parents: not there', sources: ['nope', 'nope/**'], options: parents, missing: ['nope'] },
  {
    name: '--parents: ignored',
    ignore: '**/deep\nsrc',
    sources: ['packages/two/deep', 'src/**/*.ts'],
    options: parents,
    ignored: [
      ['packages/two/deep', '**/deep'],
      ['src/**/*.ts', 'src'],
    ],
  },
  {
    name: '--parents and --exclude',
    sources: ['packages/**/package.json'],
    options: { parents: true, exclude: ['packages/two'] },
    files: ['packages/one/package.json'],
  },
];

describe('copied', () => {
  test.for(rows)('$name', ({ ignore, sources, options, files = [], missing = [], ignored = [] }) => {
    const it = ignore === undefined ? context(memoryHost(disk), 'Dockerfile') : withIgnore(ignore);
    const found = it.copied(sources, options);
    expect(found.files.map(({ path }) => path)).toEqual(files);
    expect(found.missing).toEqual(missing);
    expect(found.ignored.map(({ source, pattern }) => [source, pattern.raw])).toEqual(ignored);
    expect(found.bytes).toBe(found.files.reduce((sum, { size }) => sum + size, 0));
  });

  test('everything is what files gives', () => {
    const it = withIgnore('node_modules\n**/*.test.ts');
    for (const source of ['.', '/', './', '..', '*']) expect(it.copied([source]).files).toEqual(it.files());
    expect(it.copied(['*'], parents).files).toEqual(it.files());
    expect(it.copied(['**'], parents).files).toEqual(it.files());
  });

  test('sizes add up', () =>
    expect(context(memoryHost(disk), 'Dockerfile').copied(['a.txt', '?.txt', 'src/lib']).bytes).toBe(6));

  test('a host that knows nothing', () => {
    const it = context({ list: () => undefined, read: () => undefined }, 'Dockerfile');
    expect(it.files()).toEqual([]);
    expect(it.copied(['.', 'a', '*'])).toEqual({ files: [], bytes: 0, missing: ['a'], ignored: [] });
  });

  test('never throws, and takes nothing but files of the context', () => {
    const piece = fc.constantFrom(
      'src',
      'lib',
      'a.txt',
      '*',
      '**',
      '?',
      '[',
      ']',
      '/',
      '/./',
      '..',
      '.',
      '!',
      '^',
      '{2}',
      '|',
      '\\',
      'link',
    );
    const source = fc.array(piece, { maxLength: 6 }).map((it) => it.join(''));
    const lists = fc.array(source, { maxLength: 3 });
    fc.assert(
      fc.property(lists, lists, lists, fc.boolean(), (ignore, sources, exclude, withParents) => {
        const it = withIgnore(ignore.join('\n'));
        const known = new Set(paths(it));
        const found = it.copied(sources, { exclude, parents: withParents });
        expect(found.files.every(({ path }) => known.has(path))).toBe(true);
        const narrow = it.copied(sources, { parents: withParents });
        expect(narrow.files).toEqual(expect.arrayContaining([...found.files]));
        for (const name of found.missing) expect(found.ignored.some((other) => other.source === name)).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });
});
