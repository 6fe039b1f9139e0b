import { type ExecFileSyncOptionsWithStringEncoding, execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { UsageError } from './terminal.ts';

/** How many of the last commits are looked at. */
const LAST = 200;

/** Where a hook that runs us has set them, they would lead to another repository than that of the folder. */
const misleading = new Set(
  `GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_PREFIX GIT_COMMON_DIR GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES
  GIT_NAMESPACE GIT_EXTERNAL_DIFF GIT_PAGER GIT_TRACE GIT_CONFIG_PARAMETERS GIT_CONFIG_COUNT`.split(/\s+/),
);

/** Nothing that a repository is set up to run is run, nothing is fetched, no lock is taken, nobody is asked. */
const quiet = [
  ...['--no-pager', '--literal-pathspecs'],
  ...['core.fsmonitor=false', 'core.hooksPath=/dev/null', 'log.showSignature=false', 'core.quotePath=false'].flatMap(
    (it) => ['-c', it],
  ),
];

type Run = (...args: readonly string[]) => string;

/** Asks git in a folder; undefined in place of the text where git says no. */
function gitIn(
  folder: string,
  settings: readonly (readonly [string, string])[] = [],
): { readonly must: Run; readonly may: (...args: readonly string[]) => string | undefined } {
  const kept = Object.entries(process.env).filter(([name]) => !misleading.has(name));
  const options: ExecFileSyncOptionsWithStringEncoding = {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...Object.fromEntries(kept),
      ...{ LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', GIT_NO_LAZY_FETCH: '1' },
      ...environmentOf(settings),
    },
  };
  const must: Run = (...args) => {
    try {
      return execFileSync('git', [...quiet, ...args], options);
    } catch (error) {
      throw asUsage(error as NodeJS.ErrnoException & { stderr?: string }, folder);
    }
  };
  return {
    must,
    may: (...args) => {
      try {
        return must(...args);
      } catch {
        return undefined;
      }
    },
  };
}

/** Settings by the environment, as `-c` cannot tell a name with an equals sign from its value. */
const environmentOf = (settings: readonly (readonly [string, string])[]): NodeJS.ProcessEnv => ({
  GIT_CONFIG_COUNT: String(settings.length),
  ...Object.fromEntries(
    settings.flatMap(([key, value], index) => [
      [`GIT_CONFIG_KEY_${index}`, key],
      [`GIT_CONFIG_VALUE_${index}`, value],
    ]),
  ),
});

function asUsage({ code, stderr, message }: NodeJS.ErrnoException & { stderr?: string }, folder: string): UsageError {
  if (code === 'ENOENT' && isFolder(folder)) return new UsageError('git is needed for this, and is not there');
  const said = (stderr || message).split('\n').find((line) => line !== '') ?? '';
  if (/not a git repository/i.test(said)) return new UsageError(`${folder} is in no git repository`);
  return new UsageError(`git: ${said.replace(/^fatal: /, '')}`);
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

const names = (text: string): string[] => text.split('\0').filter((name) => name !== '');

/** A state of the repository to compare with. */
export interface Revision {
  /** The text of a file then; undefined where it was not there. */
  read(path: string): string | undefined;
  /** The files of a folder that are not what they were: changed, new or gone; from the folder, `/`-separated. */
  changed(folder: string): string[];
}

/** The commit that `ref` names in the repository of `folder`; a UsageError where there is no git, repository or commit. */
export function revision(folder: string, ref: string): Revision {
  if (ref === '' || ref.startsWith('-')) throw new UsageError(`--since ${ref}: no name of a commit`);
  const { must, may } = gitIn(folder);
  must('rev-parse', '--git-dir');
  const commit = may('rev-parse', '--verify', '--quiet', `${ref}^{commit}`)?.trim();
  if (!commit) throw new UsageError(`--since ${ref}: there is no such commit`);
  return {
    read: (path) => gitIn(dirname(path)).may('cat-file', 'blob', `${commit}:./${basename(path)}`),
    changed(of) {
      const git = gitIn(of, noFilters(gitIn(of).may));
      const plain = [
        '--name-only',
        '-z',
        '--no-renames',
        '--no-ext-diff',
        '--no-textconv',
        '--ignore-submodules=dirty',
      ];
      const tracked = git.must('diff', ...plain, '--relative', commit, '--');
      const fresh = git.must('ls-files', '--others', '--exclude-standard', '-z', '--');
      return [...new Set([...names(tracked), ...names(fresh)])].sort();
    },
  };
}

/** Settings under which git compares files as they are, without the programs that a repository filters them with. */
function noFilters(may: (...args: readonly string[]) => string | undefined): [string, string][] {
  const found = names(may('config', '--null', '--name-only', '--get-regexp', '^filter\\.') ?? '');
  const drivers = new Set(found.flatMap((key) => /^filter\.(.*)\.[^.]*$/s.exec(key)?.[1] ?? []));
  return [...drivers].flatMap((name): [string, string][] => [
    ...['clean', 'smudge', 'process'].map((it): [string, string] => [`filter.${name}.${it}`, '']),
    [`filter.${name}.required`, 'false'],
  ]);
}

/**
 * What each of the last commits that touch a folder changed in it, the newest first; nothing where there is no history.
 * Merges bring nothing of their own, and the first commit of all changes nothing that was there.
 */
export function lastCommits(folder: string): string[][] {
  const { may } = gitIn(folder);
  const which = ['-n', String(LAST), '--min-parents=1', '--max-parents=1'];
  const what = ['--name-only', '-z', '--no-renames', '--no-ext-diff', '--no-textconv', '--relative', '--format=%x01'];
  const text = may('log', ...which, ...what, '--', '.');
  if (text === undefined) return [];
  return text
    .split('\x01')
    .map((block) => names(block).map((name) => name.replace(/^\n/, '')))
    .map((block) => block.filter((name) => name !== ''))
    .filter((block) => block.length > 0);
}
