import { expect, test } from 'vitest';
import { parse } from '../../src/index.ts';
import { certificates, divided, dockerfile, type Files, outcome } from './divided.ts';

const main = 'fn main() {}';

const table: readonly [caption: string, text: string, last: readonly string[], files?: Files][] = [
  [
    'cargo install --path',
    dockerfile`
      FROM rust:1-bookworm
      WORKDIR /usr/src/myapp
      COPY . .
      RUN cargo install --path .
      CMD ["myapp"]
    `,
    [
      'FROM debian:bookworm-slim',
      'WORKDIR /usr/src/myapp',
      certificates,
      'COPY --from=build /usr/local/cargo/bin/myapp /usr/local/bin/myapp',
      'CMD ["myapp"]',
    ],
    {
      'Cargo.toml': `[package]
name = "myapp"

[dependencies]
`,
      'src/main.rs': main,
    },
  ],
  [
    'cargo install with a root of its own',
    dockerfile`
      FROM rust:1-bookworm
      WORKDIR /src
      COPY . .
      RUN cargo install --path crates/agent --root /usr/local
      ENTRYPOINT ["agent"]
    `,
    [
      'FROM debian:bookworm-slim',
      'WORKDIR /src',
      certificates,
      'COPY --from=build /usr/local/bin/agent /usr/local/bin/agent',
      'ENTRYPOINT ["agent"]',
    ],
    {
      'Cargo.toml': '[workspace]',
      'crates/agent/Cargo.toml': '[package]',
      'crates/agent/src/main.rs': main,
    },
  ],
  [
    'dependencies first, by a project that cargo makes',
    dockerfile`
      FROM rust:1-trixie
      RUN USER=root cargo new --bin web
      WORKDIR /web
      COPY Cargo.toml Cargo.lock ./
      RUN cargo build --release && rm src/*.rs
      COPY src ./src
      COPY Rocket.toml .
      COPY static ./static
      RUN cargo build --release
      CMD ["./target/release/web"]
    `,
    [
      'FROM debian:trixie-slim',
      'WORKDIR /web',
      certificates,
      'COPY --from=build /web/target/release/web ./target/release/web',
      'COPY Rocket.toml ./Rocket.toml',
      'COPY static ./static',
      'CMD ["./target/release/web"]',
    ],
    {
      'Cargo.toml': `[dependencies]
rocket = "0.5"`,
      'Cargo.lock': 'name = "rocket"',
      'src/main.rs': 'fn main() { dir("static") }',
      'static/a.css': 'x',
      'Rocket.toml': 'x',
    },
  ],
  [
    'what the lock file says is linked',
    dockerfile`
      FROM rust:1-bookworm
      WORKDIR /src
      COPY . .
      RUN cargo build --release
      CMD ["target/release/x"]
    `,
    [
      'FROM debian:bookworm-slim',
      'RUN apt-get update \\',
      ' && apt-get install -y --no-install-recommends \\',
      '      libpq5 \\',
      '      libssl3 \\',
      ' && rm -rf /var/lib/apt/lists/*',
      'WORKDIR /src',
      certificates,
      'COPY --from=build /src/target/release/x ./target/release/x',
      'CMD ["target/release/x"]',
    ],
    {
      'Cargo.toml': `[dependencies]
diesel = "2"`,
      'Cargo.lock': `name = "openssl-sys"
name = "pq-sys"`,
      'src/main.rs': main,
    },
  ],
  [
    'programs that are copied away and stripped',
    dockerfile`
      FROM rust:1-bookworm
      WORKDIR /src
      COPY . .
      RUN cargo build --release && cp target/release/x /usr/local/bin/x
      RUN strip /usr/local/bin/x
      RUN chmod 755 /usr/local/bin/x
      ENTRYPOINT ["x"]
    `,
    [
      'FROM debian:bookworm-slim',
      'WORKDIR /src',
      'COPY --from=build /usr/local/bin/x /usr/local/bin/x',
      certificates,
      'ENTRYPOINT ["x"]',
    ],
    {
      'Cargo.toml': '[package]',
      'src/main.rs': main,
    },
  ],
  [
    'what is compiled in is not copied',
    dockerfile`
      FROM rust:1-bookworm
      WORKDIR /src
      COPY . .
      RUN cargo build --release
      CMD ["./target/release/x"]
    `,
    [
      'FROM debian:bookworm-slim',
      'WORKDIR /src',
      certificates,
      'COPY --from=build /src/target/release/x ./target/release/x',
      'CMD ["./target/release/x"]',
    ],
    {
      'Cargo.toml': '[package]',
      'words.txt': 'x',
      'src/main.rs': `static W: &str = include_str!("../words.txt");
fn main() {}`,
    },
  ],
  [
    'rustup on Debian',
    dockerfile`
      FROM debian:bookworm
      RUN apt-get update && apt-get install -y curl gcc ca-certificates
      RUN curl --proto '=https' -sSf https://sh.rustup.rs | sh -s -- -y
      ENV PATH="/root/.cargo/bin:\${PATH}"
      WORKDIR /src
      COPY . .
      RUN cargo build --release
      CMD ["/src/target/release/x"]
    `,
    [
      'FROM debian:bookworm-slim',
      'RUN apt-get update \\',
      ' && apt-get install -y \\',
      '      ca-certificates \\',
      ' && rm -rf /var/lib/apt/lists/*',
      'WORKDIR /src',
      'COPY --from=build /src/target/release/x ./target/release/x',
      'CMD ["/src/target/release/x"]',
    ],
    {
      'Cargo.toml': '[package]',
      'src/main.rs': main,
    },
  ],
  [
    'programs that the program starts',
    dockerfile`
      FROM rust:1-bookworm
      RUN apt-get update && apt-get install -y --no-install-recommends protobuf-compiler ffmpeg
      WORKDIR /src
      COPY . .
      RUN cargo build --release --bin x
      CMD ["./target/release/x"]
    `,
    [
      'FROM debian:bookworm-slim',
      'RUN apt-get update \\',
      ' && apt-get install -y --no-install-recommends \\',
      '      ffmpeg \\',
      '      git \\',
      ' && rm -rf /var/lib/apt/lists/*',
      'WORKDIR /src',
      certificates,
      'COPY --from=build /src/target/release/x ./target/release/x',
      'CMD ["./target/release/x"]',
    ],
    {
      'Cargo.toml': '[package]',
      'src/main.rs': 'fn main() { Command::new("git").arg("log"); }',
    },
  ],
  [
    'refused: cargo run',
    dockerfile`
      FROM rust:1-bookworm
      WORKDIR /src
      COPY . .
      RUN cargo build
      CMD ["cargo", "run", "--release"]
    `,
    ['line 5: cargo run compiles when the container starts'],
    {
      'Cargo.toml': '[package]',
    },
  ],
  [
    'the root folder, without what is only compiled',
    dockerfile`
      FROM rust:1-bookworm
      COPY Cargo.toml /
      COPY src /src
      RUN cargo build --release
      CMD ["/target/release/x"]
    `,
    [
      'FROM debian:bookworm-slim',
      certificates,
      'COPY --from=build /target/release/x /target/release/x',
      'CMD ["/target/release/x"]',
    ],
    {
      'Cargo.toml': '[package]',
      'src/main.rs': main,
    },
  ],
];

test.each(table)('%s', (_, text, last, files) => {
  expect(outcome(text, files)).toEqual(last);
  const { text: after } = divided(text, files);
  expect(parse(after).errors).toEqual([]);
  expect(divided(after, files).text).toBe(after);
});
