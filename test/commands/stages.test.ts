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
