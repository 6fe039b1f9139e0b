import { dockerfile, type Finding, literal, type Model, rule, type Step } from '../../src/engine/rule.ts';
import { changesEachBuild } from '../../src/knowledge/project/volatility.ts';
import { listed } from '../lib/words.ts';
import { type Early, earlyArguments, moveOf, placeText, stepsText } from './lib/early-variables.ts';

export default rule({
  id: 'early-variable',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  fix: 'suggestion',
  message:
    'An argument that changes with each commit or build is declared above costly instructions that do not use it.',
  why: `
    An ARG enters the environment of every RUN below it, so a new value runs them again, whether they use it or not. An ENV
    made from it does the same, also in stages based on this one. Names such as GIT_SHA, BUILD_DATE or VCS_REF are reported;
    not an argument whose default is a real value, as that is a setting of the file, nor one that is meant to invalidate the
    cache. Instructions below a copy of the code do not count, as they run again with each commit anyway.
  `,
  instead: 'Move the ARG directly above the first instruction that uses it.',
  url: 'https://docs.docker.com/reference/dockerfile/#impact-on-build-caching',
  examples: {
    'a commit, for a label': dockerfile`
        FROM alpine:3.20
      - ARG GIT_SHA
            ~~~~~~~
        RUN apk add --no-cache curl
        COPY app /usr/local/bin/
      + ARG GIT_SHA
        LABEL org.opencontainers.image.revision=$GIT_SHA
    `,
    'for the build': dockerfile`
        FROM golang:1.23 AS build
        WORKDIR /src
      - ARG COMMIT
            ~~~~~~
        COPY go.mod go.sum ./
        RUN go mod download
        COPY . .
      + ARG COMMIT
        RUN go build -ldflags "-X main.commit=$COMMIT" -o /app .
    `,
    'directly above its use': dockerfile`
      FROM golang:1.23 AS build
      WORKDIR /src
      COPY go.mod go.sum ./
      RUN go mod download
      COPY . .
      ARG COMMIT
      RUN go build -ldflags "-X main.commit=$COMMIT" -o /app .
    `,
    'a setting': dockerfile`
      FROM debian:12
      ARG NODE_VERSION
      ARG TINI_COMMIT=de40ad0
      RUN apt-get update && apt-get install -y git
    `,
  },
  visit: {
    File: (model) => {
      const found = earlyArguments(model, {
        isEarly: (name, step) => changesEachBuild(name) && !/cache|_url$/i.test(name) && !hasValue(name, step, model),
        outweighs: (step) => step.changes === 'source',
      });
      return groups(found.filter((it) => !isRevision(it))).map((group) => finding(group, model));
    },
  },
});

/** Defaults that stand for nothing. */
const placeholder =
  /^(?:|unknown|un(?:defined|set|specified)|dev(?:el|elop|elopment)?|none|null|nil|n\/?a|head|local|snapshot|dirty|latest|now|master|main|[0x.-]+|test|change_?me|not[_-]?set|missing|default|(?:19|20)\d\d-\d\d-\d\d.*)$/i;

/** Whether the file gives the argument a default that is a value. */
function hasValue(name: string, step: Step, { globals }: Model): boolean {
  return [step, ...globals].some((it) => {
    const { instruction } = it;
    const pair = instruction.kind === 'Arg' ? instruction.pairs.find((one) => one.name.text === name) : undefined;
    const value = pair?.value && it.expand(pair.value).value;
    return value?.state === 'known' && !placeholder.test(value.text.trim());
  });
}

/** Whether it says which revision of another project is fetched: then it is a version, whatever it is called. */
const isRevision = ({ names, use }: Early): boolean =>
  use?.script?.commands.some(
    ({ name, args }) =>
      name !== undefined &&
      fetchers.has(name) &&
      args.some(({ text }) => [...names].some((it) => new RegExp(`\\$\\{?${literal(it)}(?!\\w)`).test(text))),
  ) ?? false;
const fetchers: ReadonlySet<string> = new Set(['git', 'curl', 'wget', 'svn', 'hg']);

/** What gives the arguments another value, by their names: `build`, `commit or build`. */
function occasions(group: readonly Early[]): string {
  const found = new Set(group.map(({ name }) => occasionNames.find(([, names]) => names.test(name))?.[0] ?? 'commit'));
  return listed(
    ['commit', ...occasionNames.map(([occasion]) => occasion)].filter((it) => found.has(it)),
    'or',
  );
}

const occasionNames: readonly (readonly [occasion: string, names: RegExp])[] = [
  ['branch', /(?:branch|ref_name|github_ref)$/i],
  ['release', /tag$/i],
  ['build', /(?:date|time|timestamp|created|build_?(?:number|num|no|id|nr))$/i],
];

/** Those that stand together and make the same steps run again. */
function groups(found: readonly Early[]): Early[][] {
  const made = new Map<string, Early[]>();
  for (const it of found) {
    const key = `${it.step.stage!.index} ${it.wasted.map(({ stage, index }) => `${stage?.index}.${index}`).join()}`;
    made.set(key, [...(made.get(key) ?? []), it]);
  }
  return [...made.values()];
}

function finding(group: readonly Early[], model: Model): Finding {
  const [first] = group as [Early];
  const names = listed(group.map(({ name }) => name));
  const { wasted } = first;
  const [change, it] = group.length === 1 ? ['changes', 'it'] : ['change', 'them'];
  const again = wasted.length === 1 ? 'runs again, although it does' : 'run again, although they do';
  const fix = moveOf(group, model);
  return {
    at: first.at,
    related: wasted[0].instruction.keyword,
    message: `${names} ${change} with each ${occasions(group)}, so ${stepsText(wasted, model)} ${again} not use ${it}.`,
    instead: placeText(group, model),
    ...(fix && { fix }),
  };
}
