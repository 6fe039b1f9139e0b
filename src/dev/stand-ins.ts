/** Images that stand for those that a file names, made of Debian's packages where no registry can be reached. */

const suites = /bookworm|trixie/;

interface Kind {
  readonly name: RegExp;
  /** Debian's packages; those of the slim image, where the tag says slim or jre. */
  readonly packages: string;
  readonly slim?: string;
  readonly lines?: readonly string[];
}

const kinds: readonly Kind[] = [
  { name: /^(?:debian|ubuntu)$/, packages: '' },
  {
    name: /^golang$/,
    packages: 'golang-go git ca-certificates gcc g++ make libc6-dev tzdata adduser',
    lines: ['ENV GOPATH=/go GOTOOLCHAIN=local GOFLAGS=-mod=mod PATH=/go/bin:/usr/lib/go/bin:$PATH', 'WORKDIR /go'],
  },
  {
    name: /^rust$/,
    packages: 'cargo rustc gcc g++ make libc6-dev git ca-certificates curl adduser',
    lines: ['ENV CARGO_HOME=/usr/local/cargo PATH=/usr/local/cargo/bin:$PATH'],
  },
  { name: /^gcc$/, packages: 'build-essential cmake ca-certificates curl git' },
  {
    name: /^node$/,
    packages: 'nodejs npm libnode-dev python3 make g++ git curl wget ca-certificates',
    slim: 'nodejs npm',
    lines: ['ENV npm_config_nodedir=/usr npm_config_update_notifier=false', 'RUN useradd -m -u 1000 node'],
  },
  {
    name: /^python$/,
    packages:
      'python3 python3-pip python3-venv python3-dev python3-setuptools python3-wheel build-essential git curl libpq-dev ca-certificates',
    slim: 'python3 python3-pip python3-venv ca-certificates',
    lines: ['RUN ln -s python3 /usr/bin/python && rm -f /usr/lib/python3*/EXTERNALLY-MANAGED'],
  },
  { name: /^php$/, packages: 'php-cli php-mbstring php-xml ca-certificates', lines: ['WORKDIR /var/www/html'] },
  { name: /^composer$/, packages: 'php-cli composer unzip ca-certificates', lines: ['WORKDIR /app'] },
  {
    name: /^ruby$/,
    packages: 'ruby ruby-dev ruby-bundler build-essential git ca-certificates',
    slim: 'ruby ruby-bundler',
    lines: ['ENV GEM_HOME=/usr/local/bundle BUNDLE_APP_CONFIG=/usr/local/bundle PATH=/usr/local/bundle/bin:$PATH'],
  },
  { name: /^(?:elixir|erlang)$/, packages: 'elixir erlang-dev erlang-nox git ca-certificates' },
  {
    name: /^maven$/,
    packages: `maven default-jdk-headless maven-repo-helper ca-certificates ${['jar', 'compiler', 'resources', 'clean', 'shade', 'dependency'].map((it) => `libmaven-${it}-plugin-java`).join(' ')} libsurefire-java`,
  },
  { name: /^gradle$/, packages: 'gradle default-jdk-headless ca-certificates' },
  {
    name: /^(?:eclipse-temurin|openjdk|amazoncorretto)$/,
    packages: 'default-jdk-headless',
    slim: 'default-jre-headless',
  },
  { name: /^nginx$/, packages: 'nginx-light' },
];

/** The Dockerfile of an image with the programs of the one that is named; undefined where none is known. */
export function standInFor(reference: string): string | undefined {
  const [name = '', tag = ''] = reference.replace(/^.*\//, '').replace(/@.*$/, '').split(':');
  const kind = kinds.find((it) => it.name.test(name));
  if (!kind) return undefined;
  const isSlim = /slim|jre/.test(tag) && kind.slim !== undefined;
  const packages = isSlim ? kind.slim : kind.packages;
  const suite = suites.exec(tag)?.[0] ?? 'trixie';
  const install =
    packages === ''
      ? []
      : [`RUN apt-get update && apt-get install -y --no-install-recommends ${packages} && rm -rf /var/lib/apt/lists/*`];
  return [`FROM debian:${suite}`, ...install, ...(kind.lines ?? []), ''].join('\n');
}
