import { cases, recommended } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'Maven, Gradle, NuGet and Cargo': dockerfile`
      FROM maven:3.9
      RUN --mount=type=cache,id=m2,target=/root/.m2 mvn -B dependency:go-offline
    - RUN mvn -B package
          ~~~~~~~~~~~~~~
    + RUN --mount=type=cache,id=m2,target=/root/.m2 mvn -B package
      FROM gradle:8-jdk21
      RUN --mount=type=cache,target=/home/gradle/.gradle gradle dependencies
    - RUN gradle build
          ~~~~~~~~~~~~
    + RUN --mount=type=cache,target=/home/gradle/.gradle gradle build
      FROM mcr.microsoft.com/dotnet/sdk:9.0
      RUN --mount=type=cache,target=/root/.nuget/packages dotnet restore
    - RUN dotnet publish -o /out
          ~~~~~~~~~~~~~~
    + RUN --mount=type=cache,target=/root/.nuget/packages dotnet publish -o /out
      FROM rust:1.83
      RUN --mount=type=cache,target=/usr/local/cargo/registry cargo fetch
    - RUN cargo build --release
          ~~~~~~~~~~~
    + RUN --mount=type=cache,target=/usr/local/cargo/registry cargo build --release
  `,
  'in a stage that stands on it': dockerfile`
      FROM golang:1.25 AS deps
      WORKDIR /src
      COPY go.mod go.sum ./
      RUN --mount=type=cache,target=/go/pkg/mod go mod download
      FROM deps
      COPY . .
    - RUN CGO_ENABLED=0 go build -o /server .
                        ~~~~~~~~
    + RUN --mount=type=cache,target=/go/pkg/mod CGO_ENABLED=0 go build -o /server .
  `,
  'the packages are in the project': recommended(dockerfile`
    FROM node:22
    WORKDIR /srv/app
    RUN --mount=type=cache,target=/root/.npm npm ci
    RUN npm run build && npm prune --omit=dev
    FROM python:3.13
    RUN --mount=type=cache,target=/root/.cache/pip pip install a
    RUN --mount=type=cache,target=/root/.cache/pip pip install b
    FROM golang:1.25
    COPY vendor vendor
    RUN --mount=type=cache,target=/go/pkg/mod go install example.com/tool@v1.2.3
    RUN go build ./...
  `),
  'by another mount, or fetched without one as well': recommended(dockerfile`
    FROM golang:1.25 AS deps
    RUN --mount=type=cache,target=/go go mod download
    RUN --mount=type=cache,target=/go/pkg go build ./...
    RUN --mount=type=bind,from=modules,target=/go/pkg/mod go build ./...
    FROM golang:1.25
    RUN go mod download
    RUN --mount=type=cache,target=/go/pkg/mod go test ./...
    RUN go build ./...
  `),
});
