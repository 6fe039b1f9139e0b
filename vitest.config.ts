import { defineConfig } from 'vitest/config';

/** What runs dist/: the command line, the package, ShellCheck's worker. */
const bundle = [
  'test/commands/**/*.test.ts',
  'test/image/command.test.ts',
  'test/package/**/*.test.ts',
  'test/shellcheck/**/*.test.ts',
];
const builder = ['test/builder/**/*.test.ts'];

export default defineConfig({
  test: {
    testTimeout: 60_000,
    // no test leaves a state behind, so the rules are loaded once a thread and not once a file
    isolate: false,
    // one less than there are cores is the default, which of two leaves one
    maxWorkers: '100%',
    pool: 'threads',
    projects: [
      { extends: true, test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: [...bundle, ...builder] } },
      { extends: true, test: { name: 'bundle', include: bundle, globalSetup: 'test/setup.ts' } },
      { extends: true, test: { name: 'builder', include: builder, isolate: true, pool: 'forks' } },
    ],
  },
});
