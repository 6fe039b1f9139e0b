import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { architecturePage } from './architecture.ts';
import { compatibilityPage, readMeasured } from './compatibility.ts';
import { cstTypes } from './cst.ts';
import { rulesPage } from './docs.ts';
import { HEADER, registry } from './registry.ts';
import { cachePage, layersPage } from './screens.ts';

/** Writes what is told by other files: the types of the concrete tree, the list of rules, their page, the house, what is compatible, what the fixtures show. */
writeFileSync('grammar/cst.ts', `// ${HEADER}\n${cstTypes()}`);
writeFileSync('rules/index.ts', registry());
execFileSync('node_modules/.bin/biome', ['check', '--write', 'grammar/cst.ts', 'rules/index.ts'], { stdio: 'inherit' });
const { allRules } = await import('../../rules/index.ts');
writeFileSync('rules/README.md', rulesPage(allRules));
writeFileSync('docs/architecture.md', architecturePage());
writeFileSync('docs/compatibility.md', compatibilityPage(allRules, readMeasured()));
writeFileSync('docs/layers.md', await layersPage());
writeFileSync('docs/cache.md', await cachePage());
