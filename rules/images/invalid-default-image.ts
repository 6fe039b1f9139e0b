import { dockerfile, type Finding, type Model, parseReference, rule, type Stage } from '../../src/engine/rule.ts';
import { defaultText } from './lib/defaults.ts';

export default rule({
  id: 'invalid-default-image',
  aliases: ['InvalidDefaultArgInFrom'],
  severity: 'warning',
  preset: 'recommended',
  message: 'Without arguments the name of the base image is not valid.',
  why: `
    A build without --build-arg stops before its first step, and so do all tools that read the file alone. An argument that no
    ARG declares is not judged here, nor is one whose value the builder sets.
  `,
  instead: 'A default for the ARG with which the name is whole, such as ARG TAG=3.22.',
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
        why: 'Only where an ARG is involved, as its page says; a plain bad name is an error of its own, invalid-image-name.',
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
  return {
    at: from.image,
    message: text
      ? `Without arguments the base image is called ${text}, which is no valid name.`
      : 'Without arguments the base image has no name.',
  };
}
