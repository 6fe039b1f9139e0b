import { expect, test } from 'vitest';
import { parse } from '../../src/index.ts';
import { divided, dockerfile, type Files, outcome } from './divided.ts';

const main = 'class Main {}';

const table: readonly [caption: string, text: string, last: readonly string[], files?: Files][] = [
  [
    'an archive of Maven',
    dockerfile`
      FROM maven:3-eclipse-temurin-21
      WORKDIR /app
      COPY pom.xml .
      RUN mvn -B dependency:go-offline
      COPY src ./src
      RUN mvn -B package -DskipTests
      ENTRYPOINT ["java", "-jar", "target/shop-1.0.jar"]
    `,
    [
      'FROM eclipse-temurin:21-jre',
      'WORKDIR /app',
      'COPY --from=build /app/target/shop-1.0.jar ./target/shop-1.0.jar',
      'ENTRYPOINT ["java", "-jar", "target/shop-1.0.jar"]',
    ],
    {
      'pom.xml': '<project/>',
      'src/main/java/Main.java': main,
    },
  ],
  [
    'an archive with what lies beside it',
    dockerfile`
      FROM maven:3-eclipse-temurin-21-alpine
      WORKDIR /app
      COPY . .
      RUN mvn package
      CMD ["java", "-jar", "target/quarkus-app/quarkus-run.jar"]
    `,
    [
      'FROM eclipse-temurin:21-jre-alpine',
      'WORKDIR /app',
      'COPY --from=build /app/target/quarkus-app ./target/quarkus-app',
      'CMD ["java", "-jar", "target/quarkus-app/quarkus-run.jar"]',
    ],
    {
      'pom.xml': '<project/>',
      'src/main/java/Main.java': main,
    },
  ],
  [
    'libraries that the build copies',
    dockerfile`
      FROM maven:3-eclipse-temurin-17
      WORKDIR /app
      COPY . .
      RUN mvn package
      CMD java -jar target/a.jar
    `,
    [
      'FROM eclipse-temurin:17-jre',
      'WORKDIR /app',
      'COPY --from=build /app/target ./target',
      'CMD java -jar target/a.jar',
    ],
    {
      'pom.xml': '<goal>copy-dependencies</goal>',
      'src/main/java/Main.java': main,
    },
  ],
  [
    'a script, and the file that it starts',
    dockerfile`
      FROM maven:3-eclipse-temurin-21
      WORKDIR /app
      COPY . .
      RUN mvn package && cp target/*.jar app.jar
      COPY run.sh /run.sh
      RUN chmod +x /run.sh
      ENTRYPOINT ["/run.sh"]
    `,
    [
      'FROM eclipse-temurin:21-jre',
      'WORKDIR /app',
      'COPY --from=build /app/app.jar ./app.jar',
      'COPY run.sh /run.sh',
      'RUN chmod +x /run.sh',
      'ENTRYPOINT ["/run.sh"]',
    ],
    {
      'pom.xml': '<project/>',
      'src/main/java/Main.java': main,
      'run.sh': `#!/bin/sh
JAR=/app/app.jar
exec java $JAVA_OPTS -jar "$JAR" "$@"`,
    },
  ],
  [
    'classes where they are compiled',
    dockerfile`
      FROM openjdk:21-trixie
      COPY . /usr/src/myapp
      WORKDIR /usr/src/myapp
      RUN javac Main.java
      CMD ["java", "Main"]
    `,
    [
      'FROM eclipse-temurin:21-jre',
      'WORKDIR /usr/src/myapp',
      'COPY --from=build /usr/src/myapp /usr/src/myapp',
      'CMD ["java", "Main"]',
    ],
    {
      'Main.java': main,
    },
  ],
  [
    'a class path',
    dockerfile`
      FROM eclipse-temurin:21
      COPY src /opt/app/src
      COPY lib /opt/app/lib
      WORKDIR /opt/app
      RUN javac -d out src/*.java
      CMD java -cp out:lib/* Main
    `,
    [
      'FROM eclipse-temurin:21-jre',
      'WORKDIR /opt/app',
      'COPY --from=build /opt/app/out ./out',
      'COPY --from=build /opt/app/lib ./lib',
      'CMD java -cp out:lib/* Main',
    ],
    {
      'src/Main.java': main,
      'lib/a.jar': 'x',
    },
  ],
  [
    'an archive that jar writes',
    dockerfile`
      FROM eclipse-temurin:21-jdk
      WORKDIR /build
      COPY src src
      RUN javac -d classes src/*.java && jar cfe /app.jar Main -C classes .
      ENTRYPOINT ["java", "-Xmx64m"]
      CMD ["-jar", "/app.jar"]
    `,
    [
      'FROM eclipse-temurin:21-jre',
      'WORKDIR /build',
      'COPY --from=build /app.jar /app.jar',
      'ENTRYPOINT ["java", "-Xmx64m"]',
      'CMD ["-jar", "/app.jar"]',
    ],
    {
      'src/Main.java': main,
    },
  ],
  [
    'a shell that is given options',
    dockerfile`
      FROM gradle:8-jdk17
      COPY --chown=gradle:gradle . /home/gradle/src
      WORKDIR /home/gradle/src
      RUN gradle build --no-daemon
      ENTRYPOINT ["sh", "-c", "java \${JAVA_OPTS} -jar build/libs/app.jar \${0} \${@}"]
    `,
    [
      'FROM eclipse-temurin:17-jre',
      'WORKDIR /home/gradle/src',
      'COPY --from=build /home/gradle/src/build/libs/app.jar ./build/libs/app.jar',
      'ENTRYPOINT ["sh", "-c", "java ${JAVA_OPTS} -jar build/libs/app.jar ${0} ${@}"]',
    ],
    {
      'build.gradle': 'x',
      'src/main/java/Main.java': main,
    },
  ],
  [
    'the JRE of Debian for its JDK',
    dockerfile`
      FROM debian:trixie
      RUN apt-get update && apt-get install -y openjdk-21-jdk-headless ant fontconfig
      WORKDIR /app
      COPY . .
      RUN ant jar
      CMD ["java", "-cp", "dist/app.jar", "Main", "data/a.txt"]
    `,
    [
      'FROM debian:trixie-slim',
      'RUN apt-get update \\',
      ' && apt-get install -y \\',
      '      fontconfig \\',
      '      openjdk-21-jre-headless \\',
      ' && rm -rf /var/lib/apt/lists/*',
      'WORKDIR /app',
      'COPY --from=build /app/dist/app.jar ./dist/app.jar',
      'COPY data ./data',
      'CMD ["java", "-cp", "dist/app.jar", "Main", "data/a.txt"]',
    ],
    {
      'build.xml': 'x',
      'src/Main.java': main,
      'data/a.txt': 'x',
    },
  ],
  [
    'an option behind -jar, and another folder',
    dockerfile`
      FROM maven:3-eclipse-temurin-21
      WORKDIR /app
      COPY . .
      RUN mvn package
      CMD cd target && java -jar -Dserver.port=80 app.jar
    `,
    [
      'FROM eclipse-temurin:21-jre',
      'WORKDIR /app',
      'COPY --from=build /app/target/app.jar ./target/app.jar',
      'CMD cd target && java -jar -Dserver.port=80 app.jar',
    ],
    {
      'pom.xml': '<project/>',
      'src/main/java/Main.java': main,
    },
  ],
  [
    'refused: Maven at start',
    dockerfile`
      FROM maven:3-eclipse-temurin-21
      COPY . /app
      WORKDIR /app
      RUN mvn package
      CMD ["mvn", "spring-boot:run"]
    `,
    ['line 5: mvn spring-boot:run builds when the container starts'],
    {
      'pom.xml': '<project/>',
    },
  ],
  [
    'refused: a program that compiles',
    dockerfile`
      FROM eclipse-temurin:21
      WORKDIR /app
      COPY . .
      RUN javac Main.java
      CMD ["java", "Main"]
    `,
    ['line 5: the program uses javax.tools, which only the JDK has'],
    {
      'Main.java': `import javax.tools.ToolProvider;
class Main { Object o = javax.tools.ToolProvider.getSystemJavaCompiler(); }`,
    },
  ],
  [
    'refused: an archive from nowhere',
    dockerfile`
      FROM maven:3-eclipse-temurin-21
      COPY . /app
      WORKDIR /app
      RUN mvn package
      CMD ["java", "-jar", "/opt/x.jar"]
    `,
    ['line 5: /opt/x.jar is not seen to be built here'],
    {
      'pom.xml': '<project/>',
    },
  ],
];

test.each(table)('%s', (_, text, last, files) => {
  expect(outcome(text, files)).toEqual(last);
  const { text: after } = divided(text, files);
  expect(parse(after).errors).toEqual([]);
  expect(divided(after, files).text).toBe(after);
});
