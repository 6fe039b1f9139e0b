import {
  dockerfile,
  type Finding,
  type NamedPackage,
  type PackageOperation,
  type Place,
  rule,
} from '../../src/engine/rule.ts';
import { modulesOf } from './lib/go.ts';
import { mayHaveModule, mayHaveNodeModules } from './lib/projects.ts';
import { byWord, expandedOperation, isMoving, listed, mayHideVersion } from './lib/versions.ts';

interface Style {
  readonly aliases: readonly string[];
  /** What stands between a package and its version. */
  readonly joint: string;
}

const style = (joint: string, ...aliases: string[]): Style => ({ aliases, joint });
const pip = style('==', 'DL3013');
const npm = style('@', 'DL3016');
const conda = style('=');

const styles: Readonly<Record<string, Style>> = {
  pip,
  pipx: pip,
  uv: pip,
  poetry: style('=='),
  pipenv: style('=='),
  conda,
  mamba: conda,
  micromamba: conda,
  npm,
  yarn: npm,
  pnpm: npm,
  bun: style('@'),
  deno: style('@'),
  gem: style(':', 'DL3028'),
  bundle: style(' --version '),
  go: style('@', 'DL3062'),
  cargo: style('@'),
  composer: style(':'),
  dotnet: style(' --version '),
};

/** `npm link` takes what is there; the version of `create-project` stands behind its folder; `create` renames its package. */
const otherVerbs = new Set(['link', 'ln', 'create-project', 'create', 'c']);

export default rule({
  id: 'unpinned-language-package',
  aliases: ['DL3013', 'DL3016', 'DL3028', 'DL3062'],
  severity: 'info',
  preset: 'recommended',
  message: 'A package is installed without a version.',
  why: `
    A later build can install another version, so a broken or malicious release gets in without a change to the file.
    Language registries keep old versions, so a pinned version continues to work. A range of versions counts as a version.
    Versions that a requirements, constraints or lock file may set are not judged, nor are local files, URLs, and words
    whose version may be in a variable. A command that installs only the tools that install the rest (pip, setuptools,
    wheel, npm, yarn, corepack) is reported only in strict.
  `,
  instead: 'Add a version to the name, or install from a lock file.',
  url: 'https://docs.docker.com/build/building/best-practices/#version-pinning',
  examples: {
    'without a version, and with one': dockerfile`
      FROM python:3.13
      RUN pip install --no-cache-dir flask gunicorn==23.0.0
                                     ~~~~~
      FROM node:22
      RUN npm install -g pnpm@latest typescript@5.7
                         ~~~~~~~~~~~
      FROM ruby:3.3
      RUN gem install bundler && gem install rails -v 7.1.3
                      ~~~~~~~
      FROM golang:1.23
      RUN go install example.com/lint@latest && go install example.com/mock@v1.6.0
                     ~~~~~~~~~~~~~~~~~~~~~~~
    `,
    'a repository at its newest commit': dockerfile`
      FROM python:3.13
      RUN pip install git+https://github.com/example/tool.git git+https://github.com/example/other.git@v1.2
                      ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    `,
    'versions from files': dockerfile`
      FROM python:3.13
      RUN pip install -r requirements.txt && pip install -c constraints.txt flask && pip install .
      FROM node:22
      RUN npm ci && npm install && npm install ./tool.tgz
    `,
    'the version in a variable': dockerfile`
      FROM node:22
      ARG PNPM_VERSION TOOLS="pnpm@9.15.0 yarn"
      RUN npm install -g pnpm@$PNPM_VERSION
      RUN npm install -g $TOOLS
                         ~~~~~~
    `,
  },
  differs: {
    DL3013: [
      {
        why: 'Options before the subcommand are allowed, and uv pip counts as pip.',
        only: 'dflint',
        text: 'FROM python:3.13\nRUN python -m pip --quiet install flask',
      },
      {
        why: 'The value of an option is not a package.',
        only: 'hadolint',
        text: 'FROM python:3.13\nRUN pip install --timeout 10 flask==3.0.3',
      },
      {
        why: 'An archive is already one version.',
        only: 'hadolint',
        text: 'FROM python:3.13\nRUN pip install app.zip',
      },
    ],
    DL3016: [
      {
        why: 'npm i, yarn add and pnpm add install too.',
        only: 'dflint',
        text: 'FROM node:22\nRUN npm i -g typescript',
      },
      {
        why: 'A folder is not a package from the registry.',
        only: 'hadolint',
        text: 'FROM node:22\nRUN npm install .',
      },
      {
        why: 'A tag that moves is not a version.',
        only: 'dflint',
        text: 'FROM node:22\nRUN npm install -g typescript@latest',
      },
    ],
    DL3028: [
      {
        why: 'The version may follow -v without a space.',
        only: 'hadolint',
        text: 'FROM ruby:3.4\nRUN gem install rails -v7.1.3',
      },
      {
        why: 'An option without a value does not consume the gem name.',
        only: 'dflint',
        text: 'FROM ruby:3.4\nRUN gem install --no-document rails',
      },
    ],
    DL3062: [
      {
        why: 'A file of the project is not a package.',
        only: 'hadolint',
        text: 'FROM golang:1.25\nRUN go run main.go',
      },
      {
        why: 'The value of an option is not a package.',
        only: 'hadolint',
        text: 'FROM golang:1.25\nRUN go install -tags x example.com/x@v1.2.3',
      },
      { why: 'A branch moves.', only: 'dflint', text: 'FROM golang:1.25\nRUN go install example.com/x@master' },
    ],
  },
  visit: {
    Operation(operation, place): readonly Finding[] | undefined {
      const known = styles[operation.manager];
      if (!known || place.step.instruction.kind !== 'Run' || otherVerbs.has(operation.verb?.text ?? ''))
        return undefined;
      const expanded = expandedOperation(operation, place);
      if (!fetches(expanded) || isDecided(expanded)) return undefined;
      const loose = byWord(expanded.packages.filter((one) => isLoose(one, expanded, place)));
      const [first] = loose;
      if (!first) return undefined;
      const asked = loose.filter((group) => !group.every(isTool));
      const told = asked.length > 0 ? asked : loose;
      return [
        {
          at: told[0]![0]!.word,
          aliases: known.aliases,
          message: messageOf(told),
          instead: insteadFor(told.flat(), operation, known, place),
          // what only installs the rest
          ...(asked.length === 0 && { preset: 'strict' }),
        },
      ];
    },
  },
});

