import { dockerfile, hasKeptMount, needsOf, rule } from '../../src/engine/rule.ts';
import { callSpan } from '../lib/edits.ts';

export default rule({
  id: 'lost-cache-download',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'The packages that an earlier RUN downloaded are missing here, so this RUN downloads them again.',
  why: `
    The earlier download is useless, and this one is repeated after each change to the code. Go, Cargo, Maven, Gradle, NuGet
    and similar tools build from the folder that they download to. If that folder is a cache mount only in the RUN that
    downloads, it is empty in a RUN without the mount. A build that may not download fails, which lost-cache-artifact
    reports.
  `,
  instead: 'Use the same mount in both RUNs.',
  url: 'https://docs.docker.com/build/cache/optimize/#use-cache-mounts',
  examples: {
    Go: dockerfile`
        FROM golang:1.25 AS build
        WORKDIR /src
        COPY go.mod go.sum ./
        RUN --mount=type=cache,target=/go/pkg/mod go mod download
        COPY . .
      - RUN go build -o /server .
            ~~~~~~~~
      + RUN --mount=type=cache,target=/go/pkg/mod go build -o /server .
    `,
    'mounted in both, or in neither': dockerfile`
      FROM golang:1.25 AS build
      WORKDIR /src
      COPY go.mod go.sum ./
      RUN --mount=type=cache,target=/go/pkg/mod go mod download
      COPY . .
      RUN --mount=type=cache,target=/go/pkg/mod go build -o /server .
      FROM rust:1.83
      WORKDIR /src
      COPY Cargo.toml Cargo.lock ./
      RUN cargo fetch --locked
      COPY . .
      RUN cargo build --release
    `,
    'packages that are part of the project': dockerfile`
      FROM golang:1.25 AS build
      WORKDIR /src
      RUN --mount=type=cache,target=/go/pkg/mod go install example.com/tool@v1.2.3
      COPY . .
      RUN go build -mod=vendor -o /server .
    `,
  },
  visit: {
    Run: ({ command }, { step, model }) =>
      (hasKeptMount(model) ? needsOf(step) : []).flatMap(({ operation, path, mounted, at }) => {
        if (at) return [];
        const { start } = command?.span ?? {};
        const flag = mounted.flag.span;
        const written = mounted.mount.options.map(({ key, value }) => (value === undefined ? key : `${key}=${value}`));
        const text = `--mount=${written.join(',')} `;
        return [
          {
            at: callSpan(operation),
            related: flag,
            message: `This downloads its packages again: ${path} is a cache mount in the RUN that downloads them, but not in this one.`,
            instead: `Write RUN ${text.trim()}.`,
            ...(start !== undefined &&
              !/["'\s]/.test(text.trim()) && {
                fix: { title: 'Mount the same cache', edits: [{ span: { start, end: start }, text }] },
              }),
          },
        ];
      }),
  },
});
