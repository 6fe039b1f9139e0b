import { dockerfile, flagOf, listed, type Model, rule, type Stage, type Step } from '../../src/engine/rule.ts';
import { architectureInTag } from '../../src/knowledge/builder/platforms.ts';
import { earlyArguments, mentions, moveOf, placeText, stepsText } from './lib/early-variables.ts';

export default rule({
  id: 'early-platform-argument',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'An argument for the target platform is declared above costly instructions that do not use it.',
  why: `
    All target platforms share a stage on the build platform, up to the first instruction that depends on the target; an ARG
    such as TARGETARCH makes every RUN below it depend on it. Only stages whose FROM has --platform=$BUILDPLATFORM are
    judged.
  `,
  instead: 'Move the ARG directly above the first instruction that uses it.',
  url: 'https://docs.docker.com/build/building/multi-platform/#cross-compilation',
  examples: {
    'a download for each platform': dockerfile`
        FROM --platform=$BUILDPLATFORM golang:1.23 AS build
      - ARG TARGETARCH
            ~~~~~~~~~~
        WORKDIR /src
        COPY go.mod go.sum ./
        RUN go mod download
        COPY . .
      + ARG TARGETARCH
        RUN GOARCH=$TARGETARCH go build -o /app .
    `,
    'one download for all': dockerfile`
      FROM --platform=$BUILDPLATFORM golang:1.23 AS build
      WORKDIR /src
      COPY go.mod go.sum ./
      RUN go mod download
      COPY . .
      ARG TARGETARCH
      RUN GOARCH=$TARGETARCH go build -o /app .
    `,
    'a stage on the target platform': dockerfile`
      FROM debian:12
      ARG TARGETARCH
      RUN apt-get update && apt-get install -y curl
      RUN curl -fsSLo /usr/local/bin/tool https://example.com/tool-1.2.3-$TARGETARCH
    `,
  },
  visit: {
    File: (model) =>
      together(
        earlyArguments(model, {
          isEarly: (name, { instruction, stage }) =>
            name.startsWith('TARGET') &&
            name !== 'TARGETSTAGE' &&
            isShared(stage) &&
            !hasDefault(name, instruction) &&
            !isForOnePlatform(model),
          outweighs: isForPlatform,
        }),
      ).map((group) => {
        const [{ at, wasted }] = group;
        const fix = moveOf(group, model);
        const names = listed(group.map(({ name }) => name));
        return {
          at,
          related: wasted[0].instruction.keyword,
          message: `${stepsText(wasted, model)} ${wasted.length === 1 ? 'runs' : 'run'} once for each platform because of ARG ${names}.`,
          instead: placeText(group, model),
          ...(fix && { fix }),
        };
      }),
  },
});

/** Whether the tag of the image that is built on names an architecture, so that there is no build for another. */
const isForOnePlatform = ({ target }: Model): boolean => architectureInTag.test(target?.rootImage?.tag ?? '');

/** A default takes the place of what the builder knows, so that it is the same for all platforms. */
const hasDefault = (name: string, instruction: Step['instruction']): boolean =>
  instruction.kind === 'Arg' && instruction.pairs.some((pair) => pair.name.text === name && pair.value !== undefined);

type Early = ReturnType<typeof earlyArguments>[number];

/** Arguments that make the same steps run for each platform: to move only one of them gains nothing. */
function together(all: readonly Early[]): [Early, ...Early[]][] {
  const groups = new Map<Step, [Early, ...Early[]]>();
  for (const early of all) {
    const group = groups.get(early.wasted[0]);
    if (group) group.push(early);
    else groups.set(early.wasted[0], [early]);
  }
  return [...groups.values()];
}

/** Whether a stage is the same for all target platforms. */
const isShared = (stage: Stage | undefined): boolean =>
  stage !== undefined &&
  // a base image by target is another for each platform
  !stage.lineage[0]!.image.uses.some(({ name }) => /TARGET/.test(name)) &&
  /^\$\{?BUILDPLATFORM\}?$/.test(flagOf(stage.lineage[0]!.from, 'platform')?.value?.text ?? '');

const platform = new Set(['TARGETPLATFORM', 'TARGETOS', 'TARGETARCH', 'TARGETVARIANT']);

/** Whether an instruction uses an argument of the target platform, so that it and all below it are made for each platform anyway. */
function isForPlatform(step: Step): boolean {
  const { kind } = step.instruction;
  if (kind !== 'Run' && kind !== 'Copy' && kind !== 'Add' && kind !== 'Workdir' && kind !== 'User') return false;
  const given = [...step.before.variables.values()].filter(({ definition }) => definition !== undefined);
  const own = given.filter(({ name }) => platform.has(name)).map(({ name }) => name);
  const made = given.filter(
    ({ value }) =>
      value.state !== 'unset' && own.some((it) => value.text.includes(`$${it}`) || value.text.includes(`\${${it}`)),
  );
  return mentions(step, new Set([...own, ...made.map(({ name }) => name)]));
}
