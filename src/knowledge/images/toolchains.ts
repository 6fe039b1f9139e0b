/** Images that hold a toolchain, by repository; what is in them only builds. */
export interface Toolchain {
  /** As a finding names it. */
  readonly what: string;
  /** Programs that build with it. */
  readonly builds: ReadonlySet<string>;
  /** Tags of the image that hold no toolchain. */
  readonly except?: RegExp;
  /** What a program that it built needs: nothing but a small base, or the runtime of the language. */
  readonly runs: 'alone' | 'java' | 'dotnet';
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));
const jdk = words('mvn mvnw ./mvnw gradle gradlew ./gradlew javac sbt ant lein kotlinc scalac');

/** Official images, and those of Microsoft. From their Dockerfiles. */
export const toolchains: Readonly<Record<string, Toolchain>> = {
  'library/golang': { what: 'the Go toolchain', builds: words('go'), runs: 'alone' },
  'library/rust': { what: 'the Rust toolchain', builds: words('cargo rustc'), runs: 'alone' },
  'library/gcc': {
    what: 'the compilers of GCC',
    builds: words('gcc g++ cc c++ make cmake gfortran ninja meson'),
    runs: 'alone',
  },
  'library/haskell': { what: 'the Haskell toolchain', builds: words('ghc cabal stack'), except: /slim/, runs: 'alone' },
  'library/swift': { what: 'the Swift toolchain', builds: words('swift swiftc'), except: /slim/, runs: 'alone' },
  'library/dart': { what: 'the Dart SDK', builds: words('dart'), runs: 'alone' },
  'library/elixir': { what: 'Elixir and Erlang', builds: words('mix elixir iex erl'), runs: 'alone' },
  'library/maven': { what: 'Maven and the JDK', builds: jdk, runs: 'java' },
  'library/gradle': { what: 'Gradle and the JDK', builds: jdk, runs: 'java' },
  'library/openjdk': { what: 'the JDK', builds: jdk, except: /jre/, runs: 'java' },
  'library/eclipse-temurin': { what: 'the JDK', builds: jdk, except: /jre/, runs: 'java' },
  'library/java': { what: 'the JDK', builds: jdk, except: /jre/, runs: 'java' },
  'library/sapmachine': { what: 'the JDK', builds: jdk, except: /jre/, runs: 'java' },
  'sbtscala/scala-sbt': { what: 'sbt and the JDK', builds: jdk, runs: 'java' },
  'dotnet/sdk': { what: 'the .NET SDK', builds: words('dotnet'), runs: 'dotnet' },
  'microsoft/dotnet': { what: 'the .NET SDK', builds: words('dotnet'), except: /runtime/, runs: 'dotnet' },
  'dotnet/core/sdk': { what: 'the .NET SDK', builds: words('dotnet'), runs: 'dotnet' },
};

/** Programs that call the toolchain while they run, by their names. */
export const callsToolchain =
  /^(?:gopls|golint|golangci-lint|staticcheck|errcheck|stringer|mockgen|protoc-gen-.*|go-wrapper|gin|air|fresh|realize|reflex|glide|godep|dep|dlv|gotestsum|ginkgo|goreleaser|gox|xgo|ko|cargo-.*|rust-analyzer|bacon|clippy|rustfmt|sonar-scanner|nexus-iq-cli)$/;
