/** Packages that build software and serve no running one, by the names of Debian, Alpine and the RPM families. */
export const buildPackages: ReadonlySet<string> = new Set([
  ...[
    'build-essential',
    'gcc',
    'g++',
    'gcc-c++',
    'clang',
    'llvm',
    'cmake',
    'ninja-build',
    'meson',
    'autoconf',
    'automake',
  ],
  ...['libtool', 'bison', 'flex', 'nasm', 'yasm', 'dpkg-dev', 'debhelper', 'devscripts', 'fakeroot', 'build-base'],
  ...[
    'musl-dev',
    'libc-dev',
    'libc6-dev',
    'linux-headers',
    'kernel-devel',
    'kernel-headers',
    'redhat-rpm-config',
    'rpm-build',
  ],
  ...[
    'base-devel',
    'rustc',
    'cargo',
    'golang',
    'golang-go',
    'ghc',
    'maven',
    'gradle',
    'ant',
    'go',
    'alpine-sdk',
    'default-jdk',
    'default-jdk-headless',
  ],
]);

/** Package groups that do the same, in lower case. */
export const buildGroups: ReadonlySet<string> = new Set([
  'development tools',
  'development',
  '@development',
  'c-development',
]);

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Programs that build Java. */
export const buildsJava: ReadonlySet<string> = words('mvn mvnw gradle gradlew ant javac sbt lein jar');

/** The packages that only their own programs use, with those programs; all other packages compile C and what uses it. */
export const buildPrograms: readonly (readonly [packages: RegExp, programs: ReadonlySet<string>])[] = [
  [
    /^(?:maven|gradle|ant|default-jdk(?:-headless)?|(?:java-[\d.]+-)?openjdk.*(?:-devel|-jdk(?:-headless)?))$/,
    buildsJava,
  ],
  [/^(?:golang|golang-go|go)$/, words('go glide dep make')],
  [/^(?:rustc|cargo)$/, words('cargo rustc maturin pip pip3 pip2 python python3 poetry uv make')],
  [/^ghc$/, words('ghc cabal stack make')],
  [
    /^python-dev$|^python2(?:\.\d)?-dev(?:el)?$/,
    words('pip pip2 pip2.7 python python2 python2.7 easy_install virtualenv make'),
  ],
];

/** Families of package managers whose packages are never compiled from C. */
export const neverCompile: ReadonlySet<string> = words('composer maven gradle dotnet nuget');

/** Packages of languages that have nothing to compile. */
export const plainPackages: ReadonlySet<string> = words(
  `bundler rake bower grunt grunt-cli gulp gulp-cli yarn pnpm npm typescript webpack webpack-cli pm2 nodemon serve http-server
  pip setuptools wheel virtualenv pipenv poetry uv gunicorn supervisor awscli`,
);

/** Programs that wait for a person or for work, where they are started as such: the image is a workstation. */
export const workstations: ReadonlySet<string> = words(
  `bash sh zsh fish ash dash ksh su login sshd irb pry ipython jupyter jupyter-lab jupyter-notebook start-notebook.sh
  start-notebook.py rserver rstudio-server R radian code-server byobu tmux screen vim nvim emacs subl xterm jenkins-agent
  jenkins-slave gitlab-runner`,
);

/** Programs whose command line starts a session only if nothing follows. */
export const interpreters: ReadonlySet<string> = words('python python2 python3 node ruby julia ghci php lua');

/** Names of packages and images of software that compiles while it runs. */
export const compilesAtRunTime =
  /(?:^|[^a-z])(?:pytorch|torch|sentence[-_]transformers|text-generation-\w+|vllm|triton|deepspeed|jax|jaxlib|cupy|numba|theano|tensorflow|rocm|oneapi|pythran|cython|jupyter\w*|notebook|rocker|rstudio|bioconductor|shiny|r-base(?:-dev)?|rcpp|rstan|pystan|cmdstan\w*|webui|comfyui|invokeai|stable-diffusion\w*|[\w-]*language-server|clangd|gopls|rust-analyzer|code-server)(?![a-z])|^nvidia\/cuda:.*devel/i;

/** Names of images that are made to build with. */
export const buildImages =
  /(?:^|[^a-z])(?:builder|build|buildpack\w*|builds|buildbot|dev|devel|devcontainers?|development|sdk|toolchains?|ci|agent|slave|gitlab-runner|actions-runner|linuxbrew)(?![a-z])/i;
