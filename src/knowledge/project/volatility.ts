import { buildFacts } from '../images/variables.ts';

/** What a commit may change, as far as builds tell it apart. */
export type ChangeKind = 'source' | 'lock' | 'manifest' | 'file' | 'argument';

/** How many of 100 commits change something of a kind, where no history tells. No measurements: orders of magnitude. */
export const usualShares: Readonly<Record<ChangeKind, { readonly of100: number; readonly why: string }>> = {
  argument: {
    of100: 100,
    why: 'an argument with the commit, date or number of the build has another value in each build',
  },
  source: { of100: 100, why: 'most commits change the code' },
  file: {
    of100: 20,
    why: 'a file that a Dockerfile copies by name is a script or a setting, which changes now and then',
  },
  lock: { of100: 10, why: 'dependencies are added now and then, and updated by themselves in between' },
  manifest: { of100: 5, why: 'dependencies are added, and scripts written, now and then' },
};

/** Parts of names of arguments whose value is another in each build: a commit, a date, a number that is counted up. */
const fresh =
  /(?:^|_)(?:git_?(?:commit|sha|hash|rev|revision|ref|describe|tag)|vcs_?(?:ref|rev|revision)|(?:commit|rev|revision)(?:_?(?:sha|hash|id))?|sha1?|source_commit|build_?(?:date|time|timestamp|number|num|no|id|nr)|(?:date|timestamp)|created|cache_?(?:bust|buster|date|key)|cachebust)$/i;

/** Whether an argument gets another value with every build. */
export const changesEachBuild = (name: string): boolean => buildFacts.has(name) || fresh.test(name);

/** Names that folders of code have. */
export const codeFolders: ReadonlySet<string> = new Set(
  'src source sources app apps lib libs cmd pkg internal server client web www public html static site api bin'.split(
    ' ',
  ),
);
