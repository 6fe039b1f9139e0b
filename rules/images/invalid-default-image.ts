import { dockerfile, type Finding, type Model, parseReference, rule, type Stage } from '../../src/engine/rule.ts';
import { defaultText } from './lib/defaults.ts';

export default rule({
  id: 'invalid-default-image',
  aliases: ['InvalidDefaultArgInFrom'],
  severity: 'warning',
  preset: 'recommended',
  message: 'Without --build-arg the base image has no valid name.',
  why: `
    A build without --build-arg stops before its first step. If none of the arguments has a default, that is probably
    intended, and is reported only in strict. An argument that no ARG declares is not judged here, nor is one that the
    builder sets.
  `,
  instead: 'Give the ARG a default that makes a valid name, such as ARG TAG=3.22.',
  url: 'https://docs.docker.com/reference/build-checks/invalid-default-arg-in-from/',
  examples: {
    'an argument without a default': dockerfile`
      ARG TAG
      FROM node:\${TAG}
           ~~~~~~~~~~~
    `,
    'a default, and an argument that may be empty': dockerfile`
      ARG TAG=22
      ARG VARIANT
      FROM node:\${TAG}\${VARIANT}
    `,
  },
  differs: {
    InvalidDefaultArgInFrom: [
      {
        why: 'Only names with an ARG, as its page says; other invalid names are reported by invalid-image-name.',
        only: 'BuildKit',
        text: 'FROM Alpine',
      },
    ],
  },
  silencing: 'top',
  visit: {
    Stage: (stage, model) => judge(stage, model),
  },
});

function judge({ base, image, from }: Stage, { globals }: Model): Finding | undefined {
  if (!from.image || base.kind !== 'unknown' || image.error || image.uses.length === 0) return undefined;
  const declared = new Set(
    globals.flatMap(({ instruction }) =>
      instruction.kind === 'Arg' ? instruction.pairs.map(({ name }) => name.text) : [],
    ),
  );
  if (image.uses.some(({ name }) => !declared.has(name))) return undefined;
  const text = defaultText(from.image, image);
  if (text === undefined || text === 'scratch' || parseReference(text)) return undefined;
  const hasDefault = globals.some(
    ({ instruction }) =>
      instruction.kind === 'Arg' &&
      instruction.pairs.some(({ name, value }) => value && image.uses.some((use) => use.name === name.text)),
  );
  return {
    at: from.image,
    // an argument that nobody gave a default is asked for on purpose
    ...(!hasDefault && { preset: 'strict' }),
    message: text
      ? `Without --build-arg the base image is called ${text}, which is not a valid name.`
      : 'Without --build-arg the base image has no name.',
    ...(text === '' && {
      instead: `Give the ARG a default that names an image, such as ARG ${image.uses[0]!.name}=alpine:3.22.`,
    }),
  };
}
