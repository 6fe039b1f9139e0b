import { dockerfile, type Finding, imagesOf, listed, type NamedImage, rule } from '../../src/engine/rule.ts';
import { unmaintainedImage } from '../../src/knowledge/images/unmaintained.ts';

export default rule({
  id: 'unmaintained-image',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  message: 'The image is no longer maintained.',
  why: `
    It gets no new versions and no security fixes, and a registry may remove it at any time. Images that COPY --from takes files
    from are judged too. Of openjdk the early access builds are not reported, which are still made.
  `,
  instead: 'Use the image that took its place.',
  url: 'https://docs.docker.com/docker-hub/image-library/trusted-content/',
  examples: {
    'an image that was given up, with a successor': dockerfile`
      FROM openjdk:17-jdk-slim
           ~~~~~~~~~~~~~~~~~~~
    `,
    'an image that moved': dockerfile`
      FROM mcr.microsoft.com/dotnet/core/sdk:3.1 AS build
           ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    `,
    'images that are maintained': dockerfile`
      FROM eclipse-temurin:21-jdk AS build
      FROM openjdk:26-ea-slim
      FROM registry.example.com/centos:7
    `,
  },
  visit: { Stage: (stage, model) => imagesOf(stage, model).flatMap((image) => judge(image) ?? []) },
});

function judge({ registry, repository, version, at }: NamedImage): Finding | undefined {
  const known = registry && repository ? unmaintainedImage(registry, repository, version?.tag) : undefined;
  if (!known) return undefined;
  const name = repository!.replace(/^library\//, '');
  return {
    at,
    message: `The image ${registry === 'docker.io' ? name : `${registry}/${name}`} is no longer maintained.`,
    instead:
      known.successors.length > 0
        ? `Use ${listed(known.successors, 'or')}${/\/dotnet\/core\//.test(`${registry}/${name}`) ? ', in a version of .NET that is supported' : ''}.`
        : 'Use an image that is maintained, or build your own from a base that is.',
  };
}
