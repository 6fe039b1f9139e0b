import { existsSync, lstatSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';

/** A config file that was found. */
export interface FoundConfig {
  readonly path: string;
  readonly text: string;
  readonly kind: 'dflint' | 'package' | 'hadolint';
  /** Why it cannot be used; the text is then empty. */
  readonly problem?: string;
}

/** The largest config that is read, in bytes. */
const READ_LIMIT = 1 << 20;

/** Where the search begins, and what it is told of the machine. */
export interface Search {
  readonly cwd: string;
  variable(name: string): string | undefined;
}

const own = ['.dflint.yaml', '.dflint.yml', '.dflint.json'];
const hadolint = ['.hadolint.yaml', '.hadolint.yml'];

/**
 * The config for the files of a folder: the nearest of ours, going up; else the nearest of hadolint's, going up, then where
 * hadolint itself looks: the working directory, XDG_CONFIG_HOME, the home. Undefined where there is none.
 */
export function findConfig(
  folder: string,
  search: Search,
  kinds: readonly ('dflint' | 'hadolint')[] = ['dflint', 'hadolint'],
): FoundConfig | undefined {
  for (const at of kinds.includes('dflint') ? upwards(folder) : []) {
    const found = firstIn(at, own, 'dflint') ?? inPackage(at);
    if (found) return found;
  }
  for (const at of upwards(folder)) {
    const found = firstIn(at, hadolint, 'hadolint');
    if (found) return found;
  }
  return firstIn(search.cwd, hadolint, 'hadolint') ?? atHome(search);
}

function atHome({ variable }: Search): FoundConfig | undefined {
  const home = variable('HOME') ?? variable('USERPROFILE');
  const config = variable('XDG_CONFIG_HOME') ?? (home && join(home, '.config'));
  const endings = (name: string): string[] => [`${name}.yaml`, `${name}.yml`];
  return (
    (config ? firstIn(config, endings('hadolint'), 'hadolint') : undefined) ??
    (home ? firstIn(join(home, '.hadolint'), [...endings('hadolint'), ...endings('config')], 'hadolint') : undefined) ??
    (home ? firstIn(home, hadolint, 'hadolint') : undefined)
  );
}

function upwards(folder: string): string[] {
  const folders = [resolve(folder)];
  for (let at = folders[0]!; dirname(at) !== at; at = dirname(at)) folders.push(dirname(at));
  return folders;
}

function firstIn(folder: string, names: readonly string[], kind: FoundConfig['kind']): FoundConfig | undefined {
  const path = names.map((name) => join(folder, name)).find(isThere);
  return path === undefined ? undefined : { path, kind, ...contentOf(path) };
}

/** Also a link that leads nowhere: whoever made it means it. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}

/** Nobody named this file, so it is opened only where it is a small regular one, and a link leads out of no repository. */
function contentOf(path: string): { readonly text: string; readonly problem?: string } {
  const refused = (problem: string) => ({ text: '', problem });
  try {
    const real = realpathSync(path);
    const stat = statSync(real);
    if (stat.isDirectory()) return refused('it is a folder');
    if (!stat.isFile()) return refused('it is not a regular file');
    if (stat.size > READ_LIMIT) return refused('it is larger than 1 MiB');
    const isLink = real !== join(realpathSync(dirname(path)), path.slice(dirname(path).length + 1));
    if (isLink && !real.startsWith(`${repositoryOf(dirname(path))}${sep}`))
      return refused('it links out of the repository');
    return { text: readFileSync(real, 'utf8') };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return refused(`it cannot be read (${code ?? message})`);
  }
}

/** The repository that a folder is in, else the folder itself; without symbolic links. */
export function repositoryOf(folder: string): string {
  const real = realpathSync(folder);
  return upwards(real).find((at) => existsSync(join(at, '.git'))) ?? real;
}

/** A package.json counts where it has the key. */
function inPackage(folder: string): FoundConfig | undefined {
  const found = firstIn(folder, ['package.json'], 'package');
  return found && /"dflint"\s*:/.test(found.text) && hasKey(found.text) ? found : undefined;
}

function hasKey(text: string): boolean {
  try {
    return 'dflint' in (JSON.parse(text) as object);
  } catch {
    return false;
  }
}

/** What hadolint reads from the environment; where none is set, there is nothing to load. */
export const hadolintVariables: readonly string[] = [
  'NOFAIL',
  'STRICT_LABELS',
  'DISABLE_IGNORE_PRAGMA',
  'FORMAT',
  'FAILURE_THRESHOLD',
  'OVERRIDE_ERROR',
  'OVERRIDE_WARNING',
  'OVERRIDE_INFO',
  'OVERRIDE_STYLE',
  'IGNORE',
  'TRUSTED_REGISTRIES',
  'REQUIRE_LABELS',
].map((name) => `HADOLINT_${name}`);
