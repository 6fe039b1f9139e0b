/** Images that have the JRE of a JDK, by the version that a tag names. */

interface Named {
  readonly official: boolean;
  readonly name: string;
  readonly repository: string;
  readonly tag?: string | undefined;
}

/** https://adoptium.net/support : versions for which a JRE image is published, those that are past their end too. */
const published = new Set(['8', '11', '17', '18', '19', '20', '21', '22', '23', '24', '25']);
const jdks =
  /^(?:maven|gradle|openjdk|eclipse-temurin|amazoncorretto|adoptopenjdk|sapmachine|ibm-semeru-runtimes|java)$/;
const others = /^(?:adoptopenjdk|sbtscala|mozilla|hseeberger)\//;

/** The image with the JRE of the same version, on Alpine where the JDK is: `eclipse-temurin:21-jre-alpine`; undefined where none is known. */
export function jreOf({ official, name, tag = '', repository }: Named): string | undefined {
  if (!(official && jdks.test(name)) && !others.test(repository)) return undefined;
  const ofJdk = /^(?:openjdk|eclipse-temurin|amazoncorretto|sapmachine|java)$/.test(name);
  const version =
    /(?:jdk|jre|openjdk|temurin|corretto|java|semeru|graalvm|zulu|sapmachine|noble|jammy)-?(\d{1,2})(?!\d)/.exec(
      tag,
    )?.[1] ?? (ofJdk ? /^(\d{1,2})(?!\d)/.exec(tag)?.[1] : undefined);
  if (version === undefined || !published.has(version)) return undefined;
  const suffix = /alpine/.test(tag) ? '-alpine' : (/-(noble|jammy|focal)/.exec(tag)?.[0] ?? '');
  return `eclipse-temurin:${version}-jre${suffix}`;
}
