/** What a room knows, and whom it may import. A room may always import itself; a package is named as it is imported. */
export interface Room {
  readonly knows: string;
  /** Rooms, files and packages; `*` for all of them. */
  readonly imports: readonly string[];
  /** Whether it may read files, the environment or the clock, or wait. */
  readonly isHost?: boolean;
}

const node = (...names: readonly string[]): string[] => names.map((it) => `node:${it}`);

/** The house, from the ground up. */
export const rooms: Readonly<Record<string, Room>> = {
  'src/text': {
    knows: 'spans, lines, edits, paths, patterns, underlined source',
    imports: ['fastest-levenshtein', 'get-east-asian-width'],
  },
  'src/knowledge': {
    knows: 'typed tables of facts: package managers, ecosystems, commands, images, builders, other linters',
    imports: [],
  },
  grammar: { knows: 'text → tree: the Dockerfile language and nothing else', imports: ['chevrotain', 'src/text'] },
  'src/shell': {
    knows: 'what a RUN says: commands with words and spans, package operations',
    imports: ['unbash', 'src/text', 'src/knowledge'],
  },
  'src/model': {
    knows:
      'what the file means: stages, variables, takes, effects, installs, mounts, cache keys, layers, the build context',
    imports: ['grammar', 'src/shell', 'src/text', 'src/knowledge'],
  },
  'src/host': {
    knows: 'a folder as the files of a build context',
    imports: ['src/model/context/context.ts'],
    isHost: true,
  },
  'src/rewrite': {
    knows: 'the cheaper order of instructions that do not depend on each other, and the multi-stage version of a file',
    imports: ['grammar', 'src/model', 'src/shell', 'src/knowledge', 'src/text'],
  },
  'src/image': {
    knows: 'image archives: their layers, and the Dockerfile lines that made them',
    imports: [
      ...['grammar', 'src/model', 'src/text', 'fzstd', 'tar-stream'],
      ...node('crypto', 'fs', 'path', 'stream', 'zlib'),
    ],
    isHost: true,
  },
  'src/engine': {
    knows: 'runs rules over a model; `rule.ts` is all that a rule may import',
    imports: ['grammar', 'src/model', 'src/shell', 'src/text'],
  },
  rules: { knows: 'one rule a file', imports: ['src/engine/rule.ts', 'src/knowledge', 'spdx-license-ids'] },
  'src/config': {
    knows: 'presets, config files of dflint and of hadolint, their schema',
    imports: [
      ...['src/engine', 'src/knowledge', 'src/report/format-names.ts', 'src/text', 'yaml', '@cfworker/json-schema'],
      ...node('fs', 'path'),
    ],
    isHost: true,
  },
  'src/shellcheck': {
    knows: 'the real ShellCheck, where it is wanted: scripts out, findings in, answers kept on disk',
    imports: [
      ...['grammar', 'src/model', 'src/engine/diagnostic.ts', 'src/text'],
      ...node('child_process', 'crypto', 'fs', 'fs/promises', 'module', 'os', 'path', 'url', 'worker_threads'),
    ],
    isHost: true,
  },
  'src/report': {
    knows: '`lint/`: one output format a file; `screens/`: what the other commands show',
    imports: [
      ...['grammar', 'src/engine/diagnostic.ts', 'src/engine/example.ts', 'src/engine/rule.ts', 'src/image'],
      ...['src/knowledge', 'src/model', 'src/rewrite', 'src/text'],
    ],
  },
  'src/commands': {
    knows: 'the command line: one command a file, what they share in `lib/`',
    imports: ['*'],
    isHost: true,
  },
  'src/cli.ts': { knows: 'the program `dflint`', imports: ['src/commands', 'node:module'], isHost: true },
  'src/index.ts': { knows: 'the library: `dflint`', imports: ['*'] },
  'src/rule.ts': { knows: 'the library: `dflint/rule`', imports: ['*'] },
  'src/report.ts': { knows: 'the library: `dflint/report`', imports: ['*'] },
  'src/types.ts': { knows: 'the types that the three share', imports: ['*'] },
  'src/dev': { knows: 'generators and benchmarks; not shipped', imports: ['*'], isHost: true },
};

/** The room of a file or of what is imported; undefined for a package. */
export const roomOf = (path: string): string | undefined =>
  Object.keys(rooms).find((room) => path === room || path.startsWith(`${room}/`));

/** The files of these rooms may not import each other, save what they share. */
export const apart: Readonly<Record<string, RegExp>> = {
  // the common helpers, and those of its own subject
  rules: /^rules\/(?:lib|(?<subject>[\w-]+)\/lib)\//,
  'src/commands': /^src\/commands\/lib\//,
};
