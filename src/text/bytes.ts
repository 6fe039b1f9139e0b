const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** Bytes for people: `812 B`, `1.4 MB`, `212 MB`, in decimal units as docker shows them. */
export function bytesText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  // 999.5 rounds to 1000, which is 1 of the next unit.
  while (Math.abs(value) >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  if (unit === 0) return `${Math.round(value)} B`;
  return `${Math.abs(value) < 9.95 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}
