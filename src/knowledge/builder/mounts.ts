/** Which options each type of `RUN --mount` takes (BuildKit, frontend/dockerfile/instructions/commands_runmount.go). */
const everywhere = 'type target dst destination readonly ro readwrite rw'.split(' ');
const withOwner = 'mode uid gid'.split(' ');

export const mountOptions: Readonly<Record<'bind' | 'cache' | 'tmpfs' | 'secret' | 'ssh', ReadonlySet<string>>> = {
  bind: new Set([...everywhere, 'source', 'src', 'from']),
  cache: new Set([...everywhere, ...withOwner, 'source', 'src', 'from', 'id', 'sharing']),
  tmpfs: new Set([...everywhere, 'from', 'size']),
  secret: new Set([...everywhere, ...withOwner, 'source', 'src', 'id', 'env', 'required']),
  ssh: new Set([...everywhere, ...withOwner, 'id', 'required']),
};

/** Options that stand without a value. */
export const bareMountOptions: ReadonlySet<string> = new Set(['readonly', 'ro', 'readwrite', 'rw', 'required']);

/** How runs of a build may share a cache mount. */
export const mountSharing: readonly string[] = ['shared', 'private', 'locked'];
