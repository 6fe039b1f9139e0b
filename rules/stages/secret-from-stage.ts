import {
  baseName,
  dockerfile,
  type Effect,
  type Finding,
  imagesIn,
  isBelow,
  joined,
  lineOf,
  type Model,
  rule,
  type Stage,
  type Step,
  type Take,
} from '../../src/engine/rule.ts';
import { secretFiles } from '../../src/knowledge/project/context-junk.ts';
import { once } from './lib/once.ts';
import { type Taken, takenBy } from './lib/taken.ts';

export default rule({
  id: 'secret-from-stage',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  message: 'A secret of the build stage is copied into the image.',
  why: `
    Anyone who can pull the image can read it. Judged are folders that hold a file of the build context which is a secret, a
    private key by its name, or a file into which a RUN writes one.
  `,
  instead: 'Mount the secret with RUN --mount=type=secret, or copy only what the image needs.',
  url: 'https://docs.docker.com/build/building/secrets/',
  examples: {
    'a token that a RUN writes into the folder': dockerfile`
      FROM node:22 AS build
      ARG NPM_TOKEN
      WORKDIR /app
      RUN echo "//registry.npmjs.org/:_authToken=$NPM_TOKEN" > .npmrc
      COPY . .
      RUN npm ci && npm run build
      FROM node:22-slim
      COPY --from=build /app /app
                        ~~~~
    `,
    'a key': dockerfile`
      FROM debian:13 AS fetch
      COPY id_rsa /root/.ssh/
      RUN git clone git@example.com:team/app.git /root/app
      FROM debian:13-slim
      COPY --from=fetch /root /root
                        ~~~~~
    `,
    'removed, or left behind': dockerfile`
      FROM node:22 AS build
      ARG NPM_TOKEN
      WORKDIR /app
      RUN echo "//registry.npmjs.org/:_authToken=$NPM_TOKEN" > .npmrc && npm ci && rm .npmrc
      COPY id_rsa /root/.ssh/
      FROM node:22-slim
      COPY --from=build /app /app
    `,
    'a token that is only named': dockerfile`
      FROM node:22 AS build
      WORKDIR /app
      RUN echo '//registry.npmjs.org/:_authToken=\${NPM_TOKEN}' > .npmrc
      FROM node:22-slim
      COPY --from=build /app /app
    `,
  },
  visit: {
    File: (model) => once(imagesIn(model).flatMap((stage) => takenBy(stage).flatMap((it) => judge(it, model)))),
  },
});

interface Secret {
  readonly path: string;
  /** `an npm token`. */
  readonly what: string;
  readonly step: Step;
  /** What a RUN writes. */
  readonly isWritten: boolean;
}

function judge({ take: { source, at }, origin, folder }: Taken, model: Model): Finding[] {
  const found = secretsOf(origin, model).find(({ path }) => isBelow(path, folder));
  if (!found) return [];
  const { path, what, step, isWritten } = found;
  const line = lineOf(model, step.instruction);
  const brings = path === folder ? `${path} is ${what}` : `${source} brings ${path}, ${what}`;
  return [
    {
      at,
      related: step.instruction.keyword,
      message: `${brings}, which line ${line} ${isWritten ? 'writes' : 'copies'} there.`,
      instead: isWritten
        ? 'Mount it with RUN --mount=type=secret and remove the file in the same RUN, or copy only what the image needs.'
        : `Mount ${baseName(path)} with RUN --mount=type=secret instead of copying it, or copy only what the image needs.`,
    },
  ];
}

const secretsOf = (stage: Stage, model: Model): Secret[] =>
  stage.allSteps.flatMap((step, index) => {
    const later = stage.allSteps.slice(index + 1).flatMap(({ effects }) => effects.all);
    const isGone = (path: string, rest: readonly Effect[]): boolean =>
      rest.some((it) => it.kind === 'remove' && isBelow(path, it.path.replace(/\/\*$/, '')));
    const copied = step.takes.flatMap((take) => secretsIn(take, stage, model));
    return [
      ...copied.flatMap((it) => (isGone(it.path, later) ? [] : { ...it, step, isWritten: false })),
      ...step.effects.all.flatMap((effect, at) => {
        const what = secretWritten(effect);
        const rest = [...step.effects.all.slice(at + 1), ...later];
        return what === undefined || isGone(effect.path, rest)
          ? []
          : { path: effect.path, what, step, isWritten: true };
      }),
    ];
  });

/** Secrets that a copy of the context brings, by their texts or, where they are not at hand, by the names of its sources. */
function secretsIn(take: Take, stage: Stage, model: Model): Pick<Secret, 'path' | 'what'>[] {
  const { via, origin, source, target, into, landed, certain } = take;
  if (via !== 'copy' || origin.kind !== 'context') return [];
  if (model.context)
    return model
      .junk(take, stage)
      .flatMap(({ kind, roots, what }) =>
        kind === 'secret'
          ? [...landed].flatMap(([place, { path }]) => (roots.includes(path) ? { path: place, what: named(what) } : []))
          : [],
      );
  if (target === undefined || !certain) return [];
  const file = secretFiles.find(({ path, text, holds }) => !text && !holds && path.test(`/${source}`));
  return file ? [{ path: into ? joined(target, baseName(source)) : target, what: file.what }] : [];
}

/** Names of variables stand for their values. */
const named = (what = 'a secret'): string => (/^[A-Z]\w*(?: and .*)?$/.test(what) ? `with ${what}` : what);

/** What a RUN writes into a file of secrets: a value that is given, beside the words that make it one. */
function secretWritten({ kind, means, path, command }: Effect): string | undefined {
  if (kind !== 'write' || means !== 'redirect' || !command?.args.some(({ literal }) => !literal)) return undefined;
  const file = secretFiles.find((it) => !it.holds && it.path.test(path));
  // any value, in place of the variable
  const text = command.args.map((it) => it.text.replace(/\$\{?\w+\}?/g, 'x')).join(' ');
  return !file || file.text?.test(text) === false ? undefined : file.what;
}
