import { closest, dockerfile, type Finding, type Instruction, type Place, rule } from '../../src/engine/rule.ts';
import { platformArguments } from '../../src/knowledge/builder/platforms.ts';

export default rule({
  id: 'undefined-arg-in-from',
  aliases: ['UndefinedArgInFrom'],
  severity: 'warning',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'FROM uses an argument that is not declared before the first FROM.',
  why: `
    The value is then empty, or the default in the expression, even if --build-arg gives one: FROM sees only the ARGs before
    the first FROM.
  `,
  instead: 'Declare it with ARG before the first FROM.',
  url: 'https://docs.docker.com/reference/build-checks/undefined-arg-in-from/',
  examples: {
    'a mistyped name': dockerfile`
        ARG NODE_VERSION=22
      - FROM node:\${NODE_VERSON}-slim
                  ~~~~~~~~~~~~~~
      + FROM node:\${NODE_VERSION}-slim
    `,
    'an ARG inside a stage, and a default': dockerfile`
      FROM alpine:3.22 AS base
      ARG TAG=3.22
      FROM alpine:\${TAG:-3.21}
                  ~~~~~~~~~~~~
    `,
    'declared, or set by the builder': dockerfile`
      ARG TAG=3.22
      FROM --platform=$BUILDPLATFORM alpine:$TAG
    `,
  },
  differs: {
    UndefinedArgInFrom: [
      {
        why: 'An argument in the default of another does not hide that the other is not declared.',
        only: 'dflint',
        text: 'ARG TAG=1\nFROM ${IMAGE:-debian:$TAG}',
      },
    ],
  },
  visit: { From: (node, place) => judge(node, place) },
});

function judge(node: Extract<Instruction, { kind: 'From' }>, { step, model }: Place): Finding[] {
  const words = [node.image, ...node.flags.filter(({ name }) => name.text === 'platform').map(({ value }) => value)];
  const declared = model.globals.flatMap(({ instruction }) =>
    instruction.kind === 'Arg' ? instruction.pairs.map(({ name }) => name.text) : [],
  );
  return words.flatMap((word) =>
    (word ? step.expand(word).uses : []).flatMap(({ name, variable }): Finding[] => {
      if (declared.includes(name) || platformArguments.has(name)) return [];
      const near = closest(name, declared);
      const at = variable.span;
      const message = `No ARG before the first FROM declares ${name}${near ? `; ${near} is likely meant` : ''}.`;
      return [{ at, message, ...(near && { fix: rename(variable.name.span, near) }) }];
    }),
  );
}

const rename = (span: { start: number; end: number }, name: string) => ({
  title: `Write ${name}`,
  edits: [{ span, text: name }],
});
