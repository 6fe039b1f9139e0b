import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dflint, inFolder } from '../commands/run.ts';
import { archiveOf, dockerFolders, gzip, image, ociPlatforms } from './archives.ts';

const of = (name: string, content: number) => ({ name, content });
const modules = Array.from({ length: 1200 }, (_, index) => of(`app/node_modules/p${index}/index.js`, 2000));
const comment = 'buildkit.dockerfile.v0';

const Dockerfile = `FROM debian:trixie
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN chown -R node:node \\
    # all of it
    /app
RUN rm -rf /root/.npm /etc/passwd
EXPOSE 80
CMD ["node", "server.js"]
`;

const made = await image(
  [
    [of('bin/sh', 1_200_000), of('etc/passwd', 900), of('lib/libc.so', 7_000_000)],
    [],
    [of('app/package.json', 800), of('app/package-lock.json', 90_000)],
    [...modules, of('root/.npm/_cacache/index', 4_000_000), of('root/.npm/_cacache/tmp', 1)],
    [of('app/server.js', 12_000), of('app/package.json', 800)],
    [...modules, of('app/server.js', 12_000)],
    ['root/.wh..npm', 'etc/.wh.passwd'],
  ],
  [
    { created_by: "# debian.sh --arch 'amd64' out/ 'trixie'" },
    { created_by: 'WORKDIR /app', comment },
    { created_by: 'COPY package.json package-lock.json ./ # buildkit', comment },
    { created_by: 'RUN /bin/sh -c npm ci # buildkit', comment },
    { created_by: 'COPY . . # buildkit', comment },
    { created_by: 'RUN /bin/sh -c chown -R node:node     /app # buildkit', comment },
    { created_by: 'RUN /bin/sh -c rm -rf /root/.npm /etc/passwd # buildkit', comment },
    { created_by: 'CMD ["node" "server.js"]', comment, empty_layer: true },
  ],
);
const files = {
  Dockerfile,
  'app.tar': await archiveOf(dockerFolders(made)),
  'platforms.tgz': gzip(await archiveOf(ociPlatforms({ 'linux/s390x': made, 'linux/amd64': made }))),
  'evil.tar': await archiveOf(
    dockerFolders(await image([['a\x1b[2J']], [{ created_by: 'RUN /bin/sh -c \x1b[31mred # buildkit' }])),
  ),
};
const run = (...args: string[]) => inFolder(files, (cwd) => dflint(['layers', '--image', ...args], { cwd }));

describe('screens', () => {
  test.for<string[]>([['app.tar', 'Dockerfile'], ['app.tar']])('%s %s', (args) => {
    const { code, out, error } = run(...args);
    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(out).toMatchSnapshot();
  });
  test('which of several images it is', () => {
    expect(run('platforms.tgz').out).toContain(
      'It has images for linux/s390x, linux/amd64; this is the one for linux/',
    );
  });
  test('another Dockerfile', () => {
    const { out } = inFolder({ ...files, Dockerfile: 'FROM a\nRUN something else\n' }, (cwd) =>
      dflint(['layers', '--image', 'app.tar', 'Dockerfile'], { cwd }),
    );
    expect(out).toContain('Nothing shows that app.tar was built from Dockerfile.');
  });
  test('control characters of an archive do not reach the terminal', () => {
    const { out } = run('evil.tar');
    expect(out).toContain('␛[31mred');
    expect(out).not.toContain('\x1b');
  });
});

test('JSON keeps its contract', () => {
  const { out, code } = run('app.tar', 'Dockerfile', '--format', 'json');
  expect(code).toBe(0);
  const document = JSON.parse(out);
  expect(document).toMatchObject({ schemaVersion: 1, tool: { name: 'dflint' }, failures: [] });
  const [told] = document.files;
  expect(told).toMatchObject({
    path: 'app.tar',
    format: 'docker',
    name: 'app:1',
    platform: 'linux/amd64',
    platforms: [],
    images: 1,
    writer: 'buildkit',
    dockerfile: {
      path: 'Dockerfile',
      related: true,
      inheritedLayers: 1,
      inheritedBytes: 8_200_900,
      ownLayers: 6,
      predictedLayers: 6,
      squashed: false,
      drift: [{ line: 10, layer: null, file: 'EXPOSE 80', image: null }],
    },
    totals: { layers: 7, wastedBytes: 6_413_701 },
  });
  expect(told.layers.map((it: { line: number | null }) => it.line)).toEqual([null, 2, 3, 4, 5, 6, 9]);
  expect(told.layers[5]).toEqual({
    layer: 6,
    diffId: made.diffIds[5],
    digest: null,
    mediaType: null,
    blobBytes: made.layers[5]!.length,
    fileBytes: 2_412_000,
    entries: 1201,
    whiteouts: 0,
    origin: 'own',
    line: 6,
    keyword: 'RUN',
    text: 'chown -R node:node /app',
  });
  expect(told.history[7]).toEqual({ createdBy: 'CMD ["node" "server.js"]', layer: null, line: 11 });
  expect(told.waste[0]).toEqual({
    kind: 'deleted',
    from: 4,
    by: 7,
    bytes: 4_000_001,
    files: 2,
    folder: 'root',
    largest: [{ path: 'root/.npm', bytes: 4_000_001, files: 2 }],
  });
});

describe('what cannot be read is said, with exit code 2', () => {
  test.for<[string[], string]>([
    [['gone.tar'], 'dflint: gone.tar: there is no such file or folder\n'],
    [['Dockerfile'], 'dflint: Dockerfile: the archive is not a tar archive\n'],
    [['.'], 'dflint: .: there is no manifest.json and no index.json, so this is not an image archive; '],
    [['app.tar', 'gone'], 'dflint: gone: no such file'],
    [['app.tar', 'a', 'b'], 'dflint: --image takes only one Dockerfile\n'],
  ])('%s', ([args, message]) => {
    const { code, out, error } = run(...args);
    expect(error).toContain(message);
    expect(error).not.toMatch(/\n {4}at /);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });
  test.for<[string[], { path: string; message: string }]>([
    [['gone.tar'], { path: 'gone.tar', message: 'there is no such file or folder' }],
    [['app.tar', 'gone'], { path: 'gone', message: 'no such file or folder' }],
  ])('in JSON too: %s', ([args, failure]) => {
    const { code, out } = run(...args, '--format', 'json');
    expect(code).toBe(2);
    const tool = { name: 'dflint', version: expect.any(String) };
    expect(JSON.parse(out)).toEqual({ schemaVersion: 1, tool, files: [], failures: [failure] });
  });
  test('an absolute path', () => {
    inFolder(files, (cwd) => expect(dflint(['layers', '--image', join(cwd, 'app.tar')]).code).toBe(0));
  });
});
