import { listed } from '../../src/engine/rule.ts';

/** How findings say things: amounts, lists, sizes. */
export { bytesText as size, counted, listed, numberText as count } from '../../src/engine/rule.ts';

/** `a, b and c`, each once. */
export const listedOnce = (names: readonly string[]): string => listed([...new Set(names)]);
