import { execFileSync } from 'node:child_process';
import { bundle } from './bundle.ts';

/** Makes dist/: the bundles, and the declarations of the library. */
await bundle();
execFileSync('node', ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
