import { join } from 'node:path';
import { cacheCommand } from '../commands/cache.ts';
import { layersCommand } from '../commands/layers.ts';
import { rewriteCommand } from '../commands/rewrite.ts';
import type { Terminal } from '../commands/terminal.ts';
import { noPaint } from '../report/paint.ts';
import { HEADER } from './registry.ts';

/** A terminal of 80 columns whose output is a page. */
function page(): Terminal & { readonly text: () => string } {
  const out: string[] = [];
  return {
    cwd: process.cwd(),
    version: '',
    width: 80,
    print: (text) => out.push(text),
    complain: (line) => out.push(`${line}\n`),
    paint: () => Promise.resolve(noPaint),
    input: () => Buffer.alloc(0),
    environment: () => undefined,
    text: () => out.join(''),
  };
}

const model = (name: string, files: readonly string[] = ['Dockerfile']) => ({
  paths: files.map((file) => join('fixtures', name, file)),
  buildArgs: [],
  target: undefined,
  context: join('fixtures', name),
});
/** Nothing that differs between checkouts. */
const builder = { format: 'pretty', builder: 'buildkit', history: false } as const;

async function screen(words: string, run: (terminal: Terminal) => Promise<number>): Promise<string[]> {
  const terminal = page();
  const code = await run(terminal);
  if (code !== 0) throw new Error(`dflint ${words} ended with ${code}: ${terminal.text()}`);
  return ['', `\`dflint ${words}\``, '', '```text', terminal.text().trimEnd(), '```'];
}

const apps = ['node-app', 'python-app', 'go-app', 'java-app', 'rust-app', 'php-app'];
const services = ['services/api/Dockerfile', 'services/api/Dockerfile.good', 'services/web/Dockerfile'];

/** What `dflint layers` says of the fixtures. */
export async function layersPage(): Promise<string> {
  const parts: string[] = [];
  for (const name of [...apps, 'builder/stages']) {
    const of = model(name);
    parts.push('', `## ${name}`);
    parts.push(
      ...(await screen(`layers ${of.paths[0]} --context ${of.context}`, (it) =>
        layersCommand({ ...of, ...builder }, it),
      )),
    );
  }
  const several = model('monorepo', services);
  parts.push('', '## Several files');
  parts.push(
    ...(await screen(`layers ${several.paths.join(' ')} --context ${several.context}`, (it) =>
      layersCommand({ ...several, ...builder }, it),
    )),
  );
  return [
    `<!-- ${HEADER} -->`,
    '# Layers of the fixtures',
    '',
    'What each instruction adds to the image, what of it is wasted, and what several images share.',
    ...parts,
    '',
  ].join('\n');
}

/** What `dflint cache` says of the fixtures, after usual changes, after one, and what it would put in another order. */
export async function cachePage(): Promise<string> {
  const parts: string[] = [];
  const changes: Readonly<Record<string, string>> = { 'node-app': 'src/server.js', 'builder/stages': 'manifest.txt' };
  for (const name of [...apps, 'classic/old-node', 'builder/stages']) {
    const of = model(name);
    const words = `${of.paths[0]} --context ${of.context}`;
    const table = { ...of, ...builder, changed: [], args: [], since: undefined };
    parts.push('', `## ${name}`, ...(await screen(`cache ${words}`, (it) => cacheCommand(table, it))));
    const changed = changes[name];
    if (changed !== undefined)
      parts.push(
        ...(await screen(`cache ${words} --changed ${changed}`, (it) =>
          cacheCommand({ ...table, changed: [changed] }, it),
        )),
      );
    parts.push(
      ...(await screen(`cache ${words} --rewrite`, (it) => rewriteCommand({ ...of, ...builder, write: false }, it))),
    );
  }
  return [
    `<!-- ${HEADER} -->`,
    '# The cache of the fixtures',
    '',
    'What a change runs again, and the order that runs less again. No history of git is counted, so that this page is the same in every checkout.',
    ...parts,
    '',
  ].join('\n');
}
