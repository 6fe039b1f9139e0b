import { fullVersion, npmSyntax } from './syntax.ts';
import type { PackageManager, Verb } from './types.ts';

const fetches = ['install', 'reinstall', 'upgrade', 'download', 'run', 'update-index'] as const;
const production: NonNullable<PackageManager['variables']> = { NODE_ENV: [/^production$/, 'production'] };
const productionSettings: NonNullable<PackageManager['settings']> = [
  { option: '--omit', value: /^dev$/, flag: 'production' },
  { option: '--only', value: /^prod(?:uction)?$/, flag: 'production' },
  { option: '--location', value: /^global$/, flag: 'global' },
];

const npmFiles = ['package.json', 'package-lock.json', 'npm-shrinkwrap.json'];
const npmCache = ['~/.npm'];

/** https://docs.npmjs.com/cli/commands ; the aliases are those of `npm help <command>`. */
const npm: PackageManager = {
  id: 'npm',
  family: 'npm',
  programs: { npm: '', npx: 'exec' },
  verbs: {
    'install|i|in|ins|inst|insta|instal|isnt|isnta|isntal|isntall|add': {
      action: 'install',
      manifests: npmFiles,
      runsProject: 'alone',
    },
    'ci|clean-install|ic|install-clean|isntall-clean': {
      action: 'install',
      words: 'ignored',
      flags: ['frozen'],
      manifests: npmFiles,
      runsProject: 'always',
    },
    'install-test|it|install-ci-test|cit|clean-install-test|sit': {
      action: 'install',
      manifests: npmFiles,
      runsProject: 'always',
    },
    'link|ln': { action: 'install' },
    'update|up|upgrade|udpate': { action: 'upgrade', manifests: npmFiles },
    'uninstall|un|unlink|remove|rm|r': { action: 'remove' },
    prune: 'remove',
    'exec|x': {
      action: 'run',
      words: 'first',
      options: { package: '-p|--package=', assumeYes: '-y|--yes', other: '-c|--call=' },
      table: { ordered: true },
    },
    'init|create|innit': { action: 'run', words: 'ignored' },
    'run|run-script|rum|urn|start|stop|restart|test|t|tst': { action: 'run', words: 'ignored' },
    'rebuild|rb': { action: 'build', words: 'ignored' },
    'cache clean|cache clear|cache rm': { action: 'clean', words: 'ignored', cleans: npmCache },
    'pack|publish': 'build',
  },
  options: {
    global: '-g|--global',
    production: '--production',
    noProject: '--ignore-scripts',
    quiet: '-s|--silent|--quiet|-q',
    force: '-f|--force --legacy-peer-deps --unsafe-perm',
    directory: '-C|--prefix=',
    cacheDir: '--cache=',
    repository: '--registry|--reg=',
    offline: '--offline --prefer-offline',
    exact: '-E|--save-exact',
    dryRun: '--dry-run',
    assumeYes: '-y|--yes',
    other:
      '--omit= --only= --include= --also= --location|-L= --access= --audit-level= --auth-type= --before= --ca= --cafile= -c|--call= --cert= --cidr= --cpu= --depth= --diff= --editor= --expect-results= --fetch-retries= --fetch-retry-factor= --fetch-retry-maxtimeout= --fetch-retry-mintimeout= --fetch-timeout= --git= --globalconfig= --heading= --proxy= --https-proxy= --http-proxy= --init-author-name= --init-version= --init-module= --install-strategy= --key= --libc= --local-address= --lockfile-version= --loglevel= --logs-dir= --logs-max= --maxsockets= -m|--message= --min-release-age= --node-options= --noproxy= --os= --otp= --pack-destination= --package= --preid= --save-prefix= --scope= --script-shell= --searchlimit= --searchopts= --shell= --tag= --tag-version-prefix= --umask= --user-agent= --userconfig= --viewer= --which= -w|--workspace= --cache-min= --cache-max= --python= --arch= --target= --target_arch= --target_platform= --runtime= --build-from-source=?',
  },
  table: { booleanWords: true },
  settings: productionSettings,
  variables: {
    ...production,
    NPM_CONFIG_PRODUCTION: [/^true$/, 'production'],
    npm_config_production: [/^true$/, 'production'],
    NPM_CONFIG_OMIT: [/\bdev\b/, 'production'],
    npm_config_omit: [/\bdev\b/, 'production'],
    npm_config_ignore_scripts: [/^true$/, 'noProject'],
    NPM_CONFIG_IGNORE_SCRIPTS: [/^true$/, 'noProject'],
    NPM_CONFIG_GLOBAL: [/^true$/, 'global'],
  },
  syntax: npmSyntax,
  caches: [{ path: '~/.npm', after: fetches, moved: { npm_config_cache: '', NPM_CONFIG_CACHE: '' } }],
};

