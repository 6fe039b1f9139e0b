import { chmodSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dflint, inFolder } from './run.ts';

const app = {
  Dockerfile: `FROM node:22
WORKDIR /app
# everything
COPY . .
RUN npm ci
RUN npm run build
CMD ["node", "dist/main.js"]
`,
  '.dockerignore': 'node_modules\n',
  'package.json': '{"dependencies":{"a":"1"}}\n',
  'package-lock.json': '{"packages":{"":{"dependencies":{"a":"1"}}}}\n',
  'src/main.js': '\n',
};
const cheaper = `FROM node:22
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
# everything
COPY . .
RUN npm run build
CMD ["node", "dist/main.js"]
`;

test('a diff, what moves, what stays, and what it is worth', () => {
  inFolder(app, (cwd) => {
    const { out, code, error } = dflint(['cache', '--rewrite'], { cwd });
    expect([code, error]).toEqual([0, '']);
    expect(out).toMatchSnapshot();
    expect(readFileSync(join(cwd, 'Dockerfile'), 'utf8')).toBe(app.Dockerfile);
  });
});

test('--write changes the file, its mode kept, and a second time there is nothing to do', () => {
  inFolder(app, (cwd) => {
    const file = join(cwd, 'Dockerfile');
    chmodSync(file, 0o640);
    const { out, code } = dflint(['cache', '--rewrite', '--write'], { cwd });
    expect(code).toBe(0);
    expect(out).toContain('Dockerfile was written');
    expect(readFileSync(file, 'utf8')).toBe(cheaper);
    expect(statSync(file).mode & 0o777).toBe(0o640);
    const again = dflint(['cache', '--rewrite', '--write'], { cwd });
    expect(again.out).toContain('No cheaper order was found');
    expect(readFileSync(file, 'utf8')).toBe(cheaper);
  });
});

test('as JSON', () => {
  const { out } = inFolder(app, (cwd) => dflint(['cache', '--rewrite', '--format', 'json'], { cwd }));
  expect(JSON.parse(out).files[0]).toMatchObject({
    path: 'Dockerfile',
    builder: 'buildkit',
    moves: [
      {
        stage: 0,
        moved: [{ line: 4, keyword: 'COPY', text: 'COPY . .' }],
        over: { line: 5, keyword: 'RUN', text: 'RUN npm ci' },
        cost: 'install',
        added: 'COPY package.json package-lock.json ./',
      },
    ],
    stays: [{ step: { line: 7 }, below: { line: 6 }, reason: expect.stringContaining('npm run build') }],
    written: false,
  });
});

test('what cannot be done', () => {
  inFolder({ ...app, 'broken.Dockerfile': 'FRM a\n' }, (cwd) => {
    expect(dflint(['cache', '--write'], { cwd })).toMatchObject({
      code: 2,
      error: 'dflint: --write needs --rewrite\n',
    });
    expect(dflint(['cache', '--rewrite', '--write', '-'], { cwd, input: app.Dockerfile })).toMatchObject({ code: 2 });
    const broken = dflint(['cache', '--rewrite', 'broken.Dockerfile', 'Dockerfile'], { cwd });
    expect(broken.code).toBe(2);
    expect(broken.error).toMatch(/^dflint: broken\.Dockerfile: /);
    expect(broken.out).toContain('+COPY package.json package-lock.json ./');
  });
});

test('line ends stay in the diff', () => {
  const input = app.Dockerfile.replaceAll('\n', '\r\n');
  const { out } = inFolder(app, (cwd) => dflint(['cache', '--rewrite', '-'], { cwd, input }));
  expect(out).toContain('\n+RUN npm ci\r\n');
});

test('standard input gives a diff', () => {
  const { out, code } = inFolder(app, (cwd) => dflint(['cache', '--rewrite', '-'], { cwd, input: app.Dockerfile }));
  expect(code).toBe(0);
  expect(out).toContain('+COPY package.json package-lock.json ./');
});
