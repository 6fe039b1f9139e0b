/** A value and the place from which it holds. */
export interface Entry<T> {
  readonly from: number;
  readonly value: T;
}

/** The value that holds at a place: that of the last entry that begins at or before it. Entries are in order. */
export function latest<T>(entries: readonly Entry<T>[], at: number): T | undefined {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (entries[middle]!.from <= at) low = middle + 1;
    else high = middle;
  }
  return entries[low - 1]?.value;
}
