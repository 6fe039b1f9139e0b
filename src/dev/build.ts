import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { allRules } from '../../rules/index.ts';
import { configSchema } from '../config/schema.ts';
import { bundle } from './bundle.ts';

/** Makes dist/: the bundles, the declarations of the library, and the schema of config files. */
rmSync('dist', { recursive: true, force: true });
await bundle();
writeFileSync('dist/config.schema.json', `${JSON.stringify(configSchema(allRules), null, 2)}\n`);
execFileSync('node', ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' });

const declarations = reachable('dist/types/src/index.d.ts');
for (const path of readdirSync('dist/types', { recursive: true, encoding: 'utf8' })) {
  if (path.endsWith('.d.ts') && !declarations.has(join('dist/types', path))) rmSync(join('dist/types', path));
}

/** The declarations that a user's compiler reads. Nothing is installed with dflint, so they may name no package. */
function reachable(entry: string): Set<string> {
  const found = new Set<string>();
  const open = [join(entry)];
  for (let path = open.pop(); path; path = open.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    const code = readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
    for (const [, target] of code.matchAll(/(?:from |import\()['"]([^'"]+)['"]/g)) {
      if (!target!.startsWith('.')) throw new Error(`${path} imports ${target}, which users do not have`);
      open.push(join(dirname(path), target!.replace(/\.ts$/, '.d.ts')));
    }
  }
  return found;
}
