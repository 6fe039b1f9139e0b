import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundle } from './bundle.ts';

/**
 * `npm run bench [FOLDER]`: throughput over the Dockerfiles of a folder, time against size on generated files, and the start
 * of the program against that of Node. All in one run, so that the figures can be compared with each other.
 */
const folder = process.argv[2] ?? (existsSync('../shared/corpus') ? '../shared/corpus' : 'fixtures');
const work = mkdtempSync(join(tmpdir(), 'dflint-bench-'));
try {
  await bundle();
  // measured as people get it: bundled
  const inside = join(work, 'inside.mjs');
  await build({
    entryPoints: ['src/dev/bench-inside.ts'],
    outfile: inside,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'warning',
  });
  execFileSync('node', [inside, folder], { stdio: 'inherit' });
  startUp();
} finally {
  rmSync(work, { recursive: true });
}

interface Sample {
  readonly cpu: number;
  readonly wall: number;
}

/** CPU and wall milliseconds of one process, its children's accounting read by a parent of its own. */
function run(args: readonly string[]): Sample {
  const parent = `
    const { spawnSync } = require('node:child_process');
    const before = process.resourceUsage();
    const start = process.hrtime.bigint();
    spawnSync(process.execPath, ${JSON.stringify(args)}, { stdio: 'ignore' });
    const wall = Number(process.hrtime.bigint() - start) / 1e6;
    const stat = require('node:fs').readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ');
    console.log(JSON.stringify({ cpu: (Number(stat[13]) + Number(stat[14])) * 10, wall }));`;
  return JSON.parse(execFileSync('node', ['-e', parent], { encoding: 'utf8' })) as Sample;
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1]!;
}

function startUp(): void {
  if (!existsSync('/proc/self/stat')) {
    console.log('\nStart-up: skipped, as this system has no /proc to read CPU time from');
    return;
  }
  const small = join(work, 'Dockerfile');
  writeFileSync(
    small,
    'FROM node:22.11-slim\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .\nUSER node\nCMD ["node", "server.js"]\n',
  );
  const subjects: Record<string, readonly string[]> = {
    'dflint --version': ['dist/cli.js', '--version'],
    'dflint Dockerfile': ['dist/cli.js', small],
    'dflint --format json Dockerfile': ['dist/cli.js', '--format', 'json', small],
  };
  console.log('\nStart-up, as a ratio to node -e 0 (median of 15 pairs, alternating)');
  for (const [name, args] of Object.entries(subjects)) {
    const pairs = Array.from({ length: 16 }, () => ({ node: run(['-e', '0']), own: run(args) })).slice(1);
    const ratio = (key: keyof Sample): string => median(pairs.map(({ node, own }) => own[key] / node[key])).toFixed(2);
    const base = median(pairs.map(({ node }) => node.wall)).toFixed(0);
    console.log(`  ${name.padEnd(34)} CPU ${ratio('cpu')}  wall ${ratio('wall')}  (node -e 0: ${base} ms wall)`);
  }
}
