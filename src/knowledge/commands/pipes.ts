const set = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Commands that only write and so do not fail, or whose end by a closed pipe is meant: `yes | installer`. */
export const sureProducers: ReadonlySet<string> = set('echo printf yes true :');

/** Filters that fail only where they are called in a wrong way, which shows in the first build. */
export const sureFilters: ReadonlySet<string> = set(
  'cat cut sed tr sort uniq head tail wc awk gawk mawk tee rev tac fold',
);

/** Commands that ask another machine, and so fail from time to time. */
export const fetchers: ReadonlySet<string> = set(
  'curl wget aria2c fetch axel http https scp sftp rsync ftp lftp gsutil gcloud aws az gh oras crane skopeo',
);

/** What Git does over the network. */
export const gitFetches: ReadonlySet<string> = set('clone fetch pull archive ls-remote submodule');

/** Commands that build or test, and whose failure ought to end the build of the image. */
export const builders: ReadonlySet<string> = set(
  'make gmake cmake ninja meson bazel mvn mvnw gradle gradlew ant sbt scons configure tox pytest msbuild xcodebuild',
);

/** Commands that succeed on empty or broken input. */
export const credulous: ReadonlySet<string> = set(
  `sh bash ash dash ksh zsh python python2 python3 perl ruby node php pwsh tee cat cut sed tr sort uniq head tail wc awk
  gawk mawk xargs jq yq dd base64 mysql mariadb psql sqlite3 sponge rev tac`,
);
