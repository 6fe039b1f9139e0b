import {
  baseName,
  dockerfile,
  type Finding,
  imagesIn,
  isForPeople,
  lineOf,
  type Model,
  rule,
  type Stage,
  type Started,
  type Step,
  startOf,
} from '../../src/engine/rule.ts';
import { factsOf } from '../../src/knowledge/images/facts.ts';
import { jreOf } from '../../src/knowledge/images/java.ts';
import { callsToolchain, type Toolchain, toolchains } from '../../src/knowledge/images/toolchains.ts';
import { buildsJava } from '../../src/knowledge/project/build-packages.ts';
import { size } from '../lib/words.ts';
import { isCopyOf } from './lib/programs.ts';
import { needsTools, startsProgram } from './lib/runs.ts';

export default rule({
  id: 'toolchain-in-final-image',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  message: 'The toolchain of the base image ships.',
  why: `
    A compiler and its libraries make an image several times as large as the program needs, need updates, and help an
    intruder. Judged are images that start a program which the toolchain built, or Java programs on a JDK. Not reported are
    images without CMD and ENTRYPOINT, those that start a shell or the toolchain itself for a person, and those that are made
    to build or develop with by their name.
  `,
  instead: 'Build in a stage of its own, and copy the result to a small base with COPY --from.',
  url: 'https://docs.docker.com/build/building/multi-stage/',
  examples: {
    'a program of Go, with Go': dockerfile`
      FROM golang:1.25
           ~~~~~~~~~~~
      WORKDIR /src
      COPY . .
      RUN go build -o /app .
      CMD ["/app"]
    `,
    'compiled each time it starts': dockerfile`
      FROM rust:1.90
           ~~~~~~~~~
      WORKDIR /src
      COPY . .
      RUN cargo build
      CMD ["cargo", "run"]
    `,
    'a jar on a JDK': dockerfile`
      FROM eclipse-temurin:21-jdk
           ~~~~~~~~~~~~~~~~~~~~~~
      COPY target/app.jar /app.jar
      CMD ["java", "-jar", "/app.jar"]
    `,
    'built elsewhere': dockerfile`
      FROM golang:1.25 AS build
      RUN go build -o /app .
      FROM golang:1.25
           ~~~~~~~~~~~
      COPY --from=build /app /usr/local/bin/app
      CMD ["app"]
    `,
    'in a stage of its own': dockerfile`
      FROM golang:1.25 AS build
      RUN go build -o /app .
      FROM debian:13-slim
      COPY --from=build /app /app
      CMD ["/app"]
    `,
    'an image to build with': dockerfile`
      FROM golang:1.25
      RUN go install honnef.co/go/tools/cmd/staticcheck@2025.1
      ENTRYPOINT ["staticcheck"]
      FROM golang:1.25 AS dev
      RUN go build ./...
      CMD ["bash"]
    `,
  },
  visit: {
    File: (model) => imagesIn(model).flatMap((stage) => judge(stage, model) ?? []),
  },
});

function judge(stage: Stage, model: Model): Finding | undefined {
  const { rootImage, lineage, allSteps } = stage;
  const root = lineage[0]!;
  const toolchain = rootImage && toolchains[rootImage.repository];
  if (!toolchain || toolchain.except?.test(rootImage.tag ?? '') || !root.from.image) return undefined;
  if (isForPeople(stage) || needsTools(stage)) return undefined;
  const { programs } = startOf(stage, model);
  const [program] = programs;
  if (!program) return undefined;
  const at = root.from.image;
  const bytes = factsOf(rootImage)?.size;
  const room = bytes === undefined ? '' : `, ${size(bytes)} compressed`;
  const built = allSteps.findLast((step) => isBuilt(step, toolchain));
  const compiling = programs.find((it) => compilesAtStart(it, toolchain));
  if (compiling) return atStart(compiling, built, { at, room, toolchain });
  // a script may call the toolchain
  if (!startsProgram(stage) || /entry-?point|\.(?:sh|bash)$/.test(program.name) || callsToolchain.test(program.name))
    return undefined;
  if (programs.some(({ name }) => toolchain.builds.has(name) && name !== 'dotnet')) return undefined;
  const image = rootImage.text;
  if (toolchain.runs === 'java' && programs.some(({ name }) => name === 'java')) {
    const found = onJdk(stage, { at, image, room });
    if (found || !built) return found;
  }
  const maker =
    toolchain.runs === 'alone' ? makerOf(program, stage, toolchain) : isOfProject(built) ? built : undefined;
  if (!maker) return undefined;
  const isRun = maker.instruction.kind === 'Run';
  const needs = program.name === 'java' ? 'needs only the JRE' : `does not need ${isPlural(toolchain) ? 'them' : 'it'}`;
  return {
    at,
    related: maker.instruction.keyword,
    message: `${image} ships with ${toolchain.what}${room}, but ${program.name} ${needs} once line ${lineOf(model, maker.instruction)} has ${isRun ? 'built' : 'copied'} the program.`,
    instead: isRun ? insteadOf(toolchain) : 'Copy the program to a small base of the same release.',
  };
}

