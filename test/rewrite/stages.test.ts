import { describe, expect, test } from 'vitest';
import { context, memoryHost, parse, print, split } from '../../src/index.ts';

/** A text without the indentation that the test has. */
const dockerfile = ({ raw: [text = ''] }: TemplateStringsArray): string => `${text.replace(/^\s+/gm, '').trimEnd()}\n`;

type Files = Readonly<Record<string, string>>;

const divided = (text: string, files?: Files) =>
  split(text, files ? { build: { context: context(memoryHost({ Dockerfile: text, ...files }), 'Dockerfile') } } : {});

/** The lines of the last stage. */
const lastStage = (text: string): string[] =>
  text
    .slice(text.toLowerCase().lastIndexOf('\nfrom ') + 1)
    .trimEnd()
    .split('\n')
    .filter((it) => it !== '');

const main = 'package main\nfunc main() { http.ListenAndServe() }';
const certificates = 'COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt';

const table: readonly [caption: string, text: string, last: readonly string[], files?: Files][] = [
  [
    'the program, and how it runs',
    dockerfile`
      FROM golang:1.24-bookworm
      WORKDIR /src
      COPY go.mod main.go ./
      RUN go build -o /app .
      EXPOSE 80
      USER 1000
      ENTRYPOINT ["/app"]
      CMD ["-v"]
    `,
    [
      'FROM debian:bookworm-slim',
      'WORKDIR /src',
      certificates,
      'COPY --from=build /app /app',
      'EXPOSE 80',
      'USER 1000',
      'ENTRYPOINT ["/app"]',
      'CMD ["-v"]',
    ],
  ],
  [
    'files that the sources name, and no others',
    dockerfile`
      FROM golang:1.24-alpine3.22
      WORKDIR /src
      COPY . .
      RUN go build -o server
      CMD ["./server"]
    `,
    [
      'FROM alpine:3.22',
      'WORKDIR /src',
      'COPY --from=build /src/server ./server',
      'COPY web ./web',
      'CMD ["./server"]',
    ],
    {
      'go.mod': 'module x',
      'main.go': `${main} var dir = "web"`,
      'web/a.html': 'a',
      'notes/b.txt': 'b',
      'README.md': 'c',
    },
  ],
  [
    'all of the context where it is not at hand',
    dockerfile`
      FROM golang:1.24-alpine3.22
      WORKDIR /src
      COPY go.mod ./
      RUN go mod download
      COPY . .
      RUN go build -o /usr/local/bin/server
      CMD ["server"]
    `,
    [
      'FROM alpine:3.22',
      'RUN apk add --no-cache tzdata',
      'WORKDIR /src',
      'COPY . .',
      'COPY --from=build /usr/local/bin/server /usr/local/bin/server',
      'CMD ["server"]',
    ],
  ],
  [
    'packages, accounts and folders that the program needs',
    dockerfile`
      FROM golang:1.24-bookworm
      RUN apt-get update && apt-get install -y --no-install-recommends git make tzdata && rm -rf /var/lib/apt/lists/*
      RUN useradd app && mkdir -p /data && chown app /data
      WORKDIR /src
      COPY main.go .
      RUN make && go build -o /app .
      VOLUME /data
      USER app
      CMD ["/app"]
    `,
    [
      'FROM debian:bookworm-slim',
      'RUN apt-get update \\',
      ' && apt-get install -y --no-install-recommends \\',
      '      tzdata \\',
      ' && rm -rf /var/lib/apt/lists/*',
      'RUN useradd app && mkdir -p /data && chown app /data',
      'WORKDIR /src',
      certificates,
      'COPY --from=build /app /app',
      'VOLUME /data',
      'USER app',
      'CMD ["/app"]',
    ],
    { 'main.go': main },
  ],
  [
    'a program that the sources start keeps its package, and one of the full base gets it',
    dockerfile`
      FROM golang:1.24-bookworm
      RUN apt-get update && apt-get install -y --no-install-recommends make
      WORKDIR /src
      COPY main.go .
      RUN go build -o /app .
      CMD ["/app"]
    `,
    [
      'FROM debian:bookworm-slim',
      'RUN apt-get update \\',
      ' && apt-get install -y --no-install-recommends \\',
      '      git \\',
      ' && rm -rf /var/lib/apt/lists/*',
      'WORKDIR /src',
      certificates,
      'COPY --from=build /app /app',
      'CMD ["/app"]',
    ],
    { 'main.go': `${main} var c = exec.Command("git", "log")` },
  ],
  [
    'arguments right before what uses them, settings of the build left out',
    dockerfile`
      ARG TAG=1.24-alpine3.22
      FROM golang:$TAG
      ARG VERSION=1
      ARG UNUSED
      ENV CGO_ENABLED=0
      ENV MODE=production
      WORKDIR /src
      COPY main.go .
      RUN go build -ldflags "-X main.v=$VERSION" -o /app .
      LABEL version=$VERSION
      CMD ["/app"]
    `,
    [
      'FROM alpine:3.22',
      'ENV MODE=production',
      'WORKDIR /src',
      'COPY --from=build /app /app',
      'ARG VERSION=1',
      'LABEL version=$VERSION',
      'CMD ["/app"]',
    ],
    { 'main.go': main },
  ],
  [
    'the owner of the project',
    dockerfile`
      FROM golang:1.24-alpine3.22
      RUN adduser -D app
      WORKDIR /src
      COPY . .
      RUN go build -o server
      RUN chown -R app:app /src
      USER app
      CMD ["/src/server"]
    `,
    [
      'FROM alpine:3.22',
      'RUN adduser -D app',
      'WORKDIR /src',
      'RUN chown app:app /src',
      'COPY --from=build --chown=app:app /src/server ./server',
      'USER app',
      'CMD ["/src/server"]',
    ],
    { 'main.go': main },
  ],
  [
    'the name and the platform of the stage, and what it takes from others',
    dockerfile`
      FROM node:22-slim AS web
      RUN echo > /site
      FROM --platform=linux/arm64 golang:1.24-alpine3.22 AS build
      WORKDIR /src
      COPY --from=web /site /srv/site
      COPY main.go .
      RUN go build -o /app .
      CMD ["/app"]
    `,
    [
      'FROM --platform=linux/arm64 alpine:3.22 AS build',
      'WORKDIR /src',
      'COPY --from=web /site /srv/site',
      'COPY --from=builder /app /app',
      'CMD ["/app"]',
    ],
    { 'main.go': main },
  ],
  [
    'lower case as it was written',
    'from golang:1.24-alpine3.22\nworkdir /src\ncopy main.go .\nrun go build -o /app .\ncmd ["/app"]\n',
    ['from alpine:3.22', 'workdir /src', 'COPY --from=build /app /app', 'cmd ["/app"]'],
    { 'main.go': main },
  ],
];

