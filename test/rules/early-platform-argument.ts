import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'two in one line': dockerfile`
    FROM --platform=$BUILDPLATFORM golang:1.23 AS build
    ARG TARGETOS TARGETARCH
        ~~~~~~~~
    COPY go.mod go.sum ./
    RUN go mod download
    COPY . .
    RUN GOOS=$TARGETOS GOARCH=$TARGETARCH go build -o /app .
  `,
  'behind a package': dockerfile`
      FROM --platform=\${BUILDPLATFORM} node:22 AS build
    - ARG TARGETPLATFORM
          ~~~~~~~~~~~~~~
      RUN apt-get update && apt-get install -y git
    + ARG TARGETPLATFORM
      RUN ./build.sh "$TARGETPLATFORM"
  `,
  'a stage that stands on it': dockerfile`
    FROM --platform=$BUILDPLATFORM debian:12 AS base
    FROM base AS build
    ARG TARGETARCH
        ~~~~~~~~~~
    RUN apt-get update && apt-get install -y curl
  `,
  'in use at once': dockerfile`
    FROM --platform=$BUILDPLATFORM debian:12
    ARG TARGETARCH
    RUN apt-get update && apt-get install -y "gcc-$TARGETARCH"
    RUN apt-get install -y curl
  `,
  'the platform of the builder is one': dockerfile`
    FROM --platform=$BUILDPLATFORM debian:12
    ARG BUILDARCH
    RUN apt-get update && apt-get install -y curl
  `,
  'a stage for each platform': dockerfile`
    FROM --platform=$TARGETPLATFORM debian:12
    ARG TARGETARCH
    RUN apt-get update && apt-get install -y curl
  `,
  'nothing that takes time': dockerfile`
    FROM --platform=$BUILDPLATFORM golang:1.23
    ARG TARGETARCH
    RUN mkdir /out
    RUN GOARCH=$TARGETARCH go build -o /out/app .
  `,
  'the toolchain helper that is told by the environment': dockerfile`
    FROM --platform=$BUILDPLATFORM debian:12
    ARG TARGETPLATFORM
    RUN xx-apt-get install -y libc6-dev
  `,
  'another argument of the platform is used there already': dockerfile`
    FROM --platform=$BUILDPLATFORM golang:1.26 AS build
    ARG TARGETOS
    ARG TARGETARCH
    ARG TARGETPLATFORM
    RUN apt-get update && apt-get install -y gcc-$TARGETARCH-$TARGETOS
    RUN apt-get install -y curl
    RUN xx-go build
  `,
  'a value made of another argument is used there already': dockerfile`
    FROM --platform=$BUILDPLATFORM golang:1.26 AS build
    ARG TARGETARCH
    ARG SUFFIX=$TARGETARCH
    ARG TARGETPLATFORM
    COPY --from=tools /bin/tool-$SUFFIX /bin/tool
    RUN apt-get update && apt-get install -y curl
  `,
  'a default is the same for all platforms': dockerfile`
    FROM --platform=$BUILDPLATFORM golang:1.26 AS build
    ARG TARGETOS=linux
    ARG TARGETARCH=amd64
    COPY go.mod go.sum ./
    RUN go mod download
    COPY . .
    RUN GOOS=$TARGETOS GOARCH=$TARGETARCH go build -o /app .
  `,
  'a variable that the toolchain reads itself': dockerfile`
    FROM --platform=$BUILDPLATFORM golang:1.26 AS build
    ARG TARGETOS
    ENV GOOS=\${TARGETOS}
    RUN go install example.com/tool@v1.2.3
    COPY . .
    RUN go build -o /app .
  `,
  'a base image by target': dockerfile`
    ARG TARGETARCH
    FROM --platform=$BUILDPLATFORM gotify/build:1.26-\${TARGETARCH} AS build
    ARG TARGETOS
    RUN apt-get update && apt-get install -y gcc
    RUN GOOS=$TARGETOS go build -o /app .
  `,
  'an image for one platform only': dockerfile`
    FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0 AS build
    ARG TARGETARCH
    RUN apt-get update && apt-get install -y gcc
    RUN dotnet publish -a $TARGETARCH -o /app
    FROM mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled-amd64
    COPY --from=build /app /app
  `,
  'a name that is a pattern by its looks': dockerfile`
    FROM --platform=$BUILDPLATFORM golang:1.25 AS build
    ARG TARGET["a"ARCH
    RUN apt-get update && apt-get install -y gcc
    FROM golang:1.25
  `,
});
