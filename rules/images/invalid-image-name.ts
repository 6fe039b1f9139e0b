import { dockerfile, parseReference, rule } from '../../src/engine/rule.ts';

export default rule({
  id: 'invalid-image-name',
  aliases: [],
  severity: 'error',
  preset: 'recommended',
  always: true,
  fix: 'suggestion',
  message: 'The name of the base image is not valid.',
  why: `
    The build stops before its first step. A name that arguments are a part of is not judged here.
  `,
  instead: 'A name such as registry.example.com/team/app:1.2; all but the registry and the tag is in lower case.',
  url: 'https://docs.docker.com/reference/cli/docker/image/tag/#description',
  examples: {
    capitals: dockerfile`
      FROM Alpine:3.22
           ~~~~~~~~~~~
    `,
    'a stage in other letters': dockerfile`
        FROM debian:12 AS base
      - FROM BASE
             ~~~~
      + FROM base
    `,
    'an image, a stage, and nothing at all': dockerfile`
      FROM LOCALHOST/app:Test_1 AS base
      FROM base
      FROM scratch
    `,
  },
  visit: {
    Stage({ base, image, from, index }, { stages }) {
      if (!from.image || base.kind !== 'unknown' || image.value.state !== 'known' || image.uses.length > 0)
        return undefined;
      const { text } = image.value;
      if (text === 'scratch' || parseReference(text)) return undefined;
      const meant = ['scratch', ...stages.slice(0, index).flatMap(({ name }) => name?.toLowerCase() ?? [])].find(
        (name) => name === text.toLowerCase(),
      );
      if (!meant) return { at: from.image, message: `${text} is no valid name of an image.` };
      return {
        at: from.image,
        message: `FROM ${text} is not FROM ${meant}: here letter case counts.`,
        fix: { title: `Write ${meant}`, edits: [{ span: from.image.span, text: meant }] },
      };
    },
  },
});
