/** What an image has set about caches of package managers. */
export interface ImageCaches {
  /** Registry and repository. */
  readonly image: RegExp;
  readonly variables: Readonly<Record<string, string>>;
  /** Folders that are links to another. */
  readonly links?: Readonly<Record<string, string>>;
}

/** https://github.com/docker-library : the `ENV` lines of each Dockerfile; the others say it in their own repositories. */
export const imageCaches: readonly ImageCaches[] = [
  { image: /^docker\.io\/library\/golang$/, variables: { GOPATH: '/go' } },
  {
    image: /^docker\.io\/(?:library\/rust|lukemathwalker\/cargo-chef)$/,
    variables: { CARGO_HOME: '/usr/local/cargo' },
  },
  { image: /^docker\.io\/library\/ruby$/, variables: { GEM_HOME: '/usr/local/bundle' } },
  { image: /^docker\.io\/(?:library\/composer|composer\/composer)$/, variables: { COMPOSER_HOME: '/tmp' } },
  { image: /^docker\.io\/denoland\/deno$/, variables: { DENO_DIR: '/deno-dir' } },
  {
    image: /^docker\.io\/(?:continuumio\/(?:mini|ana)conda3|condaforge\/mini(?:forge3|conda))$/,
    variables: { CONDA_DIR: '/opt/conda' },
  },
  {
    image: /^docker\.io\/library\/gradle$/,
    variables: {},
    links: { '/root/.gradle': '/home/gradle/.gradle' },
  },
];

/** Repositories beside the official images that set no variable about caches other than those above. */
export const plainImages: readonly RegExp[] = [
  /^mcr\.microsoft\.com\/dotnet\/(?:sdk|aspnet|runtime|runtime-deps)$/,
  /^docker\.io\/oven\/bun$/,
  /^ghcr\.io\/astral-sh\/uv$/,
  /^(?:docker\.io|ghcr\.io|nvcr\.io)\/nvidia\/cuda$/,
];

/** Caches that the tables have where an image put them: where they are without it. Undefined: each system has it elsewhere. */
export const withoutImage: Readonly<Record<string, string | undefined>> = {
  '/go/pkg/mod': '~/go/pkg/mod',
  '/usr/local/cargo/registry': '~/.cargo/registry',
  '/usr/local/cargo/git': '~/.cargo/git',
  '/deno-dir': '~/.cache/deno',
  '/usr/local/bundle/cache': undefined,
  '/opt/conda/pkgs': undefined,
};

/** Where other versions of a manager have the cache, or the same one for another user. */
export const otherVersions: Readonly<Record<string, readonly string[]>> = {
  // Yarn 1 asks who runs it: https://github.com/yarnpkg/yarn/blob/master/src/util/user-home-dir.js
  '/usr/local/share/.cache/yarn': ['~/.yarn/berry/cache'],
  '~/.local/share/pnpm/store': ['~/.pnpm-store'],
  '~/.composer/cache': ['~/.cache/composer'],
  '~/.cabal/packages': ['~/.cache/cabal/packages'],
  '~/.cabal/store': ['~/.local/state/cabal/store'],
};

/** Files of a project or a home that may move the cache of a manager. */
export const configFiles: Readonly<Record<string, RegExp>> = {
  npm: /(?:^|\/)\.?npmrc$/,
  pnpm: /(?:^|\/)(?:\.?npmrc|\.pnpmrc)$/,
  yarn: /(?:^|\/)(?:\.yarnrc(?:\.yml)?|\.?npmrc)$/,
  bun: /(?:^|\/)\.?bunfig\.toml$/,
  pip: /(?:^|\/)\.?pip\.(?:conf|ini)$/,
  poetry: /(?:^|\/)(?:poetry\.toml|config\.toml)$/,
  uv: /(?:^|\/)uv\.toml$/,
  cargo: /(?:^|\/)\.cargo(?:\/|$)/,
  bundle: /(?:^|\/)\.bundle(?:\/|$)/,
  composer: /(?:^|\/)composer\/config\.json$/,
  mvn: /(?:^|\/)(?:settings[\w-]*\.xml|\.mvn|maven\.config)(?:\/|$)/,
  gradle: /(?:^|\/)\.gradle(?:\/|$)/,
  dotnet: /(?:^|\/)nuget\.config$/i,
  apt: /(?:^|\/)apt(?:\.conf)?(?:\.d)?(?:\/|$)/,
  dnf: /(?:^|\/)dnf\.conf$/,
  conda: /(?:^|\/)\.?condarc$/,
};

/** Options and variables of the managers that name files or values in which the cache may be moved. */
export const configWords =
  /maven\.repo\.local|settings\.localRepository|^(?:-s|-gs|--settings|--global-settings)(?:=|$)/;

/** Managers that build from their cache alone: packages lie nowhere else. */
export const buildsFromCache: ReadonlySet<string> = new Set(
  'go cargo mvn gradle sbt dotnet stack cabal dart flutter deno'.split(' '),
);

/** Managers whose option for no cache leaves all of the cache unread and unwritten; what others have is for a part of it. */
export const bypassing: ReadonlySet<string> = new Set('pip pipx uv poetry pipenv apk composer'.split(' '));
