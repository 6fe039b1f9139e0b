import { addresses, paths, plainVersion } from './syntax.ts';
import type { PackageManager, PackageSyntax, Verb } from './types.ts';

const fetches = ['install', 'upgrade', 'download', 'build', 'run'] as const;
const nothing: PackageSyntax = { sources: [], operators: [], exact: {} };

const pom = ['pom.xml'];
const mavenBuild: Verb = { action: 'build', words: 'ignored', manifests: pom, runsProject: 'always' };

/** https://maven.apache.org/ref/current/maven-embedder/cli.html : phases and `plugin:goal` in any number. */
const maven: PackageManager = {
  id: 'mvn',
  family: 'maven',
  programs: { mvn: '', mvnw: '', mvnd: '' },
  verbIs: 'goal',
  fallback: mavenBuild,
  verbs: {
    'deploy|install|verify|integration-test|package|prepare-package|test|test-compile|process-classes|compile|spring-boot:build-image|jib:build|jib:buildTar|repackage':
      mavenBuild,
    'go-offline|resolve|resolve-plugins|resolve-sources|dependency:get|dependency:copy|copy-dependencies|dependency:tree|de.qaware.maven:go-offline-maven-plugin:resolve-dependencies|resolve-dependencies':
      { action: 'download', words: 'ignored', manifests: pom },
    'validate|initialize|process-resources|generate-sources|process-sources': {
      action: 'other',
      words: 'ignored',
      manifests: pom,
    },
    'exec:java|spring-boot:run|jetty:run|tomcat7:run|exec:exec': {
      action: 'run',
      words: 'ignored',
      manifests: pom,
      runsProject: 'always',
    },
    clean: 'clean',
    'archetype:generate|versions:set|help:evaluate|wrapper:wrapper|wrapper': 'other',
  },
  options: {
    assumeYes: '-B|--batch-mode --non-interactive',
    quiet: '-q|--quiet -ntp|--no-transfer-progress',
    offline: '-o|--offline',
    manifest: '-f|--file=',
    upgrade: '-U|--update-snapshots',
    other:
      '-pl|--projects= -am|--also-make -amd|--also-make-dependents -b|--builder= -color|--color= -D|--define= -emp|--encrypt-master-password= -ep|--encrypt-password= -gs|--global-settings= -gt|--global-toolchains= -l|--log-file= -P|--activate-profiles= -rf|--resume-from= -s|--settings= -t|--toolchains= -T|--threads= -is|--install-settings=',
  },
  table: { singleDashLong: true },
  settings: [{ option: '-D', value: /^maven\.repo\.local=/, flag: 'cacheDir' }],
  syntax: nothing,
  caches: [{ path: '~/.m2/repository', after: fetches }],
};

const gradleFiles = [
  'build.gradle',
  'build.gradle.kts',
  'settings.gradle',
  'settings.gradle.kts',
  'gradle.properties',
  'gradle.lockfile',
];

const gradleBuild: Verb = { action: 'build', words: 'ignored', manifests: gradleFiles, runsProject: 'always' };

/** https://docs.gradle.org/current/userguide/command_line_interface.html */
const gradle: PackageManager = {
  id: 'gradle',
  family: 'gradle',
  programs: { gradle: '', gradlew: '' },
  verbIs: 'goal',
  // Tasks are the project's to name; most of them build it.
  fallback: gradleBuild,
  verbs: {
    'build|assemble|bootJar|bootWar|shadowJar|installDist|distZip|distTar|jar|war|classes|compileJava|compileKotlin|nativeCompile|publishToMavenLocal|check|test|assembleDist':
      gradleBuild,
    'dependencies|downloadDependencies|resolveDependencies|buildEnvironment': {
      action: 'download',
      words: 'ignored',
      manifests: gradleFiles,
    },
    'run|bootRun': { action: 'run', words: 'ignored', manifests: gradleFiles, runsProject: 'always' },
    'clean|cleanBuildCache': 'clean',
    'tasks|wrapper|init|help|projects|properties': 'other',
  },
  options: {
    offline: '--offline',
    quiet: '-q|--quiet',
    directory: '-p|--project-dir=',
    manifest: '-b|--build-file=',
    cacheDir: '-g|--gradle-user-home=',
    dryRun: '-m|--dry-run',
    noCache: '--no-build-cache',
    frozen: '-F|--dependency-verification=',
    other:
      '-c|--settings-file= -I|--init-script= -x|--exclude-task= -D|--system-prop= -P|--project-prop= --console= --include-build= --max-workers= --priority= --project-cache-dir= --warning-mode= --configuration= --tests= -M|--write-verification-metadata= --no-daemon --stacktrace|-s --info|-i --parallel --refresh-dependencies',
  },
  syntax: nothing,
  caches: [{ path: '~/.gradle', after: fetches, moved: { GRADLE_USER_HOME: '' } }],
};

