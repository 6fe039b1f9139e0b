import { type Ecosystem, ecosystems } from '../knowledge/project/ecosystems/index.ts';
import type { Context } from '../model/context/context.ts';
import { matchesPattern } from '../model/context/ignore.ts';
import type { PackageOperation } from '../shell/packages.ts';

/** The files that an install needs, or why it cannot be shown that these are all. */
export type Ahead = { readonly files: readonly string[]; readonly reason?: undefined } | { readonly reason: string };

/** A part of a build context: what one COPY takes, by path from `folder` on. */
export interface Part {
  readonly context: Context;
  /** Of the context, without a slash at its end; empty for the root. */
  readonly folder: string;
  /** From `folder` on. */
  readonly paths: readonly string[];
}

/**
 * What has to be copied before an install of what a manifest lists, so that it does the same as behind a copy of the whole
 * part. `base` is the folder of the manifest, from the part's own on. Reads the manifests themselves: workspaces, local
 * packages, scripts of the project and nested files are where such a move breaks.
 */
export function filesAhead(operation: PackageOperation, part: Part, base: string): Ahead {
  const call = [operation.manager, operation.verb?.text].filter(Boolean).join(' ');
  const ecosystem = ecosystems.find(({ managers }) => managers.includes(operation.manager));
  const check = ecosystem && checks[ecosystem.id];
  if (!ecosystem || !check) return { reason: `what ${call} reads beside its manifests is not known` };
  const inside = part.paths
    .filter((path) => base === '' || path.startsWith(`${base}/`))
    .map((path) => path.slice(base === '' ? 0 : base.length + 1));
  const matching = (pattern: string): string[] => inside.filter((path) => matchesPattern(pattern, path));
  const named = operation.manifests.filter((path) => !/[*?]/.test(path));
  const own = operation.manifests.flatMap((path) => matching(path.replace(/^\.\//, '')));
  if (own.length === 0) return { reason: `${named[0] ?? 'its manifest'} is not in the build context` };
  const locks = ecosystem.locks.flatMap(matching);
  const files = new Set([...own, ...locks]);
  for (const { pattern, need, why } of ecosystem.inputs) {
    const found = matching(pattern);
    if (found.length === 0) continue;
    if (need === 'stop') return { reason: `${found[0]} is there, and ${why}` };
    for (const path of found) files.add(path);
  }
  const output = ecosystem.outputs.flatMap(matching)[0];
  if (output !== undefined) return { reason: `the context has ${output}, which COPY would lay over the install` };
  const above = ecosystem.id === 'pip' ? undefined : part.paths.find((path) => isAbove(path, base, ecosystem));
  if (above !== undefined) return { reason: `${call} may look at ${above} as well, above its own folder` };
  const prefix = [part.folder, base].filter((it) => it !== '').join('/');
  const read = (path: string): string | undefined => part.context.read(prefix === '' ? path : `${prefix}/${path}`);
  const said = lookCloser.has(ecosystem.id)
    ? undefined
    : [...(ecosystem.stops ?? []), ...(ecosystem.members ?? [])].find(({ file, text }) =>
        matching(file).some((path) => text.test(read(path) ?? '')),
      );
  if (said) return { reason: said.why };
  const checked = check({ operation, read, files: own, locks, paths: inside, call });
  if (typeof checked === 'string') return { reason: checked };
  for (const path of checked) files.add(path);
  return { files: [...files].map((path) => (base === '' ? path : `${base}/${path}`)) };
}

/** Whether a file of a folder above makes that the root of a workspace, or has settings for what is below. */
function isAbove(path: string, base: string, { manifests, locks, inputs }: Ecosystem): boolean {
  const slash = path.lastIndexOf('/');
  const folder = path.slice(0, Math.max(0, slash));
  if (base === folder || (folder !== '' && !base.startsWith(`${folder}/`))) return false;
  const patterns = [...manifests, ...locks, ...inputs.map(({ pattern }) => pattern)];
  return patterns.some((it) => matchesPattern(it, path.slice(slash + 1)));
}

/** Those whose check below reads the same files more exactly than the table of ecosystems. */
const lookCloser: ReadonlySet<string> = new Set(['npm', 'yarn', 'pnpm', 'bun', 'pip']);

interface Project {
  readonly operation: PackageOperation;
  readonly read: (path: string) => string | undefined;
  /** The manifests that are there, from the folder of the install on. */
  readonly files: readonly string[];
  readonly locks: readonly string[];
  /** All that is there. */
  readonly paths: readonly string[];
  readonly call: string;
}

/** More files to copy, or why the install may need others. */
type Check = (project: Project) => readonly string[] | string;

const isFrozen = ({ operation }: Project): boolean => operation.flags.has('frozen');
const hasArgument = ({ operation }: Project, ...names: readonly string[]): boolean =>
  names.every((name) => operation.command.args.some(({ text }) => text === name));

const lifecycle = ['preinstall', 'install', 'postinstall', 'prepublish', 'preprepare', 'prepare', 'postprepare'];
/** Scripts that only need files which are copied along. */
const harmless = /^(?:patch-package|prisma generate)$/;

interface PackageJson {
  readonly scripts?: Readonly<Record<string, string>>;
  readonly workspaces?: unknown;
  readonly [key: string]: unknown;
}

const dependencyKeys = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];

function dependenciesOf(json: PackageJson): [string, string][] {
  return dependencyKeys.flatMap((key) => Object.entries((json[key] ?? {}) as Record<string, string>));
}

/** The rewrite leaves the lock file as it is in the context; an install that would mend it would be undone. */
type LockCheck = (project: Project, json: PackageJson) => boolean;

const javascript =
  (lockHolds: LockCheck): Check =>
  (project) => {
    const { operation, read, paths, locks } = project;
    let json: PackageJson;
    try {
      json = JSON.parse(read('package.json') ?? '') as PackageJson;
    } catch {
      return 'package.json cannot be read';
    }
    if (json.workspaces !== undefined) return 'package.json has workspaces, whose manifests the install reads as well';
    const local = dependenciesOf(json).find(([, version]) =>
      /^(?:file|link|portal|workspace|\.{1,2}\/|~\/)/.test(version),
    );
    if (local) return `package.json takes ${local[0]} from ${local[1]}`;
    if (!operation.flags.has('noProject')) {
      const script = lifecycle.find((name) => json.scripts?.[name] !== undefined && !harmless.test(json.scripts[name]));
      if (script) return `the ${script} script of package.json may read any file`;
      if (paths.includes('binding.gyp')) return 'binding.gyp is there, so the install compiles sources';
    }
    if (locks.length > 0 && !isFrozen(project) && !lockHolds(project, json))
      return `${project.call} may rewrite ${locks[0]}, and COPY would put the old one back`;
    return [];
  };

const npmLock: LockCheck = ({ read, locks }, json) => {
  try {
    const lock = JSON.parse(read(locks[0]!) ?? '') as { packages?: Record<string, PackageJson> };
    const root = lock.packages?.[''];
    const plain = (it: PackageJson): string =>
      JSON.stringify(dependencyKeys.map((key) => Object.entries((it[key] ?? {}) as object).sort()));
    return root !== undefined && plain(root) === plain(json);
  } catch {
    return false;
  }
};

const yarnLock: LockCheck = ({ read, locks }, json) => {
  const text = read(locks[0]!) ?? '';
  return dependenciesOf({ ...json, peerDependencies: {} }).every(
    ([name, range]) => text.includes(`${name}@${range}`) || text.includes(`${name}@npm:${range}`),
  );
};

const checks: Readonly<Record<string, Check>> = {
  npm: javascript(npmLock),
  yarn: javascript(yarnLock),
  pnpm: javascript(() => false),
  bun: javascript(() => false),
  pip: ({ read, files }) => requirements(read, files),
  go: ({ operation }) => (operation.action === 'download' ? [] : 'go build reads the sources'),
  bundler({ read, locks, ...project }) {
    const text = read('Gemfile') ?? '';
    const other = /\bFile\.|\bfile:/.exec(text)?.[0];
    if (other) return `the Gemfile has ${other}, which reads other files`;
    const lock = read(locks[0] ?? '') ?? '';
    const settled =
      isFrozen({ read, locks, ...project }) || /^PLATFORMS\n(?: {2}.*\n)* {2}(?:ruby|x86_64-linux)\b/m.test(lock);
    return settled || locks.length === 0
      ? []
      : 'bundle install may rewrite Gemfile.lock, and COPY would put the old one back';
  },
  composer: (project) =>
    hasArgument(project, '--no-scripts', '--no-autoloader')
      ? []
      : 'without --no-scripts and --no-autoloader composer reads the classes of the project',
  poetry: (project) => python(project, 'pyproject.toml', '--no-root'),
  uv: (project) => python(project, 'pyproject.toml', '--no-install-project'),
  pipenv: (project) => python(project, 'Pipfile'),
  cargo: () => 'Cargo wants the sources that Cargo.toml names',
  gradle: () => 'Gradle reads the build files of all projects',
  maven({ operation }) {
    const goals = operation.command.args.filter(({ text }) => !text.startsWith('-'));
    const other = goals.find(
      ({ text }) => !/^(?:dependency:|org\.apache\.maven\.plugins:maven-dependency-plugin)/.test(text),
    );
    return other ? `mvn ${other.text} reads the sources` : [];
  },
  dotnet: () => [],
  mix({ read }) {
    const other = /\b(?:File|Code)\./.exec(read('mix.exs') ?? '')?.[0];
    return other ? `mix.exs has ${other}, which reads other files` : [];
  },
};

function python(project: Project, manifest: string, without?: string): readonly string[] | string {
  if (without && !hasArgument(project, without))
    return `without ${without} ${project.call} installs the project itself`;
  const text = project.read(manifest) ?? '';
  if (/\b(?:path|file)\s*=\s*["']|\beditable\s*=|\[tool\.uv\.workspace\]/.test(text))
    return `${manifest} takes packages from a path`;
  return [];
}

/** The files that requirements files name, and those that these name. */
function requirements(read: Project['read'], files: readonly string[]): readonly string[] | string {
  const found = new Set(files);
  for (const file of found) {
    const text = read(file);
    if (text === undefined) return `${file} is not in the build context`;
    const folder = file.slice(0, file.lastIndexOf('/') + 1);
    for (const raw of text.replace(/\\\r?\n/g, ' ').split('\n')) {
      const line = raw.replace(/(?:^|\s)#.*$/, '').trim();
      const nested = /^(?:-r|-c|--requirement|--constraint)[\s=]*(\S+)/.exec(line)?.[1];
      if (nested !== undefined && /^(?:[a-z]+:|\/|.*\.\.)/.test(nested)) return `${file} reads ${nested}`;
      if (nested !== undefined) found.add(folder + nested.replace(/^\.\//, ''));
      else if (/^(?:-e|--editable)\b|^\.{1,2}(?:\/|$|\[)|^\/|\bfile:|@\s*\.{0,2}\//.test(line))
        return `${file} installs ${line}`;
    }
  }
  return [...found];
}
