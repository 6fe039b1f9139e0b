import { noWildcard, pipSyntax } from './syntax.ts';
import type { Cache, PackageManager, PackageSyntax, Verb } from './types.ts';

const truthy = /^(?:1|true|yes|y|on|t)$/i;
const fetches = ['install', 'reinstall', 'upgrade', 'download', 'run', 'build'] as const;

const pipCache: Cache = {
  path: '~/.cache/pip',
  after: fetches,
  moved: { PIP_CACHE_DIR: '', XDG_CACHE_HOME: '/pip' },
};
const uvCache: Cache = {
  path: '~/.cache/uv',
  after: fetches,
  moved: { UV_CACHE_DIR: '', XDG_CACHE_HOME: '/uv' },
};
const pythonProject = ['pyproject.toml', 'setup.py', 'setup.cfg'];

/** https://pip.pypa.io/en/stable/cli/pip_install/ and the general options; `--no-cache` is what optparse completes. */
const pipOptions = {
  noCache: '--no-cache-dir|--no-cache',
  offline: '--no-index',
  requirementsFile: '-r|--requirement=',
  constraint: '-c|--constraint= --build-constraint=',
  editable: '-e|--editable=',
  user: '--user',
  upgrade: '-U|--upgrade',
  noDeps: '--no-deps|--no-dependencies',
  verified: '--require-hashes',
  unverified: '--trusted-host=',
  quiet: '-q|--quiet',
  assumeYes: '-y|--yes --no-input',
  prefix: '--prefix=',
  target: '-t|--target=',
  installRoot: '--root=',
  cacheDir: '--cache-dir=',
  dryRun: '--dry-run',
  repository: '-i|--index-url|--pypi-url= --extra-index-url= -f|--find-links=',
  force: '--force-reinstall --break-system-packages -I|--ignore-installed',
  other:
    '--log|--log-file|--local-log= --proxy= --retries= --timeout|--default-timeout= --exists-action= --cert= --client-cert= --progress-bar= --root-user-action= --keyring-provider= --use-feature= --use-deprecated= --resume-retries= --python= --platform= --python-version= --implementation= --abi= --only-binary= --no-binary= --only-final= --all-releases= --upgrade-strategy= --src|--source|--source-dir|--source-directory= --group= --config-settings|--config-setting|-C= --global-option= --build-option= --install-option= --report= -b|--build|--build-dir|--build-directory= -w|--wheel-dir= -d|--dest|--destination-dir|--destination-directory= --format= --path= --uploaded-prior-to= --requirements-from-script=',
} as const;

const pip: PackageManager = {
  id: 'pip',
  family: 'pip',
  programs: { pip: '' },
  versioned: true,
  verbs: {
    install: { action: 'install', directoryManifests: pythonProject },
    wheel: { action: 'build', directoryManifests: pythonProject },
    download: { action: 'download', directoryManifests: pythonProject },
    uninstall: { action: 'remove' },
    'cache purge|cache remove': { action: 'clean', words: 'ignored', cleans: ['~/.cache/pip'] },
  },
  options: pipOptions,
  // Set to anything that reads as a boolean, `off` too, it turns the cache off: pip/_internal/cli/cmdoptions.py
  variables: {
    PIP_NO_CACHE_DIR: [/^(?:1|true|yes|y|on|t|0|false|no|n|off|f)$/i, 'noCache'],
    PIP_CONSTRAINT: [/./, 'constraint'],
    PIP_NO_INDEX: [truthy, 'offline'],
    PIP_REQUIRE_HASHES: [truthy, 'verified'],
    PIP_USER: [truthy, 'user'],
    PIP_TARGET: [/./, 'target'],
    PIP_PREFIX: [/./, 'prefix'],
  },
  syntax: pipSyntax,
  caches: [pipCache],
};

const tool: Verb = { action: 'install', directoryManifests: pythonProject };

