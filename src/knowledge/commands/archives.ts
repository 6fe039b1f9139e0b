/** Endings of the archives that ADD unpacks; it goes by content, so a name is only a strong hint (moby go-archive: tar, gzip, bzip2, xz, zstd). */
export const archiveEndings: readonly string[] = [
  ...['.tar', '.tar.gz', '.tgz', '.tar.bz2', '.tbz', '.tbz2', '.tb2', '.tar.xz', '.txz', '.tar.zst', '.tzst'],
  ...['.gz', '.bz2', '.xz', '.zst', '.tar.z', '.tpz', '.taz'],
];
