/** Programs of the tar family. */
export const tars: ReadonlySet<string> = new Set(['tar', 'bsdtar', 'gtar', 'star']);

/** Programs that take the compression off the archive that they are given. */
export const decompressors: ReadonlySet<string> = new Set(
  'gunzip bunzip2 unxz unlzma unzstd uncompress zcat gzcat bzcat xzcat zstdcat'.split(' '),
);
