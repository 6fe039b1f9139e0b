import {
  cacheMounts,
  cachesInLayer,
  changesUser,
  cleaningIn,
  dockerfile,
  type Finding,
  goMinor,
  isBelow,
  isVendored,
  keptOut,
  knownMounts,
  linked,
  type PackageOperation,
  type Place,
  rule,
  type Step,
  takes,
  type UsedCache,
  usedCaches,
} from '../../src/engine/rule.ts';
import { buildsFromCache } from '../../src/knowledge/managers/cache-places.ts';
import { callSpan } from '../lib/edits.ts';

export default rule({
  id: 'missing-cache-mount',
  aliases: [],
  severity: 'info',
  preset: 'strict',
  fix: 'suggestion',
  message: 'Without a cache mount, everything is downloaded again each time this RUN runs.',
  why: `
    A cache mount keeps downloads and compiled files from one build to the next, and out of the layer. It belongs to one
    builder: machines that are thrown away after each build gain nothing. A cache left in a layer is reported by
    leftover-package-cache; an install that cleans up after itself is not judged, nor is one whose cache folder is not
    known.
  `,
  instead: 'Mount a cache on the cache folder of the package manager.',
  url: 'https://docs.docker.com/build/cache/optimize/#use-cache-mounts',
  examples: {
    npm: dockerfile`
        FROM node:22 AS build
        WORKDIR /srv/app
        COPY package.json package-lock.json ./
      - RUN npm ci
            ~~~~~~
      + RUN --mount=type=cache,target=/root/.npm npm ci
        COPY . .
        RUN npm run build
        FROM nginx:1.27
        COPY --from=build /srv/app/dist /usr/share/nginx/html
    `,
    'an unprivileged user': dockerfile`
        FROM node:22
        WORKDIR /srv/app
        USER node
        COPY package.json pnpm-lock.yaml ./
      - RUN pnpm install --frozen-lockfile
            ~~~~~~~~~~~~
      + RUN --mount=type=cache,target=/home/node/.local/share/pnpm/store,uid=1000,gid=1000 pnpm install --frozen-lockfile
    `,
    'two caches': dockerfile`
        FROM golang:1.25 AS build
        WORKDIR /src
        COPY . .
      - RUN go build -o /server .
            ~~~~~~~~
      + RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build go build -o /server .
        FROM scratch
        COPY --from=build /server /server
    `,
    'with a mount, or without a cache': dockerfile`
      FROM node:22 AS build
      WORKDIR /srv/app
      COPY package.json package-lock.json ./
      RUN --mount=type=cache,target=/root/.npm npm ci
      FROM python:3.13-slim
      RUN pip install --no-cache-dir flask==3.1.0
    `,
  },
  visit: {
    Run: (_, place) => judge(place),
  },
});

const fetches = new Set(['install', 'reinstall', 'upgrade', 'download', 'update-index']);

function judge(place: Place): Finding | undefined {
  const { step, stage, onbuild } = place;
  if (onbuild || stage?.os !== 'linux' || !stage.reachable || !step.script?.parsed) return undefined;
  const lacking = step.operations.filter((it) => isFetch(it)).flatMap((it) => lackingOf(it, place));
  const installs = lacking.filter(({ operation }) => operation.action !== 'update-index');
  const first = installs[0];
  if (!first) return undefined;
  const flags = [...new Set(lacking.flatMap((it) => flagsFor(it, step) ?? []))];
  if (flags.length === 0) return undefined;
  const { operation } = first;
  const edit = lacking.every((it) => isSure(it, place)) ? insertion(step, flags) : undefined;
  const places = flags.map((it) => /target=([^,]*)/.exec(it)![1]).join(' and ');
  const isCompiled = ({ cache }: UsedCache): boolean => cache.path.endsWith('go-build');
  const does = [...(lacking.every(isCompiled) ? [] : ['downloads']), ...(lacking.some(isCompiled) ? ['compiles'] : [])];
  return {
    at: callSpan(operation),
    message: `${operation.manager} ${does.join(' and ')} everything again each time this RUN runs: no cache mount covers ${places}.`,
    instead: `Write RUN ${flags.join(' ')}.`,
    ...(edit && { fix: { title: 'Mount the cache', edits: [edit] } }),
  };
}

/** What fetches packages of others; a build does where its manager has no other store than its cache. */
const isFetch = (operation: PackageOperation): boolean => {
  const { action, manager, flags, command } = operation;
  return (
    (fetches.has(action) || (action === 'build' && buildsFromCache.has(manager))) &&
    !flags.has('offline') &&
    !flags.has('noDeps') &&
    !isOutOfPlace(operation) &&
    !command.within.includes('function')
  );
};

/** What has its result in the folder of its cache, which a mount would take away, or fills another one. */
function isOutOfPlace({ manager, family, flags, verb }: PackageOperation): boolean {
  if (manager === 'stack' || manager === 'cabal' || (family === 'pub' && flags.has('global'))) return true;
  if (manager === 'poetry') return !flags.has('environment');
  return manager === 'mix' && verb?.text !== 'deps.get' && verb?.text !== 'deps.update';
}

