/** What an instruction says on one line: continued lines joined, the comments between them left out. */
export const oneLine = (raw: string): string =>
  raw
    .replace(/[\\`][ \t]*\r?\n(?:[ \t]*#.*\n)*/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** `a`, `a and b`, `a, b and c`, or with `or`. */
export const listed = (words: readonly string[], join: 'and' | 'or' = 'and'): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${join} ${words.at(-1)}`;

/** `1,204`. */
export const numberText = (amount: number): string => String(amount).replace(/(?<=\d)(?=(?:\d{3})+$)/g, ',');

/** `1 file`, `1,204 files`. */
export const counted = (amount: number, one: string, many = `${one}s`): string =>
  `${numberText(amount)} ${amount === 1 ? one : many}`;
