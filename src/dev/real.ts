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
  readonly port: number;
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

const projects: readonly Project[] = [
  {
    name: 'node-app',
    image: 'node',
    base: apt('nodejs npm ca-certificates'),
    source: 'src/entries.js',
    port: 3000,
  },
  {
    name: 'go-app',
    image: 'golang:latest',
    base: apt('golang golang-github-google-uuid-dev zip ca-certificates') + proxy,
    source: 'main.go',
    port: 8080,
    made: ['go.sum', 'rm go.sum && go mod tidy'],
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

async function compared({ name, image, base, source, port, made }: Project, folder: string): Promise<RealRewrite> {
  const tag = `dflint-real-${name}`;
  writeFileSync(join(folder, 'base'), base);
  await docker(['build', '--network=host', '--tag', `${tag}:base`, '--file', join(folder, 'base'), folder]);
  const place = join(folder, name);
  cpSync(join('fixtures', name), place, { recursive: true });
  if (made) {
    const [file, command] = made;
    const steps = `FROM ${tag}:base AS made\nCOPY . /w\nRUN cd /w && ${command}\nFROM scratch\nCOPY --from=made /w/${file} /\n`;
    writeFileSync(join(folder, 'made'), steps);
    const output = `type=local,dest=${place}`;
    await docker(['build', '--network=host', '--output', output, '--file', join(folder, 'made'), place]);
  }
  const text = readFileSync(join(place, 'Dockerfile'), 'utf8');
  const cheaper = rewrite(text, {
    build: { context: context(folderHost(place), 'Dockerfile') },
    builder: 'buildkit',
  }).text;
  const of = async (it: string, salt: string) => {
    const model = analyze(parse(it).ast);
    writeFileSync(
      join(folder, 'Dockerfile'),
      renamed(it, model, (named) => (named === image ? `${tag}:base` : undefined)),
    );
    const options = [
      '--progress=rawjson',
      '--network=host',
      '--tag',
      `${tag}:built`,
      '--file',
      join(folder, 'Dockerfile'),
    ];
    const build = async (): Promise<string> => (await docker(['build', ...options, place])).log;
    await build();
    // both orders get a change that neither has seen
    appendFileSync(join(place, source), `// ${salt}\n`);
    const start = Date.now();
    const ran = stepsOfBuildkit(await build(), model).filter(({ cached }) => cached === false).length;
    const seconds = Math.round((Date.now() - start) / 100) / 10;
    return { ran, seconds, answer: await answer(`${tag}:built`, port) };
  };
  const before = await of(text, `before ${Date.now()}`);
  const after = await of(cheaper, `after ${Date.now()}`);
  return { name, same: before.answer !== '' && before.answer === after.answer, before, after };
}

/** What the server says, numbers aside: the container is asked from within, so that no port is taken. */
async function answer(image: string, port: number): Promise<string> {
  const id = (await docker(['run', '--detach', '--network=none', image])).out.trim();
  try {
    const ask = `exec 3<>/dev/tcp/127.0.0.1/${port}; printf 'GET / HTTP/1.0\\r\\n\\r\\n' >&3; cat <&3`;
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
