import { dockerfile, rule } from '../../src/engine/rule.ts';

export default rule({
  id: 'unpinned-base-image',
  aliases: ['DL3006', 'DL3007'],
  severity: 'warning',
  preset: 'recommended',
  message: 'The base image has no version.',
  why: `
    The same file builds another image tomorrow, when latest has moved to the next major version. A tag keeps the build on
    one line of versions; a digest keeps it on one image. A name that depends on a build argument without a default is not judged.
  `,
  instead: 'A version as exact as you can live with, such as node:22.11-slim.',
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
    'a tag, a digest, an earlier stage, nothing at all': dockerfile`
      FROM node:22.11-slim AS build
      FROM alpine@sha256:a8560b36e8b8210634f77d9f7f9efd7ffa463e380b75e2e74aff4511df3ef88c AS tools
      FROM build AS test
      FROM scratch
    `,
    'a name that only the build knows': dockerfile`
      ARG BASE
      FROM \${BASE}
    `,
  },
  visit: {
    Stage({ base, from }) {
      if (base.kind !== 'image' || !from.image) return undefined;
      const { tag, digest, name } = base.reference;
      if (digest || (tag && tag !== 'latest')) return undefined;
      const message = tag
        ? `The tag latest of ${name} is no version.`
        : `The base image ${name} has no tag, which means latest.`;
      const plain = base.reference.text.replace(/:latest$/, '');
      return { at: from.image, message, instead: `${plain}:VERSION, as exact as you can live with, or a digest.` };
    },
  },
});
