import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from '../../grammar/index.ts';
import { callDocker, docker, renamed, stepsOfBuildkit } from '../../test/builder/docker.ts';
import { folderHost } from '../host/folder.ts';
import { context } from '../model/context/context.ts';
import { analyze } from '../model/index.ts';
import { rewrite } from '../rewrite/index.ts';

/** A fixture that is built for real, before and after `cache --rewrite`: with Debian's toolchain and what the network has. */
interface Project {
  /** Of `fixtures`, with a Dockerfile. */
  readonly name: string;
  /** The image that its FROM names, and how one with the same programs is made. */
  readonly image: string;
  readonly base: string;
  readonly source: string;
  /** What begins a comment there, if not `//`. */
  readonly comment?: string;
  readonly port: number;
  /** What is asked for, if not `/`. */
  readonly path?: string;
  /** A file of the context that is another with this base, and the command that makes it. */
  readonly made?: readonly [file: string, command: string];
}

const apt = (packages: string): string =>
  `FROM debian:trixie\nRUN apt-get update && apt-get install -y --no-install-recommends ${packages} && rm -rf /var/lib/apt/lists/*\n`;

/** Debian's copy of the module, as a proxy that go can ask; its sums are others than those of the module as it was published. */
const proxy = `RUN mkdir -p "/m/github.com/google/uuid@v1.6.0" /proxy/github.com/google/uuid/@v \\
  && cp -rL /usr/share/gocode/src/github.com/google/uuid/. "/m/github.com/google/uuid@v1.6.0/" \\
  && printf 'module github.com/google/uuid\\n' > /proxy/github.com/google/uuid/@v/v1.6.0.mod \\
  && cp /proxy/github.com/google/uuid/@v/v1.6.0.mod "/m/github.com/google/uuid@v1.6.0/go.mod" \\
  && echo '{"Version":"v1.6.0"}' > /proxy/github.com/google/uuid/@v/v1.6.0.info && echo v1.6.0 > /proxy/github.com/google/uuid/@v/list \\
  && cd /m && zip -qrD /proxy/github.com/google/uuid/@v/v1.6.0.zip .
ENV GOPROXY=file:///proxy GONOSUMDB=* GOTOOLCHAIN=local GOPATH=/go
WORKDIR /go
`;

/** Debian's modules of Python as wheels, which pip can install: what a package has below dist-packages, packed again. */
const wheels = `FROM debian:trixie AS packages
RUN apt-get update && apt-get install -y --no-install-recommends python3-flask python3-gunicorn python3-psycopg2
RUN mkdir /wheels && cat > /pack.py <<'END' && python3 /pack.py
import pathlib, subprocess, zipfile
root = pathlib.Path('/usr/lib/python3/dist-packages')
for info in [*root.glob('*.dist-info'), *root.glob('*.egg-info')]:
    said = next(it for it in (info / 'METADATA', info / 'PKG-INFO') if it.exists())
    owner = subprocess.check_output(['dpkg', '-S', said], text=True).split(':')[0]
    listed = subprocess.check_output(['dpkg', '-L', owner], text=True).split('\\n')
    files = [it for it in map(pathlib.Path, listed) if root in it.parents and it.is_file() and info not in it.parents]
    packed = {str(it.relative_to(root)): it.read_bytes() for it in files}
    folder = f'{info.stem}.dist-info'
    packed[f'{folder}/METADATA'] = said.read_bytes()
    packed[f'{folder}/WHEEL'] = b'Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n'
    if (info / 'entry_points.txt').exists(): packed[f'{folder}/entry_points.txt'] = (info / 'entry_points.txt').read_bytes()
    packed[f'{folder}/RECORD'] = ''.join(f'{name},,\\n' for name in packed).encode()
    with zipfile.ZipFile(f'/wheels/{info.stem}-py3-none-any.whl', 'w') as wheel:
        for name, data in packed.items(): wheel.writestr(name, data)
END
`;

const python = `${wheels}${apt('python3 python3-pip ca-certificates')}COPY --from=packages /wheels /wheels
RUN ln -s python3 /usr/bin/python
ENV PIP_NO_INDEX=1 PIP_FIND_LINKS=/wheels PIP_BREAK_SYSTEM_PACKAGES=1 PIP_ROOT_USER_ACTION=ignore
`;

/** Maven asks Debian's repository, and cargo Debian's crates. */
const offline = `ENV MAVEN_ARGS="-o -Dmaven.repo.local=/usr/share/maven-repo"
`;
const crates = `ENV CARGO_HOME=/usr/local/cargo
RUN mkdir -p /usr/local/cargo && printf '[source.crates-io]\\nreplace-with = "debian"\\n[source.debian]\\ndirectory = "/usr/share/cargo/registry"\\n' > /usr/local/cargo/config.toml
`;

const plugins = ['jar', 'compiler', 'resources', 'dependency'].map((it) => `libmaven-${it}-plugin-java`).join(' ');