describe('what is divided', () => {
  test.each(table)('%s', (_, text, last, files) => {
    const { text: after, refusal } = divided(text, files);
    expect(refusal).toBeUndefined();
    expect(lastStage(after)).toEqual(last);
    const { ast, errors } = parse(after);
    expect(errors).toEqual([]);
    expect(print(ast)).toBe(after);
    expect(divided(after, files).text).toBe(after);
  });

  test('comments, line ends and the end of the file stay', () => {
    const text =
      '# syntax=docker/dockerfile:1\r\n# the server\r\nFROM golang:1.24-alpine3.22\r\n\r\nWORKDIR /src\r\n# sources\r\nCOPY main.go .\r\nRUN go build -o /app .\r\n# as it runs\r\nCMD ["/app"]';
    expect(divided(text, { 'main.go': main }).text).toBe(
      '# syntax=docker/dockerfile:1\r\n# the server\r\nFROM golang:1.24-alpine3.22 AS build\r\n\r\nWORKDIR /src\r\n# sources\r\nCOPY main.go .\r\nRUN go build -o /app .\r\n\r\nFROM alpine:3.22\r\nWORKDIR /src\r\nCOPY --from=build /app ./app\r\n\r\n# as it runs\r\nCMD ["/app"]'.replace(
        './app',
        '/app',
      ),
    );
  });
});

test.each([
  ['FROM golang:1.24-bookworm\nWORKDIR /src\nCOPY . .\nRUN go build\n', 1, /no CMD and no ENTRYPOINT/],
  [
    'FROM golang:1.24-bookworm\nWORKDIR /src\nCOPY . .\nCMD go run .\nRUN go build',
    4,
    /compiles when the container starts/,
  ],
  [
    'FROM golang:1.24-bookworm\nWORKDIR /src\nRUN go build -o /app\nRUN ./x; /opt/odd\nCMD ["/app"]',
    4,
    /what \/opt\/odd leaves/,
  ],
  ['FROM openjdk:21-trixie\nCOPY . .\nRUN javac Main.java\nCMD ["java", "Main"]', 3, /root folder/],
  ['FROM golang:1.24-bookworm\nWORKDIR /src\nRUN go build -o /app\nCMD ["/other"]', 4, /other/],
  ['FROM golang:1.24-bookworm\nONBUILD RUN x\nWORKDIR /src\nRUN go build -o /app\nCMD ["/app"]', 2, /ONBUILD/],
  [
    'FROM golang:1.24-bookworm\nCOPY run.sh /\nWORKDIR /src\nRUN go build -o /app\nCMD ["/run.sh"]',
    5,
    /run\.sh starts is not known/,
  ],
] as const)('refused: %s', (text, line, reason) => {
  const { text: after, division, refusal } = divided(text);
  expect(after).toBe(text);
  expect(division).toBeUndefined();
  expect(refusal?.line).toBe(line);
  expect(refusal?.reason).toMatch(reason);
});

test.each([
  'FROM nginx:1.29\nCOPY site /usr/share/nginx/html',
  'FROM',
  '',
  'FROM golang:1.24-bookworm AS build\nRUN go build -o /app\nFROM alpine:3.22\nCOPY --from=build /app /\nCMD ["/app"]',
])('nothing to divide: %s', (text) => {
  expect(divided(text)).toEqual({ text, division: undefined, refusal: undefined });
});
