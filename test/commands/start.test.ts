import { expect, inject, test } from 'vitest';

/** What a command line of paths loads, by the bundle's own account rather than by the clock. */
test('linting a file loads neither yargs nor globby nor chalk', () => {
  const { outputs } = inject('metafile');
  const reachable = (entry: string, dynamic: readonly RegExp[]): Set<string> => {
    const found = new Set<string>();
    const open = [entry];
    for (let path = open.pop(); path; path = open.pop()) {
      if (found.has(path)) continue;
      found.add(path);
      for (const { path: next, kind } of outputs[path]?.imports ?? []) {
        const wanted =
          kind === 'import-statement' || dynamic.some((pattern) => pattern.test(outputs[next]?.entryPoint ?? ''));
        if (wanted && outputs[next]) open.push(next);
      }
    }
    return found;
  };
  const packages = (entry: string, dynamic: readonly RegExp[]): string[] => {
    const inputs = [...reachable(entry, dynamic)].flatMap((path) => Object.keys(outputs[path]!.inputs));
    return [...new Set(inputs.flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []))];
  };
  const linting = packages('dist/cli.js', [/commands\/lib\/work\.ts$/]);
  expect(linting).toContain('chevrotain');
  for (const heavy of ['yargs', 'globby', 'chalk', 'yaml', 'fast-glob']) expect(linting).not.toContain(heavy);
  expect(packages('dist/cli.js', [])).toEqual([]);
});
