import type { Install } from './install.ts';
import { javascript } from './javascript.ts';
import { blocked, type Checked, isFrozen, lockReason, type Project } from './project.ts';
import { requirements } from './requirements.ts';

const hasArgument = ({ install }: Project, ...names: readonly string[]): boolean =>
  names.every((name) => install.command.args.some(({ text }) => text === name));

/**
 * What the installs of an ecosystem need, read in the files of the project: workspaces, local packages, scripts and nested files
 * are where moving an install breaks. An ecosystem that is not here is known by its table only.
 */
export const checks: Readonly<Record<string, (project: Project) => Checked>> = {
  npm: javascript('npm'),
  yarn: javascript('yarn'),
  pnpm: javascript('pnpm'),
  bun: javascript('bun'),
  pip: requirements,
  go: ({ install, call: called }) =>
    install.operation?.action === 'download' ? {} : blocked('call', `${called} reads the sources`),
  bundler(it) {
    const text = it.read('Gemfile') ?? '';
    const other = /\bFile\.|\bfile:/.exec(text)?.[0];
    if (other) return blocked('project', `the Gemfile has ${other}, which reads other files`);
    const lock = it.read(it.locks[0] ?? '') ?? '';
    const settled = isFrozen(it) || /^PLATFORMS\n(?: {2}.*\n)* {2}(?:ruby|x86_64-linux)\b/m.test(lock);
    if (settled || it.locks.length === 0) return {};
    return blocked('lock', lockReason('bundle install', 'Gemfile.lock'));
  },
  composer: (it) =>
    hasArgument(it, '--no-scripts', '--no-autoloader')
      ? {}
      : blocked('call', 'without --no-scripts and --no-autoloader composer reads the classes of the project'),
  poetry: (it) => python(it, 'pyproject.toml', '--no-root'),
  uv: (it) => python(it, 'pyproject.toml', '--no-install-project'),
  pipenv: (it) => python(it, 'Pipfile'),
  cargo: () => blocked('project', 'Cargo wants the sources that Cargo.toml names'),
  gradle: () => blocked('project', 'Gradle reads the build files of all projects'),
  maven({ install }) {
    const goals = goalsOf(install);
    const other = goals.find((it) => !/^(?:dependency:|org\.apache\.maven\.plugins:maven-dependency-plugin)/.test(it));
    return other ? blocked('call', `mvn ${other} reads the sources`) : {};
  },
  dotnet: ({ install }) => (install.builds ? blocked('call', `${install.call} reads the sources`) : {}),
  mix({ read }) {
    const other = /\b(?:File|Code)\./.exec(read('mix.exs') ?? '')?.[0];
    return other ? blocked('project', `mix.exs has ${other}, which reads other files`) : {};
  },
};

const mavenValued = new Set(
  '-s --settings -gs --global-settings -f --file -P --activate-profiles -pl --projects -rf --resume-from -t --toolchains -T --threads -l --log-file -b --builder -D'.split(
    ' ',
  ),
);

/** The phases and goals of a call of Maven, the values of its options left out. */
const goalsOf = ({ command: { args } }: Install): string[] =>
  args.flatMap(({ text }, index) =>
    text.startsWith('-') || mavenValued.has(args[index - 1]?.text ?? '') ? [] : [text],
  );

function python(it: Project, manifest: string, without?: string): Checked {
  const text = it.read(manifest) ?? '';
  if (/\b(?:path|file)\s*=\s*["']|\beditable\s*=/.test(text))
    return blocked('project', `${manifest} takes packages from a path`);
  if (without && !hasArgument(it, without))
    return blocked('call', `without ${without} ${it.call} installs the project itself`);
  return {};
}
