import { chmodSync, readFileSync, rmSync } from 'node:fs';
import { build, type Metafile, type Plugin } from 'esbuild';

/** yargs takes settings from the nearest package.json, which in a bundle is that of the folder where somebody works. */
const withoutPackageSearch: Plugin = {
  name: 'without-package-search',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]escalade[\\/]sync[\\/]/ }, () => ({ contents: 'export default () => undefined;' }));
  },
};

/**
 * Writes the command line, with lazily loaded parts, and the library to dist/: unbundled imports cost several times the
 * start of Node. Every library is inside; nothing is installed with dflint.
 */
export async function bundle(): Promise<Metafile> {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  for (const folder of ['dist/chunks', 'dist/library']) rmSync(folder, { recursive: true, force: true });
  const common = {
    outdir: 'dist',
    bundle: true,
    // not for its size: less text is parsed sooner
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    define: { DFLINT_VERSION: JSON.stringify(version) },
    legalComments: 'linked',
    logLevel: 'warning',
  } as const;
  // apart from the command line, as what these share with it would be cut into many small parts; neutral, as the library runs
  // where there is no Node too, and a module of Node that it imports is then an error here
  await build({
    ...common,
    platform: 'neutral',
    mainFields: ['module', 'main'],
    entryPoints: { index: 'src/index.ts', rule: 'src/rule.ts', report: 'src/report.ts' },
    splitting: true,
    chunkNames: 'library/[name]-[hash]',
  });
  // a thread begins with a file
  await build({ ...common, entryPoints: { 'shellcheck-worker': 'src/shellcheck/worker.ts' } });
  const { metafile } = await build({
    ...common,
    entryPoints: { cli: 'src/cli.ts' },
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    plugins: [withoutPackageSearch],
    // yargs is CommonJS inside and asks for Node's modules by require
    banner: {
      js: "import { createRequire as __dflintRequire } from 'node:module';\nconst require = __dflintRequire(import.meta.url);",
    },
    metafile: true,
  });
  chmodSync('dist/cli.js', 0o755);
  return metafile;
}
