import { baseName } from '../../text/path.ts';
/** A reference to an image, as the distribution grammar reads it. */
export interface ImageReference {
  /** As written, after expansion. */
  readonly text: string;
  /** `docker.io` where none is written; with its port. */
  readonly registry: string;
  /** Without registry; `library/` is added to official images. */
  readonly repository: string;
  /** The last part of the repository: `node` of `library/node`. */
  readonly name: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
  /** An official image of Docker Hub. */
  readonly official: boolean;
}

const HUB = 'docker.io';
const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const repositoryShape = new RegExp(`^${component}(?:/${component})*$`);
const tagShape = /^\w[\w.-]{0,127}$/;
const domainPart = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
const registryShape = new RegExp(`^(?:${domainPart}(?:\\.${domainPart})*|\\[[0-9a-fA-F:]+\\])(?::\\d+)?$`);
/** Hexadecimal digits of each digest that the Go library takes (opencontainers/go-digest). */
const digestLengths: ReadonlyMap<string, number> = new Map([
  ['sha256', 64],
  ['sha384', 96],
  ['sha512', 128],
]);
/** The longest repository that a registry takes, `library/` included. */
const LONGEST = 255;

/**
 * Reads an image name as Docker does (distribution/reference, ParseNormalizedNamed): a first part with a dot, a colon or
 * capitals, or `localhost`, is a registry. Undefined where it is no reference; variables must be expanded before.
 */
export function parseReference(text: string): ImageReference | undefined {
  const at = text.indexOf('@');
  const digest = at < 0 ? undefined : text.slice(at + 1);
  const named = at < 0 ? text : text.slice(0, at);
  const colon = named.lastIndexOf(':');
  const tagged = colon > named.lastIndexOf('/');
  const tag = tagged ? named.slice(colon + 1) : undefined;
  const path = tagged ? named.slice(0, colon) : named;

  const slash = path.indexOf('/');
  const first = path.slice(0, Math.max(slash, 0));
  const remote = slash > 0 && (/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase());
  const registry = !remote || first === `index.${HUB}` ? HUB : first;
  const rest = remote ? path.slice(slash + 1) : path;
  const repository = registry === HUB && !rest.includes('/') ? `library/${rest}` : rest;
  const valid =
    repository.length <= LONGEST &&
    repositoryShape.test(rest) &&
    registryShape.test(registry) &&
    (tag === undefined || tagShape.test(tag)) &&
    (digest === undefined || isDigest(digest)) &&
    // the id of an image is no name
    !/^[a-f0-9]{64}$/.test(text);
  if (!valid) return undefined;
  const name = baseName(rest);
  const official = registry === HUB && /^library\/[^/]+$/.test(repository);
  return { text, registry, repository, name, tag, digest, official };
}

/** Whether the Go library of digests takes the text: algorithm, colon, all digits. */
export function isDigest(text: string): boolean {
  const colon = text.indexOf(':');
  const hex = text.slice(colon + 1);
  return hex.length === digestLengths.get(text.slice(0, Math.max(colon, 0))) && /^[0-9a-f]+$/.test(hex);
}
