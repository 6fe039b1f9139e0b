import {
  dockerfile,
  type Finding,
  type Instruction,
  isNumber,
  type Model,
  namedSources,
  type Place,
  parseReference,
  rule,
  type Stage,
} from '../../src/engine/rule.ts';

export default rule({
  id: 'invalid-image-name',
  aliases: [],
  severity: 'error',
  preset: 'recommended',
  always: true,
  fix: 'suggestion',
  message: 'The image name is not valid.',
  why: `
    The build stops before its first step. A name that depends on a declared argument is not judged here.
  `,
  instead:
    'Write a name such as registry.example.com/team/app:1.2; only the registry and the tag may have upper-case letters.',
  url: 'https://docs.docker.com/reference/cli/docker/image/tag/#description',
  examples: {
    'upper case': dockerfile`
      FROM Alpine:3.22
           ~~~~~~~~~~~
    `,
    'a stage in another letter case': dockerfile`
        FROM debian:12 AS base
      - FROM BASE
             ~~~~
      + FROM base
    `,
    'an undeclared variable, and a name after --from': dockerfile`
      FROM alpine:\${VERSION}
           ~~~~~~~~~~~~~~~~~
      COPY --from=https://example.com /app /app
                  ~~~~~~~~~~~~~~~~~~~
    `,
    'an image, a stage, and scratch': dockerfile`
      FROM LOCALHOST/app:Test_1 AS base
      FROM base
      FROM scratch
    `,
  },
  visit: {
    Stage: (stage, model) => judge(stage, model),
    Copy: (node, place) => sources(node, place),
    Run: (node, place) => sources(node, place),
  },
});

function judge({ base, image, from, index }: Stage, model: Model): Finding | undefined {
  if (!from.image || base.kind !== 'unknown' || image.value.state !== 'known' || image.error) return undefined;
  if (image.uses.some(({ name, value }) => value.state !== 'unset' || isDeclared(name, model))) return undefined;
  const { text } = image.value;
  if (text === 'scratch' || parseReference(text)) return undefined;
  if (image.uses.length > 0) {
    const message = text
      ? `Its variable is not set, so the image is called ${text}, which is not a valid name.`
      : 'Its variable is not set, so the image has no name.';
    return {
      at: from.image,
      message,
      instead: 'Declare the variable with an ARG and a default before the first FROM.',
    };
  }
  const meant = ['scratch', ...model.stages.slice(0, index).flatMap(({ name }) => name?.toLowerCase() ?? [])].find(
    (name) => name === text.toLowerCase(),
  );
  if (!meant) return { at: from.image, message: `${text} is not a valid image name.` };
  return {
    at: from.image,
    message: `FROM ${text} is not FROM ${meant}: letter case matters here.`,
    fix: { title: `Write ${meant}`, edits: [{ span: from.image.span, text: meant }] },
  };
}

const isDeclared = (name: string, { globals }: Model): boolean =>
  globals.some(
    ({ instruction }) => instruction.kind === 'Arg' && instruction.pairs.some((it) => it.name.text === name),
  );

/** What --from and mounts name: a stage, an image, or a build context, whose name is that of an image too. */
const sources = (node: Instruction, { stage, model, onbuild }: Place): Finding[] =>
  !stage || onbuild
    ? []
    : namedSources(node)
        .filter(({ name, mount }) => !name.includes('$') && (mount || !isNumber(name)))
        .filter(({ name }) => name !== '' && name !== 'scratch' && !isStage(name, model) && !parseReference(name))
        .map(({ name, at }) => ({ at, message: `${name} is not a stage of this file, and not a valid image name.` }));

// one further down, or the stage itself, is another rule's
const isStage = (name: string, { stages }: Model): boolean =>
  stages.some((it) => it.name?.toLowerCase() === name.toLowerCase());
