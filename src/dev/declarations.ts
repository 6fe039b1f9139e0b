import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { rolldown } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';

/**
 * Writes the declarations of the library to dist/: one file an entry, and one for what they share. Nothing is installed with
 * dflint, so they may name no package.
 */
export async function declarations(): Promise<void> {
  const folder = 'dist/declarations';
  execFileSync('node', ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
  const entries = ['index', 'rule', 'report'].map((name) => [name, `${folder}/src/${name}.d.ts`]);
  const build = await rolldown({
    input: Object.fromEntries(entries),
    plugins: [dts({ dtsInput: true })],
    external: (name) => !name.startsWith('.') && !name.startsWith('/') && !name.startsWith('dist/'),
  });
  const { output } = await build.write({
    dir: 'dist',
    entryFileNames: '[name].d.ts',
    chunkFileNames: '[name].d.ts',
    codeSplitting: { groups: [{ name: 'shared', minShareCount: 2 }] },
  });
  rmSync(folder, { recursive: true });
  for (const { fileName, ...chunk } of output) {
    const foreign = chunk.type === 'chunk' ? chunk.imports.filter((it) => !/\.d\.[cm]?ts$/.test(it)) : [];
    if (foreign.length > 0) throw new Error(`${fileName} imports ${foreign.join(', ')}, which users do not have`);
  }
}
