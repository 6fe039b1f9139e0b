import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packageManagers } from '../../src/knowledge/managers/index.ts';
import { canonicalNames, readOptions } from '../../src/shell/options.ts';
import { packageOperation } from '../../src/shell/packages.ts';
import { commandOf, show } from './operations.ts';

interface Case {
  readonly manager: string;
  readonly line: string;
  readonly expected: string;
}

/** `# manager`, then a command and, indented, what it is read as. */
const casesIn = (text: string): Case[] => {
  let manager = '';
  const lines = text.split('\n');
  return lines.flatMap((line, index) => {
    if (line.startsWith('# ')) manager = line.slice(2);
    const expected = lines[index + 1] ?? '';
    return !line || /^(?:# | )/.test(line) ? [] : [{ manager, line, expected: expected.trim() }];
  });
};

const folder = new URL('packages/', import.meta.url);
const cases = readdirSync(folder).flatMap((file) => casesIn(readFileSync(new URL(file, folder), 'utf8')));
const read = (line: string, environment?: (name: string) => string | undefined) =>
  packageOperation(commandOf(line), environment);

describe.each([...new Set(cases.map(({ manager }) => manager))])('%s', (manager) => {
  test.each(cases.filter((one) => one.manager === manager))('$line', ({ line, expected }) => {
    expect(show(read(line))).toBe(expected);
  });
});

test('every manager has eight cases', () => {
  const count = (id: string): number => cases.filter(({ manager }) => manager === id).length;
  expect(packageManagers.filter(({ id }) => count(id) < 8).map(({ id }) => id)).toEqual([]);
});

describe('caches left', () => {
  test.each([
    ['apt-get update', ['/var/lib/apt/lists']],
    ['apt-get -o Dir::State::Lists=/l update', ['/l']],
    // The official images empty the archives after each run.
    ['apt-get install curl', []],
    ['apk add curl', ['/var/cache/apk']],
    ['apk add --no-cache curl', []],
    ['dnf install curl', ['/var/cache/dnf']],
    ['dnf5 install curl', ['/var/cache/libdnf5']],
    ['dnf --setopt=cachedir=/c install curl', ['/c']],
    ['zypper in curl', ['/var/cache/zypp']],
    ['pacman -Sy', ['/var/lib/pacman/sync']],
    ['pacman -Syu curl', ['/var/cache/pacman/pkg']],
    ['pip install x', ['~/.cache/pip']],
    ['pip install --no-cache-dir x', []],
    ['PIP_NO_CACHE_DIR=1 pip install x', []],
    ['pip install --cache-dir /c x', ['/c']],
    ['PIP_CACHE_DIR=/p pip install x', ['/p']],
    ['XDG_CACHE_HOME=/xdg pip install x', ['/xdg/pip']],
    ['pip download x', ['~/.cache/pip']],
    ['pip uninstall x', []],
    ['pipenv install', ['~/.cache/pipenv', '~/.cache/pip']],
    ['uv sync', ['~/.cache/uv']],
    ['npm ci', ['~/.npm']],
    ['npm ci --cache /c', ['/c']],
    ['npm install --dry-run x', []],
    ['yarn', ['/usr/local/share/.cache/yarn']],
    ['pnpm i --store-dir /s', ['/s']],
    ['composer install --no-cache', []],
    ['go mod download', ['/go/pkg/mod']],
    ['GOPATH=/x GOCACHE=/y/ go build', ['/x/pkg/mod', '/y']],
    ['CARGO_HOME=/ch cargo fetch', ['/ch/registry', '/ch/git']],
    ['mvn -Dmaven.repo.local=/m2 package', ['/m2']],
    ['sbt update', ['~/.cache/coursier', '~/.ivy2', '~/.sbt']],
    ['dotnet restore --packages /pk', ['/pk']],
    ['dart compile exe bin/a.dart', []],
  ])('%s', (line, caches) => {
    expect(read(line)?.caches).toEqual(caches);
  });
});

describe('caches emptied', () => {
  test.each([
    // The lists stay, which is what makes it a poor clean-up.
    ['apt-get clean', ['/var/cache/apt/archives']],
    ['apt-get autoclean', []],
    ['apt-get dist-clean', ['/var/cache/apt/archives', '/var/lib/apt/lists']],
    ['apt -y dist-clean', ['/var/cache/apt/archives', '/var/lib/apt/lists']],
    ['apt-get distclean', ['/var/cache/apt/archives', '/var/lib/apt/lists']],
    ['yum clean all', ['/var/cache/yum', '/var/cache/dnf', '/var/cache/libdnf5']],
    ['yum clean packages', []],
    ['yum list all', []],
    ['zypper cc', ['/var/cache/zypp']],
    ['pacman -Scc', ['/var/cache/pacman/pkg']],
    ['pip cache purge', ['~/.cache/pip']],
    ['conda clean -tipsy', ['/opt/conda/pkgs']],
    ['conda clean --index-cache', []],
    ['npm_config_cache=/nc npm cache clean -f', ['/nc']],
    ['yarn cache clean', ['/usr/local/share/.cache/yarn', '~/.yarn/berry/cache']],
    ['composer clear', ['~/.composer/cache']],
    ['go clean', []],
    ['go clean -modcache', ['/go/pkg/mod']],
    ['dotnet nuget locals all -c', ['~/.nuget/packages']],
  ])('%s', (line, cleans) => {
    expect(read(line)?.cleans).toEqual(cleans);
  });
});

describe('environment', () => {
  const environment = (name: string): string | undefined =>
    ({ PIP_NO_CACHE_DIR: '0', NODE_ENV: 'production', GOPATH: '/gopath', BUNDLE_WITHOUT: 'test' })[name];

  test('variables of the image count as flags', () => {
    expect(show(read('pip install flask', environment))).toBe('pip install flask [noCache]');
    expect(read('npm ci', environment)?.flags.has('production')).toBe(true);
    expect(read('bundle install', environment)?.flags.has('production')).toBe(true);
  });
  test('and move caches', () => {
    expect(read('go mod download', environment)?.caches).toEqual(['/gopath/pkg/mod']);
  });
  test('an assignment before the command is stronger', () => {
    expect(read('NODE_ENV=test npm ci', environment)?.flags.has('production')).toBe(false);
    expect(read('GOPATH=/mine go mod download', environment)?.caches).toEqual(['/mine/pkg/mod']);
  });
});

describe('words and spans', () => {
  const text = ({ start, end }: { readonly start: number; readonly end: number }, line: string): string =>
    line.slice(start, end);

  test('the verb is the word that decides', () => {
    const verb = (line: string): string | undefined => read(line)?.verb?.text;
    expect(verb('apt-get -y install curl')).toBe('install');
    expect(verb('composer global require a/b')).toBe('require');
    expect(verb('dotnet add App.csproj package X')).toBe('package');
    expect(verb('mvn clean package')).toBe('package');
    expect(verb('pacman --noconfirm -Syu git')).toBe('-Syu');
    expect(verb('yarn')).toBeUndefined();
    expect(verb('npx cowsay')).toBeUndefined();
  });
  test('flags know the option that sets them, with its value', () => {
    const line = 'apk add --virtual=.build -t x gcc';
    const virtual = read(line)?.flags.get('virtual');
    expect(virtual?.map(({ word, value }) => [text(word.span, line), value && text(value.span, line)])).toEqual([
      ['--virtual=.build', '.build'],
      ['-t', 'x'],
    ]);
  });
  test('a package in an option has the place of its value', () => {
    const line = 'pip install -e ./lib --editable=./app';
    expect(read(line)?.packages.map(({ word }) => text(word.span, line))).toEqual(['./lib', './app']);
  });
});

describe('readOptions', () => {
  const table = { options: '-o|--option= -c|--color=? -y|--yes -v' };
  const shown = (line: string, extra: object = {}): string => {
    const { options, positionals } = readOptions(commandOf(`x ${line}`).args, { ...table, ...extra });
    const named = options.map(({ name, value }) => (value ? `${name}=${value.text}` : name));
    return [...named, '|', ...positionals.map(({ text }) => text)].join(' ');
  };

  test.each([
    ['-yv a', {}, '-y -v | a'],
    ['-yoX a', {}, '-y -o=X | a'],
    ['-yo X a', {}, '-y -o=X | a'],
    ['-v=2 a', {}, '-v=2 | a'],
    ['--option=x --option y', {}, '-o=x -o=y |'],
    ['--color auto --color=no -cno', {}, '-c -c=no -c=no | auto'],
    ['a -- -y b', {}, '| a -y b'],
    ['a -- -y b', { dashesEnd: true }, '| a'],
    ['-y a -v b', { ordered: true }, '-y | a -v b'],
    ['-yes=1 -yv', { singleDashLong: true }, '-yes=1 -yv |'],
    ['-oname=x', { singleDashLong: true }, '-o=name=x |'],
    ['-y false a', { booleanWords: true }, '-y=false | a'],
    ['-o m -y', { last: '-o' }, '-o=m | -y'],
    ['- --unknown -o', {}, '--unknown -o | -'],
  ])('%s %o', (line, extra, expected) => {
    expect(shown(line, extra)).toBe(expected);
  });
  test('the first option to claim a spelling keeps it', () => {
    expect([...canonicalNames('-f|--file= -f|--force')]).toEqual([
      ['-f', '-f'],
      ['--file', '-f'],
      ['--force', '--force'],
    ]);
  });
});

test('a word of any length is read at once', () => {
  const long = '${'.repeat(100_000);
  expect(show(read(`pip install ${long}`))).toBe('pip install _?:unknown');
});

test('nothing makes it throw', () => {
  const programs = packageManagers.flatMap((manager) => Object.keys(manager.programs));
  const verbs = packageManagers.flatMap((manager) => Object.keys(manager.verbs).flatMap((key) => key.split(/[| ]/)));
  const options = packageManagers.flatMap(({ options }) =>
    Object.values(options).flatMap((text) => text.split(/[| ]/)),
  );
  const name = fc.oneof(fc.constantFrom(...programs, 'python3', 'php', 'corepack'), fc.string());
  const word = fc.oneof(
    fc.constantFrom(...verbs),
    fc.constantFrom(...options),
    fc.constantFrom(
      '--',
      '-',
      '',
      '-m',
      'pip',
      'run',
      '$X',
      '${A:-b}=1',
      '@',
      '=',
      'a@',
      '.',
      '/',
      'git+',
      '-e',
      'f(',
      "install.packages(c('",
    ),
    fc.string(),
  );
  const words = fc.array(fc.record({ text: word, literal: fc.boolean() }), { maxLength: 12 });
  fc.assert(
    fc.property(name, words, (program, args) => {
      const command = commandOf('x');
      const span = { start: 0, end: 0 };
      const operation = packageOperation({
        ...command,
        name: program,
        args: args.map((one) => ({ ...one, raw: one.text, span })),
      });
      for (const one of operation?.packages ?? []) expect(one.name).not.toBe('');
    }),
    { numRuns: 3000 },
  );
});
