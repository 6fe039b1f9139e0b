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

const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const repositoryShape = new RegExp(`^${component}(?:/${component})*$`);
const tagShape = /^\w[\w.-]{0,127}$/;
const digestShape = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
const registryShape =
  /^(?:(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*|\[[0-9a-fA-F:]+\])(?::\d+)?$/;
/** The longest name that a registry takes, registry and repository together. */
const LONGEST = 255;

/** Reads an image name as Docker does (distribution/reference, ParseNormalizedNamed); undefined where it is none. */
export function parseReference(text: string): ImageReference | undefined {
  if (text.length > 2 * LONGEST) return undefined;
  const at = text.indexOf('@');
  const digest = at < 0 ? undefined : text.slice(at + 1);
  const named = at < 0 ? text : text.slice(0, at);
  const colon = named.lastIndexOf(':');
  const tagged = colon > named.lastIndexOf('/');
  const tag = tagged ? named.slice(colon + 1) : undefined;
  const path = tagged ? named.slice(0, colon) : named;
  const slash = path.indexOf('/');
  const first = path.slice(0, Math.max(slash, 0));
  // a first part with a dot, a colon or capitals, or localhost, is a registry
  const remote = slash > 0 && (/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase());
  const hub = !remote || first === 'index.docker.io' || first === 'docker.io';
  const rest = remote ? path.slice(slash + 1) : path;
  const official = hub && (!rest.includes('/') || /^library\/[^/]+$/.test(rest));
  const repository = official && !rest.includes('/') ? `library/${rest}` : rest;
  const registry = hub ? 'docker.io' : first;
  const valid =
    repositoryShape.test(rest) &&
    (!remote || registryShape.test(first)) &&
    (tag === undefined || tagShape.test(tag)) &&
    (digest === undefined || digestShape.test(digest)) &&
    registry.length + repository.length < LONGEST &&
    !/^[a-f0-9]{64}$/.test(text);
  const name = rest.slice(rest.lastIndexOf('/') + 1);
  return valid ? { text, registry, repository, name, tag, digest, official } : undefined;
}
