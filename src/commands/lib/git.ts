import { type ExecFileSyncOptionsWithStringEncoding, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
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
function gitIn(folder: string): {
  readonly must: Run;
  readonly may: (...args: readonly string[]) => string | undefined;
} {
  const kept = Object.entries(process.env).filter(([name]) => !misleading.has(name));
  const options: ExecFileSyncOptionsWithStringEncoding = {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...Object.fromEntries(kept),
      ...{
        LC_ALL: 'C',
        GIT_OPTIONAL_LOCKS: '0',
        GIT_TERMINAL_PROMPT: '0',
        GIT_NO_LAZY_FETCH: '1',
        GIT_ALLOW_PROTOCOL: 'none',
      },
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

function asUsage({ code, stderr, message }: NodeJS.ErrnoException & { stderr?: string }, folder: string): UsageError {
  if (code === 'ENOENT' && isFolder(folder)) return new UsageError('this needs git, which is not installed');
  const said = (stderr || message).split('\n').find((line) => line !== '') ?? '';
  if (/not a git repository/i.test(said)) return new UsageError(`${folder} is not in a git repository`);
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

/** The commit that `ref` names in the repository of `folder`; a UsageError where there is no git, work tree or commit. */
export function revision(folder: string, ref: string): Revision {
  if (ref === '' || ref.startsWith('-')) throw new UsageError(`--since ${ref}: this is not the name of a commit`);
  const { must, may } = gitIn(folder);
  if (must('rev-parse', '--is-inside-work-tree').trim() !== 'true')
    throw new UsageError(`${folder} is in a repository without a work tree`);
  const commit = may('rev-parse', '--verify', '--quiet', `${ref}^{commit}`)?.trim();
  if (!commit) throw new UsageError(`--since ${ref}: there is no such commit`);
  return {
    read(path) {
      const git = gitIn(dirname(path));
      const [entry] = treeOf(git.must('ls-tree', '-z', commit, '--', `./${basename(path)}`));
      if (!entry) return undefined;
      const text = git.may('cat-file', 'blob', entry.id);
      if (text === undefined) throw new UsageError(`this clone does not have its text of ${ref}`);
      return text;
    },
    changed(of) {
      const git = gitIn(of);
      const then = treeOf(git.must('ls-tree', '-r', '-z', commit, '--', '.'));
      const now = treeOf(git.must('ls-files', '--stage', '-z', '--'));
      const modules = new Map(now.filter(({ mode }) => mode === MODULE).map(({ path, id }) => [path, id]));
      const known = new Set(then.map(({ path }) => path));
      const fresh = names(git.must('ls-files', '--cached', '--others', '--exclude-standard', '-z', '--'));
      const changed = then.filter((it) => (it.mode === MODULE ? modules.get(it.path) !== it.id : !isAsItWas(of, it)));
      return [...new Set([...changed.map(({ path }) => path), ...fresh.filter((path) => !known.has(path))])].sort();
    },
  };
}

/** A file that git has: its mode in octal digits, the name of its content, its path from the folder. */
interface Entry {
  readonly mode: string;
  readonly id: string;
  readonly path: string;
}

/** The mode of a submodule. */
const MODULE = '160000';

/** What `ls-tree` and `ls-files --stage` print: the mode, perhaps a kind, the id, perhaps a number, a tab, the path. */
const treeOf = (text: string): Entry[] =>
  names(text).flatMap((line) => {
    const [, mode, id, path] = /^(\d+) (?:[a-z]+ )?([0-9a-f]+)[^\t]*\t(.*)$/s.exec(line) ?? [];
    return mode && id && path ? [{ mode, id, path }] : [];
  });

/**
 * Whether a file of the work tree is what a commit has. It is hashed here, as git would run the filters that the repository is set
 * up with. Line ends that git converts make no difference, nor does a file that is kept by Git LFS.
 */
function isAsItWas(folder: string, { mode, id, path }: Entry): boolean {
  const file = join(folder, path);
  try {
    const stat = lstatSync(file);
    if (stat.isSymbolicLink()) return mode === '120000' && idOf(Buffer.from(readlinkSync(file)), id) === id;
    if (!stat.isFile() || mode === '120000') return false;
    const isExecutable = (stat.mode & 0o100) !== 0;
    if (process.platform !== 'win32' && isExecutable !== (mode === '100755')) return false;
    const bytes = readFileSync(file);
    if (idOf(bytes, id) === id || idOf(withoutReturns(bytes), id) === id) return true;
    const large = createHash('sha256').update(bytes).digest('hex');
    return bytes.length > 0 && idOf(Buffer.from(pointer(large, bytes.length)), id) === id;
  } catch {
    return false;
  }
}

/** What Git LFS keeps in place of a file. */
const pointer = (digest: string, size: number): string =>
  `version https://git-lfs.github.com/spec/v1\noid sha256:${digest}\nsize ${size}\n`;

/** The name that git gives a content, by the hash of `like`. */
const idOf = (bytes: Buffer, like: string): string =>
  createHash(like.length === 64 ? 'sha256' : 'sha1')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex');

const withoutReturns = (bytes: Buffer): Buffer =>
  bytes.includes('\r\n') ? Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1') : bytes;

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
