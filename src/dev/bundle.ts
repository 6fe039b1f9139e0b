import { chmodSync, readFileSync, rmSync } from 'node:fs';
import { build, type Metafile } from 'esbuild';

/**
 * Writes the command line and the library to dist/ as bundles that share lazily loaded chunks: unbundled imports cost
 * several times the start of Node. Every library is inside; nothing is installed with dflint.
 */
export async function bundle(): Promise<Metafile> {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  rmSync('dist/chunks', { recursive: true, force: true });
  const { metafile } = await build({
    entryPoints: { cli: 'src/cli.ts', index: 'src/index.ts' },
    outdir: 'dist',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    chunkNames: 'chunks/[name]-[hash]',
    define: { DFLINT_VERSION: JSON.stringify(version) },
    legalComments: 'linked',
    // yargs is CommonJS inside and asks for Node's modules by require
    banner: {
      js: "import { createRequire as __dflintRequire } from 'node:module';\nconst require = __dflintRequire(import.meta.url);",
    },
    metafile: true,
    logLevel: 'warning',
  });
  chmodSync('dist/cli.js', 0o755);
  return metafile;
}
