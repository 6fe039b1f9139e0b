import { expect, test } from 'vitest';
import { parse } from '../../src/index.ts';
import { certificates, divided, dockerfile, type Files, outcome } from './divided.ts';

const main = 'package main\nfunc main() {}';

const table: readonly [caption: string, text: string, last: readonly string[], files?: Files][] = [
  [
    'go install, started by its name',
    dockerfile`
      FROM golang:1.24-bookworm
      WORKDIR $GOPATH/src/app
      COPY . .
      RUN go get -d -v ./...
      RUN go install -v ./...
      CMD ["app"]
    `,
    [
      'FROM debian:bookworm-slim',
      'ENV GOPATH=/go',
      'WORKDIR $GOPATH/src/app',
      certificates,
      'COPY --from=build /go/bin/app /usr/local/bin/app',
      'CMD ["app"]',
    ],
    {
      'go.mod': 'module x',
      'main.go': main,
    },
  ],
  [
    'go install, started by its path below GOPATH',
    dockerfile`
      FROM golang:1.24-bookworm
      WORKDIR /src
      COPY . .
      RUN go install .
      CMD $GOPATH/bin/app
    `,
    [
      'FROM debian:bookworm-slim',
      'ENV GOPATH=/go',
      'WORKDIR /src',
      certificates,
      'COPY --from=build /go/bin/app /go/bin/app',
      'CMD $GOPATH/bin/app',
    ],
    {
      'go.mod': 'module x',
      'main.go': main,
    },
  ],
  [
    'files of a context that lies below the folder of the build',
    dockerfile`
      FROM golang:1.8-stretch
      ADD . /go/src/tip
      RUN go install tip
      ENTRYPOINT ["/go/bin/tip"]
    `,
    [
      'FROM debian:stretch-slim',
      'WORKDIR /go',
      certificates,
      'COPY --from=build /go/bin/tip ./bin/tip',
      'COPY templates ./src/tip/templates',
      'ENTRYPOINT ["/go/bin/tip"]',
    ],
    { 'main.go': `${main}\nvar t = "/go/src/tip/templates"`, 'templates/a.html': 'a' },
  ],
  [
    'copies that a later RUN removes',
    dockerfile`
      FROM golang:1.24-bookworm
      ADD blog /go/src/example/blog
      ADD blog/html /www/html
      RUN go install example/blog
      RUN cd /go/src && rm -rf example
      WORKDIR /www
      ENTRYPOINT ["/go/bin/blog"]
    `,
    [
      'FROM debian:bookworm-slim',
      'ADD blog/html /www/html',
      certificates,
      'COPY --from=build /go/bin/blog /go/bin/blog',
      'WORKDIR /www',
      'ENTRYPOINT ["/go/bin/blog"]',
    ],
    { 'blog/main.go': main, 'blog/html/a.html': 'a' },
  ],
  [
    'one package behind dots is a file',
    dockerfile`
      FROM golang:1.24-bookworm
      WORKDIR /src
      COPY . .
      RUN go build -v -o /usr/local/bin/app ./...
      CMD ["app"]
    `,
    [
      'FROM debian:bookworm-slim',
      'WORKDIR /src',
      certificates,
      'COPY --from=build /usr/local/bin/app /usr/local/bin/app',
      'CMD ["app"]',
    ],
    {
      'go.mod': 'module x',
      'main.go': main,
    },
  ],
  [
    'several programs, and a script that starts them',
    dockerfile`
      FROM golang:1.24-bookworm
      WORKDIR /app
      COPY . .
      RUN go build -o bin/api ./cmd/api && go build -o bin/worker ./cmd/worker
      ENV PATH=/app/bin:$PATH
      COPY run.sh /usr/local/bin/
      ENTRYPOINT ["run.sh"]
      CMD ["api"]
    `,
    [
      'FROM debian:bookworm-slim',
      'WORKDIR /app',
      certificates,
      'COPY --from=build /app/bin/api ./bin/api',
      'COPY --from=build /app/bin/worker ./bin/worker',
      'ENV PATH=/app/bin:$PATH',
      'COPY run.sh /usr/local/bin/',
      'ENTRYPOINT ["run.sh"]',
      'CMD ["api"]',
    ],
    {
      'go.mod': 'module x',
      'cmd/api/main.go': main,
      'cmd/worker/main.go': main,
      'run.sh': `#!/bin/sh
worker &
exec "$@"`,
    },
  ],
  [
    'make on the image of Go',
    dockerfile`
      FROM golang:1.24-bookworm
      COPY . /src
      WORKDIR /src
      RUN make build
      CMD ./bin/app
    `,
    [
      'FROM debian:bookworm-slim',
      'WORKDIR /src',
      certificates,
      'COPY --from=build /src/bin/app ./bin/app',
      'CMD ./bin/app',
    ],
    {
      'go.mod': 'module x',
      'main.go': main,
      Makefile: `build:
	go build -o bin/app .`,
    },
  ],
  [
    'make install with the place of the programs',
    dockerfile`
      FROM golang:1.24-bookworm
      WORKDIR /src
      COPY . .
      RUN make install BINDIR=/usr/bin
      ENTRYPOINT ["/usr/bin/app"]
    `,
    [
      'FROM debian:bookworm-slim',
      'WORKDIR /src',
      'COPY --from=build /usr/bin/app /usr/bin/app',
      certificates,
      'ENTRYPOINT ["/usr/bin/app"]',
    ],
    {
      'go.mod': 'module x',
      'main.go': main,
      Makefile: `BINDIR ?= /usr/local/bin
install: build
	install -m 0755 app $(BINDIR)/app
build:
	go build -o app`,
    },
  ],
  [
    'what is moved is taken from where it is',
    dockerfile`
      FROM golang:1.24-bookworm
      COPY . /src
      RUN cd /src && go build -o app . && mv app /usr/local/bin/ && rm -rf /src
      ENTRYPOINT ["app"]
    `,
    [
      'FROM debian:bookworm-slim',
      'WORKDIR /go',
      'COPY --from=build /usr/local/bin/app /usr/local/bin/app',
      certificates,
      'ENTRYPOINT ["app"]',
    ],
    {
      'go.mod': 'module x',
      'main.go': main,
    },
  ],
  [
    'cgo: the libraries of headers stay',
    dockerfile`
      FROM golang:1.24-bookworm
      RUN apt-get update && apt-get install -y --no-install-recommends libsqlite3-dev
      WORKDIR /src
      COPY main.go .
      RUN go build -o /app .
      CMD ["/app"]
    `,
    [
      'FROM debian:bookworm-slim',
      'RUN apt-get update \\',
      ' && apt-get install -y --no-install-recommends \\',
      '      libsqlite3-0 \\',
      ' && rm -rf /var/lib/apt/lists/*',
      'WORKDIR /src',
      certificates,
      'COPY --from=build /app /app',
      'CMD ["/app"]',
    ],
    {
      'main.go': main,
    },
  ],
  [
    'time zones on Alpine, which the image of Go has',
    dockerfile`
      FROM golang:1.24-alpine3.22
      WORKDIR /src
      COPY main.go .
      RUN go build -o /app .
      CMD ["/app"]
    `,
    [
      'FROM alpine:3.22',
      'RUN apk add --no-cache tzdata',
      'WORKDIR /src',
      'COPY --from=build /app /app',
      'CMD ["/app"]',
    ],
    {
      'main.go': `package main
var z, _ = time.LoadLocation("Europe/Berlin")`,
    },
  ],
  [
    'a WORKDIR behind what is copied',
    dockerfile`
      FROM debian:bookworm
      RUN apt-get update && apt-get install -y golang-go
      COPY src /opt/agent/src
      RUN cd /opt/agent/src && go build -o ../agent
      WORKDIR /opt/agent
      ENTRYPOINT ["./agent"]
    `,
    [
      'FROM debian:bookworm-slim',
      'COPY --from=build /opt/agent/agent /opt/agent/agent',
      'WORKDIR /opt/agent',
      'ENTRYPOINT ["./agent"]',
    ],
    {
      'src/main.go': main,
    },
  ],
  [
    'an account that is made last owns what is copied',
    dockerfile`
      FROM golang:1.24-bookworm
      WORKDIR /app
      COPY . .
      RUN go build -o app .
      RUN useradd -r svc && chown -R svc:svc /app
      USER svc
      CMD ["./app"]
    `,
    [
      'FROM debian:bookworm-slim',
      'WORKDIR /app',
      'RUN useradd -r svc',
      'RUN chown svc:svc /app',
      certificates,
      'COPY --from=build --chown=svc:svc /app/app ./app',
      'USER svc',
      'CMD ["./app"]',
    ],
    {
      'go.mod': 'module x',
      'main.go': main,
    },
  ],
  [
    'a user before the build waits until the files are there',
    dockerfile`
      FROM golang:1.24-bookworm
      RUN useradd -m gopher
      WORKDIR /srv
      COPY --chown=gopher . .
      USER gopher
      RUN go build -o app .
      CMD ["./app"]
    `,
    [
      'FROM debian:bookworm-slim',
      'RUN useradd -m gopher',
      'WORKDIR /srv',
      certificates,
      'COPY --from=build --chown=gopher /srv/app ./app',
      'COPY --chown=gopher page.tmpl ./page.tmpl',
      'USER gopher',
      'CMD ["./app"]',
    ],
    {
      'go.mod': 'module x',
      'main.go': `package main
var t = "page.tmpl"`,
      'page.tmpl': 'x',
    },
  ],
  [
    'a toolchain that is fetched',
    dockerfile`
      FROM debian:bookworm
      RUN apt-get update && apt-get install -y curl ca-certificates
      RUN curl -fsSL https://go.dev/dl/go1.24.0.linux-amd64.tar.gz | tar -C /usr/local -xz
      ENV PATH=$PATH:/usr/local/go/bin
      WORKDIR /src
      COPY main.go .
      RUN go build -o /usr/bin/app main.go
      ENTRYPOINT ["/usr/bin/app"]
    `,
    [
      'FROM debian:bookworm-slim',
      'RUN apt-get update \\',
      ' && apt-get install -y \\',
      '      ca-certificates \\',
      ' && rm -rf /var/lib/apt/lists/*',
      'WORKDIR /src',
      'COPY --from=build /usr/bin/app /usr/bin/app',
      'ENTRYPOINT ["/usr/bin/app"]',
    ],
    {
      'main.go': main,
    },
  ],
  [
    'a final stage on the one that builds',
    dockerfile`
      FROM golang:1.24-bookworm AS build
      ENV MODE=fast
      WORKDIR /src
      COPY . .
      RUN go build -o /app
      CMD ["/app", "-x"]
      FROM build
      USER nobody
      ENTRYPOINT ["/app"]
    `,
    [
      'FROM debian:bookworm-slim',
      'ENV MODE=fast',
      'WORKDIR /src',
      certificates,
      'COPY --from=build /app /app',
      'USER nobody',
      'ENTRYPOINT ["/app"]',
    ],
    {
      'go.mod': 'module x',
      'main.go': main,
    },
  ],
  [
    'files that no text names, where the folder itself is read',
    dockerfile`
      FROM golang:1.24-bookworm
      WORKDIR /src
      COPY . .
      RUN go build -o /app
      CMD ["/app"]
    `,
    [
      'FROM debian:bookworm-slim',
      'WORKDIR /src',
      'COPY . .',
      certificates,
      'COPY --from=build /app /app',
      'CMD ["/app"]',
    ],
    {
      'main.go': `package main
var h = http.FileServer(http.Dir("./"))`,
      'a.css': 'x',
    },
  ],
  [
    'refused: it compiles at start',
    dockerfile`
      FROM golang:1.24-bookworm
      WORKDIR /src
      COPY . .
      RUN go build
      ENTRYPOINT ["sh", "start.sh"]
    `,
    ['line 5: start.sh: go run compiles when the container starts'],
    {
      'go.mod': 'module x',
      'main.go': main,
      'start.sh': `#!/bin/sh
exec go run main.go "$@"`,
    },
  ],
  [
    'refused: it starts the compiler itself',
    dockerfile`
      FROM golang:1.24-bookworm
      WORKDIR /src
      COPY . .
      RUN go build -o /app
      CMD ["/app"]
    `,
    ['line 5: the program starts go, which only the build stage has'],
    {
      'main.go': `package main
var c = exec.Command("go", "vet")`,
    },
  ],
  [
    'refused: a path that only the container knows',
    dockerfile`
      FROM golang:1.24-bookworm
      WORKDIR /src
      COPY . .
      RUN go build -o /app
      CMD $HOME_OF_APP/app
    `,
    ['line 5: $HOME_OF_APP/app is not known by its path'],
    {
      'go.mod': 'module x',
      'main.go': main,
    },
  ],
];

test.each(table)('%s', (_, text, last, files) => {
  expect(outcome(text, files)).toEqual(last);
  const { text: after } = divided(text, files);
  expect(parse(after).errors).toEqual([]);
  expect(divided(after, files).text).toBe(after);
});
