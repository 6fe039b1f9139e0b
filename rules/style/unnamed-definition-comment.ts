import { between, dockerfile, type Finding, type Instruction, type Model, rule } from '../../src/engine/rule.ts';

type Comment = Model['file']['comments'][number];

export default rule({
  id: 'unnamed-definition-comment',
  aliases: ['InvalidDefinitionDescription'],
  severity: 'style',
  preset: 'asked',
  message: 'The comment does not begin with the name of what it describes.',
  why: `
    docker build --call=outline and --call=targets show a comment as a description only if it begins with the name. Put an empty
    comment line between an ordinary comment and the instruction. Comments for tools are not judged.
  `,
  instead: 'Begin with the name, as in: # VERSION is the release to build.',
  url: 'https://docs.docker.com/reference/build-checks/invalid-definition-description/',
  examples: {
    'an argument and a stage': dockerfile`
      # the release to build
      ~~~~~~~~~~~~~~~~~~~~~~
      ARG VERSION=1.2
      # compiles the program
      ~~~~~~~~~~~~~~~~~~~~~~
      FROM golang:1.25 AS build
    `,
    'the names first, and a comment of its own': dockerfile`
      # VERSION is the release to build.
      ARG VERSION=1.2
      # build compiles the program.
      FROM golang:1.25 AS build
      # Everything below ships.
      #
      FROM alpine:3.22 AS final
    `,
  },
  notRecommended: {
    InvalidDefinitionDescription: 'BuildKit calls it experimental, and it reports most comments that people write.',
  },
  differs: {
    InvalidDefinitionDescription: [
      { why: 'Comments for tools are not descriptions.' },
      { why: 'Reported at the comment; BuildKit names the line of the instruction.' },
    ],
  },
  visit: {
    File({ file }) {
      let from = 0;
      return file.instructions.flatMap((instruction) => {
        const above = between(file.comments, from, instruction.span.start);
        from = instruction.span.end;
        return judge(instruction, above) ?? [];
      });
    },
  },
});

/** What BuildKit lists by name. */
function namesOf(instruction: Instruction): readonly string[] {
  if (instruction.kind === 'Arg') return instruction.pairs.map(({ name }) => name.text);
  return instruction.kind === 'From' && instruction.name ? [instruction.name.text] : [];
}

const forTools =
  /^(?:dflint|hadolint|check\s*=|shellcheck|syntax\s*=|escape\s*=|renovate|trivy|checkov|kics|nosemgrep)\b/i;

function judge(instruction: Instruction, above: readonly Comment[]): Finding | undefined {
  const names = namesOf(instruction);
  // an empty comment parts what is above it from the instruction
  const attached = above.slice(above.findLastIndex(({ text }) => text === '') + 1);
  const last = attached.findLast(({ text }) => !forTools.test(text));
  if (names.length === 0 || !last || names.includes(last.text.split(/\s/, 1)[0]!)) return undefined;
  const what = names.length > 1 ? 'one of the names below it' : names[0];
  return {
    at: last,
    message: `The comment does not begin with ${what}, so docker build --call does not show it.`,
  };
}
