import { absoluteIn } from '../../../model/stages/folder.ts';
import type { ImageReference } from '../../../model/stages/reference.ts';
import { folderOf, isBelow } from '../../../text/path.ts';
import type { Recipe, Taken } from '../recipe.ts';
import type { View } from '../view.ts';
import { Obstacle } from '../work.ts';

/** Java, Kotlin and Scala: Maven, Gradle, sbt, javac. */
export const java: Recipe = {
  id: 'java',
  builds: ({ name }) => /^(?:mvnw?|mvnd|gradlew?|javac|kotlinc|scalac|sbt|ant|jar|lein)$/.test(name ?? ''),
  sources:
    /\.(?:java|kt|kts|scala|groovy|gradle|sbt|class)$|(?:^|\/)(?:pom\.xml|gradlew(?:\.bat)?|mvnw(?:\.cmd)?|gradle\.properties|settings\.gradle|build\.xml)$|(?:^|\/)(?:src|gradle|\.mvn|\.gradle|target|build)(?:\/|$)/,
  variables: /^(?:MAVEN_[A-Z_]+|GRADLE_[A-Z_]+|M2_HOME|SBT_[A-Z_]+|ANT_[A-Z_]+)$/,
  plan(view, works, project) {
    const tools = works.flatMap(({ builds }) => builds.flatMap(({ name }) => name ?? []));
    if (!tools.some((it) => this.builds({ name: it } as never, []))) return undefined;
    const runs = view.start.programs.find(({ name }) => /^(?:mvnw?|gradlew?|sbt|lein)$/.test(name));
    if (runs) throw new Obstacle(runs.step.instruction.span.start, `${runs.name} builds when the container starts`);
    const base = baseOf(view);
    const takes = jarsOf(view, project);
    const brought = works.some(({ outputs }) => outputs.length > 0);
    if (!takes && !brought && !tools.includes('javac'))
      throw new Obstacle(startOf(view), 'which archive it starts is not known');
    const isClasses = !takes && !brought;
    return {
      base: base.image,
      takes: takes ?? [],
      project: isClasses ? 'whole' : 'read',
      packages: base.packages,
      runs: /^java$/,
      leaves: [
        'the JDK',
        ...(tools.some((it) => /^mvn/.test(it))
          ? ['Maven and its repository']
          : tools.some((it) => /^gradle/.test(it))
            ? ['Gradle and its caches']
            : []),
      ],
    };
  },
};

const startOf = ({ stage: { end, from } }: View): number => (end.cmd ?? end.entrypoint ?? from).span.start;

/** What `java -jar` and `-cp` name in the project; undefined where that is nothing, as for classes in the working directory. */
function jarsOf(view: View, project: readonly string[]): Taken[] | undefined {
  const found: Taken[] = [];
  for (const { name, path, args } of view.start.programs) {
    // a start script of a distribution: build/install/app/bin/app
    const folder =
      path && /\/bin\/[^/]+$/.test(path) && project.some((it) => isBelow(path, it))
        ? folderOf(folderOf(path))
        : undefined;
    if (folder !== undefined && !project.includes(folder))
      found.push({ from: folder, to: folder, isFolder: true, what: 'the program' });
    const words = name === 'java' ? args : args.filter((it) => /\.(?:jar|war)$/.test(it));
    for (const [at, word] of words.entries()) {
      const isPath = /\.(?:jar|war)$/.test(word) || words[at - 1] === '-cp' || words[at - 1] === '-classpath';
      for (const part of isPath ? word.split(':') : []) {
        const place = placeOf(part, view.home);
        if (place === undefined) throw new Obstacle(startOf(view), `${part} is not known by its path`);
        if (project.some((it) => isBelow(place, it)) && !project.includes(place)) {
          const isWild = place.includes('*');
          const to = isWild ? `${folderOf(place)}/` : place;
          found.push({ from: place, to, isFolder: isWild || !/\.(?:jar|war)$/.test(place), what: 'the program' });
        }
      }
    }
  }
  return found.length > 0 ? found : undefined;
}

function placeOf(path: string, home: string | undefined): string | undefined {
  if (/[$`?{]/.test(path)) return undefined;
  return path.startsWith('/') ? path : home === undefined ? undefined : (absoluteIn(home, path) ?? `${home}/${path}`);
}

interface Runtime {
  readonly image: string;
  readonly packages: readonly string[];
}

/** An image with the JRE of the same version, on the same libc where its tag names it. */
function baseOf(view: View): Runtime {
  const { rootImage, from } = view.stage;
  if (rootImage) {
    const image = jreOf(rootImage);
    if (image !== undefined) return { image, packages: [] };
    const jdks = view.stage.allSteps.flatMap(({ operations }) =>
      operations.flatMap(({ packages }) => packages.flatMap(({ name }) => name ?? [])),
    );
    const jre = jdks.flatMap((it) => jrePackage(it) ?? [])[0];
    if (jre !== undefined && rootImage.official && /^(?:debian|ubuntu|alpine)$/.test(rootImage.name))
      return { image: rootImage.text, packages: [jre] };
  }
  throw new Obstacle(from.span.start, 'no JRE of the same version is known for the base image');
}

/** Debian and Alpine have the JRE of a JDK under this name. */
export const jrePackage = (name: string): string | undefined => {
  if (/^default-jdk/.test(name)) return 'default-jre-headless';
  const debian = /^openjdk-(\d+)-jdk/.exec(name)?.[1];
  if (debian !== undefined) return `openjdk-${debian}-jre-headless`;
  const alpine = /^openjdk(\d+)(?:-jdk)?$/.exec(name)?.[1];
  return alpine === undefined ? undefined : `openjdk${alpine}-jre-headless`;
};

/** Of images whose tag names the version of Java; Eclipse Temurin has a JRE of each that is maintained. */
export function jreOf({ official, name, tag = '', repository }: ImageReference): string | undefined {
  const isJdk =
    official &&
    /^(?:maven|gradle|openjdk|eclipse-temurin|amazoncorretto|adoptopenjdk|sapmachine|ibm-semeru-runtimes|java)$/.test(
      name,
    );
  if (!isJdk && !/^(?:adoptopenjdk|sbtscala|mozilla|hseeberger)\//.test(repository)) return undefined;
  const version =
    /(?:jdk|jre|openjdk|temurin|corretto|java|semeru|graalvm|zulu|sapmachine|noble|jammy)-?(\d{1,2})(?!\d)/.exec(
      tag,
    )?.[1] ??
    (/^(?:openjdk|eclipse-temurin|amazoncorretto|sapmachine|java)$/.test(name)
      ? /^(\d{1,2})(?!\d)/.exec(tag)?.[1]
      : undefined);
  if (version === undefined || !maintained.has(version)) return undefined;
  const suffix = /alpine/.test(tag) ? '-alpine' : (/-(noble|jammy|focal)/.exec(tag)?.[0] ?? '');
  return `eclipse-temurin:${version}-jre${suffix}`;
}

/** https://adoptium.net/support : versions for which a JRE image is published, those that are past their end too. */
const maintained = new Set(['8', '11', '17', '18', '19', '20', '21', '22', '23', '24', '25']);
