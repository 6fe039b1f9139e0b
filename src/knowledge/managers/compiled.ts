import { addresses, fullVersion, paths, repositories } from './syntax.ts';
import type { Cache, PackageManager, PackageSyntax, Verb } from './types.ts';

const fetches = ['install', 'upgrade', 'download', 'build', 'run'] as const;

/**
 * https://go.dev/ref/mod#version-queries : a full version or a commit is exact, `v1`, `latest` and branches are not. An
 * import path whose first element has no dot belongs to the standard library or the tool chain.
 */
const goSyntax: PackageSyntax = {
  sources: [
    [/\.go$/, 'file'],
    [/^\.{1,3}(?:\/|$)/, 'directory'],
    [/^\//, 'directory'],
    [/^[a-z][\w-]*(?:\/[\w./-]*)?$/i, 'builtin'],
  ],
  operators: ['@'],
  exact: { '@': /^(?:v\d+\.\d+\.\d+\S*|[0-9a-f]{7,40})$/ },
  removes: /^none$/,
};

const goFiles = ['go.mod', 'go.sum'];
const goBuild: Verb = { action: 'build', words: 'ignored', manifests: goFiles, runsProject: 'always' };
const goCaches: readonly Cache[] = [
  { path: '/go/pkg/mod', after: fetches, moved: { GOMODCACHE: '', GOPATH: '/pkg/mod' } },
  {
    path: '~/.cache/go-build',
    after: ['install', 'build', 'run'],
    moved: { GOCACHE: '', XDG_CACHE_HOME: '/go-build' },
  },
];

/** https://pkg.go.dev/cmd/go : the flags of build are shared by install, get, run, list, test and vet. */
const go: PackageManager = {
  id: 'go',
  family: 'go',
  programs: { go: '' },
  verbs: {
    install: { action: 'install', manifests: goFiles, runsProject: 'alone' },
    get: { action: 'install', manifests: goFiles },
    run: { action: 'run', words: 'first', manifests: goFiles, runsProject: 'alone', table: { ordered: true } },
    'mod download': { action: 'download', manifests: goFiles },
    'mod tidy|mod vendor|mod verify': { action: 'download', words: 'ignored', manifests: goFiles },
    'build|test|vet|generate': goBuild,
    clean: {
      action: 'clean',
      words: 'ignored',
      cleansWith: { modCache: ['/go/pkg/mod'], buildCache: ['~/.cache/go-build'] },
    },
    'mod init|mod edit|mod graph|mod why|env|version|list|fmt|tool|doc|work|telemetry': 'other',
  },
  options: {
    modCache: '-modcache',
    buildCache: '-cache',
    directory: '-C=',
    downloadOnly: '-d',
    upgrade: '-u=?',
    manifest: '-modfile=',
    force: '-a',
    other:
      '-p= -asmflags= -buildmode= -compiler= -gccgoflags= -gcflags= -installsuffix= -ldflags= -mod= -overlay= -pgo= -pkgdir= -tags= -toolexec= -o= -exec= -coverpkg= -covermode= -run= -bench= -benchtime= -count= -coverprofile= -cpu= -parallel= -timeout= -vet= -reuse= -x -v -i -t -race -trimpath -insecure',
  },
  table: { singleDashLong: true },
  syntax: goSyntax,
  caches: goCaches,
};

/**
 * https://doc.rust-lang.org/cargo/commands/cargo-install.html : a full version without a sign is exact for `install`;
 * for `add` it is a caret range, and only `=` is exact.
 */
const cargoSyntax: PackageSyntax = {
  sources: [...repositories, ...addresses, ...paths],
  operators: ['@', ':'],
  exact: { '@': fullVersion, ':': fullVersion, '': fullVersion, '=': fullVersion },
};
const cargoFiles = ['Cargo.toml', 'Cargo.lock'];
const cargoBuild: Verb = { action: 'build', words: 'ignored', manifests: cargoFiles, runsProject: 'always' };

const cargo: PackageManager = {
  id: 'cargo',
  family: 'cargo',
  programs: { cargo: '' },
  skip: /^\+/,
  verbs: {
    'install|binstall': {
      action: 'install',
      manifests: cargoFiles,
      runsProject: 'alone',
      directoryManifests: cargoFiles,
      options: { version: '--version|--vers=' },
    },
    add: { action: 'install', syntax: { ...cargoSyntax, exact: { '@': /^=\d+\.\d+\.\d+/ } } },
    fetch: { action: 'download', words: 'ignored', manifests: cargoFiles },
    vendor: { action: 'download', words: 'ignored', manifests: cargoFiles },
    update: { action: 'upgrade', words: 'ignored', manifests: cargoFiles },
    uninstall: { action: 'remove' },
    remove: { action: 'remove' },
    'build|b|rustc|test|t|bench|doc|check|c|package|publish|clippy|zigbuild|leptos|auditable': cargoBuild,
    'chef cook': {
      action: 'install',
      words: 'ignored',
      manifests: ['recipe.json'],
      options: { manifest: '--recipe-path=' },
    },
    'chef prepare': { action: 'other', words: 'ignored' },
    'run|r': { action: 'run', words: 'ignored', manifests: cargoFiles, runsProject: 'always' },
    cache: {
      action: 'clean',
      words: 'ignored',
      cleansWith: { all: ['/usr/local/cargo/registry', '/usr/local/cargo/git'] },
    },
  },
  options: {
    frozen: '--locked --frozen',
    offline: '--offline',
    quiet: '-q|--quiet',
    force: '-f|--force',
    manifest: '--manifest-path=',
    git: '--git=',
    path: '--path=',
    revision: '--rev= --tag=',
    installRoot: '--root=',
    target: '--target=',
    directory: '-C=',
    repository: '--index= --registry=',
    dryRun: '-n|--dry-run',
    all: '-a|--autoclean --all',
    assumeYes: '-y|--no-confirm',
    other:
      '--branch= -F|--features= -p|--package= --exclude= --bin= --example= --test= --bench= -j|--jobs= --profile= --target-dir= --artifact-dir|--out-dir= --message-format= --color= --config= -Z= --lockfile-path= --timings=? --rename= -v|--verbose --vers= --base=',
  },
  table: { dashesEnd: true },
  syntax: cargoSyntax,
  caches: [
    { path: '/usr/local/cargo/registry', after: fetches, moved: { CARGO_HOME: '/registry' } },
    { path: '/usr/local/cargo/git', after: fetches, moved: { CARGO_HOME: '/git' } },
  ],
};

const swiftFiles = ['Package.swift', 'Package.resolved'];

/** https://docs.swift.org/swiftpm/documentation/packagemanagerdocs */
const swift: PackageManager = {
  id: 'swift',
  family: 'swift',
  programs: { swift: '' },
  verbs: {
    'package resolve': { action: 'download', words: 'ignored', manifests: swiftFiles },
    'package update': { action: 'upgrade', words: 'ignored', manifests: swiftFiles },
    'package clean|package reset|package purge-cache': { action: 'clean', words: 'ignored', cleansWith: {} },
    'build|test': { action: 'build', words: 'ignored', manifests: swiftFiles, runsProject: 'always' },
    run: { action: 'run', words: 'ignored', manifests: swiftFiles, runsProject: 'always', table: { ordered: true } },
  },
  options: {
    directory: '--package-path=',
    cacheDir: '--cache-path=',
    frozen: '--force-resolved-versions|--disable-automatic-resolution|--only-use-versions-from-resolved-file',
    quiet: '-q|--quiet',
    other:
      '-c|--configuration= --scratch-path|--build-path= --product= --target= -j|--jobs= -Xswiftc= -Xcc= -Xlinker= -Xcxx= --triple= --sdk= --arch= --swift-sdk= --toolchain= --sanitize= --config-path= --security-path= --static-swift-stdlib -v|--verbose --traits=',
  },
  syntax: { sources: [], operators: [], exact: {} },
  caches: [{ path: '~/.cache/org.swift.swiftpm', after: fetches }],
};

/** https://docs.haskellstack.org/en/stable/commands/ and https://cabal.readthedocs.io : `name-1.2` is one version. */
const haskellSyntax: PackageSyntax = {
  sources: [
    ...repositories,
    ...addresses,
    [/\.tar\.gz$/, 'file'],
    [/^(?:all|exe|lib|test|tests):/, 'directory'],
    [/:/, 'directory'],
    ...paths,
  ],
  operators: ['==', '>=', '<=', '^>=', '<', '>', ' '],
  tail: /-(\d+(?:\.\d+)*)$/,
  exact: { '==': /^\s*\d+(?:\.\d+)*$/, '': /^\d+(?:\.\d+)+$/ },
  unsure: /^\d+$/,
};
const stackFiles = ['stack.yaml', 'stack.yaml.lock', 'package.yaml', '*.cabal'];
const cabalFiles = ['cabal.project', 'cabal.project.freeze', '*.cabal'];

const haskell: readonly PackageManager[] = [
  {
    id: 'stack',
    family: 'stack',
    programs: { stack: '' },
    verbs: {
      install: { action: 'install', manifests: stackFiles, runsProject: 'alone' },
      'build|test|bench|haddock': { action: 'build', words: 'ignored', manifests: stackFiles, runsProject: 'always' },
      setup: { action: 'download', words: 'ignored', manifests: ['stack.yaml'] },
      update: 'update-index',
      upgrade: { action: 'upgrade', words: 'ignored' },
      unpack: { action: 'download' },
      'clean|purge': 'clean',
      'exec|run|runghc|runhaskell|ghc|ghci|script': { action: 'run', words: 'ignored', table: { ordered: true } },
      'config|path|new|init|ls|list|templates|upload|sdist|dot|query|hoogle|eval': 'other',
    },
    options: {
      noProject: '--only-dependencies|--dependencies-only|--only-snapshot',
      manifest: '--stack-yaml=',
      prefix: '--local-bin-path=',
      installRoot: '--stack-root=',
      directory: '--work-dir=',
      force: '--force-dirty',
      quiet: '--silent',
      other:
        '--resolver|--snapshot= --compiler= --ghc-options= --flag= -j|--jobs= --arch= --ghc-variant= --ghc-build= --skip= --verbosity= --extra-include-dirs= --extra-lib-dirs= --with-gcc= --with-hpack= --trace --color|--colour= --cabal-verbosity= --exec= --ta|--test-arguments= --ba|--benchmark-arguments= --setup-info-yaml= --local-programs-path= --docker-env=',
    },
    syntax: haskellSyntax,
    caches: [{ path: '~/.stack', after: [...fetches, 'update-index'], moved: { STACK_ROOT: '' } }],
  },
  {
    id: 'cabal',
    family: 'cabal',
    programs: { cabal: '' },
    verbs: {
      'install|v2-install|new-install|v1-install': { action: 'install', manifests: cabalFiles, runsProject: 'alone' },
      'build|v2-build|new-build|test|v2-test|bench|haddock|v1-build': {
        action: 'build',
        words: 'ignored',
        manifests: cabalFiles,
        runsProject: 'always',
      },
      'update|v2-update|new-update|v1-update': 'update-index',
      'fetch|get|unpack': { action: 'download' },
      'run|v2-run|exec|v2-exec|repl': { action: 'run', words: 'ignored', table: { ordered: true } },
      'clean|v2-clean': 'clean',
      'configure|v2-configure|freeze|v2-freeze|check|sdist|init|list|info|user-config|path': 'other',
    },
    options: {
      noProject: '--only-dependencies|--dependencies-only|--only-download',
      manifest: '--project-file=',
      directory: '--project-dir=',
      prefix: '--installdir= --prefix= --bindir=',
      dryRun: '--dry-run',
      offline: '--offline',
      global: '--global',
      installRoot: '--store-dir=',
      other:
        '--constraint= -w|--with-compiler= -f|--flags= -j|--jobs=? -O=? -v|--verbose=? --ghc-options= --ghc-option= --builddir= --install-method= --overwrite-policy= --package-env|--env= --index-state= --extra-include-dirs= --extra-lib-dirs= --with-hc-pkg|--with-ghc-pkg= --config-file= --http-transport= --preference= --allow-newer=? --allow-older=? --enable-executable-static --max-backjumps= --destdir= -d|--destdir= --test-options= --solver=',
    },
    syntax: haskellSyntax,
    caches: [
      { path: '~/.cabal/packages', after: [...fetches, 'update-index'], moved: { CABAL_DIR: '/packages' } },
      { path: '~/.cabal/store', after: ['install', 'build', 'run'], moved: { CABAL_DIR: '/store' } },
    ],
  },
];

/** https://dart.dev/tools/pub/cmd ; `activate` takes the version as a word of its own. */
const dartSyntax: PackageSyntax = {
  sources: [...addresses, ...paths],
  strip: /^(?:dev|override):/,
  operators: [':'],
  exact: { ':': fullVersion, '': fullVersion },
  versionWord: /^[\^<>=]*\d[\w.+ <>=-]*$/,
};
const pubFiles = ['pubspec.yaml', 'pubspec.lock'];
const pubVerbs: PackageManager['verbs'] = {
  'pub get|packages get': { action: 'install', words: 'ignored', manifests: pubFiles },
  'pub upgrade|pub downgrade|packages upgrade': { action: 'upgrade', manifests: pubFiles },
  'pub add': { action: 'install' },
  'pub global activate': { action: 'install', flags: ['global'] },
  'pub remove|pub global deactivate': { action: 'remove' },
  'pub cache clean': { action: 'clean', words: 'ignored', cleans: ['~/.pub-cache'] },
  'pub run|pub global run|run': { action: 'run', words: 'ignored', table: { ordered: true } },
};
const pubOptions: PackageManager['options'] = {
  frozen: '--enforce-lockfile',
  offline: '--offline',
  directory: '-C|--directory=',
  dryRun: '-n|--dry-run',
  force: '-f|--force --overwrite',
  path: '--path=',
  git: '--git-url=',
  revision: '--git-ref=',
  repository: '-u|--hosted-url|--hosted=',
  other:
    '-s|--source= --git-path= --sdk= -x|--executable= --features= -o|--output= -D|--define= --dart-define= --dart-define-from-file= --build-name= --build-number= -t|--target= --flavor= --base-href= --web-renderer= -d|--device-id= --packages=',
};
const pubCaches: readonly Cache[] = [{ path: '~/.pub-cache', after: fetches, moved: { PUB_CACHE: '' } }];

const dart: readonly PackageManager[] = [
  {
    id: 'dart',
    family: 'pub',
    programs: { dart: '', pub: '' },
    verbs: {
      ...pubVerbs,
      get: { action: 'install', words: 'ignored', manifests: pubFiles },
      'global activate': { action: 'install', flags: ['global'] },
      'compile|build': { action: 'build', words: 'ignored', runsProject: 'always', noCaches: true },
    },
    options: pubOptions,
    syntax: dartSyntax,
    caches: pubCaches,
  },
  {
    id: 'flutter',
    family: 'pub',
    programs: { flutter: '' },
    verbs: {
      ...pubVerbs,
      'build|test': { action: 'build', words: 'ignored', manifests: pubFiles, runsProject: 'always' },
      precache: { action: 'download', words: 'ignored', noCaches: true },
      upgrade: { action: 'upgrade', words: 'ignored', noCaches: true },
      clean: 'clean',
    },
    options: pubOptions,
    syntax: dartSyntax,
    caches: pubCaches,
  },
];

const mixFiles = ['mix.exs', 'mix.lock'];

/** https://hexdocs.pm/mix : `mix do` runs several tasks; `archive.install hex name version`. https://rebar3.org/docs */
const beam: readonly PackageManager[] = [
  {
    id: 'mix',
    family: 'mix',
    programs: { mix: '' },
    verbIs: 'goal',
    verbs: {
      'deps.get': { action: 'install', words: 'ignored', manifests: mixFiles },
      'deps.update': { action: 'upgrade', manifests: mixFiles },
      'archive.install': { action: 'install' },
      'escript.install': { action: 'install' },
      'local.hex|local.rebar|local.phx|local.nerves': { action: 'install', words: 'ignored' },
      'deps.compile': { action: 'build', words: 'ignored', manifests: mixFiles },
      'release|compile|assets.deploy|assets.build|phx.digest|distillery.release|escript.build': {
        action: 'build',
        words: 'ignored',
        manifests: mixFiles,
        runsProject: 'always',
      },
      'deps.clean': { action: 'clean' },
      'test|run|phx.server': { action: 'run', words: 'ignored' },
    },
    options: {
      force: '--force|-f',
      quiet: '--quiet',
      production: '--only=',
      frozen: '--check-locked',
      all: '--all',
      directory: '-C=',
      git: '--git=',
      other:
        '--env= --sha512= --organization= --repo= --app= --branch= --submodules --ref= --tag= --sparse= --timeout= --path=',
    },
    variables: { MIX_ENV: [/^prod$/, 'production'] },
    syntax: {
      sources: [...repositories, ...addresses, [/\.ez$/, 'file'], ...paths],
      // `hex`, `git` and `github` before the name tell where it comes from.
      operators: ['@'],
      exact: { '': fullVersion },
      versionWord: /^[~<>= ]*\d[\w.+ -]*$/,
      leading: /^(?:hex|git|github)$/,
    },
    caches: [{ path: '~/.hex', after: ['install', 'upgrade'], moved: { HEX_HOME: '' } }],
  },
  {
    id: 'rebar3',
    family: 'rebar3',
    programs: { rebar3: '' },
    verbIs: 'goal',
    verbs: {
      'get-deps': { action: 'download', words: 'ignored', manifests: ['rebar.config', 'rebar.lock'] },
      'release|tar|compile|escriptize': {
        action: 'build',
        words: 'ignored',
        manifests: ['rebar.config', 'rebar.lock'],
        runsProject: 'always',
      },
      'upgrade|update': { action: 'upgrade', words: 'ignored' },
      clean: 'clean',
      'ct|eunit|shell|dialyzer': { action: 'run', words: 'ignored' },
    },
    options: { other: '-n|--relname= -v|--relvsn= -o|--output-dir= -l|--lib= -p|--profile=', all: '-a|--all' },
    syntax: { sources: [], operators: [], exact: {} },
    caches: [{ path: '~/.cache/rebar3', after: fetches, moved: { REBAR_CACHE_DIR: '' } }],
  },
];

export const compiled: readonly PackageManager[] = [go, cargo, swift, ...haskell, ...dart, ...beam];
