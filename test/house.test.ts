import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { expect, test } from 'vitest';
import { allRules } from '../rules/index.ts';
import { nameOf } from '../src/commands/lib/command.ts';
import { commands } from '../src/commands/table.ts';
import { architecturePage } from '../src/dev/architecture.ts';
import { cstTypes } from '../src/dev/cst.ts';
import { rulesPage } from '../src/dev/docs.ts';
import { registry } from '../src/dev/registry.ts';
import { apart, roomOf, rooms } from '../src/dev/rooms.ts';

const files = ['grammar', 'src', 'rules'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path).replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts')),
);

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
    return !rooms[room]!.imports.some((allowed) => allowed === '*' || to === allowed || to.startsWith(`${allowed}/`));
  });
  const index = broken.filter(({ from }) => from !== 'rules/index.ts');
  expect(
    index.map(
      ({ from, to }) =>
        `${from} imports ${to}; ${roomOf(from)} may import ${rooms[roomOf(from)!]!.imports.join(', ') || 'nothing'}`,
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

test('only hosts read files, the environment or the clock, or wait', () => {
  const broken = files
    .filter((path) => !rooms[roomOf(path)!]!.isHost)
    .filter((path) => /\bprocess\.|\bconsole\.|\bDate\.now|(?<!-)\basync\b|\bawait\b|from 'node:/.test(code(path)));
  expect(broken).toEqual([]);
});

test('facts hang on the model: outside of it and of the shell nothing is kept beside an object', () => {
  const broken = files
    .filter((path) => !['src/model', 'src/shell'].includes(roomOf(path)!))
    .filter((path) => /\bnew (?:WeakMap|WeakRef)\b/.test(code(path)));
  expect(broken).toEqual([]);
});

test('rules/lib holds edits, words and syntax, and no facts', () => {
  expect(files.filter((path) => path.startsWith('rules/lib/')).toSorted()).toEqual(
    ['edits', 'syntax', 'words'].map((it) => `rules/lib/${it}.ts`),
  );
  const broken = imports.filter(({ from, to }) => from.startsWith('rules/lib/') && to.startsWith('src/knowledge'));
  expect(broken).toEqual([]);
});

const code = (path: string): string =>
  readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*|`(?:[^`\\]|\\.)*`/g, '');

test('generated files are fresh', () => {
  const squeeze = (text: string): string => text.replace(/[\s;,]+/g, '').replaceAll('"', "'");
  expect(squeeze(readFileSync('grammar/cst.ts', 'utf8'))).toContain(squeeze(cstTypes()));
  expect(squeeze(readFileSync('rules/index.ts', 'utf8'))).toBe(squeeze(registry()));
  expect(readFileSync('rules/README.md', 'utf8')).toBe(rulesPage(allRules));
  expect(readFileSync('docs/architecture.md', 'utf8')).toBe(architecturePage());
});
