import {
  dockerfile,
  type Finding,
  imagesOf,
  type Model,
  type NamedImage,
  rule,
  type Stage,
} from '../../src/engine/rule.ts';
import { officialImages } from '../../src/knowledge/images/official.ts';
import { unmaintainedImage } from '../../src/knowledge/images/unmaintained.ts';

export default rule({
  id: 'unpinned-base-image',
  aliases: ['DL3006', 'DL3007'],
  severity: 'warning',
  preset: 'recommended',
  message: 'The image has no version.',
  why: `
    The same file can build a different image tomorrow, once latest has moved. A version tag keeps the build on one release
    series; a digest keeps it on one exact image. Images that COPY --from takes files from, and those of stages that the target
    does not need, are judged too, as information. A tag that comes only from a build argument is not judged. Names that no
    registry has, such as a build context, images that are no longer maintained, and images whose tags move by design, such
    as distroless, are reported only in strict.
  `,
  instead: 'Write a version as exact as you want to maintain, such as node:22.11-slim.',
  url: 'https://docs.docker.com/build/building/best-practices/#pin-base-image-versions',
  examples: {
    'no tag': dockerfile`
      FROM node
           ~~~~
    `,
    'the tag latest': dockerfile`
      FROM registry.example.com:5000/team/app:latest
           ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    `,
    'latest by default': dockerfile`
      ARG TAG=latest
      FROM node:$TAG
           ~~~~~~~~~
    `,
    'an image that files are copied from': dockerfile`
      FROM php:8.4-fpm
      COPY --from=composer:latest /usr/bin/composer /usr/bin/
                  ~~~~~~~~~~~~~~~
    `,
    'a tag, a digest, an earlier stage, scratch': dockerfile`
      FROM node:22.11-slim AS build
      FROM alpine@sha256:a8560b36e8b8210634f77d9f7f9efd7ffa463e380b75e2e74aff4511df3ef88c AS tools
      FROM build AS test
      FROM scratch
    `,
    'a name from a build argument': dockerfile`
      ARG BASE
      FROM \${BASE}
    `,
  },
  differs: {
    DL3006: [
      { why: 'Without build arguments the default is built.', only: 'dflint', text: 'ARG BASE=debian\nFROM $BASE' },
      { why: 'The tag may come from an argument.', only: 'hadolint', text: 'ARG APP\nFROM registry.example.com/$APP' },
      {
        why: 'BuildKit compares stage names in lower case.',
        only: 'hadolint',
        text: 'FROM debian:12 AS Base\nFROM base',
      },
      {
        why: 'Ignore comments work in any letter case, with spaces, several in a row, above empty lines, and inside the instruction.',
      },
    ],
    DL3007: [{ why: 'The tag may come from a default.', only: 'dflint', text: 'ARG TAG=latest\nFROM debian:$TAG' }],
  },
  visit: {
    Stage: (stage, model) => imagesOf(stage, model).flatMap((image) => judge(image, stage, model) ?? []),
  },
});

function judge(
  { version, via, at, registry, repository }: NamedImage,
  stage: Stage,
  { stages }: Model,
): Finding | undefined {
  if (!version || version.digest || (version.tag && version.tag !== 'latest')) return undefined;
  const { name, tag, text } = version;
  const bare = text.replace(/:latest$/, '');
  const isBare = bare === name;
  // whoever names a stage that is not there is told by another rule
  if (isBare && stages.some((it) => it !== stage && it.name?.toLowerCase() === bare.toLowerCase())) return undefined;
  // no registry has it, so it is a build context or an image of this machine
  const isLocal =
    registry === 'docker.io' &&
    (repository === `library/${name}` ? !officialImages.has(name) : /^local(?:-images?)?\//.test(repository ?? ''));
  const hasVersions = !versionless.test(`${registry}/${repository}`);
  const image = via === 'from' ? 'base image' : 'image';
  // the tag is what an argument says
  const argument = via === 'from' && tag ? /:\$\{?(\w+)[^:]*$/.exec(stage.from.image?.raw ?? '')?.[1] : undefined;
  // no version of it is kept up, so another rule tells to leave it
  const isUnmaintained = unmaintainedImage(registry ?? '', repository ?? '', tag) !== undefined;
  return {
    at,
    // others look at FROM alone
    aliases: via === 'from' ? [tag ? 'DL3007' : 'DL3006'] : [],
    message: tag
      ? `The tag latest of ${bare} is not a fixed version.`
      : `The ${image} ${bare} has no tag, which means latest.`,
    instead:
      hasVersions && argument !== undefined
        ? `Give ARG ${argument} a version as exact as you want to maintain.`
        : hasVersions
          ? `${isLocal ? `Unless ${bare} is a build context, write` : 'Write'} ${bare}:VERSION with a version as exact as you want to maintain, or add a digest.`
          : `Add a digest: ${bare}@sha256:….`,
    ...((via !== 'from' || !stage.reachable) && { severity: 'info' as const }),
    ...((!hasVersions || isLocal || isUnmaintained) && { preset: 'strict' }),
  };
}

/** Images whose tags are no versions: they move by design. */
const versionless = /^(?:gcr\.io\/distroless|cgr\.dev\/chainguard)\//;
