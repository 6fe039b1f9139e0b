/** Which options BuildKit lets pass for each type of `RUN --mount`, though some have no effect (commands_runmount.go). */
const everywhere = 'type target dst destination readonly ro readwrite rw id env'.split(' ');
const withOwner = 'mode uid gid'.split(' ');
const source = 'source src'.split(' ');

export const mountOptions: Readonly<Record<'bind' | 'cache' | 'tmpfs' | 'secret' | 'ssh', ReadonlySet<string>>> = {
  bind: new Set([...everywhere, ...source, 'from']),
  cache: new Set([...everywhere, ...source, ...withOwner, 'from', 'sharing']),
  tmpfs: new Set([...everywhere, ...source, 'from', 'size']),
  secret: new Set([...everywhere, ...source, ...withOwner, 'required']),
  ssh: new Set([...everywhere, ...withOwner, 'from', 'required']),
};

/** Options that stand without a value. */
export const bareMountOptions: ReadonlySet<string> = new Set(['readonly', 'ro', 'readwrite', 'rw', 'required']);

/** How runs of a build may share a cache mount. */
export const mountSharing: readonly string[] = ['shared', 'private', 'locked'];
