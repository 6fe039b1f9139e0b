import { listed } from '../../src/engine/rule.ts';

/** How findings say things: amounts, lists, sizes. */
export { bytesText as size, counted, listed, numberText as count } from '../../src/engine/rule.ts';

/** `, and so are 3 more`, behind a sentence about the first of several; nothing for no more. */
export const andMore = (more: number): string =>
  more === 0 ? '' : `, and so ${more === 1 ? 'is one more' : `are ${more} more`}`;

/** `a, b and c`, each once. */
export const listedOnce = (names: readonly string[]): string => listed([...new Set(names)]);
