import {
  below,
  clean,
  dockerfile,
  type Finding,
  foldersOf,
  imagesIn,
  joined,
  lineOf,
  type Model,
  rule,
  type Stage,
  type Step,
  type Take,
} from '../../src/engine/rule.ts';
import { once } from './lib/once.ts';

export default rule({
  id: 'copy-twice-from-stage',
  aliases: [],
  severity: 'info',
  preset: 'recommended',
  message: 'Files of a stage are copied twice.',
  why: `
    Each COPY stores its files in a layer of its own, so what two of them bring is pulled, pushed and kept twice. Only images
    are judged, and only sources that are the same or lie in each other. In recommended, one of the two must be a folder; a
    single file under two names is reported in strict.
  `,
  instead: 'Copy the files once; give them a second name with a link (ln -s).',
  url: 'https://docs.docker.com/build/building/multi-stage/',
  examples: {
    'a folder, and a part of it': dockerfile`
      FROM node:22 AS build
      RUN npm run build
      FROM node:22-slim
      COPY --from=build /app /app
      COPY --from=build /app/dist /app/dist
                        ~~~~~~~~~
    `,
    'to two places': dockerfile`
      FROM eclipse-temurin:21-jdk AS build
      RUN ./gradlew unpack
      FROM eclipse-temurin:21-jre
      WORKDIR /app
      COPY --from=build /src/deps/ ./deps/
      COPY --from=build /src/deps/ ./
                        ~~~~~~~~~~
    `,
    'other files, or a part that is left out the first time': dockerfile`
      FROM node:22 AS build
      RUN npm run build
      FROM node:22-slim
      COPY --from=build --exclude=dist /app /app
      COPY --from=build /app/dist /srv
      COPY --from=build /app-2 /app-2
    `,
  },
  visit: {
    File: (model) => once(imagesIn(model).flatMap((stage) => judge(stage, model))),
  },
});

interface Copied {
  readonly take: Take;
  readonly step: Step;
}

function judge(stage: Stage, model: Model): Finding[] {
  const earlier = new Map<string, Copied>();
  return stage.allSteps.flatMap((step) =>
    step.takes.flatMap((take): Finding[] => {
      const origin = originOf(take);
      if (origin === undefined || !take.certain || take.target === undefined || take.exclude.length > 0) return [];
      const source = clean(`/${take.source}`);
      const [first] = foldersOf(source).flatMap((folder) => earlier.get(`${origin} ${folder}`) ?? []);
      if (first) return [finding({ take, step }, first, model)];
      earlier.set(`${origin} ${source}`, { take, step });
      return [];
    }),
  );
}

/** A name for what is copied from; undefined for the context, the network and texts. */
const originOf = ({ origin, via }: Take): string | undefined =>
  via !== 'copy' || (origin.kind !== 'stage' && origin.kind !== 'image')
    ? undefined
    : origin.kind === 'stage'
      ? `stage ${origin.stage.index}`
      : `image ${origin.name}`;

function finding({ take }: Copied, first: Copied, model: Model): Finding {
  const line = lineOf(model, first.step.instruction);
  const rest = below(clean(`/${take.source}`), clean(`/${first.take.source}`));
  const there = joined(first.take.target!, rest);
  const isSame = take.target === there || (take.into && joined(take.target!, rest.split('/').at(-1)!) === there);
  const isPart = rest !== '';
  return {
    at: take.at,
    related: first.take.at,
    ...(!isPart && isFile(take) && { preset: 'strict' as const }),
    message: isPart
      ? `${take.source} is part of ${first.take.source}, which line ${line} copies, so it is stored twice.`
      : `${take.source} is copied in line ${line} too, so it is stored twice.`,
    ...(isSame && { instead: `Remove it here: line ${line} brings it to the same place.` }),
  };
}

/** A single file, small mostly, by its name; others may be folders. */
const isFile = ({ source }: Take): boolean => /\.\w+$|\/bin\/[^/]+$|^\/etc\//.test(source);
