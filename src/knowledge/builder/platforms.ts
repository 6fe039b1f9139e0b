/** Operating systems that may stand alone as a platform (containerd/platforms). */
export const platformSystems: ReadonlySet<string> = new Set(
  'aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris windows zos'.split(
    ' ',
  ),
);

/** Names of architectures, as they are written and as they are normalized. */
export const architectureNames: ReadonlyMap<string, string> = new Map([
  ['386', '386'],
  ['i386', '386'],
  ['amd64', 'amd64'],
  ['x86_64', 'amd64'],
  ['x86-64', 'amd64'],
  ['arm', 'arm'],
  ['armhf', 'arm'],
  ['armel', 'arm'],
  ['arm64', 'arm64'],
  ['aarch64', 'arm64'],
  ['loong64', 'loong64'],
  ['mips', 'mips'],
  ['mipsle', 'mipsle'],
  ['mips64', 'mips64'],
  ['mips64le', 'mips64le'],
  ['ppc64', 'ppc64'],
  ['ppc64le', 'ppc64le'],
  ['riscv64', 'riscv64'],
  ['s390x', 's390x'],
  ['wasm', 'wasm'],
]);

/** What the builder predefines for FROM lines and for `ARG name`; the values belong to the build. */
export const platformArguments: ReadonlySet<string> = new Set(
  ['BUILD', 'TARGET'].flatMap((side) => ['PLATFORM', 'OS', 'OSVERSION', 'ARCH', 'VARIANT'].map((part) => side + part)),
).add('TARGETSTAGE');

/** An architecture in the tag of an image, which then has no build for another. */
export const architectureInTag =
  /(?:^|[-_.])(?:amd64|x86[-_]64|x64|arm64(?:v8)?|aarch64|arm32v\d|armhf|i386|ppc64le|s390x)(?:$|[-_.])/;
