import { jreOf } from '../../../knowledge/images/java.ts';
import { textOf } from '../../../model/stages/expand.ts';
import { absoluteIn } from '../../../model/stages/folder.ts';
import type { Command } from '../../../shell/command.ts';
import { folderOf as above, clean, isBelow } from '../../../text/path.ts';
import type { Texts } from '../assets.ts';
import { plainBase } from '../base.ts';
import type { Recipe, Taken } from '../recipe.ts';
import { isIn, type View } from '../view.ts';
import { callsIn, Obstacle, type Work } from '../work.ts';
import { allStarted, fileAt, refuseTools, says, startOffset } from './compiled.ts';

/** Java, Kotlin and Scala: Maven, Gradle, sbt, javac. */
export const java: Recipe = {
  id: 'java',
  images: /^(?:maven|gradle|openjdk|eclipse-temurin|amazoncorretto|sapmachine)$/,
  builds: ({ name }) => /^(?:mvnw?|mvnd|gradlew?|javac|kotlinc|scalac|sbt|ant|jar|lein|jlink)$/.test(name ?? ''),
  folderOf,
  implicit: /^(?:application(?:-[\w-]+)?\.(?:ya?ml|properties)|config)$/,
  sources:
    /\.(?:java|kt|kts|scala|groovy|gradle|sbt|class)$|(?:^|\/)(?:pom\.xml|gradlew(?:\.bat)?|mvnw(?:\.cmd)?|gradle\.properties|settings\.gradle|build\.xml)$|(?:^|\/)(?:src|gradle|\.mvn|\.gradle|target|build)(?:\/|$)/,
  variables: /^(?:MAVEN_[A-Z_]+|GRADLE_[A-Z_]+|M2_HOME|SBT_[A-Z_]+|ANT_[A-Z_]+)$/,
  plan(view, works, project, texts) {
    const calls = callsIn(works);
    const tools = calls.flatMap(({ command: { name } }) => name ?? []);
    const isImage = view.stage.rootImage?.official === true && this.images!.test(view.stage.rootImage.name);
    if (!isImage && !calls.some(({ command }) => this.builds(command, []))) return undefined;
    refuseTools(view, /^(?:mvnw?|mvnd|gradlew?|sbt|lein|ant|make|javac)$/, 'builds');
    refuseCompilers(view, texts);
    if (textOf(view.stage.end.user)?.startsWith('gradle'))
      throw new Obstacle(startOffset(view), 'its user gradle is one of the old base image');
    const base = baseOf(view, texts);
    const written = calls.flatMap(({ step, command }) => archiveOf(command, view.folderAt(step, command)));
    const hasUnknown = allStarted(view).some(({ name, args }) =>
      partsOf(name, args).some((it) => /\$\w|\$\{/.test(it)),
    );
    const takes = hasUnknown ? undefined : archivesOf(view, project, { written, works });
    const isBrought = works.some(({ outputs }) => outputs.length > 0);
    if (!takes && !isBrought && !hasUnknown && !tools.includes('javac'))
      throw new Obstacle(startOffset(view), 'which archive it starts is not known');
    return {
      base: base.image,
      takes: takes ?? [],
      project: !hasUnknown && (takes || isBrought) ? 'read' : 'whole',
      packages: base.packages,
      family: base.image.includes('temurin') ? (base.image.includes('alpine') ? 'apk' : 'apt') : undefined,
      runs: /^java$/,
      leaves: ['the JDK', ...leftBy(tools)],
    };
  },
};

const leftBy = (tools: readonly string[]): string[] =>
  tools.some((it) => /^mvn/.test(it))
    ? ['Maven and its repository']
    : tools.some((it) => /^gradle/.test(it))
      ? ['Gradle and its caches']
      : [];

/** The folder of a build that is named; what only tells its version builds nothing. */
function folderOf({ name = '', args }: Command, folder: string | undefined): string | undefined {
  if (args.length > 0 && args.every(({ text }) => /^--?v(?:ersion)?$/.test(text))) return '';
  const at = args.findIndex(({ text }) => /^(?:-f|--file|-p|--project-dir)$/.test(text));
  const path = at >= 0 && /^(?:mvn|gradle)/.test(name) ? args[at + 1]?.text : undefined;
  if (path === undefined) return undefined;
  return absoluteIn(folder, path.endsWith('.xml') ? above(path) || '.' : path);
}

/** A JRE has no compiler: neither for `java Main.java` nor for programs that compile. */
function refuseCompilers(view: View, { mentions }: Texts): void {
  const sources = allStarted(view).find(({ name, args }) => name === 'java' && args.some((it) => /\.java$/.test(it)));
  if (sources)
    throw new Obstacle(
      sources.step.instruction.span.start,
      `java ${sources.args.find((it) => /\.java$/.test(it))} compiles when the container starts`,
    );
  const found = ['javax.tools', 'ToolProvider', 'jdk.jshell', 'com.sun.tools.javac', 'com.sun.tools.attach'].find(
    mentions,
  );
  if (found !== undefined) throw new Obstacle(startOffset(view), `the program uses ${found}, which only the JDK has`);
}

/** What `jar` writes: `jar cfm app.jar …`, `jar --create --file app.jar`. */
function archiveOf({ name, args }: Command, folder: string | undefined): string[] {
  if (name !== 'jar') return [];
  const named = args
    .find(({ text }) => /\.(?:jar|war)$/.test(text.replace(/^--file=/, '')))
    ?.text.replace(/^--file=/, '');
  return named === undefined ? [] : [absoluteIn(folder, named)].flatMap((it) => it ?? []);
}

interface Made {
  /** Archives that commands name. */
  readonly written: readonly string[];
  readonly works: readonly Work[];
}

/** What `java -jar` and `-cp` name, where it is built here; undefined where that is nothing, as for classes in the working directory. */
function archivesOf(view: View, project: readonly string[], { written, works }: Made): Taken[] | undefined {
  const found: Taken[] = [];
  const put = (from: string, to: string, isFolder: boolean): void => {
    found.push({ from, to, isFolder, what: 'the program' });
  };
  const isOfProject = (path: string): boolean => isIn(path, project) && !project.includes(path);
  for (const { name, path, args, folder: home } of allStarted(view)) {
    // a start script of a distribution: build/install/app/bin/app
    const folder = path && /\/bin\/[^/]+$/.test(path) && !fileAt(path, view) ? above(above(path)) : undefined;
    if (folder !== undefined && isOfProject(folder)) put(folder, folder, true);
    for (const part of partsOf(name, args)) {
      const place = placeOf(part, home ?? view.home);
      if (place === undefined) throw new Obstacle(startOffset(view), `${part} is not known by its path`);
      const isArchive = /\.(?:jar|war)$/.test(place);
      if (isOfProject(place) && fileAt(place, view) === undefined) {
        const whole = wholeFolder(place, view);
        if (whole !== undefined) put(whole, whole, true);
        else if (place.endsWith('/*')) put(above(place), above(place), true);
        else if (place.includes('*')) put(place, `${above(place)}/`, true);
        else put(place, place, !isArchive);
      } else if (written.includes(place)) put(place, place, false);
      else if (isArchive && !isBrought(place, view, works))
        throw new Obstacle(startOffset(view), `${part} is not seen to be built here`);
    }
  }
  return found.length > 0 ? found : undefined;
}

const isBrought = (place: string, view: View, works: readonly Work[]): boolean =>
  works.some(({ outputs }) => outputs.some((it) => isBelow(place, it))) ||
  view.stage.allSteps.some(({ takes }) => takes.some(({ target }) => target !== undefined && isBelow(place, target)));

/** The archives and class paths among the words of a program. */
function partsOf(name: string, args: readonly string[]): string[] {
  if (name !== 'java') return args.filter((it) => /\.(?:jar|war)$/.test(it));
  const jar = args.indexOf('-jar');
  const archive = jar < 0 ? -1 : args.findIndex((it, at) => at > jar && !it.startsWith('-'));
  return args.flatMap((it, at) => {
    const agent = /^-javaagent:([^=]+)/.exec(it)?.[1];
    if (agent !== undefined) return [agent];
    const isPath = /^(?:-cp|-classpath|--class-path|-p|--module-path)$/.test(args[at - 1] ?? '');
    if (isPath) return it.split(':').filter(Boolean);
    return at === archive ? [it] : [];
  });
}

/** The folder of an archive that needs what lies beside it: of Quarkus, and where the build file copies libraries. */
function wholeFolder(place: string, view: View): string | undefined {
  if (!place.endsWith('.jar')) return undefined;
  const folder = above(place);
  if (folder.endsWith('/quarkus-app')) return folder;
  const isThin = says(
    view,
    /(?:^|\/)(?:pom\.xml|build\.gradle(?:\.kts)?)$/,
    /copy-dependencies|<addClasspath>|Class-Path|classpathPrefix/,
  );
  return isThin ? folder : undefined;
}

function placeOf(path: string, home: string | undefined): string | undefined {
  if (/[$`?{]/.test(path)) return undefined;
  const whole = path.startsWith('/') ? path : home === undefined ? undefined : `${home}/${path}`;
  return whole === undefined ? undefined : clean(whole);
}

interface Runtime {
  readonly image: string;
  readonly packages: readonly string[];
}

/** An image with the JRE of the same version, on the same libc where its tag names it. */
function baseOf(view: View, texts: Texts): Runtime {
  const { rootImage, from } = view.stage;
  if (rootImage) {
    const image = jreOf(rootImage);
    if (image !== undefined) return { image, packages: curlFor(view, texts) };
    const names = view.stage.allSteps.flatMap(({ operations }) =>
      operations.flatMap(({ packages }) => packages.flatMap(({ name }) => name ?? [])),
    );
    const jre = names.flatMap((it) => jrePackage(it) ?? [])[0];
    if (jre !== undefined && rootImage.official && /^(?:debian|ubuntu|alpine)$/.test(rootImage.name)) {
      const isDebian = rootImage.name === 'debian' && rootImage.digest === undefined;
      return { image: (isDebian ? plainBase(view.system) : undefined) ?? rootImage.text, packages: [jre] };
    }
  }
  throw new Obstacle(from.span.start, 'no JRE of the same version is known for the base image');
}

/** Images of Maven and Gradle have curl and other tools, which those of the JRE need not have. */
const curlFor = (view: View, { starts }: Texts): string[] =>
  ['curl', 'wget', 'git', 'unzip'].filter(
    (it) => starts(it) && /^(?:maven|gradle|openjdk|eclipse-temurin)$/.test(view.stage.rootImage?.name ?? ''),
  );

/** Debian and Alpine have the JRE of a JDK under this name. */
const jrePackage = (name: string): string | undefined => {
  const debian = /^(default|openjdk-\d+)-jdk(-headless)?$/.exec(name);
  if (debian) return `${debian[1]}-jre${debian[2] ?? ''}`;
  const alpine = /^openjdk(\d+)(?:-jdk)?$/.exec(name)?.[1];
  return alpine === undefined ? undefined : `openjdk${alpine}-jre`;
};