const yarnFiles = ['package.json', 'yarn.lock'];
const yarnInstall: Verb = { action: 'install', words: 'ignored', manifests: yarnFiles, runsProject: 'always' };
/** Yarn 1 keeps its cache elsewhere for root; 2 and later under ~/.yarn. */
const yarnCaches = ['/usr/local/share/.cache/yarn', '~/.yarn/berry/cache'];

/** https://classic.yarnpkg.com/en/docs/cli/ and https://yarnpkg.com/cli : both read the same words. */
const yarn: PackageManager = {
  id: 'yarn',
  family: 'yarn',
  programs: { yarn: '', yarnpkg: '' },
  bare: { verb: 'install', unless: /^(?:-v|--version|-h|--help)$/ },
  // Any other word is a script of package.json or a tool in node_modules.
  fallback: 'run',
  verbs: {
    install: yarnInstall,
    'workspaces focus': yarnInstall,
    add: { action: 'install' },
    'global add': { action: 'install', flags: ['global'] },
    'global upgrade': { action: 'upgrade', flags: ['global'] },
    'global remove': { action: 'remove', flags: ['global'] },
    'global bin|global dir|global list': 'other',
    'upgrade|up|upgrade-interactive': { action: 'upgrade', manifests: yarnFiles },
    remove: { action: 'remove' },
    dlx: { action: 'run', words: 'first', options: { package: '-p|--package=' }, table: { ordered: true } },
    create: { action: 'run', words: 'first', table: { ordered: true } },
    'run|exec|node|test|start': { action: 'run', words: 'ignored' },
    'cache clean|cache clear': { action: 'clean', words: 'ignored', cleans: yarnCaches },
    'config|set|version|versions|info|list|why|link|unlink|init|pack|publish|plugin|check|audit|bin|dedupe|cache|help|import|licenses|login|outdated|owner|policies|tag|team':
      'other',
    'generate-lock-entry|autoclean': 'other',
  },
  options: {
    frozen: '--frozen-lockfile --immutable --pure-lockfile',
    production: '--production|--prod',
    noProject: '--ignore-scripts',
    quiet: '-s|--silent',
    assumeYes: '--non-interactive',
    directory: '--cwd=',
    cacheDir: '--cache-folder=',
    global: '-g|--global',
    offline: '--offline --prefer-offline',
    exact: '-E|--exact',
    force: '--force',
    prefix: '--prefix= --global-folder=',
    repository: '--registry=',
    other:
      '--modules-folder= --mutex= --network-timeout= --network-concurrency= --use-yarnrc= --link-folder= --preferred-cache-folder= --proxy= --https-proxy= --emoji= --loglevel= --scripts-prepend-node-path= --otp= --mode= -W|--ignore-workspace-root-check -D|--dev -P|--peer -O|--optional -T|--tilde -C|--caret',
  },
  settings: [{ option: '--mode', value: /^skip-build$/, flag: 'noProject' }],
  variables: { ...production, YARN_PRODUCTION: [/^true$/, 'production'] },
  syntax: npmSyntax,
  caches: [
    {
      path: '/usr/local/share/.cache/yarn',
      after: fetches,
      moved: { YARN_CACHE_FOLDER: '' },
    },
  ],
};

