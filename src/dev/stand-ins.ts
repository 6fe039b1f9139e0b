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
RUN apt-get update && apt-get install -y --no-install-recommends python3-setuptools-whl python3-wheel python3-flask python3-gunicorn python3-psycopg2 python3-django python3-yaml
RUN mkdir /wheels && cat > /pack.py <<'END' && python3 /pack.py
import pathlib, re, subprocess, zipfile
root = pathlib.Path('/usr/lib/python3/dist-packages')
for info in [*root.glob('*.dist-info'), *root.glob('*.egg-info')]:
    main = next((it for it in (info / 'METADATA', info / 'PKG-INFO', info) if it.is_file()))
    said = dict(line.split(': ', 1) for line in main.read_text().split('\\n\\n')[0].split('\\n') if re.match('(Name|Version): ', line))
    owner = subprocess.run(['dpkg', '-S', main], text=True, stdout=subprocess.PIPE).stdout.split(':')[0]
    listed = subprocess.check_output(['dpkg', '-L', owner], text=True).split('\\n')
    files = [it for it in map(pathlib.Path, listed) if root in it.parents and it.is_file() and info not in it.parents and it != info]
    name = f"{re.sub('[-_.]+', '_', said['Name'])}-{said['Version']}"
    entries = info / 'entry_points.txt'
    with zipfile.ZipFile(f'/wheels/{name}-py3-none-any.whl', 'w') as wheel:
        for it in files: wheel.write(it, str(it.relative_to(root)))
        wheel.write(main, f'{name}.dist-info/METADATA')
        if entries.is_file(): wheel.write(entries, f'{name}.dist-info/entry_points.txt')
        wheel.writestr(f'{name}.dist-info/WHEEL', 'Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
        wheel.writestr(f'{name}.dist-info/RECORD', ''.join(f'{it.filename},,\\n' for it in wheel.infolist()))
END
RUN cp /usr/share/python-wheels/setuptools-*.whl /wheels/
`;

/** A script that compiles extensions of PHP to where official images have them: of each its name, and a call to the library that it is for. */
const phpExtensions = (): string => `FROM scratch AS tools
COPY --chmod=755 <<'END' /extension
#!/bin/sh
set -e
to=/usr/local/lib/php/extensions/no-debug-non-zts-20240924
mkdir -p $to
for it in "$@"; do
  case $it in -*|[0-9]*) continue ;; zip) call='zip_libzip_version()' library=zip ;; *) call='""' library= ;; esac
  printf '%s\\n' '#include <php.h>' \${library:+"#include <$library.h>"} "static PHP_MINIT_FUNCTION(own) { return $call == 0 ? FAILURE : SUCCESS; }" \
    "zend_module_entry own_module_entry = { STANDARD_MODULE_HEADER, \\"$it\\", 0, PHP_MINIT(own), 0, 0, 0, 0, \\"1\\", STANDARD_MODULE_PROPERTIES };" \
    'ZEND_GET_MODULE(own)' > /tmp/$it.c
  gcc -shared -fPIC $(php-config --includes) -o $to/$it.so /tmp/$it.c \${library:+-l$library}
  rm /tmp/$it.c
  echo "extension=$to/$it.so" > /usr/local/etc/php/conf.d/docker-php-ext-$it.ini
done
END
`;

/** Composer as one file, as its image has it: a script with all that it needs behind it. */
const composer = `RUN cp /usr/bin/composer /usr/bin/composer.real \\
  && printf '#!/bin/sh\\n[ -d /usr/share/php/Composer ] || sed "1,/^exec/d" "$0" | tar -xz -C /\\nexec php /usr/bin/composer.real "$@"\\n' > /composer \\
  && tar -cz -C / usr/share/php usr/bin/composer.real >> /composer && chmod 755 /composer && mv /composer /usr/bin/composer`;

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
    lines: [
      'ENV npm_config_nodedir=/usr npm_config_update_notifier=false',
      'RUN useradd -m -u 1000 node',
      'RUN npm install --global yarn@1.22.22',
    ],
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
    before: phpExtensions,
    lines: [
      'COPY --from=tools /extension /usr/local/bin/docker-php-ext-install',
      'ENV PHP_INI_DIR=/usr/local/etc/php PHP_INI_SCAN_DIR=:/usr/local/etc/php/conf.d',
      'RUN mkdir -p /usr/local/etc/php/conf.d /usr/local/lib/php/extensions',
    ],
  },
  {
    name: /^composer$/,
    packages: 'php-cli php-mbstring composer unzip ca-certificates',
    lines: [composer, 'WORKDIR /app'],
  },
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
