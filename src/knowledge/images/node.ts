/** The major versions of Node.js behind the names that tags have: https://github.com/nodejs/Release/blob/main/CODENAMES.md */
const codenames: Readonly<Record<string, number>> = {
  argon: 4,
  boron: 6,
  carbon: 8,
  dubnium: 10,
  erbium: 12,
  fermium: 14,
  gallium: 16,
  hydrogen: 18,
  iron: 20,
  jod: 22,
  krypton: 24,
};

/** How the npm of an official image removes dev dependencies; npm 6, which comes with Node.js 14 and older, knows no --omit. */
export function npmPrune(image: { readonly name: string; readonly tag?: string | undefined } | undefined): string {
  const [first = ''] = (image?.name === 'node' ? (image.tag ?? '') : '').split(/[.-]/);
  const major = Object.hasOwn(codenames, first) ? codenames[first]! : Number(/^\d+$/.exec(first)?.[0] ?? 99);
  return `npm prune ${major < 15 ? '--production' : '--omit=dev'}`;
}
