import { cases, recommended } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'a wildcard, the cache itself, a file of a mount': dockerfile`
    FROM maven:3.9-eclipse-temurin-21 AS build
    WORKDIR /src
    COPY . .
    RUN --mount=type=cache,target=/root/.m2 --mount=type=cache,target=/src/target mvn -B package
    FROM eclipse-temurin:21-jre
    COPY --from=build /src/target/*.jar /app.jar
                      ~~~~~~~~~~~~~~~~~
    COPY --from=build /root/.m2 /root/.m2
                      ~~~~~~~~~
    RUN --mount=type=bind,from=build,source=/src/target/classes,target=/classes cp -r /classes /app
                                            ~~~~~~~~~~~~~~~~~~~
  `,
  'through a stage in between, by number, without a slash in front': dockerfile`
    FROM rust:1.83 AS build
    WORKDIR /app
    COPY backend/ .
    RUN rustup target add x86_64-unknown-linux-musl
    RUN --mount=type=cache,target=/app/target cargo build --release
    FROM build AS tested
    RUN cargo --version
    FROM scratch
    COPY --from=1 app/target/release/server /server
                  ~~~~~~~~~~~~~~~~~~~~~~~~~
    COPY --from=TESTED /app/Cargo.lock /
  `,
  tmpfs: dockerfile`
    FROM debian:12
    RUN --mount=type=tmpfs,target=/tmp curl -fsSLo /tmp/x.tgz https://example.com/x.tgz
    RUN tar -xzf /tmp/x.tgz -C /opt
                 ~~~~~~~~~~
  `,
  node_modules: dockerfile`
    FROM node:22 AS build
    WORKDIR /srv/app
    COPY package*.json ./
    RUN --mount=type=cache,target=/srv/app/node_modules npm ci
    COPY . .
    RUN npm run build
        ~~~~~~~
    FROM node:22
    COPY --from=build /srv/app/node_modules /srv/app/node_modules
                      ~~~~~~~~~~~~~~~~~~~~~
  `,
  'node_modules that come again, or are mounted in each RUN': recommended(dockerfile`
    FROM node:22 AS build
    WORKDIR /srv/app
    COPY . .
    RUN --mount=type=cache,target=/srv/app/node_modules npm ci
    RUN --mount=type=cache,target=/srv/app/node_modules npm run build
    FROM node:22
    WORKDIR /srv/app
    COPY . .
    RUN --mount=type=cache,target=/srv/app/node_modules npm ci && npm run build
    RUN npm ci --omit=dev
    RUN npm run check
    COPY --from=build /srv/app/dist dist
  `),
  'what the context has': {
    text: dockerfile`
      FROM node:22
      WORKDIR /srv/app
      COPY . .
      RUN --mount=type=cache,target=/srv/app/dist ./build
      RUN cp dist/index.js /index.js
      RUN cp dist/other.js /other.js
             ~~~~~~~~~~~~~
    `,
    files: { Dockerfile: '', 'dist/index.js': 'x' },
  },
  'programs that are started': dockerfile`
    FROM rust:1.83
    WORKDIR /app
    COPY . .
    RUN --mount=type=cache,target=/app/target cargo build --release
    RUN ./target/release/app --migrate
        ~~~~~~~~~~~~~~~~~~~~
    RUN cat target/release/app.d > /deps && strip target/release/app
            ~~~~~~~~~~~~~~~~~~~~                  ~~~~~~~~~~~~~~~~~~
    ENTRYPOINT ["/app/target/release/app", "--target", "/app/target/x"]
                ~~~~~~~~~~~~~~~~~~~~~~~~~
  `,
  'a file that an interpreter is given': dockerfile`
    FROM node:22
    WORKDIR /srv/app
    COPY . .
    RUN --mount=type=cache,target=/srv/app/dist ./build
    CMD ["node", "dist/index.js"]
                 ~~~~~~~~~~~~~~~
  `,
  'packages that may not be downloaded': dockerfile`
    FROM mcr.microsoft.com/dotnet/sdk:9.0
    WORKDIR /src
    COPY . .
    RUN --mount=type=cache,target=/root/.nuget/packages dotnet restore
    RUN dotnet publish --no-restore -o /out
                       ~~~~~~~~~~~~
    FROM gradle:8-jdk21
    RUN --mount=type=cache,target=/home/gradle/.gradle gradle dependencies
    RUN gradle build --offline
                     ~~~~~~~~~
    FROM dart:stable
    RUN --mount=type=cache,target=/root/.pub-cache dart pub get
    RUN dart compile exe bin/server.dart -o /server
             ~~~~~~~
    FROM golang:1.25
    RUN --mount=type=cache,target=/go/pkg/mod go mod download
    RUN GOPROXY=off go build ./...
        ~~~~~~~~~~~
  `,
  'copied out, written again, brought from elsewhere': recommended(dockerfile`
    FROM rust:1.83 AS build
    WORKDIR /app
    COPY . .
    RUN --mount=type=cache,target=/app/target cargo build --release && cp -r target/release /out
    RUN cargo build
    FROM rust:1.83 AS two
    WORKDIR /app
    RUN --mount=type=cache,target=/app/target cargo build --release
    COPY --from=build /out target/release
    RUN ./target/release/app
    FROM rust:1.83 AS three
    WORKDIR /app
    RUN --mount=type=cache,target=/app/target cargo build --release
    RUN ./build.sh
    FROM debian:12
    COPY --from=build /out/app /
    COPY --from=build /app/target/debug/app /
    COPY --from=two /app/target/release/app /
    COPY --from=three /app/target/release/app /
  `),
  'a base that may have it, a folder above, a RUN that may go without': recommended(dockerfile`
    FROM example.com/java:1 AS build
    RUN --mount=type=cache,target=/root/.m2 mvn package
    FROM node:22 AS web
    WORKDIR /srv/app
    RUN --mount=type=cache,target=/srv/app/node_modules npm ci && npm run build
    RUN cp node_modules/x/LICENSE / || true
    RUN if [ -d node_modules ]; then ls node_modules/x; fi
    FROM debian:12
    COPY --from=build /root/.m2 /root/.m2
    COPY --from=web /srv/app /srv/app
    COPY --from=example.com/other:1 /srv/app/node_modules /x
  `),
});