function insteadFor(
  told: readonly NamedPackage[],
  operation: PackageOperation,
  { joint }: Style,
  { step }: Place,
): string {
  const modules = operation.manager === 'go' ? modulesOf(operation, step) : 'known';
  if (modules === 'unknown')
    return 'Clone the repository and check out a tag, as this go get cannot take a version; for a program, use go install with @VERSION and Go 1.16 or newer.';
  const [only] = told;
  if (told.length === 1 && operation.manager === 'npm' && ['ci', 'install'].includes(only!.name ?? ''))
    return `Write npm ${only!.name}, if that is meant: this installs a package with the name ${only!.name}.`;
  const repositories = told.filter(({ source }) => source === 'vcs').length;
  if (repositories === told.length) return 'Name a tag or a commit of the repository.';
  const named = told.find(({ source }) => source !== 'vcs')!;
  const version = `Add a version, as in ${plainName(named)}${joint}VERSION${repositories > 0 ? '; for a repository, name a tag or a commit' : ''}.`;
  return modules === 'known'
    ? version
    : `Set GO111MODULE=on, without which this go get cannot take a version. ${version}`;
}

/** The package as it is written, without a version that moves: `@scope/name`, `name[extra]`, `npm:name`. */
function plainName({ name, word, version }: NamedPackage): string {
  const moving = version ? `${version.operator}${version.text}` : '';
  const text = word.text.endsWith(moving) ? word.text.slice(0, word.text.length - moving.length) : word.text;
  return /^[\w@/.:[\],-]+$/.test(text) ? text : (name ?? word.text);
}

const fetches = ({ action, flags, packages }: PackageOperation): boolean =>
  (action === 'install' || (action === 'run' && packages.length > 0)) && !flags.has('dryRun');

const local = new Set(['pip', 'pipx', 'uv', 'gem']);

/** Whether a file says which versions they are, or the packages are taken from where files lie. */
const isDecided = ({ flags, packages, manager }: PackageOperation): boolean =>
  (['constraint', 'requirementsFile', 'verified'] as const).some((flag) => flags.has(flag)) ||
  (manager === 'gem' && flags.has('manifest')) ||
  (local.has(manager) && (flags.has('offline') || packages.some(({ source }) => source === 'directory')));

function isLoose(one: NamedPackage, operation: PackageOperation, place: Place): boolean {
  const { source, version, pinned, word } = one;
  if (source === 'vcs') return pinned === false && (version ? isMoving(version.text) : !mayHideVersion(word.text));
  if (source !== 'registry' || word.text === '') return false;
  if (version) return isMoving(version.text);
  return !mayHideVersion(word.text) && !isFound(operation, place);
}

/** Whether a package without a version may be one that the project has, and then in the version that it asks for. */
function isFound({ manager, verb, action, flags, command }: PackageOperation, place: Place): boolean {
  if (manager === 'go') return verb?.text !== 'get' && mayHaveModule(command, place);
  if (action !== 'run' || !['npm', 'bun'].includes(manager)) return false;
  return !(flags.has('assumeYes') || flags.has('package')) || mayHaveNodeModules(command, place);
}

/** The tools that install the rest, of which people want the newest. */
const tools = new Set(['pip', 'setuptools', 'wheel', 'npm', 'yarn', 'corepack']);
const isTool = ({ name, source }: NamedPackage): boolean => source === 'registry' && tools.has(name ?? '');

/** Of all words of a command, those of one word together. */
function messageOf(groups: readonly (readonly NamedPackage[])[]): string {
  const all = groups.flat();
  const [{ source, version, name, word }] = all as [NamedPackage];
  if (all.length > 1) {
    const names = all.map((one) => (one.version ? one.word.text : (one.name ?? one.word.text)));
    const shown =
      names.length > MOST_NAMES ? [...names.slice(0, MOST_NAMES - 1), `${names.length - MOST_NAMES + 1} more`] : names;
    return all.every((one) => !one.version && one.source !== 'vcs')
      ? `${listed(shown)} are installed without a version.`
      : `${listed(shown)} are not pinned to a version or a commit.`;
  }
  const what = name ?? word.text;
  if (source === 'vcs')
    return version
      ? `${what} is installed from ${version.text}, which can change at any time.`
      : `${what} is installed from the newest commit of its repository.`;
  return version
    ? `${what} is installed as ${version.text}, which is not a fixed version.`
    : `${what} is installed without a version.`;
}

const MOST_NAMES = 5;