const sbtFiles = ['build.sbt', 'project/build.properties', 'project/plugins.sbt'];

const sbtBuild: Verb = { action: 'build', words: 'ignored', manifests: sbtFiles, runsProject: 'always' };

/** https://www.scala-sbt.org/1.x/docs/Command-Line-Reference.html : every word is a command, with its arguments. */
const sbt: PackageManager = {
  id: 'sbt',
  family: 'sbt',
  programs: { sbt: '', sbtn: '' },
  verbIs: 'goal',
  fallback: sbtBuild,
  verbs: {
    'assembly|stage|universal:packageBin|packageBin|packageZipTarball|package|publishLocal|dist|test|compile|Docker/publishLocal|nativeImage':
      sbtBuild,
    update: { action: 'download', words: 'ignored', manifests: sbtFiles },
    run: { action: 'run', words: 'ignored', manifests: sbtFiles, runsProject: 'always' },
    clean: 'clean',
    'exit|about|sbtVersion|help|tasks|version|new': 'other',
  },
  options: {
    assumeYes: '-batch|--batch',
    quiet: '-no-colors|--no-colors',
    offline: '-offline',
    cacheDir: '-ivy|--ivy=',
    other:
      '-D= -J= -S= -mem|--mem= -sbt-version|--sbt-version= -sbt-dir|--sbt-dir= -sbt-boot|--sbt-boot= -sbt-jar|--sbt-jar= -java-home|--java-home= -jvm-debug|--jvm-debug= -color|--color= -timings -v -d -debug',
  },
  table: { singleDashLong: true },
  syntax: nothing,
  caches: [
    { path: '~/.cache/coursier', after: fetches, moved: { COURSIER_CACHE: '', XDG_CACHE_HOME: '/coursier' } },
    { path: '~/.ivy2', after: fetches },
    { path: '~/.sbt', after: fetches },
  ],
};

/** https://learn.microsoft.com/en-us/nuget/concepts/package-versioning : `--version` with a plain number is one version. */
const nugetSyntax: PackageSyntax = {
  sources: [
    ...addresses,
    [/\.nupkg$/i, 'file'],
    [/packages\.config$|\.(?:sln|slnx|[cfv]sproj|vcxproj)$/i, 'file'],
    ...paths,
  ],
  operators: ['@', '::'],
  exact: { '': plainVersion, '@': plainVersion, '::': plainVersion, '=': plainVersion },
};

const dotnetFiles = ['*.sln', '*.csproj', '*.fsproj', '*.vbproj', 'packages.lock.json', 'nuget.config'];
const dotnetBuild: Verb = {
  action: 'build',
  words: 'manifests',
  manifests: dotnetFiles,
  runsProject: 'always',
};
const packageOptions: Verb['options'] = {
  version: '-v|--version=',
  other:
    '-f|--framework= -s|--source= --package-directory= --add-source= --tool-path= --configfile= --project= -i|--interactive',
};
const addPackage: Verb = { action: 'install', options: packageOptions };

/** https://learn.microsoft.com/en-us/dotnet/core/tools/ */
const dotnet: PackageManager = {
  id: 'dotnet',
  family: 'nuget',
  programs: { dotnet: '' },
  // `dotnet app.dll` runs it.
  fallback: 'run',
  verbs: {
    restore: { action: 'install', words: 'manifests', manifests: dotnetFiles },
    'build|publish|pack|test|msbuild|vstest': dotnetBuild,
    'add package|package add|add * package': addPackage,
    'tool install': {
      ...addPackage,
      options: { ...packageOptions, other: `${packageOptions.other} -r|--runtime= -a|--arch=` },
    },
    'tool restore': { action: 'install', words: 'ignored', manifests: ['.config/dotnet-tools.json'] },
    'tool update|tool upgrade': { action: 'upgrade', options: packageOptions },
    'tool uninstall': { action: 'remove' },
    'workload install': { action: 'install', words: 'ignored' },
    'workload restore': { action: 'install', words: 'ignored', manifests: dotnetFiles },
    'new install': { action: 'install' },
    'remove package|package remove|remove * package': { action: 'remove' },
    'nuget locals': {
      action: 'clean',
      words: 'ignored',
      options: { all: '-c|--clear' },
      cleansWith: { all: ['~/.nuget/packages'] },
    },
    clean: 'clean',
    'run|watch|exec|tool run|tool exec': { action: 'run', words: 'ignored', table: { ordered: true } },
    'new|nuget|sln|dev-certs|list|help|format|user-secrets|ef|add|remove|tool|workload|sdk|package|reference|build-server|store|solution':
      'other',
  },
  options: {
    frozen: '--locked-mode',
    noCache: '--no-cache|--no-http-cache',
    noDeps: '--no-restore --no-dependencies',
    global: '-g|--global',
    prefix: '--tool-path=',
    cacheDir: '--packages=',
    force: '--force --force-evaluate --disable-parallel',
    repository: '-s|--source= --add-source=',
    target: '-r|--runtime= -a|--arch= --os=',
    other:
      '-o|--output= -f|--framework= -v|--verbosity= -c|--configuration= --configfile= --lock-file-path= --version-suffix= --manifest= --property= -p= -l|--logger= --filter= --collect= --results-directory= -e|--environment= --settings= --diag= --blame-hang-timeout= --artifacts-path= --launch-profile= --project= --tl|--terminalLogger=? -tl=? -maxcpucount=? -m=? --self-contained=? --sc=? --use-lock-file --nologo|-nologo --no-build --ignore-failed-sources -bl=? -t|--target=',
  },
  syntax: nugetSyntax,
  caches: [{ path: '~/.nuget/packages', after: fetches, moved: { NUGET_PACKAGES: '' } }],
};

