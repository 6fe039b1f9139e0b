import {
  dockerfile,
  type Finding,
  isForPeople,
  isTakenFrom,
  lineOf,
  type Model,
  rule,
  type Stage,
} from '../../src/engine/rule.ts';

export default rule({
  id: 'unused-stage',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  message: 'Nothing is taken from this stage.',
  why: `
    The image has what the last stage has, and what that takes from others with FROM and COPY --from. BuildKit does not build
    the rest; other builders do, for nothing. In recommended only stages are reported that nobody can build by name, and those
    whose name says that something is taken from them; in strict all but those for development, tests and checks.
  `,
  instead: 'Copy from it with COPY --from, or remove it.',
  url: 'https://docs.docker.com/build/building/multi-stage/',
  examples: {
    'two bases that nothing joins': dockerfile`
      FROM node:22-slim
           ~~~~~~~~~~~~
      RUN npm install -g serve@14.2.4
      FROM debian:13
      CMD ["serve"]
    `,
    'a build that is not copied': dockerfile`
      FROM golang:1.25 AS build
                          ~~~~~
      RUN go build -o /app .
      FROM debian:13-slim
      COPY app /app
      CMD ["/app"]
    `,
    'a stage that is built by its name, or one that is used': dockerfile`
      FROM golang:1.25 AS build
      RUN go build -o /app .
      FROM build AS test
      RUN go test ./...
      FROM debian:13-slim
      COPY --from=build /app /app
    `,
  },
  visit: {
    File(model) {
      // whoever asks for a stage knows the others
      if (!model.target || model.options.target !== undefined) return [];
      return model.stages.flatMap((stage) => judge(stage, model) ?? []);
    },
  },
});

/** Names of stages that are made to be copied from or built on. */
const forOthers =
  /^(?:.*[-_.])?(?:build|builder|building|compile|compiler|deps|dependencies|install|installer|modules|vendor|assets|download|downloader|fetch|base|toolchain|bundle|packages|node_modules|cache)(?:[-_.].*|\d*)$/i;

function judge(stage: Stage, model: Model): Finding | undefined {
  const { from, name, reachable, steps } = stage;
  if (reachable || isForPeople(stage) || isTakenFrom(stage, model)) return undefined;
  const isImage = steps.some(({ instruction: { kind } }) => kind === 'Cmd' || kind === 'Entrypoint');
  const rest = model.target!;
  const last = `the image is that of ${rest.name === undefined ? 'the last stage' : rest.name} (line ${lineOf(model, rest.from)})`;
  if (name === undefined)
    return {
      at: from.image ?? from.keyword,
      message: `Nothing is taken from this stage: ${last}.`,
      ...(isImage && { why: 'Its CMD or ENTRYPOINT is never used: several FROM do not make one image.' }),
    };
  // an image that is named elsewhere in the file may be this one
  const isNamed = model.file.text.split(name).length > 2;
  const isSure = !isImage && forOthers.test(name) && !isNamed && !isAmongTargets(model);
  return {
    at: from.name ?? from.keyword,
    severity: isSure ? 'info' : 'style',
    ...(!isSure && { preset: isImage ? 'all' : 'strict' }),
    message: `Nothing is taken from the stage ${name}: ${last}.`,
  };
}

/** A file of many images, each built by its name, or with a base that an argument chooses: what looks unused is one of them. */
const isAmongTargets = (model: Model): boolean =>
  model.stages.some(({ base }) => base.kind === 'unknown') ||
  model.stages.filter((it) => !it.reachable && !isTakenFrom(it, model)).length > 2;
