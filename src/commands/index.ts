/** All commands in one part of the bundle: each is small beside what they share, and every part costs a millisecond to load. */
export { cacheCommand } from './cache.ts';
export { lintDefaults } from './choices.ts';
export { explainCommand } from './explain.ts';
export { imageCommand } from './image.ts';
export { initCommand } from './init.ts';
export { layersCommand } from './layers.ts';
export { lintCommand } from './lint.ts';
export { parseCommand } from './parse.ts';
export { rewriteCommand } from './rewrite.ts';
export { rulesCommand } from './rules.ts';
export { stagesCommand } from './stages.ts';
export { processTerminal } from './terminal.ts';
