import { cache } from './cache.ts';
import { explain } from './explain.ts';
import { init } from './init.ts';
import { layers } from './layers.ts';
import type { Command } from './lib/command.ts';
import { lint } from './lint.ts';
import { parse } from './parse.ts';
import { rules } from './rules.ts';
import { stages } from './stages.ts';

export { lint };

/** Every command, in the order of `--help`. */
export const commands: readonly Command[] = [lint, layers, cache, stages, explain, rules, init, parse];