const pnpmFiles = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml'];
const pnpmStore = ['~/.local/share/pnpm/store'];

/** https://pnpm.io/pnpm-cli */
const pnpm: PackageManager = {
  id: 'pnpm',
  family: 'pnpm',
  programs: { pnpm: '', pnpx: 'dlx', pnx: 'dlx' },
  fallback: 'run',
  verbs: {
    'install|i': { action: 'install', manifests: pnpmFiles, runsProject: 'alone' },
    'ci|clean-install': {
      action: 'install',
      words: 'ignored',
      flags: ['frozen'],
      manifests: pnpmFiles,
      runsProject: 'always',
    },
    add: { action: 'install' },
    fetch: { action: 'download', words: 'ignored', manifests: ['pnpm-lock.yaml', 'pnpm-workspace.yaml'] },
    'update|up|upgrade': { action: 'upgrade', manifests: pnpmFiles },
    'remove|rm|uninstall|un': { action: 'remove' },
    prune: 'remove',
    deploy: { action: 'build', words: 'ignored', manifests: pnpmFiles, runsProject: 'always' },
    dlx: { action: 'run', words: 'first', options: { package: '--package=' }, table: { ordered: true } },
    create: { action: 'run', words: 'first', table: { ordered: true } },
    'run|exec|test|t|start|run-script': { action: 'run', words: 'ignored' },
    'rebuild|rb': { action: 'build', words: 'ignored' },
    'store prune': { action: 'clean', words: 'ignored', cleans: pnpmStore },
    'config|set|get|setup|env|store|link|ln|unlink|import|list|ls|why|outdated|audit|init|pack|publish|root|bin|server|approve-builds|self-update|patch|patch-commit|help|licenses':
      'other',
  },
  options: {
    frozen: '--frozen-lockfile',
    production: '-P|--prod|--production --no-optional',
    noProject: '--ignore-scripts',
    global: '-g|--global',
    quiet: '-s|--silent',
    directory: '-C|--dir=',
    cacheDir: '--store-dir|--store=',
    offline: '--offline --prefer-offline',
    force: '--force --no-frozen-lockfile',
    exact: '-E|--save-exact',
    repository: '--registry=',
    other:
      '-F|--filter= --filter-prod= --reporter= --loglevel= --lockfile-dir= --modules-dir= --virtual-store-dir= --package-import-method= --child-concurrency= --network-concurrency= --workspace-concurrency= --hoist-pattern= --public-hoist-pattern= --node-linker= --global-dir= --global-bin-dir= --prefix= --cpu= --os= --libc= --changed-files-ignore-pattern= --resume-from= --side-effects-cache --shell-mode|-c --allow-build= --config= -D|--dev|--save-dev -O|--optional -w|--workspace-root -r|--recursive',
  },
  variables: { ...production },
  syntax: npmSyntax,
  caches: [
    { path: '~/.local/share/pnpm/store', after: fetches, moved: { PNPM_HOME: '/store', XDG_DATA_HOME: '/pnpm/store' } },
  ],
};

const bunFiles = ['package.json', 'bun.lock', 'bun.lockb'];

