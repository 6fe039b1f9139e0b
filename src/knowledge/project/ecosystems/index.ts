/** A file that an install reads beside its manifests, if it is there. */
export interface Input {
  /** A path below the folder of the manifest; `*` matches within a name, `**` any folders. */
  readonly pattern: string;
  /**
   * `copy`: copied along with the manifest, it is enough. `stop`: the install then needs more than can be copied ahead, for
   * the reason in `why`.
   */
  readonly need: 'copy' | 'stop';
  /** What the install does with it, as a clause: `it says where packages come from`. */
  readonly why: string;
}

/** What a file says, where its name alone does not tell. */
export interface Says {
  /** A path below the folder of the manifest; `*` matches within a name. */
  readonly file: string;
  readonly text: RegExp;
  readonly why: string;
}

/** How projects of one kind are laid out, installed and built. */
export interface Ecosystem {
  readonly id: string;
  /** The package managers of `packageManagers` that install for it, by id. */
  readonly managers: readonly string[];
  /** Calls that install for it by a program that is none of those: its name and the words that follow. */
  readonly commands?: readonly string[];
  /** What names the dependencies; a `*` matches within a name. */
  readonly manifests: readonly string[];
  /** What fixes their versions. */
  readonly locks: readonly string[];
  readonly inputs: readonly Input[];
  /** Where a file that has this text is there, the install needs more than can be copied ahead. */
  readonly stops?: readonly Says[];
  /** Where a file that has this text is there, the install reads the manifests in the folders below as well. */
  readonly members?: readonly Says[];
  /** What only its builds make, and no image should take from the context. */
  readonly outputs: readonly string[];
  /** Where its code is: what most commits change. The first is the most usual. */
  readonly sources: readonly string[];
  /** The install that takes exactly what the lock file says. */
  readonly frozen: string;
  /**
   * The call that gets the dependencies where nothing but manifests, lock files and inputs is there; left out where that is
   * the install itself. `none`: there is no such call.
   */
  readonly ahead?: string;
  /** Verbs of its managers that read the project's own code to know what to install. */
  readonly readsCode?: readonly string[];
  /** Whether a build gets the dependencies that no install has got. */
  readonly buildsInstall?: boolean;
  /** Where the facts come from. */
  readonly url: string;
}

const copy = (pattern: string, why: string): Input => ({ pattern, need: 'copy', why });
const stop = (pattern: string, why: string): Input => ({ pattern, need: 'stop', why });

const origin = 'it says where packages come from';
const version = 'it says which version of the language is meant';

/** Scripts that npm and its like run around an install; those named here need no more than the inputs. */
const lifecycle: Says = {
  file: 'package.json',
  text: /"(?:preinstall|install|postinstall|prepublish|preprepare|prepare|postprepare)"\s*:\s*"(?!(?:husky|husky install|is-ci|(?:npx |yarn )?only-allow \w+|(?:npx )?only-allow \w+|patch-package|(?:npx )?prisma generate|electron-builder install-app-deps|exit 0|true)(?: \|\| (?:true|exit 0|husky(?: install)?))?"|[\^~><=*\d])/,
  why: 'package.json has a script that the install runs',
};
const linked: Says = {
  file: 'package.json',
  text: /:\s*"(?:file|link|portal):/,
  why: 'package.json names folders as packages',
};
const workspaces: Says = { file: 'package.json', text: /"workspaces"\s*:/, why: 'package.json has workspaces' };
const patches = copy('patches/**', 'its patches are applied after the install');
const prisma = copy('prisma/schema.prisma', 'Prisma generates its client from it after the install');
const scripts = ['src/index.js', 'src/**', 'lib/**', 'app/**', '*.js', '*.ts', '*.mjs'];

