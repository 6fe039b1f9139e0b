import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

const silent: readonly (readonly [caption: string, text: string])[] = [
  [
    'a tool that calls the toolchain',
    'FROM golang:1.25\nRUN go install golang.org/x/tools/gopls@v0.20.0\nCMD ["gopls"]',
  ],
  ['a script that may call it', 'FROM golang:1.25\nRUN go build -o /app .\nENTRYPOINT ["/entrypoint.sh"]'],
  ['no program', 'FROM golang:1.25\nRUN go build -o /app .'],
  ['no toolchain in the tag', 'FROM swift:6-slim\nRUN swift build\nCMD ["/app"]'],
  ['Elixir without a release', 'FROM elixir:1.18\nRUN mix compile\nCMD ["mix", "phx.server"]'],
  ['a JRE', 'FROM eclipse-temurin:21-jre\nCOPY app.jar /\nCMD ["java", "-jar", "/app.jar"]'],
  [
    'a stage that ships nothing',
    'FROM golang:1.25 AS build\nRUN go build -o /app .\nFROM debian:13\nCOPY --from=build /app /\nCMD ["/app"]',
  ],
];

export default cases({
  ...Object.fromEntries(silent),
  'made by make': dockerfile`
    FROM golang:1.25
         ~~~~~~~~~~~
    COPY . /src
    RUN cd /src && make && mv bin/server /server
    CMD ["/server"]
  `,
  'a server that go install gets': dockerfile`
    FROM golang:1.25
         ~~~~~~~~~~~
    RUN go install example.com/cmd/server@v1.2.3
    EXPOSE 8080
    CMD ["server"]
  `,
  'a release of Elixir': dockerfile`
    FROM elixir:1.18
         ~~~~~~~~~~~
    WORKDIR /app
    RUN MIX_ENV=prod mix release
    CMD ["/app/_build/prod/rel/app/bin/app", "start"]
  `,
  'a jar where the version is not known': dockerfile`
    FROM maven:3.5.0-alpine
         ~~~~~~~~~~~~~~~~~~
    WORKDIR /app
    RUN mvn package
    CMD ["java", "-jar", "target/app.jar"]
  `,
});
