import {
  type Command,
  dockerfile,
  type Finding,
  rule,
  type Span,
  type Stage,
  type Step,
} from '../../src/engine/rule.ts';
import { cachesInLayer, removalOf } from '../lib/package-caches.ts';
import { absolute, covers } from '../lib/paths.ts';

/** Something that an instruction left in its layer: a cache of a package manager, or a file that was copied. */
interface Left {
  readonly path: string;
  readonly line: Step;
  readonly what: 'cache' | 'file';
}

export default rule({
  id: 'cleanup-in-later-layer',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  message: 'What is removed here stays in the layer above.',
  why: `
    A layer is written when its instruction ends; a later removal only hides the files. They still ship with the image, count
    for its size and can be read by anyone who has it. Stages whose layers do not ship are not judged.
  `,
  instead: 'The removal in the RUN that makes the files, a mount, or a stage that does not ship.',
  url: 'https://docs.docker.com/build/building/best-practices/#run',
  examples: {
    'the package index': dockerfile`
      FROM debian:12
      RUN apt-get update && apt-get install -y --no-install-recommends curl
      RUN rm -rf /var/lib/apt/lists/*
          ~~~~~~~~~~~~~~~~~~~~~~~~~~~
    `,
    'a file that was copied': dockerfile`
      FROM debian:12
      WORKDIR /tmp
      COPY installer.sh .
      RUN sh installer.sh && rm installer.sh
                             ~~~~~~~~~~~~~~~
    `,
    'packages that were only needed to build': dockerfile`
      FROM alpine:3.22
      RUN apk add --no-cache --virtual .build-deps gcc musl-dev
      RUN cc -o /app /src/app.c
      RUN apk del .build-deps
          ~~~~~~~~~~~~~~~~~~~
    `,
    'in the same layer': dockerfile`
      FROM debian:12
      RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*
    `,
    'after an install of its own': dockerfile`
      FROM debian:12
      RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
      RUN apt-get update && apt-get install -y git && rm -rf /var/lib/apt/lists/*
    `,
    'a stage that does not ship': dockerfile`
      FROM debian:12 AS build
      COPY source.tar /src/
      RUN tar -xf /src/source.tar -C /src && rm /src/source.tar
      FROM scratch
      COPY --from=build /src/app /app
    `,
  },
  visit: {
    File: ({ target }) => {
      const left: Left[] = [];
      const installed = new Map<string, Step>();
      return (target?.lineage ?? []).flatMap((stage) => judge(stage, left, installed));
    },
  },
});

function judge(stage: Stage, left: Left[], installed: Map<string, Step>): Finding[] {
  const findings: Finding[] = [];
  for (const step of stage.steps) {
    const removals = new Map<Command, Left>();
    for (const it of left) {
      const command = it.what === 'cache' ? removalOf(it.path, it.line, step) : removalOfFile(it, step);
      if (command && !removals.has(command)) removals.set(command, it);
    }
    for (const [{ span }, { line, what }] of removals) findings.push(finding(span, line, what));
    for (const { action, packages, command } of step.operations) {
      const source =
        action === 'remove' ? packages.map(({ name }) => installed.get(name ?? '')).find((it) => it) : undefined;
      if (source) findings.push(finding(command.span, source, 'packages'));
    }
    remember(step, left, installed);
  }
  return findings;
}

const kinds: Readonly<Record<string, string>> = {
  cache: 'The cache that is removed here was',
  file: 'The file that is removed here was',
  packages: 'The packages that are removed here were',
};

function finding(at: Span, { instruction }: Step, what: string): Finding {
  const related = instruction.kind === 'Run' && instruction.command ? instruction.command : instruction;
  return {
    at,
    related,
    message: `${kinds[what]} already stored in the layer of the ${instruction.keyword.text} above.`,
  };
}

function removalOfFile({ path }: Left, step: Step): Command | undefined {
  const folder = folderOf(step);
  const takesIt = (text: string): boolean => {
    const by = text.startsWith('-') ? undefined : absolute(folder, text);
    return by !== undefined && by !== '/' && covers(by, path);
  };
  const commands = step.instruction.kind === 'Run' ? (step.script?.commands ?? []) : [];
  return commands.find(
    ({ name, args, within }) =>
      name === 'rm' &&
      !within.some((it) => it === 'function' || it === 'loop') &&
      args.some(({ text }) => takesIt(text)),
  );
}

/** Where relative paths of a RUN begin; unknown once the script itself changes the folder. */
function folderOf({ before, script }: Step): string | undefined {
  const moves = script?.commands.some(({ name }) => name === 'cd' || name === 'pushd');
  return before.workdir.state === 'known' && !moves ? before.workdir.text : undefined;
}

function remember(step: Step, left: Left[], installed: Map<string, Step>): void {
  const { instruction, operations } = step;
  const folder = folderOf(step);
  if (instruction.kind === 'Run') {
    for (const operation of operations) {
      const { action, packages, flags } = operation;
      for (const path of cachesInLayer(operation, step)) left.push({ path, line: step, what: 'cache' });
      if (action !== 'install') continue;
      for (const { name } of packages) if (name) installed.set(name, step);
      for (const { value } of flags.get('virtual') ?? []) if (value) installed.set(value.text, step);
    }
    for (const { action, packages } of operations) {
      for (const { name } of action === 'remove' ? packages : []) if (name) installed.delete(name);
    }
  }
  if ((instruction.kind === 'Copy' || instruction.kind === 'Add') && instruction.destination) {
    const to = step.expand(instruction.destination).value;
    const destination = to.state === 'known' ? to.text : undefined;
    for (const source of destination === undefined ? [] : instruction.sources) {
      const from = step.expand(source).value;
      const base = from.state === 'known' ? from.text.slice(from.text.lastIndexOf('/') + 1) : '';
      // without a dot the source may be a folder, whose contents are copied
      if (!/^[^*?[{]+\.[^*?[{]+$/.test(base)) continue;
      const inFolder =
        destination!.endsWith('/') || destination === '.' || destination === './' || instruction.sources.length > 1;
      const path = absolute(folder, inFolder ? `${destination}/${base}` : destination!);
      if (path) left.push({ path, line: step, what: 'file' });
    }
  }
}