const projects: readonly Project[] = [
  {
    name: 'node-app',
    image: 'node',
    base: apt('nodejs npm ca-certificates'),
    source: 'src/entries.js',
    port: 3000,
  },
  {
    name: 'python-app',
    image: 'python:latest',
    base: python,
    source: 'app.py',
    comment: '#',
    port: 8000,
    path: '/healthz',
    made: ['requirements.txt', 'ls /wheels | sed "s/-py3.*//; s/-/==/" > requirements.txt'],
  },
  {
    name: 'go-app',
    image: 'golang:latest',
    base: apt('golang golang-github-google-uuid-dev zip ca-certificates') + proxy,
    source: 'main.go',
    port: 8080,
    made: ['go.sum', 'rm go.sum && go mod tidy'],
  },
  {
    name: 'java-app',
    image: 'maven:3-eclipse-temurin-21',
    base:
      apt(`maven default-jdk-headless libgoogle-gson-java junit5 ${plugins} libsurefire-java ca-certificates`) +
      offline,
    source: 'src/main/java/com/example/convert/Length.java',
    port: 8080,
    path: '/inches?value=2',
    made: ['pom.xml', 'sed -i "s,2.11.0,debian,; s,5.11.4,debian,; s,3.5.2,2.22.3,; s,3.4.2,3.3.0," pom.xml'],
  },
  {
    name: 'rust-app',
    image: 'rust:latest',
    base: apt('cargo rustc gcc libc6-dev librust-httpdate-dev ca-certificates') + crates,
    source: 'src/main.rs',
    port: 7878,
  },
];

export interface RealRewrite {
  readonly name: string;
  /** Whether the program answers the same, numbers aside. */
  readonly same: boolean;
  /** Steps that ran after a change of the source, and how many seconds that build took. */
  readonly before: { readonly ran: number; readonly seconds: number };
  readonly after: { readonly ran: number; readonly seconds: number };
}

/** Builds each with the network of the machine; throws where that cannot be done. */
export async function realRewrites(): Promise<RealRewrite[]> {
  const found: RealRewrite[] = [];
  for (const project of projects) {
    const folder = mkdtempSync(join(tmpdir(), 'dflint-real-'));
    try {
      found.push(await compared(project, folder));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return found;
}

async function compared(project: Project, folder: string): Promise<RealRewrite> {
  const { name, base } = project;
  const tag = `dflint-real-${name}`;
  writeFileSync(join(folder, 'base'), base);
  await docker(['build', '--network=host', '--tag', `${tag}:base`, '--file', join(folder, 'base'), folder]);
  const place = await placed(project, tag, folder);
  const text = readFileSync(join(place, 'Dockerfile'), 'utf8');
  const build = { context: context(folderHost(place), 'Dockerfile') };
  const cheaper = rewrite(text, { build, builder: 'buildkit' }).text;
  const before = await rebuilt(text, project, { tag, folder, place });
  const after = await rebuilt(cheaper, project, { tag, folder, place });
  return { name, same: before.answer !== '' && before.answer === after.answer, before, after };
}

/** A copy of the project, with the file that is another with this base. */
async function placed({ name, made }: Project, tag: string, folder: string): Promise<string> {
  const place = join(folder, name);
  cpSync(join('fixtures', name), place, { recursive: true });
  if (!made) return place;
  const [file, command] = made;
  const steps = `FROM ${tag}:base AS made\nCOPY . /w\nRUN cd /w && ${command}\nFROM scratch\nCOPY --from=made /w/${file} /\n`;
  writeFileSync(join(folder, 'made'), steps);
  const output = `type=local,dest=${place}`;
  await docker(['build', '--network=host', '--output', output, '--file', join(folder, 'made'), place]);
  return place;
}

interface Places {
  readonly tag: string;
  readonly folder: string;
  readonly place: string;
}

/** Builds a file, changes the source, and builds it again. */
async function rebuilt(text: string, project: Project, { tag, folder, place }: Places) {
  const { image, source, comment = '//' } = project;
  const model = analyze(parse(text).ast);
  const file = join(folder, 'Dockerfile');
  writeFileSync(
    file,
    renamed(text, model, (named) => (named === image ? `${tag}:base` : undefined)),
  );
  const options = ['--progress=rawjson', '--network=host', '--tag', `${tag}:built`, '--file', file];
  const build = async (): Promise<string> => (await docker(['build', ...options, place])).log;
  await build();
  // each order gets a change that the other has not seen
  appendFileSync(join(place, source), `${comment} ${Date.now()}\n`);
  const start = Date.now();
  const ran = stepsOfBuildkit(await build(), model).filter(({ cached }) => cached === false).length;
  const seconds = Math.round((Date.now() - start) / 100) / 10;
  return { ran, seconds, answer: await answer(`${tag}:built`, project) };
}

/** What the server says, numbers aside: the container is asked from within, so that no port is taken. */
async function answer(image: string, { port, path = '/' }: Project): Promise<string> {
  const id = (await docker(['run', '--detach', '--network=none', image])).out.trim();
  try {
    const ask = `exec 3<>/dev/tcp/127.0.0.1/${port}; printf 'GET ${path} HTTP/1.0\\r\\n\\r\\n' >&3; cat <&3`;
    for (let attempt = 0; attempt < 20; attempt += 1) {
      await new Promise((resolve) => setTimeout(resolve, 500));
      const { out } = await callDocker(['exec', id, 'bash', '-c', ask]);
      const body = out.split('\r\n\r\n')[1];
      if (body !== undefined) return body.replaceAll(/\d/g, '#');
    }
    return '';
  } finally {
    await docker(['rm', '--force', id]);
  }
}
