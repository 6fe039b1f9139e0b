import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import type { Judged } from '../../test/builder/builder.ts';
import { type Judge, judges } from '../../test/builder/judges.ts';
import { type Figures, judgeWith } from './builder-judge.ts';
import { loadRules } from './cases.ts';
import { type Compared, makeChecker } from './checks.ts';
import { dockerfiles } from './files.ts';
import { type RealRewrite, realRewrites } from './real.ts';

/**
 * `npm run proof -- [files] [others] [checked] [seed] [folder...]`: builds so many random files with BuildKit and with each other
 * builder that is at hand, compares `docker build --check` with preset buildkit on files of folders, prints all that is wrong
 * or differs, and writes the figures to docs/proof.md. Half an hour for 150, 50 and 1,000.
 */
const given = process.argv.slice(2);
const numbers = given.flatMap((it) => (/^\d+$/.test(it) ? [Number(it)] : []));
const [count = 150, others = 50, checked = 1000, seed = Date.now() % 2 ** 31] = numbers;
const corpora = given.filter((it) => !/^\d+$/.test(it));
const folders = corpora.length > 0 ? corpora : ['../shared/corpus', '../shared/corpus-current'];

const version = (command: string, ...args: string[]): string =>
  execFileSync(command, args, { encoding: 'utf8' }).trim();
const versions: Readonly<Record<Judged, () => string>> = {
  buildkit: () => `Docker ${version('docker', 'version', '--format', '{{.Server.Version}}')}`,
  classic: () => `Docker ${version('docker', 'version', '--format', '{{.Server.Version}}')}`,
  buildah: () => version('buildah', '--version').replace(/^buildah version (\S+).*$/, 'buildah $1'),
};

interface Column {
  readonly kind: Judged;
  readonly version: string;
  readonly figures: Figures;
}

async function judged(it: Judge): Promise<Column> {
  const { kind } = it;
  const figures = await judgeWith(it, { count: kind === 'buildkit' ? count : others, seed });
  return { kind, version: versions[kind](), figures };
}

const share = (part: number, whole: number): string => (whole === 0 ? '' : ` (${Math.round((100 * part) / whole)} %)`);
const of = (part: number, whole: number): string => `${part} of ${whole}${share(part, whole)}`;

const rows: readonly (readonly [string, (figures: Figures) => string])[] = [
  ['files built', (it) => String(it.files)],
  ['layers foretold for certain', (it) => String(it.certainLayers)],
  ['layers that only the built files tell, and came', (it) => of(it.openMade, it.openLayers)],
  ['steps foretold to run again', (it) => String(it.yes)],
  ['steps foretold to come from the cache', (it) => String(it.no)],
  ['steps that may run again, and did', (it) => of(it.maybeRan, it.maybe)],
  ['cheaper orders built, with the same files', (it) => String(it.orders)],
  ['paths that a step writes, found in its layer', (it) => of(it.pathsFound, it.paths)],
  ['wasted files told, found in both layers', (it) => of(it.wastesFound, it.wastes)],
  ['bytes removed by a later layer, foretold', (it) => of(it.removedTold, it.removedBytes)],
  ['bytes written again by a later layer, foretold', (it) => of(it.overwrittenTold, it.overwrittenBytes)],
  ['**wrong**', (it) => `**${it.wrong}**`],
];

function buildersTable(columns: readonly Column[]): string {
  const head = ['', ...columns.map(({ kind, version }) => `${kind} (${version})`)];
  const lines = rows.map(([name, tell]) => [name, ...columns.map(({ figures }) => tell(figures))]);
  return [head, head.map((_, index) => (index === 0 ? '---' : '--:')), ...lines]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
}

/** By rule: what both, docker alone and dflint alone report. */
async function checksTable(): Promise<{ files: number; table: string }> {
  const texts = folders.flatMap((folder) => (existsSync(folder) ? dockerfiles(folder) : []));
  const [chosen = []] = fc.sample(
    fc.shuffledSubarray(texts, { minLength: Math.min(checked, texts.length), maxLength: checked }),
    {
      numRuns: 1,
      seed,
    },
  );
  const counts = new Map<string, Record<keyof Compared, number>>();
  const checker = await makeChecker(await loadRules());
  try {
    for (const { path, text } of chosen) {
      const compared = await checker.compare(text);
      for (const side of ['both', 'docker', 'dflint'] as const)
        for (const it of compared[side]) {
          const name = it.replace(/^\d+ /, '');
          const row = counts.get(name) ?? { both: 0, docker: 0, dflint: 0 };
          counts.set(name, row);
          row[side] += 1;
          if (side !== 'both') console.log(`${path}:${it.replace(' ', ': ')}: only ${side}`);
        }
    }
  } finally {
    checker.dispose();
  }
  const lines = [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { both, docker, dflint }]) => `| ${name} | ${both} | ${docker} | ${dflint} |`);
  const head = ['| rule | both | docker alone | dflint alone |', '| --- | --: | --: | --: |'];
  return { files: chosen.length, table: [...head, ...lines].join('\n') };
}

function realTable(found: readonly RealRewrite[]): string {
  const lines = found.map(({ name, same, before, after }) => {
    const [old, now] = [before, after].map(({ ran, seconds }) => `${ran} (${seconds.toFixed(1)} s)`);
    return `| ${name} | ${old} | ${now} | ${same ? 'the same' : '**other**'} |`;
  });
  return `
## Projects with their real toolchain

Fixtures, built with Debian's node, Python, go, Maven and cargo: the steps that run after a change of a source file and the seconds of that build, in the old order and in the one of \`dflint cache --rewrite\`, and whether the program answers the same.

| fixture | before | after | answer |
| --- | --: | --: | --- |
${lines.join('\n')}
`;
}

const at = judges.filter(({ missing }) => missing.length === 0);
const columns = await Promise.all(at.map(judged));
const checks = at.some(({ kind }) => kind === 'buildkit') ? await checksTable() : undefined;
const real = at.some(({ kind }) => kind === 'buildkit')
  ? await realRewrites().catch((error: Error) => {
      console.error(`no project was built with its real toolchain: ${error.message.slice(-300)}`);
    })
  : undefined;
const day = new Date().toISOString().slice(0, 10);

writeFileSync(
  'docs/proof.md',
  `# Held against real builders

Made by \`npm run proof\` on ${day}, with seed ${seed}. Anyone with docker, buildah or both can run it; what is missing is left out.

## Random Dockerfiles

Each file is built, one file of its context or one argument is changed, and it is built again. What dflint foretells of its layers, of the steps that run again, of the files in each layer and of what is wasted is held against what the builder made; the order that \`dflint cache --rewrite\` proposes is built too, and has to make the same files. The base images are stand-ins with the programs that the files call, so that no network is needed. Under BuildKit the files also have here-documents, mounts and links, which the other two do not all read.

${buildersTable(columns)}

Of bytes that a layer wastes, dflint tells only what is certain from the file: what package managers leave and programs write is for \`dflint layers --image\`.
${real ? realTable(real) : ''}${
  checks
    ? `
## \`docker build --check\`

${checks.files} real Dockerfiles, each with \`docker build --check\` and with preset buildkit: findings by rule and instruction; in a file that does not build, docker stops, and what dflint alone finds there is not counted. Files that FROM completes only with a build argument are refused by docker and warned of by dflint, which cannot know the argument. Why else they differ, where they do, is told in [compatibility](compatibility.md).

${checks.table}
`
    : ''
}`,
);
console.log('docs/proof.md is written');