const isPlural = ({ what }: Toolchain): boolean => / and |s of /.test(what);

/** Whether a step builds the project; what only installs a tool may need the toolchain. */
const isOfProject = (step: Step | undefined): boolean =>
  step?.operations.some(({ runsProject }) => runsProject) === true;

/** The step by which a program that needs no toolchain is there: what builds it, or copies it from where it is built. */
function makerOf(program: Started, { allSteps, end, rootImage }: Stage, toolchain: Toolchain): Step | undefined {
  const copied = allSteps.findLast(({ takes }) =>
    takes.some((take) => take.via === 'copy' && take.origin.kind === 'stage' && isCopyOf(program, take)),
  );
  if (copied) return copied;
  // a release has the Erlang in it that runs it
  if (rootImage?.name === 'elixir' && !/\/rel\//.test(program.path ?? '')) return undefined;
  const isInPath = allSteps.some(({ takes }) =>
    takes.some(({ target, origin }) => origin.kind === 'context' && /^\/go\/src\/./.test(target ?? '')),
  );
  return allSteps.findLast((step) => {
    if (isBuilt(step, toolchain))
      return (
        isOfProject(step) ||
        step.operations.length === 0 ||
        isInPath ||
        (end.exposed.length > 0 && names(step, program))
      );
    return step.script?.commands.some(({ name }) => name === 'make') && writes(step, program);
  });
}

/** `go install example.com/cmd/server`, for `server`. */
const names = ({ operations }: Step, program: Started): boolean =>
  operations.some(({ packages }) =>
    packages.some(({ word }) => baseName(word.text.replace(/@.*$/, '')) === program.name),
  );

const writes = ({ effects }: Step, { path }: Started): boolean =>
  path !== undefined && effects.all.some((it) => it.kind === 'write' && it.path === path);

const insteadOf = ({ runs }: Toolchain): string =>
  runs === 'dotnet'
    ? 'Build in a stage of its own, and copy what dotnet publish makes to mcr.microsoft.com/dotnet/aspnet or runtime of the same version.'
    : runs === 'java'
      ? 'Build in a stage of its own, and copy the program to an image with the JRE. dflint stages --suggest proposes it where that is safe.'
      : 'Build in a stage of its own, and copy the program to a small base of the same release. dflint stages --suggest proposes it where that is safe.';

const isBuilt = ({ instruction, script }: Step, { builds }: Toolchain): boolean =>
  instruction.kind === 'Run' && (script?.commands ?? []).some(({ name }) => name !== undefined && builds.has(name));

/** `go run`, `cargo run`, `mvn spring-boot:run`, `gradle bootRun`, `dotnet run`. */
const compilesAtStart = ({ name, args }: Started, { builds }: Toolchain): boolean =>
  builds.has(name) && args.some((it) => /^(?:run|bootRun|test|[\w.-]+:run|[\w.-]+:dev)$/.test(it));

interface Found {
  readonly at: NonNullable<Finding['at']>;
  readonly room: string;
}

function atStart(
  { name, args, step }: Started,
  built: Step | undefined,
  { at, room, toolchain }: Found & { readonly toolchain: Toolchain },
): Finding | undefined {
  // somebody who only tries something out writes no file that builds
  if (!built) return undefined;
  const verb = args.find((it) => /run|dev|test/i.test(it)) ?? '';
  return {
    at,
    related: step.instruction.keyword,
    message: `${name} ${verb} builds each time a container starts, so ${toolchain.what} ${isPlural(toolchain) ? 'ship' : 'ships'}${room}.`,
    why: 'A container starts slowly, needs the sources, and may need the network before it serves.',
    instead: 'Build in a RUN of a stage of its own, copy the result to a small base, and start that.',
  };
}

const buildsHere = (step: Step): boolean =>
  isOfProject(step) ||
  step.script?.commands.some(({ name, word }) => buildsJava.has(name ?? baseName(word.text))) === true;

/** A JDK is a JRE and the tools to build with. */
function onJdk(stage: Stage, { at, image, room }: Found & { readonly image: string }): Finding | undefined {
  const jre = stage.rootImage && jreOf(stage.rootImage);
  if (jre === undefined) return undefined;
  return {
    at,
    severity: 'info',
    message: `${image} ships with the JDK${room}, but java needs only the JRE.`,
    why: 'The compiler and the tools of the JDK take room, need updates, and help an intruder.',
    instead: `Use ${jre} for what runs${stage.steps.some(buildsHere) ? ', and build in a stage of its own' : ''}.`,
  };
}
