import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'a stage that does not ship': dockerfile`
      FROM python:3.13 AS build
    - RUN pip install -r requirements.txt
          ~~~~~~~~~~~
    + RUN --mount=type=cache,target=/root/.cache/pip pip install -r requirements.txt
      FROM python:3.13-slim
      COPY --from=build /usr/local/lib /usr/local/lib
  `,
  'apt, which takes more than a mount': dockerfile`
    FROM debian:12 AS build
    RUN apt-get update && apt-get install -y gcc
                          ~~~~~~~~~~~~~~~
    FROM debian:12
    COPY --from=build /app /app
  `,
  'left in a layer that ships, which is told as such': dockerfile`
    FROM python:3.13
    RUN pip install -r requirements.txt
    RUN apt-get update && apt-get install -y gcc
    FROM alpine:3.22
    RUN apk add curl
  `,
  'several RUNs that share a cache get no fix each': dockerfile`
    FROM golang:1.25
    COPY go.mod go.sum ./
    RUN go mod download
        ~~~~~~~~~~~~~~~
    COPY . .
    RUN go build -o /server .
        ~~~~~~~~
  `,
  'Yarn has two places, a user no number': dockerfile`
    FROM node:22 AS build
    RUN yarn install --frozen-lockfile
        ~~~~~~~~~~~~
    RUN useradd -m app
    USER app
    RUN pnpm install --frozen-lockfile
        ~~~~~~~~~~~~
    FROM scratch
    COPY --from=build /app /app
  `,
  'covered, cleaned up, told to keep none, unknown': dockerfile`
    FROM debian:12 AS build
    RUN --mount=type=cache,target=/root/.cache pip install a
    RUN --mount=type=bind,from=deps,target=/root/.m2 mvn -B package
    RUN apt-get update && apt-get install -y gcc && rm -rf /var/lib/apt/lists/*
    RUN pip install --no-cache-dir b
    RUN npm ci && npm cache clean --force
    RUN npm run build
    FROM example.com/base:1 AS other
    RUN npm ci
    FROM scratch
    COPY --from=build /app /app
    COPY --from=other /app /app
  `,
  'Windows, and a stage that is not built': dockerfile`
    FROM node:22 AS unused
    RUN npm ci
    FROM mcr.microsoft.com/dotnet/framework/sdk:4.8
    RUN dotnet restore
  `,
});
