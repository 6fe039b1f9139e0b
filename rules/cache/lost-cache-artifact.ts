import {
  type Command,
  clean,
  dockerfile,
  type Finding,
  hasKeptMount,
  isBelow,
  type KnownMount,
  needsOf,
  rule,
  type ShellWord,
  type Span,
  type Stage,
  type Step,
} from '../../src/engine/rule.ts';
import { callSpan } from '../lib/edits.ts';
import { isMounted, lostMount } from './lib/lost-files.ts';

export default rule({
  id: 'lost-cache-artifact',
  aliases: [],
  severity: 'error',
  preset: 'recommended',
  message: 'The file used here was written to a mount, so it is not in any layer.',
  why: `
    Files that a RUN writes to a cache or tmpfs mount do not get into the stage. A later COPY --from stops with "not found",
    and a later RUN or the container fails. Not reported if a COPY, a RUN without the mount or the base image may have
    brought the same file.
  `,
  instead: 'At the end of the RUN that writes the file, copy it out of the mount with cp.',
  url: 'https://docs.docker.com/reference/dockerfile/#run---mounttypecache',
  examples: {
    'a program built into the mount': dockerfile`
      FROM rust:1.83 AS build
      WORKDIR /app
      COPY . .
      RUN --mount=type=cache,target=/app/target cargo build --release
      FROM debian:12-slim
      COPY --from=build /app/target/release/server /usr/local/bin/
                        ~~~~~~~~~~~~~~~~~~~~~~~~~~
    `,
    'a later RUN, and the container': dockerfile`
      FROM rust:1.83
      WORKDIR /app
      COPY . .
      RUN --mount=type=cache,target=target cargo build --release
      RUN cp target/release/server /usr/local/bin/server
             ~~~~~~~~~~~~~~~~~~~~~
      CMD ["./target/release/server"]
           ~~~~~~~~~~~~~~~~~~~~~~~~~
    `,
    'packages that an offline build needs': dockerfile`
      FROM maven:3.9-eclipse-temurin-21
      WORKDIR /build
      COPY pom.xml .
      RUN --mount=type=cache,target=/root/.m2 mvn -B dependency:go-offline
      COPY src src
      RUN mvn -B -o package
                 ~~
    `,
    'copied out, or mounted again': dockerfile`
      FROM rust:1.83 AS build
      WORKDIR /app
      COPY . .
      RUN --mount=type=cache,target=/app/target cargo build --release && cp target/release/server /server
      RUN --mount=type=cache,target=/app/target target/release/server --version
      FROM debian:12-slim
      COPY --from=build /server /usr/local/bin/
    `,
  },
  visit: {
    File: (model) =>
      hasKeptMount(model)
        ? model.stages.flatMap((stage) => stage.steps.flatMap((step) => judge(step, stage)))
        : undefined,
  },
});

function judge(step: Step, stage: Stage): Finding[] {
  const { instruction } = step;
  if (stage.os === 'windows') return [];
  switch (instruction.kind) {
    case 'Copy':
    case 'Add':
      return taken(step);
    case 'Run':
      return [...taken(step), ...readBy(step), ...withoutPackages(step), ...offline(step)];
    case 'Cmd':
    case 'Entrypoint':
      return started(step);
    default:
      return [];
  }
}

const lineOfMount = ({ mount, target }: KnownMount): string =>
  `${target} is a ${mount.type} mount in the RUN that writes it`;

// --- other stages

/** What COPY or a mount takes from another stage, which that stage has not. */
const taken = ({ takes }: Step): Finding[] =>
  takes.flatMap(({ origin, source, certain, at, via }) => {
    if (origin.kind !== 'stage' || !certain) return [];
    const found = lostMount(clean(`/${source}`), origin.stage.allSteps);
    return found ? [missing({ span: at }, found, via === 'copy' ? 'COPY' : 'mount')] : [];
  });

function missing({ span }: { readonly span: Span }, found: KnownMount, what: string): Finding {
  return {
    at: span,
    related: found.flag,
    message: `This is not in the stage: ${lineOfMount(found)}, so the ${what} fails or finds nothing.`,
  };
}

// --- the same image

/** Files that the commands of a RUN cannot do without. */
function readBy(step: Step): Finding[] {
  const commands = step.script?.parsed ? step.script.commands : [];
  if (commands.some(({ joint }) => joint === '||')) return [];
  const earlier = step.earlier;
  return commands.flatMap((command) => {
    const { name, word } = command;
    if (command.within.some((it) => it !== 'group' && it !== 'subshell')) return [];
    const paths = step.effects.all.filter(
      (it) =>
        it.command === command &&
        it.sure &&
        (it.kind === 'read' || it.kind === 'change' || (it.kind === 'remove' && name === 'mv')),
    );
    const isFile = step.operations.every((it) => it.command !== command) && name !== 'find' && name !== 'ls';
    const own = programPath(word, step, commands);
    const wanted = [...(isFile ? paths.map(({ path }) => path) : []), ...(own ? [own] : [])];
    for (const path of wanted) {
      const found = isMounted(path, step) || wasMade(path, command, step) ? undefined : lostMount(path, earlier);
      if (found && path !== found.target) {
        const at = path === own ? word : (wordOf(command, path) ?? command);
        return [
          { ...missing(at, found, 'RUN'), message: `This is not there: ${lineOfMount(found)}, so the RUN fails.` },
        ];
      }
    }
    return [];
  });
}