/** Go that had no modules by default. */
const isOldGo = ({ manager }: PackageOperation, step: Step): boolean => manager === 'go' && (goMinor(step) ?? 16) < 16;

/** The caches of an operation that no mount has. */
function lackingOf(operation: PackageOperation, { step, stage }: Place): UsedCache[] {
  if (operation.flags.has('noCache') || isCleaned(operation, step) || isOldGo(operation, step)) return [];
  // left in a layer that ships, it is told as such
  if (stage!.shipped && toldElsewhere.has(operation.manager) && leavesCache(operation, step)) return [];
  const mounts = knownMounts(step, 'cache', 'bind', 'tmpfs').map(({ target }) => linked(target, step));
  const isMounted = ({ cache, places }: UsedCache): boolean =>
    keptOut(step).some((folder) => takes(folder, cache.path)) ||
    places.some((path) =>
      mounts.some((folder) => isBelow(linked(path, step), folder) || isBelow(folder, linked(path, step))),
    );
  const used = usedCaches(operation, step);
  if (used.some((it) => it.places.length === 0 || isMounted(it))) return [];
  const vendored = isVendored(operation, step, [...step.earlier, step]);
  const wanted = vendored ? used.filter(({ cache }) => cache.path.endsWith('go-build')) : used;
  return operation.action === 'build' ? wanted.filter(({ cache }) => !isInLayer(cache.path, operation, step)) : wanted;
}

const leavesCache = (operation: PackageOperation, step: Step): boolean =>
  operation.family === 'apt' || cachesInLayer(operation, step).length > 0;

/** Whether an earlier RUN has put the packages into a layer, where a build finds them. */
const isInLayer = (path: string, { family }: PackageOperation, step: Step): boolean =>
  [...step.earlier, step].some(
    (it) =>
      it !== step &&
      it.operations.some((one) => one.family === family && one.action !== 'build' && one.caches.includes(path)) &&
      !keptOut(it).some((folder) => takes(folder, path)),
  );

/** Managers of which leftover-package-cache and leftover-package-index speak. */
const toldElsewhere = new Set(
  'apt apt-get aptitude apk yum dnf dnf5 microdnf tdnf zypper pip yarn npm composer conda mamba micromamba poetry pipenv uv'.split(
    ' ',
  ),
);

/** Whether the RUN empties the cache itself: it has been thought of. */
function isCleaned({ command: { span }, caches, family }: PackageOperation, step: Step): boolean {
  const { named, commands } = cleaningIn(step);
  const own = family === 'apt' ? ['/var/lib/apt/lists', '/var/cache/apt/archives'] : caches;
  // from the end, where it mostly is done
  const last = commands.findLast(([, paths]) => paths.some((by) => own.some((path) => takes(by, path))));
  return Math.max(named, last?.[0].span.start ?? -1) > span.start;
}

const locked = new Set(['apt', 'apk', 'rpm', 'zypper']);

/** The flag for the user of the step; undefined where the user's number is not known. */
function flagsFor({ operation, cache, places }: UsedCache, step: Step): string | undefined {
  // apk keeps packages only where this folder is there
  const own = operation.family === 'apk' ? '/etc/apk/cache' : linked(places[0]!, step);
  const place = operation.family === 'apt' ? cache.path.split('/').slice(0, 4).join('/') : own;
  const lock = locked.has(operation.family) ? ',sharing=locked' : '';
  const user = step.account;
  const owner =
    !user || user.uid === 0 ? '' : `,uid=${user.uid ?? '<uid>'}${user.gid === undefined ? '' : `,gid=${user.gid}`}`;
  return `--mount=type=cache,target=${place}${owner}${lock}`;
}

/** Whether the mount is right for certain: one place, a known user, and no later step that reads the cache from the layer. */
function isSure({ operation, places }: UsedCache, { step, model }: Place): boolean {
  const user = step.account;
  if (operation.family === 'apt' || places.length === 0 || (places.length > 1 && operation.manager === 'yarn'))
    return false;
  if (user?.uid === undefined || changesUser(operation.command) || /[\s,"'$]/.test(places[0]!)) return false;
  if (cacheMounts(step).some(({ target }) => isBelow(places[0]!, target))) return false;
  if (!buildsFromCache.has(operation.manager)) return true;
  return model.stages.every(({ steps }) =>
    steps.every((it) => it === step || it.operations.every(({ family }) => family !== operation.family)),
  );
}

function insertion(
  { instruction }: Step,
  flags: readonly string[],
): { span: { start: number; end: number }; text: string } | undefined {
  if (instruction.kind !== 'Run' || !instruction.command) return undefined;
  const { start } = instruction.command.span;
  return { span: { start, end: start }, text: flags.map((it) => `${it} `).join('') };
}
