import { dockerfile, type Finding, imagesOf, type NamedImage, option, rule } from '../../src/engine/rule.ts';

export default rule({
  id: 'untrusted-registry',
  aliases: ['DL3026'],
  severity: 'error',
  preset: 'recommended',
  message: 'The image comes from a registry that is not among the trusted ones.',
  why: `
    Whoever can push to the registry decides what is built and run here. Until trusted registries are configured nothing is
    reported; neither is a name that only the build knows.
  `,
  instead: 'The same image from a trusted registry.',
  url: 'https://docs.docker.com/build/building/best-practices/#choose-the-right-base-image',
  options: {
    'trusted-registries': option(
      'Registries with their ports; * at an end stands for anything. docker.io is Docker Hub.',
      { type: 'array', items: { type: 'string' } },
      [] as readonly string[],
    ),
  },
  examples: {
    'without trusted registries nothing is judged': dockerfile`
      FROM registry.example.com/app:1
    `,
  },
  differs: {
    DL3026: [
      {
        why: 'A default of an argument is resolved, numbers and stages are no images, localhost and ports are registries, docker.io has several names.',
      },
    ],
  },
  visit: ({ 'trusted-registries': trusted }) => ({
    Stage: (stage, model) =>
      trusted.length === 0 ? undefined : imagesOf(stage, model).flatMap((image) => judge(image, trusted)),
  }),
});

function judge({ registry, at }: NamedImage, trusted: readonly string[]): Finding[] {
  if (registry === undefined) return [];
  const names = registry === 'docker.io' ? ['docker.io', 'hub.docker.com'] : [registry];
  if (names.some((name) => trusted.some((pattern) => fits(name, pattern)))) return [];
  const message = `The image comes from ${registry}, which is not among the trusted registries.`;
  return [{ at, message, instead: `The same image from ${trusted.join(', ')}.` }];
}

function fits(name: string, pattern: string): boolean {
  if (pattern === '*') return true;
  if (pattern.startsWith('*')) return name.endsWith(pattern.slice(1));
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}
