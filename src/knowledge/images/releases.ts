/** A distribution that a tag may name, `el` for Red Hat Enterprise Linux and those built from it. */
export type Distribution = 'debian' | 'ubuntu' | 'alpine' | 'el' | 'fedora' | 'amazonlinux';

/** Releases by their code names, as tags write them: `buster-slim`, `3.8-jessie`. */
export const codeNames: Readonly<Record<string, readonly [distribution: Distribution, version: string]>> = {
  squeeze: ['debian', '6'],
  wheezy: ['debian', '7'],
  jessie: ['debian', '8'],
  stretch: ['debian', '9'],
  buster: ['debian', '10'],
  bullseye: ['debian', '11'],
  bookworm: ['debian', '12'],
  trixie: ['debian', '13'],
  forky: ['debian', '14'],
  lucid: ['ubuntu', '10.04'],
  precise: ['ubuntu', '12.04'],
  trusty: ['ubuntu', '14.04'],
  utopic: ['ubuntu', '14.10'],
  vivid: ['ubuntu', '15.04'],
  wily: ['ubuntu', '15.10'],
  xenial: ['ubuntu', '16.04'],
  bionic: ['ubuntu', '18.04'],
  focal: ['ubuntu', '20.04'],
  jammy: ['ubuntu', '22.04'],
  noble: ['ubuntu', '24.04'],
};

/** Images whose tag begins with the release, by the last part of their name. */
export const systemImages: readonly (readonly [name: RegExp, distribution: Distribution])[] = [
  [/^(?:debian|i386-debian)$/, 'debian'],
  [/^ubuntu(?:-debootstrap|-upstart)?$/, 'ubuntu'],
  [/^alpine$/, 'alpine'],
  [/^(?:centos|rockylinux|almalinux|oraclelinux|sl)(?:-?minimal)?$/, 'el'],
  [/^fedora(?:-minimal)?$/, 'fedora'],
  [/^amazonlinux$/, 'amazonlinux'],
];

/** Releases in names and tags: `3.6-alpine3.9`, `cuda:7.0-ubuntu14.04`, `ubi9/ubi-minimal`, `centos:stream9`. */
export const releaseParts: readonly (readonly [pattern: RegExp, distribution: Distribution])[] = [
  [/alpine-?(\d+\.\d+)/, 'alpine'],
  [/ubuntu-?(\d\d\.\d\d)/, 'ubuntu'],
  [/debian-?(\d+)/, 'debian'],
  [/(?:\bubi|rhel|centos|rockylinux|almalinux|oraclelinux|\bel|\bstream)-?(\d+)/, 'el'],
  [/fedora-?(\d\d)/, 'fedora'],
];

/** Images that were only ever built on one release, by repository and tag. */
export const oldImages: readonly (readonly [image: RegExp, distribution: Distribution, version: string])[] = [
  [/^phusion\/(?:baseimage|passenger-\w+):0\.9\.(?:[0-9]|1[0-8])$/, 'ubuntu', '14.04'],
  [/^library\/(?:node:(?:0\.|4\b|5\b|7\b)(?!.*(?:alpine|wheezy))|iojs:|java:(?!.*alpine))/, 'debian', '8'],
];

/** The first release of each distribution whose package of pip is version 6 or newer, which knows --no-cache-dir. */
export const firstWithPip6: Readonly<Partial<Record<Distribution, string>>> = {
  debian: '9',
  ubuntu: '16.04',
  alpine: '3.2',
  fedora: '22',
  el: '6',
};

/** Tags of the official image of Python from before pip 6. */
export const pythonBeforePip6 = /^(?:2\.7\.[0-8]|3\.3\.[0-5]|3\.4\.[01])(?:-|$)/;

/** The first release of Alpine whose apk knows --no-cache. */
export const firstWithNoCache: Readonly<Partial<Record<Distribution, string>>> = { alpine: '3.3' };

/** The first release of each distribution on which yum is another name for dnf, with the cache of dnf. */
export const firstWithDnf: Readonly<Partial<Record<Distribution, string>>> = {
  el: '8',
  fedora: '22',
  amazonlinux: '2023',
};

/** The first release of Fedora whose dnf is dnf 5, under each older name as well. */
export const firstWithDnf5: Readonly<Partial<Record<Distribution, string>>> = { fedora: '41' };

/** The first release of each distribution whose package of Go is 1.16 or newer, where modules are always on. */
export const firstWithGoModules: Readonly<Partial<Record<Distribution, string>>> = {
  debian: '12',
  ubuntu: '22.04',
  alpine: '3.14',
};
