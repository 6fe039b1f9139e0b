import {
  dockerfile,
  type Finding,
  type Instruction,
  isNumber,
  namedSources,
  type Place,
  rule,
  type Stage,
} from '../../src/engine/rule.ts';

export default rule({
  id: 'copy-from-own-stage',
  aliases: ['DL3023'],
  severity: 'error',
  preset: 'recommended',
  message: 'The stage names itself as a source.',
  why: `
    The build stops, as a stage cannot wait for its own result.
  `,
  instead: 'Write RUN cp to copy within the stage, or name the stage that you meant.',
  url: 'https://docs.docker.com/reference/dockerfile/#copy---from',
  examples: {
    'by name': dockerfile`
      FROM golang:1.25 AS build
      COPY --from=build /src/a /b
                  ~~~~~
    `,
    'by number': dockerfile`
      FROM golang:1.25
      COPY --from=0 /src/a /b
                  ~
    `,
    'an earlier stage with the same name, and another stage': dockerfile`
      FROM golang:1.25 AS build
      FROM alpine:3.22
      COPY --from=build /src/a /b
    `,
  },
  differs: {
    DL3023: [
      {
        why: 'A stage may name itself by its number, or in another letter case.',
        only: 'dflint',
        text: 'FROM debian:12 AS b\nCOPY --from=0 /a /c',
      },
    ],
  },
  visit: {
    Copy: (node, place) => judge(node, place),
    Run: (node, place) => judge(node, place),
  },
});

function judge(node: Instruction, { stage, onbuild }: Place): Finding[] {
  if (!stage || onbuild) return [];
  return namedSources(node)
    .filter(({ name, mount }) => (!mount && isNumber(name) ? Number(name) === stage.index : isNameOf(stage, name)))
    .map(({ at, mount }) => ({ at, aliases: mount ? [] : ['DL3023'] }));
}

// where two stages have one name, the later one has it
const isNameOf = (stage: Stage, name: string): boolean => stage.name?.toLowerCase() === name.toLowerCase();
