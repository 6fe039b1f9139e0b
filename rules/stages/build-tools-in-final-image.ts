import {
  baseName,
  costOf,
  dockerfile,
  type Finding,
  type Instruction,
  listed,
  type PackageOperation,
  rule,
  type ShellWord,
  type Stage,
  type Step,
} from '../../src/engine/rule.ts';
import { buildCommands } from '../../src/knowledge/commands/build-commands.ts';
import {
  buildGroups,
  buildImages,
  buildPackages,
  buildPrograms,
  compilesAtRunTime,
  interpreters,
  workstations,
} from '../../src/knowledge/project/build-packages.ts';

/** Managers of operating system packages; a compiler from npm or pip is another matter. */
const families = new Set(['apt', 'apk', 'rpm', 'zypper', 'pacman']);

export default rule({
  id: 'build-tools-in-final-image',
  aliases: [],
  severity: 'info',
  preset: 'recommended',
  message: 'Build tools are installed in the image that ships.',
  why: `
    Compilers and headers make the image larger, need updates, and help an intruder. Only the image that ships is judged,
    only if it starts a program, and only tools that a later command of the file uses to build. Not reported are tools that
    the same RUN removes, images that start a shell or a build or are made to build with by their name, and programs that
    compile while they run, such as PyTorch and Jupyter.
  `,
  instead: 'Build in a separate stage (FROM … AS build), and copy the result with COPY --from=build.',
  url: 'https://docs.docker.com/build/building/multi-stage/',
  examples: {
    'a compiler in the same image as the program': dockerfile`
      FROM python:3.13-slim
      RUN apt-get update \
       && apt-get install -y --no-install-recommends build-essential libpq-dev curl \
                                                     ~~~~~~~~~~~~~~~
       && rm -rf /var/lib/apt/lists/*
      RUN pip install --no-cache-dir -r requirements.txt
      CMD ["python", "app.py"]
    `,
    'removed by the RUN that installs it': dockerfile`
      FROM alpine:3.22
      RUN apk add --no-cache --virtual .build gcc musl-dev && make && apk del .build
      CMD ["/app"]
    `,
    'in a separate stage': dockerfile`
      FROM debian:12 AS build
      RUN apt-get update && apt-get install -y gcc
      FROM debian:12-slim
      COPY --from=build /app /app
      CMD ["/app"]
    `,
    'an image for builds, which starts no program': dockerfile`
      FROM debian:12
      RUN apt-get update && apt-get install -y build-essential cmake
    `,
  },
  visit: {
    File({ target }) {
      if (!target || !startsProgram(target) || needsTools(target)) return undefined;
      return target.allSteps.flatMap((step, index) => judge(step, target.allSteps.slice(index)) ?? []);
    },
  },
});

function judge({ operations, instruction }: Step, later: readonly Step[]): Finding | undefined {
  if (instruction.kind !== 'Run') return undefined;
  const removes = operations.some(({ action, family }) => action === 'remove' && families.has(family));
  const named = removes ? [] : operations.flatMap(tools);
  const words = named.filter((it, at) => isFirst(it, at, named) && later.some((step) => isUsed(it.text, step)));
  if (words.length === 0) return undefined;
  const names = words.map(({ text }) => text).slice(0, 3);
  const more = words.length > 3 ? [`${words.length - 3} more`] : [];
  const [are, ship] = words.length > 1 ? ['are', 'ship'] : ['is', 'ships'];
  return {
    at: words[0]!,
    message: `${listed([...names, ...more])} ${are} usually needed only to build, but ${ship} with the image.`,
  };
}

function tools({ action, family, packages }: PackageOperation): ShellWord[] {
  if (action !== 'install' || !families.has(family)) return [];
  return packages.flatMap(({ name, word }) =>
    name !== undefined && (buildPackages.has(name) || buildGroups.has(name.toLowerCase())) ? [word] : [],
  );
}

const isFirst = ({ text }: ShellWord, at: number, all: readonly ShellWord[]): boolean =>
  all.findIndex((it) => it.text === text) === at;