/** Whether the script itself brings the file before, or may. */
const wasMade = (path: string, command: Command, step: Step): boolean =>
  step.effects.all.some(
    (it) =>
      it.kind === 'write' &&
      it.command !== undefined &&
      it.command.span.start < command.span.start &&
      (isBelow(path, it.path) || isBelow(it.path, path)),
  ) ||
  step.operations.some(
    (it) =>
      it.command.span.start < command.span.start && (it.runsProject || it.action === 'build' || it.action === 'run'),
  );

/** A program that is started by a path. */
function programPath({ text, literal }: ShellWord, { before }: Step, commands: readonly Command[]): string | undefined {
  if (!literal || !text.includes('/')) return undefined;
  if (text.startsWith('/')) return clean(text);
  const moves = commands.some(({ name }) => name === 'cd' || name === 'pushd');
  return before.workdir.state === 'known' && !moves ? clean(`${before.workdir.text}/${text}`) : undefined;
}

const wordOf = ({ args }: Command, path: string): ShellWord | undefined =>
  args.find(({ text }) => {
    const name = text.replace(/^(?:\.\.?\/)+/, '').replace(/\/$/, '');
    return name !== '' && (path === name || path.endsWith(`/${name}`));
  });

const interpreters = /^(?:sh|bash|ash|dash|node|python[\d.]*|ruby|php|perl|java|bun|deno)$/;

/** The program of CMD or ENTRYPOINT, or the one that an interpreter is given. */
function started(step: Step): Finding[] {
  const [command, ...others] = step.script?.parsed ? step.script.commands : [];
  if (!command || others.length > 0 || command.within.length > 0) return [];
  const { word, args, name } = command;
  const end = step.stage!.end;
  const folder = end.workdir.state === 'known' ? end.workdir.text : undefined;
  const script = interpreters.test(name ?? '')
    ? args.find(({ text }, index) => text.includes('/') && (index === 0 || !text.startsWith('-')))
    : undefined;
  return [word, ...(script ? [script] : [])].flatMap((it) => {
    if (!it.literal || !it.text.includes('/') || it.text.startsWith('-')) return [];
    const path = it.text.startsWith('/') ? clean(it.text) : folder && clean(`${folder}/${it.text}`);
    const found = path ? lostMount(path, step.stage!.allSteps) : undefined;
    if (!found || path === found.target) return [];
    return [
      {
        ...missing(it, found, ''),
        message: `This is not in the image: ${lineOfMount(found)}, so the container does not start.`,
      },
    ];
  });
}

// --- packages

const scriptRunners = new Set(['npm', 'yarn', 'pnpm', 'bun']);
/** What brings its own packages, or needs none. */
const otherVerbs = new Set('exec x dlx create c init innit node'.split(' '));

/** A script of package.json, without the packages that an earlier RUN installed into a mount. */
function withoutPackages(step: Step): Finding[] {
  const { workdir } = step.before;
  if (workdir.state !== 'known' || step.operations.some(({ action }) => action !== 'run')) return [];
  const operation = step.operations.find(
    ({ manager, verb, flags }) =>
      scriptRunners.has(manager) &&
      !otherVerbs.has(verb?.text ?? '') &&
      !flags.has('directory') &&
      !flags.has('global'),
  );
  const moves = step.script?.commands.some(({ name, joint }) => name === 'cd' || name === 'pushd' || joint === '||');
  if (!operation || moves) return [];
  const path = clean(`${workdir.text}/node_modules`);
  const found = isMounted(path, step) ? undefined : lostMount(path, step.earlier);
  if (found?.target !== path || found.mount.type !== 'cache') return [];
  return [
    {
      at: callSpan(operation),
      related: found.flag,
      message: `The packages are not there: ${path} is a cache mount in the RUN that installs them, but not in this one.`,
      instead: `Mount a cache on the cache folder of ${operation.manager} instead of node_modules.`,
    },
  ];
}

/** A build that may not download what an earlier RUN has put into a mount. */
const offline = (step: Step): Finding[] =>
  needsOf(step).flatMap(({ at, operation, path, mounted: found }) =>
    at
      ? [
          {
            at,
            related: found.flag,
            message: `The packages are not there: ${path} is a cache mount in the RUN that downloads them, but not in this one, so ${operation.manager} fails.`,
            instead: `Add the same mount to this RUN: --mount=type=cache,target=${found.target}.`,
          },
        ]
      : [],
  );
