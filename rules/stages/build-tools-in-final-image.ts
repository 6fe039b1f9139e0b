import {
  dockerfile,
  type Finding,
  listed,
  type PackageOperation,
  rule,
  type ShellWord,
  type Step,
} from '../../src/engine/rule.ts';
import { buildGroups, buildPackages } from '../../src/knowledge/project/build-packages.ts';

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
    and only if it starts a program; tools that the same RUN removes are not reported.
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
      const starts = target?.end.cmd ?? target?.end.entrypoint;
      return starts ? target?.allSteps.flatMap((step) => judge(step) ?? []) : undefined;
    },
  },
});

function judge({ operations, instruction }: Step): Finding | undefined {
  if (instruction.kind !== 'Run') return undefined;
  const removes = operations.some(({ action, family }) => action === 'remove' && families.has(family));
  const words = removes ? [] : operations.flatMap(tools);
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
