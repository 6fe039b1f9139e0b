/** For rules of your own: `import { rule, option, replace, dockerfile } from 'dflint/rule'`. All of it is pure. */

export * from './engine/rule.ts';
export type * from './types.ts';