const pipx: PackageManager = {
  id: 'pipx',
  family: 'pip',
  programs: { pipx: '' },
  verbs: {
    install: tool,
    'install-all': 'install',
    inject: { action: 'install', words: 'rest' },
    run: { action: 'run', words: 'first', options: { package: '--spec=' }, table: { ordered: true } },
    'upgrade|upgrade-all|upgrade-shared': { action: 'upgrade' },
    'reinstall|reinstall-all': { action: 'reinstall' },
    'uninstall|uninstall-all': { action: 'remove' },
  },
  options: {
    editable: '-e|--editable',
    noCache: '--no-cache',
    global: '--global',
    force: '-f|--force',
    requirementsFile: '-r|--requirement=',
    quiet: '-q|--quiet',
    repository: '-i|--index-url= --pypi-url=',
    // The options handed on to pip come as one word.
    other: '--python= --pip-args= --suffix= --backend= --include-deps --preinstall=',
  },
  settings: [{ option: '--pip-args', value: /--no-cache-dir/, flag: 'noCache' }],
  variables: { PIP_NO_CACHE_DIR: [/^(?:1|true|yes|y|on|t|0|false|no|n|off|f)$/i, 'noCache'] },
  syntax: pipSyntax,
  caches: [pipCache],
};

const uvProject: Verb = {
  action: 'install',
  words: 'ignored',
  manifests: ['pyproject.toml', 'uv.lock'],
  runsProject: 'always',
};

/** https://docs.astral.sh/uv/reference/cli/ */
const uv: PackageManager = {
  id: 'uv',
  family: 'uv',
  programs: { uv: '', uvx: 'tool run' },
  verbs: {
    'pip install': { action: 'install', directoryManifests: pythonProject, options: { editable: '-e|--editable=' } },
    'pip sync': { action: 'install', words: 'manifests' },
    'pip uninstall': { action: 'remove' },
    'pip compile': { action: 'other' },
    sync: {
      ...uvProject,
      options: { other: '--package= --extra= --group= --no-group= --only-group= --no-extra= --output-format=' },
    },
    lock: { action: 'other', words: 'ignored', manifests: ['pyproject.toml', 'uv.lock'] },
    add: {
      action: 'install',
      manifests: ['pyproject.toml', 'uv.lock'],
      options: { other: '--group= --optional= --extra= --package= --script= --bounds=' },
    },
    remove: { action: 'remove', options: { other: '--group= --optional= --package= --script=' } },
    'tool install': { action: 'install', directoryManifests: pythonProject, options: { package: '--with= --from=' } },
    'tool run': { action: 'run', words: 'first', options: { package: '--from= -w|--with=' }, table: { ordered: true } },
    'tool upgrade': { action: 'upgrade' },
    'tool uninstall': { action: 'remove' },
    run: {
      action: 'run',
      words: 'ignored',
      manifests: ['pyproject.toml', 'uv.lock'],
      runsProject: 'always',
      options: { package: '--with=', other: '--package= --extra= --group= -m|--module= --env-file=' },
      table: { ordered: true },
    },
    build: { action: 'build', words: 'ignored', manifests: pythonProject, runsProject: 'always' },
    'python install': { action: 'install', words: 'ignored' },
    'cache clean|cache prune|clean': { action: 'clean', words: 'ignored', cleans: ['~/.cache/uv'] },
  },
  options: {
    noCache: '-n|--no-cache|--no-cache-dir',
    frozen: '--locked --frozen',
    production: '--no-dev --no-default-groups',
    noProject: '--no-install-project --no-install-workspace --no-install-local',
    requirementsFile: '-r|--requirements|--requirement=',
    constraint: '-c|--constraints|--constraint= -b|--build-constraints|--build-constraint=',
    editable: '-e|--editable=?',
    environment: '--system',
    upgrade: '-U|--upgrade',
    noDeps: '--no-deps',
    verified: '--require-hashes',
    quiet: '-q|--quiet',
    prefix: '--prefix=',
    target: '--target=',
    cacheDir: '--cache-dir=',
    directory: '--directory= --project=',
    offline: '--offline --no-index',
    dryRun: '--dry-run',
    force: '--reinstall --force',
    unverified: '--allow-insecure-host|--trusted-host=',
    repository: '-i|--index-url= --extra-index-url= --index= --default-index= -f|--find-links=',
    other:
      '-p|--python= --config-file= --index-strategy= --keyring-provider= -P|--upgrade-package= --upgrade-group= --reinstall-package= --refresh-package= --resolution= --prerelease= --fork-strategy= -C|--config-setting|--config-settings= --config-settings-package= --no-build-isolation-package= --exclude-newer= --exclude-newer-package= --link-mode= --no-build-package= --no-binary-package= --no-binary= --only-binary= --python-version= --python-platform= --torch-backend= --color= --no-install-package= --override|--overrides= --excludes= --extra= --group= -o|--output-file= --rev= --tag= --branch= --out-dir= --python-preference= --project-env=',
  },
  variables: {
    UV_NO_CACHE: [truthy, 'noCache'],
    UV_CONSTRAINT: [/./, 'constraint'],
    UV_OFFLINE: [truthy, 'offline'],
    UV_FROZEN: [truthy, 'frozen'],
    UV_LOCKED: [truthy, 'frozen'],
    UV_NO_DEV: [truthy, 'production'],
    UV_SYSTEM_PYTHON: [truthy, 'environment'],
  },
  syntax: pipSyntax,
  caches: [uvCache],
};