/** Whether a step may build with a tool: with the programs of its own, or a compiler of C with whatever compiles. */
function isUsed(tool: string, step: Step): boolean {
  const { operations, script, instruction } = step;
  if (instruction.kind !== 'Run') return false;
  const own = buildPrograms.find(([packages]) => packages.has(tool));
  const commands = script?.commands ?? [];
  if (own) return commands.some(({ word, name = '' }) => own[1].has(name) || own[1].has(baseName(word.text)));
  if (costOf(step) === 'compile') return true;
  if (operations.some(({ action, family }) => !families.has(family) && (action === 'install' || action === 'build')))
    return true;
  // costOf names an install before what the same RUN compiles
  return commands.some(
    ({ word, name = '', args }) =>
      buildCommands.has(name) ||
      /^\.{0,2}\//.test(word.text) ||
      (shells.has(name) && args.some(({ text }) => !text.startsWith('-'))),
  );
}

/** Whether the image starts a program that is neither a session for a person nor a build. */
function startsProgram({ end }: Stage): boolean {
  const words = [end.entrypoint, end.cmd].flatMap((it) => (it ? wordsOf(it) : []));
  const last = words
    .join(' ')
    .split(/&&|\|\||[;|]/)
    .at(-1)!
    .trim()
    .split(/\s+/);
  const at = last.findIndex((it) => !/^-|^\w+=|^[[\]]*$/.test(it) && !starters.has(baseName(it)));
  const [program = '', ...rest] =
    at < 0 ? last.slice(-1) : last.slice(at).map((it) => it.replace(/^[['"]+|[\]'",]+$/g, ''));
  const name = baseName(program);
  const args = rest.filter((it) => !/^-(?:[a-z]|-login)$/.test(it));
  if (/^(?:tail|sleep)$/.test(name) && /\/dev\/null|infinity/.test(rest.join(' '))) return false;
  if (workstations.has(name) && (args.length === 0 || !shells.has(name))) return false;
  if (interpreters.has(name) && args.length === 0) return false;
  return (
    name !== '' && !buildCommands.has(name) && !/^(?:go|cargo|mvn|mvnw|gradle|gradlew|swift|dotnet-sdk)$/.test(name)
  );
}

/** Programs that start another one. */
const starters: ReadonlySet<string> = new Set(['tini', 'dumb-init', 'env', 'exec', 'qemu-arm-static', 'sudo']);
const shells: ReadonlySet<string> = new Set(['bash', 'sh', 'zsh', 'fish', 'ash', 'dash', 'ksh', 'su']);

function wordsOf(instruction: Instruction): readonly string[] {
  if (instruction.kind !== 'Cmd' && instruction.kind !== 'Entrypoint') return [];
  const { command } = instruction;
  return command?.kind === 'ExecForm' ? command.items.map(({ text }) => text) : command ? [command.text] : [];
}

/** Whether the image is made to build with, or holds a program that compiles while it runs. */
function needsTools({ name = '', lineage, allSteps, end }: Stage): boolean {
  const bases = lineage.flatMap(({ base }) =>
    base.kind === 'image' ? [base.reference.repository + tagOf(base.reference)] : [],
  );
  const labels = [...end.labels].flatMap(([key, value]) =>
    /title|name|description/i.test(key) && value.state === 'known' ? [value.text] : [],
  );
  if ([name, ...bases, ...labels].some((it) => buildImages.test(it) || compilesAtRunTime.test(it))) return true;
  return allSteps.some(
    ({ operations, script, instruction }) =>
      instruction.kind === 'Run' &&
      (operations.some(
        ({ manager, packages }) =>
          manager === 'r' || packages.some((it) => it.name !== undefined && compilesAtRunTime.test(it.name)),
      ) ||
        script?.commands.some(
          ({ name: by, args }) => by === 'git' && args.some(({ text }) => compilesAtRunTime.test(text)),
        )),
  );
}

const tagOf = ({ tag }: { readonly tag?: string | undefined }): string => (tag === undefined ? '' : `:${tag}`);
