import { chmodSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dflint, inFolder } from './run.ts';

const app = {
  Dockerfile: `FROM golang:1.24-bookworm
# tools
RUN apt-get update && apt-get install -y --no-install-recommends make tzdata && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN go build -o /app .
EXPOSE 8080
CMD ["/app", "-dir", "web"]
`,
  'go.mod': 'module x\n',
  'main.go': 'package main\n\nimport "net/http"\n\nfunc main() { http.Dir("web") }\n',
  'web/index.html': '<p>\n',
  'notes/x.txt': '\n',
};

test('what ships, for a file of one stage', () => {
  const { out, code } = inFolder(app, (cwd) => dflint(['stages'], { cwd }));
  expect(code).toBe(0);
  expect(out).toMatchSnapshot();
});

test('as JSON, with the stages that were there before', () => {
  const { out } = inFolder(app, (cwd) => dflint(['stages', '--format', 'json'], { cwd }));
  expect(JSON.parse(out).files[0]).toMatchObject({
    path: 'Dockerfile',
    stages: [{ index: 0, base: 'golang:1.24-bookworm', target: true, wave: 0, gives: [] }],
    images: [
      {
        stage: 0,
        base: 'golang:1.24-bookworm',
        starts: ['/app -dir web'],
        contents: [
          { kind: 'base', need: 'build', line: null },
          { kind: 'packages', what: ['tzdata'], line: 3, need: null },
          { kind: 'packages', what: ['make'], line: 3, need: 'build' },
          { kind: 'files', line: 5 },
          { kind: 'output', line: 6 },
          { kind: 'caches', line: 6 },
        ],
      },
    ],
  });
});

const shop = `FROM node:22-slim AS base
WORKDIR /app

FROM base AS deps
COPY package.json package-lock.json ./
RUN npm ci

FROM base AS web
COPY --from=deps /app/node_modules ./node_modules
COPY . .
RUN npm run build

FROM golang:1.25-bookworm AS api
RUN apt-get update && apt-get install -y --no-install-recommends protobuf-compiler && rm -rf /var/lib/apt/lists/*
COPY api ./
RUN CGO_ENABLED=0 go build -o /out/api .

FROM web AS test
RUN npm test

FROM node:22-slim AS worker
COPY --from=deps /app/node_modules ./node_modules
COPY worker.js ./
USER node
CMD ["node", "worker.js"]

FROM nginx:1.29
RUN apt-get update && apt-get install -y --no-install-recommends tini && rm -rf /var/lib/apt/lists/*
COPY --from=web /app/dist /usr/share/nginx/html
COPY --from=api /out/api /usr/local/bin/api
COPY --from=busybox:1.37 /bin/busybox /bin/busybox
CMD ["/usr/local/bin/api"]
`;

test('two images, what stages give each other, and which run side by side', () => {
  const { out, code, error } = dflint(['stages', '-'], { input: shop });
  expect([code, error]).toEqual([0, '']);
  expect(out).toMatchSnapshot();
});

test('what follows is that of the rules, and comments silence it', () => {
  const input = 'FROM golang:1.25\nRUN go build -o /app .\nCMD ["/app"]\n';
  const { files } = JSON.parse(dflint(['stages', '--format', 'json', '-'], { input }).out);
  expect(files[0].advice).toMatchObject([{ rule: 'toolchain-in-final-image', line: 1, instead: expect.any(String) }]);
  const silent = dflint(['stages', '-'], { input: `# dflint ignore=toolchain-in-final-image\n${input}` }).out;
  expect(silent).toContain('the Go toolchain');
  expect(silent).not.toContain('What follows');
});

test('--suggest: the diff, what no longer ships, and what does', () => {
  inFolder(app, (cwd) => {
    const { out, code, error } = dflint(['stages', '--suggest'], { cwd });
    expect([code, error]).toEqual([0, '']);
    expect(out).toMatchSnapshot();
    expect(readFileSync(join(cwd, 'Dockerfile'), 'utf8')).toBe(app.Dockerfile);
  });
});

test('--write changes the file, its mode kept, and a second time there is nothing to do', () => {
  inFolder(app, (cwd) => {
    const file = join(cwd, 'Dockerfile');
    chmodSync(file, 0o640);
    const { out, code } = dflint(['stages', '--suggest', '--write'], { cwd });
    expect(code).toBe(0);
    expect(out).toContain('Dockerfile was written');
    const after = readFileSync(file, 'utf8');
    expect(after).toContain('COPY --from=build /app /app\nCOPY web ./web\n');
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(dflint(['stages', '--suggest', '--write'], { cwd }).out).toContain('nothing to move to a stage of its own');
    expect(readFileSync(file, 'utf8')).toBe(after);
    expect(dflint([], { cwd }).out).not.toContain('toolchain-in-final-image');
  });
});

test('a refusal, as text and as JSON', () => {
  const input = 'FROM golang:1.24-bookworm\nWORKDIR /src\nCOPY . .\nRUN go build -o /app . && /opt/odd\nCMD ["/app"]\n';
  expect(dflint(['stages', '--suggest', '-'], { input }).out).toBe(
    '-\nNo multi-stage version is shown to run the same. Line 4: dflint does not know what /opt/odd leaves.\n',
  );
  const { files } = JSON.parse(dflint(['stages', '--suggest', '--format', 'json', '-'], { input }).out);
  expect(files[0]).toMatchObject({ division: null, refusal: { recipe: 'go', line: 4 }, written: false });
});

test.each([
  [['stages', '--write', '-'], /--write needs --suggest/],
  [['stages', '--suggest', '--write', '-'], /--write cannot write to standard input/],
  [['stages', '--suggest', '--format', 'dot', '-'], /--suggest prints text or json/],
])('%s is refused', (args, message) => {
  const { code, error } = dflint(args, { input: 'FROM a\n' });
  expect(code).toBe(2);
  expect(error).toMatch(message);
});