const javascript: readonly Ecosystem[] = [
  {
    id: 'npm',
    managers: ['npm'],
    manifests: ['package.json'],
    locks: ['package-lock.json', 'npm-shrinkwrap.json'],
    inputs: [copy('.npmrc', origin), patches, prisma],
    stops: [lifecycle, linked],
    members: [workspaces],
    outputs: ['node_modules', 'npm-debug.log*'],
    sources: scripts,
    frozen: 'npm ci',
    url: 'https://docs.npmjs.com/cli/commands/npm-ci',
  },
  {
    id: 'yarn',
    managers: ['yarn'],
    manifests: ['package.json'],
    locks: ['yarn.lock'],
    inputs: [
      copy('.yarnrc', origin),
      copy('.yarnrc.yml', origin),
      copy('.npmrc', origin),
      copy('.yarn/releases/**', 'Yarn itself is in it'),
      copy('.yarn/plugins/**', 'the plugins of Yarn are in it'),
      copy('.yarn/patches/**', 'its patches are part of the packages'),
      copy('.yarn/cache/**', 'the packages are in it'),
      patches,
      prisma,
    ],
    stops: [lifecycle, linked],
    members: [workspaces],
    outputs: ['node_modules', '.yarn/unplugged', '.yarn/install-state.gz', 'yarn-error.log'],
    sources: scripts,
    frozen: 'yarn install --frozen-lockfile',
    url: 'https://yarnpkg.com/cli/install',
  },
  {
    id: 'pnpm',
    managers: ['pnpm'],
    manifests: ['package.json'],
    locks: ['pnpm-lock.yaml'],
    inputs: [
      copy('pnpm-workspace.yaml', 'it names the workspaces and holds settings'),
      copy('.npmrc', origin),
      copy('.pnpmfile.cjs', 'it changes what packages ask for'),
      patches,
      prisma,
    ],
    stops: [lifecycle, linked],
    members: [{ file: 'pnpm-workspace.yaml', text: /^packages\s*:/m, why: 'pnpm-workspace.yaml names workspaces' }],
    outputs: ['node_modules', '.pnpm-store', 'pnpm-debug.log'],
    sources: scripts,
    frozen: 'pnpm install --frozen-lockfile',
    url: 'https://pnpm.io/docker',
  },
  {
    id: 'bun',
    managers: ['bun'],
    manifests: ['package.json'],
    locks: ['bun.lock', 'bun.lockb'],
    inputs: [copy('bunfig.toml', origin), copy('.npmrc', origin), patches, prisma],
    stops: [lifecycle, linked],
    members: [workspaces],
    outputs: ['node_modules'],
    sources: ['src/index.ts', ...scripts.slice(1)],
    frozen: 'bun install --frozen-lockfile',
    url: 'https://bun.sh/docs/cli/install',
  },
  {
    id: 'deno',
    managers: ['deno'],
    manifests: ['deno.json', 'deno.jsonc', 'package.json'],
    locks: ['deno.lock'],
    inputs: [copy('import_map.json', 'it says what the names of imports stand for'), copy('.npmrc', origin)],
    members: [{ file: 'deno.json*', text: /"workspace"\s*:/, why: 'deno.json has a workspace' }],
    outputs: ['node_modules'],
    sources: ['main.ts', 'src/**', '*.ts', '*.tsx'],
    frozen: 'deno install --frozen',
    readsCode: ['cache'],
    url: 'https://docs.deno.com/runtime/reference/cli/install/',
  },
];

const python = ['app.py', '*.py', 'app/**', 'src/**'];
const pythonOutputs = ['__pycache__', '.venv', '.pytest_cache', '.mypy_cache', '.ruff_cache', '**/*.egg-info'];

