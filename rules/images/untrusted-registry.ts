import { dockerfile, type Finding, imagesOf, type NamedImage, option, rule } from '../../src/engine/rule.ts';

export default rule({
  id: 'untrusted-registry',
  aliases: ['DL3026'],
  severity: 'error',
  preset: 'recommended',
  message: 'The registry of the image is not among the trusted registries.',
  why: `
    Whoever can push to that registry decides what is built and run here. Nothing is reported until trusted-registries is
    set; a name that only a build argument gives is not judged.
  `,
  instead: 'Use the same image from a trusted registry.',
  url: 'https://docs.docker.com/build/building/best-practices/#choose-the-right-base-image',
  options: {
    'trusted-registries': option(
      'Trusted registries, with their ports, or folders and images in them (gcr.io/distroless); * at the start or the end matches anything; docker.io is Docker Hub',
      { type: 'array', items: { type: 'string' } },
      [] as readonly string[],
    ),
  },
  examples: {
    'without trusted registries nothing is reported': dockerfile`
      FROM registry.example.com/app:1
    `,
  },
  differs: {
    DL3026: [
      {
        why: 'Defaults of arguments are resolved, numbers and stages are not images, localhost and ports are registries, and docker.io has several names.',
      },
    ],
  },
  visit: ({ 'trusted-registries': trusted }) => ({
    Stage: (stage, model) =>
      trusted.length === 0 ? undefined : imagesOf(stage, model).flatMap((image) => judge(image, trusted)),
  }),
});

function judge({ registry, repository, at }: NamedImage, trusted: readonly string[]): Finding[] {
  if (registry === undefined) return [];
  const hosts = registry === 'docker.io' ? hubNames : [registry];
  const entries = trusted.map(withHost);
  // of a path with a variable in it only the registry can be judged
  const judged = repository === undefined ? entries.map((it) => ({ ...it, path: '' })) : entries;
  if (judged.some(({ host, path }) => hosts.some((it) => fits(it, host)) && isBelow(repository ?? '', path))) return [];
  const instead = `Use the same image from ${trusted.join(', ')}.`;
  const knowsHost = entries.some(({ host }) => hosts.some((it) => fits(it, host)));
  const message = knowsHost
    ? `${registry}/${repository} is not among the trusted images of ${registry}.`
    : `The image comes from ${registry}, which is not among the trusted registries.`;
  return [{ at, message, instead }];
}

const hubNames = ['docker.io', 'hub.docker.com', 'index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com'];

interface Entry {
  readonly host: string;
  /** The folder or the image; empty for all of the registry. */
  readonly path: string;
}

/** `bitnami/redis` is an image of Docker Hub, `registry/app` is not to be told from it; a name alone is a registry. */
function withHost(entry: string): Entry {
  const text = entry.replace(/^https?:\/\//, '').replace(/\/+$/, '');
  const slash = text.indexOf('/');
  if (slash < 0) return { host: text, path: '' };
  const host = text.slice(0, slash);
  return /[.:*]|^localhost$/.test(host) ? { host, path: text.slice(slash + 1) } : { host: 'docker.io', path: text };
}

/** Whether a repository is the one that is named, is in the folder that is named, or begins as a pattern does. */
function isBelow(repository: string, path: string): boolean {
  if (path === '' || path === '*') return true;
  if (path.endsWith('*')) return repository.startsWith(path.slice(0, -1));
  return [path, `library/${path}`].some((it) => repository === it || repository.startsWith(`${it}/`));
}

function fits(name: string, pattern: string): boolean {
  if (pattern === '*') return true;
  if (pattern.startsWith('*')) return name.endsWith(pattern.slice(1));
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}