const poetry: PackageManager = {
  id: 'poetry',
  family: 'poetry',
  programs: { poetry: '' },
  verbs: {
    'install|sync': {
      action: 'install',
      words: 'ignored',
      manifests: ['pyproject.toml', 'poetry.lock'],
      runsProject: 'always',
    },
    add: { action: 'install', options: { editable: '-e|--editable' } },
    update: { action: 'upgrade', manifests: ['pyproject.toml', 'poetry.lock'] },
    remove: { action: 'remove' },
    lock: { action: 'other', words: 'ignored', manifests: ['pyproject.toml', 'poetry.lock'] },
    build: { action: 'build', words: 'ignored', manifests: ['pyproject.toml'], runsProject: 'always' },
    'self add': { action: 'install' },
    'self update': { action: 'upgrade', words: 'ignored' },
    'cache clear': { action: 'clean', words: 'ignored', cleans: ['~/.cache/pypoetry'] },
    run: 'run',
    // Reads the lock file; what it prints is given to pip.
    export: { action: 'other', words: 'ignored', manifests: ['pyproject.toml', 'poetry.lock'] },
  },
  options: {
    assumeYes: '-n|--no-interaction',
    quiet: '-q|--quiet',
    noCache: '--no-cache',
    noProject: '--no-root',
    production: '--no-dev --only= --without=',
    dryRun: '--dry-run',
    all: '--all',
    directory: '-C|--directory= -P|--project=',
    other:
      '--with= -E|--extras= -G|--group= --optional= --python= --platform= --source= --format|-f= --output|-o= --markers=',
  },
  variables: { POETRY_VIRTUALENVS_CREATE: [/^(?:0|false|no|off)$/i, 'environment'] },
  syntax: { ...pipSyntax, exact: { ...pipSyntax.exact, '@': /^(?:==)?\d[\w.+-]*$/ } },
  caches: [{ path: '~/.cache/pypoetry', after: fetches, moved: { POETRY_CACHE_DIR: '', XDG_CACHE_HOME: '/pypoetry' } }],
};

const pipenv: PackageManager = {
  id: 'pipenv',
  family: 'pipenv',
  programs: { pipenv: '' },
  verbs: {
    install: { action: 'install', manifests: ['Pipfile', 'Pipfile.lock'], directoryManifests: pythonProject },
    sync: { action: 'install', words: 'ignored', flags: ['frozen'], manifests: ['Pipfile', 'Pipfile.lock'] },
    'update|upgrade': { action: 'upgrade', manifests: ['Pipfile', 'Pipfile.lock'] },
    uninstall: { action: 'remove' },
    lock: { action: 'other', words: 'ignored', manifests: ['Pipfile', 'Pipfile.lock'] },
    run: 'run',
  },
  options: {
    frozen: '--deploy --ignore-pipfile',
    environment: '--system',
    editable: '-e|--editable=',
    requirementsFile: '-r|--requirements=',
    quiet: '-q|--quiet',
    repository: '-i|--index= --pypi-mirror=',
    other: '--python= --extra-pip-args= --categories= -c|--code= -d|--dev',
  },
  settings: [{ option: '--extra-pip-args', value: /--no-cache-dir/, flag: 'noCache' }],
  variables: { PIP_NO_CACHE_DIR: [/^(?:1|true|yes|y|on|t|0|false|no|n|off|f)$/i, 'noCache'] },
  syntax: pipSyntax,
  caches: [{ path: '~/.cache/pipenv', after: fetches, moved: { PIPENV_CACHE_DIR: '' } }, pipCache],
};

