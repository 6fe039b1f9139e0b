import {
  below,
  dockerfile,
  type Finding,
  imagesIn,
  isBelow,
  isForPeople,
  isWholeContext,
  joined,
  kindOfSource,
  lineOf,
  type Model,
  rule,
  type Stage,
  type Step,
  startOf,
} from '../../src/engine/rule.ts';
import { toolchains } from '../../src/knowledge/images/toolchains.ts';
import { once } from './lib/once.ts';
import { type Taken, takenBy } from './lib/taken.ts';

export default rule({
  id: 'sources-in-final-image',
  aliases: [],
  severity: 'info',
  preset: 'recommended',
  message: 'The sources ship beside the program that is built from them.',
  why: `
    A compiled program does not read the sources, so they only make the image larger, and each change to any of them changes
    the layer. Judged are folders of a build stage with a compiler, with what the build context brought there and the program
    that the image starts.
  `,
  instead: 'Copy the program, and what it reads when it runs.',
  url: 'https://docs.docker.com/build/building/multi-stage/',
  examples: {
    'the whole folder of the build': dockerfile`
      FROM golang:1.25 AS build
      WORKDIR /app
      COPY . .
      RUN go build -o server .
      FROM debian:13-slim
      COPY --from=build /app /app
                        ~~~~
      CMD ["/app/server"]
    `,
    'the program alone, a folder of outputs, or a program that reads its sources': dockerfile`
      FROM golang:1.25 AS build
      WORKDIR /app
      COPY . .
      RUN go build -o /out/server .
      FROM node:22 AS web
      WORKDIR /web
      COPY . .
      RUN npm ci
      FROM debian:13-slim
      COPY --from=build /app/server /app/
      COPY --from=build /out /out
      CMD ["/out/server"]
      FROM node:22-slim
      COPY --from=web /web /web
      CMD ["node", "/web/server.js"]
    `,
  },
  visit: {
    File: (model) =>
      once(
        imagesIn(model)
          .filter((it) => !isForPeople(it))
          .flatMap((stage) => takenBy(stage).flatMap((it) => judge(it, stage, model))),
      ),
  },
});

function judge({ take: { source, target, at }, origin, folder }: Taken, stage: Stage, model: Model): Finding[] {
  if (target === undefined || toolchains[origin.rootImage?.repository ?? '']?.runs !== 'alone') return [];
  const { programs } = startOf(stage, model);
  const [program] = programs.flatMap(({ path }) =>
    path !== undefined && path !== target && isBelow(path, target) && !/\.\w{1,4}$|entry-?point/.test(path) ? path : [],
  );
  // a script or an interpreter may read anything
  if (program === undefined || programs.some(({ path }) => path === undefined || !isBelow(path, target))) return [];
  const made = joined(folder, below(program, target));
  const sources = origin.allSteps.find((it) => bringsSources(it, folder) && !isGone(it, folder, origin));
  if (!sources || isBrought(made, origin)) return [];
  return [
    {
      at,
      related: sources.instruction.keyword,
      message: `${source} brings what line ${lineOf(model, sources.instruction)} copied there, the sources among it, though ${program} is compiled.`,
      instead: `Copy ${made}, and the files that it reads when it runs.`,
    },
  ];
}

/** Whether a step copies the context, or code of it, below a folder. */
const bringsSources = ({ takes }: Step, folder: string): boolean =>
  takes.some(
    ({ via, origin, source, target }) =>
      via === 'copy' &&
      origin.kind === 'context' &&
      target !== undefined &&
      isBelow(target, folder) &&
      (isWholeContext(source) || kindOfSource(source) === 'source'),
  );

/** Whether what was copied is removed behind the build. */
const isGone = (step: Step, folder: string, { allSteps }: Stage): boolean =>
  allSteps
    .slice(allSteps.indexOf(step) + 1)
    .some(({ effects }) => effects.all.some(({ kind, path }) => kind === 'remove' && isBelow(path, folder)));

/** Whether a copy puts the program there, which is then not built. */
const isBrought = (path: string, { allSteps }: Stage): boolean =>
  allSteps.some(({ takes }) => takes.some(({ landed, target }) => landed.has(path) || target === path));
