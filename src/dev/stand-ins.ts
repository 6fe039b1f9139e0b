/** Images that stand for those that a file names, made of Debian's packages where no registry can be reached. */

const suites = /bookworm|trixie/;

interface Kind {
  readonly name: RegExp;
  /** Debian's packages; those of the slim image, where the tag says slim or jre. */
  readonly packages: string;
  readonly slim?: string;
  readonly lines?: readonly string[];
  /** Stages before it, on a release of Debian. */
  readonly before?: (suite: string) => string;
}

/** Debian's modules of Python as wheels, which pip can install: what a package has below dist-packages, packed again. */
const wheels = (suite: string): string => `FROM debian:${suite} AS packages
RUN apt-get update && apt-get install -y --no-install-recommends python3-setuptools python3-wheel python3-flask python3-gunicorn python3-psycopg2 python3-django python3-yaml
RUN mkdir /wheels && cat > /pack.py <<'END' && python3 /pack.py
import pathlib, subprocess, zipfile
root = pathlib.Path('/usr/lib/python3/dist-packages')
for info in root.glob('*.dist-info'):
    owner = subprocess.run(['dpkg', '-S', info / 'METADATA'], text=True, stdout=subprocess.PIPE).stdout.split(':')[0]
    listed = subprocess.check_output(['dpkg', '-L', owner], text=True).split('\\n')
    files = [it for it in map(pathlib.Path, listed) if root in it.parents and it.is_file() and it.name not in ('RECORD', 'WHEEL')]
    names = [str(it.relative_to(root)) for it in files]
    with zipfile.ZipFile(f'/wheels/{info.stem}-py3-none-any.whl', 'w') as wheel:
        for it, name in zip(files, names): wheel.write(it, name)
        wheel.writestr(f'{info.name}/WHEEL', 'Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
        wheel.writestr(f'{info.name}/RECORD', ''.join(f'{name},,\\n' for name in names))
END
`;

/** The extensions of PHP, and a script that compiles them to where official images have them. */
const phpSources = (suite: string): string => `FROM debian:${suite} AS sources
RUN sed -i 's/^Types: deb$/Types: deb deb-src/' /etc/apt/sources.list.d/*.sources 2>/dev/null; sed -n 's/^deb /deb-src /p' /etc/apt/sources.list > /etc/apt/sources.list.d/src.list 2>/dev/null; \\
  apt-get update && apt-get install -y --no-install-recommends dpkg-dev && cd /tmp && apt-get source --download-only php8.4 \\
  && mkdir -p /usr/src/php && tar -xf php8.4_*.orig.tar.xz --strip-components=1 -C /usr/src/php --wildcards '*/ext/bcmath' '*/ext/zip' '*/ext/gd' '*/ext/intl'
RUN cat > /extension <<'END'
#!/bin/sh
set -e
to=/usr/local/lib/php/extensions/no-debug-non-zts-20240924
mkdir -p $to
for it in "$@"; do
  case $it in -*|[0-9]*) continue ;; esac
  cd /usr/src/php/ext/$it && phpize > /dev/null && ./configure > /dev/null && make -s > /dev/null && cp modules/$it.so $to/
  echo "extension=$to/$it.so" > /usr/local/etc/php/conf.d/docker-php-ext-$it.ini
done
END
`;

/** Composer as one file, as its image has it, which PHP alone runs. */
const composer = (): string => '';

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
      'python3 python3-pip python3-venv python3-dev build-essential git curl libpq-dev libffi-dev ca-certificates',
    slim: 'python3 python3-pip python3-venv ca-certificates',
    before: wheels,
    lines: [
      'COPY --from=packages /wheels /wheels',
      'ENV PIP_NO_INDEX=1 PIP_FIND_LINKS=/wheels PIP_ROOT_USER_ACTION=ignore',
      'RUN ln -s python3 /usr/bin/python && rm -f /usr/lib/python3*/EXTERNALLY-MANAGED',
      'RUN cd /usr/local/lib/python3.*/ && mkdir -p dist-packages && mv dist-packages site-packages && ln -s site-packages dist-packages',
    ],
  },
  {
    name: /^php$/,
    packages: 'php-cli php-mbstring php-xml php-dev gcc make autoconf curl xz-utils ca-certificates',
    before: phpSources,
    lines: [
      'COPY --from=sources /usr/src/php /usr/src/php',
      'COPY --from=sources --chmod=755 /extension /usr/local/bin/docker-php-ext-install',
      'ENV PHP_INI_DIR=/usr/local/etc/php PHP_INI_SCAN_DIR=:/usr/local/etc/php/conf.d',
      'RUN mkdir -p /usr/local/etc/php/conf.d /usr/local/lib/php/extensions',
      'WORKDIR /var/www/html',
    ],
  },
  { name: /^composer$/, packages: 'php-cli composer unzip ca-certificates', before: composer, lines: ['WORKDIR /app'] },
  {
    name: /^ruby$/,
    packages: 'ruby ruby-dev ruby-bundler build-essential git curl libpq-dev ca-certificates',
    slim: 'ruby ruby-bundler ca-certificates',
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
  return [kind.before?.(suite) ?? '', `FROM debian:${suite}`, ...install, ...(kind.lines ?? []), ''].join('\n');
}
