import { rmSync, writeFileSync } from 'node:fs';
import { allRules } from '../../rules/index.ts';
import { configSchema } from '../config/schema.ts';
import { bundle } from './bundle.ts';
import { declarations } from './declarations.ts';

/** Makes dist/: the bundles, the declarations of the library, and the schema of config files. */
rmSync('dist', { recursive: true, force: true });
export const metafile = await bundle();
writeFileSync('dist/config.schema.json', `${JSON.stringify(configSchema(allRules))}\n`);
await declarations();