/**
 * https://docs.conda.io/projects/conda/en/latest/user-guide/concepts/pkg-specs.html : `=1.2` matches 1.2.*, `==1.2` one
 * version. `=` with three parts or a build counts as exact, as a fourth part is hardly ever used.
 */
const condaSyntax: PackageSyntax = {
  sources: [
    [/^https?:\/\//i, 'url'],
    [/\.(?:conda|tar\.bz2)$/i, 'file'],
  ],
  strip: /^[\w./-]+(?:\/[\w-]+)?::/,
  operators: ['==', '>=', '<=', '!=', '~=', '=', '<', '>', ' '],
  suffix: /\[[^\]]*\]$/,
  exact: {
    '==': noWildcard,
    ' ': noWildcard,
    '=': /^(?:=?\d[^*,|=<>]*\.[^*,|=<>.]+\.[^*,|=<>.]+[^*,|=<>]*|\d[^*,|=<>]*=[^*]+)$/,
  },
};

const condaOptions: PackageManager['options'] = {
  assumeYes: '-y|--yes',
  quiet: '-q|--quiet',
  prefix: '-p|--prefix=',
  environment: '-n|--name=',
  requirementsFile: '--file=',
  repository: '-c|--channel=',
  noDeps: '--no-deps --only-deps',
  frozen: '--freeze-installed|--no-update-deps',
  offline: '--offline',
  dryRun: '-d|--dry-run',
  downloadOnly: '--download-only',
  force: '--force-reinstall --force',
  all: '-a|--all',
  unverified: '-k|--insecure',
  installRoot: '--root-prefix|-r=',
  other:
    '--revision= --solver= --subdir|--platform= --experimental= --clone= --repodata-fn= --override-channels --strict-channel-priority --copy --rc-file= --channel-priority= --safety-checks= --extra-safety-checks= --category= --env= --console= --override-frozen --python=',
};

const pkgs = ['/opt/conda/pkgs'];
const environmentFile: Verb = {
  action: 'install',
  manifests: ['environment.yml'],
  options: { manifest: '-f|--file=' },
};
/** Archives and unpacked packages each make up most of it; the index alone does not count. */
const cleaning = (paths: readonly string[]): Verb => ({
  action: 'clean',
  words: 'ignored',
  options: { all: '-a|--all -p|--packages -t|--tarballs' },
  cleansWith: { all: paths },
});
const condaVerbs: PackageManager['verbs'] = {
  'install|create': { action: 'install' },
  'env create|env update': environmentFile,
  'update|upgrade': { action: 'upgrade' },
  'remove|uninstall|env remove': { action: 'remove' },
  clean: cleaning(pkgs),
  run: { action: 'run', words: 'ignored', table: { ordered: true } },
};
const conda: PackageManager = {
  id: 'conda',
  family: 'conda',
  programs: { conda: '' },
  verbs: condaVerbs,
  options: condaOptions,
  variables: { CONDA_ALWAYS_YES: [truthy, 'assumeYes'] },
  syntax: condaSyntax,
  caches: [
    { path: '/opt/conda/pkgs', after: ['install', 'upgrade'], moved: { CONDA_PKGS_DIRS: '', CONDA_DIR: '/pkgs' } },
  ],
};

const micromambaPkgs = ['/opt/conda/pkgs', '/opt/micromamba/pkgs'];

export const python: readonly PackageManager[] = [
  pip,
  pipx,
  uv,
  poetry,
  pipenv,
  conda,
  { ...conda, id: 'mamba', programs: { mamba: '' } },
  {
    ...conda,
    id: 'micromamba',
    programs: { micromamba: '' },
    verbs: {
      ...condaVerbs,
      'install|create': { action: 'install', options: { requirementsFile: '-f|--file=' } },
      'update|upgrade': { action: 'upgrade', options: { requirementsFile: '-f|--file=' } },
      clean: cleaning(micromambaPkgs),
    },
    caches: [
      {
        path: '/opt/conda/pkgs',
        after: ['install', 'upgrade'],
        moved: { CONDA_PKGS_DIRS: '', MAMBA_ROOT_PREFIX: '/pkgs' },
      },
    ],
  },
];
