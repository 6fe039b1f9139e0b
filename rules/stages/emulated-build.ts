import {
  type Command,
  dockerfile,
  type Finding,
  hasWildcard,
  imagesIn,
  type Model,
  type PackageOperation,
  rule,
  type Stage,
  type Step,
  startOf,
  type Take,
} from '../../src/engine/rule.ts';
import { valueOf } from './lib/programs.ts';

export default rule({
  id: 'emulated-build',
  aliases: [],
  severity: 'info',
  preset: 'strict',
  message: 'The build runs under emulation for other platforms.',
  why: `
    Without --platform=$BUILDPLATFORM a stage has the platform of the image, and a compiler under emulation takes many times as
    long. Only files that name a platform argument such as TARGETARCH are judged, and only stages that do not ship and whose
    result is for any platform, or is cross-compiled by a variable: Go without cgo, jars, static files, and what dotnet starts.
  `,
  instead: 'Write FROM --platform=$BUILDPLATFORM.',
  url: 'https://docs.docker.com/build/building/multi-platform/#cross-compilation',
  examples: {
    'Go, which compiles for any platform': dockerfile`
      FROM golang:1.25 AS build
           ~~~~~~~~~~~
      ARG TARGETARCH
      RUN CGO_ENABLED=0 GOARCH=$TARGETARCH go build -o /app .
      FROM debian:13-slim
      COPY --from=build /app /app
      CMD ["/app"]
    `,
    'static files': dockerfile`
      FROM node:22 AS web
           ~~~~~~~
      RUN npm ci && npm run build
      FROM --platform=$BUILDPLATFORM golang:1.25 AS build
      RUN CGO_ENABLED=0 go build -o /app .
      FROM nginx:1.29
      COPY --from=web /web/dist /usr/share/nginx/html
      COPY --from=build /app /app
    `,
    'on the build platform, with cgo, or with modules that run': dockerfile`
      FROM --platform=$BUILDPLATFORM golang:1.25 AS one
      RUN CGO_ENABLED=0 go build -o /one .
      FROM golang:1.25 AS two
      RUN CGO_ENABLED=1 go build -o /two .
      FROM node:22 AS web
      RUN npm ci && npm run build
      FROM node:22-slim
      COPY --from=one /one /one
      COPY --from=two /two /two
      COPY --from=web /web /web
    `,
  },
  visit: {
    File(model) {
      if (!isForPlatforms(model)) return undefined;
      const ships = new Set(imagesIn(model).flatMap(({ lineage }) => lineage));
      const takes = takesFrom(model);
      return model.stages.flatMap((stage) => (ships.has(stage) ? [] : (judge(stage, takes.get(stage) ?? []) ?? [])));
    },
  },
});

interface Taken {
  readonly take: Take;
  readonly by: Stage;
  readonly model: Model;
}

/** What each stage gives to others. */
function takesFrom(model: Model): ReadonlyMap<Stage, readonly Taken[]> {
  const found = new Map<Stage, Taken[]>();
  for (const by of model.stages)
    for (const { takes } of by.steps)
      for (const take of takes) {
        if (take.origin.kind !== 'stage') continue;
        const list = found.get(take.origin.stage);
        if (list) list.push({ take, by, model });
        else found.set(take.origin.stage, [{ take, by, model }]);
      }
  return found;
}

/** What the builder predefines for images of several platforms. */
const argument = /^(?:TARGET(?:PLATFORM|OS|ARCH|VARIANT)|BUILDPLATFORM|BUILDARCH)$/;

/** Whether the file says that it is built for several platforms. */
const isForPlatforms = ({ stages }: Model): boolean =>
  stages.some(
    ({ platform, image, steps }) =>
      [platform, image].some((it) => it?.uses.some(({ name }) => argument.test(name))) ||
      steps.some(
        ({ instruction }) =>
          instruction.kind === 'Arg' && instruction.pairs.some(({ name }) => argument.test(name.text)),
      ),
  );

function judge(stage: Stage, takes: readonly Taken[]): Finding | undefined {
  const [root] = stage.lineage;
  const { image } = root!.from;
  if (!image || root !== stage || stage.platform || stage.base.kind !== 'image' || takes.length === 0) return undefined;
  if (stage.os !== 'linux') return undefined;
  for (const step of stage.steps) {
    for (const command of step.script?.commands ?? []) {
      const found = foundIn(command, step, takes);
      if (found) return { at: image, related: command.word, ...found };
    }
  }
  return undefined;
}

type Words = Pick<Finding, 'message' | 'instead'>;

function foundIn(command: Command, step: Step, takes: readonly Taken[]): Words | undefined {
  const [verb = ''] = command.args.map(({ text }) => text);
  if (command.name === 'go' && /^(?:build|install)$/.test(verb)) return go(command, step);
  if (/^(?:mvnw?|gradlew?)$/.test(command.name ?? '') && takes.every(isJar))
    return any(command.name!, 'a jar is the same for all platforms');
  const [operation] = step.operationsOf(command);
  if (operation && isBundle(operation) && takes.every(isStatic))
    return any(
      `${operation.manager} ${command.args.map(({ text }) => text).join(' ')}`,
      'the files are the same for all platforms',
    );
  if (command.name === 'dotnet' && verb === 'publish' && !isNative(command) && takes.every(isRunByDotnet))
    return any('dotnet publish', 'what it makes is the same for all platforms');
  return undefined;
}

const any = (call: string, why: string): Words => ({
  message: `${call} runs under emulation for every platform but that of the builder, though ${why}.`,
});

/** Without cgo, as it is written, Go compiles for any platform; else it takes a C compiler for the other one. */
function go(command: Command, step: Step): Words | undefined {
  if (valueOf('CGO_ENABLED', command, step) !== '0') return undefined;
  const target = valueOf('GOARCH', command, step);
  // one that is written out is the same on every platform
  if (target !== undefined && target !== '?') return undefined;
  return {
    message:
      'go build runs under emulation for every platform but that of the builder, though Go compiles for all of them.',
    instead:
      target === undefined
        ? 'Write FROM --platform=$BUILDPLATFORM, ARG TARGETOS TARGETARCH, and GOOS=$TARGETOS GOARCH=$TARGETARCH before go build.'
        : 'Write FROM --platform=$BUILDPLATFORM: GOARCH is set already.',
  };
}

const isJar = ({ take: { source } }: Taken): boolean => /\.jar$/.test(source);

/** `npm run build`. */
const isBundle = ({ manager, action, command }: PackageOperation): boolean =>
  /^(?:npm|yarn|pnpm|bun)$/.test(manager) &&
  action === 'run' &&
  command.args.some(({ text }) => /^build(?:$|[:-])/.test(text));

/** A folder of files for a server that does not run them. */
const isStatic = ({ take: { source, via }, by }: Taken): boolean =>
  via === 'copy' &&
  !hasWildcard(source) &&
  /(?:^|\/)(?:dist|build|public|out|www|browser|static)(?:\/|$)/.test(source) &&
  by.rootImage !== undefined &&
  /^(?:nginx|httpd|caddy|nginx-unprivileged|alpine|static|golang|rust|php|python)/.test(by.rootImage.name);

const isNative = ({ args }: Command): boolean =>
  args.some(({ text }) =>
    /^(?:-r|--runtime|-a|--arch|--os|--self-contained|--sc)(?:=|$)|PublishAot|RuntimeIdentifier/i.test(text),
  );

const isRunByDotnet = ({ by, model }: Taken): boolean =>
  startOf(by, model).programs.some(({ name }) => name === 'dotnet');
