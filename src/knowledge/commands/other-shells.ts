/** Shells that are more than, or other than, the `sh` of an image. BusyBox, which gives one to an image without, is none of them. */
export const otherShells: ReadonlySet<string> = new Set('bash rbash zsh ksh ksh93 mksh fish yash dash'.split(' '));
