import {
  baseName,
  type Command,
  dockerfile,
  type Finding,
  imagesIn,
  isForPeople,
  listed,
  type PackageOperation,
  releaseOf,
  rule,
  type ShellWord,
  type Stage,
  type Step,
} from '../../src/engine/rule.ts';
import { buildCommands } from '../../src/knowledge/commands/build-commands.ts';
import { factsOf } from '../../src/knowledge/images/facts.ts';
import { runtimeLibraries } from '../../src/knowledge/managers/runtime-libraries.ts';
import {
  buildGroups,
  buildPackages,
  buildPrograms,
  buildsJava,
  neverCompile,
  plainPackages,
} from '../../src/knowledge/project/build-packages.ts';
import { once } from './lib/once.ts';
import { needsTools, startsProgram } from './lib/runs.ts';

/** Managers of operating system packages; a compiler from npm or pip is another matter. */
const families = new Set(['apt', 'apk', 'rpm', 'zypper', 'pacman']);

export default rule({
  id: 'build-tools-in-final-image',
  aliases: [],
  severity: 'info',
  preset: 'recommended',
  message: 'Build tools are installed in the image that ships.',
  why: `
    Compilers and headers make the image larger, need updates, and help an intruder. Only images that ship are judged,
    only if they start a program, and only tools that a later command of the file uses to build. Not reported are tools that
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
    File(model) {
      const images = imagesIn(model).filter((it) => !isForPeople(it) && startsProgram(it) && !needsTools(it));
      return once(images.flatMap(judge));
    },
  },
});

/** How many RUNs have findings of their own; of more, all are told at the first. */
const MOST = 3;

function judge({ allSteps }: Stage): Finding[] {
  const groups = allSteps
    .map((step, index) => ({ step, words: toolsIn(step, allSteps.slice(index)) }))
    .filter(({ words }) => words.length > 0);
  if (groups.length <= MOST) return groups.map(({ step, words }) => finding(words, step));
  const all = groups.flatMap(({ words }) => words);
  return [
    finding(
      all.filter((it, at) => isFirst(it, at, all)),
      groups[0]!.step,
    ),
  ];
}

/** The tools that a RUN installs, a later command uses and nothing removes. */
function toolsIn({ operations, instruction }: Step, later: readonly Step[]): ShellWord[] {
  if (instruction.kind !== 'Run') return [];
  const removes = operations.some(({ action, family }) => action === 'remove' && families.has(family));
  const named = removes ? [] : operations.flatMap(tools);
  // a removal in a later layer is another finding
  const gone = new Set(named.length === 0 ? [] : later.flatMap((it) => it.operations.flatMap(removed)));
  return named.filter(
    (it, at) =>
      isFirst(it, at, named) &&
      !gone.has(it.text.replace(/[@=:].*$/, '')) &&
      later.some((step) => isUsed(it.text, step)),
  );
}

function finding(words: readonly ShellWord[], { stage }: Step): Finding {
  const names = words.map(({ text }) => text).slice(0, 3);
  const more = words.length > 3 ? [`${words.length - 3} more`] : [];
  const [are, ship] = words.length > 1 ? ['are', 'ship'] : ['is', 'ships'];
  return {
    at: words[0]!,
    message: `${listed([...names, ...more])} ${are} usually needed only to build, but ${ship} with the image.`,
    ...adviceFor(words, stage),
  };
}

/** What the result needs where it is copied to: the libraries behind the headers, by their names as far as they are known. */
function adviceFor(words: readonly ShellWord[], stage: Stage | undefined): Pick<Finding, 'instead'> {
  const facts = stage?.rootImage && factsOf(stage.rootImage);
  const system = facts?.distribution === undefined ? releaseOf({ stage }) : facts;
  const { distribution, version } = system ?? {};
  const found = words
    .map(({ text }) => text.replace(/[@=<>~].*$/, ''))
    .filter((name) => headers.test(name) && !ofLanguages.test(name))
    .map((name) => (distribution === undefined ? undefined : runtimeLibraries(name, { distribution, version })));
  // on Alpine programs of C++ are linked to a library that comes with the compiler
  const ofCompilers =
    distribution === 'alpine' && words.some(({ text }) => compilesCpp.test(text)) ? ['libstdc++'] : [];
  const libraries = [...new Set([...found.flatMap((it) => it ?? []), ...ofCompilers])];
  const isAll = ofCompilers.length === 0 && found.every((it) => it !== undefined);
  // a base with compilers keeps them
  const base = facts?.has('gcc') === true ? 'a base without compilers' : undefined;
  if (isAll && libraries.length === 0)
    return base === undefined
      ? {}
      : {
          instead: `Build in a separate stage, and copy the result with COPY --from to ${base}, as ${stage!.rootImage!.text} has some too.`,
        };
  const named =
    isAll && libraries.length <= 6
      ? `only ${listed(libraries)} there`
      : `there the libraries that it is linked to${libraries.length > 0 ? `, such as ${libraries[0]}` : ''}`;
  return {
    instead: `Build in a separate stage, copy the result with COPY --from${base === undefined ? '' : ` to ${base}`}, and install ${named}.`,
  };
}

const compilesCpp = /^(?:g\+\+|build-base|alpine-sdk|clang)$/;
/** Headers of interpreters, which are there with their libraries. */
const ofLanguages = /^(?:python|php|ruby|perl|lua)[\d.]*-dev(?:el)?$/;

/** Packages of headers, by the names of Debian, Alpine and the RPM families. */
const headers = /-(?:dev|devel)$/;

function tools({ action, family, packages }: PackageOperation): ShellWord[] {
  if (action !== 'install' || !families.has(family)) return [];
  return packages.flatMap(({ name, word }) =>
    name !== undefined && (buildPackages.has(name) || headers.test(name) || buildGroups.has(name.toLowerCase()))
      ? [word]
      : [],
  );
}

const removed = ({ action, packages }: PackageOperation): string[] =>
  action === 'remove' ? packages.flatMap(({ name }) => name ?? []) : [];

const isFirst = ({ text }: ShellWord, at: number, all: readonly ShellWord[]): boolean =>
  all.findIndex((it) => it.text === text) === at;

/** Whether a step may build with a tool: with the programs of its own, or a compiler of C with whatever compiles. */
function isUsed(tool: string, step: Step): boolean {
  const { operations, script, instruction } = step;
  if (instruction.kind !== 'Run') return false;
  const own = buildPrograms.find(([packages]) => packages.test(tool));
  const commands = script?.commands ?? [];
  if (own) return commands.some(({ word, name = '' }) => own[1].has(name) || own[1].has(baseName(word.text)));
  if (operations.some((it) => !families.has(it.family) && mayCompile(it))) return true;
  const isScript = ({ word, name = '', args }: Command): boolean =>
    /^\.{0,2}\//.test(word.text) || (shells.has(name) && args.some(({ text }) => !text.startsWith('-')));
  // a program that is downloaded may need the library that comes with headers
  const builds = ({ word, args }: Command): boolean =>
    buildPackages.has(tool) || [word, ...args].some(({ text }) => buildScript.test(baseName(text)));
  return commands.some(
    (it) => (buildCommands.has(it.name ?? '') && !buildsJava.has(it.name ?? '')) || (isScript(it) && builds(it)),
  );
}

/** Whether an install or a build of packages of a language may compile C. */
const mayCompile = ({ action, family, packages }: PackageOperation): boolean =>
  (action === 'install' || action === 'build') &&
  !neverCompile.has(family) &&
  (packages.length === 0 || packages.some(({ name }) => name === undefined || !plainPackages.has(name)));

const buildScript = /configure|autogen|bootstrap|build|compile|make/i;
const shells: ReadonlySet<string> = new Set(['bash', 'sh', 'zsh', 'fish', 'ash', 'dash', 'ksh', 'su']);
