import type { Stage } from '../../model/model.ts';
import type { ImageReference } from '../../model/stages/reference.ts';
import type { System } from './view.ts';

/** The image on which a program runs. */
export interface RuntimeBase {
  readonly base: string;
  readonly packages: readonly string[];
  readonly assumes: readonly string[];
}

/** What is left behind where a smaller base takes the place of another. */
export const lackedBy = (base: string, before: string): string[] =>
  base === before ? [] : [`what ${before} has and ${base} has not: compilers, headers, git`];

/**
 * The libraries that dependencies need in a smaller base, by a table of their names; undefined where one of them is not known by
 * name, or where the names of packages are those of another distribution.
 */
export function librariesOf(
  needed: Readonly<Record<string, readonly string[] | undefined>>,
  has: (name: string) => boolean,
  system: System | undefined,
): readonly string[] | undefined {
  const found = Object.keys(needed).filter(has);
  const isKnown =
    found.every((it) => needed[it] !== undefined) && (found.length === 0 || system?.distribution === 'debian');
  return isKnown ? found.flatMap((it) => needed[it]!) : undefined;
}

/** The small image of a release: `debian:bookworm-slim`, `alpine:3.22`, `ubuntu:24.04`; undefined where none is known. */
export function plainBase(system: System | undefined): string | undefined {
  if (!system) return undefined;
  const { distribution, version, codename } = system;
  if (distribution === 'alpine') return version === undefined ? undefined : `alpine:${version}`;
  if (distribution === 'ubuntu') return version === undefined ? undefined : `ubuntu:${version}`;
  if (distribution === 'debian') return codename === undefined ? undefined : `debian:${codename}-slim`;
  return undefined;
}

/** A base that is the one of a stage, or that with an ending, in the words of its FROM, which may have arguments in them. */
export function inItsWords(base: string, { from, base: own }: Stage): string {
  const raw = from.image?.raw;
  if (own.kind !== 'image' || raw === undefined || !base.startsWith(own.reference.text) || !raw.includes('$'))
    return base;
  return `${raw}${base.slice(own.reference.text.length)}`;
}

/** The smaller image of the same version, which has no compilers: `python:3.13-slim`; itself where it is one already. */
export function slimOf({ text, name, tag, digest }: ImageReference): string | undefined {
  if (tag === undefined || tag === 'latest') return digest === undefined ? `${name}:slim` : undefined;
  if (/(?:^|-)(?:slim|alpine)/.test(tag)) return text;
  if (digest !== undefined || /\$/.test(tag)) return undefined;
  const suite = /^(.*-)?(buster|bullseye|bookworm|trixie)$/.exec(tag);
  const base = text.slice(0, text.length - tag.length);
  if (suite) return `${base}${tag}-slim`;
  if (!/^\d+(?:\.\d+)*$|^lts$|^current$/.test(tag)) return undefined;
  return `${base}${tag}-slim`;
}
