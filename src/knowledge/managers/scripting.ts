import { addresses, fullVersion, paths, plainVersion, repositories } from './syntax.ts';
import type { PackageManager, PackageSyntax, Verb } from './types.ts';

const fetches = ['install', 'reinstall', 'upgrade', 'download'] as const;

/** https://guides.rubygems.org/command-reference/#gem-install : a plain version is exact, `name:version` is one word. */
const gem: PackageManager = {
  id: 'gem',
  family: 'gem',
  programs: { gem: '', jgem: '' },
  versioned: true,
  verbs: {
    'install|i': { action: 'install' },
    'update|up': { action: 'upgrade' },
    'uninstall|un': { action: 'remove' },
    // Takes old versions away, not the archives.
    'cleanup|clean': 'remove',
    fetch: { action: 'download' },
    build: { action: 'build', words: 'manifests' },
    pristine: { action: 'reinstall' },
    exec: { action: 'run', words: 'first', options: { package: '-g|--gem=' }, table: { ordered: true } },
    'sources|source': { action: 'other', words: 'ignored' },
  },
  options: {
    version: '-v|--version=',
    noDocs: '-N|--no-document|--no-doc --no-ri --no-rdoc',
    quiet: '-q|--quiet|--silent',
    force: '-f|--force',
    user: '--user-install',
    manifest: '-g|--file=?',
    installRoot: '-i|--install-dir= --build-root=',
    noDeps: '--ignore-dependencies',
    repository: '-s|--source|--clear-sources=',
    offline: '-l|--local',
    other:
      '-n|--bindir= --document=? --rdoc=? --ri=? -P|--trust-policy= -p|--http-proxy=? --platform= --config-file= -B|--bulk-threshold= --without= --target-rbconfig= --default --system=? --env-shebang -E -w|--wrappers --conservative --minimal-deps --development --prerelease --pre --explain --lock -r|--remote -b|--both -a|--all -x|--executables -V|--verbose --debug -u|--update-sources',
  },
  table: { dashesEnd: true },
  syntax: {
    sources: [
      [/^https?:\/\//i, 'url'],
      [/\.gem$/i, 'file'],
    ],
    operators: [':'],
    exact: { ':': plainVersion, '': plainVersion, '=': plainVersion },
  },
  caches: [{ path: '/usr/local/bundle/cache', after: fetches, moved: { GEM_HOME: '/cache' } }],
};

const gemfile = ['Gemfile', 'Gemfile.lock'];

/** https://bundler.io/man/bundle-install.1.html */
const bundle: PackageManager = {
  id: 'bundle',
  skip: /^_[\d.]+_$/,
  family: 'gem',
  programs: { bundle: '', bundler: '' },
  bare: { verb: 'install', unless: /^(?:-v|--version|-h|--help)$/ },
  verbs: {
    'install|i': { action: 'install', words: 'ignored', manifests: gemfile },
    update: { action: 'upgrade', words: 'ignored', manifests: gemfile },
    'package|cache|pack': { action: 'download', words: 'ignored', manifests: gemfile },
    add: { action: 'install', options: { version: '-v|--version=' } },
    remove: { action: 'remove' },
    'clean|prune': 'clean',
    exec: { action: 'run', words: 'ignored', table: { ordered: true } },
    'config|lock|check|list|init|show|info|outdated|open|platform|binstubs|doctor|env|version|viz|gem|plugin|inject|console':
      'other',
  },
  options: {
    production: '--without=',
    frozen: '--deployment --frozen',
    quiet: '--quiet',
    noCache: '--no-cache',
    force: '--force|--redownload',
    manifest: '--gemfile=',
    prefix: '--path=',
    offline: '--local --prefer-local',
    environment: '--system',
    all: '--all',
    other:
      '-j|--jobs= --retry|-r= --with= --binstubs=? --shebang= --standalone=? --trust-policy= --target-rbconfig= --full-index --group|-g= --source|-s= --git= --branch= --require= --glob= --ref= --github= --platform= --cache-path= --all-platforms',
  },
  variables: {
    BUNDLE_WITHOUT: [/./, 'production'],
    BUNDLE_ONLY: [/./, 'production'],
    BUNDLE_DEPLOYMENT: [/^(?:1|true)$/, 'frozen'],
    BUNDLE_FROZEN: [/^(?:1|true)$/, 'frozen'],
  },
  syntax: gem.syntax,
  caches: [{ path: '/usr/local/bundle/cache', after: fetches, moved: { BUNDLE_PATH: '/cache', GEM_HOME: '/cache' } }],
};

/** https://getcomposer.org/doc/articles/versions.md : a version without signs or wildcards is exact, `dev-x` a branch. */
const composerSyntax: PackageSyntax = {
  sources: [...repositories, ...addresses, [/^(?:php|ext-\w+|lib-\w+)$/, 'builtin']],
  operators: [':', '=', ' ', '@'],
  exact: { ':': plainVersion, '=': plainVersion, ' ': plainVersion, '': plainVersion },
  versionWord: /^(?!-)(?:[\^~<>=!v]*\d[^/]*|\*|dev-\S+|@\w+|\$\{?\w*VERSION\w*\}?)$/,
};

const composerFiles = ['composer.json', 'composer.lock'];
const composerInstall: Verb = {
  action: 'install',
  words: 'ignored',
  manifests: composerFiles,
  runsProject: 'always',
};

/** https://getcomposer.org/doc/03-cli.md */
const composer: PackageManager = {
  id: 'composer',
  family: 'composer',
  programs: { composer: '', 'composer.phar': '' },
  verbs: {
    'install|i': composerInstall,
    'global install': { action: 'install', words: 'ignored', flags: ['global'] },
    'update|u|upgrade': { action: 'upgrade', manifests: composerFiles, runsProject: 'always' },
    'global update': { action: 'upgrade', flags: ['global'] },
    'require|r': { action: 'install' },
    'global require': { action: 'install', flags: ['global'] },
    'remove|rm|uninstall': { action: 'remove' },
    'global remove': { action: 'remove', flags: ['global'] },
    'create-project': { action: 'install', words: 'first', table: { ordered: false } },
    reinstall: { action: 'reinstall' },
    'dump-autoload|dumpautoload': {
      action: 'build',
      words: 'ignored',
      manifests: ['composer.json'],
      runsProject: 'always',
    },
    'clear-cache|clearcache|clear|cc': { action: 'clean', words: 'ignored', cleans: ['~/.composer/cache'] },
    'self-update|selfupdate': { action: 'upgrade', words: 'ignored' },
    'run-script|run|exec': { action: 'run', words: 'ignored' },
  },
  options: {
    assumeYes: '-n|--no-interaction',
    production: '--no-dev --update-no-dev',
    noProject: '--no-scripts',
    noCache: '--no-cache',
    quiet: '-q|--quiet',
    directory: '-d|--working-dir=',
    dryRun: '--dry-run',
    downloadOnly: '--download-only',
    repository: '--repository= --repository-url= --add-repository',
    other:
      '--prefer-install= --apcu-autoloader-prefix= --audit-format= --ignore-platform-req= -s|--stability= -m|--minimal-changes= --bump-after-update=? -w|--with-dependencies -W|--with-all-dependencies --with= --fixed --dev --no-plugins --no-progress -o|--optimize-autoloader -a|--classmap-authoritative -v|--verbose -vv -vvv',
  },
  variables: {
    COMPOSER_NO_DEV: [/^1$/, 'production'],
    COMPOSER_NO_INTERACTION: [/^1$/, 'assumeYes'],
  },
  syntax: composerSyntax,
  caches: [
    {
      path: '~/.composer/cache',
      after: fetches,
      moved: { COMPOSER_CACHE_DIR: '', COMPOSER_HOME: '/cache', XDG_CACHE_HOME: '/composer' },
    },
  ],
};

/** https://metacpan.org/dist/App-cpanminus/view/bin/cpanm : `@` is exact, `~` a range. */
const cpanSyntax: PackageSyntax = {
  sources: [
    ...repositories,
    ...addresses,
    [/^(?:[A-Z]\/[A-Z]{2}\/)?[A-Z]{3,}\/[\w.-]+\.(?:tar\.gz|tgz|zip)$/, 'file'],
    [/\.(?:tar\.gz|tgz|tar\.bz2|zip)$/i, 'file'],
    ...paths,
  ],
  operators: ['@', '~'],
  exact: { '@': plainVersion, '~': /^==\s*v?[\d._]+$/ },
  ref: /@([^@/]+)$/,
};
const perlFiles = ['cpanfile', 'Makefile.PL', 'Build.PL', 'META.json'];

const perl: readonly PackageManager[] = [
  {
    id: 'cpanm',
    family: 'cpan',
    programs: { cpanm: 'install' },
    verbs: { install: { action: 'install', directoryManifests: perlFiles } },
    options: {
      noProject: '--installdeps',
      quiet: '-q|--quiet',
      force: '-f|--force -n|--notest|--no-test',
      installRoot: '-l|--local-lib= -L|--local-lib-contained=',
      repository: '-M|--from= --mirror=',
      assumeYes: '--no-interactive|--noninteractive',
      manifest: '--cpanfile=',
      other:
        '--with-feature= --save-dists= --configure-args= --build-args= --test-args= --install-args= --perl= --cpanmetadb= --format= --auto-cleanup= --configure-timeout= --build-timeout= --test-timeout= --exclude-vendor= --pause-mirror= --without-feature= -S|--sudo -v|--verbose -i --reinstall --mirror-only --with-develop --skip-satisfied --skip-installed',
    },
    syntax: cpanSyntax,
    caches: [{ path: '~/.cpanm', after: fetches, moved: { PERL_CPANM_HOME: '' } }],
  },
  {
    id: 'cpan',
    family: 'cpan',
    programs: { cpan: 'install' },
    verbs: { install: { action: 'install' } },
    options: {
      force: '-f -T',
      other: '-j= -M= -I= -h= -i',
    },
    variables: { PERL_MM_USE_DEFAULT: [/^1$/, 'assumeYes'] },
    syntax: { ...cpanSyntax, leading: /^install$/ },
    caches: [{ path: '~/.cpan', after: fetches }],
  },
];

/** Names in R code; `pak` writes `name@1.2`, `remotes` has a version argument. */
const rSyntax: PackageSyntax = {
  sources: [...repositories, ...addresses, [/\.(?:tar\.gz|tgz|zip)$/i, 'file'], ...paths],
  strip: /^(?:cran|bioc|any)::/,
  operators: ['@'],
  exact: { '@': fullVersion, '': plainVersion },
};
const hostedR: PackageSyntax = {
  sources: [[/^/, 'vcs']],
  operators: [],
  exact: {},
  ref: /[@#](?!\*)(.+)$/,
};
const rInstall: Verb = { action: 'install' };
const rHosted: Verb = { action: 'install', syntax: hostedR };

/** https://cran.r-project.org/doc/manuals/r-release/R-admin.html and the scripts of littler. */
const r: PackageManager = {
  id: 'r',
  family: 'r',
  programs: {
    R: '',
    Rscript: '',
    r: '',
    'install2.r': 'install2.r',
    'install.r': 'install2.r',
    'installBioc.r': 'install2.r',
    'installGithub.r': 'installGithub.r',
  },
  fallback: 'none',
  verbs: {
    'install2.r': {
      action: 'install',
      options: { other: '-l|--libloc= -d|--deps= -n|--ncpus= -r|--repos= -m|--method= -e|--error -s|--skipinstalled' },
    },
    'installGithub.r': {
      action: 'install',
      syntax: hostedR,
      options: { other: '-d|--deps= -r|--repos= -u|--update=' },
    },
    'CMD INSTALL': { action: 'install', options: { other: '-l|--library=' } },
  },
  calls: {
    'install.packages': rInstall,
    'BiocManager::install': rInstall,
    biocLite: rInstall,
    'pak::pkg_install': rInstall,
    'pak::pak': rInstall,
    pkg_install: rInstall,
    'renv::install': rInstall,
    install_version: rInstall,
    install_cran: rInstall,
    install_bioc: rInstall,
    install_github: rHosted,
    install_gitlab: rHosted,
    install_bitbucket: rHosted,
    install_git: rHosted,
    install_url: { action: 'install', syntax: { sources: [[/^/, 'url']], operators: [], exact: {} } },
    'renv::restore': { action: 'install', words: 'ignored', flags: ['frozen'], manifests: ['renv.lock'] },
    install_deps: { action: 'install', words: 'ignored', manifests: ['DESCRIPTION'] },
    install_local: { action: 'install', words: 'ignored', manifests: ['DESCRIPTION'], runsProject: 'always' },
    update_packages: { action: 'upgrade' },
    'update.packages': { action: 'upgrade', words: 'ignored' },
  },
  options: {
    code: '-e|--eval=',
    quiet: '--slave|-s --quiet|-q|--silent --no-echo',
    other: '-f|--file= -g|--gui= -d|--debugger= --default-packages= --encoding= -l|--library= -p|--packages=',
  },
  syntax: rSyntax,
  caches: [],
};

export const scripting: readonly PackageManager[] = [gem, bundle, composer, ...perl, r];