/** https://learn.microsoft.com/en-us/nuget/reference/nuget-exe-cli-reference */
const nuget: PackageManager = {
  id: 'nuget',
  family: 'nuget',
  programs: { nuget: '' },
  verbs: {
    install: { action: 'install' },
    restore: { action: 'install', words: 'manifests', manifests: ['packages.config', '*.sln'] },
    update: { action: 'upgrade' },
    locals: { action: 'clean', words: 'ignored', cleansWith: { all: ['~/.nuget/packages'] } },
    'sources|source|config|setApiKey|spec|pack|push|list|search|help|add|init|delete|sign|verify': 'other',
  },
  options: {
    version: '-Version|-version=',
    noCache: '-NoCache|-nocache -NoHttpCache|-DirectDownload',
    assumeYes: '-NonInteractive|-noninteractive',
    all: '-Clear|-clear',
    repository: '-Source|-source= -FallbackSource=',
    prefix: '-OutputDirectory|-o|-outputdirectory=',
    cacheDir: '-PackagesDirectory=',
    other:
      '-ConfigFile= -DependencyVersion= -Framework= -Verbosity= -SolutionDirectory= -MSBuildPath= -MSBuildVersion= -Project2ProjectTimeOut= -PackageSaveMode= -LockFilePath= -ForceEnglishOutput -ExcludeVersion -x -Prerelease',
  },
  table: { singleDashLong: true },
  syntax: nugetSyntax,
  caches: [{ path: '~/.nuget/packages', after: fetches, moved: { NUGET_PACKAGES: '' } }],
};

/** https://docs.chocolatey.org/en-us/choco/commands/install/ */
const choco: PackageManager = {
  id: 'choco',
  family: 'choco',
  programs: { choco: '', chocolatey: '', cinst: 'install', cup: 'upgrade', cuninst: 'uninstall' },
  verbs: {
    install: { action: 'install' },
    'upgrade|update': { action: 'upgrade' },
    uninstall: { action: 'remove' },
    download: { action: 'download' },
    'cache remove': 'clean',
    pack: 'build',
  },
  options: {
    assumeYes: '-y|--yes|--confirm|-yes|-confirm',
    version: '--version|-version=',
    force: '-f|--force|-force',
    quiet: '-r|--limit-output|--limitoutput --no-progress',
    repository: '-s|--source|-source=',
    cacheDir: '-c|--cache|--cachelocation|--cache-location=',
    unverified: '--ignore-checksums|--ignorechecksums|--allow-empty-checksums',
    verified: '--require-checksums|--requirechecksums',
    noDeps: '-i|--ignore-dependencies|--ignoredependencies',
    dryRun: '--noop|--what-if|--whatif',
    other:
      '--params|--parameters|--pkgparameters|--packageparameters|--package-parameters|-params= --ia|--installargs|--install-args|--installarguments|--install-arguments|-ia= --execution-timeout|--timeout= --override|--override-arguments|-o -u|--user= -p|--password= --cert= --cp|--certpassword= --proxy= --proxy-user= --proxy-password= --checksum|--download-checksum= --checksum64|--checksum-x64|--download-checksum-x64= --checksum-type|--checksumtype|--download-checksum-type= --log-file= --install-directory|--installdir|--dir= --except= --pin-reason= -d|--debug -v|--verbose -x86|--x86|--forcex86 --pre|--prerelease',
  },
  syntax: {
    sources: [
      [/^https?:\/\//i, 'url'],
      [/\.nupkg$/i, 'file'],
      [/packages?\.config$/i, 'file'],
    ],
    operators: [],
    exact: { '': plainVersion, '=': plainVersion },
  },
  caches: [],
};

export const platforms: readonly PackageManager[] = [maven, gradle, sbt, dotnet, nuget, choco];
