/**
 * What commands do their work with, in one part of the bundle: each is small beside what they share, and every part costs a
 * millisecond to load.
 */

import type { Step } from '../../model/index.ts';
import { dependency } from '../../rewrite/dependency.ts';

export { parse } from '../../../grammar/index.ts';
export { allRules } from '../../../rules/index.ts';
export { findConfig } from '../../config/discover.ts';
export { ruleNamed, unknownRule } from '../../config/names.ts';
export { enable } from '../../config/presets.ts';
export { visible } from '../../report/layout.ts';
export { cacheChangeScreen, cacheTableScreen } from '../../report/screens/cache.ts';
export { changeRows, tableRows } from '../../report/screens/cache-rows.ts';
export { layersScreen } from '../../report/screens/layers.ts';
export { explained, rulesScreen } from '../../report/screens/rules.ts';
export { treeJson } from '../../report/screens/tree.ts';
export { position } from '../../text/lines.ts';
export { analyzeFiles } from './analyze.ts';
export { readText } from './files.ts';
export { showImage } from './image.ts';
export { lintFiles } from './lint-files.ts';
export { rewriteFiles } from './rewrite.ts';
export { show } from './show.ts';
export { compareFiles } from './since.ts';
export { showStages } from './stages.ts';
export { suggestFiles } from './suggest.ts';

/** Whether `later` may come before `earlier`, both of one stage. */
export const independent = (earlier: Step, later: Step): boolean => !dependency(earlier, later, () => '');