const pythons: readonly Ecosystem[] = [
  {
    id: 'pip',
    managers: ['pip', 'pipx'],
    manifests: [
      'requirements.txt',
      '*requirements*.txt',
      'requirements/*.txt',
      'pyproject.toml',
      'setup.py',
      'setup.cfg',
    ],
    locks: [],
    inputs: [copy('constraints*.txt', 'it limits the versions'), copy('pip.conf', origin)],
    stops: [
      {
        file: '*requirements*.txt',
        text: /^\s*(?:(?:-e|--editable)[ =]?\s*)?(?:\.{1,2}(?:[/\\[\s]|$)|file:)/m,
        why: 'the requirements name folders of the project',
      },
    ],
    outputs: pythonOutputs,
    sources: python,
    frozen: 'pip install --require-hashes -r requirements.txt',
    url: 'https://pip.pypa.io/en/stable/reference/requirements-file-format/',
  },
  {
    id: 'poetry',
    managers: ['poetry'],
    manifests: ['pyproject.toml'],
    locks: ['poetry.lock'],
    inputs: [copy('poetry.toml', 'it has the settings of Poetry')],
    stops: [
      {
        file: 'pyproject.toml',
        text: /^[^#\n]*=\s*\{[^}\n]*\bpath\s*=/m,
        why: 'pyproject.toml names folders as packages',
      },
    ],
    outputs: pythonOutputs,
    sources: python,
    frozen: 'poetry install',
    ahead: 'poetry install --no-root',
    url: 'https://python-poetry.org/docs/cli/#install',
  },
  {
    id: 'uv',
    managers: ['uv'],
    manifests: ['pyproject.toml', 'requirements.txt', '*requirements*.txt', 'setup.py', 'setup.cfg'],
    locks: ['uv.lock'],
    inputs: [copy('.python-version', version), copy('uv.toml', 'it has the settings of uv')],
    stops: [
      {
        file: 'pyproject.toml',
        text: /^[^#\n]*=\s*\{[^}\n]*\bpath\s*=/m,
        why: 'pyproject.toml names folders as packages',
      },
    ],
    members: [{ file: 'pyproject.toml', text: /^\[tool\.uv\.workspace\]/m, why: 'pyproject.toml has a workspace' }],
    outputs: pythonOutputs,
    sources: python,
    frozen: 'uv sync --locked',
    ahead: 'uv sync --locked --no-install-project',
    url: 'https://docs.astral.sh/uv/guides/integration/docker/#intermediate-layers',
  },
  {
    id: 'pipenv',
    managers: ['pipenv'],
    manifests: ['Pipfile', 'pyproject.toml', 'setup.py', 'setup.cfg'],
    locks: ['Pipfile.lock'],
    inputs: [],
    stops: [{ file: 'Pipfile', text: /\bpath\s*=/, why: 'the Pipfile names folders as packages' }],
    outputs: pythonOutputs,
    sources: python,
    frozen: 'pipenv install --deploy',
    url: 'https://pipenv.pypa.io/en/latest/docker.html',
  },
  {
    id: 'conda',
    managers: ['conda', 'mamba', 'micromamba'],
    manifests: ['environment.yml', 'environment.yaml', 'environment*.yml', 'environment*.yaml'],
    locks: ['conda-lock.yml', 'conda-linux-64.lock'],
    inputs: [copy('requirements*.txt', 'the pip part of the environment may read it'), copy('.condarc', origin)],
    stops: [
      {
        file: 'environment*.y*ml',
        text: /^\s*-\s*(?:-e\s+)?\.(?:[/[\s]|$)/m,
        why: 'the environment names the project',
      },
    ],
    outputs: pythonOutputs,
    sources: python,
    frozen: 'conda-lock install',
    url: 'https://docs.conda.io/projects/conda/en/latest/user-guide/tasks/manage-environments.html',
  },
  {
    id: 'pixi',
    managers: [],
    commands: ['pixi install'],
    manifests: ['pixi.toml', 'pyproject.toml'],
    locks: ['pixi.lock'],
    inputs: [],
    stops: [
      { file: 'pi*.toml', text: /^[^#\n]*=\s*\{[^}\n]*\bpath\s*=/m, why: 'pixi.toml names folders as packages' },
      { file: 'pyproject.toml', text: /^[^#\n]*=\s*\{[^}\n]*\bpath\s*=/m, why: 'it names folders as packages' },
    ],
    outputs: ['.pixi', ...pythonOutputs],
    sources: python,
    frozen: 'pixi install --locked',
    url: 'https://pixi.sh/latest/deployment/container/',
  },
];

const scripting: readonly Ecosystem[] = [
  {
    id: 'bundler',
    managers: ['bundle'],
    manifests: ['Gemfile'],
    locks: ['Gemfile.lock'],
    inputs: [
      copy('.ruby-version', 'the Gemfile may read it'),
      copy('.tool-versions', 'the Gemfile may read it'),
      copy('vendor/cache/**', 'the gems are in it'),
      stop('*.gemspec', 'the project is a gem, whose version stands in its code'),
    ],
    stops: [
      {
        file: 'Gemfile',
        text: /^[^#\n]*(?:\bpath:|:path\s*=>|^\s*(?:gemspec|path|eval_gemfile|instance_eval|require_relative)\b)/m,
        why: 'the Gemfile names folders of the project',
      },
    ],
    outputs: ['.bundle', 'vendor/bundle'],
    sources: ['app/models/user.rb', 'app/**', 'lib/**', '*.rb'],
    frozen: 'BUNDLE_DEPLOYMENT=1 bundle install',
    url: 'https://bundler.io/man/bundle-install.1.html',
  },
  {
    id: 'composer',
    managers: ['composer'],
    manifests: ['composer.json'],
    locks: ['composer.lock'],
    inputs: [
      copy('symfony.lock', 'Symfony Flex keeps its recipes in it'),
      copy('patches/**', 'its patches are applied after the install'),
    ],
    stops: [{ file: 'composer.json', text: /"type"\s*:\s*"path"/, why: 'composer.json names folders as packages' }],
    outputs: ['vendor'],
    sources: ['src/index.php', 'src/**', 'app/**', 'public/**', '*.php'],
    frozen: 'composer install',
    ahead: 'composer install --no-scripts --no-autoloader',
    url: 'https://getcomposer.org/doc/03-cli.md#install-i',
  },
  {
    id: 'renv',
    managers: ['r'],
    manifests: ['renv.lock', 'DESCRIPTION'],
    locks: ['renv.lock'],
    inputs: [
      copy('.Rprofile', 'it turns renv on'),
      copy('renv/activate.R', 'it brings renv itself'),
      copy('renv/settings.*', 'it has the settings of renv'),
    ],
    outputs: ['renv/library', 'renv/staging', '.Rproj.user', '.Rhistory'],
    sources: ['app.R', '*.R', 'R/**'],
    frozen: "Rscript -e 'renv::restore()'",
    url: 'https://rstudio.github.io/renv/articles/docker.html',
  },
  {
    id: 'perl',
    managers: ['cpanm', 'cpan'],
    commands: ['carton install', 'carmel install'],
    manifests: ['cpanfile', 'Makefile.PL', 'Build.PL', 'META.json'],
    locks: ['cpanfile.snapshot'],
    inputs: [
      copy('vendor/cache/**', 'the packages are in it'),
      stop('Makefile.PL', 'it is run, and may read the version in the code'),
      stop('Build.PL', 'it is run, and may read the version in the code'),
    ],
    outputs: ['local', 'blib'],
    sources: ['lib/App.pm', 'lib/**', '*.pl', '*.psgi'],
    frozen: 'carton install --deployment',
    url: 'https://metacpan.org/dist/Carton/view/script/carton',
  },
];

const gradleStop: Says = {
  file: 'settings.gradle*',
  text: /^\s*include(?:Build|Flat)?[\s("']/m,
  why: 'settings.gradle names projects in folders below',
};

const compiled: readonly Ecosystem[] = [
  {
    id: 'go',
    managers: ['go'],
    manifests: ['go.mod'],
    locks: ['go.sum'],
    inputs: [
      stop('go.work', 'it joins several modules, which are all read'),
      stop('vendor/modules.txt', 'the modules are in the project, so that none is downloaded'),
    ],
    stops: [{ file: 'go.mod', text: /=>\s*(?:\.{1,2}\/|\/)/, why: 'go.mod names folders in place of modules' }],
    outputs: [],
    sources: ['main.go', '**/*.go'],
    frozen: 'go mod download',
    ahead: 'go mod download',
    readsCode: ['get', 'tidy', 'vendor'],
    buildsInstall: true,
    url: 'https://go.dev/ref/mod#go-mod-download',
  },
  {
    id: 'cargo',
    managers: ['cargo'],
    manifests: ['Cargo.toml', 'recipe.json'],
    locks: ['Cargo.lock'],
    inputs: [
      copy('.cargo/config.toml', origin),
      copy('rust-toolchain', version),
      copy('rust-toolchain.toml', version),
      stop('**/*.rs', 'Cargo reads which programs and libraries there are'),
    ],
    outputs: ['target'],
    sources: ['src/main.rs', 'src/**', 'crates/**'],
    frozen: 'cargo fetch --locked',
    ahead: 'none',
    readsCode: ['fetch', 'vendor'],
    buildsInstall: true,
    url: 'https://doc.rust-lang.org/cargo/commands/cargo-fetch.html',
  },
  {
    id: 'maven',
    managers: ['mvn'],
    manifests: ['pom.xml'],
    locks: [],
    inputs: [
      copy('.mvn/**', 'Maven reads its settings, extensions and wrapper there'),
      copy('mvnw', 'it starts Maven'),
      copy('settings.xml', origin),
    ],
    stops: [
      { file: 'pom.xml', text: /<module>/, why: 'pom.xml has modules, which need each other' },
      { file: 'pom.xml', text: /<relativePath>\s*\.\./, why: 'pom.xml has a parent in another folder' },
      { file: 'pom.xml', text: /<systemPath>/, why: 'pom.xml names files of the project as packages' },
    ],
    outputs: ['target'],
    sources: ['src/main/java/App.java', 'src/**'],
    frozen: 'mvn -B dependency:go-offline',
    ahead: 'mvn -B dependency:go-offline',
    buildsInstall: true,
    url: 'https://maven.apache.org/plugins/maven-dependency-plugin/go-offline-mojo.html',
  },
  {
    id: 'gradle',
    managers: ['gradle'],
    manifests: ['build.gradle', 'build.gradle.kts', 'settings.gradle', 'settings.gradle.kts', 'gradle.properties'],
    locks: ['gradle.lockfile', 'gradle/verification-metadata.xml'],
    inputs: [
      copy('gradlew', 'it starts Gradle'),
      copy('gradle/**', 'the wrapper and the versions are in it'),
      copy('buildSrc/**', 'it is the code of the build itself'),
      copy('build-logic/**', 'it is the code of the build itself'),
    ],
    stops: [gradleStop],
    outputs: ['build', '.gradle'],
    sources: ['src/main/java/App.java', 'src/**', 'app/src/**'],
    frozen: 'gradle dependencies --dependency-verification=strict',
    ahead: 'none',
    buildsInstall: true,
    url: 'https://docs.gradle.org/current/userguide/dependency_locking.html',
  },
  {
    id: 'sbt',
    managers: ['sbt'],
    manifests: ['build.sbt', 'project/build.properties', 'project/*.sbt'],
    locks: ['build.sbt.lock'],
    inputs: [
      copy('project/*.scala', 'it is the code of the build itself'),
      copy('.sbtopts', 'sbt reads its options there'),
    ],
    outputs: ['target', 'project/target', 'project/project', '.bsp', '.metals', '.bloop'],
    sources: ['src/main/scala/Main.scala', 'src/**', 'app/**'],
    frozen: 'sbt update',
    ahead: 'sbt update',
    buildsInstall: true,
    url: 'https://www.scala-sbt.org/1.x/docs/Dependency-Management-Flow.html',
  },
  {
    id: 'dotnet',
    managers: ['dotnet', 'nuget'],
    manifests: ['*.csproj', '*.fsproj', '*.vbproj', '*.sln', '*.slnx', 'packages.config'],
    locks: ['packages.lock.json'],
    inputs: [
      copy('nuget.config', origin),
      copy('NuGet.config', origin),
      copy('NuGet.Config', origin),
      copy('global.json', version),
      copy('Directory.Build.props', 'all projects below read it'),
      copy('Directory.Build.targets', 'all projects below read it'),
      copy('Directory.Packages.props', 'the versions are in it'),
      copy('.config/dotnet-tools.json', 'the tools are in it'),
    ],
    members: [
      { file: '*.sln*', text: /proj\b/, why: 'the solution has projects in folders below' },
      { file: '*.*proj', text: /<ProjectReference/, why: 'the project needs others' },
    ],
    outputs: ['bin', 'obj'],
    sources: ['Program.cs', '**/*.cs', '**/*.fs', '**/*.cshtml'],
    frozen: 'dotnet restore --locked-mode',
    ahead: 'dotnet restore',
    buildsInstall: true,
    url: 'https://learn.microsoft.com/en-us/dotnet/core/tools/dotnet-restore',
  },
  {
    id: 'mix',
    managers: ['mix'],
    manifests: ['mix.exs'],
    locks: ['mix.lock'],
    inputs: [
      copy('config/config.exs', 'dependencies are compiled with it'),
      copy('config/prod.exs', 'dependencies are compiled with it'),
      copy('apps/*/mix.exs', 'it is part of the umbrella'),
      copy('VERSION', 'mix.exs may read it'),
    ],
    stops: [
      { file: 'mix.exs', text: /^[^#\n]*\bpath:\s*"/m, why: 'mix.exs names folders as packages' },
      {
        file: 'mix.exs',
        text: /^[^#\n]*(?:Code\.(?:require|eval|load)_file|import_file)/m,
        why: 'mix.exs reads other code',
      },
    ],
    outputs: ['_build', 'deps', '.elixir_ls', 'erl_crash.dump'],
    sources: ['lib/app.ex', 'lib/**', 'apps/*/lib/**'],
    frozen: 'mix deps.get --check-locked',
    url: 'https://hexdocs.pm/mix/Mix.Tasks.Deps.Get.html',
  },
  {
    id: 'rebar3',
    managers: ['rebar3'],
    manifests: ['rebar.config'],
    locks: ['rebar.lock'],
    inputs: [
      copy('rebar.config.script', 'it is part of rebar.config'),
      copy('apps/*/rebar.config', 'it is part of the umbrella'),
      stop('_checkouts/**', 'packages of the project take the place of others'),
    ],
    outputs: ['_build'],
    sources: ['src/app.erl', 'src/**', 'apps/*/src/**'],
    frozen: 'rebar3 get-deps',
    ahead: 'rebar3 get-deps',
    buildsInstall: true,
    url: 'https://rebar3.org/docs/configuration/dependencies/',
  },
  {
    id: 'stack',
    managers: ['stack'],
    manifests: ['stack.yaml', 'package.yaml', '*.cabal'],
    locks: ['stack.yaml.lock'],
    inputs: [copy('Setup.hs', 'it is part of the build')],
    members: [
      {
        file: 'stack.yaml',
        text: /^packages:\s*\n(?:[^\S\n]*#.*\n)*\s*-\s*(?!\.\/?\s*$)\S/m,
        why: 'stack.yaml has packages',
      },
    ],
    outputs: ['.stack-work'],
    sources: ['app/Main.hs', 'src/**', 'app/**'],
    frozen: 'stack build --only-dependencies --lock-file=error-on-write',
    ahead: 'stack build --only-dependencies',
    buildsInstall: true,
    url: 'https://docs.haskellstack.org/en/stable/commands/build_command/',
  },
  {
    id: 'cabal',
    managers: ['cabal'],
    manifests: ['*.cabal', 'cabal.project'],
    locks: ['cabal.project.freeze'],
    inputs: [copy('cabal.project.local', 'it is part of cabal.project'), copy('Setup.hs', 'it is part of the build')],
    members: [{ file: 'cabal.project', text: /^packages:(?!\s*\.\/?\s*$)/m, why: 'cabal.project has packages' }],
    outputs: ['dist-newstyle', 'dist'],
    sources: ['app/Main.hs', 'src/**', 'app/**'],
    frozen: 'cabal build --only-dependencies',
    ahead: 'cabal build --only-dependencies',
    buildsInstall: true,
    url: 'https://cabal.readthedocs.io/en/stable/cabal-commands.html#cabal-build',
  },
  {
    id: 'swift',
    managers: ['swift'],
    manifests: ['Package.swift'],
    locks: ['Package.resolved'],
    inputs: [copy('.swiftpm/configuration/**', origin)],
    stops: [
      { file: 'Package.swift', text: /\.package\([^)\n]*\bpath:/, why: 'Package.swift names folders as packages' },
    ],
    outputs: ['.build'],
    sources: ['Sources/App/main.swift', 'Sources/**'],
    frozen: 'swift package resolve --force-resolved-versions',
    ahead: 'swift package resolve',
    buildsInstall: true,
    url: 'https://docs.swift.org/swiftpm/documentation/packagemanagerdocs/packageresolve',
  },
  {
    id: 'pub',
    managers: ['dart', 'flutter'],
    manifests: ['pubspec.yaml'],
    locks: ['pubspec.lock'],
    inputs: [
      copy('pubspec_overrides.yaml', 'it is part of pubspec.yaml'),
      stop('l10n.yaml', 'translations are generated after the install'),
    ],
    stops: [{ file: 'pubspec.yaml', text: /^\s+path:\s*[./\w]/m, why: 'pubspec.yaml names folders as packages' }],
    members: [{ file: 'pubspec.yaml', text: /^workspace:/m, why: 'pubspec.yaml has a workspace' }],
    outputs: ['.dart_tool', 'build', '.flutter-plugins', '.flutter-plugins-dependencies'],
    sources: ['lib/main.dart', 'lib/**', 'bin/**'],
    frozen: 'dart pub get --enforce-lockfile',
    url: 'https://dart.dev/tools/pub/cmd/pub-get',
  },
  {
    id: 'conan',
    managers: [],
    commands: ['conan install'],
    manifests: ['conanfile.txt', 'conanfile.py'],
    locks: ['conan.lock'],
    inputs: [copy('profiles/**', 'it says for what packages are built')],
    stops: [{ file: 'conanfile.py', text: /\bload\(|\bos\.path\b/, why: 'conanfile.py reads other files' }],
    outputs: [],
    sources: ['src/main.cpp', 'src/**', 'include/**', 'CMakeLists.txt'],
    frozen: 'conan install . --lockfile=conan.lock',
    url: 'https://docs.conan.io/2/reference/commands/install.html',
  },
  {
    id: 'vcpkg',
    managers: [],
    commands: ['vcpkg install'],
    manifests: ['vcpkg.json'],
    locks: ['vcpkg-configuration.json'],
    inputs: [
      copy('ports/**', 'it has packages of its own'),
      copy('triplets/**', 'it says for what packages are built'),
    ],
    outputs: ['vcpkg_installed'],
    sources: ['src/main.cpp', 'src/**', 'include/**', 'CMakeLists.txt'],
    frozen: 'vcpkg install',
    url: 'https://learn.microsoft.com/en-us/vcpkg/consume/manifest-mode',
  },
];

const others: readonly Ecosystem[] = [
  {
    id: 'nix',
    managers: [],
    commands: ['nix build', 'nix-build', 'nix develop', 'nix-shell'],
    manifests: ['flake.nix', 'default.nix', 'shell.nix'],
    locks: ['flake.lock', 'npins/sources.json', 'nix/sources.json'],
    inputs: [copy('**/*.nix', 'one may import it'), stop('*', 'a build takes the files of the project')],
    outputs: ['result', '.direnv'],
    sources: ['src/main.c', 'src/**'],
    frozen: 'nix build',
    ahead: 'none',
    url: 'https://nix.dev/manual/nix/latest/command-ref/new-cli/nix3-build',
  },
  {
    id: 'leiningen',
    managers: [],
    commands: ['lein deps'],
    manifests: ['project.clj'],
    locks: [],
    inputs: [copy('profiles.clj', 'it has more dependencies'), copy('lein', 'it starts Leiningen')],
    stops: [{ file: 'project.clj', text: /\(slurp\b/, why: 'project.clj reads other files' }],
    outputs: ['target', '.lein-failures'],
    sources: ['src/app/core.clj', 'src/**', 'resources/**'],
    frozen: 'lein deps',
    url: 'https://codeberg.org/leiningen/leiningen',
  },
  {
    id: 'clojure',
    managers: [],
    commands: ['clojure -P', 'clj -P', 'clojure -X:deps prep', 'clj -X:deps prep'],
    manifests: ['deps.edn'],
    locks: [],
    inputs: [],
    stops: [{ file: 'deps.edn', text: /:local\/root/, why: 'deps.edn names folders as packages' }],
    outputs: ['target', '.cpcache'],
    sources: ['src/app/core.clj', 'src/**', 'resources/**'],
    frozen: 'clojure -P',
    url: 'https://clojure.org/reference/clojure_cli#opt_p',
  },
  {
    id: 'helm',
    managers: [],
    commands: ['helm dependency build', 'helm dependency update', 'helm dep build', 'helm dep update', 'helm dep up'],
    manifests: ['Chart.yaml'],
    locks: ['Chart.lock'],
    inputs: [],
    stops: [{ file: 'Chart.yaml', text: /repository:\s*"?file:/, why: 'Chart.yaml names folders as packages' }],
    outputs: ['charts/*.tgz'],
    sources: ['templates/deployment.yaml', 'templates/**', 'values.yaml'],
    frozen: 'helm dependency build',
    url: 'https://helm.sh/docs/helm/helm_dependency_build/',
  },
];

/** Adding an ecosystem is adding one of these. */
export const ecosystems: readonly Ecosystem[] = [...javascript, ...pythons, ...scripting, ...compiled, ...others];
