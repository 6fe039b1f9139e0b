const set = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Official images that set no variable but PATH. */
export const bareImages: ReadonlySet<string> = set(`
  alpine debian ubuntu busybox centos rockylinux almalinux amazonlinux oraclelinux buildpack-deps
`);

const locale = 'LANG|LANGUAGE|LC_\\w+|TZ';
const java = `JAVA|JDK|JRE|CA_CERT|${locale}`;
const own = (prefixes: string): RegExp => new RegExp(`^(?:${prefixes})`, 'i');

/** Official images and the beginnings of the names that they, in any version, have ever set; all others they do not set. */
export const imageVariables: Readonly<Record<string, RegExp>> = {
  node: own('NODE|YARN|NPM|BUN'),
  python: own(`PYTHON_|PIP|GPG_KEY|UV_|SETUPTOOLS|${locale}`),
  golang: own('GO'),
  ruby: own(`RUBY|GEM|BUNDLE|RUST|${locale}`),
  rust: own('RUST|CARGO'),
  php: own('PHP|GPG_KEY|COMPOSER|APACHE'),
  nginx: own('NGINX|NJS|PKG_RELEASE|DYNPKG|ACME|NGX'),
  httpd: own('HTTPD'),
  gcc: own('GCC|GPG_KEY|GNU'),
  perl: own('PERL|DEV_PACKAGES'),
  openjdk: own(java),
  'eclipse-temurin': own(java),
  amazoncorretto: own(java),
};

/** Variables that images of all kinds set; nobody can tell without the image. */
export const commonVariables: ReadonlySet<string> = set(`
  HOME USER UID GID PWD SHELL TERM HOSTNAME LANG LANGUAGE LC_ALL TZ DISPLAY container DEBIAN_FRONTEND
  JAVA_HOME JAVA_VERSION JAVA_OPTS JRE_HOME JDK_HOME CATALINA_HOME CATALINA_BASE MAVEN_HOME GRADLE_HOME
  GOPATH GOROOT GOBIN CARGO_HOME RUSTUP_HOME NODE_VERSION NODE_ENV NODE_PATH NVM_DIR NPM_CONFIG_PREFIX
  PYTHONPATH PYTHONHOME PYTHON_VERSION VIRTUAL_ENV CONDA_DIR CONDA_PREFIX PHP_VERSION PHP_INI_DIR RUBY_VERSION GEM_HOME
  LD_LIBRARY_PATH LIBRARY_PATH CPATH C_INCLUDE_PATH PKG_CONFIG_PATH MANPATH INFOPATH CLASSPATH CUDA_HOME CUDA_PATH CUDA_VERSION
  NB_USER NB_UID NB_GID XDG_CONFIG_HOME XDG_DATA_HOME APP_ROOT APP_DATA
  http_proxy https_proxy no_proxy ftp_proxy all_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY FTP_PROXY ALL_PROXY
`);

/** Names by which a build is told what it is built from; what a base image has under them is about the base image. */
export const buildFacts: ReadonlySet<string> = set(`
  BUILD_DATE BUILD_NUMBER BUILD_TIME BUILD_TIMESTAMP BUILD_REVISION VCS_REF VCS_URL VCS_REVISION VCS_BRANCH
  GIT_COMMIT GIT_SHA GIT_REF GIT_REVISION GIT_BRANCH GIT_TAG COMMIT_SHA SOURCE_COMMIT SOURCE_BRANCH DOCKER_TAG
  CI_COMMIT_SHA CI_COMMIT_TAG CI_COMMIT_REF_NAME GITHUB_SHA GITHUB_REF
`);

/** Variables that BuildKit looks up and never reports. */
export const unreportedVariables: ReadonlySet<string> = set('BUILDKIT_SBOM_SCAN_CONTEXT BUILDKIT_SBOM_SCAN_STAGE');