/** https://bun.sh/docs/cli/install */
const bun: PackageManager = {
  id: 'bun',
  family: 'bun',
  programs: { bun: '', bunx: 'x' },
  fallback: 'run',
  verbs: {
    'install|i': { action: 'install', manifests: bunFiles, runsProject: 'alone' },
    ci: { action: 'install', words: 'ignored', flags: ['frozen'], manifests: bunFiles, runsProject: 'always' },
    'add|a': { action: 'install' },
    'remove|rm': { action: 'remove' },
    update: { action: 'upgrade', manifests: bunFiles },
    upgrade: { action: 'upgrade', words: 'ignored' },
    x: { action: 'run', words: 'first', options: { package: '-p|--package=' }, table: { ordered: true } },
    build: { action: 'build', words: 'ignored', runsProject: 'always' },
    'run|test|exec': { action: 'run', words: 'ignored' },
    'create|c': { action: 'run', words: 'first', table: { ordered: true } },
    'pm cache rm': { action: 'clean', words: 'ignored', cleans: ['~/.bun/install/cache'] },
    'pm|link|unlink|init|outdated|publish|patch|info': 'other',
  },
  options: {
    frozen: '--frozen-lockfile',
    production: '-p|--production',
    noProject: '--ignore-scripts',
    global: '-g|--global',
    quiet: '--silent',
    force: '-f|--force',
    noCache: '--no-cache',
    exact: '-E|--exact',
    dryRun: '--dry-run',
    directory: '--cwd=',
    cacheDir: '--cache-dir=',
    repository: '--registry=',
    other:
      '-c|--config=? --omit= --filter|-F= --backend= --concurrent-scripts= --network-concurrency= --ca= --cafile= --linker= --cpu= --os= --minimum-release-age= --target= --outdir= --outfile= -d|-D|--dev|--development --optional --peer --save -y|--yarn --trust --no-save',
  },
  settings: productionSettings,
  variables: { ...production },
  syntax: npmSyntax,
  caches: [
    {
      path: '~/.bun/install/cache',
      after: fetches,
      moved: { BUN_INSTALL_CACHE_DIR: '', BUN_INSTALL: '/install/cache', XDG_CACHE_HOME: '/.bun/install/cache' },
    },
  ],
};

const denoFiles = ['deno.json', 'deno.jsonc', 'package.json', 'deno.lock'];

/** https://docs.deno.com/runtime/reference/cli/ ; an address is exact when it names a full version. */
const deno: PackageManager = {
  id: 'deno',
  family: 'deno',
  programs: { deno: '' },
  fallback: 'run',
  verbs: {
    'install|i': { action: 'install', manifests: denoFiles },
    ci: { action: 'install', words: 'ignored', flags: ['frozen'], manifests: denoFiles },
    add: { action: 'install' },
    'remove|uninstall': { action: 'remove' },
    cache: { action: 'download', words: 'manifests' },
    'compile|bundle': { action: 'build', words: 'ignored', runsProject: 'always' },
    'update|outdated': { action: 'upgrade', words: 'ignored', manifests: denoFiles },
    upgrade: { action: 'upgrade', words: 'ignored' },
    clean: { action: 'clean', words: 'ignored', cleans: ['/deno-dir'] },
    'x|run|task|serve|test|bench|eval': { action: 'run', words: 'ignored', table: { ordered: true } },
    'fmt|lint|check|doc|info|init|jupyter|lsp|publish|repl|types|coverage|completions': 'other',
  },
  options: {
    frozen: '--frozen|--frozen-lockfile=?',
    global: '-g|--global',
    quiet: '-q|--quiet',
    force: '-f|--force -r|--reload=?',
    manifest: '-c|--config=',
    installRoot: '--root=',
    production: '--prod',
    other:
      '-n|--name= -e|--entrypoint -D|--dev --import-map= --lock=? --cert= -L|--log-level= --node-modules-dir=? --vendor=? --allow-scripts=? -A|--allow-all --allow-net|-N=? --allow-read|-R=? --allow-write|-W=? --allow-env|-E=? --allow-run=? --location= --seed= --v8-flags=? --ext= --check=? --no-check=? -o|--output= --target= --include= --unstable',
  },
  syntax: {
    sources: [
      [/^https?:\/\//i, 'url'],
      [/^(?:\.{0,2}\/|~\/)/, 'file'],
      [/^[\w./-]+\.(?:[cm]?[jt]sx?)$/, 'file'],
    ],
    strip: /^(?:npm|jsr):\/?|(?<=@\^?~?\d[^/]*)\/.*$/g,
    operators: ['@'],
    exact: { '@': fullVersion },
  },
  caches: [{ path: '/deno-dir', after: fetches, moved: { DENO_DIR: '' } }],
};

export const javascript: readonly PackageManager[] = [npm, yarn, pnpm, bun, deno];
