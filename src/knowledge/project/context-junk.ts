const set = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** The history of a project. */
export const historyFolders: ReadonlySet<string> = set('.git .hg .svn');

/** Folders that a run, a test or an editor fills again at any time, wherever they stand. */
export const madeFolders: ReadonlySet<string> = set(`
  __pycache__ .pytest_cache .mypy_cache .ruff_cache .tox .nox .hypothesis .ipynb_checkpoints .nyc_output
  .gradle .terraform .parcel-cache .turbo .sass-cache .eggs
`);
/** What the tools of one person leave behind. Small mostly. */
export const clutterFolders: ReadonlySet<string> = set('.idea .vscode .vs .fleet .history .settings');
export const clutterFiles: readonly RegExp[] = [
  /^\.DS_Store$/,
  /^Thumbs\.db$/,
  /\.log$/,
  /\.sw[op]$/,
  /~$/,
  /^core\.\d+$/,
];

/** The file by which a folder is a virtual environment of Python, whatever its name; its paths are those of one machine. */
export const environmentMark = 'pyvenv.cfg';

/** What tells builders what to do: an edit of it changes no program. */
export const buildFiles: readonly RegExp[] = [
  /^(?:Dockerfile|Containerfile)(?:\..+)?$/,
  /\.(?:Dockerfile|dockerfile)$/,
  /^(?:docker-)?compose(?:\..+)?\.ya?ml$/,
];

/** Outputs whose names mean nothing else, so that they are outputs in any folder of a project. */
export const plainOutputs: ReadonlySet<string> = set('node_modules bower_components');

/** Folders of keys and settings that open nothing. */
export const sampleFolders: ReadonlySet<string> = set(`
  test tests spec specs __tests__ fixtures testdata test-data example examples sample samples docs doc demo
  node_modules vendor site-packages
`);

/** A file that lets its reader in somewhere. */
export interface SecretFile {
  /** Compared with the end of the path, from the slash in front of a name. */
  readonly path: RegExp;
  readonly what: string;
  /** What must stand in it; a file without the text is none. */
  readonly text?: RegExp;
  /** `variables`: one of the variables in it must have the name of a secret, and a value; else `what` is all it is. */
  readonly holds?: 'variables';
}

const privateKey = /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/;

export const secretFiles: readonly SecretFile[] = [
  { path: /\/id_(?:rsa|dsa|ecdsa|ed25519)$/, what: 'an SSH private key' },
  { path: /\/[^/]+\.(?:pem|key)$/, what: 'a private key', text: privateKey },
  { path: /\/[^/]+\.(?:p12|pfx)$/, what: 'a private key' },
  {
    path: /\/\.env(?:\.(?!(?:.*\.)?(?:example|sample|template|tpl|dist|default|defaults|schema|test|ci)$)[^/]+)?$/,
    what: 'settings of one machine',
    holds: 'variables',
  },
  { path: /\/\.npmrc$/, what: 'an npm token', text: /_(?:authToken|auth|password)\s*=\s*["']?[^\s"'$]/ },
  { path: /\/\.yarnrc\.yml$/, what: 'an npm token', text: /npmAuth(?:Token|Ident):\s*["']?[^\s"'$]/ },
  { path: /\/\.pypirc$/, what: 'a PyPI password', text: /^\s*password\s*[=:]\s*\S/m },
  { path: /\/[._]netrc$/, what: 'server passwords', text: /\bpassword\s+\S/ },
  { path: /\/\.git-credentials$/, what: 'passwords of Git servers' },
  { path: /\/\.pgpass$/, what: 'PostgreSQL passwords' },
  { path: /\/\.my\.cnf$/, what: 'a MySQL password', text: /^\s*password\s*=\s*\S/m },
  { path: /\/\.aws\/credentials$/, what: 'AWS keys' },
  { path: /\/\.docker\/config\.json$/, what: 'registry logins', text: /"auth"\s*:\s*"[^"]/ },
  { path: /\/\.kube\/config$/, what: 'Kubernetes keys' },
  { path: /\/[^/]+\.tfstate(?:\.backup)?$/, what: 'Terraform state, which can contain passwords' },
  { path: /\/[^/]+\.json$/, what: 'a private key', text: /"private_key"\s*:\s*"-----BEGIN [A-Z ]*PRIVATE KEY-----/ },
  {
    path: /\/auth\.json$/,
    what: 'Composer logins',
    text: /"(?:github-oauth|gitlab-token|http-basic|bearer)"\s*:\s*\{\s*"/,
  },
];

/** Names in manifests and build scripts by which a build asks Git for its version. */
export const readsHistory: { readonly files: ReadonlySet<string>; readonly text: RegExp } = {
  files: set(`
    pyproject.toml setup.py setup.cfg pom.xml build.gradle build.gradle.kts Cargo.toml build.rs Makefile package.json
    build.sbt CMakeLists.txt Rakefile .goreleaser.yml
  `),
  text: /\bsetuptools[-_]scm\b|\bhatch-vcs\b|\bversioneer\b|\bversioningit\b|\bpbr\b|\bpoetry-dynamic-versioning\b|\bpdm-backend\b.*scm|\bgit-commit-id\b|\bjgitver\b|\bgit-properties\b|\bpalantir\.git-version\b|\bnebula\.release\b|\bvergen\b|\bshadow-rs\b|\bsbt-git\b|\bGitVersioning\b|\bnbgv\b|\bgit +(?:describe|rev-parse|log|rev-list|show)\b|\bFindGit\b|\bfind_package\(Git\b/,
};
