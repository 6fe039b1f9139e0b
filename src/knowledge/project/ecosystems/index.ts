import { compiled } from './compiled.ts';
import { javascript } from './javascript.ts';
import { others } from './others.ts';
import { pythons } from './python.ts';
import { scripting } from './scripting.ts';
import type { Ecosystem } from './types.ts';

export type { Ecosystem } from './types.ts';

/** Adding an ecosystem is adding one to the file of its language. */
export const ecosystems: readonly Ecosystem[] = [...javascript, ...pythons, ...scripting, ...compiled, ...others];
