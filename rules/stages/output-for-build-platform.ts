import {
  baseName,
  type Command,
  dockerfile,
  type Finding,
  imagesIn,
  isBelow,
  lineOf,
  type Model,
  rule,
  type Stage,
  type Step,
  startOf,
  type Take,
} from '../../src/engine/rule.ts';
import { isCopyOf, valueOf } from './lib/programs.ts';

export default rule({
  id: 'output-for-build-platform',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  message: 'What is compiled for the platform of the builder ships for all platforms.',
  why: `
    A stage on $BUILDPLATFORM runs on the machine that builds, and what it compiles is for that machine unless it is told
    otherwise; on any other platform the container ends with "exec format error". Judged are programs that a container starts,
    from stages in which nothing depends on the target; in strict also modules of Node.js, some of which are compiled.
  `,
  instead: 'Cross-compile for TARGETOS and TARGETARCH, or build without --platform=$BUILDPLATFORM.',
  url: 'https://docs.docker.com/build/building/multi-platform/#cross-compilation',
  examples: {
    'compiled for the builder': dockerfile`
      FROM --platform=$BUILDPLATFORM golang:1.25 AS build
      WORKDIR /src
      RUN CGO_ENABLED=0 go build -o /app .
      FROM debian:13-slim
      COPY --from=build /app /app
                        ~~~~
      CMD ["/app"]
    `,
    'cross-compiled, or for the target': dockerfile`
      FROM --platform=$BUILDPLATFORM golang:1.25 AS build
      ARG TARGETARCH
      RUN GOARCH=$TARGETARCH go build -o /app .
      FROM rust:1.90 AS tool
      RUN cargo build --release && cp target/release/tool /tool
      FROM debian:13-slim
      COPY --from=build /app /app
      COPY --from=tool /tool /tool
      CMD ["/app"]
    `,
  },
  visit: { File: (model) => imagesIn(model).flatMap((stage) => judge(stage, model)) },
});

function judge(stage: Stage, model: Model): Finding[] {
  const platform = stage.lineage[0]!.platform;
  // what is written out is meant for one platform
  if (platform?.uses.every(({ name }) => name !== 'TARGETPLATFORM')) return [];
  const { programs } = startOf(stage, model);
  return stage.allSteps.flatMap((step) =>
    step.takes.flatMap((take): Finding[] => {
      if (take.via !== 'copy' || take.origin.kind !== 'stage') return [];
      const from = take.origin.stage;
      if (!isOnBuilder(from) || dependsOnTarget(from, model)) return [];
      const program = programs.find((it) => isCopyOf(it, take));
      const built = program && builtIn(from, take);
      if (built) return [compiled(take, program.name, { ...built, model })];
      const modules = programs.some(({ name }) => name === 'node') ? modulesIn(from, take) : undefined;
      return modules ? [installed(take, { step: modules, model })] : [];
    }),
  );
}

const isOnBuilder = ({ lineage }: Stage): boolean =>
  lineage[0]!.platform?.uses.some(({ name }) => name === 'BUILDPLATFORM') === true;

/** Whether anything that a stage says names the target; the tools of tonistiigi/xx do, too. */
const dependsOnTarget = (stage: Stage, { file }: Model): boolean =>
  stage.lineage.some(({ from, steps }) => {
    const end = steps.at(-1)?.instruction.span.end ?? from.span.end;
    return /TARGET|GOARCH|GOOS|\bxx-|--target|--arch/.test(file.text.slice(from.span.start, end));
  });

interface Built {
  readonly step: Step;
  readonly command: Command;
}

/** The command that compiled what is copied. */
function builtIn(origin: Stage, { source }: Take): Built | undefined {
  for (const step of origin.allSteps.toReversed()) {
    for (const command of step.script?.commands.toReversed() ?? [])
      if (compiles(command, step, source)) return { step, command };
  }
  return undefined;
}

function compiles(command: Command, step: Step, source: string): boolean {
  const words = command.args.map(({ text }) => text);
  const out = words.indexOf('-o') < 0 ? undefined : words[words.indexOf('-o') + 1];
  if (command.name === 'go')
    return (
      words[0] === 'build' &&
      out !== undefined &&
      baseName(out) === baseName(source) &&
      valueOf('CC', command, step) === undefined
    );
  if (command.name === 'cargo') return words[0] === 'build' && /(?:^|\/)target\/(?:release|debug)\//.test(source);
  return (
    /^(?:gcc|g\+\+|cc|c\+\+|clang|clang\+\+)$/.test(command.name ?? '') &&
    out !== undefined &&
    baseName(out) === baseName(source)
  );
}

/** The install whose modules are in what is copied. */
const modulesIn = (origin: Stage, { source, certain, exclude }: Take): Step | undefined =>
  !certain || exclude.length > 0
    ? undefined
    : origin.allSteps.findLast(({ installs }) =>
        installs.some(
          ({ operation, folder }) =>
            operation !== undefined &&
            /^(?:npm|yarn|pnpm|bun)$/.test(operation.manager) &&
            folder !== undefined &&
            isBelow(`${folder === '/' ? '' : folder}/node_modules`, source.replace(/(?<=.)\/+$/, '')),
        ),
      );

interface Place {
  readonly step: Step;
  readonly model: Model;
}

function compiled({ at }: Take, program: string, { step, command, model }: Built & Place): Finding {
  return {
    at,
    related: step.instruction.keyword,
    message: `${program} is compiled for the platform of the builder (line ${lineOf(model, command.word)}), and ships for every platform.`,
    ...(command.name === 'go' && {
      instead: 'Add ARG TARGETOS TARGETARCH, and GOOS=$TARGETOS GOARCH=$TARGETARCH before go build.',
    }),
  };
}

const installed = ({ at, source }: Take, { step, model }: Place): Finding => ({
  at,
  related: step.instruction.keyword,
  severity: 'info',
  preset: 'strict',
  message: `The modules in ${source} are installed for the platform of the builder (line ${lineOf(model, step.instruction)}), and ship for every platform.`,
  why: 'A module that is compiled, such as sharp or bcrypt, does not load on another platform.',
  instead: 'Install what runs in a stage without --platform=$BUILDPLATFORM.',
});
