import { factsOf } from '../../knowledge/images/facts.ts';
import type { Stage } from '../model.ts';

export type Libc = 'glibc' | 'musl' | 'none';

/** Images without a libc, or with that of Alpine or of Debian, beside the official ones. */
const others: readonly (readonly [image: RegExp, libc: Libc])[] = [
  [/^gcr\.io\/distroless\/static/, 'none'],
  [/^gcr\.io\/distroless\//, 'glibc'],
  [/^cgr\.dev\/chainguard\/static/, 'none'],
  [/^(?:registry\.access\.redhat\.com|registry\.redhat\.io)\//, 'glibc'],
  [/^mcr\.microsoft\.com\/dotnet\/[^:]*:.*alpine/, 'musl'],
];

const ofDistribution: Readonly<Record<string, Libc>> = {
  ...{ alpine: 'musl', debian: 'glibc', ubuntu: 'glibc', fedora: 'glibc', rockylinux: 'glibc', almalinux: 'glibc' },
  ...{ amazonlinux: 'glibc', oraclelinux: 'glibc', ubi: 'glibc' },
};

/** The C library of the image that a stage is built on; undefined where it is not known. */
export function libcOf({ lineage, rootImage }: Stage): Libc | undefined {
  if (lineage[0]!.base.kind === 'scratch') return 'none';
  if (!rootImage) return undefined;
  const { registry, repository, tag = '', official, name } = rootImage;
  const found = others.find(([image]) => image.test(`${registry}/${repository}:${tag}`))?.[1];
  if (found) return found;
  const distribution = factsOf(rootImage)?.distribution;
  if (distribution !== undefined) return ofDistribution[distribution];
  if (/(?:^|[-_.])alpine/.test(tag)) return 'musl';
  return official && /^(?:golang|rust|node|python|gcc|php|ruby)$/.test(name) ? 'glibc' : undefined;
}
