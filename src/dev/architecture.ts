import { HEADER } from './registry.ts';
import { roomOf, rooms } from './rooms.ts';

/** The text of docs/architecture.md: the house in one picture, and the table of who may import whom. */
export function architecturePage(): string {
  return [
    `<!-- ${HEADER} -->`,
    '# Architecture',
    '',
    'A Dockerfile goes through the house from the bottom to the top: `grammar` makes a tree of its text, `src/model` says what the tree means, `src/engine` lets `rules` look at the model, and `src/report` shows what they found. Each floor adds one kind of knowledge, and nothing calls upwards. A fact about a file is computed once, when it is first asked for, in the model; a fact about the world is in a table of `src/knowledge`. Rules, screens and rewrites read the same facts, so they give the same answer.',
    '',
    'An arrow means "imports"; arrows that follow from others are left out.',
    '',
    '```mermaid',
    'flowchart TB',
    ...picture(),
    '```',
    '',
    'Only the rooms marked with ● read files, the environment or the clock; all others are pure and synchronous.',
    '',
    '| room | what it knows | may import | packages |',
    '| --- | --- | --- | --- |',
    ...Object.entries(rooms).map(([name, room]) => row(name, room)),
    '',
    'A room may always import itself, but rules do not import each other, nor do commands: what two of them need is in `lib/`. `test/house.test.ts` holds all of this and fails with the import that breaks it.',
    '',
  ].join('\n');
}

const cell = (names: readonly string[]): string => names.map((it) => `\`${it}\``).join(', ');

function row(name: string, { knows, imports, isHost }: (typeof rooms)[string]): string {
  const own = imports.filter((it) => roomOf(it) !== undefined);
  const packages = imports.filter((it) => it !== '*' && roomOf(it) === undefined);
  const all = imports.includes('*') ? 'all' : cell(own) || 'nothing';
  return `| \`${name}\`${isHost ? ' ●' : ''} | ${knows} | ${all} | ${cell(packages)} |`;
}

/** The arrows between rooms that no way through another room replaces. */
function picture(): string[] {
  const shown = Object.keys(rooms).filter((name) => !name.endsWith('.ts') && name !== 'src/dev');
  const direct = new Map(
    shown.map((name) => {
      const { imports } = rooms[name]!;
      const to = imports.includes('*') ? shown : imports.flatMap((it) => roomOf(it) ?? []);
      return [name, [...new Set(to)].filter((it) => it !== name)] as const;
    }),
  );
  const reaches = (from: string, to: string): boolean =>
    (direct.get(from) ?? []).some((it) => it === to || reaches(it, to));
  const id = (name: string): string => name.replace('src/', '');
  return [...direct].flatMap(([from, all]) =>
    all
      .filter((to) => !all.some((other) => other !== to && reaches(other, to)))
      .map((to) => `  ${id(from)} --> ${id(to)}`),
  );
}
