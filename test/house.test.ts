import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { expect, test } from 'vitest';
import { allRules } from '../rules/index.ts';
import { nameOf } from '../src/commands/lib/command.ts';
import { commands } from '../src/commands/table.ts';
import { cstTypes } from '../src/dev/cst.ts';
import { rulesPage } from '../src/dev/docs.ts';
import { registry } from '../src/dev/registry.ts';

/** Who may import whom. A room may always import itself; a package is named as it is imported. */
const rooms: Readonly<Record<string, readonly string[]>> = {
  'src/text': ['fastest-levenshtein', 'get-east-asian-width'],
  'src/knowledge': [],
  grammar: ['chevrotain', 'src/text'],
  'src/shell': ['unbash', 'src/text', 'src/knowledge'],
  'src/model': ['grammar', 'src/shell', 'src/text', 'src/knowledge'],
  'src/rewrite': ['grammar', 'src/model', 'src/shell', 'src/knowledge', 'src/text'],
  'src/engine': ['grammar', 'src/model', 'src/shell', 'src/text'],
  rules: ['src/engine/rule.ts', 'src/knowledge', 'spdx-license-ids'],
  'src/config': [
    'src/engine',
    'src/knowledge',
    'src/report/format-names.ts',
    'src/text',
    ...['yaml', '@cfworker/json-schema', 'node:fs', 'node:path'],
  ],
  'src/image': [
    'grammar',
    'src/model',
    'src/text',
    'fzstd',
    'tar-stream',
    ...['crypto', 'fs', 'path', 'stream', 'zlib'].map((it) => `node:${it}`),
  ],
  'src/report': [
    'grammar',
    'src/engine/diagnostic.ts',
    'src/engine/example.ts',
    'src/engine/rule.ts',
    'src/image',
    'src/knowledge',
    'src/model',
    'src/rewrite',
    'src/text',
  ],
  'src/shellcheck': [
    'grammar',
    'src/model',
    'src/engine/diagnostic.ts',
    'src/text',
    ...['child_process', 'crypto', 'fs', 'fs/promises', 'module', 'os', 'path', 'url', 'worker_threads'].map(
      (it) => `node:${it}`,
    ),
  ],
  'src/commands': ['*'],
  'src/cli.ts': ['src/commands', 'node:module'],
  'src/host': ['src/model/context/context.ts'],
  'src/index.ts': ['*'],
  'src/rule.ts': ['*'],
  'src/report.ts': ['*'],
  'src/types.ts': ['*'],
  'src/dev': ['*'],
};
/** These may not import each other's files, save what they share. */
const apart: Readonly<Record<string, RegExp>> = {
  // the common helpers, and those of its own subject
  rules: /^rules\/(?:lib|(?<subject>[\w-]+)\/lib)\//,
  'src/commands': /^src\/commands\/lib\//,
};

const files = ['grammar', 'src', 'rules'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path).replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts')),
);
const roomOf = (path: string): string | undefined =>
  Object.keys(rooms).find((room) => path === room || path.startsWith(`${room}/`));

interface Import {
  readonly from: string;
  readonly to: string;
}

const imports: Import[] = files.flatMap((from) =>
  [
    ...readFileSync(from, 'utf8').matchAll(
      /^(?:import|export)\s(?:type\s)?[^;'"]*?from\s+'([^']+)'|import\('([^']+)'\)/gm,
    ),
  ].map((match) => {
    const to = match[1] ?? match[2]!;
    return { from, to: to.startsWith('.') ? posix.join(dirname(from), to) : to };
  }),
);

test('every file is in a room', () => {
  expect(files.filter((path) => !roomOf(path))).toEqual([]);
});

const isShared = (shared: RegExp, from: string, to: string): boolean => {
  const match = shared.exec(to);
  const subject = match?.groups?.['subject'];
  return match !== null && (subject === undefined || from.startsWith(`rules/${subject}/`));
};

test('rooms import only what they may', () => {
  const broken = imports.filter(({ from, to }) => {
    const room = roomOf(from)!;
    if (roomOf(to) === room)
      return (
        apart[room] &&
        from !== 'rules/index.ts' &&
        !isShared(apart[room], from, to) &&
        !/\/(?:table|index)\.ts$/.test(from)
      );
    return !rooms[room]!.some((allowed) => allowed === '*' || to === allowed || to.startsWith(`${allowed}/`));
  });
  const index = broken.filter(({ from }) => from !== 'rules/index.ts');
  expect(
    index.map(
      ({ from, to }) =>
        `${from} imports ${to}; ${roomOf(from)} may import ${rooms[roomOf(from)!]!.join(', ') || 'nothing'}`,
    ),
  ).toEqual([]);
});

test('of image archives and rewrites, reports know the types', () => {
  const broken = files
    .filter((path) => roomOf(path) === 'src/report')
    .filter((path) => /^import (?!type)[^;]*?from '[./]*\/(?:image|rewrite)\//m.test(readFileSync(path, 'utf8')));
  expect(broken).toEqual([]);
});

test('every command is in the table, under the name of its file', () => {
  const found = files.filter((path) => /^src\/commands\/[^/]+$/.test(path) && !path.endsWith('/table.ts'));
  const named = commands.map((it) => `src/commands/${nameOf(it) === '$0' ? 'lint' : nameOf(it)}.ts`);
  expect(named.toSorted()).toEqual(found.toSorted());
});

test('no file imports itself through others', () => {
  const edges = new Map<string, string[]>();
  for (const { from, to } of imports) edges.set(from, [...(edges.get(from) ?? []), to]);
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) circles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
    if (done.has(path) || trail.includes(path)) return;
    for (const next of edges.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of files) visit(path, []);
  expect(circles).toEqual([]);
});

test('below the commands nothing reads files, the environment or the clock, and nothing waits', () => {
  const pure = ['grammar', 'src/text', 'src/knowledge', 'src/shell', 'src/model', 'src/engine', 'src/report', 'rules'];
  const broken = files
    .filter((path) => pure.includes(roomOf(path)!))
    .filter((path) => /\bprocess\.|\bconsole\.|\bDate\.now|\basync\b|\bawait\b|from 'node:/.test(code(path)));
  expect(broken).toEqual([]);
});

const code = (path: string): string =>
  readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*|`(?:[^`\\]|\\.)*`/g, '');

test('generated files are fresh', () => {
  const squeeze = (text: string): string => text.replace(/[\s;,]+/g, '').replaceAll('"', "'");
  expect(squeeze(readFileSync('grammar/cst.ts', 'utf8'))).toContain(squeeze(cstTypes()));
  expect(squeeze(readFileSync('rules/index.ts', 'utf8'))).toBe(squeeze(registry()));
  expect(readFileSync('rules/README.md', 'utf8')).toBe(rulesPage(allRules));
});
