import type { Metafile } from 'esbuild';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    readonly metafile: Metafile;
  }
}

/** The command line and the library are tested as people get them: built. */
export async function setup(project: TestProject): Promise<void> {
  const { metafile } = await import('../src/dev/build.ts');
  project.provide('metafile', metafile);
}
