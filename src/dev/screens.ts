import { run } from '../commands/lib/arguments.ts';
import type { Terminal } from '../commands/lib/terminal.ts';
import { commands } from '../commands/table.ts';
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

/** What a command line prints; `quietly` are words that are not shown. */
async function screen(words: string, ...quietly: readonly string[]): Promise<string[]> {
  const terminal = page();
  const code = await run([...words.split(' '), ...quietly], commands, () => terminal);
  if (code !== 0) throw new Error(`dflint ${words} ended with ${code}: ${terminal.text()}`);
  return ['', `\`dflint ${words}\``, '', '```text', terminal.text().trimEnd(), '```'];
}

const apps = ['node-app', 'python-app', 'go-app', 'java-app', 'rust-app', 'php-app'];
const services = ['services/api/Dockerfile', 'services/api/Dockerfile.good', 'services/web/Dockerfile'];

/** The paths of Dockerfiles of a fixture, and its context. */
const of = (name: string, files: readonly string[] = ['Dockerfile']): string =>
  `${files.map((file) => `fixtures/${name}/${file}`).join(' ')} --context fixtures/${name}`;

/** What `dflint layers` says of the fixtures. */
export async function layersPage(): Promise<string> {
  const parts: string[] = [];
  for (const name of [...apps, 'builder/stages']) parts.push('', `## ${name}`, ...(await screen(`layers ${of(name)}`)));
  parts.push('', '## Several files', ...(await screen(`layers ${of('monorepo', services)}`)));
  return [
    `<!-- ${HEADER} -->`,
    '# Layers of the fixtures',
    '',
    'What each instruction adds to the image, what is wasted, and what several images share.',
    ...parts,
    '',
  ].join('\n');
}

/** What `dflint cache` says of the fixtures, after usual changes, after one, and what it would put in another order. */
export async function cachePage(): Promise<string> {
  const parts: string[] = [];
  const changes: Readonly<Record<string, string>> = { 'node-app': 'src/server.js', 'builder/stages': 'manifest.txt' };
  // nothing that differs between checkouts
  const cache = (words: string): Promise<string[]> => screen(`cache ${words}`, '--no-history');
  for (const name of [...apps, 'classic/old-node', 'builder/stages']) {
    const changed = changes[name];
    parts.push('', `## ${name}`, ...(await cache(of(name))));
    if (changed !== undefined) parts.push(...(await cache(`${of(name)} --changed ${changed}`)));
    parts.push(...(await cache(`${of(name)} --rewrite`)));
  }
  return [
    `<!-- ${HEADER} -->`,
    '# The cache of the fixtures',
    '',
    'Which steps run again after a change, and a cheaper order. No git history is used, so that this page is the same in every checkout.',
    ...parts,
    '',
  ].join('\n');
}
